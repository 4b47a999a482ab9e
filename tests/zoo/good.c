// SPDX-License-Identifier: ISC
// Nothing is wrong with this one.
#include <rill/rill.h>

static int32_t
create(struct rill_lib* lib, const struct rill_node_desc* desc,
       const struct rill_host* host, const struct rill_setup* setup,
       struct rill_node** out)
{
  static const struct rill_node_ops ops = { .size = sizeof ops,
                                            .destroy = rill_free_node };
  (void)lib;
  (void)desc;
  (void)setup;
  return rill_new_node(sizeof(struct rill_node), &ops, host, out);
}

static const struct rill_node_desc good = {
  .size = sizeof good,
  .id = "org.rill.test.good",
  .name = "good",
  .ports = rill_f32_ports,
  .n_ports = 2,
  .create = create,
};

RILL_PLUGIN(&good);

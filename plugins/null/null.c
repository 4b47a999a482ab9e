// SPDX-License-Identifier: ISC
// null: takes anything and keeps nothing. For measuring, and for outputs that
// nobody wants.
#include <rill/rill.h>

static const struct rill_port_desc in_port = {
  .size = sizeof in_port,
  .id = 1,
  .direction = RILL_IN,
  .flags = RILL_PORT_MULTI | RILL_PORT_UNORDERED,
  .symbol = "in",
  .doc = "anything, any number of links",
};
static const struct rill_port_desc* const ports[] = { &in_port };

static int32_t
process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  (void)block;
  return RILL_OK;
}

static const struct rill_node_ops ops = {
  .size = sizeof ops,
  .process = process,
  .destroy = rill_free_node,
};

static int32_t
create(struct rill_lib* lib, const struct rill_node_desc* desc,
       const struct rill_host* host, const struct rill_setup* setup,
       struct rill_node** out)
{
  (void)lib;
  (void)desc;
  (void)setup;
  return rill_new_node(sizeof(struct rill_node), &ops, host, out);
}

static const struct rill_node_desc null_sink = {
  .size = sizeof null_sink,
  .id = "org.rill.null",
  .name = "null",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Takes anything and keeps nothing.",
  .categories = "sink test",
  .ports = ports,
  .n_ports = RILL_COUNT(ports),
  .exec = RILL_EXEC_RT,
  .create = create,
};

RILL_PLUGIN(&null_sink);

// SPDX-License-Identifier: ISC
#include <rill/rill.h>
static int32_t
process(struct rill_node* node, const struct rill_process* b)
{
  (void)node;
  for (uint32_t c = 0; c < rill_channels(b->in[0]); ++c)
    for (uint32_t i = 0; i < b->n_frames; ++i)
      rill_f32_out(b, 0, c)[i] = 0.5f * rill_f32_in(b, 0, c)[i];
  return RILL_OK;
}
static const struct rill_node_ops ops = { .size = sizeof ops, .process = process, .destroy = rill_free_node };
static int32_t
create(struct rill_lib* lib, const struct rill_node_desc* desc, const struct rill_host* host,
       const struct rill_setup* setup, struct rill_node** out)
{ (void)lib; (void)desc; (void)setup; return rill_new_node(sizeof(struct rill_node), &ops, host, out); }
static const struct rill_node_desc half = { .size = sizeof half, .id = "org.example.half", .name = "half",
  .ports = rill_f32_ports, .n_ports = 2, .create = create };
RILL_PLUGIN(&half);

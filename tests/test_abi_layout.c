// SPDX-License-Identifier: ISC
// The ABI's layout on 64-bit machines, checked by the compiler: this file only
// has to build. A number that changes here breaks plugins that were built.
#include <rill/ext/state.h>
#include <rill/rill.h>

#define SIZE(type, n) _Static_assert(sizeof(struct type) == (n), #type)
#define AT(type, field, n)                                                     \
  _Static_assert(offsetof(struct type, field) == (n), #type "." #field)

#if UINTPTR_MAX > 0xffffffffu

// Frozen for ever.
SIZE(rill_format, 128);
AT(rill_format, layout, 24);
AT(rill_format, shape, 48);
AT(rill_format, uri, 80);
AT(rill_format, reserved, 88);
SIZE(rill_constraint, 64);
AT(rill_constraint, values, 32);
AT(rill_constraint, param, 40);
SIZE(rill_value, 64);
AT(rill_value, f, 8);
AT(rill_value, text, 24);
AT(rill_value, list, 32);
SIZE(rill_event, 96);
AT(rill_event, value, 16);
SIZE(rill_plane, 64);
AT(rill_plane, capacity, 8);
AT(rill_plane, row_stride, 24);
AT(rill_plane, fd, 40);

// May grow at the end only.
SIZE(rill_buffer, 128);
AT(rill_buffer, format, 8);
AT(rill_buffer, planes, 16);
AT(rill_buffer, media_pos, 32);
AT(rill_buffer, seq, 56);
AT(rill_buffer, metas, 72);
AT(rill_buffer, reserved, 88);
SIZE(rill_meta, 56);
AT(rill_meta, data, 40);
SIZE(rill_format_set, 32);
AT(rill_format_set, constraints, 16);
SIZE(rill_param_desc, 80);
AT(rill_param_desc, min, 32);
AT(rill_param_desc, names, 56);
SIZE(rill_buffer_ops, 72);
AT(rill_buffer_ops, alloc, 24);
SIZE(rill_host, 72);
AT(rill_host, buffers, 24);
AT(rill_host, get_extension, 56);
SIZE(rill_slot, 144);
AT(rill_slot, format, 16);
SIZE(rill_setup, 32);
SIZE(rill_config, 32);
SIZE(rill_activation, 48);
AT(rill_activation, out_frames, 32);
SIZE(rill_io, 16);
SIZE(rill_process, 80);
AT(rill_process, in, 24);
AT(rill_process, scratch, 56);
SIZE(rill_node_ops, 64);
AT(rill_node_ops, process, 24);
SIZE(rill_node, 16);
SIZE(rill_port_desc, 48);
AT(rill_port_desc, formats, 32);
SIZE(rill_derivation, 48);
SIZE(rill_node_desc, 120);
AT(rill_node_desc, ports, 64);
AT(rill_node_desc, create, 112);
SIZE(rill_entry, 56);
AT(rill_entry, nodes, 24);
SIZE(rill_writer, 24);
SIZE(rill_state_ops, 32);

#endif

int
main(void)
{
  return 0;
}

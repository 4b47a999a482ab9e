// SPDX-License-Identifier: ISC
// The ABI's layout, checked by the compiler: this file only has to build. A
// number that changes here breaks plugins that were built. Two numbers each:
// of 64-bit machines and of i386, which aligns 64-bit integers to 4 bytes.
#include <rill/entry.h>
#include <rill/ext/profile.h>
#include <rill/ext/state.h>
#include <rill/legacy.h>

#if UINTPTR_MAX > 0xffffffffu
#define PIN(what, n64, n32, text) _Static_assert((what) == (n64), text)
#elif defined(__i386__)
#define PIN(what, n64, n32, text) _Static_assert((what) == (n32), text)
#else
#define PIN(what, n64, n32, text) _Static_assert((what) < 65536u, text)
#endif

#define SIZE(type, n64, n32) PIN(sizeof(struct type), n64, n32, #type)
#define AT(type, field, n64, n32)                                              \
  PIN(offsetof(struct type, field), n64, n32, #type "." #field)

// What keeps 32-bit machines in step is not there on others.
#if UINTPTR_MAX == 0xffffffffu
#define PAD(type, field, n32) AT(type, field, 0, n32)
#else
#define PAD(type, field, n32) _Static_assert(1, "only with 32 bits")
#endif

// Frozen for ever.

SIZE(rill_format, 128, 128);
AT(rill_format, kind, 0, 0);
AT(rill_format, encoding, 4, 4);
AT(rill_format, rate, 8, 8);
AT(rill_format, rate_den, 12, 12);
AT(rill_format, channels, 16, 16);
AT(rill_format, packing, 20, 20);
AT(rill_format, layout, 24, 24);
AT(rill_format, width, 32, 32);
AT(rill_format, height, 36, 36);
AT(rill_format, rank, 40, 40);
AT(rill_format, reserved0, 44, 44);
AT(rill_format, shape, 48, 48);
AT(rill_format, uri, 80, 80);
PAD(rill_format, pad_uri, 84);
AT(rill_format, reserved, 88, 88);

SIZE(rill_constraint, 64, 56);
AT(rill_constraint, field, 0, 0);
AT(rill_constraint, op, 4, 4);
AT(rill_constraint, min, 8, 8);
AT(rill_constraint, max, 12, 12);
AT(rill_constraint, prefer, 16, 16);
AT(rill_constraint, port, 20, 20);
AT(rill_constraint, n_values, 24, 24);
AT(rill_constraint, reserved0, 28, 28);
AT(rill_constraint, values, 32, 32);
AT(rill_constraint, param, 40, 36);
AT(rill_constraint, reserved, 48, 40);

SIZE(rill_value, 64, 64);
AT(rill_value, type, 0, 0);
AT(rill_value, n, 4, 4);
AT(rill_value, f, 8, 8);
AT(rill_value, i, 16, 16);
AT(rill_value, text, 24, 24);
PAD(rill_value, pad_text, 28);
AT(rill_value, list, 32, 32);
PAD(rill_value, pad_list, 36);
AT(rill_value, reserved, 40, 40);

SIZE(rill_event, 96, 96);
AT(rill_event, offset, 0, 0);
AT(rill_event, type, 4, 4);
AT(rill_event, param, 8, 8);
AT(rill_event, flags, 12, 12);
AT(rill_event, value, 16, 16);
AT(rill_event, reserved, 80, 80);

SIZE(rill_plane, 64, 64);
AT(rill_plane, data, 0, 0);
PAD(rill_plane, pad_data, 4);
AT(rill_plane, capacity, 8, 8);
AT(rill_plane, used, 16, 16);
AT(rill_plane, row_stride, 24, 24);
AT(rill_plane, step, 32, 32);
AT(rill_plane, fd, 40, 40);
AT(rill_plane, mem_type, 44, 44);
AT(rill_plane, reserved, 48, 48);

SIZE(rill_node, 16, 8);
AT(rill_node, ops, 0, 0);
AT(rill_node, host, 8, 4);

// May grow at the end only.

SIZE(rill_format_set, 32, 24);
AT(rill_format_set, size, 0, 0);
AT(rill_format_set, kind, 4, 4);
AT(rill_format_set, n_constraints, 8, 8);
AT(rill_format_set, reserved0, 12, 12);
AT(rill_format_set, constraints, 16, 16);
AT(rill_format_set, uri, 24, 20);

SIZE(rill_param_desc, 80, 60);
AT(rill_param_desc, size, 0, 0);
AT(rill_param_desc, type, 4, 4);
AT(rill_param_desc, unit, 8, 8);
AT(rill_param_desc, flags, 12, 12);
AT(rill_param_desc, symbol, 16, 16);
AT(rill_param_desc, doc, 24, 20);
AT(rill_param_desc, min, 32, 24);
AT(rill_param_desc, max, 40, 32);
AT(rill_param_desc, def, 48, 40);
AT(rill_param_desc, names, 56, 44);
AT(rill_param_desc, n_names, 64, 48);
AT(rill_param_desc, reserved0, 68, 52);
AT(rill_param_desc, example, 72, 56);

SIZE(rill_meta, 56, 48);
AT(rill_meta, size, 0, 0);
AT(rill_meta, kind, 4, 4);
AT(rill_meta, offset, 8, 8);
AT(rill_meta, n_frames, 12, 12);
AT(rill_meta, value, 16, 16);
AT(rill_meta, confidence, 24, 24);
AT(rill_meta, uri, 32, 32);
AT(rill_meta, data, 40, 36);
AT(rill_meta, data_bytes, 48, 40);

SIZE(rill_buffer, 128, 128);
AT(rill_buffer, size, 0, 0);
AT(rill_buffer, flags, 4, 4);
AT(rill_buffer, format, 8, 8);
AT(rill_buffer, planes, 16, 12);
AT(rill_buffer, n_planes, 24, 16);
AT(rill_buffer, n_frames, 28, 20);
AT(rill_buffer, media_pos, 32, 24);
AT(rill_buffer, pts_ns, 40, 32);
AT(rill_buffer, duration_ns, 48, 40);
AT(rill_buffer, seq, 56, 48);
AT(rill_buffer, format_serial, 64, 56);
AT(rill_buffer, stream_id, 68, 60);
AT(rill_buffer, metas, 72, 64);
AT(rill_buffer, n_metas, 80, 68);
AT(rill_buffer, capacity_frames, 84, 72);
AT(rill_buffer, reserved, 88, 76);
PAD(rill_buffer, pad_pointers, 116);

SIZE(rill_buffer_ops, 72, 40);
AT(rill_buffer_ops, size, 0, 0);
AT(rill_buffer_ops, reserved0, 4, 4);
AT(rill_buffer_ops, ref, 8, 8);
AT(rill_buffer_ops, unref, 16, 12);
AT(rill_buffer_ops, alloc, 24, 16);
AT(rill_buffer_ops, make_writable, 32, 20);
AT(rill_buffer_ops, slice, 40, 24);
AT(rill_buffer_ops, copy_props, 48, 28);
AT(rill_buffer_ops, wrap, 56, 32);
AT(rill_buffer_ops, add_meta, 64, 36);

SIZE(rill_host, 72, 40);
AT(rill_host, size, 0, 0);
AT(rill_host, abi, 4, 4);
AT(rill_host, name, 8, 8);
AT(rill_host, version, 16, 12);
AT(rill_host, buffers, 24, 16);
AT(rill_host, log, 32, 20);
AT(rill_host, set_error, 40, 24);
AT(rill_host, request, 48, 28);
AT(rill_host, get_extension, 56, 32);
AT(rill_host, impl, 64, 36);

SIZE(rill_slot, 144, 144);
AT(rill_slot, size, 0, 0);
AT(rill_slot, port, 4, 4);
AT(rill_slot, connected, 8, 8);
AT(rill_slot, max_frames, 12, 12);
AT(rill_slot, format, 16, 16);

SIZE(rill_setup, 32, 24);
AT(rill_setup, size, 0, 0);
AT(rill_setup, n_params, 4, 4);
AT(rill_setup, params, 8, 8);
AT(rill_setup, node_id, 16, 12);
AT(rill_setup, seed, 24, 16);

SIZE(rill_config, 32, 24);
AT(rill_config, size, 0, 0);
AT(rill_config, n_in, 4, 4);
AT(rill_config, n_out, 8, 8);
AT(rill_config, reserved0, 12, 12);
AT(rill_config, in, 16, 16);
AT(rill_config, out, 24, 20);

SIZE(rill_activation, 48, 44);
AT(rill_activation, size, 0, 0);
AT(rill_activation, flags, 4, 4);
AT(rill_activation, latency_frames, 8, 8);
AT(rill_activation, tail_frames, 12, 12);
AT(rill_activation, scratch_bytes, 16, 16);
AT(rill_activation, max_in_frames, 24, 24);
AT(rill_activation, n_out, 28, 28);
AT(rill_activation, out_frames, 32, 32);
AT(rill_activation, held_buffers, 40, 36);
AT(rill_activation, reserved0, 44, 40);

SIZE(rill_io, 16, 12);
AT(rill_io, size, 0, 0);
AT(rill_io, flags, 4, 4);
AT(rill_io, buffer, 8, 8);

SIZE(rill_process, 80, 64);
AT(rill_process, size, 0, 0);
AT(rill_process, flags, 4, 4);
AT(rill_process, n_frames, 8, 8);
AT(rill_process, n_in, 12, 12);
AT(rill_process, n_out, 16, 16);
AT(rill_process, n_events, 20, 20);
AT(rill_process, in, 24, 24);
AT(rill_process, out, 32, 28);
AT(rill_process, events, 40, 32);
AT(rill_process, deadline_ns, 48, 36);
AT(rill_process, scratch, 56, 44);
AT(rill_process, scratch_bytes, 64, 48);
AT(rill_process, block, 72, 56);

SIZE(rill_node_ops, 64, 36);
AT(rill_node_ops, size, 0, 0);
AT(rill_node_ops, reserved0, 4, 4);
AT(rill_node_ops, configure, 8, 8);
AT(rill_node_ops, activate, 16, 12);
AT(rill_node_ops, process, 24, 16);
AT(rill_node_ops, reset, 32, 20);
AT(rill_node_ops, deactivate, 40, 24);
AT(rill_node_ops, destroy, 48, 28);
AT(rill_node_ops, get_extension, 56, 32);

SIZE(rill_port_desc, 48, 36);
AT(rill_port_desc, size, 0, 0);
AT(rill_port_desc, id, 4, 4);
AT(rill_port_desc, direction, 8, 8);
AT(rill_port_desc, flags, 12, 12);
AT(rill_port_desc, symbol, 16, 16);
AT(rill_port_desc, doc, 24, 20);
AT(rill_port_desc, formats, 32, 24);
AT(rill_port_desc, n_formats, 40, 28);
AT(rill_port_desc, in_place_pair, 44, 32);

SIZE(rill_derivation, 48, 36);
AT(rill_derivation, size, 0, 0);
AT(rill_derivation, n_params, 4, 4);
AT(rill_derivation, params, 8, 8);
AT(rill_derivation, n_in, 16, 12);
AT(rill_derivation, n_out, 20, 16);
AT(rill_derivation, in, 24, 20);
AT(rill_derivation, out, 32, 24);
AT(rill_derivation, n_frames, 40, 28);

SIZE(rill_node_desc, 120, 76);
AT(rill_node_desc, size, 0, 0);
AT(rill_node_desc, flags, 4, 4);
AT(rill_node_desc, id, 8, 8);
AT(rill_node_desc, name, 16, 12);
AT(rill_node_desc, version, 24, 16);
AT(rill_node_desc, vendor, 32, 20);
AT(rill_node_desc, licence, 40, 24);
AT(rill_node_desc, doc, 48, 28);
AT(rill_node_desc, categories, 56, 32);
AT(rill_node_desc, ports, 64, 36);
AT(rill_node_desc, params, 72, 40);
AT(rill_node_desc, n_ports, 80, 44);
AT(rill_node_desc, n_params, 84, 48);
AT(rill_node_desc, state_version, 88, 52);
AT(rill_node_desc, exec, 92, 56);
AT(rill_node_desc, required_flags, 96, 60);
AT(rill_node_desc, reserved0, 100, 64);
AT(rill_node_desc, derive, 104, 68);
AT(rill_node_desc, create, 112, 72);

SIZE(rill_entry, 56, 40);
AT(rill_entry, magic, 0, 0);
AT(rill_entry, size, 4, 4);
AT(rill_entry, abi_min, 8, 8);
AT(rill_entry, abi_max, 12, 12);
AT(rill_entry, flags, 16, 16);
AT(rill_entry, n_nodes, 20, 20);
AT(rill_entry, nodes, 24, 24);
AT(rill_entry, open, 32, 28);
AT(rill_entry, close, 40, 32);
AT(rill_entry, list, 48, 36);

SIZE(rill_writer, 24, 16);
AT(rill_writer, size, 0, 0);
AT(rill_writer, reserved0, 4, 4);
AT(rill_writer, write, 8, 8);
AT(rill_writer, arg, 16, 12);

SIZE(rill_state_ops, 32, 20);
AT(rill_state_ops, size, 0, 0);
AT(rill_state_ops, reserved0, 4, 4);
AT(rill_state_ops, export_state, 8, 8);
AT(rill_state_ops, import_state, 16, 12);
AT(rill_state_ops, history_frames, 24, 16);

SIZE(rill_profile_ops, 24, 16);
AT(rill_profile_ops, size, 0, 0);
AT(rill_profile_ops, n_parts, 4, 4);
AT(rill_profile_ops, names, 8, 8);
AT(rill_profile_ops, read, 16, 12);

SIZE(rill_legacy_type, 64, 36);
AT(rill_legacy_type, size, 0, 0);
AT(rill_legacy_type, flags, 4, 4);
AT(rill_legacy_type, name, 8, 8);
AT(rill_legacy_type, doc, 16, 12);
AT(rill_legacy_type, create, 24, 16);
AT(rill_legacy_type, process, 32, 20);
AT(rill_legacy_type, finish, 40, 24);
AT(rill_legacy_type, free_text, 48, 28);
AT(rill_legacy_type, destroy, 56, 32);

SIZE(rill_legacy_object, 24, 20);
AT(rill_legacy_object, magic, 0, 0);
AT(rill_legacy_object, size, 4, 4);
AT(rill_legacy_object, n_types, 8, 8);
AT(rill_legacy_object, reserved0, 12, 12);
AT(rill_legacy_object, types, 16, 16);

int
main(void)
{
  return 0;
}

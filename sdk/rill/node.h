// SPDX-License-Identifier: ISC
// Nodes: what a node type declares, and the calls on one instance.
//
// Life of an instance:
//   create -> CREATED -configure-> CONFIGURED -activate-> ACTIVE
//   ACTIVE -deactivate-> CONFIGURED; destroy from any state.
// A call that fails leaves the instance in the state it had before.
#ifndef RILL_NODE_H
#define RILL_NODE_H

#include "abi.h"
#include "buffer.h"
#include "format.h"
#include "host.h"
#include "value.h"

struct rill_lib;
struct rill_node;
struct rill_node_desc;

/// What a slot is to process: one link, or an unconnected optional port.
/// Slots are the ports of one direction in the descriptor's order. Only the
/// last port of a direction may be MULTI; its links take the slots from there.
struct rill_slot {
  uint32_t size;
  uint32_t port;             // index into the descriptor's ports
  uint32_t connected;        // 0: an optional port that nothing is linked to
  uint32_t max_frames;       // largest buffer to expect (in), or to make (out)
  struct rill_format format; // kind is RILL_KIND_NONE when not connected
};

/// Everything a new instance is told. Valid during create only.
struct rill_setup {
  uint32_t size;
  uint32_t n_params;
  const struct rill_value* params; // all of the type's, in its order
  const char* node_id;             // the key in the graph file
  uint64_t seed; // for noise: the same graph gives the same bytes
};

/// The formats of all slots. Valid during the call only.
struct rill_config {
  uint32_t size;
  uint32_t n_in;
  uint32_t n_out;
  uint32_t reserved0;
  const struct rill_slot* const* in;
  const struct rill_slot* const* out;
};

enum rill_activate_flags {
  RILL_ACTIVATE_OFFLINE = 0x1, // in: speed matters, not the time of day
  RILL_ACTIVATE_PROMPT = 0x2   // out: a BLOCKING node that waits for nobody
                               // but a disk; it may share a worker while the
                               // whole stream is short
};

/// Filled by the host with the 1.0 defaults, corrected by the node: the only
/// way to report these figures.
struct rill_activation {
  uint32_t size;
  uint32_t flags;          // enum rill_activate_flags
  uint32_t latency_frames; // delay from input to output, frames of output 0
  uint32_t tail_frames;    // most frames that DRAINING will produce;
                           // UINT32_MAX: nobody can know
  uint64_t scratch_bytes;  // worker memory wanted during process
  uint32_t max_in_frames;  // in: largest block
  uint32_t n_out;          // in
  uint32_t* out_frames;    // largest output of each slot for one call
  uint32_t held_buffers;   // inputs that the node keeps with ref, at most
  uint32_t reserved0;
};

enum rill_io_flags {
  RILL_IO_END = 0x1 // in: nothing comes after this on this slot
};

/// One slot during process. In: the buffer is lent, null means nothing now.
/// Out: the host binds a writable buffer with room for out_frames (texts and
/// bytes: out_frames bytes, 65536 unless the node asked for another size; null
/// for a PASSTHROUGH port and an unconnected OPTIONAL one). Its n_frames is
/// preset to the block's for a port with an in_place_pair and to 0 for others;
/// the node fills the buffer and corrects n_frames, or sets *buffer* to
///   - the buffer of an input slot: passes it on, the host counts;
///   - a buffer of its own (alloc, slice, ref): the host takes the reference;
///   - null or leaves n_frames at 0: nothing on this slot.
/// Host-made buffers have format, position and times preset from the first
/// input that has a buffer, at the output's rate; without one they stand behind
/// what was sent last.
struct rill_io {
  uint32_t size;
  uint32_t flags; // enum rill_io_flags
  struct rill_buffer* buffer;
};

enum rill_process_flags {
  RILL_PROCESS_OFFLINE = 0x1,
  RILL_PROCESS_DRAINING = 0x2,   // all inputs have ended
  RILL_PROCESS_EVENTS_ONLY = 0x4 // no frames, take the events
};

/// One block. What process returns:
///   OK          done; the input is consumed
///   MORE        outputs are full; called again with the same input, once the
///               outputs have been taken
///   NEED_INPUT, SLEEP   as OK, nothing was produced
///   DRAINED     a source has ended, or draining is complete
///   TAIL        while DRAINING: call me again. Any other outcome ends it.
/// A source (no inputs) returns OK for each block and DRAINED at the end.
struct rill_process {
  uint32_t size;
  uint32_t flags;    // enum rill_process_flags
  uint32_t n_frames; // of in[0], or what a source is asked for; may be 0
  uint32_t n_in;
  uint32_t n_out;
  uint32_t n_events;
  struct rill_io* const* in;
  struct rill_io* const* out;
  const struct rill_event* events; // sorted by offset
  int64_t deadline_ns;             // monotonic clock; 0: none
  void* scratch;                   // 64-byte aligned, not kept between calls
  uint64_t scratch_bytes;
  uint64_t block; // counts calls of this node from 0
};

struct rill_node_ops {
  uint32_t size;
  uint32_t reserved0;

  /// Formats are final. May be called again after deactivate. Optional. [C]
  int32_t (*configure)(struct rill_node* node, const struct rill_config* config);

  /// Allocate here. Touch nothing outside the process: no file is created
  /// before the first process call, so that a plan can be made. Optional. [C]
  int32_t (*activate)(struct rill_node* node, struct rill_activation* activation);

  /// One block. [P; RT for exec class RT]
  int32_t (*process)(struct rill_node* node, const struct rill_process* block);

  /// As fresh after activate, without allocating. Optional. [C, RT]
  int32_t (*reset)(struct rill_node* node);

  /// Frees what activate made. Output that was not drained is discarded.
  /// Optional. [C]
  int32_t (*deactivate)(struct rill_node* node);

  /// Takes a node in any state. Required. [C]
  void (*destroy)(struct rill_node* node);

  /// An optional table by id ("rill.state/1"), or null. Optional. [T]
  const void* (*get_extension)(const struct rill_node* node, const char* id);
};

/// An instance starts with this, and plugins put their own data behind it.
/// Frozen for ever. *host* is the node's own table.
struct rill_node {
  const struct rill_node_ops* ops;
  const struct rill_host* host;
};

enum rill_direction { RILL_IN = 1, RILL_OUT = 2 };

/// How a node with several inputs gets them: ALIGNED ports together, the same
/// frames of each; the others one buffer a call, the earliest in media time
/// first (ties: the lower slot), so that the order never depends on threads.
/// An input without rate is placed by its pts_ns. A call has at least one
/// buffer, unless it drains.

enum rill_port_flags {
  RILL_PORT_OPTIONAL = 0x1,
  RILL_PORT_ALIGNED = 0x2,     // in: the same frame range on all such ports
  RILL_PORT_PASSTHROUGH = 0x4, // out: the node sets the buffer itself
  RILL_PORT_MULTI = 0x8,       // any number of links; last of its direction
  RILL_PORT_UNORDERED = 0x10,  // in: delivered as it comes; the output must
                               // not depend on the order between ports
  RILL_PORT_AS_JSON = 0x20     // the node turns each buffer into JSON text, or
                               // makes it of such text: plans mark the link
};

struct rill_port_desc {
  uint32_t size;
  uint32_t id;        // stable, from 1 on, unique in the type
  uint32_t direction; // enum rill_direction
  uint32_t flags;     // enum rill_port_flags
  const char* symbol; // the key in the graph file: in, out, audio
  const char* doc;
  const struct rill_format_set* const* formats; // best liked first; none: any
  uint32_t n_formats;
  uint32_t in_place_pair; // out: id of the input it may share memory with; 0
};

enum rill_exec {
  RILL_EXEC_COMPUTE = 0,
  RILL_EXEC_RT = 1,
  RILL_EXEC_BLOCKING = 2 // files, sockets, children: a thread of its own
};

/// A PARALLEL node with one input is called for several buffers at the same
/// time, by several threads, with the same instance; what it keeps between calls
/// must be constant or atomic. It sees buffers in any order; outputs, failures
/// and MORE take effect in the order of the inputs, and draining is done alone.
enum rill_node_flags {
  RILL_NODE_PARALLEL = 0x1, // process is reentrant, the host restores order
  RILL_NODE_COMMITS = 0x2   // a sink with a result outside the process
};

/// What derive is asked: the formats that this node's outputs will have.
struct rill_derivation {
  uint32_t size;
  uint32_t n_params;
  const struct rill_value* params;
  uint32_t n_in;
  uint32_t n_out;
  const struct rill_slot* const* in; // formats are final
  struct rill_slot* const* out;      // in: what the constraints say
  uint64_t n_frames; // out: media length in frames of output 0; 0: unknown
};

/// A node type. Static, const, readable before any code of the plugin runs;
/// the host copies it.
struct rill_node_desc {
  uint32_t size;
  uint32_t flags;   // enum rill_node_flags
  const char* id;   // reverse DNS: "org.rill.gain"
  const char* name; // the `type` in graph files: [a-z][a-z0-9_.]*
  const char* version;
  const char* vendor;
  const char* licence;    // SPDX
  const char* doc;        // first line: summary
  const char* categories; // words with spaces: "audio filter"
  const struct rill_port_desc* const* ports; // inputs, then outputs
  const struct rill_param_desc* const* params;
  uint32_t n_ports;
  uint32_t n_params;
  uint32_t state_version;
  uint32_t exec;           // enum rill_exec
  uint32_t required_flags; // what a host must understand to run this: 0
  uint32_t reserved0;

  /// Says the formats of the outputs when constraints cannot (the file decides,
  /// the window decides). Touches nothing it does not read. Optional. [L]
  int32_t (*derive)(struct rill_lib* lib,
                    const struct rill_node_desc* desc,
                    const struct rill_host* host,
                    struct rill_derivation* d);

  /// A new instance, written only on success. Required. [L]
  int32_t (*create)(struct rill_lib* lib,
                    const struct rill_node_desc* desc,
                    const struct rill_host* host,
                    const struct rill_setup* setup,
                    struct rill_node** out);
};

#endif

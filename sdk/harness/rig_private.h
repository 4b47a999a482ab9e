// SPDX-License-Identifier: ISC
// What the files of the rig share.
#ifndef RILL_HARNESS_RIG_PRIVATE_H
#define RILL_HARNESS_RIG_PRIVATE_H

#include "fake_host.h"
#include "rig.h"

/// How many bytes a payload has room for unless the node asks for more.
#define RIG_PAYLOAD_BYTES 65536u

/// Calls in a row that bring nothing forward before the rig gives up.
#define RIG_PATIENCE 100000u

#define RIG_SCRATCH_GARBAGE 0xa5

/// What an input was before a call.
struct rig_snapshot {
  struct rill_buffer b;
  uint64_t hash;
};

struct rig_in {
  uint32_t port; // index into the type's ports
  uint32_t ended;
  struct rill_slot slot;
  struct rill_io io;
  struct rill_buffer** queue; // from head on
  uint32_t head;
  uint32_t n_queue;
  uint64_t seq;
  int64_t next_pos;
};

/// Bytes that grow.
struct rig_bytes {
  unsigned char* data;
  uint64_t n;
  uint64_t capacity;
};

struct rig_out {
  uint32_t port;
  uint32_t unlinked;
  struct rill_slot slot;
  struct rill_io io;
  struct rill_buffer* bound; // what the io had before the call
  struct rill_buffer before; // what that looked like
  struct rill_plane* planes_before;
  uint64_t seq;
  int64_t end_pos;        // of the last buffer
  int64_t end_ns;
  uint64_t made;          // frames since start or reset
  uint64_t n_frames;      // collected of those
  struct rig_bytes* lanes; // one a channel
  uint32_t n_lanes;
  struct rig_item* items;
  uint32_t n_items;
};

struct rig_event_entry {
  uint64_t frame;
  struct rill_event event;
};

struct rig {
  struct fake_host* host;
  void* handle;
  const struct rill_entry* entry;
  struct rill_lib* lib;
  const struct rill_node_desc* desc;
  struct rill_node* node;
  struct rill_value* params; // type NONE: not set
  void** owned;              // texts and lists of params, freed at close
  uint32_t n_owned;
  uint32_t n_in;
  uint32_t n_out;
  struct rig_in* in;
  struct rig_out* out;
  struct rill_io** in_ios;
  struct rill_io** out_ios;
  uint32_t want_in_place;
  uint32_t want_disorder;
  uint32_t want_realtime;
  uint32_t is_active;
  uint32_t is_drained;
  uint32_t max_frames;
  uint32_t block_frames;
  struct rill_activation activation;
  unsigned char* scratch;
  struct rig_event_entry* events; // sorted
  uint32_t n_events;
  uint64_t position;    // frames of input 0, or produced by a source
  uint64_t drained_frames; // of output 0, in DRAINING calls
  struct rill_buffer last_in; // props of the input 0 that was last
  uint64_t n_calls;
  int32_t status;
};

/// Aborts with the place set by rig_where.
#define rig_breach(rig, ...) fake_host_breach((rig)->host, __VA_ARGS__)

/// Deactivates and destroys the instance, if there is one.
void
rig_stop(struct rig* rig);

/// Says which call comes next.
void
rig_where(struct rig* rig, const char* call);

/// Keeps *memory* until close.
void*
rig_own(struct rig* rig, void* memory);

/// The port of the type by direction and symbol; aborts with a suggestion.
uint32_t
rig_find_port(struct rig* rig, enum rill_direction direction,
              const char* symbol);

/// The parameter; aborts with a suggestion.
uint32_t
rig_find_param(struct rig* rig, const char* symbol);

struct rill_value
rig_read_value(struct rig* rig, uint32_t param, const char* text);

/// All parameters have a value, or the rig aborts.
void
rig_fill_params(struct rig* rig);

const struct rill_port_desc*
rig_in_port(const struct rig* rig, uint32_t slot);

const struct rill_port_desc*
rig_out_port(const struct rig* rig, uint32_t slot);

/// The input slot of the port with *id*, or n_in.
uint32_t
rig_in_of_id(const struct rig* rig, uint32_t id);

/// Buffers of the rig itself, which never fail on purpose; abort else.
struct rill_buffer*
rig_alloc(struct rig* rig, const struct rill_format* format, uint32_t n_frames);

struct rill_buffer*
rig_slice(struct rig* rig, struct rill_buffer* b, uint32_t first, uint32_t n);

/// Aborts when there is no such slot.
struct rig_in*
rig_in_at(struct rig* rig, uint32_t slot);

struct rig_out*
rig_out_at(const struct rig* rig, uint32_t slot);

/// Formats of all outputs, from constraints and derive.
int32_t
rig_solve_outputs(struct rig* rig);

int
rig_is_payload(const struct rill_format* format);

/// One process call with the inputs in the ios, until it is not MORE.
int32_t
rig_call(struct rig* rig, uint32_t flags, uint32_t n_frames);

/// Binds a buffer to output *slot*, or its input in place.
void
rig_bind(struct rig* rig, uint32_t slot, uint32_t n_frames);

/// The events of a block, with offsets into it; the caller frees them.
struct rill_event*
rig_take_events(struct rig* rig, uint32_t flags, uint32_t n_frames,
                uint32_t* n_events);

struct rig_snapshot
rig_snapshot(const struct rill_buffer* b);

/// Each aborts when a call has broken what it is about.
void
rig_check_input(struct rig* rig, uint32_t slot,
                const struct rig_snapshot* before);

void
rig_check_bound(struct rig* rig, uint32_t slot);

void
rig_check_output(struct rig* rig, uint32_t slot, const struct rill_buffer* b);

void
rig_check_status(struct rig* rig, uint32_t flags, int32_t status);

void
rig_check_scratch(struct rig* rig);

/// Takes the outputs of a call to the collection.
void
rig_collect(struct rig* rig, struct rig_out* out, const struct rill_buffer* b);

/// Aborts before the start and after the drain.
void
rig_check_running(struct rig* rig);

/// RILL_IO_END where nothing is left of an input that has ended.
void
rig_set_ends(struct rig* rig);

/// A number of *encoding* as float and back; audio: -1 .. 1.
float
rig_to_f32(const void* sample, uint32_t encoding, uint32_t is_audio);

void
rig_from_f32(float value, void* sample, uint32_t encoding, uint32_t is_audio);

/// Whether a buffer has come by now that the node has not seen.
int
rig_has_queue(const struct rig_in* in);

void
rig_drop_queues(struct rig* rig);

void
rig_drop_events(struct rig* rig);

#endif

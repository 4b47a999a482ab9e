// SPDX-License-Identifier: ISC
// A rig runs one node of a plugin in a unit test, without the host. It does
// what a host does and checks what a host relies on: after each call it looks
// at canaries, inputs, bounds and the status. Whatever is wrong, a breach of
// the contract or a mistake of the test, is printed to stderr with the node
// and the call, and aborts.
//
//   struct rig* rig = rig_open("plugins/gain/gain", "gain");
//   rig_set(rig, "gain", "-6dB");
//   rig_audio(rig, 0, 48000, 1);
//   rig_start(rig, 1024);
//   rig_push_f32(rig, 0, samples, n);
//   rig_drain(rig);
//   ... rig_out_frames(rig, 0), rig_out_f32(rig, 0, 0) ...
//   rig_close(rig);
//
// Slots count from 0 in each direction, in the order of the type's ports.
#ifndef RILL_HARNESS_RIG_H
#define RILL_HARNESS_RIG_H

#include <rill/rill.h>

struct fake_host;
struct rig;

// -- before the start -------------------------------------------------------

/// Loads a plugin and finds the node type named *type* (null: its first).
/// *path* is that of a module without ".so" or ".libs/", from the build
/// folder: "plugins/gain/gain"; or of any file. Needs no rig_start.
struct rig*
rig_open(const char* path, const char* type);

/// Deactivates, destroys and closes in any state, then aborts if a buffer is
/// still held. Takes null.
void
rig_close(struct rig* rig);

/// A parameter as a graph file would write it. What is not set has its
/// default. A list parameter takes a text of items: "1, 2, 3".
void
rig_set(struct rig* rig, const char* symbol, const char* text);

/// A list parameter, with items that may contain commas.
void
rig_set_list(struct rig* rig,
             const char* symbol,
             const char* const* items,
             uint32_t n_items);

/// Symbol, text, symbol, text, ..., null. Takes null.
void
rig_set_all(struct rig* rig, const char* const* pairs);

/// How many links the MULTI port *symbol* has; 1 unless said. Before formats.
void
rig_links(struct rig* rig, const char* symbol, uint32_t n_links);

/// Input *slot* gets planar f32. Every input needs a format, except an
/// OPTIONAL one, which is unconnected without.
void
rig_audio(struct rig* rig, uint32_t slot, uint32_t rate, uint32_t channels);

/// Input *slot* gets a payload with positions at *rate* (0: not timed).
void
rig_payload(struct rig* rig, uint32_t slot, enum rill_kind kind, uint32_t rate);

/// Input *slot* gets f32 rows of *n_values* numbers.
void
rig_rows(struct rig* rig, uint32_t slot, uint32_t rate, uint32_t n_values);

/// Input *slot* gets *format*.
void
rig_format(struct rig* rig, uint32_t slot, const struct rill_format* format);

/// Nobody reads output *slot*.
void
rig_unlink_out(struct rig* rig, uint32_t slot);

/// 1: outputs share the buffer of their in_place_pair where that is possible.
void
rig_in_place(struct rig* rig, uint32_t on);

/// 1: UNORDERED inputs come last slot first, whatever their times. 0, the
/// default: in order as all others.
void
rig_disorder(struct rig* rig, uint32_t on);

/// 1: not OFFLINE.
void
rig_realtime(struct rig* rig, uint32_t on);

/// Formats of outputs (constraints, then derive), create, configure, activate,
/// for blocks of at most *max_frames*.
void
rig_start(struct rig* rig, uint32_t max_frames);

/// The same, but gives the status of a call that failed; why is in rig_error.
/// The rig can then be set otherwise and started again.
int32_t
rig_try_start(struct rig* rig, uint32_t max_frames);

// -- while it runs ----------------------------------------------------------

/// From here on signals are cut into blocks of *n_frames*; at first the
/// largest block.
void
rig_block(struct rig* rig, uint32_t n_frames);

/// Puts audio in the queue of input *slot*, one channel after the other:
/// samples[c * n_frames + i]; in the slot's encoding, cut into blocks.
void
rig_push_f32(struct rig* rig,
             uint32_t slot,
             const float* samples,
             uint32_t n_frames);

/// Rows of a tensor of any shape, one after the other.
void
rig_push_rows(struct rig* rig,
              uint32_t slot,
              const float* values,
              uint32_t n_rows);

/// A text, JSON or bytes at *media_pos*, in frames of the slot's format, or in
/// nanoseconds when that is not timed.
void
rig_push_text(struct rig* rig,
              uint32_t slot,
              const char* text,
              int64_t media_pos);

/// A buffer made by the test with rig_host; takes the caller's reference.
/// Sets nothing but seq.
void
rig_push(struct rig* rig, uint32_t slot, struct rill_buffer* buffer);

/// Nothing comes after what was pushed on *slot*.
void
rig_end(struct rig* rig, uint32_t slot);

/// The parameter has this value from *frame* on: a frame of input 0, counted
/// from the first after start or reset; in a source, of what it produces.
void
rig_event(struct rig* rig,
          uint64_t frame,
          const char* symbol,
          const char* text);

/// The same at once, in a call without frames.
void
rig_event_now(struct rig* rig, const char* symbol, const char* text);

/// Delivers all that was pushed.
void
rig_run(struct rig* rig);

/// The same, ends all inputs, and calls until the node has drained. A source
/// is pulled until it ends.
void
rig_drain(struct rig* rig);

/// Asks a source for *n_frames* in blocks; gives RILL_OK, or RILL_DRAINED when
/// it has ended before.
int32_t
rig_pull(struct rig* rig, uint64_t n_frames);

/// As rig_run, rig_drain, but give the error with which the node fails.
int32_t
rig_try_run(struct rig* rig);

int32_t
rig_try_drain(struct rig* rig);

/// Resets the node, and forgets queues, events, positions and outputs.
void
rig_reset(struct rig* rig);

// -- what came out ----------------------------------------------------------
// Pointers are valid until more comes out, or reset or close.

/// One buffer of an output.
struct rig_item {
  int64_t media_pos;
  int64_t pts_ns;
  int64_t duration_ns;
  uint64_t first; // its first frame in what was collected
  uint32_t n_frames;
  uint32_t flags;
  uint32_t stream_id;
  uint32_t n_metas;
  const struct rill_meta* metas; // copies
  const char* text; // payloads: ends with NUL; else null
  uint64_t text_bytes;
};

/// Frames of audio or rows of a tensor so far.
uint64_t
rig_out_frames(const struct rig* rig, uint32_t slot);

/// All samples of a channel, or all rows (channel 0), as f32. Integers are
/// scaled to -1 .. 1 in audio, not in tensors.
const float*
rig_out_f32(struct rig* rig, uint32_t slot, uint32_t channel);

/// The same in the encoding of the output; *n_bytes* may be null.
const void*
rig_out_bytes(const struct rig* rig,
              uint32_t slot,
              uint32_t channel,
              uint64_t* n_bytes);

/// Buffers that had frames, so all texts.
uint32_t
rig_out_items(const struct rig* rig, uint32_t slot);

/// Aborts when there are not so many.
const struct rig_item*
rig_out_item(const struct rig* rig, uint32_t slot, uint32_t index);

/// The text of that item.
const char*
rig_out_text(const struct rig* rig, uint32_t slot, uint32_t index);

/// Forgets what was collected.
void
rig_clear(struct rig* rig);

// -- looking inside ---------------------------------------------------------

/// Of an output, after start.
const struct rill_format*
rig_out_format(const struct rig* rig, uint32_t slot);

/// What the node reported.
const struct rill_activation*
rig_activation(const struct rig* rig);

/// The last outcome of process.
int32_t
rig_status(const struct rig* rig);

/// Calls of process since start.
uint64_t
rig_n_calls(const struct rig* rig);

/// What the node said with set_error, or "".
const char*
rig_error(const struct rig* rig);

struct fake_host*
rig_host(struct rig* rig);

struct rill_node*
rig_node(struct rig* rig);

const struct rill_node_desc*
rig_desc(const struct rig* rig);

/// The value of a parameter as the node gets it.
const struct rill_value*
rig_param(struct rig* rig, const char* symbol);

/// Aborts unless each buffer of a timed output begins where the one before it
/// ended, or says DISCONT, and its pts_ns is that of its media_pos within a
/// frame.
void
rig_check_positions(struct rig* rig, uint32_t slot);

// -- whole tests ------------------------------------------------------------

/// One signal, many block sizes.
struct rig_case {
  const char* path;
  const char* type;
  const char* const* params; // as for rig_set_all
  const float* samples;      // as for rig_push_f32; null: a source
  uint32_t n_frames;
  uint32_t rate;
  uint32_t channels;
  uint32_t min_block; // 0: from blocks of 1 on
  float tolerance;    // of f32 outputs; 0: the same bytes
};

/// Blocks of 1, 64, 1000 and 4096, and again in place where the type has a
/// pair, must give the same bytes, texts and positions of texts.
void
rig_check_blocks(const struct rig_case* c);

#endif

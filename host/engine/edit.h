// SPDX-License-Identifier: ISC
// Changes to a graph while it runs: swap, set, insert, remove, bypass, connect.
//
// A transaction is a few edits that take effect together, at one cut through
// the stream, or not at all. All of its work is done on the thread that asks:
// plugins are loaded, instances made, state carried over. A worker only finds,
// between two calls of one node, that the node is lent to an editor for a few
// microseconds, and goes on with something else. A transaction that cannot be
// done is refused with the reason, and the stream never notices.
#ifndef ENGINE_EDIT_H
#define ENGINE_EDIT_H

#include "base/status.h"
#include "engine/engine.h"
#include "load/registry.h"

#include <stdint.h>

struct editor;

struct edit_options {
  struct registry* registry;  // where types are found; null: only "same type"
  int64_t prepare_ns;         // to load, create, activate; 0: 10 s
  int64_t border_ns;          // to come to a cut of all nodes; 0: 2 s
  uint32_t probation_blocks;  // the old instance is kept; 0: 64
};

/// Makes *engine* editable. Before engine_run. [control]
enum status
edit_open(struct engine* engine, const struct edit_options* options,
          struct editor** out);

/// Takes null. After engine_run, before engine_free; nobody else uses the
/// editor any more. Gives back what swaps have left behind. [control]
void
edit_close(struct editor* editor);

// What to do -----------------------------------------------------------------

enum edit_kind {
  EDIT_SET,     // parameters of `node`
  EDIT_SWAP,    // `node` gets another instance: of `type` with `params`
  EDIT_INSERT,  // a new `node` of `type` in front of the input to.to_port
  EDIT_REMOVE,  // `node`; who reads it reads what it read
  EDIT_BYPASS,  // `on`: `node` passes its input on, as late as it was
  EDIT_CONNECT, // the input to.to_port reads from.from_port from now on
  EDIT_DRAIN,   // the source `node` ends now; null: all sources
  EDIT_STOP     // the run ends now, nothing is committed
};

/// How the state gets from the old instance to the new one. AUTO tries STATE,
/// PRIME and DRAIN in this order.
enum edit_mode {
  EDIT_AUTO,
  EDIT_STATE,     // export, import: exact
  EDIT_PRIME,     // the last frames once more into the new one: exact when its
                  // memory is finite; waits until so many have been seen
  EDIT_DRAIN_OLD, // the old one gives its tail, the new one starts fresh
  EDIT_CROSSFADE, // PRIME as far as it goes, then both, equal power
  EDIT_NONE       // in replies: no instance was replaced
};

/// A parameter as it would be written in the graph file.
struct edit_param {
  const char* symbol;
  const char* text;
};

/// One edit. What a kind does not use is zero. Texts are the caller's.
struct edit {
  enum edit_kind kind;
  const char* node; // id
  // SWAP, INSERT: a type's name, or a plugin file (has a '/'), and with
  // "file.so#name" which type of it. Null: the type that the node has.
  const char* type;
  const struct edit_param* params;
  uint32_t n_params;
  int reset_params; // SWAP: what is not given is the default, not as it was
  enum edit_mode mode;
  uint32_t crossfade_frames; // CROSSFADE
  int on;                    // BYPASS
  const char* to;            // INSERT, CONNECT: who reads
  const char* to_port;       // its input by symbol; null: the first
  const char* from;          // CONNECT: who is read
  const char* from_port;     // INSERT, CONNECT: an output; null: the first
};

/// What became of one edit.
struct edit_reply {
  enum status status;  // OK, or REFUSED with *error*, NO_MEMORY, LIMIT (time)
  uint32_t generation; // of the node: its how many-th instance runs, from 1
  int64_t in_frame;    // first frame of input that the change touches
  int64_t out_frame;   // first frame of output
  int64_t lost;        // frames
  int64_t repeated;
  int64_t stall_ns;    // the node could not run for so long
  int64_t prepare_ns;  // beside the stream
  enum edit_mode mode; // that was used
  uint32_t crossfade_frames;
  uint32_t probation_left; // blocks until the old instance retires
  char error[512];         // what, why and what to do; "" when status is OK
};

/// When edit_apply returns.
enum edit_until {
  EDIT_UNTIL_APPLIED, // the change is in; a roll back is seen in the snapshot
  EDIT_UNTIL_FIRST,   // each new instance has done a block, or was rolled back
  EDIT_UNTIL_SETTLED  // probation is over for all of them
};

/// All or none of *edits*, at one cut. *replies* has *n* places and is always
/// filled. One transaction runs and one waits; a third is refused ("busy").
/// STATUS_OK, or the status of the first edit that failed (REFUSED also when
/// the change was taken back within *until*). Before the first block has run
/// it waits for the run to begin, at most border_ns. [any thread but workers]
enum status
edit_apply(struct editor* editor, const struct edit* edits, uint32_t n,
           enum edit_until until, struct edit_reply* replies);

/// "state", "prime", "drain", "crossfade", "auto", "none". Static.
const char*
edit_mode_name(enum edit_mode mode);

// What there is --------------------------------------------------------------

enum edit_phase { EDIT_NODE_RUNNING, EDIT_NODE_DRAINING, EDIT_NODE_ENDED };

/// One node. Texts, *desc* and *params* live as long as the snapshot.
struct edit_node_view {
  const char* id;
  const struct rill_node_desc* desc; // the host's copy: no functions
  const char* path;                  // plugin file, "" for the host's own
  const char* hash;
  const struct rill_value* params; // desc->n_params, in the type's order
  const uint8_t* given;            // of each: not the default
  uint32_t generation;
  enum edit_phase phase;
  int is_inserted;  // by an edit
  int is_converter; // by the plan
  int is_bypassed;  // then desc and params are those of the node behind it
  uint32_t probation_left;
  uint32_t n_rolled_back;
  const char* rolled_back_why; // the last time, or ""
  uint32_t latency_frames;
  int64_t in_frame;  // frames of input 0 so far
  int64_t out_frame; // frames of output 0 so far
  struct engine_stats stats;
};

struct edit_link_view {
  uint32_t from; // index into nodes
  uint32_t to;
  const char* from_port; // symbols
  const char* to_port;
  struct rill_format format;
  uint32_t capacity; // buffers
  uint32_t n_queued;
};

/// A copy of the effective graph at one time between two transactions.
struct edit_snapshot {
  uint64_t generation; // transactions that have taken effect
  int is_running;      // engine_run has begun and has not come to its end
  uint32_t n_parked;   // generations of plugin files that nothing uses
  uint32_t n_loaded;   // generations that editors have loaded and still hold
  uint64_t n_swaps;
  uint64_t n_rolled_back;
  int64_t max_stall_ns;
  struct edit_node_view* nodes; // producers before consumers
  uint32_t n_nodes;
  struct edit_link_view* links;
  uint32_t n_links;
};

/// Waits for a transaction that is about to take effect. [any thread but
/// workers]
enum status
edit_get_snapshot(struct editor* editor, struct edit_snapshot** out);

/// Takes null. Before edit_close.
void
edit_free_snapshot(struct edit_snapshot* snapshot);

enum edit_wait_for {
  EDIT_WAIT_FRAME,   // the node (a sink: its input 0) has come to *frame*
  EDIT_WAIT_SETTLED, // no probation is going on, of the node or of any
  EDIT_WAIT_ENDED    // the node, or the run
};

/// *node* null: the run. STATUS_LIMIT when the time is over, STATUS_REFUSED
/// for an unknown node or when it ended before. [any thread but workers]
enum status
edit_wait(struct editor* editor, const char* node, enum edit_wait_for what,
          int64_t frame, int64_t timeout_ns);

// What happens ---------------------------------------------------------------

enum edit_event_kind {
  EDIT_EVENT_APPLIED,     // one for each edit of a transaction
  EDIT_EVENT_REFUSED,     // the same
  EDIT_EVENT_ROLLED_BACK, // the old instance runs again; text: why
  EDIT_EVENT_RETIRED,     // probation passed, the old instance is gone
  EDIT_EVENT_ENDED        // the run; no node
};

struct edit_event {
  uint64_t number; // from 0, without gaps unless the reader was too slow
  int64_t time_ns; // monotonic
  enum edit_event_kind kind;
  enum edit_kind edit;
  char node[65];
  uint32_t generation;
  int64_t in_frame;
  char text[256];
};

/// The event *number* or the oldest after it that is still kept (256 are);
/// waits for it, at most *timeout_ns*. STATUS_LIMIT: none came. STATUS_REFUSED:
/// the run has ended and all were read. [any thread but workers]
enum status
edit_next_event(struct editor* editor, uint64_t number, int64_t timeout_ns,
                struct edit_event* out);

#endif

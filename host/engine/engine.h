// SPDX-License-Identifier: ISC
// The engine runs a plan: instances, worker pool, links, drain.
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/status.h"
#include "plan/plan.h"

#include <stdint.h>

struct engine;

enum engine_stop { ENGINE_STOP_DRAIN = 1, ENGINE_STOP_NOW = 2 };

struct engine_options {
  int profile;             // measure time in each call
  uint32_t trace_events;   // keep so many calls for a trace; 0: none
  int64_t call_deadline_ns; // a call that takes longer ends the run; 0: none
  int checks;              // verify what process returns and canaries
};

/// What went wrong first.
struct engine_error {
  enum status status;
  const char* node; // id, of the plan; "" for the engine itself
  uint64_t block;   // call number of that node
  const char* text; // points to storage
  char storage[4224];
};

enum { ENGINE_HISTOGRAM = 64 };

/// Figures of one node; times only with options.profile.
struct engine_stats {
  uint64_t n_calls;
  uint64_t frames_in;  // of input slot 0
  uint64_t frames_out; // of output slot 0
  uint64_t buffers_out;
  int64_t busy_ns;
  int64_t max_ns;
  int64_t wait_ns; // BLOCKING nodes: parked
  // calls by time: bucket b counts calls of [2^(b/2), 2^((b+1)/2)) ns
  uint32_t histogram[ENGINE_HISTOGRAM];
};

enum { ENGINE_MAX_PARTS = 8 };

/// What a node says of its own time, rill.profile/1. Names belong to it.
struct engine_parts {
  uint32_t n;
  const char* names[ENGINE_MAX_PARTS];
  uint64_t ns[ENGINE_MAX_PARTS];
};

/// One call, for the trace.
struct engine_event {
  int64_t begin_ns;
  int64_t end_ns;
  uint32_t node;   // index into the plan
  uint32_t thread; // 0..: workers, then BLOCKING threads
  uint64_t block;
};

struct engine_totals {
  int64_t wall_ns;
  uint64_t buffers_made;   // allocated by pools
  uint64_t buffers_used;   // taken from pools, over the run
  uint64_t bytes_pooled;
  uint64_t copies;         // buffers copied by make_writable
  uint32_t n_threads;      // that ran, BLOCKING ones too
  uint32_t queue_growths;
  uint32_t rests; // times that all threads waited and work was found anew
};

/// Creates, configures and activates an instance of each node, and fills the
/// plan's latency, tail and delay fields. Nothing outside the process is
/// touched. On failure *error* (may be null) says why; its texts are static or
/// live as long as the plan. The plan must outlive the engine. [control]
enum status
engine_new(struct plan* plan, const struct engine_options* options,
           struct engine** out, struct engine_error* error);

/// Runs to the end of all streams. STATUS_OK, or the class of the first error,
/// or STATUS_SIGINT / STATUS_SIGTERM never: the caller knows whom it asked.
/// [control, blocks]
enum status
engine_run(struct engine* engine);

/// DRAIN: sources end, what was read is finished. NOW: nothing more is
/// processed and nothing is committed. Async-signal-safe. [any thread]
void
engine_stop(struct engine* engine, enum engine_stop how);

/// Null when all went well.
const struct engine_error*
engine_get_error(const struct engine* engine);

/// While it runs (a little stale) or after. [any thread]
void
engine_get_stats(const struct engine* engine, uint32_t node,
                 struct engine_stats* out);

/// After engine_run; the node's instance must not change meanwhile.
void
engine_get_parts(const struct engine* engine, uint32_t node,
                 struct engine_parts* out);

void
engine_get_totals(const struct engine* engine, struct engine_totals* out);

/// How far the sources have come, 0 to 1, or -1 when lengths are unknown.
/// [any thread]
double
engine_get_progress(const struct engine* engine);

/// Events of the trace in order of begin; *n* may be 0. After engine_run.
const struct engine_event*
engine_get_trace(const struct engine* engine, uint32_t* n);

/// Deactivates and destroys in reverse order. Takes null.
void
engine_free(struct engine* engine);

#endif

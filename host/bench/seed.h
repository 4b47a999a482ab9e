// SPDX-License-Identifier: ISC
// The table that started rill: what the system before it took for three audio
// jobs and a pipeline, as it was published, beside what they take here, today,
// in one run: by legacy nodes as they ran there and behind the JSON shim, by
// native nodes, as a direct loop and with numpy.
#ifndef BENCH_SEED_H
#define BENCH_SEED_H

#include "app/clips.h"
#include "bench/bench.h"

/// The parts of a job, as the old table cut it.
enum seed_step {
  SEED_JSON,    // a value from samples
  SEED_NODE,    // instances of the nodes
  SEED_INIT,    // making them ready
  SEED_SET_UP,  // all that comes before the first sample
  SEED_PROCESS, // inside process calls; behind the shim with text both ways
  SEED_OUTPUT,  // a text from a value, samples from it
  SEED_FULL,    // one clip from end to end, set up before, warm
  SEED_GATHERED, // the same, and all that comes out in one piece of memory
  SEED_TOTAL,   // a clip and a set-up of its own
  SEED_N_STEPS
};

/// "JSON creation", "full".
extern const char* const seed_step_names[SEED_N_STEPS];

/// One job of the table.
struct seed_case {
  const char* name;
  const char* title;
  uint32_t n_frames;
  uint32_t channels;
  uint32_t encoding;     // of the clip
  const char* native;    // the graph between clip.in `a` and clip.out
  const char* legacy;    // the same of legacy nodes; null: there are none
  const char* note;      // what must be known to compare
  double target_ns;      // of the old analysis; 0: none
  int is_drawn;          // in the picture
  double published_ns[SEED_N_STEPS]; // 0: nothing was
  double published_numpy_ns;

  /// The job as one loop over memory, with tables made before.
  void (*direct)(const struct clip* clip, void* work);
  size_t work_bytes;
  void (*direct_init)(void* work);
};

extern const struct seed_case seed_cases[];
extern const uint32_t seed_n_cases;

/// A case with its clip.
struct seed_job {
  const struct seed_case* what;
  struct clips* clips;
  struct clip_memory clip;
};

/// One way to do a job. `turn` writes the times of its steps, in nanoseconds,
/// and leaves the others alone.
struct seed_way {
  const char* name;
  int is_slow; // takes part in SEED_SLOW_TURNS of the turns only

  /// Null in *out*: this way is not to be had here, which is no error.
  enum status (*open)(const struct seed_job* job, void** out);
  enum status (*turn)(void* self, double* ns);
  void (*close)(void* self);
};

enum { SEED_SLOW_TURNS = 5 };

extern const struct seed_way seed_values;
extern const struct seed_way seed_shim;
extern const struct seed_way seed_native;
extern const struct seed_way seed_direct;
extern const struct seed_way seed_numpy;

enum status
seed_run(const struct bench_options* options, struct bench_rows* rows);

enum status
seed_print(const struct bench_rows* rows, FILE* to);

enum status
seed_draw(const struct bench_rows* rows, FILE* to);

#endif

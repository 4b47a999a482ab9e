// SPDX-License-Identifier: ISC
// The jobs as the old system did them: its nodes on JSON values, in a process
// of their own (plugins/legacy/steps.c), cut into the steps of its table.
#include "base/mem.h"
#include "base/text.h"
#include "bench/child.h"
#include "bench/seed.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ANSWER_BYTES = 128, N_LAPS = 5 };

// Where the program is, seen from the folder of the JSON shim: installed, and
// in a build.
static const char* const places[] = { "legacy/steps", "../../legacy/steps" };

static char*
find_program(const struct clips* clips)
{
  const char* const shim = clips_find_plugin(clips, "json.lib");
  const char* const slash = shim ? strrchr(shim, '/') : NULL;
  for (size_t i = 0; slash && i < sizeof places / sizeof places[0]; ++i) {
    struct text path = { 0 };
    text_add(&path, "%.*s/%s", (int)(slash - shim), shim, places[i]);
    if (!path.failed && !access(text_get(&path), X_OK)) {
      return text_take(&path);
    }
    text_fini(&path);
  }
  return NULL;
}

static void
close_way(void* self)
{
  child_close(self);
  mem_free(self);
}

static enum status
open_way(const struct seed_job* job, void** out)
{
  char* const program = find_program(job->clips);
  struct child* const self = program ? mem_new(struct child) : NULL;
  char n_frames[16];
  char answer[ANSWER_BYTES];
  snprintf(n_frames, sizeof n_frames, "%u", job->clip.clip.n_frames);
  const char* const argv[] = { program, job->what->name, n_frames, NULL };
  if (self && !child_open(self, argv) &&
      !child_ask(self, answer, ANSWER_BYTES)) {
    *out = self;
  } else if (self) {
    close_way(self);
  }
  mem_free(program);
  return program && !self ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status
turn(void* self, double* ns)
{
  char answer[ANSWER_BYTES];
  double laps[N_LAPS] = { 0 };
  const enum status st = child_ask(self, answer, ANSWER_BYTES);
  const char* at = answer;
  if (st) {
    return st;
  }
  for (int i = 0; i < N_LAPS; ++i) {
    char* end;
    laps[i] = (double)strtoll(at, &end, 10);
    at = end;
  }
  ns[SEED_JSON] = laps[0];
  ns[SEED_NODE] = laps[1];
  ns[SEED_INIT] = laps[2];
  ns[SEED_SET_UP] = laps[0] + laps[1] + laps[2];
  ns[SEED_PROCESS] = laps[3];
  ns[SEED_OUTPUT] = laps[4];
  ns[SEED_FULL] = ns[SEED_SET_UP] + laps[3];
  ns[SEED_TOTAL] = ns[SEED_FULL] + laps[4];
  return STATUS_OK;
}

const struct seed_way seed_values = { "values", 1, open_way, turn, close_way };

// SPDX-License-Identifier: ISC
#include "base/log.h"
#include "load/library_steps.h"
#include "load/process_state.h"

#include <stdio.h>
#include <string.h>

// Said now, and kept for who asks later.
static void
warn(struct library* library, const char* path, const char* text)
{
  log_warning("%s: %s", path, text);
  if (library) {
    const size_t n = strlen(library->warning);
    snprintf(library->warning + n, sizeof library->warning - n, "%s%s",
             n ? "; " : "", text);
  }
}

// Threads of the host may come and go meanwhile: a wrong guess only means that
// the code stays mapped.
static void
look_for_threads(struct library* library, const char* path, uint32_t n_before)
{
  if (library && process_n_threads() > n_before) {
    library->has_threads = 1;
    warn(library, path, "left a thread running, so its code stays loaded");
  }
}

static enum status
load_and_start(const struct library_source* source, struct library** out,
               struct reason* reason)
{
  if (source->step) {
    source->step(source->arg, LIBRARY_LOAD);
  }
  const enum status st = library_load(source, out, reason);
  if (st) {
    return st;
  }
  if (source->step) {
    source->step(source->arg, LIBRARY_OPEN);
  }
  return library_start(*out, reason);
}

enum status
library_begin(const struct library_source* source, struct library** out,
              struct reason* reason)
{
  struct library* self = NULL;
  struct process_state before;
  char changes[REASON_BYTES / 2];
  char text[REASON_BYTES];
  const uint32_t n_threads = process_n_threads();

  process_state_take(&before);
  const enum status st = load_and_start(source, &self, reason);
  process_state_restore(&before, changes, sizeof changes);

  if (changes[0]) {
    snprintf(text, sizeof text, "changed %s when it was loaded", changes);
    warn(self, source->path, text);
  }
  look_for_threads(self, source->path, n_threads);
  if (st) {
    library_close(self);
    return st;
  }
  *out = self;
  return STATUS_OK;
}

enum status
library_open(const char* path, struct library** out, char* error,
             size_t error_bytes)
{
  const struct library_source source = { .path = path,
                                         .staging = STAGING_FILE };
  struct reason reason = { 0 };
  const enum status st = library_begin(&source, out, &reason);
  return st ? reason_give(&reason, st, error, error_bytes) : STATUS_OK;
}

// SPDX-License-Identifier: ISC
// How far a run is, on stderr while it runs, from a thread of its own.
#ifndef REPORT_PROGRESS_H
#define REPORT_PROGRESS_H

#include "base/text.h"
#include "engine/engine.h"

enum progress_mode {
  PROGRESS_NONE,
  PROGRESS_BAR,   // one line that is written over, on a terminal
  PROGRESS_PLAIN, // a line each second
  PROGRESS_JSON   // schema rill.progress/1, a document a line, two a second
};

/// What is known at one moment.
struct progress_sample {
  const char* name; // of the graph
  double part;      // 0 to 1, -1: unknown
  double media_s;   // of the source that has come farthest, -1: unknown
  double elapsed_s;
  int is_last;
};

/// How a line may look.
struct progress_look {
  enum progress_mode mode;
  uint32_t columns; // of the terminal
  int is_utf8;
};

/// One sample as a line without newline (BAR: without the control codes).
void
progress_line(const struct progress_sample* sample,
              const struct progress_look* look, struct text* out);

/// Seconds until the end at the pace so far, -1: unknown.
double
progress_remaining(const struct progress_sample* sample);

struct progress;

/// Starts showing. A bar becomes plain lines when stderr is no terminal. The
/// engine and the plan outlive it. Showing is never worth failing for: *out*
/// may be null on success too.
enum status
progress_start(const struct plan* plan, const struct engine* engine,
               enum progress_mode mode, struct progress** out);

/// Shows the last figures and ends. Takes null.
void
progress_stop(struct progress* progress);

/// Whether text on stderr may be UTF-8: what the locale of the environment
/// says.
int
locale_is_utf8(void);

#endif

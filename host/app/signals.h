// SPDX-License-Identifier: ISC
// Who ends a run early: SIGINT, SIGTERM, the time limit.
//
// The first signal drains: sources stop, what was read is finished and
// committed. A second one, or 10 s without an end, stops at once and commits
// nothing; the time limit does that too. When even that does not end the run
// because a plugin hangs, the process exits: outputs are written aside until
// they are whole, so nothing half is left.
#ifndef APP_SIGNALS_H
#define APP_SIGNALS_H

#include "engine/engine.h"

struct signals;

/// Blocks the signals in this thread, and so in all that it starts from now on,
/// and waits for them in a thread of its own. *timeout_s* 0: no limit. Call
/// before engine_run. [main thread]
enum status
signals_start(struct engine* engine, double timeout_s, struct signals** out);

/// Ends that. What was asked for: OK when nothing was, SIGINT, SIGTERM, or
/// LIMIT. Takes null.
enum status
signals_stop(struct signals* signals);

#endif

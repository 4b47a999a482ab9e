// SPDX-License-Identifier: ISC
// Every call of a run on a time line, for chrome://tracing and Perfetto.
#ifndef REPORT_TRACE_H
#define REPORT_TRACE_H

#include "engine/engine.h"

#include <stdio.h>

/// Events that are kept: the first so many of a run, at 40 bytes each.
enum { TRACE_EVENTS = 1 << 18 };

/// Writes JSON with a row for each thread and a bar for each call: the node's
/// id, its type, the number of its call. *events* are in order of begin; times
/// count from the first. BAD_OUTPUT: errno says why.
enum status
trace_write(const struct plan* plan, const struct engine_event* events,
            uint32_t n_events, FILE* to);

#endif

// SPDX-License-Identifier: ISC
// What a run left to say and to write.
#ifndef APP_OUTCOME_H
#define APP_OUTCOME_H

#include "app/session.h"

#include <stdio.h>

/// Says which node failed, where it stands in the graph, in which block and
/// why.
void
outcome_log(const struct plan* plan, const struct engine_error* error);

/// Adds why a node could not be made to the diagnostics of its graph; says it
/// at once when it is about no node.
void
outcome_add(const struct app* app, const struct engine_error* error);

/// The status of a run that ended with *status* after *asked* (signals_stop):
/// says what failed, if something did. A failure counts more than a signal,
/// but not more than the time limit; a reader of stdout that has gone is not
/// worth words.
enum status
outcome_judge(const struct app* app, enum status status, enum status asked);

/// The id of a node of *graph* that writes its data to stdout, or null.
const char*
outcome_find_stdout(const struct graph* graph);

/// Makes the file of options->trace before the run, so that a wrong name shows
/// at once. *out* stays null without one.
enum status
outcome_open_trace(const struct app_options* options, FILE** out);

/// Writes the trace (and closes it; null: none) and the profile. Says what
/// goes wrong.
enum status
outcome_report(const struct app_options* options, const struct app* app,
               FILE* trace);

#endif

// SPDX-License-Identifier: ISC
// One engine, many runs: a clip after another through the same instances.
//
// A new graph for each clip costs a parse, a plan, an instance of each node and
// the first touch of all memory. A reset keeps all of that: nodes start afresh
// (node.h of the SDK: reset is "as fresh after activate"), the bytes that come
// out are those of a new graph.
#ifndef ENGINE_AGAIN_H
#define ENGINE_AGAIN_H

#include "engine/engine.h"

/// After engine_run has returned, however it ended: resets each instance,
/// empties the links, puts latency compensation back, and starts positions,
/// sequence numbers, statistics, trace, error and a stop that was asked for at
/// nothing, so that engine_run can be called again. Instances, pools and what
/// calls were found to cost are kept; engine_totals go on counting buffers and
/// bytes made, all else starts at zero. On failure *error* (may be null) names
/// the node that could not be reset; the engine can then only be freed.
/// Not for an engine that an editor has changed (engine/edit.h).
/// [control, never while it runs]
enum status
engine_reset(struct engine* engine, struct engine_error* error);

#endif

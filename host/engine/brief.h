// SPDX-License-Identifier: ISC
// Streams so short that a thread of their own for reading and writing costs
// more than it gives.
#ifndef ENGINE_BRIEF_H
#define ENGINE_BRIEF_H

#include "engine/state.h"

/// A source with more frames is long. Two threads are started, woken and ended
/// in 0.2 ms, in which 3 s of music are read and written.
enum { BRIEF_FRAMES = 1 << 17 };

/// After activation: when all sources are known to be short and no node waits
/// for anybody, workers run the BLOCKING nodes too.
void
brief_decide(struct engine* engine);

#endif

// SPDX-License-Identifier: ISC
// The threads of an engine before they run: workers, and one for each BLOCKING
// node.
#ifndef ENGINE_THREADS_H
#define ENGINE_THREADS_H

#include "base/status.h"
#include "engine/state.h"

enum status
threads_init(struct engine* engine);

void
threads_fini(struct engine* engine);

#endif

// SPDX-License-Identifier: ISC
// Generations of plugin files that edits have loaded beside those of the
// registry. A file whose content is known is not loaded again; what nothing
// uses any more is kept for a while (parked), then given up: its code is
// unmapped only when that was proven safe (library.h).
#ifndef ENGINE_GENERATION_H
#define ENGINE_GENERATION_H

#include "base/status.h"
#include "load/registry.h"

#include <stddef.h>
#include <stdint.h>

enum { GENERATIONS_PARKED = 4 };

struct generation;

/// Those of one editor. Zero-initialised is none.
struct generations {
  struct generation* first; // newest first
};

/// What file *path* is now. A reference of the caller's, written on success.
/// On failure *error* says why. [control, may block]
enum status
generation_open(struct generations* all, const char* path,
                struct generation** out, char* error, size_t error_bytes);

/// The type *name* of it (null: its only one), or null. Lives as long as it.
struct node_type*
generation_find(struct generation* generation, const char* name);

/// Takes null. [control]
void
generation_ref(struct generation* generation);

/// Takes null. [control]
void
generation_unref(struct generation* generation);

/// How many are loaded, and how many of these nothing uses.
void
generations_count(const struct generations* all, uint32_t* n_loaded,
                  uint32_t* n_parked);

/// All instances are gone.
void
generations_fini(struct generations* all);

#endif

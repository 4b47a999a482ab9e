// SPDX-License-Identifier: ISC
// The entry of a plugin, before any of its functions is called.
#ifndef LOAD_LIBRARY_ENTRY_H
#define LOAD_LIBRARY_ENTRY_H

#include "load/reason.h"

#include <rill/entry.h>

enum {
  LIBRARY_OLDEST_ABI = 0x00000009, // 0.9
  LIBRARY_MAX_TYPES = 1024
};

/// Copies what *live* has into *out*, the rest is zero, and refuses a wrong
/// magic, size, ABI or count. Never reads past *symbol_bytes*, whatever the
/// entry says of its size. *out* is written only on success.
enum status
library_entry_read(const struct rill_entry* live, uint64_t symbol_bytes,
                   struct rill_entry* out, struct reason* reason);

#endif

// SPDX-License-Identifier: ISC
// What can be said of a plugin file before any of its code runs.
#ifndef LOAD_ELF_H
#define LOAD_ELF_H

#include "load/image.h"

#include <stdint.h>

enum {
  ELF_MAX_NEEDED = 256,
  ELF_NAME_BYTES = 64
};

/// Things that are legal and yet matter. Bits of elf_facts.traits.
enum elf_trait {
  ELF_STATIC_TLS = 0x1, // needs room that a running process may not have
  ELF_NODELETE = 0x2,   // the loader will never unload it
  ELF_UNIQUE = 0x4,     // has GNU_UNIQUE symbols: the same
  ELF_TEXTREL = 0x8,    // its code is patched when it is loaded
  ELF_EXEC_STACK = 0x10 // makes all stacks of the process executable
};

struct elf_facts {
  uint32_t traits;       // enum elf_trait
  uint64_t entry_bytes;  // size of the entry symbol
  uint32_t n_extra;      // exported symbols beside the entry
  char extra[ELF_NAME_BYTES]; // the first of them
  char** needed;         // libraries, in order
  uint32_t n_needed;
  char* search; // where it looks for them, if it says $ORIGIN, or null
};

/// Refuses what is not a whole shared object of this machine with a rill entry
/// symbol. A half file must not get as far as dlopen: touching a page that the
/// file does not have kills the process. *out* is written only on success;
/// elf_fini. [any thread]
enum status
elf_check(const struct image* image, struct elf_facts* out,
          struct reason* reason);

void
elf_fini(struct elf_facts* facts);

/// "static TLS", static, for one bit.
const char*
elf_trait_name(enum elf_trait trait);

#endif

// SPDX-License-Identifier: ISC
// The first bytes of a plugin file: is it a shared object of this machine?
#ifndef LOAD_ELF_IDENT_H
#define LOAD_ELF_IDENT_H

#include "load/image.h"

/// Refuses anything else in words that say what it is. A file that passes has
/// at least a whole ELF header. [any thread]
enum status
elf_ident_check(const struct image* image, struct reason* reason);

#endif

// SPDX-License-Identifier: ISC
// A legacy shared object, loaded and looked at.
#ifndef JSON_SHIM_OBJECT_H
#define JSON_SHIM_OBJECT_H

#include "why.h"

#include <rill/legacy.h>

struct object {
  void* handle;
  struct rill_legacy_type type; // a copy; what the object lacks is zero
};

/// Loads *name* and finds the node type *type* in it (empty: its only one). A
/// name without a slash is looked for in the folders of RILL_LEGACY_PATH, then
/// in *folder*, with ".so" behind it.
int32_t
object_open(struct object* object, const char* name, const char* type,
            const char* folder, struct why* why);

/// Takes one that is not open.
void
object_close(struct object* object);

#endif

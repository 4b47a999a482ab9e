// SPDX-License-Identifier: ISC
// For tests: an old object, loaded as a host of such nodes would.
#ifndef LEGACY_OBJECT_H
#define LEGACY_OBJECT_H

#include <check.h>
#include <dlfcn.h>
#include <rill/legacy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Aborts the test when there is none. Loaded for the rest of the process.
static inline const struct rill_legacy_type*
object_find(const char* object, const char* type)
{
  char path[4096];
  const char* const build = getenv("top_builddir");
  snprintf(path, sizeof path, "%s/plugins/legacy/objects/.libs/%s.so",
           build ? build : ".", object);
  void* const handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  ck_assert_msg(handle != NULL, "%s", dlerror());
  const struct rill_legacy_object* const o = dlsym(handle, RILL_LEGACY_SYMBOL);
  ck_assert_ptr_nonnull(o);
  ck_assert_uint_eq(o->magic, RILL_LEGACY_MAGIC);
  ck_assert_uint_eq(o->size, sizeof *o);
  for (uint32_t i = 0; i < o->n_types; ++i) {
    if (!strcmp(o->types[i]->name, type)) {
      return o->types[i];
    }
  }
  ck_abort_msg("%s has no type '%s'", path, type);
  return NULL;
}

#endif

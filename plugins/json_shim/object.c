// SPDX-License-Identifier: ISC
#include "object.h"

#include <rill/rill.h>

#include <dlfcn.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

enum { MAX_TYPES = 1024, MAX_NAME = 64 };

static int
is_there(char* path, const char* folder, int n_folder, const char* name)
{
  static const char* const endings[] = { "", ".so" };
  for (size_t i = 0; i < RILL_COUNT(endings); ++i) {
    const int n = snprintf(path, PATH_MAX, "%.*s/%s%s", n_folder, folder, name,
                           endings[i]);
    if (n > 0 && n < PATH_MAX && !access(path, R_OK)) {
      return 1;
    }
  }
  return 0;
}

static int32_t
find(char* path, const char* name, const char* folder, struct why* why)
{
  const char* list = getenv("RILL_LEGACY_PATH");
  if (strchr(name, '/')) {
    const int n = snprintf(path, PATH_MAX, "%s", name);
    return n < PATH_MAX ? RILL_OK
                        : why_set(why, RILL_ERR_NOT_FOUND, "the path is too "
                                  "long: '%.60s...'", name);
  }
  while (list && *list) {
    const int n = (int)strcspn(list, ":");
    if (n && is_there(path, list, n, name)) {
      return RILL_OK;
    }
    list += n + (list[n] == ':');
  }
  return is_there(path, folder, (int)strlen(folder), name)
           ? RILL_OK
           : why_set(why, RILL_ERR_NOT_FOUND, "no legacy object '%s' in the "
                     "folders of RILL_LEGACY_PATH, nor in %s", name, folder);
}

// Copies no more than there is; what is missing reads as zero.
static int32_t
read_type(const struct rill_legacy_type* from, struct rill_legacy_type* to,
          const char* path, struct why* why)
{
  *to = (struct rill_legacy_type){ 0 };
  if (!from || from->size < offsetof(struct rill_legacy_type, destroy)) {
    return why_set(why, RILL_ERR_UNSUPPORTED, "%s: a node type is null or too "
                   "short: build it against rill/legacy.h", path);
  }
  memcpy(to, from, from->size < sizeof *to ? from->size : sizeof *to);
  const char* const missing = !to->name        ? "name"
                              : !to->create    ? "create"
                              : !to->process   ? "process"
                              : !to->free_text ? "free_text"
                              : !to->destroy   ? "destroy"
                                               : NULL;
  if (missing) {
    return why_set(why, RILL_ERR_UNSUPPORTED,
                   "%s: a node type has no %s, which is required", path,
                   missing);
  }
  return strnlen(to->name, MAX_NAME) < MAX_NAME
           ? RILL_OK
           : why_set(why, RILL_ERR_UNSUPPORTED,
                     "%s: a node type's name does not end", path);
}

static int32_t
refuse_name(const struct rill_legacy_object* all, const char* path,
            const char* wanted, struct why* why)
{
  char names[512] = "";
  size_t n = 0;
  struct rill_legacy_type type;
  for (uint32_t i = 0; i < all->n_types && n < sizeof names - MAX_NAME; ++i) {
    if (read_type(all->types[i], &type, path, why) >= 0) {
      n += (size_t)snprintf(names + n, sizeof names - n, "%s%s", n ? ", " : "",
                            type.name);
    }
  }
  return *wanted ? why_set(why, RILL_ERR_NOT_FOUND,
                           "%s has no node type '%.64s'; it has %s", path,
                           wanted, names)
                 : why_set(why, RILL_ERR_BAD_PARAM,
                           "%s has several node types: say which with 'node', "
                           "%s", path, names);
}

static int32_t
choose(struct object* object, const struct rill_legacy_object* all,
       const char* path, const char* wanted, struct why* why)
{
  if (!*wanted && all->n_types == 1) {
    return read_type(all->types[0], &object->type, path, why);
  }
  for (uint32_t i = 0; *wanted && i < all->n_types; ++i) {
    const int32_t rc = read_type(all->types[i], &object->type, path, why);
    if (rc < 0 || !strcmp(object->type.name, wanted)) {
      return rc;
    }
  }
  return refuse_name(all, path, wanted, why);
}

static int32_t
look(struct object* object, const char* path, const char* wanted,
     struct why* why)
{
  const struct rill_legacy_object* const all =
    (const struct rill_legacy_object*)dlsym(object->handle,
                                            RILL_LEGACY_SYMBOL);
  if (!all) {
    return why_set(why, RILL_ERR_UNSUPPORTED, "%s has no symbol '%s': it is no "
                   "legacy object (rill/legacy.h)", path, RILL_LEGACY_SYMBOL);
  }
  if (all->magic != RILL_LEGACY_MAGIC || all->size < sizeof *all ||
      !all->types || !all->n_types || all->n_types > MAX_TYPES) {
    return why_set(why, RILL_ERR_UNSUPPORTED,
                   "%s: '%s' is no table of node types", path,
                   RILL_LEGACY_SYMBOL);
  }
  return choose(object, all, path, wanted, why);
}

int32_t
object_open(struct object* object, const char* name, const char* type,
            const char* folder, struct why* why)
{
  char path[PATH_MAX];
  int32_t rc = find(path, name, folder, why);
  if (rc < 0) {
    return rc;
  }
  dlerror();
  if (!(object->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL))) {
    const char* const reason = dlerror();
    return why_set(why, RILL_ERR_NOT_FOUND, "cannot load '%s': %s", path,
                   reason ? reason : "no reason is known");
  }
  if ((rc = look(object, path, type, why)) < 0) {
    object_close(object);
  }
  return rc;
}

void
object_close(struct object* object)
{
  if (object->handle) {
    dlclose(object->handle);
    object->handle = NULL;
  }
}

// SPDX-License-Identifier: ISC
// The only file that talks to the loader.
#include "config.h" // _GNU_SOURCE

#include "load/library.h"

#include "base/mem.h"
#include "load/image.h"
#include "load/library_entry.h"
#include "load/library_error.h"
#include "load/library_steps.h"
#include "load/neighbour.h"
#include "load/process_state.h"

#include <dlfcn.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

static enum status
check_content(const struct library_source* source, const struct image* image,
              struct reason* reason)
{
  if (!source->hash || !strcmp(source->hash, image->hash)) {
    return STATUS_OK;
  }
  reason->is_other = 1;
  return reason_set(reason, STATUS_BAD_PLUGIN,
                    "has changed on disk since it was looked at");
}

// The copy is taken first: what is hashed and looked at is what will be loaded.
static enum status
copy_file(struct library* self, const struct library_source* source,
          struct image* image, struct reason* reason)
{
  struct staging_source from = { .path = source->path };
  enum status st = image_open(source->path, &from.fd, &from.n_bytes, reason);
  if (st) {
    return st;
  }
  st = staging_copy(&from, source->staging, &self->staged, image, reason);
  close(from.fd);
  return st;
}

static enum status
prepare(struct library* self, const struct library_source* source,
        struct reason* reason)
{
  struct image image = { 0 };
  enum status st = copy_file(self, source, &image, reason);
  if (st) {
    return st;
  }
  memcpy(self->hash, image.hash, sizeof self->hash);
  if (!(st = check_content(source, &image, reason))) {
    st = elf_check(&image, &self->facts, reason);
  }
  image_fini(&image);
  return st;
}

static enum status
open_handle(const struct library* self, const char* path, void** out,
            struct reason* reason)
{
  char said[REASON_BYTES];
  dlerror();
  *out = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (*out) {
    return STATUS_OK;
  }
  library_error_copy(dlerror(), said, sizeof said);
  return library_error_explain(said, path, &self->facts, reason);
}

// The loader takes a library that is there already by its own name.
static enum status
map_neighbours(struct library* self, struct reason* reason)
{
  const struct elf_facts* const facts = &self->facts;
  enum status st = STATUS_OK;
  if (!facts->search) {
    return STATUS_OK;
  }
  self->neighbours = mem_new_array(void*, facts->n_needed);
  if (!self->neighbours) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; !st && i < facts->n_needed; ++i) {
    char path[PATH_MAX];
    void* handle = NULL;
    if (neighbour_find(self->path, facts->search, facts->needed[i], path) &&
        !(st = open_handle(self, path, &handle, reason))) {
      self->neighbours[self->n_neighbours++] = handle;
    }
  }
  return st;
}

static enum status
map_code(struct library* self, struct reason* reason)
{
  const enum status st = map_neighbours(self, reason);
  return st ? st
            : open_handle(self, self->staged.path, &self->handle, reason);
}

// Old code under a new name, or a symbol of a library that it links, is not
// what was checked.
static const struct rill_entry*
find_entry(const struct library* self)
{
  struct link_map* map = NULL;
  Dl_info info;
  const void* const symbol = dlsym(self->handle, RILL_ENTRY_SYMBOL);
  if (!symbol || dlinfo(self->handle, RTLD_DI_LINKMAP, &map) ||
      !dladdr(symbol, &info)) {
    return NULL;
  }
  return strcmp(map->l_name, self->staged.path) ||
             strcmp(info.dli_fname, self->staged.path)
           ? NULL
           : symbol;
}

static enum status
read_entry(struct library* self, struct reason* reason)
{
  const struct rill_entry* const live = find_entry(self);
  if (!live) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "the loader gave other code than that of this file");
  }
  return library_entry_read(live, self->facts.entry_bytes, &self->entry,
                            reason);
}

enum status
library_load(const struct library_source* source, struct library** out,
             struct reason* reason)
{
  enum status st = STATUS_NO_MEMORY;
  struct library* const self = mem_new(struct library);
  if (!self || !(self->path = mem_strdup(source->path))) {
    goto fail;
  }
  library_host_init(&self->host, self->path);
  if ((st = prepare(self, source, reason)) || (st = map_code(self, reason)) ||
      (st = read_entry(self, reason))) {
    goto fail;
  }
  *out = self;
  return STATUS_OK;

fail:
  library_close(self); // takes half-made ones
  return st;
}

static int
is_still_mapped(const char* path)
{
  void* const again = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
  if (again) {
    dlclose(again);
  }
  return again != NULL;
}

// Code that stays mapped keeps the name that it was loaded by: a descriptor
// with that number must not come to stand for another file.
static void
unmap_code(struct library* self)
{
  const uint32_t fp_control = process_fp_control();
  int is_mapped = 1;
  if (!self->is_kept && !library_pinned(self)) {
    dlclose(self->handle);
    is_mapped = is_still_mapped(self->staged.path);
  }
  for (size_t i = self->n_neighbours; i && !is_mapped; --i) {
    dlclose(self->neighbours[i - 1]);
  }
  process_set_fp_control(fp_control);
  if (is_mapped && self->staged.kind == STAGING_MEMORY) {
    self->staged.fd = -1;
  }
}

void
library_close(struct library* self)
{
  if (!self) {
    return;
  }
  if (self->is_open && self->entry.close) {
    self->entry.close(self->lib);
  }
  if (self->handle) {
    unmap_code(self);
  }
  staging_remove(&self->staged);
  elf_fini(&self->facts);
  mem_free(self->neighbours);
  library_host_fini(&self->host);
  mem_free(self->types);
  mem_free(self->path);
  mem_free(self);
}

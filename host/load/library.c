// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/library.h"

#include "base/log.h"
#include "base/mem.h"
#include "load/elf.h"
#include "load/image.h"
#include "load/library_error.h"
#include "load/library_host.h"
#include "load/library_steps.h"
#include "load/process_state.h"
#include "load/staging.h"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

enum {
  OLDEST_ABI = 0x00000009, // 0.9
  MAX_TYPES = 1024,
  NAME_MAX_BYTES = 256
};

struct library {
  char* path; // where it came from
  struct staged staged;
  char hash[SHA256_HEX];
  struct elf_facts facts;
  void* handle;
  struct rill_entry entry; // a copy; fields that it has not are zero
  struct library_host host;
  struct rill_lib* lib;
  const struct rill_node_desc** types;
  size_t n_types;
  size_t types_capacity;
  int is_open;     // close must be called
  int has_threads; // its code made some
  char warning[REASON_BYTES];
};

static const struct rill_entry*
find_entry(const struct library* self, struct reason* reason)
{
  struct link_map* map = NULL;
  Dl_info info;
  const void* const symbol = dlsym(self->handle, RILL_ENTRY_SYMBOL);
  // Old code under a new name, and a symbol of a library that it links, are
  // both not what was checked.
  if (!symbol || dlinfo(self->handle, RTLD_DI_LINKMAP, &map) ||
      !dladdr(symbol, &info) || strcmp(map->l_name, self->staged.path) != 0 ||
      strcmp(info.dli_fname, self->staged.path) != 0) {
    reason_set(reason, STATUS_BAD_PLUGIN,
               "the loader gave other code than that of this file");
    return NULL;
  }
  return symbol;
}

static enum status
check_abi(const struct rill_entry* e, struct reason* reason)
{
  if (e->abi_min > RILL_ABI_VERSION) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "wants ABI %u.%u, this host has %u.%u", e->abi_min >> 16,
                      e->abi_min & 0xffff, RILL_ABI_VERSION >> 16,
                      RILL_ABI_VERSION & 0xffff);
  }
  if (e->abi_max < OLDEST_ABI) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "was made for ABI %u.%u, the oldest that this host runs "
                      "is %u.%u", e->abi_max >> 16, e->abi_max & 0xffff,
                      (unsigned)OLDEST_ABI >> 16, OLDEST_ABI & 0xffffu);
  }
  return STATUS_OK;
}

// Never past the end of the symbol, whatever the entry says of its size.
static enum status
read_entry(struct library* self, const struct rill_entry* live,
           struct reason* reason)
{
  const size_t n_least = offsetof(struct rill_entry, open);
  struct rill_entry* const e = &self->entry;
  if (live->magic != RILL_MAGIC) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "its entry begins with 0x%08x instead of RILL_MAGIC",
                      live->magic);
  }
  if (live->size < n_least || live->size > self->facts.entry_bytes) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "its entry says that it has %u bytes: not between %zu and "
                      "the %llu of the symbol", live->size, n_least,
                      (unsigned long long)self->facts.entry_bytes);
  }
  memcpy(e, live, live->size < sizeof *e ? live->size : sizeof *e);
  e->size = sizeof *e;
  if (e->n_nodes > MAX_TYPES) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "offers %u node types, the limit is %d", e->n_nodes,
                      MAX_TYPES);
  }
  if ((e->n_nodes && !e->nodes) || (!e->n_nodes && !e->list)) {
    return reason_set(reason, STATUS_BAD_PLUGIN, "offers no node types");
  }
  return check_abi(e, reason);
}

// Said now, and kept for who asks later.
static void
warn(struct library* self, const char* text, const char* what)
{
  const size_t n = strlen(self->warning);
  snprintf(self->warning + n, sizeof self->warning - n, "%s%s%s",
           n ? "; " : "", text, what);
  log_warning("%s: %s%s", self->path, text, what);
}

static enum status
map_code(struct library* self, struct reason* reason)
{
  struct process_state before;
  char changes[REASON_BYTES];
  char text[REASON_BYTES] = "";
  const uint32_t n_threads = process_n_threads();

  process_state_take(&before);
  dlerror();
  self->handle = dlopen(self->staged.path, RTLD_NOW | RTLD_LOCAL);
  if (!self->handle) {
    library_error_copy(dlerror(), text, sizeof text);
  }
  process_state_restore(&before, changes, sizeof changes);

  if (changes[0]) {
    warn(self, "when it was loaded it changed ", changes);
  }
  self->has_threads = process_n_threads() > n_threads;
  return self->handle ? STATUS_OK
                      : library_error_explain(text, self->staged.path,
                                              &self->facts, reason);
}

static enum status
prepare(struct library* self, enum staging staging, struct reason* reason)
{
  struct image image = { 0 };
  enum status st = image_read(self->path, &image, reason);
  if (!st && !(st = elf_check(&image, &self->facts, reason))) {
    memcpy(self->hash, image.hash, sizeof self->hash);
    st = staging_write(&image, self->path, staging, &self->staged, reason);
  }
  image_fini(&image);
  return st;
}

enum status
library_load(const char* path, enum staging staging, struct library** out,
             struct reason* reason)
{
  enum status st = STATUS_NO_MEMORY;
  struct library* const self = mem_new(struct library);
  if (!self || !(self->path = mem_strdup(path))) {
    goto fail;
  }
  library_host_init(&self->host, self->path);
  if ((st = prepare(self, staging, reason)) || (st = map_code(self, reason))) {
    goto fail;
  }
  const struct rill_entry* const live = find_entry(self, reason);
  if (!live) {
    st = STATUS_BAD_PLUGIN;
    goto fail;
  }
  if ((st = read_entry(self, live, reason))) {
    goto fail;
  }
  *out = self;
  return STATUS_OK;

fail:
  library_close(self); // takes half-made ones
  return st;
}

static enum status
add_type(struct library* self, const struct rill_node_desc* desc)
{
  const struct rill_node_desc** const types = mem_grow(
    self->types, self->n_types, &self->types_capacity, sizeof(*self->types));
  if (!types) {
    return STATUS_NO_MEMORY;
  }
  self->types = types;
  self->types[self->n_types++] = desc;
  return STATUS_OK;
}

static enum status
ask_list(struct library* self, struct reason* reason)
{
  for (uint32_t i = 0; self->entry.list; ++i) {
    const struct rill_node_desc* desc = NULL;
    const int32_t result = self->entry.list(self->lib, i, &desc);
    if (result == RILL_ERR_NOT_FOUND) {
      break;
    }
    if (result < 0 || self->n_types == MAX_TYPES) {
      return reason_set(reason, STATUS_BAD_PLUGIN,
                        result < 0 ? "its list failed (%d)"
                                   : "its list does not end", (int)result);
    }
    const enum status st = add_type(self, desc);
    if (st) {
      return st;
    }
  }
  return STATUS_OK;
}

static enum status
call_open(struct library* self, struct reason* reason)
{
  if (!self->entry.open) {
    return STATUS_OK;
  }
  const int32_t result =
    self->entry.open(&self->host.host, self->path, &self->lib);
  if (result < 0) {
    const char* const said = self->host.error.text;
    return reason_set(reason, status_from_plugin(result),
                      *said ? "its open failed: %s"
                            : "its open failed and did not say why (%s%d)",
                      said, (int)result);
  }
  self->is_open = 1;
  return STATUS_OK;
}

static enum status
collect_types(struct library* self, struct reason* reason)
{
  for (uint32_t i = 0; i < self->entry.n_nodes; ++i) {
    const enum status st = add_type(self, self->entry.nodes[i]);
    if (st) {
      return st;
    }
  }
  return ask_list(self, reason);
}

enum status
library_start(struct library* self, struct reason* reason)
{
  struct process_state before;
  char changes[REASON_BYTES];
  const uint32_t n_threads = process_n_threads();

  process_state_take(&before);
  enum status st = call_open(self, reason);
  if (!st) {
    st = collect_types(self, reason);
  }
  process_state_restore(&before, changes, sizeof changes);

  if (changes[0]) {
    warn(self, "its open changed ", changes);
  }
  self->has_threads |= process_n_threads() > n_threads;
  return st;
}

enum status
library_open(const char* path, struct library** out, char* error,
             size_t error_bytes)
{
  struct reason reason = { 0 };
  struct library* self = NULL;
  enum status st = library_load(path, STAGING_FILE, &self, &reason);
  if (!st) {
    st = library_start(self, &reason);
  }
  if (st) {
    library_close(self);
    return reason_give(&reason, st, error, error_bytes);
  }
  *out = self;
  return STATUS_OK;
}

// Code that stays mapped keeps the name that it was loaded by: a descriptor
// with that number must not come to stand for another file.
static void
unmap_code(struct library* self)
{
  const uint32_t fp_control = process_fp_control();
  int is_mapped = 1;
  if (!library_pinned(self)) {
    dlclose(self->handle);
    void* const again = dlopen(self->staged.path, RTLD_NOW | RTLD_NOLOAD);
    is_mapped = again != NULL;
    if (again) {
      dlclose(again);
    }
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
  mem_free(self->types);
  mem_free(self->path);
  mem_free(self);
}

const char*
library_pinned(const struct library* self)
{
  static const enum elf_trait traits[] = { ELF_STATIC_TLS, ELF_NODELETE,
                                           ELF_UNIQUE };
  for (size_t i = 0; i < sizeof traits / sizeof traits[0]; ++i) {
    if (self->facts.traits & traits[i]) {
      return elf_trait_name(traits[i]);
    }
  }
  if (self->has_threads) {
    return "a thread of its own";
  }
  if (self->entry.flags & RILL_ENTRY_RESIDENT) {
    return "the RESIDENT flag";
  }
  return self->entry.flags & RILL_ENTRY_UNLOAD_SAFE ? NULL
                                                    : "no UNLOAD_SAFE flag";
}

const struct rill_entry*
library_entry(const struct library* self)
{
  return &self->entry;
}

struct rill_lib*
library_handle(const struct library* self)
{
  return self->lib;
}

const struct rill_host*
library_host(const struct library* self)
{
  return &self->host.host;
}

const char*
library_take_error(struct library* self)
{
  static _Thread_local struct reason taken;
  taken = self->host.error;
  self->host.error.text[0] = '\0';
  return taken.text;
}

const char*
library_warning(const struct library* self)
{
  return self->warning;
}

const char*
library_hash(const struct library* self)
{
  return self->hash;
}

uint32_t
library_n_types(const struct library* self)
{
  return (uint32_t)self->n_types;
}

const struct rill_node_desc*
library_get_type(const struct library* self, uint32_t index)
{
  return self->types[index];
}

const struct rill_node_desc*
library_find(const struct library* self, const char* name)
{
  for (size_t i = 0; i < self->n_types; ++i) {
    const struct rill_node_desc* const d = self->types[i];
    if (d && RILL_HAS(d, name) && d->name &&
        !strncmp(d->name, name, NAME_MAX_BYTES)) {
      return d;
    }
  }
  return NULL;
}

// SPDX-License-Identifier: ISC
// A library whose code is mapped: the plugin's open and list, and what the host
// asks about it.
#include "base/mem.h"
#include "load/library_entry.h"
#include "load/library_steps.h"

#include <string.h>

enum { LONGEST_NAME = 256 };

static enum status
add_type(struct library* self, const struct rill_node_desc* desc)
{
  const struct rill_node_desc** const types = mem_grow(
    self->types, self->n_types, &self->types_capacity, sizeof *types);
  if (!types) {
    return STATUS_NO_MEMORY;
  }
  self->types = types;
  self->types[self->n_types++] = desc;
  return STATUS_OK;
}

static enum status
refuse_call(struct library* self, const char* call, int32_t result,
            struct reason* reason)
{
  const char* const said = library_take_error(self);
  reason->may_pass = 1;
  if (*said) {
    return reason_set(reason, STATUS_BAD_PLUGIN, "its %s failed: %s", call,
                      said);
  }
  return reason_set(reason, STATUS_BAD_PLUGIN,
                    "its %s failed with status %d and did not say why", call,
                    (int)result);
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
    if (result < 0) {
      return refuse_call(self, "list", result, reason);
    }
    if (self->n_types == LIBRARY_MAX_TYPES) {
      return reason_set(reason, STATUS_BAD_PLUGIN,
                        "its list does not end after %d node types",
                        LIBRARY_MAX_TYPES);
    }
    const enum status st = add_type(self, desc);
    if (st) {
      return st;
    }
  }
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

static enum status
call_open(struct library* self, struct reason* reason)
{
  if (!self->entry.open) {
    return STATUS_OK;
  }
  const int32_t result =
    self->entry.open(&self->host.host, self->path, &self->lib);
  if (result < 0) {
    return refuse_call(self, "open", result, reason);
  }
  self->is_open = 1;
  return STATUS_OK;
}

enum status
library_start(struct library* self, struct reason* reason)
{
  const enum status st = call_open(self, reason);
  return st ? st : collect_types(self, reason);
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

void
library_keep(struct library* self)
{
  self->is_kept = 1;
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
  return library_host_take_error(&self->host);
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
        !strncmp(d->name, name, LONGEST_NAME)) {
      return d;
    }
  }
  return NULL;
}

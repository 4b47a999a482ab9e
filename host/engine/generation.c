// SPDX-License-Identifier: ISC
#include "engine/generation.h"

#include "base/mem.h"
#include "load/plugin.h"

#include <stdio.h>
#include <string.h>

struct generation {
  struct generation* next;
  struct generations* all;
  struct plugin* plugin;
  struct node_type* types; // of the plugin's report
  uint32_t n_refs;
};

static void
generation_free(struct generation* self)
{
  if (self) {
    plugin_free(self->plugin);
    mem_free(self->types);
    mem_free(self);
  }
}

static enum status
bind_types(struct generation* self, struct reason* reason)
{
  const struct report* const report = &self->plugin->report;
  enum status st = STATUS_OK;
  self->types = mem_new_array(struct node_type, report->n_types);
  if (!self->types) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; !st && i < report->n_types; ++i) {
    self->types[i] = (struct node_type){ .desc = report->types[i].desc,
                                         .path = self->plugin->path,
                                         .hash = report->hash,
                                         .library = self->plugin->library };
    st = plugin_bind(self->plugin, i, &self->types[i].live, reason);
  }
  return st;
}

static enum status
load(struct generation* self, struct reason* reason)
{
  const struct report* const report = &self->plugin->report;
  if (report->status) {
    return reason_set(reason, report->status, "%s", report->reason);
  }
  const enum status st = plugin_load(self->plugin, reason);
  return st ? st : bind_types(self, reason);
}

static struct generation*
find_known(const struct generations* all, const struct plugin* plugin)
{
  struct generation* g = all->first;
  while (g && (strcmp(g->plugin->report.hash, plugin->report.hash) != 0 ||
               strcmp(g->plugin->path, plugin->path) != 0)) {
    g = g->next;
  }
  return g;
}

enum status
generation_open(struct generations* all, const char* path,
                struct generation** out, char* error, size_t error_bytes)
{
  struct plugin* plugin = NULL;
  struct reason reason = { 0 };
  enum status st = registry_inspect_file(path, &plugin);
  struct generation* self = st || plugin->report.status ? NULL
                                                        : find_known(all, plugin);
  if (self) {
    plugin_free(plugin);
    ++self->n_refs;
    *out = self;
    return STATUS_OK;
  }
  if (!st && !(self = mem_new(struct generation))) {
    plugin_free(plugin);
    st = STATUS_NO_MEMORY;
  }
  if (!st) {
    *self = (struct generation){ .all = all, .plugin = plugin, .n_refs = 1 };
    st = load(self, &reason);
  }
  if (st) {
    generation_free(self);
    return reason_give(&reason, st, error, error_bytes);
  }
  self->next = all->first;
  all->first = self;
  *out = self;
  return STATUS_OK;
}

struct node_type*
generation_find(struct generation* self, const char* name)
{
  const uint32_t n = self->plugin->report.n_types;
  if (!name) {
    return n == 1 ? &self->types[0] : NULL;
  }
  for (uint32_t i = 0; i < n; ++i) {
    if (!strcmp(self->types[i].desc->name, name) ||
        !strcmp(self->types[i].desc->id, name)) {
      return &self->types[i];
    }
  }
  return NULL;
}

void
generation_ref(struct generation* self)
{
  if (self) {
    ++self->n_refs;
  }
}

// The newest of those that nothing uses stay.
static void
give_up_oldest(struct generations* all)
{
  uint32_t n_parked = 0;
  for (struct generation** at = &all->first; *at;) {
    struct generation* const g = *at;
    if (!g->n_refs && ++n_parked > GENERATIONS_PARKED) {
      *at = g->next;
      generation_free(g);
    } else {
      at = &g->next;
    }
  }
}

void
generation_unref(struct generation* self)
{
  if (self && !--self->n_refs) {
    give_up_oldest(self->all);
  }
}

void
generations_count(const struct generations* all, uint32_t* n_loaded,
                  uint32_t* n_parked)
{
  *n_loaded = *n_parked = 0;
  for (const struct generation* g = all->first; g; g = g->next) {
    ++*n_loaded;
    *n_parked += !g->n_refs;
  }
}

void
generations_fini(struct generations* all)
{
  while (all->first) {
    struct generation* const g = all->first;
    all->first = g->next;
    generation_free(g);
  }
}

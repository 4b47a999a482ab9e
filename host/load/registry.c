// SPDX-License-Identifier: ISC
#include "load/registry.h"

#include "base/log.h"
#include "base/mem.h"
#include "load/folders.h"
#include "load/plugin.h"

#include <harness/nearest.h>

#include <string.h>

/// A node type starts with what users of the registry see; desc is null until
/// somebody asks for the type.
struct entry {
  struct node_type type;
  const char* name;
  const char* id;
  struct plugin* plugin; // null: added by hand
  uint32_t index;        // of the type in the plugin's report
};

struct registry {
  struct path_list folders;
  struct plugin** plugins;
  size_t n_plugins;
  size_t plugins_capacity;
  struct entry** entries; // in order of name
  size_t n_entries;
  size_t entries_capacity;
  struct registry_failure* failures;
  size_t n_failures;
  size_t failures_capacity;
  enum status status;
};

static struct entry*
find_by_name(const struct registry* self, const char* name)
{
  size_t low = 0;
  size_t high = self->n_entries;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const int order = strcmp(name, self->entries[middle]->name);
    if (!order) {
      return self->entries[middle];
    }
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return NULL;
}

static enum status
insert(struct registry* self, struct entry* entry)
{
  struct entry** const entries =
    mem_grow(self->entries, self->n_entries, &self->entries_capacity,
             sizeof(struct entry*));
  if (!entries) {
    return STATUS_NO_MEMORY;
  }
  self->entries = entries;
  size_t i = self->n_entries++;
  for (; i && strcmp(entries[i - 1]->name, entry->name) > 0; --i) {
    entries[i] = entries[i - 1];
  }
  entries[i] = entry;
  return STATUS_OK;
}

static enum status
add_entry(struct registry* self, const struct entry* from)
{
  const struct entry* const first = find_by_name(self, from->name);
  if (first) {
    log_debug("%s: node type '%s' is hidden by that of %s", from->type.path,
              from->name, first->type.path);
    return STATUS_OK;
  }
  struct entry* const entry = mem_new(struct entry);
  if (!entry) {
    return STATUS_NO_MEMORY;
  }
  *entry = *from;
  const enum status st = insert(self, entry);
  if (st) {
    mem_free(entry);
  }
  return st;
}

static enum status
add_failure(struct registry* self, const char* path, const char* reason)
{
  struct registry_failure* const failures =
    mem_grow(self->failures, self->n_failures, &self->failures_capacity,
             sizeof *failures);
  if (!failures) {
    return STATUS_NO_MEMORY;
  }
  self->failures = failures;
  log_debug("%s: %s", path, reason);
  failures[self->n_failures++] = (struct registry_failure){ path, reason };
  return STATUS_OK;
}

static enum status
add_types(struct registry* self, struct plugin* plugin)
{
  const struct report* const report = &plugin->report;
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < report->n_types; ++i) {
    const struct entry entry = {
      .type = { .path = plugin->path, .hash = report->hash },
      .name = report->types[i].name,
      .id = report->types[i].id,
      .plugin = plugin,
      .index = i,
    };
    st = add_entry(self, &entry);
  }
  return st;
}

static enum status
add_plugin(struct registry* self, const char* path, struct cache* cache)
{
  struct plugin* plugin = NULL;
  struct plugin** const plugins =
    mem_grow(self->plugins, self->n_plugins, &self->plugins_capacity,
             sizeof(struct plugin*));
  if (!plugins) {
    return STATUS_NO_MEMORY;
  }
  self->plugins = plugins;
  const enum status st =
    plugin_learn(path, LEARN_REMEMBERED, cache, &plugin);
  if (st) {
    return st;
  }
  plugins[self->n_plugins++] = plugin;
  return plugin->report.status
           ? add_failure(self, plugin->path, plugin->report.reason)
           : add_types(self, plugin);
}

static enum status
add_files(struct registry* self, struct cache* cache)
{
  struct path_list files = { 0 };
  enum status st = STATUS_OK;
  for (size_t i = 0; !st && i < self->folders.n; ++i) {
    st = folders_list(self->folders.items[i], cache, &files);
  }
  for (size_t i = 0; !st && i < files.n; ++i) {
    st = add_plugin(self, files.items[i], cache);
  }
  path_list_fini(&files);
  return st;
}

static enum status
fill(struct registry* self, const char* extra_path)
{
  struct cache* cache = NULL;
  enum status st;
  if (!(st = cache_open(&cache)) &&
      !(st = folders_find(extra_path, cache, &self->folders))) {
    st = add_files(self, cache);
  }
  cache_close(cache);
  return st;
}

enum status
registry_new_empty(struct registry** out)
{
  struct registry* const self = mem_new(struct registry);
  if (!self) {
    return STATUS_NO_MEMORY;
  }
  *out = self;
  return STATUS_OK;
}

enum status
registry_new(const char* extra_path, struct registry** out)
{
  struct registry* self = NULL;
  enum status st = registry_new_empty(&self);
  if (st) {
    return st;
  }
  if ((st = fill(self, extra_path))) {
    registry_free(self);
    return st;
  }
  *out = self;
  return STATUS_OK;
}

void
registry_free(struct registry* self)
{
  if (!self) {
    return;
  }
  for (size_t i = 0; i < self->n_entries; ++i) {
    mem_free(self->entries[i]);
  }
  for (size_t i = self->n_plugins; i; --i) {
    plugin_free(self->plugins[i - 1]);
  }
  mem_free(self->entries);
  mem_free(self->plugins);
  mem_free(self->failures);
  path_list_fini(&self->folders);
  mem_free(self);
}

void
registry_leave(struct registry* self)
{
  for (size_t i = 0; self && i < self->n_plugins; ++i) {
    if (self->plugins[i]->library) {
      library_keep(self->plugins[i]->library);
    }
  }
  registry_free(self);
}

enum status
registry_add(struct registry* self, const struct rill_node_desc* desc)
{
  const struct entry entry = {
    .type = { .desc = desc, .path = "", .hash = "", .live = desc },
    .name = desc->name,
    .id = desc->id,
  };
  return add_entry(self, &entry);
}

// The type with its descriptor.
static struct node_type*
give(struct registry* self, struct entry* entry)
{
  struct node_type* const type = &entry->type;
  const enum status st =
    type->desc ? STATUS_OK
               : plugin_describe(entry->plugin, entry->index, &type->desc);
  if (st == STATUS_NO_MEMORY) {
    self->status = st;
  }
  return st ? NULL : type;
}

struct node_type*
registry_find(struct registry* self, const char* name)
{
  struct entry* const entry = find_by_name(self, name);
  if (entry) {
    return give(self, entry);
  }
  for (size_t i = 0; i < self->n_entries; ++i) {
    if (!strcmp(self->entries[i]->id, name)) {
      return give(self, self->entries[i]);
    }
  }
  return NULL;
}

enum status
registry_status(const struct registry* self)
{
  return self->status;
}

const char*
registry_suggest(struct registry* self, const char* name)
{
  const char** const names = mem_new_array(const char*, self->n_entries);
  for (size_t i = 0; names && i < self->n_entries; ++i) {
    names[i] = self->entries[i]->name;
  }
  const char* const best =
    names ? rill_nearest(name, names, self->n_entries) : NULL;
  mem_free(names);
  return best;
}

uint32_t
registry_n(const struct registry* self)
{
  return (uint32_t)self->n_entries;
}

struct node_type*
registry_get(struct registry* self, uint32_t index)
{
  return give(self, self->entries[index]);
}

uint32_t
registry_n_failures(const struct registry* self)
{
  return (uint32_t)self->n_failures;
}

const struct registry_failure*
registry_get_failure(const struct registry* self, uint32_t index)
{
  return &self->failures[index];
}

uint32_t
registry_n_folders(const struct registry* self)
{
  return (uint32_t)self->folders.n;
}

const char*
registry_get_folder(const struct registry* self, uint32_t index)
{
  return self->folders.items[index];
}

enum status
registry_inspect_file(const char* path, struct plugin** out)
{
  struct cache* cache = NULL;
  enum status st = cache_open(&cache);
  if (!st) {
    st = plugin_learn(path, LEARN_RETRY_FAILED, cache, out);
  }
  cache_close(cache);
  return st;
}

enum status
registry_load(struct registry* self, struct node_type* type, char* error,
              size_t error_bytes)
{
  struct entry* const entry = (struct entry*)type;
  struct plugin* const plugin = entry->plugin;
  struct reason reason = { 0 };
  enum status st;
  (void)self;
  if (type->live) {
    return STATUS_OK;
  }
  if ((st = plugin_load(plugin, &reason)) ||
      (st = plugin_bind(plugin, entry->index, &type->live, &reason))) {
    return reason_give(&reason, st, error, error_bytes);
  }
  type->library = plugin->library;
  return STATUS_OK;
}

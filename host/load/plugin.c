// SPDX-License-Identifier: ISC
#include "load/plugin.h"

#include "base/log.h"
#include "base/mem.h"
#include "load/describe.h"
#include "load/image.h"
#include "load/library_steps.h"
#include "load/scan.h"

#include <string.h>

static enum status
read_report(struct plugin* self, struct reason* reason)
{
  return report_read(self->bytes.data, self->bytes.n, &self->report, reason);
}

static void
forget(struct plugin* self)
{
  report_fini(&self->report);
  text_fini(&self->bytes);
}

static enum status
remember(struct plugin* self, const struct cache_value* value, enum learn how)
{
  struct reason unused;
  const struct text* const bytes = &self->bytes;
  text_add_bytes(&self->bytes, value->bytes, value->n_bytes);
  if (bytes->failed) {
    return STATUS_NO_MEMORY;
  }
  return how == LEARN_REMEMBERED
           ? report_open(bytes->data, bytes->n, &self->report, &unused)
           : read_report(self, &unused);
}

// A file with a new name, date or inode may have content that is known.
static int
find_content(struct cache* cache, const struct cache_key* key,
             struct cache_value* out)
{
  struct image image = { 0 };
  struct reason unused;
  if (image_read(key->path, &image, &unused)) {
    return 0;
  }
  const int found = cache_find_content(cache, image.hash, out);
  if (found) {
    // Not remembered under this name when memory is out: only slower.
    cache_put(cache, key, image.hash, out);
  }
  image_fini(&image);
  return found;
}

static int
find(struct cache* cache, const struct cache_key* key, struct cache_value* out)
{
  return cache_find(cache, key, out) || find_content(cache, key, out);
}

static enum status
scan(struct plugin* self, const struct cache_key* key, struct cache* cache)
{
  struct cache_key now;
  struct reason unused;
  enum status st = scan_file(self->path, &scan_default_limits, &self->bytes);
  if (st || (st = read_report(self, &unused))) {
    return st;
  }
  // A file that was written meanwhile is not what was scanned.
  if (key && !self->report.may_pass && cache_key_of(self->path, &now) &&
      cache_key_is_same(key, &now)) {
    const struct cache_value value = { self->bytes.data, self->bytes.n };
    cache_put(cache, key, self->report.hash, &value);
  }
  return STATUS_OK;
}

static enum status
learn(struct plugin* self, enum learn how, struct cache* cache)
{
  struct cache_key key;
  struct cache_value value;
  const int exists = cache_key_of(self->path, &key);
  if (exists && how != LEARN_AGAIN && find(cache, &key, &value)) {
    const enum status st = remember(self, &value, how);
    if (st == STATUS_NO_MEMORY ||
        (!st && (how == LEARN_REMEMBERED || !self->report.status))) {
      return st;
    }
    forget(self);
  }
  return scan(self, exists ? &key : NULL, cache);
}

enum status
plugin_learn(const char* path, enum learn how, struct cache* cache,
             struct plugin** out)
{
  enum status st = STATUS_NO_MEMORY;
  struct plugin* const self = mem_new(struct plugin);
  if (!self || !(self->path = mem_strdup(path)) ||
      (st = learn(self, how, cache))) {
    plugin_free(self);
    return st;
  }
  *out = self;
  return STATUS_OK;
}

void
plugin_free(struct plugin* self)
{
  if (self) {
    library_close(self->library);
    forget(self);
    mem_free(self->path);
    mem_free(self);
  }
}

static int
has_same_types(const struct report* a, const struct report* b)
{
  if (a->n_types != b->n_types) {
    return 0;
  }
  for (uint32_t i = 0; i < a->n_types; ++i) {
    const struct report_type* const x = &a->types[i];
    const struct report_type* const y = &b->types[i];
    if (x->n_bytes != y->n_bytes || memcmp(x->bytes, y->bytes, x->n_bytes)) {
      return 0;
    }
  }
  return 1;
}

static enum status
accept_other(struct plugin* self, const struct report* now,
             struct reason* reason)
{
  if (now->status) {
    reason->may_pass = now->may_pass;
    return reason_set(reason, now->status, "%s", now->reason);
  }
  if (!has_same_types(&self->report, now)) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "has changed on disk since it was looked at, and so have "
                      "its node types: run again");
  }
  memcpy(self->report.hash, now->hash, sizeof self->report.hash);
  return STATUS_OK;
}

static enum status
learn_other(struct plugin* self, struct reason* reason)
{
  struct cache* cache = NULL;
  struct plugin* now = NULL;
  enum status st = cache_open(&cache);
  if (!st && !(st = plugin_learn(self->path, LEARN_AGAIN, cache, &now))) {
    st = accept_other(self, &now->report, reason);
  }
  plugin_free(now);
  cache_close(cache);
  return st;
}

static enum status
load_once(struct plugin* self, struct reason* reason)
{
  const struct library_source source = { .path = self->path,
                                         .hash = self->report.hash,
                                         .staging = STAGING_FILE };
  return library_begin(&source, &self->library, reason);
}

enum status
plugin_load(struct plugin* self, struct reason* reason)
{
  if (self->library) {
    return STATUS_OK;
  }
  enum status st = load_once(self, reason);
  if (st && reason->is_other) {
    *reason = (struct reason){ 0 };
    if (!(st = learn_other(self, reason))) {
      st = load_once(self, reason);
    }
  }
  return st;
}

enum status
plugin_describe(struct plugin* self, uint32_t index,
                const struct rill_node_desc** out)
{
  struct reason reason = { 0 };
  const enum status st = report_describe(&self->report, index, &reason);
  if (!st) {
    *out = self->report.types[index].desc;
  } else if (st != STATUS_NO_MEMORY) {
    log_error("%s: what is remembered of it is damaged: %s", self->path,
              reason.text);
  }
  return st;
}

enum status
plugin_bind(const struct plugin* self, uint32_t index,
            const struct rill_node_desc** out, struct reason* reason)
{
  const struct report_type* const type = &self->report.types[index];
  const struct rill_node_desc* const live =
    library_find(self->library, type->name);
  struct text now = { 0 };
  enum status st = describe_write(live, &now, reason);
  if (!st && (now.n != type->n_bytes ||
              memcmp(now.data, type->bytes, now.n) != 0)) {
    st = reason_set(reason, STATUS_BAD_PLUGIN,
                    "node type '%s' is not the same each time it is loaded",
                    type->name);
  }
  text_fini(&now);
  if (!st) {
    *out = live;
  }
  return st;
}

// SPDX-License-Identifier: ISC
#include "load/cache.h"

#include "base/mem.h"
#include "load/cache_disk.h"
#include "load/cache_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// Something that this run has learnt.
struct fresh {
  char* path;
  char* bytes;
  size_t n_bytes;
  struct cache_record record; // without offsets
};

struct cache {
  struct cache_file file; // as it was read
  struct fresh* fresh;
  size_t n_fresh;
  size_t fresh_capacity;
  int is_changed;
};

enum status
cache_open(struct cache** out)
{
  struct cache* const self = mem_new(struct cache);
  if (!self || !cache_disk_read(&self->file)) {
    mem_free(self);
    return STATUS_NO_MEMORY;
  }
  *out = self;
  return STATUS_OK;
}

static int64_t
nanoseconds(const struct timespec* t)
{
  return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

int
cache_key_of(const char* path, struct cache_key* out)
{
  struct stat st;
  if (stat(path, &st)) {
    return 0;
  }
  *out = (struct cache_key){
    .path = path,
    .device = st.st_dev,
    .inode = st.st_ino,
    .n_bytes = (uint64_t)st.st_size,
    .modified_ns = nanoseconds(&st.st_mtim),
    .changed_ns = nanoseconds(&st.st_ctim),
  };
  return 1;
}

static struct cache_record
record_of(const struct cache_key* key)
{
  return (struct cache_record){
    .device = key->device,
    .inode = key->inode,
    .n_bytes = key->n_bytes,
    .modified_ns = key->modified_ns,
    .changed_ns = key->changed_ns,
  };
}

static int
is_same_file(const struct cache_record* r, const struct cache_key* key)
{
  const struct cache_record k = record_of(key);
  return !memcmp(r, &k, offsetof(struct cache_record, path_at));
}

int
cache_key_is_same(const struct cache_key* a, const struct cache_key* b)
{
  const struct cache_record r = record_of(a);
  return is_same_file(&r, b);
}

static const struct fresh*
find_fresh(const struct cache* self, const char* path)
{
  for (size_t i = self->n_fresh; i; --i) {
    if (!strcmp(self->fresh[i - 1].path, path)) {
      return &self->fresh[i - 1];
    }
  }
  return NULL;
}

static struct cache_value
old_value(const struct cache* self, const struct cache_record* r)
{
  return (struct cache_value){ self->file.data + r->report_at,
                               r->report_bytes };
}

int
cache_find(const struct cache* self, const struct cache_key* key,
           struct cache_value* out)
{
  const struct fresh* const fresh = find_fresh(self, key->path);
  if (fresh && is_same_file(&fresh->record, key)) {
    *out = (struct cache_value){ fresh->bytes, fresh->n_bytes };
    return 1;
  }
  const struct cache_record* const old =
    fresh ? NULL : cache_file_find(&self->file, key->path);
  if (old && is_same_file(old, key)) {
    *out = old_value(self, old);
    return 1;
  }
  return 0;
}

int
cache_find_content(const struct cache* self, const char* hash,
                   struct cache_value* out)
{
  for (size_t i = 0; *hash && i < self->n_fresh; ++i) {
    if (!strcmp(self->fresh[i].record.hash, hash)) {
      *out = (struct cache_value){ self->fresh[i].bytes,
                                   self->fresh[i].n_bytes };
      return 1;
    }
  }
  for (uint32_t i = 0; *hash && i < self->file.n_records; ++i) {
    if (!strcmp(self->file.records[i].hash, hash)) {
      *out = old_value(self, &self->file.records[i]);
      return 1;
    }
  }
  return 0;
}

enum status
cache_put(struct cache* self, const struct cache_key* key, const char* hash,
          const struct cache_value* value)
{
  struct fresh* const grown = mem_grow(self->fresh, self->n_fresh,
                                       &self->fresh_capacity, sizeof *grown);
  if (!grown) {
    return STATUS_NO_MEMORY;
  }
  self->fresh = grown;
  struct fresh f = { mem_strdup(key->path),
                     mem_strndup(value->bytes, value->n_bytes), value->n_bytes,
                     record_of(key) };
  if (!f.path || !f.bytes) {
    mem_free(f.path);
    mem_free(f.bytes);
    return STATUS_NO_MEMORY;
  }
  memcpy(f.record.hash, hash, strnlen(hash, sizeof f.record.hash - 1));
  grown[self->n_fresh++] = f;
  self->is_changed = 1;
  return STATUS_OK;
}

/// One line of the new file, from the old one or from this run.
struct line {
  const char* path;
  struct cache_value value;
  struct cache_record record;
};

static int
compare_lines(const void* a, const void* b)
{
  return strcmp(((const struct line*)a)->path, ((const struct line*)b)->path);
}

// What is newer hides what is older; files that are gone are forgotten.
static size_t
gather(const struct cache* self, struct line* lines)
{
  size_t n = 0;
  for (size_t i = 0; i < self->n_fresh; ++i) {
    const struct fresh* const f = &self->fresh[i];
    if (find_fresh(self, f->path) == f) {
      lines[n++] =
        (struct line){ f->path, { f->bytes, f->n_bytes }, f->record };
    }
  }
  for (uint32_t i = 0; i < self->file.n_records; ++i) {
    const struct cache_record* const r = &self->file.records[i];
    const char* const path = self->file.data + r->path_at;
    if (n < CACHE_MAX_RECORDS && !find_fresh(self, path) &&
        !access(path, F_OK)) {
      lines[n++] = (struct line){ path, old_value(self, r), *r };
    }
  }
  n = n < CACHE_MAX_RECORDS ? n : CACHE_MAX_RECORDS;
  qsort(lines, n, sizeof *lines, compare_lines);
  return n;
}

static void
add_records(struct text* out, struct line* lines, size_t n)
{
  const struct cache_header header = { .magic = "" };
  uint64_t at = sizeof header + n * sizeof(struct cache_record);
  text_add_bytes(out, (const char*)&header, sizeof header);
  for (size_t i = 0; i < n; ++i) {
    struct cache_record* const r = &lines[i].record;
    r->path_at = at;
    r->report_at = at + strlen(lines[i].path) + 1;
    r->report_bytes = lines[i].value.n_bytes;
    at = r->report_at + r->report_bytes;
    text_add_bytes(out, (const char*)r, sizeof *r);
  }
}

static void
save(struct cache* self)
{
  struct text file = { 0 };
  struct line* const lines =
    self->is_changed
      ? mem_new_array(struct line, self->n_fresh + self->file.n_records)
      : NULL;
  if (!lines) {
    return;
  }
  const size_t n = gather(self, lines);
  add_records(&file, lines, n);
  for (size_t i = 0; i < n; ++i) {
    text_add_bytes(&file, lines[i].path, strlen(lines[i].path) + 1);
    text_add_bytes(&file, lines[i].value.bytes, lines[i].value.n_bytes);
  }
  if (!file.failed) {
    cache_file_seal(file.data, file.n, (uint32_t)n);
    cache_disk_write(file.data, file.n);
  }
  text_fini(&file);
  mem_free(lines);
}

void
cache_close(struct cache* self)
{
  if (!self) {
    return;
  }
  save(self);
  for (size_t i = 0; i < self->n_fresh; ++i) {
    mem_free(self->fresh[i].path);
    mem_free(self->fresh[i].bytes);
  }
  mem_free(self->fresh);
  mem_free(self->file.data);
  mem_free(self);
}

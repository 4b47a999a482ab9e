// SPDX-License-Identifier: ISC
#include "config.h" // PACKAGE_VERSION

#include "load/cache_file.h"

#include <rill/abi.h>

#include <string.h>

/// To be raised when the flat form of a report changes, and when a plugin is
/// judged differently than before.
enum { CACHE_LAYOUT = 4 };

// Against damage, not against an attacker, who cannot write to our folder.
static uint64_t
checksum(const char* data, size_t n_bytes, uint32_t n_records)
{
  const uint64_t prime = 0x9e3779b97f4a7c15;
  uint64_t sum = (n_bytes ^ prime) * prime + n_records;
  size_t i = 0;
  for (; i + sizeof sum <= n_bytes; i += sizeof sum) {
    uint64_t word;
    memcpy(&word, data + i, sizeof word);
    sum = (sum ^ word) * prime;
    sum ^= sum >> 29;
  }
  for (; i < n_bytes; ++i) {
    sum = (sum ^ (unsigned char)data[i]) * prime;
    sum ^= sum >> 29;
  }
  return sum;
}

static struct cache_header
make_header(const char* data, size_t n_bytes, uint32_t n_records)
{
  struct cache_header h = {
    .magic = "RILLREP",
    .layout = CACHE_LAYOUT,
    .abi = RILL_ABI_VERSION,
    .host = PACKAGE_VERSION,
    .native = 0x01020300u + (uint32_t)sizeof(void*),
    .n_records = n_records,
    .n_bytes = n_bytes,
  };
  h.checksum = checksum(data + sizeof h, n_bytes - sizeof h, n_records);
  return h;
}

void
cache_file_seal(char* data, size_t n_bytes, uint32_t n_records)
{
  const struct cache_header h = make_header(data, n_bytes, n_records);
  memcpy(data, &h, sizeof h);
}

// The checksum says that the records are those that were written; that they
// are inside the file is checked all the same.
static int
is_inside(const struct cache_record* r, const char* data, size_t n_bytes)
{
  return r->path_at < n_bytes && r->report_at <= n_bytes &&
         r->report_bytes <= n_bytes - r->report_at &&
         memchr(data + r->path_at, '\0', n_bytes - r->path_at) &&
         !r->hash[sizeof r->hash - 1];
}

int
cache_file_adopt(char* data, size_t n_bytes, struct cache_file* out)
{
  struct cache_header h;
  if (n_bytes < sizeof h) {
    return 0;
  }
  memcpy(&h, data, sizeof h);
  const struct cache_header wanted = make_header(data, n_bytes, h.n_records);
  const size_t room = (n_bytes - sizeof h) / sizeof(struct cache_record);
  if (memcmp(&h, &wanted, sizeof h) != 0 || h.n_records > room ||
      h.n_records > CACHE_MAX_RECORDS) {
    return 0;
  }
  const struct cache_record* const records =
    (const struct cache_record*)(const void*)(data + sizeof h);
  for (uint32_t i = 0; i < h.n_records; ++i) {
    if (!is_inside(&records[i], data, n_bytes)) {
      return 0;
    }
  }
  *out = (struct cache_file){ data, records, h.n_records };
  return 1;
}

const struct cache_record*
cache_file_find(const struct cache_file* file, const char* path)
{
  uint32_t low = 0;
  uint32_t high = file->n_records;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const struct cache_record* const r = &file->records[middle];
    const int order = strcmp(path, file->data + r->path_at);
    if (!order) {
      return r;
    }
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return NULL;
}

// SPDX-License-Identifier: ISC
#include "load/wire.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const uint32_t no_text = UINT32_MAX; // the length of null

void
wire_fail(struct wire* w, const char* format, ...)
{
  char text[REASON_BYTES];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (!w->status) {
    w->status = reason_set(w->reason, STATUS_BAD_PLUGIN, "%s%s%s", w->who,
                           w->where, text);
  }
}

static void
out_of_memory(struct wire* w)
{
  w->status = w->status ? w->status : STATUS_NO_MEMORY;
}

void
wire_bytes(struct wire* w, void* data, size_t n_bytes)
{
  if (w->status || !n_bytes) {
    return;
  }
  if (w->out) {
    text_add_bytes(w->out, data, n_bytes);
    if (w->out->failed) {
      out_of_memory(w);
    }
  } else if (n_bytes > w->n_in - w->position) {
    wire_fail(w, "the data ends early");
  } else {
    memcpy(data, w->in + w->position, n_bytes);
    w->position += n_bytes;
  }
}

void
wire_u32(struct wire* w, uint32_t* value)
{
  wire_bytes(w, value, sizeof *value);
}

void
wire_u64(struct wire* w, uint64_t* value)
{
  wire_bytes(w, value, sizeof *value);
}

void
wire_f64(struct wire* w, double* value)
{
  wire_bytes(w, value, sizeof *value);
}

static void
write_text(struct wire* w, const char* name, const char* text, size_t max_bytes)
{
  const size_t n = text ? strnlen(text, max_bytes + 1) : 0;
  uint32_t n_text = text ? (uint32_t)n : no_text;
  if (n > max_bytes) {
    wire_fail(w, "%s is longer than %zu bytes or does not end", name,
              max_bytes);
    return;
  }
  wire_u32(w, &n_text);
  wire_bytes(w, (void*)(uintptr_t)text, n);
}

static const char*
read_text(struct wire* w, const char* name, size_t max_bytes)
{
  uint32_t n = no_text;
  wire_u32(w, &n);
  if (w->status || n == no_text) {
    return NULL;
  }
  if (n > max_bytes || n > w->n_in - w->position) {
    wire_fail(w, "%s: the data ends early", name);
    return NULL;
  }
  char* const text = arena_new(w->arena, n + (size_t)1, 1);
  if (!text) {
    out_of_memory(w);
    return NULL;
  }
  wire_bytes(w, text, n);
  return text;
}

void
wire_text(struct wire* w, const char* name, const char** value,
          size_t max_bytes)
{
  if (w->status) {
    return;
  }
  if (w->out) {
    write_text(w, name, *value, max_bytes);
  } else {
    *value = read_text(w, name, max_bytes);
  }
}

void
wire_count(struct wire* w, const char* name, uint32_t* count, uint32_t max)
{
  wire_u32(w, count);
  if (!w->status && *count > max) {
    wire_fail(w, "%s is %u, the limit is %u", name, *count, max);
  }
}

void*
wire_array(struct wire* w, const char* name, const void* array, uint32_t count,
           size_t size)
{
  if (w->status || !count) {
    return NULL;
  }
  if (w->out) {
    if (!array) {
      wire_fail(w, "%s is null, and there should be %u", name, count);
    }
    return (void*)(uintptr_t)array;
  }
  // An item takes a byte at least: a lie cannot make us allocate much.
  if (count > w->n_in - w->position) {
    wire_fail(w, "%s: the data ends early", name);
    return NULL;
  }
  void* const made = arena_new(w->arena, count, size);
  if (!made) {
    out_of_memory(w);
  }
  return made;
}

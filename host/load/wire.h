// SPDX-License-Identifier: ISC
// A flat form of data for the pipe of a scan and for the cache. One function
// says how a struct looks and serves both ways, so that reading and writing
// cannot drift apart: wire_u32(w, &x) puts x, or gets it.
//
// The first failure is kept in *status* and *reason*; all calls after it do
// nothing. Nothing that is read is trusted.
#ifndef LOAD_WIRE_H
#define LOAD_WIRE_H

#include "base/text.h"
#include "load/arena.h"
#include "load/reason.h"

#include <stdint.h>

struct wire {
  struct text* out; // writing: where to; null: reading
  const char* in;   // reading: from here
  size_t n_in;
  size_t position;
  struct arena* arena; // reading: holds what is made
  struct reason* reason;
  enum status status;
  char who[96];   // what is written or read: "node type 'gain': "
  char where[96]; // the part of it: "port 'in': "
};

void
wire_u32(struct wire* w, uint32_t* value);

void
wire_u64(struct wire* w, uint64_t* value);

void
wire_f64(struct wire* w, double* value);

/// *n_bytes* bytes as they are.
void
wire_bytes(struct wire* w, void* data, size_t n_bytes);

/// A string of at most *max_bytes* bytes without its NUL, or null.
void
wire_text(struct wire* w, const char* name, const char** value,
          size_t max_bytes);

/// A count up to *max*.
void
wire_count(struct wire* w, const char* name, uint32_t* count, uint32_t max);

/// The array of *count* items of *size* bytes: reading makes one, writing
/// gives back *array* and refuses null. Null when there is nothing to do.
void*
wire_array(struct wire* w, const char* name, const void* array, uint32_t count,
           size_t size);

/// Keeps the first failure, with *where* in front of the text.
void
wire_fail(struct wire* w, const char* format, ...)
  __attribute__((format(printf, 2, 3)));

#endif

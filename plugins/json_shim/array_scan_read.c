// SPDX-License-Identifier: ISC
#include "array_scan.h"

#include "number_parse.h"

#include <string.h>

enum { SHOWN_BYTES = 40 };

void
array_open(struct array_cursor* cursor,
           const struct array* array,
           const struct numbers* numbers)
{
  const uint32_t* const bits =
    array->kind == ARRAY_TEXT ? NULL : numbers->bits + array->first;
  *cursor = (struct array_cursor){ array, bits, array->at, 0 };
}

static int32_t
refuse(const struct array_cursor* cursor, const struct decimal* number,
       const char* holds, struct why* why)
{
  const long n = number->end - number->begin;
  return why_set(why, RILL_ERR_CORRUPT, "data[%llu] is %.*s%s: %s",
                 (unsigned long long)cursor->index,
                 (int)(n < SHOWN_BYTES ? n : SHOWN_BYTES), number->begin,
                 n < SHOWN_BYTES ? "" : "...", holds);
}

// The next number from the text, which array_scan has found to be in order.
static void
look_at(const struct array_cursor* cursor, struct decimal* number)
{
  number_scan(cursor->at, cursor->array->end, number);
}

static void
step_over(struct array_cursor* cursor, const struct decimal* number)
{
  const char* at = number->end;
  while (at < cursor->array->end && (*at == ',' || (unsigned char)*at <= ' ')) {
    ++at;
  }
  cursor->at = at;
  ++cursor->index;
}

static int32_t
floats_of_text(struct array_cursor* cursor, float* to, size_t n, struct why* why)
{
  for (size_t i = 0; i < n; ++i) {
    struct decimal number = { 0 };
    look_at(cursor, &number);
    if (!number_to_f32(&number, &to[i])) {
      return refuse(cursor, &number, "F32 ends at 3.4028235e38", why);
    }
    step_over(cursor, &number);
  }
  return RILL_OK;
}

int32_t
array_read_f32(struct array_cursor* cursor, float* to, size_t n, struct why* why)
{
  if (cursor->array->kind == ARRAY_TEXT) {
    return floats_of_text(cursor, to, n, why);
  }
  const uint32_t* const bits = cursor->bits + cursor->index;
  if (cursor->array->kind == ARRAY_FLOATS) {
    memcpy(to, bits, n * sizeof *to);
  } else {
    for (size_t i = 0; i < n; ++i) {
      to[i] = (float)(int32_t)bits[i];
    }
  }
  cursor->index += n;
  return RILL_OK;
}

// A whole number that was written with a point or an exponent is one still.
static int32_t
take_whole(struct array_cursor* cursor, int32_t lo, int32_t hi, int32_t* out,
           const char* holds, struct why* why)
{
  struct decimal number = { 0 };
  look_at(cursor, &number);
  if (!number_to_i32(&number, lo, hi, out)) {
    return refuse(cursor, &number, holds, why);
  }
  step_over(cursor, &number);
  return RILL_OK;
}

static const char s16_holds[] = "I16 holds whole numbers from -32768 to 32767";
static const char s32_holds[] =
  "I32 holds whole numbers from -2147483648 to 2147483647";

static int32_t
s16_of_text(struct array_cursor* cursor, int16_t* to, size_t n, struct why* why)
{
  for (size_t i = 0; i < n; ++i) {
    int32_t x = 0;
    const int32_t st = take_whole(cursor, INT16_MIN, INT16_MAX, &x, s16_holds, why);
    if (st < 0) {
      return st;
    }
    to[i] = (int16_t)x;
  }
  return RILL_OK;
}

int32_t
array_read_s16(struct array_cursor* cursor, int16_t* to, size_t n, struct why* why)
{
  if (cursor->array->kind != ARRAY_WHOLE) {
    return s16_of_text(cursor, to, n, why);
  }
  const uint32_t* const bits = cursor->bits + cursor->index;
  uint32_t beyond = 0;
  for (size_t i = 0; i < n; ++i) {
    beyond |= (bits[i] + 32768u) >> 16;
    to[i] = (int16_t)bits[i];
  }
  for (size_t i = 0; beyond; ++i) {
    if ((bits[i] + 32768u) >> 16) {
      return why_set(why, RILL_ERR_CORRUPT, "data[%llu] is %ld: %s",
                     (unsigned long long)cursor->index + i,
                     (long)(int32_t)bits[i], s16_holds);
    }
  }
  cursor->index += n;
  return RILL_OK;
}

int32_t
array_read_s32(struct array_cursor* cursor, int32_t* to, size_t n, struct why* why)
{
  if (cursor->array->kind == ARRAY_WHOLE) {
    memcpy(to, cursor->bits + cursor->index, n * sizeof *to);
    cursor->index += n;
    return RILL_OK;
  }
  for (size_t i = 0; i < n; ++i) {
    const int32_t st = take_whole(cursor, INT32_MIN, INT32_MAX, &to[i], s32_holds, why);
    if (st < 0) {
      return st;
    }
  }
  return RILL_OK;
}

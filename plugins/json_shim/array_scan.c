// SPDX-License-Identifier: ISC
#include "array_scan.h"

#include "number_parse_fast.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_BYTES = 24, FIRST_ROOM = 4096 };

// What an array is read with.
struct scan {
  const char* at;
  const char* end;
  struct numbers* numbers;
  uint64_t index;
  struct decimal number;
};

static inline const char*
skip_blanks(const char* at, const char* end)
{
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) {
    ++at;
  }
  return at;
}

// The next number, in scan->number; 0 when there is none.
static inline int
take_number(struct scan* s)
{
  const char* after = NULL;
  if (s->end - s->at >= NUMBER_FAST_BYTES) {
    after = number_scan_fast(s->at, &s->number);
  }
  if (!after) {
    after = number_scan(s->at, s->end, &s->number);
  }
  if (!after || !number_is_finite(&s->number)) {
    return 0;
  }
  s->at = after;
  return 1;
}

enum separator { NEXT, LAST, NONE };

static inline enum separator
take_separator(struct scan* s)
{
  ++s->index;
  const char* at = s->at;
  if (at < s->end && *at == ',' && s->end - at > 1 && (unsigned char)at[1] > ' ') {
    s->at = at + 1;
    return NEXT;
  }
  at = skip_blanks(at, s->end);
  if (at < s->end && *at == ',') {
    s->at = skip_blanks(at + 1, s->end);
    return NEXT;
  }
  s->at = at;
  return at < s->end && *at == ']' ? LAST : NONE;
}

static inline int
numbers_add(struct numbers* numbers, uint32_t bits)
{
  if (numbers->n == numbers->room) {
    const size_t room = numbers->room ? 2 * numbers->room : FIRST_ROOM;
    uint32_t* const grown = (uint32_t*)realloc(numbers->bits, room * sizeof *grown);
    if (!grown) {
      return 0;
    }
    numbers->bits = grown;
    numbers->room = room;
  }
  numbers->bits[numbers->n++] = bits;
  return 1;
}

static inline uint32_t
float_bits(float x)
{
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

// A loop over the numbers of an array ends for one of these.
enum stop { ALL_READ, NO_NUMBER, NO_SEPARATOR, DOES_NOT_FIT, NO_MEMORY };

static enum stop
scan_whole(struct scan* s)
{
  enum separator next = NEXT;
  while (next == NEXT) {
    const char* const before = s->at;
    int32_t x = 0;
    if (!take_number(s)) {
      return NO_NUMBER;
    }
    // A point makes it a float, and so does the sign of -0.
    if (s->number.exponent || (s->number.is_negative && !s->number.digits) ||
        !number_to_i32(&s->number, INT32_MIN, INT32_MAX, &x)) {
      s->at = before;
      return DOES_NOT_FIT;
    }
    if (!numbers_add(s->numbers, (uint32_t)x)) {
      return NO_MEMORY;
    }
    next = take_separator(s);
  }
  return next == LAST ? ALL_READ : NO_SEPARATOR;
}

static inline int
to_f32(const struct decimal* number, float* out)
{
  const uint32_t bits = number_f32_bits_fast(number);
  if (!bits) {
    return number_to_f32(number, out);
  }
  const uint32_t all = bits | (uint32_t)number->is_negative << 31;
  memcpy(out, &all, sizeof all);
  return 1;
}

static enum stop
scan_floats(struct scan* s)
{
  enum separator next = NEXT;
  while (next == NEXT) {
    float x = 0.0f;
    if (!take_number(s)) {
      return NO_NUMBER;
    }
    if (!to_f32(&s->number, &x)) {
      return DOES_NOT_FIT;
    }
    if (!numbers_add(s->numbers, float_bits(x))) {
      return NO_MEMORY;
    }
    next = take_separator(s);
  }
  return next == LAST ? ALL_READ : NO_SEPARATOR;
}

// The rest of an array of which one number is too large to be put down.
static enum stop
scan_text(struct scan* s)
{
  enum separator next;
  while ((next = take_separator(s)) == NEXT) {
    if (!take_number(s)) {
      return NO_NUMBER;
    }
  }
  return next == LAST ? ALL_READ : NO_SEPARATOR;
}

static void
make_floats(struct numbers* numbers, size_t first)
{
  for (size_t i = first; i < numbers->n; ++i) {
    numbers->bits[i] = float_bits((float)(int32_t)numbers->bits[i]);
  }
}

// Gives how it ended, and the kind when it ended well.
static enum stop
scan_numbers(struct scan* s, size_t first, enum array_kind* kind)
{
  *kind = ARRAY_WHOLE;
  enum stop stop = scan_whole(s);
  if (stop == DOES_NOT_FIT) {
    *kind = ARRAY_FLOATS;
    make_floats(s->numbers, first);
    stop = scan_floats(s);
  }
  if (stop == DOES_NOT_FIT) {
    *kind = ARRAY_TEXT;
    s->numbers->n = first;
    stop = scan_text(s);
  }
  return stop;
}

// A bracket, a quote or a word of JSON's own begins another value.
static int
is_other(const struct scan* s)
{
  static const char* const words[] = { "true", "false", "null" };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; ++i) {
    const size_t n = strlen(words[i]);
    if ((size_t)(s->end - s->at) >= n && !memcmp(s->at, words[i], n)) {
      return 1;
    }
  }
  return s->at < s->end && strchr("[{\"", *s->at) && *s->at;
}

static int
is_shown(char c)
{
  return c > ' ' && c < 0x7f;
}

// The element as far as it can be shown.
static int
shown_bytes(const struct scan* s)
{
  int n = 0;
  while (n < SHOWN_BYTES && s->at + n < s->end && is_shown(s->at[n]) &&
         !strchr(",]}", s->at[n])) {
    ++n;
  }
  return n;
}

static void
say_bad(const struct scan* s, enum stop stop, struct why* why)
{
  const unsigned long long i = (unsigned long long)s->index;
  const int n = shown_bytes(s);
  if (s->at == s->end) {
    why_set(why, 0, "the text ends in an array of numbers, after %llu of them", i);
  } else if (stop == NO_SEPARATOR) {
    why_set(why, 0, "element %llu of an array is followed by '%.*s': "
            "a comma or ] is expected", i - 1, n ? n : is_shown(*s->at), s->at);
  } else if (number_scan(s->at, s->end, &(struct decimal){ 0 })) {
    why_set(why, 0, "element %llu of an array, %.*s, is beyond any number that "
            "a double holds", i, n, s->at);
  } else {
    why_set(why, 0, "element %llu of an array, '%.*s', is not a number of JSON",
            i, n, s->at);
  }
}

int32_t
array_scan(const char* at,
           const char* end,
           struct numbers* numbers,
           struct array* out,
           struct why* why)
{
  struct scan s = { .at = skip_blanks(at + 1, end), .end = end, .numbers = numbers };
  const size_t first = numbers->n;
  *out = (struct array){ .at = s.at, .first = first, .kind = ARRAY_OTHER };
  if (is_other(&s) || (s.at < end && *s.at == ']')) {
    return RILL_OK;
  }
  const enum stop stop = scan_numbers(&s, first, &out->kind);
  out->end = s.at;
  out->n_numbers = s.index;
  if (stop == ALL_READ) {
    return RILL_OK;
  }
  numbers->n = first;
  if (stop == NO_MEMORY) {
    return RILL_ERR_NO_MEMORY;
  }
  out->kind = stop == NO_NUMBER && is_other(&s) ? ARRAY_OTHER : ARRAY_BAD;
  if (out->kind == ARRAY_BAD) {
    say_bad(&s, stop, why);
  }
  return RILL_OK;
}

void
numbers_free(struct numbers* numbers)
{
  free(numbers->bits);
  *numbers = (struct numbers){ 0 };
}

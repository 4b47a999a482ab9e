// SPDX-License-Identifier: ISC
#include "array_scan.h"

#include "clones.h"
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
static int
take_number(struct scan* s)
{
  const char* const after = number_scan(s->at, s->end, &s->number);
  if (!after || !number_is_finite(&s->number)) {
    return 0;
  }
  s->at = after;
  return 1;
}

enum separator { NEXT, LAST, NONE };

static enum separator
take_separator(struct scan* s)
{
  ++s->index;
  s->at = skip_blanks(s->at, s->end);
  if (s->at < s->end && *s->at == ',') {
    s->at = skip_blanks(s->at + 1, s->end);
    return NEXT;
  }
  return s->at < s->end && *s->at == ']' ? LAST : NONE;
}

static int
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

IN_CLONES int
common_float(const struct decimal* number, uint32_t* out)
{
  const uint32_t bits = number_f32_bits_fast(number);
  *out = bits | (uint32_t)number->is_negative << 31;
  return bits || !number->digits;
}

// A point makes it a float, and so does the sign of -0.
IN_CLONES int
common_whole(const struct decimal* number, uint32_t* out)
{
  const uint32_t size = (uint32_t)number->digits;
  *out = number->is_negative ? 0u - size : size;
  return !number->exponent && number->digits <= INT32_MAX &&
         !(number->is_negative && !size);
}

// What most numbers are: short, with a comma behind them and after that no more
// than one space. Reads these and stops at the first that is not, or where
// there is no more room.
IN_CLONES void
scan_common(struct scan* s, int (*take)(const struct decimal*, uint32_t*))
{
  struct numbers* const numbers = s->numbers;
  if (!numbers->bits) {
    return;
  }
  const char* at = s->at;
  uint32_t* to = numbers->bits + numbers->n;
  uint32_t* const to_end = numbers->bits + numbers->room;
  while (to < to_end && s->end - at > NUMBER_FAST_BYTES) {
    struct decimal number;
    const char* const after = number_scan_fast(at, &number);
    if (!after || *after != ',' || !take(&number, to)) {
      break;
    }
    ++to;
    at = after + 1 + (after[1] == ' ');
  }
  s->index += (size_t)(to - numbers->bits) - numbers->n;
  numbers->n = (size_t)(to - numbers->bits);
  s->at = skip_blanks(at, s->end);
}

CLONES static void
scan_common_floats(struct scan* s)
{
  scan_common(s, common_float);
}

CLONES static void
scan_common_whole(struct scan* s)
{
  scan_common(s, common_whole);
}

static enum stop
scan_whole(struct scan* s)
{
  enum separator next = NEXT;
  while (next == NEXT) {
    scan_common_whole(s);
    const char* const before = s->at;
    int32_t x = 0;
    if (!take_number(s)) {
      return NO_NUMBER;
    }
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

static enum stop
scan_floats(struct scan* s)
{
  enum separator next = NEXT;
  while (next == NEXT) {
    scan_common_floats(s);
    float x = 0.0f;
    if (!take_number(s)) {
      return NO_NUMBER;
    }
    if (!number_to_f32(&s->number, &x)) {
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

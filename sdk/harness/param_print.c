// SPDX-License-Identifier: ISC
#include "decimal.h"
#include "param_text.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// A text that grows in a buffer that may be too small: n counts all the same.
struct sink {
  char* out;
  size_t n_bytes;
  size_t n;
};

static void
put(struct sink* s, const char* text, size_t n)
{
  for (size_t i = 0; i < n; ++i, ++s->n) {
    if (s->n + 1 < s->n_bytes) {
      s->out[s->n] = text[i];
    }
  }
}

static void
put_text(struct sink* s, const char* text)
{
  put(s, text, strlen(text));
}

// The shortest digits in *u* that read back as exactly *number*; 0 if none do.
static size_t
print_in(const struct unit* u, double number, char* out, size_t n_bytes)
{
  const double scale = u->factor * pow(10.0, u->ten);
  char digits[64] = {0};

  if (!isfinite(number / scale)) {
    return 0;
  }
  for (int n_digits = 1; n_digits <= 17; ++n_digits) {
    struct decimal d;
    double back = 0.0;
    decimal_print(number / scale, n_digits, digits, sizeof digits);
    if (decimal_split(digits, &d) &&
        !decimal_to_double(&d, u->factor, u->ten, &back) && back == number) {
      return (size_t)snprintf(out, n_bytes, "%s%s", digits, u->symbol);
    }
  }
  return 0;
}

static int
is_worth_trying(const struct unit* u, double number)
{
  return fabs(number) >= u->factor * pow(10.0, u->ten) * 0.999;
}

// Of all ways to write the number the shortest, and of those the largest unit.
static void
print_best(uint32_t unit, double number, char* best, size_t n_bytes)
{
  const struct unit* u = NULL;
  size_t n_best = SIZE_MAX;

  for (size_t i = 0; (u = unit_at(unit, i)); ++i) {
    char text[80] = {0};
    const size_t n =
      !i || is_worth_trying(u, number) ? print_in(u, number, text, 80) : 0;
    if (n && n <= n_best) {
      n_best = n;
      snprintf(best, n_bytes, "%s", text);
    }
  }
}

static void
print_number(uint32_t unit, double number, char* out, size_t n_bytes)
{
  static const struct unit plain = {RILL_UNIT_NONE, "", 1, 0};
  const struct unit* const base = unit_find(unit, unit == RILL_UNIT_S ? "s"
                                                                      : "");
  out[0] = '\0';
  if (!isfinite(number)) {
    snprintf(out, n_bytes, "%s", isnan(number)  ? "NaN"
                                 : number < 0.0 ? "-infinity"
                                                : "infinity");
    return;
  }
  if (number == 0.0 && base) {
    snprintf(out, n_bytes, "0%s", base->symbol);
  } else if (unit != RILL_UNIT_RATIO) {
    print_best(unit, number, out, n_bytes);
  }
  if (!out[0]) {
    print_in(&plain, number, out, n_bytes);
  }
}

size_t
rill_number_print(uint32_t unit, double number, char* out, size_t n_bytes)
{
  char text[96] = {0};
  print_number(unit, number, text, sizeof text);
  return (size_t)snprintf(out, n_bytes, "%s", text);
}

static void
put_int(struct sink* s, uint32_t unit, int64_t number)
{
  char text[96] = {0};
  // Beyond 2^53 a double would change the number: print the bare digits.
  if (number > -((int64_t)1 << 53) && number < (int64_t)1 << 53) {
    print_number(unit, (double)number, text, sizeof text);
  } else {
    snprintf(text, sizeof text, "%lld", (long long)number);
  }
  put_text(s, text);
}

static void
put_quoted(struct sink* s, const struct rill_value* v)
{
  put_text(s, "\"");
  for (uint32_t i = 0; i < v->n; ++i) {
    if (v->text[i] == '"' || v->text[i] == '\\') {
      put_text(s, "\\");
    }
    put(s, v->text + i, 1);
  }
  put_text(s, "\"");
}

static void
put_value(struct sink* s,
          const struct rill_param_desc* desc,
          const struct rill_value* v)
{
  char text[96] = {0};
  switch (v->type) {
    case RILL_TYPE_FLOAT:
      print_number(desc->unit, v->f, text, sizeof text);
      put_text(s, text);
      break;
    case RILL_TYPE_INT: put_int(s, desc->unit, v->i); break;
    case RILL_TYPE_BOOL: put_text(s, v->i ? "true" : "false"); break;
    case RILL_TYPE_ENUM:
    case RILL_TYPE_STRING:
    case RILL_TYPE_JSON: put(s, v->text, v->n); break;
    default: break;
  }
}

static void
put_list(struct sink* s,
         const struct rill_param_desc* desc,
         const struct rill_value* v)
{
  put_text(s, "[");
  for (uint32_t i = 0; i < v->n; ++i) {
    put_text(s, i ? ", " : "");
    if (v->list[i].type == RILL_TYPE_STRING) {
      put_quoted(s, &v->list[i]);
    } else {
      put_value(s, desc, &v->list[i]);
    }
  }
  put_text(s, "]");
}

size_t
rill_param_print(const struct rill_param_desc* desc,
                 const struct rill_value* value,
                 char* out,
                 size_t n_bytes)
{
  struct sink s = {out, n_bytes, 0};
  if (value->type == RILL_TYPE_LIST) {
    put_list(&s, desc, value);
  } else {
    put_value(&s, desc, value);
  }
  if (n_bytes) {
    out[s.n < n_bytes ? s.n : n_bytes - 1] = '\0';
  }
  return s.n;
}

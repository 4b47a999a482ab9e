// SPDX-License-Identifier: ISC
// Numbers with units: what is taken, and a cure for each thing that is not.
#include "decimal.h"
#include "param_private.h"
#include "param_text.h"
#include "unit.h"

#include <math.h>
#include <string.h>

// Something that the user could have written.
static const char*
sample_of(const struct rill_param_desc* desc)
{
  if (RILL_HAS(desc, example) && desc->example) {
    return desc->example;
  }
  if (desc->def && desc->def[0]) {
    return desc->def;
  }
  switch (desc->unit) {
    case RILL_UNIT_HZ: return "16kHz";
    case RILL_UNIT_S: return "20ms";
    case RILL_UNIT_DB: return "-6dB";
    case RILL_UNIT_BYTES: return "64KiB";
    case RILL_UNIT_RATIO: return "50%";
    default: return desc->type == RILL_TYPE_INT ? "512" : "0.5";
  }
}

// The words that parsers of other formats take for numbers.
static int
is_infinite_word(const char* s)
{
  static const char* const words[] = {"nan", "inf", "infinity"};
  s += *s == '-' || *s == '+';
  s += *s == '.';
  for (size_t i = 0; i < sizeof words / sizeof words[0]; ++i) {
    if (param_is_like(s, words[i])) {
      return 1;
    }
  }
  return 0;
}

static int32_t
refuse_word(const struct complaint* c)
{
  const char* const digits = c->text + strspn(c->text, "+-");
  if (!c->text[0]) {
    return param_refuse(c, "is empty: write a number, such as %s",
                        sample_of(c->desc));
  }
  if (is_infinite_word(c->text)) {
    return param_refuse(c, "is not a finite number: write one, such as %s",
                        sample_of(c->desc));
  }
  if (digits[0] == '.' && digits[1] >= '0' && digits[1] <= '9') {
    return param_refuse(c, "has no digit before the point: write %.*s0%.40s",
                        (int)(digits - c->text), c->text, digits);
  }
  return param_refuse(c, "is not a number: write one, such as %s",
                      sample_of(c->desc));
}

static int32_t
refuse_comma(const struct complaint* c, const struct decimal* d)
{
  return param_refuse(c, "has a decimal comma: write a point, %.*s.%.40s",
                      (int)d->n_bytes, d->text, d->text + d->n_bytes + 1);
}

// The unit in *tail* is none of the parameter's.
static int32_t
refuse_unit(const struct complaint* c, const char* tail)
{
  char list[64] = {0};
  const struct unit* u = NULL;

  unit_list(c->desc->unit, list, sizeof list);
  if (!list[0]) {
    return param_refuse(c, "has '%.20s' after the number: write the number "
                           "alone, such as %s", tail, sample_of(c->desc));
  }
  for (size_t i = 0; (u = unit_at(c->desc->unit, i)); ++i) {
    if (param_is_like(u->symbol, tail)) {
      return param_refuse(c, "has its unit in the wrong case: write %.*s%s",
                          (int)(tail - c->text), c->text, u->symbol);
    }
  }
  return param_refuse(c, "has the unit '%.20s': write %s, such as %s", tail,
                      list, sample_of(c->desc));
}

// Finds the unit after the number; null with a complaint.
static const struct unit*
read_unit(const struct complaint* c, const struct decimal* d)
{
  static const struct unit plain = {RILL_UNIT_NONE, "", 1, 0};
  const char* const tail = d->text + d->n_bytes;
  const struct unit* const u = unit_find(c->desc->unit, tail);

  if (!*tail || u) {
    return *tail ? u : &plain;
  }
  if (d->n_digits == 1 && d->text[0] == '0' && (*tail == 'x' || *tail == 'X')) {
    param_refuse(c, "is hexadecimal: write it in decimal");
  } else if (*tail == ',') {
    refuse_comma(c, d);
  } else if (*tail == '_') {
    param_refuse(c, "has '_' in a number: write its digits without a gap");
  } else if (*tail == '.') {
    param_refuse(c, "has no digit after the point: write %.*s", (int)d->n_bytes,
                 d->text);
  } else if (*tail == ' ' && unit_find(c->desc->unit, tail + 1)) {
    param_refuse(c, "has a space before the unit: write %.*s%s",
                 (int)d->n_bytes, d->text, tail + 1);
  } else {
    refuse_unit(c, tail);
  }
  return NULL;
}

// No bound is a promise of a type's largest numbers, written as such.
static int
is_bound(double number)
{
  return isfinite(number) && fabs(number) < 9e18;
}

static int32_t
check_range(const struct complaint* c, double number)
{
  const struct rill_param_desc* const desc = c->desc;
  char low[64] = {0};
  char high[64] = {0};

  if (desc->min == desc->max || (number >= desc->min && number <= desc->max)) {
    return RILL_OK;
  }
  rill_number_print(desc->unit, desc->min, low, sizeof low);
  rill_number_print(desc->unit, desc->max, high, sizeof high);
  if (!is_bound(desc->max)) {
    return param_refuse(c, "is out of range: write at least %s", low);
  }
  if (!is_bound(desc->min)) {
    return param_refuse(c, "is out of range: write at most %s", high);
  }
  return param_refuse(c, "is out of range: write %s to %s", low, high);
}

static int32_t
refuse_decimal(const struct complaint* c, enum decimal_status st)
{
  const char* const noun = unit_noun(c->desc->unit);
  switch (st) {
    case DECIMAL_TOO_LARGE: return param_refuse(c, "is too large for a number");
    case DECIMAL_TOO_SMALL: return param_refuse(c, "is too small: write 0");
    default:
      return param_refuse(c, "is not a whole number%s%s: write one, such as %s",
                          noun[0] ? " of " : "", noun, sample_of(c->desc));
  }
}

static int64_t
truncated(double number)
{
  return number >= 0x1p63    ? INT64_MAX
         : number <= -0x1p63 ? INT64_MIN
                             : (int64_t)number;
}

static const char*
without_padding(const char* digits)
{
  while (digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9') {
    ++digits;
  }
  return digits;
}

int32_t
param_read_number(const struct complaint* c, struct rill_value* out)
{
  struct rill_value v = {.type = c->desc->type};
  const struct unit* u = NULL;
  enum decimal_status st = DECIMAL_OK;
  struct decimal d;

  if (!decimal_split(c->text, &d)) {
    return refuse_word(c);
  }
  if (d.has_padding) {
    const size_t sign = strspn(c->text, "+-");
    return param_refuse(c, "begins with 0, which some read as octal: write "
                           "%.*s%.40s", (int)sign, c->text,
                        without_padding(c->text + sign));
  }
  if (!(u = read_unit(c, &d))) {
    return RILL_ERR_BAD_PARAM;
  }
  if (v.type == RILL_TYPE_INT) {
    st = decimal_to_int(&d, u->factor, u->ten, &v.i);
    v.f = (double)v.i;
  } else {
    st = decimal_to_double(&d, u->factor, u->ten, &v.f);
    v.i = truncated(v.f);
  }
  if (st) {
    return refuse_decimal(c, st);
  }
  if (check_range(c, v.f)) {
    return RILL_ERR_BAD_PARAM;
  }
  *out = v;
  return RILL_OK;
}

// SPDX-License-Identifier: ISC
#include "plan/formats.h"

#include <string.h>

enum { USUAL_RATE = 48000 };

struct format_set
format_set_all(uint32_t kind)
{
  struct format_set set = { .kind = kind, .rate_den = 1 };
  for (uint32_t i = 0; i < FORMAT_FIELDS; ++i) {
    set.fields[i] = numbers_all();
  }
  return set;
}

struct numbers*
format_set_field(struct format_set* set, uint32_t field)
{
  return &set->fields[field - 1];
}

static int
same_uri(const char* a, const char* b)
{
  return a == b || (a && b && !strcmp(a, b));
}

// Fields of which a set says something; all kinds have a rate.
static int
counts(const struct format_set* set, uint32_t field)
{
  return set->kind == RILL_KIND_NONE ? field == RILL_FIELD_RATE
                                     : format_has_field(set->kind, field);
}

int
format_set_has(const struct format_set* set, const struct rill_format* format)
{
  if (set->kind != RILL_KIND_NONE &&
      (set->kind != format->kind ||
       (set->kind == RILL_KIND_CUSTOM && !same_uri(set->uri, format->uri)))) {
    return 0;
  }
  for (uint32_t field = 1; field <= FORMAT_FIELDS; ++field) {
    if (counts(set, field) &&
        !numbers_has(&set->fields[field - 1], format_get(format, field))) {
      return 0;
    }
  }
  return numbers_is_all(&set->fields[RILL_FIELD_RATE - 1]) || !format->rate ||
         format->rate_den == set->rate_den;
}

int
format_sets_have(const struct format_sets* sets,
                 const struct rill_format* format)
{
  for (uint32_t i = 0; i < sets->n; ++i) {
    if (format_set_has(&sets->at[i], format)) {
      return 1;
    }
  }
  return 0;
}

static int
same_kind(const struct format_set* a, const struct format_set* b)
{
  return a->kind == RILL_KIND_NONE || b->kind == RILL_KIND_NONE ||
         (a->kind == b->kind &&
          (a->kind != RILL_KIND_CUSTOM || same_uri(a->uri, b->uri)));
}

// Rates over different denominators have nothing in common.
static int
same_rate_den(const struct format_set* a, const struct format_set* b)
{
  return a->rate_den == b->rate_den ||
         numbers_is_all(&a->fields[RILL_FIELD_RATE - 1]) ||
         numbers_is_all(&b->fields[RILL_FIELD_RATE - 1]);
}

static uint32_t
common_rate_den(const struct format_set* a, const struct format_set* b)
{
  return numbers_is_all(&a->fields[RILL_FIELD_RATE - 1]) ? b->rate_den
                                                         : a->rate_den;
}

int
format_set_intersect(const struct format_set* a, const struct format_set* b,
                     struct format_set* out)
{
  if (!same_kind(a, b) || !same_rate_den(a, b)) {
    return 0;
  }
  struct format_set both = a->kind == RILL_KIND_NONE ? *b : *a;
  both.rate_den = common_rate_den(a, b);
  for (uint32_t i = 0; i < FORMAT_FIELDS; ++i) {
    if (!numbers_intersect(&a->fields[i], &b->fields[i], &both.fields[i])) {
      return 0;
    }
  }
  *out = both;
  return 1;
}

void
format_set_narrow(struct format_set* set, const struct format_set* wish)
{
  struct numbers both;
  if (!same_kind(set, wish)) {
    return;
  }
  if (set->kind == RILL_KIND_NONE) {
    set->kind = wish->kind;
    set->uri = wish->uri;
  }
  const uint32_t rate_den = common_rate_den(set, wish);
  const int same_den = same_rate_den(set, wish);
  for (uint32_t i = 0; i < FORMAT_FIELDS; ++i) {
    if ((i + 1 != RILL_FIELD_RATE || same_den) &&
        numbers_intersect(&set->fields[i], &wish->fields[i], &both)) {
      set->fields[i] = both;
      set->rate_den = i + 1 == RILL_FIELD_RATE ? rate_den : set->rate_den;
    }
  }
}

static uint32_t
usual(uint32_t kind, uint32_t field)
{
  switch (field) {
    case RILL_FIELD_ENCODING: return RILL_ENC_F32;
    case RILL_FIELD_PACKING: return RILL_PLANAR;
    case RILL_FIELD_RATE: return kind == RILL_KIND_AUDIO ? USUAL_RATE : 0;
    case RILL_FIELD_RANK: return 0;
    default: return 1;
  }
}

struct rill_format
format_set_pick(const struct format_set* set, const struct rill_format* like)
{
  const int has_model = like && like->kind == set->kind;
  struct rill_format format = { .kind = set->kind, .uri = set->uri };
  for (uint32_t field = 1; field <= FORMAT_FIELDS; ++field) {
    if (format_has_field(set->kind, field)) {
      const uint32_t wanted =
        has_model ? format_get(like, field) : usual(set->kind, field);
      format_put(&format, field,
                 numbers_pick(&set->fields[field - 1], wanted));
    }
  }
  format.rate_den = format.rate ? set->rate_den : 0;
  if ((uint32_t)__builtin_popcountll(set->layout) == format.channels) {
    format.layout = set->layout;
  }
  memcpy(format.shape, set->shape, format.rank * sizeof format.shape[0]);
  return format;
}

// The smallest encoding that keeps all bits of *from*, else the one with most;
// of equals the one that is liked best.
static uint32_t
nearest_encoding(const struct numbers* numbers, uint32_t from)
{
  const uint32_t wanted = encoding_bits(from);
  uint32_t best = RILL_ENC_NONE;
  uint32_t best_bits = 0;

  for (uint32_t i = 0; i < numbers->n; ++i) {
    const struct interval at = numbers->at[i];
    for (uint32_t e = at.low; e <= at.high && e <= RILL_ENC_F16; ++e) {
      const uint32_t bits = encoding_bits(e);
      if (best_bits < wanted ? bits > best_bits
                             : bits >= wanted && bits < best_bits) {
        best = e;
        best_bits = bits;
      }
    }
  }
  return best;
}

static uint32_t
nearest_value(uint32_t field, const struct numbers* numbers, uint32_t from)
{
  return field == RILL_FIELD_ENCODING ? nearest_encoding(numbers, from)
                                      : numbers_reach(numbers, from);
}

struct rill_format
format_set_nearest(const struct format_set* set, const struct format_set* wish,
                   const struct rill_format* from)
{
  struct rill_format to = *from;
  struct format_set wanted = *set;
  if (wish && (wish->kind == RILL_KIND_NONE || wish->kind == from->kind)) {
    format_set_narrow(&wanted, wish);
  }
  for (uint32_t field = 1; field <= FORMAT_FIELDS; ++field) {
    const uint32_t value = format_get(from, field);
    if (counts(set, field) &&
        !numbers_has(&set->fields[field - 1], value)) {
      format_put(&to, field,
                 nearest_value(field, &wanted.fields[field - 1], value));
    }
  }
  if (to.channels != from->channels) {
    to.layout = 0;
  }
  if (to.rate != from->rate) {
    to.rate_den = set->rate_den;
  }
  return to;
}

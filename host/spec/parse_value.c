// SPDX-License-Identifier: ISC
// Values of parameters: scalars, lists, lists of lists, maps of anything.
#include "spec/codes.h"
#include "spec/parse.h"

#include <stdio.h>

// A list that is being read into a value.
struct rows {
  struct spec_value* value;
  uint32_t width; // of the first row
};

static enum status
add_word(struct parser* p, struct spec_value* value)
{
  struct word* const words =
    store_grow(p->store, value->words, value->n_words, sizeof *words);
  if (!words) {
    return STATUS_NO_MEMORY;
  }
  words[value->n_words++] = p->event.word;
  value->words = words;
  return STATUS_OK;
}

static enum status
parse_row(struct parser* p, struct rows* rows)
{
  const struct place place = p->event.word.place;
  const uint32_t before = rows->value->n_words;
  enum status st;
  while (!(st = parse_next(p)) && p->event.kind != EVENT_END) {
    st = p->event.kind == EVENT_SCALAR
           ? add_word(p, rows->value)
           : parse_refuse_shape(p, "an item of a row", "a single value");
    if (st) {
      return st;
    }
  }
  const uint32_t width = rows->value->n_words - before;
  if (rows->value->rows++ == 0) {
    rows->width = width;
  } else if (!st && width != rows->width) {
    diags_add(p->diags, SEVERITY_ERROR, code_shape, place, NULL, NULL,
              "a row of %u values; the first row has %u", width, rows->width);
  }
  return st;
}

static enum status
parse_item(struct parser* p, struct rows* rows)
{
  const int has_words = rows->value->n_words > 0;
  const int has_rows = rows->value->rows > 0;
  if (p->event.kind == EVENT_SCALAR && !has_rows) {
    return add_word(p, rows->value);
  }
  if (p->event.kind == EVENT_LIST && (has_rows || !has_words)) {
    return parse_row(p, rows);
  }
  return parse_refuse_shape(p, "an item of this list",
                            has_rows ? "a list, as the first one"
                                     : "a single value");
}

// One letter of the shape of a map.
static enum status
add_shape(struct parser* p, struct spec_value* value, char letter)
{
  char* const shape = store_grow(p->store, value->shape, value->n_shape, 1);
  if (!shape) {
    return STATUS_NO_MEMORY;
  }
  shape[value->n_shape++] = letter;
  value->shape = shape;
  return STATUS_OK;
}

static enum status
parse_tree(struct parser* p, struct spec_value* value);

static enum status
parse_member(struct parser* p, void* target, const struct word* key)
{
  struct spec_value* const value = target;
  const struct event first = p->event; // of the member's value
  p->event.word = *key;
  enum status st = add_word(p, value);
  p->event = first;
  if (!st) {
    st = add_shape(p, value, SHAPE_KEY);
  }
  return st ? st : parse_tree(p, value);
}

static enum status
parse_map(struct parser* p, struct spec_value* value)
{
  enum status st = add_shape(p, value, SHAPE_MAP);
  st = st ? st : parse_entries(p, value, "a map", parse_member);
  return st ? st : add_shape(p, value, SHAPE_END);
}

static enum status
parse_items(struct parser* p, struct spec_value* value)
{
  enum status st = add_shape(p, value, SHAPE_LIST);
  while (!st && !(st = parse_next(p)) && p->event.kind != EVENT_END) {
    st = parse_tree(p, value);
  }
  return st ? st : add_shape(p, value, SHAPE_END);
}

// Whatever stands in a map: maps, lists and scalars.
static enum status
parse_tree(struct parser* p, struct spec_value* value)
{
  enum status st;
  switch (p->event.kind) {
    case EVENT_SCALAR:
      st = add_word(p, value);
      return st ? st : add_shape(p, value, SHAPE_WORD);
    case EVENT_LIST: return parse_items(p, value);
    case EVENT_MAP: return parse_map(p, value);
    default: return parse_refuse_shape(p, "this", "a value");
  }
}

enum status
parse_value(struct parser* p, struct spec_value* value, const struct word* key)
{
  value->place = p->event.word.place;
  if (p->event.kind == EVENT_SCALAR) {
    return add_word(p, value);
  }
  if (p->event.kind == EVENT_MAP) {
    return parse_map(p, value);
  }
  if (p->event.kind != EVENT_LIST) {
    char what[128];
    snprintf(what, sizeof what, "parameter '%.80s'", key->text);
    return parse_refuse_shape(p, what, "a value");
  }
  value->is_list = 1;
  struct rows rows = { value, 0 };
  enum status st;
  while (!(st = parse_next(p)) && p->event.kind != EVENT_END) {
    if ((st = parse_item(p, &rows))) {
      return st;
    }
  }
  return st;
}

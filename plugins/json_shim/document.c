// SPDX-License-Identifier: ISC
#include "document.h"

#include "document_walk.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

// Where a byte of what jansson read stands in the text.
static size_t
place_in_text(const struct document* doc, const char* text, size_t thin_at,
              int* is_in_part)
{
  size_t at = thin_at;
  for (size_t i = 0; i < doc->n_parts && doc->parts[i].thin_begin <= thin_at; ++i) {
    const struct part* const part = &doc->parts[i];
    const char* const after = part->text.at + part->text.n + 1; // bracket or quote
    *is_in_part = thin_at < part->thin_end;
    at = *is_in_part ? (size_t)(part->text.at - text)
                     : (size_t)(after - text) + (thin_at - part->thin_end);
  }
  return at;
}

static int32_t
refuse(const struct document* doc, const char* text, const json_error_t* error,
       struct why* why)
{
  if (json_error_code(error) == json_error_out_of_memory) {
    return why_set(why, RILL_ERR_NO_MEMORY, "out of memory");
  }
  // jansson's place is behind the token that it could not take.
  const size_t at = error->position > 0 ? (size_t)error->position - 1 : 0;
  int is_in_part = 0;
  const size_t place = place_in_text(doc, text, at, &is_in_part);
  const char* const near = is_in_part ? strstr(error->text, " near ") : NULL;
  const int n = near ? (int)(near - error->text) : (int)strlen(error->text);
  return why_set(why, RILL_ERR_CORRUPT, "byte %zu: %.*s", place, n, error->text);
}

// jansson steps over a NUL as if it were not there.
static int32_t
check_nul(const struct document* doc, const char* text, struct why* why)
{
  const char* const thin = doc->thin.at;
  const char* const nul = thin ? (const char*)memchr(thin, '\0', doc->thin.n) : NULL;
  if (!nul) {
    return RILL_OK;
  }
  int is_in_part = 0;
  return why_set(why, RILL_ERR_CORRUPT, "byte %zu: a NUL",
                 place_in_text(doc, text, (size_t)(nul - thin), &is_in_part));
}

// The walk knows names as they are written, jansson as they are meant.
static int32_t
check_items(const struct document* doc, struct why* why)
{
  const json_t* const outputs = json_object_get(doc->root, "outputs");
  const size_t n = json_is_array(outputs) ? json_array_size(outputs) : 0;
  return doc->n_items == n
           ? RILL_OK
           : why_set(why, RILL_ERR_CORRUPT,
                     "the name \"outputs\" is written with escapes");
}

int32_t
document_read(struct document* doc, const char* text, size_t n, struct why* why)
{
  document_clear(doc);
  int32_t st = document_walk(doc, text, n, why);
  st = st < 0 ? st : check_nul(doc, text, why);
  if (st < 0) {
    return st == RILL_ERR_NO_MEMORY ? why_set(why, st, "out of memory") : st;
  }
  json_error_t error;
  doc->root = json_loadb(doc->thin.at ? doc->thin.at : "", doc->thin.n,
                         JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES,
                         &error);
  st = doc->root ? check_items(doc, why) : refuse(doc, text, &error, why);
  if (st < 0) {
    document_clear(doc);
  }
  return st;
}

const struct part*
document_part(const struct document* doc, const struct json_t* value)
{
  if (!json_is_string(value) || json_string_length(value) < 2) {
    return NULL;
  }
  const char* const mark = json_string_value(value);
  if (*mark) {
    return NULL;
  }
  const size_t i = strtoul(mark + 1, NULL, 10);
  return i < doc->n_parts ? &doc->parts[i] : NULL;
}

int
document_is_text(const struct document* doc, const struct json_t* value)
{
  return json_is_string(value) && !document_part(doc, value);
}

void
document_clear(struct document* doc)
{
  json_decref(doc->root);
  doc->root = NULL;
  doc->n_parts = 0;
  doc->n_items = 0;
  doc->numbers.n = 0;
  doc->thin.n = 0;
}

void
document_free(struct document* doc)
{
  document_clear(doc);
  free(doc->parts);
  free(doc->items);
  numbers_free(&doc->numbers);
  text_free(&doc->thin);
  *doc = (struct document){ 0 };
}

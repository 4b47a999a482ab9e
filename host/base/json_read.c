// SPDX-License-Identifier: ISC
#include "base/json_read.h"

#include <jansson.h>
#include <stdio.h>

enum { MAX_BYTES = 64 << 20 };

static const json_t*
inside(const struct json_value* value)
{
  return (const json_t*)value;
}

enum status
json_read(const char* text, size_t n_bytes, struct json_value** out,
          char* error, size_t error_bytes)
{
  json_error_t why;
  if (n_bytes > MAX_BYTES) {
    snprintf(error, error_bytes, "larger than %d MiB", MAX_BYTES >> 20);
    return STATUS_LIMIT;
  }
  json_t* const root = json_loadb(text, n_bytes, JSON_REJECT_DUPLICATES, &why);
  if (!root) {
    snprintf(error, error_bytes, "line %d, column %d: %s", why.line, why.column,
             why.text);
    return STATUS_BAD_INPUT;
  }
  *out = (struct json_value*)root;
  return STATUS_OK;
}

void
json_drop(struct json_value* document)
{
  json_decref((json_t*)document);
}

const struct json_value*
json_find(const struct json_value* value, const char* key)
{
  return (const struct json_value*)json_object_get(inside(value), key);
}

const struct json_value*
json_item(const struct json_value* value, size_t index)
{
  return (const struct json_value*)json_array_get(inside(value), index);
}

size_t
json_n_items(const struct json_value* value)
{
  return json_array_size(inside(value));
}

const char*
json_find_text(const struct json_value* value, const char* key)
{
  return json_string_value(inside(json_find(value, key)));
}

double
json_find_number(const struct json_value* value, const char* key,
                 double otherwise)
{
  const json_t* const member = inside(json_find(value, key));
  return json_is_number(member) ? json_number_value(member) : otherwise;
}

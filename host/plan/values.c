// SPDX-License-Identifier: ISC
#include "plan/values.h"

#include "base/mem.h"
#include "harness/param_text.h"

#include <string.h>

void
value_fini(struct rill_value* value)
{
  mem_free((char*)value->text);
  values_free((struct rill_value*)value->list, value->list ? value->n : 0);
  *value = (struct rill_value){ 0 };
}

void
values_free(struct rill_value* values, uint32_t n)
{
  for (uint32_t i = 0; values && i < n; ++i) {
    value_fini(&values[i]);
  }
  mem_free(values);
}

enum status
value_own(struct rill_value* value)
{
  const struct rill_value from = *value;
  const int is_text = from.text != NULL;
  const int is_list = from.list != NULL;

  value->text = is_text ? mem_strdup(from.text) : NULL;
  value->list = is_list ? values_copy(from.list, from.n) : NULL;
  if ((is_text && !value->text) || (is_list && !value->list)) {
    value_fini(value);
    return STATUS_NO_MEMORY;
  }
  return STATUS_OK;
}

struct rill_value*
values_copy(const struct rill_value* values, uint32_t n)
{
  struct rill_value* const copy = mem_new_array(struct rill_value, n);
  for (uint32_t i = 0; copy && i < n; ++i) {
    copy[i] = values[i];
    if (value_own(&copy[i])) {
      values_free(copy, i);
      return NULL;
    }
  }
  return copy;
}

// Cuts the next item off a list written as "[a, b]"; null at its end.
static char*
next_item(char** rest)
{
  char* item = *rest + strspn(*rest, "[], \"");
  if (!*item) {
    return NULL;
  }
  size_t n = strcspn(item, ",]");
  *rest = item + n + (item[n] != '\0');
  while (n && strchr(" \"", item[n - 1])) {
    --n;
  }
  item[n] = '\0';
  return item;
}

static enum status
read_items(const struct rill_param_desc* desc, char* text,
           struct rill_value* out, char* error, size_t error_bytes)
{
  // Each item takes at least one character.
  struct rill_value* const items =
    mem_new_array(struct rill_value, strlen(text) + 1);
  struct rill_value list = { .type = RILL_TYPE_LIST, .list = items };
  const char* item = NULL;

  while (items && (item = next_item(&text))) {
    struct rill_value* const v = &items[list.n];
    if (rill_param_read(desc, item, v, error, error_bytes)) {
      values_free(items, list.n);
      return STATUS_BAD_PLUGIN;
    }
    if (value_own(v)) {
      values_free(items, list.n);
      return STATUS_NO_MEMORY;
    }
    ++list.n;
  }
  *out = list;
  return items ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
default_list(const struct rill_param_desc* desc, struct rill_value* out,
             char* error, size_t error_bytes)
{
  char* const text = mem_strdup(desc->def);
  const enum status st =
    text ? read_items(desc, text, out, error, error_bytes) : STATUS_NO_MEMORY;
  mem_free(text);
  return st;
}

enum status
value_default(const struct rill_param_desc* desc, struct rill_value* out,
              char* error, size_t error_bytes)
{
  struct rill_value value = { 0 };
  if (desc->flags & RILL_PARAM_LIST) {
    return default_list(desc, out, error, error_bytes);
  }
  if (rill_param_read(desc, desc->def, &value, error, error_bytes)) {
    return STATUS_BAD_PLUGIN;
  }
  if (value_own(&value)) {
    return STATUS_NO_MEMORY;
  }
  *out = value;
  return STATUS_OK;
}

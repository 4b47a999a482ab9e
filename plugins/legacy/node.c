// SPDX-License-Identifier: ISC
#include "node.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
legacy_fail(struct rill_legacy_node* node, const char* format, ...)
{
  va_list args;
  va_start(args, format);
  vsnprintf(node->error, sizeof node->error, format, args);
  va_end(args);
  return -1;
}

json_t*
legacy_outputs(struct rill_legacy_node* node, json_t* value)
{
  json_t* const outputs = value ? json_array() : NULL;
  if (outputs && !json_array_append_new(outputs, value)) {
    return outputs;
  }
  if (value) {
    json_decref(outputs ? outputs : value);
  }
  if (!node->error[0]) {
    legacy_fail(node, "out of memory");
  }
  return NULL;
}

int
legacy_get_int(struct rill_legacy_node* node, const json_t* params,
               const char* key, json_int_t min, json_int_t max,
               json_int_t otherwise, json_int_t* out)
{
  const json_t* const value = json_object_get(params, key);
  const json_int_t n = value ? json_integer_value(value) : otherwise;
  if (!value && otherwise < min) {
    return legacy_fail(node, "parameter '%s' is missing", key);
  }
  if ((value && !json_is_integer(value)) || n < min || n > max) {
    return legacy_fail(node, "parameter '%s' is a whole number from %lld to %lld",
                       key, (long long)min, (long long)max);
  }
  *out = n;
  return 0;
}

int
legacy_get_number(struct rill_legacy_node* node, const json_t* params,
                  const char* key, double otherwise, double* out)
{
  const json_t* const value = json_object_get(params, key);
  if (value && !json_is_number(value)) {
    return legacy_fail(node, "parameter '%s' is a number", key);
  }
  *out = value ? json_number_value(value) : otherwise;
  return 0;
}

int
legacy_get_choice(struct rill_legacy_node* node, const json_t* params,
                  const char* key, const char* const* names, int n_names,
                  int otherwise, int* out)
{
  const json_t* const value = json_object_get(params, key);
  const char* const word = value ? json_string_value(value) : names[otherwise];
  char list[128] = "";
  for (int i = 0; i < n_names; ++i) {
    if (word && !strcmp(names[i], word)) {
      *out = i;
      return 0;
    }
    const size_t n = strlen(list);
    snprintf(list + n, sizeof list - n, "%s%s", n ? ", " : "", names[i]);
  }
  return legacy_fail(node, "parameter '%s' is one of %s", key, list);
}

// Takes the reference to *reply*.
static char*
print(json_t* reply, uint64_t* n_bytes)
{
  char* const text = reply ? json_dumps(reply, JSON_COMPACT) : NULL;
  *n_bytes = text ? strlen(text) : 0;
  json_decref(reply);
  return text;
}

static char*
reply_with(struct rill_legacy_node* node, json_t* outputs, uint64_t* n_bytes)
{
  if (outputs) {
    return print(json_pack("{s:o}", "outputs", outputs), n_bytes);
  }
  return print(json_pack("{s:s}", "error",
                         node->error[0] ? node->error : "out of memory"),
               n_bytes);
}

// Null: the node says why.
static json_t*
parse(struct rill_legacy_node* node, const char* text, uint64_t n_bytes)
{
  json_error_t error;
  json_t* const value = json_loadb(text, n_bytes, JSON_DECODE_ANY, &error);
  if (!value) {
    legacy_fail(node, "not JSON: %s at byte %d", error.text, error.position);
  }
  return value;
}

static int
init(struct rill_legacy_node* node, const char* params, uint64_t n_params)
{
  json_t* const value = parse(node, params, n_params);
  int rc = value ? 0 : -1;
  if (value && !json_is_object(value)) {
    rc = legacy_fail(node, "params are not an object");
  } else if (value && node->is->init) {
    rc = node->is->init(node, value);
  }
  json_decref(value);
  return rc;
}

struct rill_legacy_node*
legacy_create(const struct legacy_class* is, const char* params, uint64_t n_params,
              char** reply, uint64_t* n_bytes)
{
  struct rill_legacy_node* const node = calloc(1, is->n_bytes);
  if (!node) {
    return NULL;
  }
  node->is = is;
  if (init(node, params, n_params)) {
    *reply = reply_with(node, NULL, n_bytes);
    legacy_destroy(node);
    return NULL;
  }
  return node;
}

char*
legacy_process(struct rill_legacy_node* node, const char* input, uint64_t n_input,
               uint64_t* n_bytes)
{
  node->error[0] = '\0';
  json_t* const value = parse(node, input, n_input);
  json_t* const outputs = value ? node->is->process(node, value) : NULL;
  json_decref(value);
  return reply_with(node, outputs, n_bytes);
}

char*
legacy_finish(struct rill_legacy_node* node, uint64_t* n_bytes)
{
  *n_bytes = 0;
  node->error[0] = '\0';
  return node->is->finish ? reply_with(node, node->is->finish(node), n_bytes)
                          : NULL;
}

void
legacy_free_text(char* text)
{
  free(text);
}

void
legacy_destroy(struct rill_legacy_node* node)
{
  if (node->is->fini) {
    node->is->fini(node);
  }
  free(node);
}

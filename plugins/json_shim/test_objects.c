// SPDX-License-Identifier: ISC
// Legacy node types for tests: one that behaves, and many that do not.
#include <rill/legacy.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct rill_legacy_node {
  char* params;
  uint32_t n_calls;
};

// Texts come from here, not from malloc: whoever frees one otherwise aborts.
static char*
new_text(const char* text, uint64_t* n_bytes)
{
  const size_t n = strlen(text);
  char* const own = (char*)malloc(n + 17);
  if (own) {
    memset(own, 'T', 16);
    memcpy(own + 16, text, n + 1);
    *n_bytes = n;
  }
  return own ? own + 16 : NULL;
}

static void
free_text(char* text)
{
  free(text - 16);
}

static struct rill_legacy_node*
create(const char* params, uint64_t n_params, char** reply, uint64_t* n_bytes)
{
  struct rill_legacy_node* const node =
    (struct rill_legacy_node*)calloc(1, sizeof *node);
  if (strstr(params, "refuse") || params[n_params]) {
    *reply = new_text("{\"error\":\"no such mode\"}", n_bytes);
    free(node);
    return NULL;
  }
  if (strstr(params, "silent")) {
    free(node);
    return NULL;
  }
  return node;
}

static void
destroy(struct rill_legacy_node* node)
{
  free(node);
}

static char*
echo(struct rill_legacy_node* node, const char* input, uint64_t n_input,
     uint64_t* n_bytes)
{
  char* const text = (char*)malloc(n_input + 32);
  char* reply = NULL;
  ++node->n_calls;
  if (text) {
    strcpy(text, "{\"outputs\":[");
    memcpy(text + 12, input, n_input);
    strcpy(text + 12 + n_input, "]}");
    reply = new_text(text, n_bytes);
    free(text);
  }
  return reply;
}

static char*
count_calls(struct rill_legacy_node* node, uint64_t* n_bytes)
{
  char text[] = "{\"outputs\":[\"0 calls\"]}";
  text[13] = (char)('0' + node->n_calls % 10);
  return new_text(text, n_bytes);
}

#define WRONG(name)                                                            \
  static char* name(struct rill_legacy_node* node, const char* input,          \
                    uint64_t n_input, uint64_t* n_bytes)

WRONG(gives_null)
{
  (void)node;
  (void)input;
  (void)n_input;
  (void)n_bytes;
  return NULL;
}

WRONG(gives_error)
{
  (void)node;
  (void)input;
  (void)n_input;
  return new_text("{\"error\":\"Division by zero\"}", n_bytes);
}

WRONG(gives_no_json)
{
  (void)node;
  (void)input;
  (void)n_input;
  return new_text("done", n_bytes);
}

WRONG(gives_no_nul)
{
  char* const text = echo(node, input, n_input, n_bytes);
  text[*n_bytes] = '!';
  return text;
}

WRONG(gives_wrong_length)
{
  char* const text = echo(node, input, n_input, n_bytes);
  *n_bytes = UINT64_MAX;
  return text;
}

// What an allocator leaves behind is no JSON.
WRONG(gives_freed)
{
  static char text[64];
  (void)node;
  (void)input;
  (void)n_input;
  memset(text, 0xdd, sizeof text - 1);
  *n_bytes = 40;
  text[40] = '\0';
  return text;
}

static void
free_nothing(char* text)
{
  (void)text;
}

#define TYPE(function, text_free)                                              \
  static const struct rill_legacy_type function##_type = {                     \
    sizeof(struct rill_legacy_type), 0, #function, "for tests", create,        \
    function, count_calls, text_free, destroy                                  \
  }

TYPE(echo, free_text);
TYPE(gives_null, free_text);
TYPE(gives_error, free_text);
TYPE(gives_no_json, free_text);
TYPE(gives_no_nul, free_text);
TYPE(gives_wrong_length, free_text);
TYPE(gives_freed, free_nothing);

static const struct rill_legacy_type no_destroy = {
  sizeof no_destroy, 0, "no_destroy", 0, create, echo, 0, free_text, 0
};

RILL_LEGACY_OBJECT(&echo_type, &gives_null_type, &gives_error_type,
                   &gives_no_json_type, &gives_no_nul_type,
                   &gives_wrong_length_type, &gives_freed_type, &no_destroy);

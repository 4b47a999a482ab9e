// SPDX-License-Identifier: ISC
// A legacy object with one node type, which gives back what it gets, and
// asks for base64 where the graph offers it.
#include <rill/legacy.h>

#include <stdlib.h>
#include <string.h>

struct rill_legacy_node {
  int n_calls;
};

static struct rill_legacy_node*
pass_create(const char* params, uint64_t n_params, char** reply,
            uint64_t* n_bytes)
{
  (void)params;
  (void)n_params;
  (void)reply;
  (void)n_bytes;
  return (struct rill_legacy_node*)calloc(1, sizeof(struct rill_legacy_node));
}

static char*
pass_process(struct rill_legacy_node* node, const char* input,
             uint64_t n_input, uint64_t* n_bytes)
{
  char* const text = (char*)malloc(n_input + 16);
  ++node->n_calls;
  if (text) {
    memcpy(text, "{\"outputs\":[", 12);
    memcpy(text + 12, input, n_input);
    memcpy(text + 12 + n_input, "]}", 3);
    *n_bytes = n_input + 14;
  }
  return text;
}

static void
pass_free_text(char* text)
{
  free(text);
}

static void
pass_destroy(struct rill_legacy_node* node)
{
  free(node);
}

static const struct rill_legacy_type pass = {
  sizeof pass, RILL_LEGACY_BASE64, "pass", "gives back what it gets",
  pass_create, pass_process, 0, pass_free_text, pass_destroy
};

RILL_LEGACY_OBJECT(&pass);

// SPDX-License-Identifier: ISC
#include "spec/source.h"

#include "spec/codes.h"

#include <string.h>

enum { MAX_PART = 64 };

static const char NAME_CHARACTERS[] =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

// Length of an id or of ids with slashes between them; 0: it is none.
static size_t
node_length(const char* text)
{
  size_t n = 0;
  for (;;) {
    const size_t part = strspn(text + n, NAME_CHARACTERS);
    if (!part || part > MAX_PART) {
      return 0;
    }
    n += part;
    if (text[n] != '/') {
      return n;
    }
    ++n;
  }
}

static int
is_port(const char* text)
{
  const size_t n = strspn(text, NAME_CHARACTERS);
  return n && n <= MAX_PART && !text[n];
}

static void
complain(const struct word* word, struct diags* diags)
{
  const char* const text = word->text;
  const char* hint = "write 'node' or 'node.port'";
  if (strstr(text, "->") || strchr(text, ',')) {
    hint = "several are a list: [a, b.port]";
  } else if (!*text) {
    hint = "write 'node' or 'node.port', or leave it out";
  }
  diags_add(diags, SEVERITY_ERROR, code_bad_source, word->place, hint, NULL,
            "'%.80s' is neither a node nor a port of one", text);
}

enum status
source_split(const struct word* word, struct diags* diags, struct store* store,
             char** node, char** port)
{
  const char* const text = word->text;
  const size_t n = node_length(text);
  *node = NULL;
  if (!n || (text[n] && (text[n] != '.' || !is_port(text + n + 1)))) {
    complain(word, diags);
    return STATUS_OK;
  }
  *port = store_strdup(store, text[n] ? text + n + 1 : "");
  char* const copy = store_strndup(store, text, n);
  if (!*port || !copy) {
    return STATUS_NO_MEMORY;
  }
  *node = copy;
  return STATUS_OK;
}

const char*
source_port_of(const char* text, const char* node)
{
  const size_t n = strlen(node);
  if (strncmp(text, node, n) != 0 || (text[n] && text[n] != '.')) {
    return NULL;
  }
  return text[n] ? text + n + 1 : text + n;
}

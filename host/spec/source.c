// SPDX-License-Identifier: ISC
#include "spec/source.h"

#include "spec/codes.h"

#include <string.h>

enum { MAX_PART = 64 };

static const char OWN[] = "$in";

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

static size_t
own_length(const char* text)
{
  const size_t n = sizeof OWN - 1;
  return !strncmp(text, OWN, n) && (!text[n] || text[n] == '.') ? n : 0;
}

static int
is_port(const char* text)
{
  const size_t n = strspn(text, NAME_CHARACTERS);
  return n && n <= MAX_PART && !text[n];
}

static void
complain(const struct word* word, int may_be_own, struct diags* diags)
{
  const char* const text = word->text;
  const char* hint = "write 'node' or 'node.port'";
  if (own_length(text) && !may_be_own) {
    hint = "'$in' is for the nodes of a template";
  } else if (strstr(text, "->") || strchr(text, ',')) {
    hint = "several are a list: [a, b.port]";
  } else if (!*text) {
    hint = "write 'node' or 'node.port', or leave 'in' out";
  }
  diags_add(diags, SEVERITY_ERROR, code_bad_source, word->place, hint, NULL,
            "'%.80s' is no output of a node", text);
}

enum status
source_split(const struct word* word, int may_be_own, struct diags* diags,
             struct store* store, char** node, char** port)
{
  const char* const text = word->text;
  size_t n = may_be_own ? own_length(text) : 0;
  n = n ? n : node_length(text);
  *node = NULL;
  if (!n || (text[n] && (text[n] != '.' || !is_port(text + n + 1)))) {
    complain(word, may_be_own, diags);
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

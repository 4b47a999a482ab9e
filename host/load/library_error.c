// SPDX-License-Identifier: ISC
#include "load/library_error.h"

#include <stdio.h>
#include <string.h>

void
library_error_copy(const char* said, char* out, size_t n_bytes)
{
  snprintf(out, n_bytes, "%s", said ? said : "the loader did not say why");
}

static const char*
skip_prefix(const char* text, const char* prefix)
{
  const size_t n = strlen(prefix);
  return strncmp(text, prefix, n) ? NULL : text + n;
}

// "libx.so.1: cannot open shared object file: ..." of a library it links.
static const char*
missing_library(const char* said, const struct elf_facts* facts)
{
  for (uint32_t i = 0; i < facts->n_needed; ++i) {
    const char* const rest = skip_prefix(said, facts->needed[i]);
    if (rest && skip_prefix(rest, ": cannot open shared object file")) {
      return facts->needed[i];
    }
  }
  return NULL;
}

enum status
library_error_explain(const char* said, const char* staged_path,
                      const struct elf_facts* facts, struct reason* reason)
{
  const char* const own = skip_prefix(said, staged_path);
  const char* const text = own && !strncmp(own, ": ", 2) ? own + 2 : said;
  const char* const symbol = skip_prefix(text, "undefined symbol: ");
  const char* const library = missing_library(text, facts);
  reason->may_pass = 1; // what is missing can be installed
  if (symbol) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "uses the symbol %s, which neither it nor its libraries "
                      "define", symbol);
  }
  if (library) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "needs the library %s, which is not found", library);
  }
  return reason_set(reason, STATUS_BAD_PLUGIN, "cannot be loaded: %s", text);
}

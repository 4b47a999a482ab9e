// SPDX-License-Identifier: ISC
#include "spec/spec_run.h"

#include "spec/codes.h"

#include <stdio.h>
#include <string.h>

// The place of *word* in *names*; complains and gives 0 when it is not there.
static int
read_choice(const struct word* word, const char* const* names, int n_names,
            const char* what, struct diags* diags)
{
  char hint[128];
  for (int i = 0; i < n_names; ++i) {
    if (!strcmp(word->text, names[i])) {
      return i;
    }
  }
  const char* const nearest = diags_suggest(
    diags, word->text, names, (size_t)n_names, hint, sizeof hint);
  if (!nearest) {
    snprintf(hint, sizeof hint, "write %s or %s", names[0], names[1]);
  }
  diags_add(diags, SEVERITY_ERROR, code_bad_value, word->place, hint, NULL,
            "'%s' cannot be '%.80s'", what, word->text);
  return 0;
}

// Decimal digits and nothing else.
static uint32_t
read_count(const struct word* word, uint32_t max, const char* what,
           struct diags* diags)
{
  uint32_t number = 0;
  const char* s = word->text;
  while (*s >= '0' && *s <= '9' && number <= max) {
    number = number * 10 + (uint32_t)(*s++ - '0');
  }
  if (!*s && s != word->text && *word->text != '0' && number <= max) {
    return number;
  }
  char hint[64];
  snprintf(hint, sizeof hint, "a whole number from 1 to %u", max);
  diags_add(diags, SEVERITY_ERROR, code_bad_value, word->place, hint, NULL,
            "'%s' cannot be '%.80s'", what, word->text);
  return 0;
}

// The file without folder and ending.
static char*
stem_of(const char* file, struct store* store)
{
  const char* const slash = strrchr(file, '/');
  const char* const base = slash && slash[1] ? slash + 1 : file;
  const char* const dot = strrchr(base, '.');
  const size_t n = dot && dot != base ? (size_t)(dot - base) : strlen(base);
  return strcmp(file, "<stdin>") ? store_strndup(store, base, n)
                                 : store_strdup(store, "stdin");
}

static enum status
expand_words(struct document* d, struct vars* vars)
{
  struct word* const words[] = { &d->name, &d->doc, &d->convert,
                                 &d->block, &d->threads, &d->mode };
  enum status st = STATUS_OK;
  for (size_t i = 0; !st && i < sizeof words / sizeof words[0]; ++i) {
    st = vars_expand(vars, NULL, words[i]);
  }
  return st;
}

static void
read_words(const struct document* d, struct diags* diags, struct spec* spec)
{
  static const char* const converts[] = { "auto", "explicit" };
  static const char* const modes[] = { "offline", "realtime" };
  if (d->convert.text) {
    spec->convert = (enum spec_convert)read_choice(&d->convert, converts, 2,
                                                   "convert", diags);
  }
  if (d->mode.text) {
    spec->run.mode =
      (enum spec_mode)read_choice(&d->mode, modes, 2, "mode", diags);
  }
  if (d->block.text) {
    spec->run.block = read_count(&d->block, SPEC_MAX_BLOCK, "block", diags);
  }
  if (d->threads.text) {
    spec->run.threads =
      read_count(&d->threads, SPEC_MAX_THREADS, "threads", diags);
  }
}

enum status
spec_run_read(const struct document* document, struct vars* vars,
              struct diags* diags, struct spec* spec)
{
  struct document d = *document;
  const enum status st = expand_words(&d, vars);
  if (st) {
    return st;
  }
  spec->run.place = d.run;
  spec->doc = d.doc.text;
  spec->name = d.name.text && *d.name.text ? d.name.text
                                           : stem_of(spec->file, spec->store);
  read_words(&d, diags, spec);
  return spec->name ? STATUS_OK : STATUS_NO_MEMORY;
}

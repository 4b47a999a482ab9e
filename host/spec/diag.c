// SPDX-License-Identifier: ISC
#include "spec/diag.h"

#include "base/mem.h"
#include "base/text.h"
#include "harness/nearest.h"
#include "spec/sources.h"
#include "spec/utf8.h"

#include <stdarg.h>
#include <string.h>

enum {
  N_SEVERITIES = SEVERITY_NOTE + 1,
  SUGGEST_FROM = 1000 // more names than this are not compared
};

struct diags {
  struct sources sources;
  struct diag* items; // in order of place
  uint32_t n_items;
  size_t items_capacity;
  uint32_t n_added[N_SEVERITIES];
  uint32_t n_kept[N_SEVERITIES];
  int has_lost;
};

struct diags*
diags_new(void)
{
  return mem_new(struct diags);
}

void
diags_free(struct diags* diags)
{
  if (!diags) {
    return;
  }
  for (uint32_t i = 0; i < diags->n_items; ++i) {
    mem_free(diags->items[i].text);
    mem_free(diags->items[i].hint);
  }
  mem_free(diags->items);
  sources_fini(&diags->sources);
  mem_free(diags);
}

const char*
diags_file(struct diags* diags, const char* file)
{
  return sources_name(&diags->sources, file);
}

const char*
diags_add_source(struct diags* diags, const char* file, const char* text,
                 size_t n_bytes)
{
  return sources_add(&diags->sources, file, text, n_bytes);
}

const char*
diags_line(const struct diags* diags, const char* file, uint32_t line,
           size_t* n_bytes)
{
  return sources_line(&diags->sources, file, line, n_bytes);
}

// A character that a format's precision has cut off; its length is what is
// left.
static int
is_cut(const char* s, size_t* n_bytes)
{
  size_t n = 1;
  while (((unsigned char)s[n] & 0xc0) == 0x80) {
    ++n;
  }
  const unsigned char first = (unsigned char)s[0];
  const int it_is = first >= 0xc2 && first < 0xf5 && n < 4;
  *n_bytes = it_is ? n : 1;
  return it_is;
}

// A copy in which nothing can drive a terminal; newlines stay for hints.
static char*
make_visible(const char* s, int keep_newlines)
{
  struct text text = { 0 };
  const size_t n = strlen(s);
  size_t length;
  for (size_t i = 0; i < n; i += length) {
    const uint32_t c = utf8_read(s + i, n - i, &length);
    if (c == UTF8_BAD && is_cut(s + i, &length)) {
      text_add(&text, "...");
    } else if (c == UTF8_BAD) {
      text_add(&text, "\\x%02x", (unsigned char)s[i]);
    } else if (utf8_is_control(c) && !(keep_newlines && c == '\n')) {
      text_add(&text, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
    } else {
      text_add_bytes(&text, s + i, length);
    }
  }
  return text_take(&text);
}

static int
is_before(const struct diags* diags, const struct place* a,
          const struct place* b)
{
  const size_t rank_a = sources_rank(&diags->sources, a->file);
  const size_t rank_b = sources_rank(&diags->sources, b->file);
  return rank_a != rank_b   ? rank_a < rank_b
         : a->line != b->line ? a->line < b->line
                              : a->column < b->column;
}

// Of a file as a whole there may be several that differ in their text only.
static int
is_known(const struct diags* diags, const struct diag* diag)
{
  for (uint32_t i = 0; i < diags->n_items; ++i) {
    const struct diag* const it = &diags->items[i];
    if (!strcmp(it->code, diag->code) && it->place.file == diag->place.file &&
        it->place.line == diag->place.line &&
        it->place.column == diag->place.column &&
        (diag->place.line || !strcmp(it->text, diag->text))) {
      return 1;
    }
  }
  return 0;
}

static int
keep(struct diags* diags, const struct diag* diag)
{
  struct diag* const items = mem_grow(diags->items, diags->n_items,
                                      &diags->items_capacity, sizeof *items);
  if (!items) {
    return 0;
  }
  diags->items = items;
  uint32_t at = diags->n_items;
  while (at && is_before(diags, &diag->place, &items[at - 1].place)) {
    --at;
  }
  memmove(items + at + 1, items + at, (diags->n_items - at) * sizeof *items);
  items[at] = *diag;
  ++diags->n_items;
  ++diags->n_kept[diag->severity];
  return 1;
}

// Says whether *diags* owns the texts of *diag* now. Without memory an error
// still counts.
static int
add(struct diags* diags, const struct diag* diag)
{
  if (diag->text && is_known(diags, diag)) {
    return 0;
  }
  ++diags->n_added[diag->severity];
  const int is_kept = diag->text && keep(diags, diag);
  diags->has_lost |= !is_kept;
  return is_kept;
}

void
diags_add(struct diags* diags, enum severity severity, const char* code,
          struct place place, const char* hint, const struct place* other,
          const char* format, ...)
{
  if (diags->n_kept[severity] == DIAGS_MAX_KEPT) {
    ++diags->n_added[severity]; // a million of them must not take long
    return;
  }
  struct diag diag = { .severity = severity, .place = place };
  strncpy(diag.code, code, sizeof diag.code - 1);
  if (other) {
    diag.other = *other;
  }
  char line[1024];
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof line, format, args);
  va_end(args);
  diag.text = make_visible(line, 0);
  diag.hint = hint ? make_visible(hint, 1) : NULL;
  if (!add(diags, &diag)) {
    mem_free(diag.text);
    mem_free(diag.hint);
  }
}

const char*
diags_suggest(const struct diags* diags, const char* word,
              const char* const* words, size_t n_words, char* out,
              size_t n_bytes)
{
  if (diags->n_added[SEVERITY_ERROR] > DIAGS_MAX_SHOWN) {
    return NULL;
  }
  const size_t n = n_words < SUGGEST_FROM ? n_words : SUGGEST_FROM;
  const char* const best = rill_nearest(word, words, n);
  if (!best) {
    return NULL;
  }
  snprintf(out, n_bytes, "did you mean '%s'?", best);
  return out;
}

uint32_t
diags_count(const struct diags* diags, enum severity severity)
{
  return diags->n_added[severity];
}

int
diags_has_lost(const struct diags* diags)
{
  return diags->has_lost;
}

const struct diag*
diags_get(const struct diags* diags, uint32_t index)
{
  return index < diags->n_items ? &diags->items[index] : NULL;
}

uint32_t
diags_n(const struct diags* diags)
{
  return diags->n_items;
}

const char*
severity_name(enum severity severity)
{
  static const char* const names[] = { "error", "warning", "note" };
  return names[severity];
}

// SPDX-License-Identifier: ISC
// Diagnostics as text for people.
#include "spec/diag.h"
#include "spec/utf8.h"

#include <string.h>

enum {
  TAB_COLUMNS = 4,
  WINDOW_COLUMNS = 72, // of a source line
  LEAD_COLUMNS = 24    // kept in front of the caret when the line is cut
};

static const char ELLIPSIS[] = "...";

enum style { STYLE_PLACE, STYLE_ERROR, STYLE_WARNING, STYLE_NOTE, STYLE_HINT };

struct printer {
  const struct diags* diags;
  FILE* to;
  int color;
};

// A source line, measured in columns of a terminal.
struct excerpt {
  const char* text;
  size_t n_bytes;
  unsigned caret; // where it starts
  unsigned caret_end;
  unsigned width;
};

static void
begin_style(const struct printer* p, enum style style)
{
  static const char* const codes[] = { "1", "1;31", "1;33", "1;36", "32" };
  if (p->color) {
    fprintf(p->to, "\033[%sm", codes[style]);
  }
}

static void
end_style(const struct printer* p)
{
  fputs(p->color ? "\033[0m" : "", p->to);
}

// File names come from the user, too.
static void
put_visible(FILE* out, const char* text)
{
  const size_t n = strlen(text);
  size_t length;
  for (size_t i = 0; i < n; i += length) {
    if (utf8_is_control(utf8_read(text + i, n - i, &length))) {
      fputc('?', out);
    } else {
      fwrite(text + i, 1, length, out);
    }
  }
}

static unsigned
columns_of(uint32_t c, unsigned at)
{
  return c == '\t'             ? TAB_COLUMNS - at % TAB_COLUMNS
         : utf8_is_control(c) ? 1
                              : utf8_width(c);
}

static void
measure(struct excerpt* line, const struct place* place)
{
  const uint32_t begin = place->column ? place->column : 1;
  const uint32_t end = begin + (place->length ? place->length : 1);
  uint32_t n = 1;
  size_t length;
  for (size_t i = 0; i < line->n_bytes; i += length, ++n) {
    if (n == begin) {
      line->caret = line->width;
    }
    if (n == end) {
      line->caret_end = line->width;
    }
    const uint32_t c = utf8_read(line->text + i, line->n_bytes - i, &length);
    line->width += columns_of(c, line->width);
  }
  if (n <= begin) { // behind the last character
    line->caret = line->width;
  }
  if (n <= end) {
    line->caret_end = line->width;
  }
  if (line->caret_end <= line->caret) {
    line->caret_end = line->caret + 1;
  }
}

// Prints what stands in the columns from *from* to *to*.
static void
put_columns(FILE* out, const struct excerpt* line, unsigned from, unsigned to)
{
  unsigned at = 0;
  size_t length;
  for (size_t i = 0; i < line->n_bytes && at < to; i += length) {
    const uint32_t c = utf8_read(line->text + i, line->n_bytes - i, &length);
    const unsigned next = at + columns_of(c, at);
    if (c != '\t' && at >= from && next <= to) {
      if (utf8_is_control(c)) {
        fputc('?', out);
      } else {
        fwrite(line->text + i, 1, length, out);
      }
    } else { // a tab, or half of a wide character
      for (unsigned x = at < from ? from : at; x < next && x < to; ++x) {
        fputc(' ', out);
      }
    }
    at = next;
  }
}

static void
put_repeated(FILE* out, char c, unsigned n)
{
  while (n--) {
    fputc(c, out);
  }
}

// The source line, cut so that the caret is in sight, and the caret below it.
static void
put_excerpt(const struct printer* p, const struct diag* d, struct excerpt* line)
{
  measure(line, &d->place);
  unsigned from = 0;
  unsigned to = line->width;
  if (to > WINDOW_COLUMNS) {
    from = line->caret > WINDOW_COLUMNS - LEAD_COLUMNS
             ? line->caret - LEAD_COLUMNS
             : 0;
    to = from + WINDOW_COLUMNS < to ? from + WINDOW_COLUMNS : to;
  }
  fprintf(p->to, "%4u | %s", d->place.line, from ? ELLIPSIS : "");
  put_columns(p->to, line, from, to);
  fprintf(p->to, "%s\n", to < line->width ? ELLIPSIS : "");

  const unsigned indent = line->caret - from + (from ? sizeof ELLIPSIS - 1 : 0);
  const unsigned end = line->caret_end > to ? to : line->caret_end;
  const unsigned n = end > line->caret ? end - line->caret : 1;
  fputs("     | ", p->to);
  put_repeated(p->to, ' ', indent);
  begin_style(p, STYLE_HINT);
  put_repeated(p->to, '^', n);
  fprintf(p->to, "%s%s", d->hint ? " " : "", d->hint ? d->hint : "");
  end_style(p);
  fputc('\n', p->to);
}

static void
put_hint_lines(const struct printer* p, const char* hint)
{
  while (*hint) {
    const int n = (int)strcspn(hint, "\n");
    fprintf(p->to, "     | %.*s\n", n, hint);
    hint += n + (hint[n] == '\n');
  }
}

static void
put_place(const struct printer* p, const struct place* place)
{
  if (!place->file) {
    return;
  }
  begin_style(p, STYLE_PLACE);
  put_visible(p->to, place->file);
  if (place->line) {
    fprintf(p->to, ":%u:%u", place->line, place->column);
  }
  end_style(p);
  fputs(": ", p->to);
}

static void
put_diag(const struct printer* p, const struct diag* d)
{
  put_place(p, &d->place);
  begin_style(p, (enum style)(STYLE_ERROR + (int)d->severity));
  fprintf(p->to, "%s[%s]", severity_name(d->severity), d->code);
  end_style(p);
  fprintf(p->to, ": %s\n", d->text);

  struct excerpt line = { 0 };
  const int is_long = d->hint && strchr(d->hint, '\n');
  line.text = is_long ? NULL
                      : diags_line(p->diags, d->place.file, d->place.line,
                                   &line.n_bytes);
  if (line.text) {
    put_excerpt(p, d, &line);
  } else if (d->hint) {
    put_hint_lines(p, d->hint);
  }
  if (d->other.file) {
    put_place(p, &d->other);
    fputs("note: first defined here\n", p->to);
  }
}

void
diags_print(const struct diags* diags, FILE* to, int color)
{
  const struct printer p = { diags, to, color };
  uint32_t n_shown[SEVERITY_NOTE + 1] = { 0 };
  for (uint32_t i = 0; i < diags_n(diags); ++i) {
    const struct diag* const d = diags_get(diags, i);
    if (n_shown[d->severity] < DIAGS_MAX_SHOWN) {
      ++n_shown[d->severity];
      put_diag(&p, d);
    }
  }
  for (int s = 0; s <= SEVERITY_NOTE; ++s) {
    const uint32_t n = diags_count(diags, (enum severity)s) - n_shown[s];
    if (n) {
      fprintf(to, "and %u more %s%s\n", n, severity_name((enum severity)s),
              n == 1 ? "" : "s");
    }
  }
}

// SPDX-License-Identifier: ISC
#include "spec/text_check.h"

#include "spec/codes.h"
#include "spec/utf8.h"

#include <string.h>

// Byte order marks of other encodings; the longer ones first.
static const struct {
  const char* bytes;
  size_t n_bytes;
  const char* name;
} marks[] = {
  { "\xff\xfe\0\0", 4, "UTF-32" },
  { "\0\0\xfe\xff", 4, "UTF-32" },
  { "\xff\xfe", 2, "UTF-16" },
  { "\xfe\xff", 2, "UTF-16" },
};

static const char*
encoding_of(const char* text, size_t n_bytes)
{
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; ++i) {
    if (n_bytes >= marks[i].n_bytes &&
        !memcmp(text, marks[i].bytes, marks[i].n_bytes)) {
      return marks[i].name;
    }
  }
  return NULL;
}

// The next line break of YAML 1.1 but not of 1.2, nor of most editors.
static int
is_odd_break(uint32_t c)
{
  return c == 0x85 || c == 0x2028 || c == 0x2029;
}

static int
is_refused(uint32_t c)
{
  return c == UTF8_BAD || is_odd_break(c) || c == 0x7f || c == 0xfffe ||
         c == 0xffff || (c >= 0x80 && c < 0xa0) ||
         (c < 0x20 && c != '\t' && c != '\n' && c != '\r');
}

static void
complain(struct diags* diags, struct place place, uint32_t c,
         unsigned char first)
{
  if (c == UTF8_BAD) {
    diags_add(diags, SEVERITY_ERROR, code_not_text, place,
              "save the file as UTF-8", NULL, "byte 0x%02x is not UTF-8",
              first);
  } else if (!c) {
    diags_add(diags, SEVERITY_ERROR, code_not_text, place, NULL, NULL,
              "a NUL byte: this is not a text file");
  } else {
    diags_add(diags, SEVERITY_ERROR, code_not_text, place,
              is_odd_break(c) ? "use a plain line break" : NULL, NULL,
              "control character U+%04X", c);
  }
}

// A directive could only say what a graph file is in any case.
static void
complain_directive(struct diags* diags, struct place place)
{
  diags_add(diags, SEVERITY_ERROR, code_refused_yaml, place,
            "leave this line out", NULL,
            "YAML directives (%%) are not used in graph files");
}

enum status
text_check(const char* file, const char* text, size_t n_bytes,
           struct diags* diags)
{
  struct place place = { file, 1, 1, 1 };
  const char* const encoding = encoding_of(text, n_bytes);
  if (encoding) {
    diags_add(diags, SEVERITY_ERROR, code_not_text, place,
              "save the file as UTF-8", NULL, "the file is %s", encoding);
    return STATUS_BAD_GRAPH;
  }
  size_t length;
  uint32_t last = 0;
  for (size_t i = utf8_mark_length(text, n_bytes); i < n_bytes; i += length) {
    const uint32_t c = utf8_read(text + i, n_bytes - i, &length);
    if (is_refused(c)) {
      complain(diags, place, c, (unsigned char)text[i]);
      return STATUS_BAD_GRAPH;
    }
    if (c == '%' && place.column == 1) {
      complain_directive(diags, place);
      return STATUS_BAD_GRAPH;
    }
    if (c == '\r' || (c == '\n' && last != '\r')) {
      ++place.line;
      place.column = 0;
    }
    place.column = c == '\n' ? 1 : place.column + 1;
    last = c;
  }
  return STATUS_OK;
}

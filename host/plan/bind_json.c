// SPDX-License-Identifier: ISC
// Maps and lists of a graph file as JSON text. YAML's words that look like
// numbers, true, false or null are that unless they are quoted.
#include "base/text.h"
#include "harness/param_text.h"
#include "plan/bind.h"

#include <string.h>

static void
put_string(struct text* out, const char* s)
{
  text_add(out, "\"");
  for (; *s; ++s) {
    const unsigned char c = (unsigned char)*s;
    if (c == '"' || c == '\\') {
      text_add(out, "\\%c", c);
    } else if (c < 0x20 || c == 0x7f) {
      text_add(out, "\\u%04x", c);
    } else {
      text_add_bytes(out, s, 1);
    }
  }
  text_add(out, "\"");
}

// Whether the bare word is JSON as it stands: a number, true, false or null.
static int
is_json(const struct word* word)
{
  static const struct rill_param_desc any = { .size = sizeof any,
                                              .type = RILL_TYPE_JSON };
  struct rill_value value;
  return !word->quoted && !strpbrk(word->text, "[]{}\" \t\r\n") &&
         rill_param_read(&any, word->text, &value, NULL, 0) >= 0;
}

static void
put_word(struct text* out, const struct word* word)
{
  if (!word->quoted && (!*word->text || !strcmp(word->text, "~"))) {
    text_add(out, "null");
  } else if (is_json(word)) {
    text_add(out, "%s", word->text);
  } else {
    put_string(out, word->text);
  }
}

// What closes each level; the depth of YAML is limited.
struct closers {
  char at[64];
  unsigned n;
};

// A comma unless a value is the first of its list, or stands behind its key.
static void
put_joint(struct text* out, char before)
{
  if (before != SHAPE_KEY && before != SHAPE_MAP && before != SHAPE_LIST) {
    text_add(out, ", ");
  }
}

static void
put_tree(struct text* out, const struct spec_value* value)
{
  struct closers closers = { .n = 0 };
  const struct word* word = value->words;
  char before = SHAPE_LIST; // nothing
  for (uint32_t i = 0; i < value->n_shape; ++i) {
    const char letter = value->shape[i];
    if (letter == SHAPE_END) {
      text_add_bytes(out, &closers.at[--closers.n], 1);
    } else {
      put_joint(out, before);
    }
    if (letter == SHAPE_KEY) {
      put_string(out, (word++)->text);
      text_add(out, ": ");
    } else if (letter == SHAPE_WORD) {
      put_word(out, word++);
    } else if (letter != SHAPE_END) {
      text_add_bytes(out, &letter, 1);
      closers.at[closers.n++] = letter == SHAPE_MAP ? '}' : ']';
    }
    before = letter;
  }
}

static void
put_list(struct text* out, const struct spec_value* value)
{
  const uint32_t width = value->rows ? value->n_words / value->rows : 0;
  text_add(out, "[");
  for (uint32_t i = 0; i < value->n_words; ++i) {
    text_add(out, "%s%s", i ? ", " : "", width && i % width == 0 ? "[" : "");
    put_word(out, &value->words[i]);
    text_add(out, "%s", width && i % width == width - 1 ? "]" : "");
  }
  text_add(out, "]");
}

char*
bind_json(const struct spec_value* value)
{
  struct text out = { 0 };
  if (value->shape) {
    put_tree(&out, value);
  } else {
    put_list(&out, value);
  }
  return text_take(&out);
}

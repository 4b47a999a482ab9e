// SPDX-License-Identifier: ISC
#include "spec/subst.h"

#include "base/text.h"
#include "spec/codes.h"
#include "spec/utf8.h"
#include "spec/yaml.h"

#include <string.h>

enum { MAX_NESTING = 8, MAX_NAME = 128 };

static const char NAME_CHARACTERS[] =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

struct scan {
  const struct subst* subst;
  const struct word* word;
  const char* at;
  unsigned nesting;
  int failed;
};

// A part of the word; the whole word where escapes or line breaks hide what
// stands where.
static struct place
place_of(const struct scan* scan, const char* begin, size_t n_bytes)
{
  const char* const text = scan->word->text;
  const uint32_t n_quotes = scan->word->quoted ? 2 : 0;
  struct place place = scan->word->place;
  if (place.length == utf8_count(text, strlen(text)) + n_quotes) {
    place.column += (uint32_t)utf8_count(text, (size_t)(begin - text));
    place.column += n_quotes / 2;
    place.length = (uint32_t)utf8_count(begin, n_bytes);
  }
  return place;
}

static enum status
complain(struct scan* scan, const char* begin, const char* text)
{
  diags_add(scan->subst->diags, SEVERITY_ERROR, code_bad_reference,
            place_of(scan, begin, 2),
            "write $(name) or $(name:-default); $$( gives a plain $(", NULL,
            "%s", text);
  scan->failed = 1;
  scan->at += strlen(scan->at); // where it goes on is anybody's guess
  return STATUS_OK;
}

static enum status
scan_until(struct scan* scan, char closer, struct text* out);

// Ends at the closer, or at the end of the text.
static enum status
scan_default(struct scan* scan, char closer, struct text* out)
{
  if (scan->nesting == MAX_NESTING) {
    return complain(scan, scan->at, "too many $( within each other");
  }
  ++scan->nesting;
  const enum status st = scan_until(scan, closer, out);
  --scan->nesting;
  return st;
}

static void
use(struct scan* scan, const struct subst_ref* ref, const char* fallback,
    struct text* out)
{
  const char* value = ref->value;
  if (ref->has_default && (!value || !*value)) {
    value = fallback;
  }
  if (ref->failed || !value) {
    scan->failed = 1;
  } else {
    text_add_bytes(out, value, strlen(value));
  }
}

// At $( or ${.
static enum status
scan_reference(struct scan* scan, struct text* out)
{
  const char* const begin = scan->at;
  const char closer = begin[1] == '(' ? ')' : '}';
  struct subst_ref ref = { 0 };
  ref.is_env = !strncmp(begin + 2, "env:", 4);
  ref.is_file = !strncmp(begin + 2, "file:", 5);
  const char* const start = begin + 2 + (ref.is_env ? 4 : ref.is_file ? 5 : 0);
  const size_t n = strspn(start, NAME_CHARACTERS);
  char name[MAX_NAME + 1] = "";
  scan->at = start + n;
  ref.has_default = !strncmp(scan->at, ":-", 2);
  if (!n || n > MAX_NAME || (*scan->at != closer && !ref.has_default)) {
    return complain(scan, begin,
                    n && !*scan->at ? "a $( that is never closed"
                                    : "not a name between $( and )");
  }
  memcpy(name, start, n);
  ref.name = name;

  struct text fallback = { 0 };
  enum status st = STATUS_OK;
  if (ref.has_default) {
    scan->at += 2;
    st = scan_default(scan, closer, &fallback);
  }
  if (!st && *scan->at != closer) {
    if (!scan->failed) {
      st = complain(scan, begin, "a $( that is never closed");
    }
  } else if (!st) {
    ++scan->at;
    ref.place = place_of(scan, begin, (size_t)(scan->at - begin));
    if (!(st = scan->subst->find(scan->subst->arg, &ref))) {
      use(scan, &ref, text_get(&fallback), out);
    }
  }
  st = fallback.failed ? STATUS_NO_MEMORY : st;
  text_fini(&fallback);
  return st;
}

static enum status
check_length(const struct scan* scan, const struct text* out)
{
  if (out->n <= YAML_MAX_SCALAR) {
    return STATUS_OK;
  }
  diags_add(scan->subst->diags, SEVERITY_ERROR, code_long_scalar,
            scan->word->place, NULL, NULL,
            "this becomes longer than %d bytes", YAML_MAX_SCALAR);
  return STATUS_BAD_GRAPH;
}

static int
is_opener(char c)
{
  return c == '(' || c == '{';
}

// To the end of the text, or to *closer* when that is not NUL.
static enum status
scan_until(struct scan* scan, char closer, struct text* out)
{
  const char stops[] = { '$', closer, '\0' };
  enum status st = STATUS_OK;
  while (!st && *scan->at && *scan->at != closer) {
    const char* const s = scan->at;
    if (s[0] == '$' && s[1] == '$' && is_opener(s[2])) {
      text_add_bytes(out, s + 1, 2);
      scan->at += 3;
    } else if (s[0] == '$' && is_opener(s[1])) {
      st = scan_reference(scan, out);
    } else {
      const size_t n = 1 + strcspn(s + 1, stops);
      text_add_bytes(out, s, n);
      scan->at += n;
    }
    st = st ? st : check_length(scan, out);
  }
  return st;
}

enum status
subst_word(const struct subst* subst, struct word* word, int* is_failed)
{
  *is_failed = 0;
  if (!word->text || !strchr(word->text, '$')) {
    return STATUS_OK;
  }
  struct scan scan = { subst, word, word->text, 0, 0 };
  struct text out = { 0 };
  enum status st = scan_until(&scan, '\0', &out);
  st = !st && out.failed ? STATUS_NO_MEMORY : st;
  if (!st && !scan.failed) {
    char* const text = store_strndup(subst->store, text_get(&out), out.n);
    st = text ? STATUS_OK : STATUS_NO_MEMORY;
    word->text = text ? text : word->text;
  }
  *is_failed = scan.failed;
  text_fini(&out);
  return st;
}

// SPDX-License-Identifier: ISC
// The forms that values have: maps, lists, scalars.
#include "spec/parse.h"

#include "spec/codes.h"

#include <stdio.h>
#include <string.h>

enum { MAX_RULES = 24 };

enum status
parse_next(struct parser* p)
{
  return yaml_next(p->yaml, &p->event);
}

int
parse_is_null(const struct parser* p)
{
  const struct word* const word = &p->event.word;
  return p->event.kind == EVENT_SCALAR && !word->quoted &&
         (!*word->text || !strcmp(word->text, "~") ||
          !strcmp(word->text, "null"));
}

enum status
parse_refuse_shape(struct parser* p, const char* what, const char* wanted)
{
  static const char* const names[] = { "a single value", "a list", "a map" };
  if (p->event.kind <= EVENT_MAP) {
    diags_add(p->diags, SEVERITY_ERROR, code_shape, p->event.word.place, NULL,
              NULL, "%s must be %s, not %s", what, wanted,
              names[p->event.kind]);
  }
  return parse_skip(p);
}

static int
is_name_character(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-';
}

int
parse_check_name(const struct parser* p, const struct word* name,
                 const char* what)
{
  size_t n = 0;
  while (is_name_character(name->text[n])) {
    ++n;
  }
  if (n && n <= DOCUMENT_MAX_NAME && !name->text[n]) {
    return 1;
  }
  diags_add(p->diags, SEVERITY_ERROR, code_bad_name, name->place,
            "use 1 to 64 of A-Z a-z 0-9 _ -", NULL, "'%.80s' cannot be a %s",
            name->text, what);
  return 0;
}

// Steps to the next key that can be used; its text is null at the end.
static enum status
next_key(struct parser* p, struct names* seen, struct word* key)
{
  enum status st;
  while (!(st = parse_next(p)) && p->event.kind != EVENT_END) {
    const int is_merge = p->event.kind == EVENT_SCALAR &&
                         !p->event.word.quoted &&
                         !strcmp(p->event.word.text, "<<");
    if (p->event.kind == EVENT_SCALAR && !is_merge) {
      *key = p->event.word;
      struct word* const kept = store_new_item(p->store, struct word);
      if (!kept || names_add(seen, kept)) {
        return STATUS_NO_MEMORY;
      }
      *kept = *key;
      return parse_next(p);
    }
    if (is_merge) {
      diags_add(p->diags, SEVERITY_ERROR, code_refused_yaml,
                p->event.word.place, "use 'templates' for what repeats", NULL,
                "merge keys (<<) are not used in graph files");
    } else if ((st = parse_refuse_shape(p, "a key", "a single value"))) {
      return st;
    }
    if ((st = parse_next(p)) || (st = parse_skip(p))) { // its value
      return st;
    }
  }
  key->text = NULL;
  return st;
}

typedef enum status entry_function(struct parser* p, void* target,
                                   const struct word* key);

// The current event is the start of a map. *keys* says what its keys are, null
// that they may stand there twice.
static enum status
walk_map(struct parser* p, void* target, const char* keys,
         entry_function* entry)
{
  struct names seen = { 0 };
  struct word key;
  enum status st;
  while (!(st = next_key(p, &seen, &key)) && key.text) {
    if ((st = entry(p, target, &key))) {
      break;
    }
  }
  if (!st && keys) {
    names_sort(&seen, p->diags, code_duplicate_key, keys);
  }
  names_fini(&seen);
  return st;
}

static enum status
parse_map(struct parser* p, void* target, const char* what, const char* keys,
          entry_function* entry)
{
  if (parse_is_null(p)) {
    return STATUS_OK;
  }
  if (p->event.kind != EVENT_MAP) {
    return parse_refuse_shape(p, what, "a map");
  }
  return walk_map(p, target, keys, entry);
}

enum status
parse_entries(struct parser* p, void* target, const char* what,
              entry_function* entry)
{
  return parse_map(p, target, what, "key", entry);
}

enum status
parse_definitions(struct parser* p, void* target, const char* what,
                  entry_function* entry)
{
  return parse_map(p, target, what, NULL, entry);
}

static enum status
skip_entry(struct parser* p, void* target, const struct word* key)
{
  (void)target;
  (void)key;
  return parse_skip(p);
}

enum status
parse_skip(struct parser* p)
{
  enum status st = STATUS_OK;
  if (p->event.kind == EVENT_MAP) {
    return walk_map(p, NULL, "key", skip_entry);
  }
  if (p->event.kind == EVENT_LIST) {
    while (!(st = parse_next(p)) && p->event.kind != EVENT_END) {
      if ((st = parse_skip(p))) {
        return st;
      }
    }
  }
  return st;
}

static void
complain_unknown(const struct parser* p, const struct parse_rule* rules,
                 size_t n_rules, const char* what, const struct word* key)
{
  const char* names[MAX_RULES];
  const size_t n = n_rules < MAX_RULES ? n_rules : MAX_RULES;
  for (size_t i = 0; i < n; ++i) {
    names[i] = rules[i].key;
  }
  char hint[128];
  const char* const nearest =
    diags_suggest(p->diags, key->text, names, n, hint, sizeof hint);
  diags_add(p->diags, SEVERITY_ERROR, code_unknown_key, key->place, nearest,
            NULL, "unknown key '%.80s' in %s", key->text, what);
}

enum status
parse_by_rule(struct parser* p, const struct parse_rule* rules, size_t n_rules,
              void* target, const char* what, const struct word* key)
{
  for (size_t i = 0; i < n_rules; ++i) {
    if (!strcmp(key->text, rules[i].key)) {
      return rules[i].parse(p, target, key);
    }
  }
  if (strncmp(key->text, "x-", 2) != 0) { // those are the user's own
    complain_unknown(p, rules, n_rules, what, key);
  }
  return parse_skip(p);
}

// What parse_rules hands on to each entry.
struct rule_walk {
  const struct parse_rule* rules;
  size_t n_rules;
  void* target;
  const char* what;
};

static enum status
rule_entry(struct parser* p, void* target, const struct word* key)
{
  const struct rule_walk* const walk = target;
  return parse_by_rule(p, walk->rules, walk->n_rules, walk->target, walk->what,
                       key);
}

enum status
parse_rules(struct parser* p, const struct parse_rule* rules, size_t n_rules,
            void* target, const char* what)
{
  struct rule_walk walk = { rules, n_rules, target, what };
  return parse_entries(p, &walk, what, rule_entry);
}

enum status
parse_word(struct parser* p, void* target, const struct word* key)
{
  if (p->event.kind == EVENT_SCALAR) {
    *(struct word*)target = p->event.word;
    return STATUS_OK;
  }
  char what[128];
  snprintf(what, sizeof what, "'%.80s'", key->text);
  return parse_refuse_shape(p, what, "a single value");
}

enum status
parse_pair(struct parser* p, struct document_pair** pairs, uint32_t* n_pairs,
           const struct word* key)
{
  struct document_pair* const items =
    store_grow(p->store, *pairs, *n_pairs, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  *pairs = items;
  struct document_pair* const pair = &items[(*n_pairs)++];
  *pair = (struct document_pair){ .key = *key };
  return parse_is_null(p) ? STATUS_OK : parse_word(p, &pair->value, key);
}

enum status
parse_list(struct parser* p, void* target, const char* what,
           enum status (*item)(struct parser* p, void* target))
{
  if (p->event.kind == EVENT_SCALAR) {
    return item(p, target);
  }
  if (p->event.kind != EVENT_LIST) {
    return parse_refuse_shape(p, what, "a single value or a list");
  }
  enum status st;
  while (!(st = parse_next(p)) && p->event.kind != EVENT_END) {
    st = p->event.kind == EVENT_SCALAR
           ? item(p, target)
           : parse_refuse_shape(p, "an item of this list", "a single value");
    if (st) {
      return st;
    }
  }
  return st;
}

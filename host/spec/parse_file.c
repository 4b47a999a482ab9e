// SPDX-License-Identifier: ISC
// The top level of a file.
#include "spec/codes.h"
#include "spec/parse.h"
#include "spec/text_check.h"

#include <stdio.h>
#include <string.h>

static const char VERSION[] = "1";

// Another version may give every other key another meaning: nothing else is
// said about such a file.
static enum status
parse_version(struct parser* p, void* target, const struct word* key)
{
  (void)target;
  (void)key;
  const struct word* const word = &p->event.word;
  const int is_scalar = p->event.kind == EVENT_SCALAR;
  if (is_scalar && !strcmp(word->text, VERSION)) {
    return STATUS_OK;
  }
  diags_add(p->diags, SEVERITY_ERROR, code_version, word->place, NULL, NULL,
            "version '%.20s' of the file format is unknown; this rill reads %s",
            is_scalar ? word->text : "", VERSION);
  return STATUS_BAD_GRAPH;
}

static enum status
parse_name(struct parser* p, void* document, const struct word* key)
{
  struct word name;
  struct word* const where =
    p->part == PARSE_MAIN ? &((struct document*)document)->name : &name;
  return parse_word(p, where, key);
}

static enum status
parse_doc(struct parser* p, void* document, const struct word* key)
{
  struct word doc;
  struct word* const where =
    p->part == PARSE_MAIN ? &((struct document*)document)->doc : &doc;
  return parse_word(p, where, key);
}

static enum status
add_node(struct parser* p, void* target, const struct word* key)
{
  struct document* const document = target;
  return parse_node(p, &document->nodes, &document->n_nodes, key);
}

static enum status
parse_nodes(struct parser* p, void* document, const struct word* key)
{
  struct document* const it = document;
  it->has_nodes = 1;
  const uint32_t n_nodes = it->n_all_nodes;
  const uint32_t n_errors = diags_count(p->diags, SEVERITY_ERROR);
  const enum status st = parse_definitions(p, it, "'nodes'", add_node);
  if (!st && n_nodes == it->n_all_nodes &&
      n_errors == diags_count(p->diags, SEVERITY_ERROR)) {
    diags_add(p->diags, SEVERITY_ERROR, code_missing_key, key->place, NULL,
              NULL, "there are no nodes");
  }
  return st;
}

static enum status
add_include(struct parser* p, void* target)
{
  struct document* const document = target;
  if (document->n_includes == DOCUMENT_MAX_INCLUDES) {
    diags_add(p->diags, SEVERITY_ERROR, code_many_includes,
              p->event.word.place, NULL, NULL, "more than %d included files",
              DOCUMENT_MAX_INCLUDES);
    return STATUS_OK;
  }
  struct word* const items = store_grow(p->store, document->includes,
                                        document->n_includes, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  document->includes = items;
  items[document->n_includes++] = p->event.word;
  return STATUS_OK;
}

static enum status
parse_include(struct parser* p, void* document, const struct word* key)
{
  (void)key;
  return parse_is_null(p) ? STATUS_OK
                          : parse_list(p, document, "'include'", add_include);
}

// Only the graph itself says how it runs.
static int
check_main(const struct parser* p, const struct word* key)
{
  if (p->part == PARSE_MAIN) {
    return 1;
  }
  diags_add(p->diags, SEVERITY_ERROR, code_unknown_key, key->place,
            "move it to the file that includes this one", NULL,
            "'%s' cannot stand in an included file", key->text);
  return 0;
}

static enum status
parse_convert(struct parser* p, void* document, const struct word* key)
{
  return check_main(p, key)
           ? parse_word(p, &((struct document*)document)->convert, key)
           : parse_skip(p);
}

static enum status
parse_block(struct parser* p, void* document, const struct word* key)
{
  return parse_word(p, &((struct document*)document)->block, key);
}

static enum status
parse_threads(struct parser* p, void* document, const struct word* key)
{
  return parse_word(p, &((struct document*)document)->threads, key);
}

static enum status
parse_mode(struct parser* p, void* document, const struct word* key)
{
  return parse_word(p, &((struct document*)document)->mode, key);
}

static const struct parse_rule run_rules[] = {
  { "block", parse_block },
  { "threads", parse_threads },
  { "mode", parse_mode },
};

static enum status
parse_run(struct parser* p, void* document, const struct word* key)
{
  if (!check_main(p, key)) {
    return parse_skip(p);
  }
  ((struct document*)document)->run = key->place;
  return parse_rules(p, run_rules, sizeof run_rules / sizeof run_rules[0],
                     document, "'run'");
}

static enum status
skip_any(struct parser* p, void* target, const struct word* key)
{
  (void)target;
  (void)key;
  return parse_skip(p);
}

// Known, of a known form, and of no meaning to a spec.
static enum status
parse_later(struct parser* p, void* document, const struct word* key)
{
  char what[32];
  snprintf(what, sizeof what, "'%s'", key->text);
  return check_main(p, key) ? parse_entries(p, document, what, skip_any)
                            : parse_skip(p);
}

static const struct parse_rule top_rules[] = {
  { "rill", parse_version },   { "name", parse_name },
  { "doc", parse_doc },        { "include", parse_include },
  { "vars", parse_vars },      { "templates", parse_templates },
  { "nodes", parse_nodes },    { "convert", parse_convert },
  { "run", parse_run },        { "errors", parse_later },
  { "edges", parse_later },    { "batch", parse_later },
  { "control", parse_later },  { "metrics", parse_later },
  { "tests", parse_later },
};

// The top level of one file.
struct top {
  struct document* document;
  int n_keys;
};

static enum status
top_entry(struct parser* p, void* target, const struct word* key)
{
  struct top* const top = target;
  if (!top->n_keys++ && strcmp(key->text, "rill") != 0) {
    diags_add(p->diags, SEVERITY_ERROR, code_version, key->place,
              "write 'rill: 1' above it", NULL, "the first key must be 'rill'");
  }
  return parse_by_rule(p, top_rules, sizeof top_rules / sizeof top_rules[0],
                       top->document, "the graph", key);
}

static enum status
parse_top(struct parser* p)
{
  struct top top = { p->document, 0 };
  enum status st = parse_next(p);
  if (st) {
    return st;
  }
  if (p->event.kind == EVENT_DONE || parse_is_null(p)) {
    diags_add(p->diags, SEVERITY_ERROR, code_empty, p->event.word.place,
              "a graph starts with 'rill: 1'", NULL, "the file holds no graph");
    return STATUS_BAD_GRAPH;
  }
  if (p->event.kind != EVENT_MAP) {
    st = parse_refuse_shape(p, "a graph", "a map");
    return st ? st : STATUS_BAD_GRAPH;
  }
  st = parse_entries(p, &top, "a graph", top_entry);
  return st ? st : parse_next(p); // a second document is refused there
}

enum status
parse_file(const char* file, const char* text, size_t n_bytes,
           enum parse_part part, struct diags* diags, struct store* store,
           struct document* document)
{
  enum status st = text_check(file, text, n_bytes, diags);
  struct parser p = { NULL, diags, store, document, part, { 0 } };
  if (st) {
    return st;
  }
  if (!(p.yaml = yaml_open(file, text, n_bytes, diags, store))) {
    return STATUS_NO_MEMORY;
  }
  st = parse_top(&p);
  yaml_close(p.yaml);
  return st;
}

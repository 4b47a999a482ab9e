// SPDX-License-Identifier: ISC
#include "spec/yaml.h"

#include "base/mem.h"
#include "spec/codes.h"
#include "spec/utf8.h"
#include "spec/yaml_problem.h"

#include <string.h>
#include <yaml.h>

struct yaml {
  yaml_parser_t parser;
  const char* file;
  struct diags* diags;
  struct store* store;
  unsigned depth;
  int has_document;
};

struct yaml*
yaml_open(const char* file, const char* text, size_t n_bytes,
          struct diags* diags, struct store* store)
{
  struct yaml* const yaml = mem_new(struct yaml);
  if (!yaml) {
    return NULL;
  }
  if (!yaml_parser_initialize(&yaml->parser)) {
    mem_free(yaml);
    return NULL;
  }
  yaml->file = file;
  yaml->diags = diags;
  yaml->store = store;
  const size_t n_mark = utf8_mark_length(text, n_bytes);
  yaml_parser_set_encoding(&yaml->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(
    &yaml->parser, (const unsigned char*)text + n_mark, n_bytes - n_mark);
  return yaml;
}

void
yaml_close(struct yaml* yaml)
{
  if (yaml) {
    yaml_parser_delete(&yaml->parser);
    mem_free(yaml);
  }
}

static struct place
place_of(const struct yaml* yaml, const yaml_event_t* event)
{
  const yaml_mark_t* const begin = &event->start_mark;
  const yaml_mark_t* const end = &event->end_mark;
  const size_t n = end->line == begin->line ? end->index - begin->index : 1;
  return (struct place){ yaml->file, (uint32_t)begin->line + 1,
                         (uint32_t)begin->column + 1, n ? (uint32_t)n : 1 };
}

static struct place
place_of_mark(const struct yaml* yaml, const yaml_mark_t* mark)
{
  return (struct place){ yaml->file, (uint32_t)mark->line + 1,
                         (uint32_t)mark->column + 1, 1 };
}

static enum status
fail(struct yaml* yaml)
{
  const yaml_parser_t* const parser = &yaml->parser;
  if (parser->error == YAML_MEMORY_ERROR) {
    return STATUS_NO_MEMORY;
  }
  const struct yaml_problem problem = {
    .what = parser->problem,
    .within = parser->context,
    .place = place_of_mark(yaml, &parser->problem_mark),
    .begin = place_of_mark(yaml, &parser->context_mark),
  };
  yaml_problem_report(&problem, yaml->diags);
  return STATUS_BAD_GRAPH;
}

static void
refuse(const struct yaml* yaml, struct place place, const char* what,
       const char* hint)
{
  diags_add(yaml->diags, SEVERITY_ERROR, code_refused_yaml, place, hint, NULL,
            "%s are not used in graph files", what);
}

// Anchors and tags are complained about and then ignored.
static void
refuse_properties(const struct yaml* yaml, struct place place,
                  const yaml_char_t* anchor, const yaml_char_t* tag)
{
  if (anchor) {
    refuse(yaml, place, "anchors (&name)",
           "use 'vars' or 'templates' for what repeats");
  }
  if (tag) {
    refuse(yaml, place, "tags (!name)", "leave it out: types are known");
  }
}

static enum status
take_scalar(struct yaml* yaml, const yaml_event_t* from, struct event* out)
{
  const char* const text = (const char*)from->data.scalar.value;
  const size_t n_bytes = from->data.scalar.length;
  refuse_properties(yaml, out->word.place, from->data.scalar.anchor,
                    from->data.scalar.tag);
  if (n_bytes > YAML_MAX_SCALAR) {
    diags_add(yaml->diags, SEVERITY_ERROR, code_long_scalar, out->word.place,
              NULL, NULL, "a value of %zu bytes; at most %d are allowed",
              n_bytes, YAML_MAX_SCALAR);
    return STATUS_BAD_GRAPH;
  }
  if (memchr(text, '\0', n_bytes)) {
    diags_add(yaml->diags, SEVERITY_ERROR, code_not_text, out->word.place, NULL,
              NULL, "a value with a NUL character in it");
    out->kind = EVENT_REFUSED;
    return STATUS_OK;
  }
  out->kind = EVENT_SCALAR;
  out->word.quoted = from->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  out->word.text = store_strndup(yaml->store, text, n_bytes);
  return out->word.text ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
go_down(struct yaml* yaml, struct event* out, enum event_kind kind)
{
  out->kind = kind;
  if (++yaml->depth <= YAML_MAX_DEPTH) {
    return STATUS_OK;
  }
  diags_add(yaml->diags, SEVERITY_ERROR, code_too_deep, out->word.place, NULL,
            NULL, "lists and maps nested more than %d deep", YAML_MAX_DEPTH);
  return STATUS_BAD_GRAPH;
}

static enum status
begin_document(struct yaml* yaml, struct place place)
{
  if (yaml->has_document) {
    diags_add(yaml->diags, SEVERITY_ERROR, code_refused_yaml, place,
              "put it into a file of its own", NULL,
              "a second document in one file");
    return STATUS_BAD_GRAPH;
  }
  yaml->has_document = 1;
  return STATUS_OK;
}

// Sets *is_shown to 0 for what is only frame work.
static enum status
take(struct yaml* yaml, const yaml_event_t* from, struct event* out,
     int* is_shown)
{
  out->word = (struct word){ .place = place_of(yaml, from) };
  *is_shown = 1;
  switch (from->type) {
    case YAML_SCALAR_EVENT: return take_scalar(yaml, from, out);
    case YAML_SEQUENCE_START_EVENT:
      refuse_properties(yaml, out->word.place, from->data.sequence_start.anchor,
                        from->data.sequence_start.tag);
      return go_down(yaml, out, EVENT_LIST);
    case YAML_MAPPING_START_EVENT:
      refuse_properties(yaml, out->word.place, from->data.mapping_start.anchor,
                        from->data.mapping_start.tag);
      return go_down(yaml, out, EVENT_MAP);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      --yaml->depth;
      out->kind = EVENT_END;
      return STATUS_OK;
    case YAML_ALIAS_EVENT:
      refuse(yaml, out->word.place, "aliases (*name)",
             "write it out, or use 'vars' or 'templates'");
      out->kind = EVENT_REFUSED;
      return STATUS_OK;
    case YAML_DOCUMENT_START_EVENT:
      *is_shown = 0;
      return begin_document(yaml, out->word.place);
    case YAML_STREAM_END_EVENT: out->kind = EVENT_DONE; return STATUS_OK;
    default: *is_shown = 0; return STATUS_OK;
  }
}

enum status
yaml_next(struct yaml* yaml, struct event* out)
{
  enum status st = STATUS_OK;
  int is_shown = 0;
  while (!st && !is_shown) {
    yaml_event_t event;
    if (!yaml_parser_parse(&yaml->parser, &event)) {
      return fail(yaml);
    }
    st = take(yaml, &event, out, &is_shown);
    yaml_event_delete(&event);
  }
  return st;
}

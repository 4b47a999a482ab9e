// SPDX-License-Identifier: ISC
#include "spec/spec.h"

#include "base/mem.h"
#include "spec/store.h"
#include "spec/codes.h"
#include "spec/document.h"
#include "spec/expand.h"
#include "spec/file.h"
#include "spec/include.h"
#include "spec/parse.h"
#include "spec/spec_run.h"
#include "spec/vars.h"

#include <string.h>
#include <unistd.h>

// With the text of the file, libyaml's buffers and the diagnostics, a process
// stays below 64 MiB.
enum { STORE_BYTES = 32 * 1024 * 1024 };

// What spec_parse was given.
struct request {
  const char* file; // as in messages
  const char* text;
  size_t n_bytes;
  const struct spec_setting* settings;
  uint32_t n_settings;
  struct diags* diags;
};

void
spec_free(struct spec* spec)
{
  if (spec) {
    store_free(spec->store); // the spec itself is in there
  }
}

const struct spec_node*
spec_find_node(const struct spec* spec, const char* id)
{
  for (uint32_t i = 0; i < spec->n_nodes; ++i) {
    if (!strcmp(spec->nodes[i].id.text, id)) {
      return &spec->nodes[i];
    }
  }
  return NULL;
}

const struct spec_var*
spec_find_var(const struct spec* spec, const char* name)
{
  for (uint32_t i = 0; i < spec->n_vars; ++i) {
    if (!strcmp(spec->vars[i].name.text, name)) {
      return &spec->vars[i];
    }
  }
  return NULL;
}

// All files, into one document.
static enum status
read_all(const struct request* r, struct spec* spec, struct document* document)
{
  const struct include_root root = { r->file, r->n_bytes, r->diags,
                                     spec->store };
  enum status st = parse_file(r->file, r->text, r->n_bytes, PARSE_MAIN,
                              r->diags, spec->store, document);
  if (st || (st = include_files(&root, document))) {
    return st;
  }
  // What stands in a file that was not read is not known to be missing.
  return document->is_broken ? STATUS_BAD_GRAPH : STATUS_OK;
}

static enum status
work_in(const struct request* r, struct spec* spec, struct document* document,
        struct vars* vars)
{
  struct expansion x = { .document = document, .vars = vars, .diags = r->diags,
                         .store = spec->store, .spec = spec };
  enum status st = expand_all(&x);
  st = st ? st : spec_run_read(document, vars, r->diags, spec);
  return st ? st : vars_finish(vars, &spec->vars, &spec->n_vars);
}

static enum status
build(const struct request* r, struct spec* spec, struct document* document)
{
  struct vars* vars = NULL;
  enum status st = read_all(r, spec, document);
  st = st ? st : document_check(document, r->file, r->diags);
  st = st ? st
          : vars_new(document, r->file, r->settings, r->n_settings, r->diags,
                     spec->store, &vars);
  st = st ? st : work_in(r, spec, document, vars);
  vars_free(vars);
  return st;
}

static enum status
outcome_of(enum status st, const struct request* r, const struct store* store,
           uint32_t n_errors)
{
  if (st == STATUS_NO_MEMORY && store_is_full(store)) {
    diags_add(r->diags, SEVERITY_ERROR, code_too_large,
              (struct place){ r->file, 0, 0, 0 }, NULL, NULL,
              "the graph becomes larger than %d MiB", STORE_BYTES >> 20);
    return STATUS_BAD_GRAPH;
  }
  if (diags_has_lost(r->diags)) {
    return STATUS_NO_MEMORY;
  }
  if (!st && diags_count(r->diags, SEVERITY_ERROR) != n_errors) {
    return STATUS_BAD_GRAPH;
  }
  return st;
}

static enum status
make(const struct request* r, struct spec** out)
{
  const uint32_t n_errors = diags_count(r->diags, SEVERITY_ERROR);
  struct store* const store = store_new(STORE_BYTES);
  struct spec* const spec = store ? store_new_item(store, struct spec) : NULL;
  if (!spec) {
    store_free(store);
    return STATUS_NO_MEMORY;
  }
  struct document document = { 0 };
  spec->store = store;
  spec->file = r->file;
  enum status st = build(r, spec, &document);
  document_fini(&document);
  if ((st = outcome_of(st, r, store, n_errors))) {
    spec_free(spec);
    return st;
  }
  *out = spec;
  return STATUS_OK;
}

enum status
spec_parse(const char* file, const char* text, size_t n_bytes,
           const struct spec_setting* settings, uint32_t n_settings,
           struct diags* diags, struct spec** out)
{
  struct request r = { NULL, text, n_bytes, settings, n_settings, diags };
  const int is_too_large = n_bytes > FILE_MAX_BYTES;
  r.file = is_too_large ? diags_file(diags, file)
                        : diags_add_source(diags, file, text, n_bytes);
  if (!r.file) {
    return STATUS_NO_MEMORY;
  }
  if (is_too_large) {
    diags_add(diags, SEVERITY_ERROR, code_too_large,
              (struct place){ r.file, 0, 0, 0 }, NULL, NULL,
              "a graph file larger than 1 MiB");
    return STATUS_BAD_GRAPH;
  }
  return make(&r, out);
}

static enum status
refuse_file(struct diags* diags, const char* path, enum status st,
            const char* reason, const char* hint)
{
  const char* const file = diags_file(diags, path);
  if (!file || st == STATUS_NO_MEMORY) {
    return STATUS_NO_MEMORY;
  }
  diags_add(diags, SEVERITY_ERROR,
            st == STATUS_LIMIT ? code_too_large : code_unreadable,
            (struct place){ file, 0, 0, 0 }, hint, NULL,
            "cannot read the graph: %s", reason);
  return STATUS_BAD_GRAPH;
}

enum status
spec_read(const char* path, const struct spec_setting* settings,
          uint32_t n_settings, struct diags* diags, struct spec** out)
{
  const int is_stdin = !strcmp(path, "-");
  const char* const shown = is_stdin ? "<stdin>" : path;
  const char* reason = NULL;
  const char* hint = NULL;
  const int fd = is_stdin ? STDIN_FILENO : file_open(path, &reason, &hint);
  if (fd < 0) {
    return refuse_file(diags, shown, STATUS_BAD_GRAPH, reason, hint);
  }
  char* text = NULL;
  size_t n_bytes = 0;
  enum status st = file_read(fd, &text, &n_bytes, &reason);
  if (!is_stdin) {
    close(fd);
  }
  if (st) {
    return refuse_file(diags, shown, st, reason, NULL);
  }
  st = spec_parse(shown, text, n_bytes, settings, n_settings, diags, out);
  mem_free(text);
  return st;
}

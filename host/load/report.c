// SPDX-License-Identifier: ISC
#include "load/report.h"

#include "load/describe.h"
#include "load/library_steps.h"
#include "load/wire.h"

#include <stdio.h>
#include <string.h>

/// The fixed part of the flat form.
struct head {
  uint32_t status;
  uint32_t may_pass;
  const char* reason;
  char hash[SHA256_HEX];
  const char* pinned;
  const char* warning;
  uint32_t n_types;
};

static void
walk_head(struct wire* w, struct head* head)
{
  wire_count(w, "status", &head->status, N_STATUS - 1);
  wire_u32(w, &head->may_pass);
  wire_text(w, "reason", &head->reason, REASON_BYTES);
  wire_bytes(w, head->hash, sizeof head->hash);
  wire_text(w, "pinned", &head->pinned, REASON_BYTES);
  wire_text(w, "warning", &head->warning, REASON_BYTES);
  wire_count(w, "types", &head->n_types, DESCRIBE_MAX_TYPES);
}

static enum status
write_head(struct head* head, struct text* out)
{
  struct reason unused;
  struct wire w = { .out = out, .reason = &unused };
  walk_head(&w, head);
  return w.status;
}

enum status
report_fail(const struct reason* reason, enum status status, struct text* out)
{
  struct head head = { .status = status,
                       .may_pass = (uint32_t)reason->may_pass,
                       .reason = reason->text[0] ? reason->text
                                                 : status_text(status),
                       .pinned = "",
                       .warning = "" };
  return write_head(&head, out);
}

static void
join(char* out, size_t n_bytes, const char* text)
{
  const size_t n = strlen(out);
  snprintf(out + n, n_bytes - n, "%s%s", n && *text ? "; " : "", text);
}

// All that an author should know, in one line.
static void
warn(const struct library* library, char out[static REASON_BYTES])
{
  static const enum elf_trait traits[] = { ELF_TEXTREL, ELF_EXEC_STACK };
  const struct elf_facts* const facts = &library->facts;
  char text[REASON_BYTES] = "";
  out[0] = '\0';
  if (facts->n_extra) {
    snprintf(text, sizeof text,
             "exports %u more than " RILL_ENTRY_SYMBOL " (%s): build with "
             "-fvisibility=hidden", facts->n_extra, facts->extra);
    join(out, REASON_BYTES, text);
  }
  for (size_t i = 0; i < sizeof traits / sizeof traits[0]; ++i) {
    if (facts->traits & traits[i]) {
      snprintf(text, sizeof text, "has %s", elf_trait_name(traits[i]));
      join(out, REASON_BYTES, text);
    }
  }
  join(out, REASON_BYTES, library_warning(library));
}

static void
walk_type(struct wire* w, struct report_type* type, uint32_t* n_bytes)
{
  wire_text(w, "name", &type->name, DESCRIBE_MAX_WORD);
  wire_text(w, "id", &type->id, DESCRIBE_MAX_WORD);
  wire_u32(w, n_bytes);
}

// *copy* is what was made of *bytes*: the plugin's own memory may have changed.
static enum status
write_type(const struct rill_node_desc* copy, const struct text* bytes,
           struct text* out, struct reason* reason)
{
  struct report_type type = { .name = copy->name, .id = copy->id };
  uint32_t n_bytes = (uint32_t)bytes->n;
  struct wire w = { .out = out, .reason = reason };
  walk_type(&w, &type, &n_bytes);
  wire_bytes(&w, bytes->data, bytes->n);
  return w.status;
}

// Reads back what was written: the checks are done on our own copy.
static enum status
add_type(const struct rill_node_desc* live, struct text* out,
         struct reason* reason)
{
  struct text bytes = { 0 };
  struct arena arena = { 0 };
  const struct rill_node_desc* copy = NULL;
  size_t position = 0;
  enum status st;
  if (!(st = describe_write(live, &bytes, reason)) &&
      !(st = describe_read(&bytes, &position, &arena, &copy, reason))) {
    st = write_type(copy, &bytes, out, reason);
  }
  arena_fini(&arena);
  text_fini(&bytes);
  return st;
}

static enum status
describe_all(struct library* library, struct text* out, struct reason* reason)
{
  const char* const pinned = library_pinned(library);
  char warning[REASON_BYTES];
  warn(library, warning);
  struct head head = { .status = STATUS_OK,
                       .reason = "",
                       .pinned = pinned ? pinned : "",
                       .warning = warning,
                       .n_types = library_n_types(library) };
  memcpy(head.hash, library_hash(library), sizeof head.hash);
  enum status st = write_head(&head, out);
  for (uint32_t i = 0; !st && i < head.n_types; ++i) {
    st = add_type(library_get_type(library, i), out, reason);
  }
  return st;
}

/// Who is told how far it has come.
struct listener {
  void (*step)(void* arg, enum report_step step);
  void* arg;
};

static void
tell(const struct listener* to, enum report_step step)
{
  if (to->step) {
    to->step(to->arg, step);
  }
}

static void
tell_library(void* arg, enum library_step step)
{
  tell(arg, step == LIBRARY_LOAD ? REPORT_LOAD : REPORT_OPEN);
}

static enum status
make(const char* path, struct listener* listener, struct text* out,
     struct reason* reason)
{
  const struct library_source source = { .path = path,
                                         .staging = STAGING_MEMORY,
                                         .step = tell_library,
                                         .arg = listener };
  struct library* library = NULL;
  enum status st = library_begin(&source, &library, reason);
  if (st) {
    return st;
  }
  tell(listener, REPORT_DESCRIBE);
  st = describe_all(library, out, reason);
  tell(listener, REPORT_CLOSE);
  library_close(library);
  return st;
}

enum status
report_make(const char* path, void (*step)(void* arg, enum report_step step),
            void* arg, struct text* out)
{
  struct listener listener = { step, arg };
  struct reason reason = { 0 };
  struct text made = { 0 };
  enum status st = make(path, &listener, &made, &reason);
  if (!st) {
    text_add_bytes(out, made.data, made.n);
    st = out->failed ? STATUS_NO_MEMORY : STATUS_OK;
  } else if (st != STATUS_NO_MEMORY) {
    st = report_fail(&reason, st, out);
  }
  text_fini(&made);
  return st;
}

static void
read_type(struct wire* w, struct report_type* type)
{
  uint32_t n_bytes = 0;
  walk_type(w, type, &n_bytes);
  if (!w->status && (!type->name || !type->id ||
                     n_bytes > w->n_in - w->position)) {
    wire_fail(w, "the data ends early");
  }
  type->bytes = w->in + w->position;
  type->n_bytes = n_bytes;
  w->position += w->status ? 0 : n_bytes;
}

static void
take_head(const struct head* head, struct report* out)
{
  out->status = head->status;
  out->may_pass = (int)head->may_pass;
  out->reason = head->reason ? head->reason : "";
  out->pinned = head->pinned ? head->pinned : "";
  out->warning = head->warning ? head->warning : "";
  memcpy(out->hash, head->hash, sizeof out->hash);
  out->hash[sizeof out->hash - 1] = '\0';
}

enum status
report_open(const char* bytes, size_t n_bytes, struct report* out,
            struct reason* reason)
{
  struct report report = { 0 };
  struct head head = { 0 };
  struct wire w = { .in = bytes,
                    .n_in = n_bytes,
                    .arena = &report.arena,
                    .reason = reason };
  walk_head(&w, &head);
  report.types =
    wire_array(&w, "types", NULL, head.n_types, sizeof *report.types);
  for (uint32_t i = 0; !w.status && i < head.n_types; ++i) {
    read_type(&w, &report.types[i]);
  }
  if (w.status) {
    report_fini(&report);
    return w.status;
  }
  report.n_types = head.n_types;
  take_head(&head, &report);
  *out = report;
  return STATUS_OK;
}

enum status
report_describe(struct report* report, uint32_t index, struct reason* reason)
{
  struct report_type* const type = &report->types[index];
  const struct text bytes = { .data = (char*)(uintptr_t)type->bytes,
                              .n = type->n_bytes };
  const struct rill_node_desc* desc = type->desc;
  size_t position = 0;
  const enum status st =
    desc ? STATUS_OK
         : describe_read(&bytes, &position, &report->arena, &desc, reason);
  if (st) {
    return st;
  }
  if (strcmp(desc->name, type->name) || strcmp(desc->id, type->id)) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "node type '%s' has another name inside", type->name);
  }
  type->desc = desc;
  return STATUS_OK;
}

enum status
report_read(const char* bytes, size_t n_bytes, struct report* out,
            struct reason* reason)
{
  struct report report;
  enum status st = report_open(bytes, n_bytes, &report, reason);
  if (st) {
    return st;
  }
  for (uint32_t i = 0; !st && i < report.n_types; ++i) {
    st = report_describe(&report, i, reason);
  }
  if (st) {
    report_fini(&report);
    return st;
  }
  *out = report;
  return STATUS_OK;
}

void
report_fini(struct report* report)
{
  arena_fini(&report->arena);
  *report = (struct report){ 0 };
}

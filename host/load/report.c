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
    st = describe_write(library_get_type(library, i), out, reason);
  }
  return st;
}

// Reads back what was written: the other checks are done on our own copy.
static enum status
check_types(const struct text* bytes, struct reason* reason)
{
  struct report report = { 0 };
  const enum status st =
    report_read(bytes->data, bytes->n, &report, reason);
  report_fini(&report);
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
  return st ? st : check_types(out, reason);
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

static enum status
read_types(struct wire* w, uint32_t n_types, struct report* out)
{
  const struct text bytes = { .data = (char*)(uintptr_t)w->in, .n = w->n_in };
  enum status st = STATUS_OK;
  out->types = wire_array(w, "types", NULL, n_types, sizeof *out->types);
  for (uint32_t i = 0; out->types && !st && i < n_types; ++i) {
    struct report_type* const t = &out->types[i];
    t->bytes = w->in + w->position;
    st = describe_read(&bytes, &w->position, &out->arena, &t->desc, w->reason);
    t->n_bytes = (size_t)(w->in + w->position - t->bytes);
  }
  out->n_types = n_types;
  return st ? st : w->status;
}

enum status
report_read(const char* bytes, size_t n_bytes, struct report* out,
            struct reason* reason)
{
  struct report report = { 0 };
  struct head head = { 0 };
  struct wire w = { .in = bytes,
                    .n_in = n_bytes,
                    .arena = &report.arena,
                    .reason = reason };
  walk_head(&w, &head);
  enum status st = w.status;
  if (!st) {
    st = read_types(&w, head.n_types, &report);
  }
  if (st) {
    report_fini(&report);
    return st;
  }
  report.status = head.status;
  report.may_pass = (int)head.may_pass;
  report.reason = head.reason ? head.reason : "";
  report.pinned = head.pinned ? head.pinned : "";
  report.warning = head.warning ? head.warning : "";
  memcpy(report.hash, head.hash, sizeof report.hash);
  report.hash[sizeof report.hash - 1] = '\0';
  *out = report;
  return STATUS_OK;
}

void
report_fini(struct report* report)
{
  arena_fini(&report->arena);
  *report = (struct report){ 0 };
}

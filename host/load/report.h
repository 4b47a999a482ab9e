// SPDX-License-Identifier: ISC
// What is known of one plugin file: its node types, or why it is refused.
#ifndef LOAD_REPORT_H
#define LOAD_REPORT_H

#include "base/text.h"
#include "load/arena.h"
#include "load/reason.h"
#include "load/sha256.h"

#include <rill/rill.h>

/// The steps of making a report, for saying where a plugin crashed.
enum report_step {
  REPORT_LOAD,
  REPORT_OPEN,
  REPORT_DESCRIBE,
  REPORT_CLOSE,
  N_REPORT_STEPS
};

struct report_type {
  const char* name;
  const char* id;
  const char* bytes; // flat form, in the text that was read
  size_t n_bytes;
  const struct rill_node_desc* desc; // null before report_describe
};

/// Zero-initialised is empty.
struct report {
  enum status status;
  int may_pass;          // a failure of this machine, not of this file
  const char* reason;    // "" when status is OK
  char hash[SHA256_HEX]; // "" when it failed
  const char* pinned;    // why its code is never unmapped, "": it is
  const char* warning;   // what else an author should know, or ""
  struct report_type* types;
  uint32_t n_types;
  struct arena arena; // holds it all
};

/// Loads *path* in this process, reads everything and closes it again; adds
/// the flat form to *out*. *step*, which may be null, is told before each
/// step. Only fails when memory is out: a refused plugin is a report too.
enum status
report_make(const char* path, void (*step)(void* arg, enum report_step step),
            void* arg, struct text* out);

/// A report of failure that this process writes for another.
enum status
report_fail(const struct reason* reason, enum status status,
            struct text* out);

/// Reads the *n_bytes* at *bytes*, which must outlive the report, but no type:
/// of most plugins nobody wants to know more than the names. Refuses what is
/// damaged. report_fini.
enum status
report_open(const char* bytes, size_t n_bytes, struct report* out,
            struct reason* reason);

/// Reads the type *index* unless it was read; see describe_read.
enum status
report_describe(struct report* report, uint32_t index, struct reason* reason);

/// Both, for all types.
enum status
report_read(const char* bytes, size_t n_bytes, struct report* out,
            struct reason* reason);

void
report_fini(struct report* report);

#endif

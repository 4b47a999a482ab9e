// SPDX-License-Identifier: ISC
// library_open in two steps, for who wants to say in which of them a plugin
// crashed, and what a library is inside.
#ifndef LOAD_LIBRARY_STEPS_H
#define LOAD_LIBRARY_STEPS_H

#include "load/elf.h"
#include "load/library.h"
#include "load/library_host.h"
#include "load/process_state.h"
#include "load/staging.h"

struct library {
  char* path; // where it came from
  char hash[SHA256_HEX];
  struct staged staged; // what was loaded
  struct elf_facts facts;
  void* handle;            // of the loader
  struct rill_entry entry; // a copy; fields that it does not have are zero
  struct library_host host;
  struct rill_lib* lib; // the plugin's own
  const struct rill_node_desc** types;
  size_t n_types;
  size_t types_capacity;
  int is_open;     // close must be called
  int has_threads; // its code made some
  char warning[REASON_BYTES];
};

struct library_source {
  const char* path;
  const char* hash; // the content it must have, or null; see reason.is_other
  enum staging staging;
};

/// Reads, checks, stages and maps a plugin: its constructors run.
enum status
library_load(const struct library_source* source, struct library** out,
             struct reason* reason);

/// Calls the plugin's open and list.
enum status
library_start(struct library* library, struct reason* reason);

/// What is watched while code of the plugin runs that may do anything.
struct library_watch {
  struct process_state before;
  uint32_t n_threads;
};

void
library_watch_begin(struct library_watch* out);

/// Puts back what was changed and keeps a warning, which *when* begins: "its
/// open".
void
library_watch_end(struct library_watch* watch, struct library* library,
                  const char* when);

#endif

// SPDX-License-Identifier: ISC
// What a library is inside, and library_open in steps, for who wants to say in
// which of them a plugin crashed.
#ifndef LOAD_LIBRARY_STEPS_H
#define LOAD_LIBRARY_STEPS_H

#include "load/elf.h"
#include "load/library.h"
#include "load/library_host.h"
#include "load/staging.h"

struct library {
  char* path; // where it came from
  char hash[SHA256_HEX];
  struct staged staged; // what was loaded
  struct elf_facts facts;
  void* handle;            // of the loader
  void** neighbours;       // of libraries that it brings along
  size_t n_neighbours;
  struct rill_entry entry; // a copy; fields that it does not have are zero
  struct library_host host;
  struct rill_lib* lib; // the plugin's own
  const struct rill_node_desc** types;
  size_t n_types;
  size_t types_capacity;
  int is_open;     // close must be called
  int has_threads; // its code made some
  int is_kept;     // see library_keep
  char warning[REASON_BYTES];
};

/// Where a plugin's own code runs for the first time.
enum library_step { LIBRARY_LOAD, LIBRARY_OPEN };

struct library_source {
  const char* path;
  const char* hash; // the content it must have, or null; see reason.is_other
  enum staging staging;
  void (*step)(void* arg, enum library_step step); // told before, or null
  void* arg;
};

/// Both steps, and a watch over what the plugin changes meanwhile: put back,
/// logged, and kept as the library's warning.
enum status
library_begin(const struct library_source* source, struct library** out,
              struct reason* reason);

/// Reads, checks, stages and maps a plugin: its constructors run.
enum status
library_load(const struct library_source* source, struct library** out,
             struct reason* reason);

/// Calls the plugin's open and list.
enum status
library_start(struct library* library, struct reason* reason);

#endif

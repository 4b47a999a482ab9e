// SPDX-License-Identifier: ISC
// `include`: other files, whose vars, templates and nodes are added. They lie
// below the folder of the graph, and no symbolic link leads to them.
#ifndef SPEC_INCLUDE_H
#define SPEC_INCLUDE_H

#include "spec/store.h"
#include "spec/diag.h"
#include "spec/document.h"

enum {
  INCLUDE_MAX_DEPTH = 8,
  INCLUDE_MAX_BYTES = 4 * 1024 * 1024 // with the graph itself
};

/// The graph that includes.
struct include_root {
  const char* file; // its folder is the one; "<stdin>": the working folder
  size_t n_bytes;
  struct diags* diags;
  struct store* store;
};

/// Reads what *document* includes, and what that includes, into *document*. A
/// file that is asked for twice is read once.
enum status
include_files(const struct include_root* root, struct document* document);

#endif

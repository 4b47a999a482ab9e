// SPDX-License-Identifier: ISC
// One loaded copy of one plugin file. A file that changes on disk is a new
// generation beside the old one: code that runs is never replaced in place.
#ifndef LOAD_LIBRARY_H
#define LOAD_LIBRARY_H

#include "base/status.h"

#include <rill/rill.h>

struct library;

/// Stages a private copy of *path*, checks it (elf.h), loads it and calls the
/// plugin's open. *out* is written only on success and belongs to the caller
/// (library_close). On failure the reason has been put into *error* (a line
/// without path), if that is not null. [control, may block]
enum status
library_open(const char* path, struct library** out, char* error,
             size_t error_bytes);

/// Takes null. The code stays mapped unless unloading was proven safe.
void
library_close(struct library* library);

/// From now on library_close leaves the code mapped: for a process that is
/// about to end, which does it faster.
void
library_keep(struct library* library);

/// The host's copy of the entry: what an older plugin does not have is zero.
const struct rill_entry*
library_entry(const struct library* library);

/// What the plugin's open gave; may be null.
struct rill_lib*
library_handle(const struct library* library);

/// For derive, and for create of nodes that have no table of their own.
const struct rill_host*
library_host(const struct library* library);

/// What the plugin last said with set_error, "" for nothing; forgets it.
/// Valid until the plugin speaks again. [L]
const char*
library_take_error(struct library* library);

/// Hex of the content hash, 64 characters.
const char*
library_hash(const struct library* library);

/// The node type *name* of it, or null.
const struct rill_node_desc*
library_find(const struct library* library, const char* name);

/// All node types: those of the entry, then those of its list.
uint32_t
library_n_types(const struct library* library);

/// As the plugin has it: not checked, see describe.h.
const struct rill_node_desc*
library_get_type(const struct library* library, uint32_t index);

/// What its author should know: symbols exported beside the entry, an
/// executable stack, changes to the process. "" for nothing.
const char*
library_warning(const struct library* library);

/// Null when library_close would unmap the code, else why not: "static TLS".
/// Static.
const char*
library_pinned(const struct library* library);

#endif

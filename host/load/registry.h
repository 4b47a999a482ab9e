// SPDX-License-Identifier: ISC
// All node types that can be had, learnt without running plugin code in this
// process: from the cache, or by a scan in a child process.
#ifndef LOAD_REGISTRY_H
#define LOAD_REGISTRY_H

#include "base/status.h"
#include "load/library.h"

#include <rill/rill.h>
#include <stdint.h>

struct plugin;
struct registry;

/// A node type. *desc* is the host's own deep copy, valid as long as the
/// registry. *live* is the descriptor in the loaded plugin, null before
/// registry_load.
struct node_type {
  const struct rill_node_desc* desc;
  const char* path; // of the plugin file; "" for a type added by hand
  const char* hash; // content hash, hex; "" for a type added by hand
  const struct rill_node_desc* live;
  struct library* library;
};

/// A plugin file that did not load, and why.
struct registry_failure {
  const char* path;
  const char* reason;
};

/// Where plugins are looked for, in order: RILL_PLUGIN_PATH (colon-separated
/// folders), the build folder when the program runs from one,
/// $XDG_DATA_HOME/rill/plugins/1, $libdir/rill/1. The first of two types of
/// one name wins. *extra_path* (colon-separated, may be null) comes first.
/// [control, may block]
enum status
registry_new(const char* extra_path, struct registry** out);

/// An empty one, for tests.
enum status
registry_new_empty(struct registry** out);

/// Takes null. All nodes of its types are gone.
void
registry_free(struct registry* registry);

/// The same before the end of the process: it leaves the code mapped. Takes
/// null.
void
registry_leave(struct registry* registry);

/// Adds a type that lives in this program; *desc* stays the caller's and must
/// outlive the registry. Tests.
enum status
registry_add(struct registry* registry, const struct rill_node_desc* desc);

/// By name ("gain") or id ("org.rill.gain"). Null: unknown, or see
/// registry_status.
struct node_type*
registry_find(struct registry* registry, const char* name);

/// The name that is most like *name*, or null.
const char*
registry_suggest(struct registry* registry, const char* name);

uint32_t
registry_n(const struct registry* registry);

/// In order of name. Null: see registry_status.
struct node_type*
registry_get(struct registry* registry, uint32_t index);

/// STATUS_NO_MEMORY when a type that is known could not be given for want of
/// memory.
enum status
registry_status(const struct registry* registry);

uint32_t
registry_n_failures(const struct registry* registry);

const struct registry_failure*
registry_get_failure(const struct registry* registry, uint32_t index);

/// The folders searched, in order.
uint32_t
registry_n_folders(const struct registry* registry);

const char*
registry_get_folder(const struct registry* registry, uint32_t index);

/// What one plugin file is, wherever it lies, with its types or the reason why
/// it is refused in its report (plugin.h); tried in a child process unless it
/// is remembered, and what failed is tried again. Only fails when memory is
/// out; plugin_free. [control, may block]
enum status
registry_inspect_file(const char* path, struct plugin** out);

/// Loads the plugin of *type* unless it is loaded. On failure the reason is in
/// *error*. [control, may block]
enum status
registry_load(struct registry* registry, struct node_type* type, char* error,
              size_t error_bytes);

#endif

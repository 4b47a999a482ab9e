// SPDX-License-Identifier: ISC
// The entry: the one symbol of a plugin, a const object the host reads before
// it runs any of the plugin's code.
#ifndef RILL_ENTRY_H
#define RILL_ENTRY_H

#include "abi.h"
#include "node.h"

#define RILL_MAGIC 0x4c4c4952u // "RILL" in memory
#define RILL_ENTRY_SYMBOL "rill_entry_v1"

enum rill_entry_flags {
  RILL_ENTRY_UNLOAD_SAFE = 0x1, // nothing of it lives on after close
  RILL_ENTRY_RESIDENT = 0x2     // never unload
};

/// The plugin's own, between open and close; open may leave it null.
struct rill_lib;

struct rill_entry {
  uint32_t magic; // RILL_MAGIC
  uint32_t size;
  uint32_t abi_min; // lowest host ABI that the plugin works with
  uint32_t abi_max; // highest that it was written for
  uint32_t flags;   // enum rill_entry_flags
  uint32_t n_nodes;
  const struct rill_node_desc* const* nodes;

  /// Any number of handles. Optional. [L]
  int32_t (*open)(const struct rill_host* host,
                  const char* origin_path,
                  struct rill_lib** out);

  /// Takes what open gave; no node of it is left. Optional. [L]
  void (*close)(struct rill_lib* lib);

  /// Node types known only at run time: the *index*-th, or ERR_NOT_FOUND.
  /// Optional. [L]
  int32_t (*list)(struct rill_lib* lib,
                  uint32_t index,
                  const struct rill_node_desc** out);
};

/// In one file of the plugin: RILL_PLUGIN(&gain_desc, &other_desc)
#define RILL_PLUGIN(...)                                                       \
  static const struct rill_node_desc* const rill_plugin_nodes[] = {            \
    __VA_ARGS__                                                                \
  };                                                                           \
  RILL_PLUGIN_ENTRY(rill_plugin_nodes, 0, 0, RILL_ENTRY_UNLOAD_SAFE)

/// The same with functions *open_fn* and *close_fn*, and flags.
#define RILL_PLUGIN_ENTRY(node_array, open_fn, close_fn, entry_flags)          \
  RILL_EXPORT const struct rill_entry rill_entry_v1;                           \
  const struct rill_entry rill_entry_v1 = {                                    \
    RILL_MAGIC,                                                                \
    sizeof(struct rill_entry),                                                 \
    RILL_TARGET_ABI,                                                           \
    RILL_ABI_VERSION,                                                          \
    entry_flags,                                                               \
    sizeof(node_array) / sizeof((node_array)[0]),                              \
    node_array,                                                                \
    open_fn,                                                                   \
    close_fn,                                                                  \
    0                                                                          \
  }

#endif

// SPDX-License-Identifier: ISC
// One plugin file: what it said of itself, and its code once it is needed.
#ifndef LOAD_PLUGIN_H
#define LOAD_PLUGIN_H

#include "load/cache.h"
#include "load/library.h"
#include "load/report.h"

struct plugin {
  char* path;
  struct text bytes; // flat form of the report
  struct report report;
  struct library* library; // null before plugin_load
};

/// How far what is remembered is believed.
enum learn {
  LEARN_REMEMBERED,   // as long as the file is the same; types when wanted
  LEARN_RETRY_FAILED, // a failure is tried again
  LEARN_AGAIN         // not at all
};

/// Finds *path* in the cache, or scans it and puts it there. Only fails when
/// memory is out: why a plugin is refused is in its report. plugin_free.
enum status
plugin_learn(const char* path, enum learn how, struct cache* cache,
             struct plugin** out);

/// Takes null. Closes the library.
void
plugin_free(struct plugin* plugin);

/// Loads the code unless it is loaded. When the file is not the one that was
/// scanned, it is scanned again first, and is refused unless its types are
/// the same.
enum status
plugin_load(struct plugin* plugin, struct reason* reason);

/// The host's own descriptor of the *index*-th reported type.
enum status
plugin_describe(struct plugin* plugin, uint32_t index,
                const struct rill_node_desc** out);

/// The live descriptor of the *index*-th reported type.
enum status
plugin_bind(const struct plugin* plugin, uint32_t index,
            const struct rill_node_desc** out, struct reason* reason);

#endif

// SPDX-License-Identifier: ISC
// Where plugins are looked for.
#ifndef LOAD_FOLDERS_H
#define LOAD_FOLDERS_H

#include "load/cache.h"
#include "load/path_list.h"

/// Adds the folders of registry_new that exist, each once, in order: those of
/// *extra* and RILL_PLUGIN_PATH, the build folder, the user's, the installed
/// one. A folder that anybody may write to is left out with a warning.
enum status
folders_find(const char* extra, struct cache* cache, struct path_list* out);

/// Adds the plugin files of *folder* in order of name: *.so, and what a build
/// makes, */.libs/*.so.
enum status
folders_list(const char* folder, struct cache* cache, struct path_list* out);

#endif

// SPDX-License-Identifier: ISC
// What stands beside the plugin's file: its launcher, and legacy objects.
#ifndef JSON_SHIM_FOLDER_H
#define JSON_SHIM_FOLDER_H

#include <rill/rill.h>

/// The entry's open and close.
int32_t
folder_open(const struct rill_host* host, const char* origin_path,
            struct rill_lib** out);

void
folder_close(struct rill_lib* lib);

/// The path of json_child, or null when it is not there. Takes null.
const char*
folder_launcher(const struct rill_lib* lib);

/// Where legacy objects without a path are looked for, after RILL_LEGACY_PATH.
/// Takes null.
const char*
folder_legacy(const struct rill_lib* lib);

#endif

// SPDX-License-Identifier: ISC
// What is in one folder that may matter: plugin files, and folders.
#ifndef LOAD_FOLDER_H
#define LOAD_FOLDER_H

#include "base/status.h"
#include "base/text.h"
#include "load/cache.h"

/// Sets *out* to the names, each with its NUL, those of (perhaps) folders with
/// a '/' at the end; in no order, none when the folder cannot be read. A folder
/// whose own date has not changed is not read again, only looked up in *cache*.
enum status
folder_names(const char* folder, struct cache* cache, struct text* out);

/// The first of them for null, else the next; null: no more.
const char*
folder_next(const struct text* names, const char* name);

int
folder_is_folder(const char* name);

#endif

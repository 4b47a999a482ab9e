// SPDX-License-Identifier: ISC
// library_open in two steps, for who wants to say in which of them a plugin
// crashed.
#ifndef LOAD_LIBRARY_STEPS_H
#define LOAD_LIBRARY_STEPS_H

#include "load/library.h"
#include "load/reason.h"
#include "load/staging.h"

/// Reads, checks, stages and maps *path*: the plugin's constructors run.
enum status
library_load(const char* path, enum staging staging, struct library** out,
             struct reason* reason);

/// Calls the plugin's open and list.
enum status
library_start(struct library* library, struct reason* reason);

#endif

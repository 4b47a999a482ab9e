// SPDX-License-Identifier: ISC
// From words to args.
#ifndef CLI_ARGS_READ_H
#define CLI_ARGS_READ_H

#include "cli/args.h"

#include <stddef.h>

/// Reads argv[1] on. On failure *error* has one line: what is wrong and what
/// was probably meant; then the status is USAGE (or NO_MEMORY) and
/// args->verb is set when the verb was understood. Texts point into *argv*.
/// The caller frees with args_fini in any case.
enum status
args_read(int argc, char** argv, struct args* args, char* error,
          size_t error_bytes);

void
args_fini(struct args* args);

#endif

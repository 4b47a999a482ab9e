// SPDX-License-Identifier: ISC
// The program's standard output. Plugins share this process and some of them
// print: so descriptor 1 leads to stderr, and what rill itself has to say goes
// out by another descriptor. A graph that writes its data to stdout gets
// descriptor 1 back.
#ifndef APP_OUTPUT_H
#define APP_OUTPUT_H

#include "base/status.h"

#include <stdio.h>

/// Once, before anything else: moves stdout away, makes sure that descriptors
/// 0 to 2 are open, and ignores SIGPIPE. [main thread]
enum status
output_open(void);

/// Where `--json`, tables and help go. Never null after output_open.
FILE*
output(void);

/// Descriptor 1 is the real stdout from now on: for nodes that write to "-".
void
output_give_back(void);

/// Whether a node writes to stdout and its reader has gone: no reason for
/// words.
int
output_is_cut(void);

/// Writes what is still held, and says why if that is not possible; a reader
/// that has gone (EPIPE) is no reason for words. Gives *status*, or BAD_OUTPUT
/// if all else was well.
enum status
output_close(enum status status);

#endif

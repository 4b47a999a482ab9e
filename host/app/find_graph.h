// SPDX-License-Identifier: ISC
// From a word on the command line to the graph's file.
#ifndef APP_FIND_GRAPH_H
#define APP_FIND_GRAPH_H

#include "base/status.h"

/// "-" and names with a '/' stand for themselves, and so does a file of the
/// current folder. Other names are looked for in the folders of
/// RILL_GRAPH_PATH, as they are and with ".yaml". A name that is found nowhere
/// stands for itself too: reading it says what is wrong. The caller frees *out*
/// (mem_free).
enum status
find_graph(const char* name, char** out);

#endif

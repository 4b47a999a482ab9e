// SPDX-License-Identifier: ISC
#ifndef FILE_NODES_H
#define FILE_NODES_H

#include <rill/node.h>

extern const struct rill_node_desc file_read_desc;
extern const struct rill_node_desc file_write_desc;

#endif

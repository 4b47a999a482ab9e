// SPDX-License-Identifier: ISC
#ifndef RAW_NODES_H
#define RAW_NODES_H

#include <rill/node.h>

extern const struct rill_node_desc raw_read_desc;
extern const struct rill_node_desc raw_write_desc;

enum { RAW_N_ENCODINGS = 10 };

/// "auto", then every encoding of samples, by its number in the ABI.
extern const char* const raw_encoding_names[RAW_N_ENCODINGS];

#endif

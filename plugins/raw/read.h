// SPDX-License-Identifier: ISC
// The raw.read node: what its parts share.
#ifndef RAW_READ_H
#define RAW_READ_H

#include <rill/node.h>

enum {
  READ_PATH,
  READ_ENCODING,
  READ_RATE,
  READ_CHANNELS,
  READ_LENGTH,
  READ_TRUNCATED,
  READ_N_PARAMS
};

int32_t
read_derive(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            struct rill_derivation* d);

int32_t
read_create(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            const struct rill_setup* setup,
            struct rill_node** out);

#endif

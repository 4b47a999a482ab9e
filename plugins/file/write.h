// SPDX-License-Identifier: ISC
// The file.write node: what its parts share.
#ifndef FILE_WRITE_H
#define FILE_WRITE_H

#include <rill/node.h>

enum {
  WRITE_PATH,
  WRITE_ENCODING,
  WRITE_CONTAINER,
  WRITE_QUALITY,
  WRITE_DITHER,
  WRITE_OVERWRITE,
  WRITE_SYNC,
  WRITE_N_PARAMS
};

int32_t
write_create(struct rill_lib* lib,
             const struct rill_node_desc* desc,
             const struct rill_host* host,
             const struct rill_setup* setup,
             struct rill_node** out);

#endif

// SPDX-License-Identifier: ISC
// Audio files in and out.
#include "nodes.h"

#include <rill/rill.h>

RILL_PLUGIN(&file_read_desc, &file_write_desc);

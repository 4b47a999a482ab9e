// SPDX-License-Identifier: ISC
// Closes descriptors that are not its own.
#include <unistd.h>

#include "zoo.h"

ZOO_AT_LOAD
{
  for (int fd = 3; fd < 64; ++fd) {
    close(fd);
  }
}

RILL_PLUGIN(&zoo);

// SPDX-License-Identifier: ISC
// Fills every descriptor that it finds with noise.
#include <unistd.h>

#include "zoo.h"

ZOO_AT_LOAD
{
  static const char noise[4096] = "D";
  for (int i = 0; i < 1000; ++i) {
    for (int fd = 3; fd < 8; ++fd) {
      if (write(fd, noise, sizeof noise) < 0) {
        continue;
      }
    }
  }
}

RILL_PLUGIN(&zoo);

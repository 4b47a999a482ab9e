// SPDX-License-Identifier: ISC
// Never comes back from being loaded.
#include <unistd.h>

#include "zoo.h"

ZOO_AT_LOAD
{
  for (;;) {
    pause();
  }
}

RILL_PLUGIN(&zoo);

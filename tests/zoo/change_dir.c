// SPDX-License-Identifier: ISC
// Goes to another working folder.
#include <unistd.h>

#include "zoo.h"

ZOO_AT_LOAD
{
  if (chdir("/")) {
    abort();
  }
}

RILL_PLUGIN(&zoo);

// SPDX-License-Identifier: ISC
// Closes a descriptor that belongs to the program.
#include <unistd.h>

#include "zoo.h"

ZOO_AT_LOAD
{
  close(0);
}

RILL_PLUGIN(&zoo);

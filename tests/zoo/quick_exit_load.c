// SPDX-License-Identifier: ISC
// Ends the process, and says that all went well.
#include <unistd.h>

#include "zoo.h"

ZOO_AT_LOAD
{
  _exit(0);
}

RILL_PLUGIN(&zoo);

// SPDX-License-Identifier: ISC
// Ends the process when it is loaded.
#include "zoo.h"

ZOO_AT_LOAD
{
  exit(3);
}

RILL_PLUGIN(&zoo);

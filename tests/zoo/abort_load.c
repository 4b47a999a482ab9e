// SPDX-License-Identifier: ISC
// Gives up when it is loaded.
#include "zoo.h"

ZOO_AT_LOAD
{
  abort();
}

RILL_PLUGIN(&zoo);

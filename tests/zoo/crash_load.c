// SPDX-License-Identifier: ISC
// Writes to null when it is loaded.
#include "zoo.h"

ZOO_AT_LOAD
{
  zoo_crash();
}

RILL_PLUGIN(&zoo);

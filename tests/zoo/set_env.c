// SPDX-License-Identifier: ISC
// Changes the environment.
#include "zoo.h"

ZOO_AT_LOAD
{
  setenv("RILL_ZOO", "1", 1);
}

RILL_PLUGIN(&zoo);

// SPDX-License-Identifier: ISC
// Calls a function that nobody has.
#include "zoo.h"

int
zoo_nobody_has_this(void);

ZOO_AT_LOAD
{
  zoo_nobody_has_this();
}

RILL_PLUGIN(&zoo);

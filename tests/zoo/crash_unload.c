// SPDX-License-Identifier: ISC
// Crashes when its code is taken away.
#include "zoo.h"

__attribute__((destructor)) static void
at_unload(void)
{
  zoo_crash();
}

RILL_PLUGIN(&zoo);

// SPDX-License-Identifier: ISC
// Leaves a child that holds all descriptors, then crashes.
#include <unistd.h>

#include "zoo.h"

ZOO_AT_LOAD
{
  if (!fork()) {
    sleep(60);
    _exit(0);
  }
  zoo_crash();
}

RILL_PLUGIN(&zoo);

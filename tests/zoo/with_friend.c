// SPDX-License-Identifier: ISC
// Needs a library that lies in a folder beside it: nothing wrong.
#include "zoo.h"

int
zoo_friend(void);

ZOO_AT_LOAD
{
  if (zoo_friend() != 42) {
    abort();
  }
}

RILL_PLUGIN(&zoo);

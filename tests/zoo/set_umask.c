// SPDX-License-Identifier: ISC
// Changes which rights new files have.
#include <sys/stat.h>

#include "zoo.h"

ZOO_AT_LOAD
{
  umask(0);
}

RILL_PLUGIN(&zoo);

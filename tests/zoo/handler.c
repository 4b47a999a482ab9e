// SPDX-License-Identifier: ISC
// Takes over a signal.
#include <signal.h>

#include "zoo.h"

static void
ignore(int number)
{
  (void)number;
}

ZOO_AT_LOAD
{
  signal(SIGSEGV, ignore);
  signal(SIGUSR1, ignore);
}

RILL_PLUGIN(&zoo);

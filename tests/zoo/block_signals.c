// SPDX-License-Identifier: ISC
// Leaves signals blocked.
#include <pthread.h>
#include <signal.h>

#include "zoo.h"

ZOO_AT_LOAD
{
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, 0);
}

RILL_PLUGIN(&zoo);

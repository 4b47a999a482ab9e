// SPDX-License-Identifier: ISC
// Starts a thread that outlives it.
#include <pthread.h>
#include <unistd.h>

#include "zoo.h"

static void*
wait_for_ever(void* arg)
{
  for (;;) {
    pause();
  }
  return arg;
}

ZOO_AT_LOAD
{
  pthread_t thread;
  pthread_create(&thread, 0, wait_for_ever, 0);
}

RILL_PLUGIN(&zoo);

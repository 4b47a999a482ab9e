// SPDX-License-Identifier: ISC
// Takes thread-local memory from the process's fixed reserve.
#include "zoo.h"

__attribute__((tls_model("initial-exec"))) static _Thread_local volatile int
  counter;

ZOO_AT_LOAD
{
  ++counter;
}

RILL_PLUGIN(&zoo);

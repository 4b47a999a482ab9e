// SPDX-License-Identifier: ISC
// Has a thread-local object with a destructor, as C++ makes them: the
// loader keeps its code until the thread ends.
#include "zoo.h"

int
__cxa_thread_atexit_impl(void (*destroy)(void* object), void* object,
                         void* library);

extern void* __dso_handle __attribute__((visibility("hidden")));

static void
destroy(void* object)
{
  (void)object;
}

ZOO_AT_LOAD
{
  __cxa_thread_atexit_impl(destroy, 0, &__dso_handle);
}

RILL_PLUGIN(&zoo);

// SPDX-License-Identifier: ISC
// Exports more than its entry.
#include "zoo.h"

RILL_EXPORT int zoo_extra;
int zoo_extra = 1;

RILL_PLUGIN(&zoo);

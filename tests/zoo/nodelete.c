// SPDX-License-Identifier: ISC
// Is linked so that it is never unloaded.
#include "zoo.h"

RILL_PLUGIN(&zoo);

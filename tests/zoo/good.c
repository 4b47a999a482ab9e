// SPDX-License-Identifier: ISC
// Nothing is wrong with this one.
#include "zoo.h"

RILL_PLUGIN(&zoo);

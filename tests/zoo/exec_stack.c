// SPDX-License-Identifier: ISC
// Is linked so that the stacks of the process become executable.
#include "zoo.h"

RILL_PLUGIN(&zoo);

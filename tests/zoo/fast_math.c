// SPDX-License-Identifier: ISC
// Is linked with -ffast-math (-Ofast does that too): a constructor of the
// compiler's own switches denormals off in the thread that loads it.
#include "zoo.h"

RILL_PLUGIN(&zoo);

// SPDX-License-Identifier: ISC
// The old resampler as an object.
#include "classes.h"

LEGACY_TYPE(resample_type, resample_class, "ResampleNode",
            "one sample rate into another");

RILL_LEGACY_OBJECT(&resample_type);

// SPDX-License-Identifier: ISC
// The old format converter as an object.
#include "classes.h"

LEGACY_TYPE(convert_type, convert_class, "AudioFormatConverter",
            "F32, I16 and I32 into each other");

RILL_LEGACY_OBJECT(&convert_type);

// SPDX-License-Identifier: ISC
// The old voice activity detector as an object.
#include "classes.h"

LEGACY_TYPE(vad_type, vad_class, "VADNode", "which frames have speech");

RILL_LEGACY_OBJECT(&vad_type);

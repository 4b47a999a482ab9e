// SPDX-License-Identifier: ISC
// The old nodes, by class.
#ifndef LEGACY_CLASSES_H
#define LEGACY_CLASSES_H

#include "node.h"

extern const struct legacy_class convert_class;
extern const struct legacy_class resample_class;
extern const struct legacy_class vad_class;
extern const struct legacy_class pass_class;
extern const struct legacy_class echo_class;
extern const struct legacy_class calculator_class;
extern const struct legacy_class multiply_class;
extern const struct legacy_class add_class;

#endif

// SPDX-License-Identifier: ISC
// Ogg streams have a random number, here chosen by the clock: the same input
// would give other bytes each time.
#ifndef FILE_OGG_SERIAL_H
#define FILE_OGG_SERIAL_H

#include <rill/util/atomic_file.h>

/// Gives all pages of the file the serial number *serial*.
int32_t
ogg_set_serial(struct rill_atomic_file* file, uint32_t serial);

#endif

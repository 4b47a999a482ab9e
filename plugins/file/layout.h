// SPDX-License-Identifier: ISC
// Where the channels of a decoded file belong.
#ifndef FILE_LAYOUT_H
#define FILE_LAYOUT_H

#include "source.h"

/// Fills the layout of the header and, where the file has an order of its own,
/// plane_of. *format* is libsndfile's; the decoder is open.
void
layout_find(struct source* s, int format);

#endif

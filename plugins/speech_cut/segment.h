// SPDX-License-Identifier: ISC
// A segment as a JSON object.
#ifndef SPEECH_CUT_SEGMENT_H
#define SPEECH_CUT_SEGMENT_H

#include "cutter.h"

enum { SEGMENT_BYTES = 160 };

/// Writes at most SEGMENT_BYTES, without a newline; gives how many. *cut* is
/// the last of its segment, *rate* that of the audio.
uint32_t
segment_print(const struct cut* cut, uint32_t rate, char* to);

#endif

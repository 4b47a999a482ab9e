// SPDX-License-Identifier: ISC
// Node types for tests of negotiation. Ports are written in words:
//   "f32|s16 planar 1..2ch 44100"   encodings, packing, channels, rates
//   "json", "text", "tensor f32 100", "any" (audio), "anything"
//   "s16 or f32 2ch"                several sets, the best liked first
#ifndef TESTS_PLAN_TYPES_H
#define TESTS_PLAN_TYPES_H

#include "tests/plan_rig.h"

/// Registers the fixed types (convert, resample, remix, gain, mix, zip, pair,
/// want, file, fft, pass, fan, sink) and "from", "to", "too", "other", "say",
/// which types_set changes: from and other give, to and too take any audio
/// until then.
void
types_add(struct rig* rig);

/// Makes a type with an output and an input, null: without.
void
types_set(const char* name, const char* gives, const char* takes);

/// Registers all again, but for the type *name*.
void
types_without(const char* name);

void
types_forget(void);

/// How often the type `file` was asked for its format.
extern int types_n_asked;

#endif

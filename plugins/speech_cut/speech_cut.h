// SPDX-License-Identifier: ISC
// What the two halves of the node share: what it declares and what it does.
#ifndef SPEECH_CUT_SPEECH_CUT_H
#define SPEECH_CUT_SPEECH_CUT_H

#include <rill/rill.h>

/// Slots.
enum { IN_AUDIO, IN_SPEECH };
enum { OUT_AUDIO, OUT_SEGMENTS };

/// The order of the parameters.
enum { CUT_PAD, CUT_MIN_LENGTH, CUT_MIN_GAP, CUT_MAX_LENGTH, CUT_N_PARAMS };

int32_t
cut_create(struct rill_lib* lib,
           const struct rill_node_desc* desc,
           const struct rill_host* host,
           const struct rill_setup* setup,
           struct rill_node** out);

#endif

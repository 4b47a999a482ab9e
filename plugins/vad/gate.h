// SPDX-License-Identifier: ISC
// From how sure each frame is to verdicts: hysteresis, least length, hangover.
#ifndef VAD_GATE_H
#define VAD_GATE_H

#include <stdint.h>

/// A row of the output `speech`.
struct verdict {
  float speech; // 0 or 1
  float confidence;
};

/// Where verdicts go; the owner keeps room for n_pending + 1 more than were
/// pushed.
struct verdicts {
  struct verdict* at;
  uint32_t n;
};

struct gate {
  float on; // speech begins above this
  float off; // and ends below that
  uint32_t n_least;    // frames; shorter speech is none
  uint32_t n_hangover; // frames that are speech after speech
  float* pending;      // confidence of frames that wait for n_least; the owner's
  uint32_t n_pending;
  uint32_t is_speech;
  uint32_t hangover; // frames left
};

/// Zero, one or more verdicts come out, for frames in order.
void
gate_push(struct gate* gate, float excess, struct verdicts* out);

/// Verdicts for what is pending.
void
gate_flush(struct gate* gate, struct verdicts* out);

void
gate_reset(struct gate* gate);

#endif

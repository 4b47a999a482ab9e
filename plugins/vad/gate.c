// SPDX-License-Identifier: ISC
#include "gate.h"

#include <math.h>

// Steep enough that 3 dB more than the threshold is 0.95.
static float
confidence_of(float above_db)
{
  return (float)(1.0 / (1.0 + exp(-(double)above_db)));
}

static void
give(struct gate* gate, int speech, float confidence, struct verdicts* out)
{
  if (speech) {
    gate->hangover = gate->n_hangover;
  } else if (gate->hangover) {
    --gate->hangover;
    speech = 1;
  }
  out->at[out->n++] = (struct verdict){ speech ? 1.0f : 0.0f, confidence };
}

static void
give_pending(struct gate* gate, int speech, struct verdicts* out)
{
  for (uint32_t i = 0; i < gate->n_pending; ++i) {
    give(gate, speech, gate->pending[i], out);
  }
  gate->n_pending = 0;
}

// is_speech: 0 no, 1 long enough, 2 not yet.
enum { NO, YES, NOT_YET };

void
gate_push(struct gate* gate, float excess, struct verdicts* out)
{
  const float confidence = confidence_of(excess - gate->on);
  const int above = gate->is_speech ? excess >= gate->off : excess > gate->on;

  if (!above) {
    give_pending(gate, 0, out);
    gate->is_speech = NO;
    give(gate, 0, confidence, out);
  } else if (gate->is_speech == YES || gate->n_pending + 1 >= gate->n_least) {
    give_pending(gate, 1, out);
    gate->is_speech = YES;
    give(gate, 1, confidence, out);
  } else {
    gate->is_speech = NOT_YET;
    gate->pending[gate->n_pending++] = confidence;
  }
}

void
gate_flush(struct gate* gate, struct verdicts* out)
{
  give_pending(gate, 0, out);
  gate->is_speech = NO;
}

void
gate_reset(struct gate* gate)
{
  gate->n_pending = 0;
  gate->is_speech = NO;
  gate->hangover = 0;
}

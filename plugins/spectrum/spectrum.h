// SPDX-License-Identifier: ISC
// What the two halves of the node share: what it declares and what it does.
#ifndef SPECTRUM_SPECTRUM_H
#define SPECTRUM_SPECTRUM_H

#include "frames.h"

#include <rill/rill.h>

/// The order of the parameters.
enum {
  P_VIEW,
  P_SIZE,
  P_HOP,
  P_HOP_FRAMES,
  P_WINDOW,
  P_ALIGN,
  P_VALUES,
  P_BANDS,
  P_LOW,
  P_HIGH,
  P_FLOOR
};

enum align { ALIGN_CENTRE, ALIGN_LEFT };

/// What the parameters ask for.
struct spectrum_options {
  struct frame_options frame;
  double hop_s;
  uint32_t hop_frames;
  uint32_t align;
};

/// The rate is not known yet.
struct spectrum_options
spectrum_options(const struct rill_value* params);

void
spectrum_set_rate(struct spectrum_options* options, uint32_t rate);

/// Frames from row to row.
uint32_t
spectrum_hop(const struct spectrum_options* options, uint32_t rate);

/// Refuses bands that lie beyond the spectrum, and tells *host* why.
int32_t
spectrum_check(const struct spectrum_options* options,
               const struct rill_host* host);

int32_t
spectrum_create(struct rill_lib* lib,
                const struct rill_node_desc* desc,
                const struct rill_host* host,
                const struct rill_setup* setup,
                struct rill_node** out);

#endif

// SPDX-License-Identifier: ISC
// What can be linked to the node, and said to it.
#ifndef PLOT_PORTS_H
#define PLOT_PORTS_H

#include <rill/rill.h>

enum { PLOT_MAX_CHANNELS = 1024, PLOT_MAX_WIDTH = 8192 };

/// Slots.
enum { AUDIO, MARKS, N_PORTS };

enum {
  P_PATH,
  P_WIDTH,
  P_HEIGHT,
  P_VIEW,
  P_RANGE,
  P_FFT,
  P_TITLE,
  N_PARAMS
};

extern const struct rill_port_desc* const plot_ports[N_PORTS];
extern const struct rill_param_desc* const plot_params[N_PARAMS];

#endif

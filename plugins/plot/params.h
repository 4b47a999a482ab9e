// SPDX-License-Identifier: ISC
// What a graph file can say to the node.
#ifndef PLOT_PARAMS_H
#define PLOT_PARAMS_H

#include <rill/rill.h>

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

extern const struct rill_param_desc* const plot_params[N_PARAMS];

#endif

// SPDX-License-Identifier: ISC
#include "wish.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int32_t
refuse(const struct rill_host* host, const char* text)
{
  host->set_error(host, RILL_ERR_BAD_PARAM, text);
  return RILL_ERR_BAD_PARAM;
}

// Layout, channels and matrix must mean the same number.
static int32_t
check_counts(const struct rill_host* host, const struct wish* w, uint32_t n_in,
             uint32_t n_out)
{
  char text[160];
  if (w->channels && w->channels != n_out) {
    snprintf(text, sizeof text,
             "channels is %u, but %s makes %u: give one of them", w->channels,
             w->layout ? "layout" : "matrix", n_out);
    return refuse(host, text);
  }
  if (w->n_matrix && (uint64_t)n_in * n_out != w->n_matrix) {
    snprintf(text, sizeof text,
             "matrix has %u numbers, which is not %u for each of %u outputs: "
             "a row has one number for each input channel",
             w->n_matrix, n_in, n_out);
    return refuse(host, text);
  }
  return RILL_OK;
}

int32_t
wish_shapes(const struct wish* w,
            const struct rill_host* host,
            const struct rill_format* in,
            struct shape* from,
            struct shape* to)
{
  const uint32_t n_in = in->channels;
  *from = layout_guess(in->layout, n_in);
  if (w->layout) {
    *to = layout_shape(w->layout);
  } else if (w->n_matrix) {
    *to = layout_guess(0, w->n_matrix < n_in ? 1 : w->n_matrix / n_in);
  } else {
    *to = w->channels && w->channels != n_in ? layout_guess(0, w->channels)
                                             : *from;
  }
  return check_counts(host, w, n_in, to->n);
}

// One factor for all rows: to lower one row alone would move the balance.
static void
normalise(float* matrix, uint32_t n_out, uint32_t n_in)
{
  float most = 1.0f;
  for (uint32_t r = 0; r < n_out; ++r) {
    float sum = 0.0f;
    for (uint32_t c = 0; c < n_in; ++c) {
      sum += fabsf(matrix[r * n_in + c]);
    }
    most = sum > most ? sum : most;
  }
  for (uint32_t i = 0; most > 1.0f && i < n_out * n_in; ++i) {
    matrix[i] /= most;
  }
}

int32_t
wish_matrix(const struct wish* w,
            const struct rill_host* host,
            struct shape from,
            struct shape to,
            float* matrix)
{
  char text[160];
  if (w->n_matrix) {
    memcpy(matrix, w->matrix, w->n_matrix * sizeof *matrix);
    return RILL_OK;
  }
  if (!layout_fold(from, to, matrix)) {
    snprintf(text, sizeof text,
             "no rule makes %u channels of %u whose places are not known: "
             "say how with matrix=[...]",
             to.n, from.n);
    return refuse(host, text);
  }
  if (w->normalise) {
    normalise(matrix, to.n, from.n);
  }
  return RILL_OK;
}

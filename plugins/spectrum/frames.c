// SPDX-License-Identifier: ISC
#include "frames.h"

#include <math.h>
#include <string.h>

uint32_t
frames_width(const struct frame_options* o)
{
  return o->view == VIEW_LOGMEL ? o->mel.n_bands : o->mel.size / 2 + 1;
}

// Periodic: sample size would be sample 0 again.
static void
fill_window(float* window, uint32_t shape, uint32_t size)
{
  const double pi = acos(-1.0);
  for (uint32_t i = 0; i < size; ++i) {
    const double c = cos(2.0 * pi * i / size);
    window[i] = shape == WINDOW_HANN      ? (float)(0.5 - 0.5 * c)
                : shape == WINDOW_HAMMING ? (float)(0.54 - 0.46 * c)
                                          : 1.0f;
  }
}

// ESTIMATE measures nothing, so the same machine always gets the same plan and
// the same bytes.
static int
make_plan(struct frames* f)
{
  f->plan = fftwf_plan_dft_r2c_1d((int)f->options.mel.size, f->samples,
                                  f->spectrum, FFTW_ESTIMATE);
  return f->plan != NULL;
}

int
frames_init(struct frames* f, const struct frame_options* options)
{
  const uint32_t size = options->mel.size;
  memset(f, 0, sizeof *f);
  f->options = *options;
  f->n_bins = size / 2 + 1;
  f->window = fftwf_alloc_real(size);
  f->samples = fftwf_alloc_real(size);
  f->spectrum = fftwf_alloc_complex(f->n_bins);
  f->bins = fftwf_alloc_real(f->n_bins);
  if (!f->window || !f->samples || !f->spectrum || !f->bins || !make_plan(f) ||
      (options->view == VIEW_LOGMEL && !mel_init(&f->mel, &options->mel))) {
    frames_fini(f);
    return 0;
  }
  fill_window(f->window, options->window, size);
  return 1;
}

void
frames_fini(struct frames* f)
{
  if (f->plan) {
    fftwf_destroy_plan(f->plan);
  }
  fftwf_free(f->window);
  fftwf_free(f->samples);
  fftwf_free(f->spectrum);
  fftwf_free(f->bins);
  mel_fini(&f->mel);
  memset(f, 0, sizeof *f);
}

static void
apply_window(float* restrict out,
             const float* restrict samples,
             const float* restrict window,
             uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = samples[i] * window[i];
  }
}

static void
take_power(float* restrict out, const float* restrict pairs, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = pairs[2 * i] * pairs[2 * i] + pairs[2 * i + 1] * pairs[2 * i + 1];
  }
}

static void
take_roots(float* x, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    x[i] = sqrtf(x[i]);
  }
}

// NaN stays: the comparison is false for it.
static void
to_decibels(float* x, uint32_t n, const struct frame_options* o)
{
  const double factor = o->values == VALUES_POWER ? 10.0 : 20.0;
  for (uint32_t i = 0; i < n; ++i) {
    const double db = factor * log10((double)x[i]);
    x[i] = (float)(db < o->floor_db ? o->floor_db : db);
  }
}

void
frames_row(struct frames* f, const float* samples, float* out)
{
  const int is_mel = f->options.view == VIEW_LOGMEL;
  float* const bins = is_mel ? f->bins : out;
  apply_window(f->samples, samples, f->window, f->options.mel.size);
  fftwf_execute(f->plan);
  take_power(bins, (const float*)f->spectrum, f->n_bins);
  if (f->options.values == VALUES_MAGNITUDE) {
    take_roots(bins, f->n_bins);
  }
  if (is_mel) {
    mel_apply(&f->mel, bins, out);
    to_decibels(out, f->mel.n_bands, &f->options);
  }
}

// SPDX-License-Identifier: ISC
#include "spectro.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_OVERLAP = 16, LAST_OVERLAP = 2, ROOM = 8192 };

// Periodic Hann, scaled so that a sine of amplitude 1 has the power 1.
static void
fill_window(float* window, uint32_t size)
{
  for (uint32_t i = 0; i < size; ++i) {
    const double hann = 0.5 - 0.5 * cos(2.0 * M_PI * i / size);
    window[i] = (float)(hann * 4.0 / size);
  }
}

int
spectro_init(struct spectro* s, uint32_t size, uint32_t max_columns,
             uint32_t max_rows)
{
  s->size = size;
  s->n_bins = size / 2 + 1;
  s->n_rows = s->n_bins < max_rows ? s->n_bins : max_rows;
  s->max_columns = max_columns + max_columns % 2;
  s->max_samples = size + ROOM;
  s->columns = malloc((size_t)s->max_columns * s->n_rows * sizeof(float));
  s->n_spectra = malloc(s->max_columns * sizeof(uint32_t));
  s->samples = malloc(s->max_samples * sizeof(float));
  s->power = malloc(s->n_bins * sizeof(float));
  s->fold = malloc(s->n_rows * sizeof *s->fold);
  s->window = fftwf_alloc_real(size);
  s->input = fftwf_alloc_real(size);
  s->output = fftwf_alloc_complex(s->n_bins);
  if (!s->columns || !s->n_spectra || !s->samples || !s->power || !s->fold ||
      !s->window || !s->input || !s->output) {
    return 0;
  }
  // ESTIMATE measures nothing: the same plan, and so the same bytes, each time.
  s->plan = fftwf_plan_dft_r2c_1d((int)size, s->input, s->output,
                                  FFTW_ESTIMATE);
  fill_window(s->window, size);
  fold_init(s->fold, s->n_rows, size);
  spectro_reset(s);
  return s->plan != NULL;
}

void
spectro_fini(struct spectro* s)
{
  if (s->plan) {
    fftwf_destroy_plan(s->plan);
  }
  free(s->columns);
  free(s->n_spectra);
  free(s->samples);
  free(s->power);
  free(s->fold);
  fftwf_free(s->window);
  fftwf_free(s->input);
  fftwf_free(s->output);
  memset(s, 0, sizeof *s);
}

// Where the window of the next cell begins.
static int64_t
window_begin(const struct spectro* s)
{
  return (int64_t)(s->at + s->cell / 2) - (int64_t)(s->size / 2);
}

void
spectro_reset(struct spectro* s)
{
  s->cell = s->size / FIRST_OVERLAP ? s->size / FIRST_OVERLAP : 1;
  s->max_cell = s->size / LAST_OVERLAP;
  s->hop = s->cell;
  s->at = 0;
  s->n_frames = 0;
  s->n_columns = 0;
  s->first = window_begin(s);
  s->n_samples = (uint32_t)-s->first; // silence before the start
  memset(s->samples, 0, s->n_samples * sizeof *s->samples);
}

static float*
column(const struct spectro* s, uint32_t index)
{
  return s->columns + (size_t)index * s->n_rows;
}

// -- columns ----------------------------------------------------------------

static void
halve(struct spectro* s)
{
  s->n_columns /= 2;
  s->hop *= 2;
  s->cell = s->cell * 2 <= s->max_cell ? s->cell * 2 : s->cell;
  for (uint32_t i = 0; i < s->n_columns; ++i) {
    float* const to = column(s, i);
    const float* const a = column(s, 2 * i);
    const float* const b = column(s, 2 * i + 1);
    for (uint32_t r = 0; r < s->n_rows; ++r) {
      to[r] = a[r] + b[r];
    }
    s->n_spectra[i] = s->n_spectra[2 * i] + s->n_spectra[2 * i + 1];
  }
}

static void
begin_column(struct spectro* s)
{
  if (s->n_columns == s->max_columns) {
    halve(s);
  }
  memset(column(s, s->n_columns), 0, s->n_rows * sizeof(float));
  s->n_spectra[s->n_columns++] = 0;
}

static void
add_to_column(struct spectro* s)
{
  float* const rows = column(s, s->n_columns - 1);
  if (s->n_rows < s->n_bins) {
    fold_add(s->fold, s->n_rows, s->power, rows);
  } else {
    for (uint32_t r = 0; r < s->n_rows; ++r) {
      rows[r] += s->power[r];
    }
  }
  ++s->n_spectra[s->n_columns - 1];
}

// -- spectra ----------------------------------------------------------------

static void
multiply(float* restrict out, const float* restrict samples,
         const float* restrict window, uint32_t n)
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
transform(struct spectro* s, const float* samples)
{
  multiply(s->input, samples, s->window, s->size);
  fftwf_execute(s->plan);
  take_power(s->power, (const float*)s->output, s->n_bins);
}

// All cells whose windows are complete.
static void
run(struct spectro* s)
{
  while (s->at < s->n_frames) {
    if (s->at == s->n_columns * s->hop) {
      begin_column(s);
    }
    const int64_t begin = window_begin(s);
    if (begin + s->size > s->first + s->n_samples) {
      return;
    }
    transform(s, s->samples + (begin - s->first));
    add_to_column(s);
    s->at += s->cell;
  }
}

// Makes room for at least one sample.
static void
drop_used(struct spectro* s)
{
  const int64_t used = window_begin(s) - s->first;
  if (s->n_samples == s->max_samples) {
    s->first += used;
    s->n_samples -= (uint32_t)used;
    memmove(s->samples, s->samples + used, s->n_samples * sizeof *s->samples);
  }
}

static void
append(struct spectro* s, const float* samples, uint32_t n)
{
  float* const to = s->samples + s->n_samples;
  if (samples) {
    memcpy(to, samples, n * sizeof *to);
  } else {
    memset(to, 0, n * sizeof *to);
  }
  s->n_samples += n;
}

void
spectro_add(struct spectro* s, const float* samples, uint32_t n)
{
  while (n) {
    drop_used(s);
    const uint32_t room = s->max_samples - s->n_samples;
    const uint32_t part = n < room ? n : room;
    append(s, samples, part);
    s->n_frames += part;
    run(s);
    samples += part;
    n -= part;
  }
}

void
spectro_end(struct spectro* s)
{
  while (s->at < s->n_frames) {
    drop_used(s);
    append(s, NULL, s->max_samples - s->n_samples);
    run(s);
  }
}

void
spectro_take(const struct spectro* s, uint32_t index, float weight, float* rows)
{
  const float* const from = column(s, index);
  const float factor = weight / (float)s->n_spectra[index];
  for (uint32_t r = 0; r < s->n_rows; ++r) {
    rows[r] += factor * from[r];
  }
}

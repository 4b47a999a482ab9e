// SPDX-License-Identifier: ISC
#include "bench/seed_direct.h"

#include "base/mem.h"
#include "base/sys.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

static void
to_s16(const float* in, int16_t* out, uint32_t n)
{
  for (uint32_t i = 0; i < n; ++i) {
    float x = in[i];
    x = x > 1.0f ? 1.0f : x < -1.0f ? -1.0f : x;
    out[i] = (int16_t)(x >= 0 ? x * 32767.0f : x * 32768.0f);
  }
}

void
direct_f32_to_s16(const struct clip* clip, void* work)
{
  to_s16(clip->planes[0].data, ((struct direct_convert*)work)->out.s16,
         clip->n_frames);
}

void
direct_s16_to_f32(const struct clip* clip, void* work)
{
  const int16_t* const in = clip->planes[0].data;
  float* const out = ((struct direct_convert*)work)->out.f32;
  for (uint32_t i = 0; i < clip->n_frames; ++i) {
    out[i] = (float)in[i] / 32768.0f;
  }
}

void
direct_f32_to_s32(const struct clip* clip, void* work)
{
  const float* const in = clip->planes[0].data;
  int32_t* const out = ((struct direct_convert*)work)->out.s32;
  for (uint32_t i = 0; i < clip->n_frames; ++i) {
    const float x = in[i] * 2147483648.0f;
    out[i] = x >= 2147483648.0f    ? INT32_MAX
             : x <= -2147483648.0f ? INT32_MIN
                                   : (int32_t)x;
  }
}

void
direct_s16_to_s32(const struct clip* clip, void* work)
{
  const int16_t* const in = clip->planes[0].data;
  int32_t* const out = ((struct direct_convert*)work)->out.s32;
  for (uint32_t i = 0; i < clip->n_frames; ++i) {
    out[i] = in[i] * 65536;
  }
}

// A sinc at 0.45 of the lower rate under a Hann window, one row for each of the
// positions that an output frame can have between two input frames.
void
direct_resample_init(void* work)
{
  struct direct_resample* const self = work;
  const double cutoff = 0.9 * DIRECT_UP / DIRECT_DOWN;
  for (int p = 0; p < DIRECT_UP; ++p) {
    double sum = 0;
    for (int k = 0; k < DIRECT_TAPS; ++k) {
      const double t = k - (DIRECT_TAPS / 2 - 1) - p / (double)DIRECT_UP;
      const double x = PI * cutoff * t;
      const double sinc = fabs(x) < 1e-9 ? 1 : sin(x) / x;
      const double hann = 0.5 + 0.5 * cos(2 * PI * t / DIRECT_TAPS);
      self->taps[p][k] = (float)(sinc * hann);
      sum += sinc * hann;
    }
    for (int k = 0; k < DIRECT_TAPS; ++k) {
      self->taps[p][k] /= (float)sum;
    }
  }
}

static void
resample(const struct direct_resample* self, const float* in, uint32_t n_in,
         float* out, uint32_t n_out)
{
  for (uint32_t i = 0; i < n_out; ++i) {
    const uint64_t at = (uint64_t)i * DIRECT_DOWN;
    const float* const taps = self->taps[at % DIRECT_UP];
    const int64_t first = (int64_t)(at / DIRECT_UP) - (DIRECT_TAPS / 2 - 1);
    float sum = 0;
    for (int64_t k = 0; k < DIRECT_TAPS; ++k) {
      const int64_t from = first + k;
      sum += from >= 0 && from < n_in ? taps[k] * in[from] : 0.0f;
    }
    out[i] = sum;
  }
}

static uint32_t
n_resampled(const struct clip* clip)
{
  return (uint32_t)((uint64_t)clip->n_frames * DIRECT_UP / DIRECT_DOWN);
}

void
direct_resample(const struct clip* clip, void* work)
{
  struct direct_resample* const self = work;
  for (uint32_t c = 0; c < 2; ++c) {
    resample(self, clip->planes[c].data, clip->n_frames, self->out[c],
             n_resampled(clip));
  }
}

void
direct_vad_init(void* work)
{
  struct direct_vad* const self = work;
  for (int i = 0; i < DIRECT_WINDOW; ++i) {
    const double angle = PI * i * (DIRECT_WINDOW - 1) / DIRECT_WINDOW;
    self->window[i] = 0.54 - 0.46 * cos(2 * PI * i / (DIRECT_WINDOW - 1));
    self->re[i] = cos(angle);
    self->im[i] = sin(angle);
  }
}

// The sum of |X|^2 / n over the bins below n / 2, by Parseval's theorem: half
// of all bins and of the first, less the one in the middle, for an odd n.
static double
energy(const struct direct_vad* self, const float* in)
{
  double sum = 0, squares = 0, re = 0, im = 0;
  for (int i = 0; i < DIRECT_WINDOW; ++i) {
    const double x = in[i] * self->window[i];
    sum += x;
    squares += x * x;
    re += x * self->re[i];
    im += x * self->im[i];
  }
  return (squares * DIRECT_WINDOW + sum * sum) / 2 / DIRECT_WINDOW -
         (re * re + im * im) / DIRECT_WINDOW;
}

void
direct_vad(const struct clip* clip, void* work)
{
  struct direct_vad* const self = work;
  const float* const left = clip->planes[0].data;
  const float* const right = clip->planes[1].data;
  for (uint32_t i = 0; i < clip->n_frames; ++i) {
    self->joined[2 * i] = left[i];
    self->joined[2 * i + 1] = right[i];
  }
  for (uint32_t w = 0; (w + 1) * DIRECT_WINDOW <= 2 * clip->n_frames; ++w) {
    self->speech[w] = energy(self, self->joined + w * DIRECT_WINDOW) > 0.01;
  }
}

void
direct_pipeline_init(void* work)
{
  struct direct_pipeline* const self = work;
  direct_vad_init(&self->vad);
  direct_resample_init(&self->resample);
}

void
direct_pipeline(const struct clip* clip, void* work)
{
  struct direct_pipeline* const self = work;
  direct_vad(clip, &self->vad);
  direct_resample(clip, &self->resample);
  for (uint32_t c = 0; c < 2; ++c) {
    to_s16(self->resample.out[c], self->out[c], n_resampled(clip));
  }
}

// The way --------------------------------------------------------------------

struct way {
  const struct seed_job* job;
  void* work;
};

static void
close_way(void* self)
{
  mem_free(((struct way*)self)->work);
  mem_free(self);
}

static enum status
open_way(const struct seed_job* job, void** out)
{
  struct way* const self = mem_new(struct way);
  if (!self) {
    return STATUS_NO_MEMORY;
  }
  self->job = job;
  if (!(self->work = mem_zeroed(1, job->what->work_bytes))) {
    close_way(self);
    return STATUS_NO_MEMORY;
  }
  if (job->what->direct_init) {
    job->what->direct_init(self->work);
  }
  *out = self;
  return STATUS_OK;
}

static enum status
turn(void* arg, double* ns)
{
  const struct way* const self = arg;
  const struct clip* const clip = &self->job->clip.clip;
  self->job->what->direct(clip, self->work); // warm
  const int64_t begin = sys.now_ns();
  self->job->what->direct(clip, self->work);
  ns[SEED_FULL] = (double)(sys.now_ns() - begin);
  return STATUS_OK;
}

const struct seed_way seed_direct = { "direct", 0, open_way, turn, close_way };

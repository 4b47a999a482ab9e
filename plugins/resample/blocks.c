// SPDX-License-Identifier: ISC
// Memory, the kernel's spectrum, and the choice between float and double.
#include "blocks.h"

#include "blocks_run.h"
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

static uint32_t
lower(const struct plan* plan)
{
  return plan->n_in < plan->n_out ? plan->n_in : plan->n_out;
}

// The kernel around time 0, which wraps: later frames lie at the start, earlier
// ones at the end.
static void
fill_kernel(const struct plan* plan, double* h)
{
  const uint32_t n = lower(plan);
  struct kernel kernel;
  kernel_init(&kernel, &plan->demand, plan->half);
  h[0] = kernel_at(&kernel, 0.0);
  for (uint32_t i = 1; i < plan->half && i <= n / 2; ++i) {
    h[i] = kernel_at(&kernel, i);
    h[n - i] = h[i];
  }
}

// The transforms leave a factor n_in between them: it is taken off here.
static void
put_response(struct blocks* b, const struct fft* fft, const double* spectrum)
{
  for (uint32_t k = 0; k < fft->n; ++k) {
    const size_t at = (size_t)(k / fft->row) * fft->pitch + k % fft->row;
    const double value = spectrum[at] / b->plan.n_in;
    if (b->plan.wide) {
      ((double*)b->response)[k] = value;
    } else {
      ((float*)b->response)[k] = (float)value;
    }
  }
}

static int
fill_response(struct blocks* b)
{
  struct fft fft;
  if (!fft_init(&fft, lower(&b->plan), 1)) {
    return 0;
  }
  const size_t room = fft_room(&fft);
  double* const p = (double*)aligned_alloc(ALIGNMENT, room * 6 * sizeof *p);
  if (p) {
    const struct fft_planes work[2] = { { p + 2 * room, p + 3 * room },
                                        { p + 4 * room, p + 5 * room } };
    memset(p, 0, room * 6 * sizeof *p);
    fill_kernel(&b->plan, p);
    put_response(b, &fft,
                 (const double*)fft_run_f64(&fft,
                                            (struct fft_planes){ p, p + room },
                                            work, FFT_ALL_ROWS)
                   .re);
  }
  fft_fini(&fft);
  free(p);
  return p != NULL;
}

static struct fft_planes
take_planes(char** memory, size_t n_bytes)
{
  const struct fft_planes planes = { *memory, *memory + n_bytes };
  *memory += 2 * n_bytes;
  return planes;
}

static int
take_memory(struct blocks* b)
{
  const size_t in = fft_room(&b->forward);
  const size_t out = fft_room(&b->inverse);
  const size_t real = b->plan.wide ? sizeof(double) : sizeof(float);
  const size_t most = (in > out ? in : out) * real;
  const size_t windows = b->plan.wide ? in * real : 0;
  const size_t n_bytes = 4 * most + 2 * windows + 2 * out * real + most;

  char* memory = (char*)aligned_alloc(ALIGNMENT, n_bytes);
  if (!memory) {
    return 0;
  }
  memset(memory, 0, n_bytes);
  b->memory = memory;
  b->work[0] = take_planes(&memory, most);
  b->work[1] = take_planes(&memory, most);
  b->windows = take_planes(&memory, windows);
  b->band = take_planes(&memory, out * real);
  b->response = memory;
  return 1;
}

int
blocks_init(struct blocks* b, const struct plan* plan)
{
  *b = (struct blocks){ .plan = *plan };
  if (!fft_init(&b->forward, plan->n_in, plan->wide) ||
      !fft_init(&b->inverse, plan->n_out, plan->wide) || !take_memory(b) ||
      !fill_response(b)) {
    blocks_fini(b);
    return 0;
  }
  return 1;
}

void
blocks_fini(struct blocks* b)
{
  fft_fini(&b->forward);
  fft_fini(&b->inverse);
  free(b->memory);
  b->memory = NULL;
}

struct fft_planes
blocks_run(const struct blocks* b, const float* first, const float* second)
{
  return b->plan.wide ? blocks_run_f64(b, first, second)
                      : blocks_run_f32(b, first, second);
}

void
blocks_read(const struct blocks* b,
            const void* plane,
            uint32_t at,
            uint32_t n,
            float* out)
{
  const uint32_t row = b->inverse.row;
  while (n) {
    const uint32_t left = row - at % row;
    const uint32_t part = n < left ? n : left;
    const size_t from = (size_t)(at / row) * b->inverse.pitch + at % row;
    if (b->plan.wide) {
      blocks_narrow((const double*)plane + from, part, out);
    } else {
      memcpy(out, (const float*)plane + from, part * sizeof *out);
    }
    at += part;
    n -= part;
    out += part;
  }
}

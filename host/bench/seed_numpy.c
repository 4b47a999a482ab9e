// SPDX-License-Identifier: ISC
// The jobs as somebody with numpy and scipy writes them, in a child of Python.
#include "base/mem.h"
#include "bench/child.h"
#include "bench/seed.h"

#include <stdlib.h>

// argv: the job, the frames. A line in: one untimed and one timed turn; a line
// out: nanoseconds. Without numpy, or scipy where it is wanted, it ends.
static const char script[] =
  "import sys, time\n"
  "import numpy as np\n"
  "job, n = sys.argv[1], int(sys.argv[2])\n"
  "rng = np.random.default_rng(1)\n"
  "mono = rng.uniform(-1, 1, n).astype(np.float32)\n"
  "stereo = rng.uniform(-1, 1, (2, n)).astype(np.float32)\n"
  "ints = rng.integers(-32768, 32767, n).astype(np.int16)\n"
  "size = 1323\n"
  "window = np.hamming(size).astype(np.float32)\n"
  "def to_s16(x):\n"
  "  return (x * 32767).astype(np.int16)\n"
  "def resample(x):\n"
  "  return resample_poly(x, 160, 441, axis=-1)\n"
  "def vad(x):\n"
  "  x = x.T.reshape(-1)\n"
  "  x = x[:len(x) // size * size].reshape(-1, size)\n"
  "  bins = np.fft.rfft(x * window)[:, :size // 2]\n"
  "  return (bins.real ** 2 + bins.imag ** 2).sum(axis=1) / size > 0.01\n"
  "def pipeline(x):\n"
  "  return vad(x), to_s16(resample(x))\n"
  "if job in ('resample', 'pipeline'):\n"
  "  from scipy.signal import resample_poly\n"
  "what, x = {\n"
  "  'convert': (to_s16, mono),\n"
  "  's16-f32': (lambda x: x.astype(np.float32) / np.float32(32768), ints),\n"
  "  'f32-s32': (lambda x: (x * 2147483647).astype(np.int32), mono),\n"
  "  's16-s32': (lambda x: x.astype(np.int32) << 16, ints),\n"
  "  'resample': (resample, stereo),\n"
  "  'vad': (vad, stereo),\n"
  "  'pipeline': (pipeline, stereo),\n"
  "}[job]\n"
  "for line in sys.stdin:\n"
  "  what(x)\n"
  "  begin = time.perf_counter_ns()\n"
  "  what(x)\n"
  "  print(time.perf_counter_ns() - begin, flush=True)\n";

// The distribution's own first: it is the one that its numpy belongs to.
static const char* const pythons[] = { "/usr/bin/python3",
                                       "/usr/local/bin/python3" };

enum { N_PYTHONS = sizeof pythons / sizeof pythons[0], ANSWER_BYTES = 64 };

static void
close_way(void* self)
{
  child_close(self);
  mem_free(self);
}

static enum status
open_way(const struct seed_job* job, void** out)
{
  struct child* const self = mem_new(struct child);
  char n_frames[16];
  char answer[ANSWER_BYTES];
  if (!self) {
    return STATUS_NO_MEMORY;
  }
  snprintf(n_frames, sizeof n_frames, "%u", job->clip.clip.n_frames);
  for (int i = 0; i < N_PYTHONS; ++i) {
    const char* const argv[] = { pythons[i], "-c",     script,
                                 job->what->name, n_frames, NULL };
    if (!child_open(self, argv) && !child_ask(self, answer, ANSWER_BYTES)) {
      *out = self;
      return STATUS_OK;
    }
    child_close(self);
  }
  mem_free(self);
  return STATUS_OK;
}

static enum status
turn(void* self, double* ns)
{
  char answer[ANSWER_BYTES];
  const enum status st = child_ask(self, answer, ANSWER_BYTES);
  if (!st) {
    ns[SEED_FULL] = (double)strtoll(answer, NULL, 10);
  }
  return st;
}

const struct seed_way seed_numpy = { "numpy", 0, open_way, turn, close_way };

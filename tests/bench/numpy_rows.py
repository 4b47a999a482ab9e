# SPDX-License-Identifier: ISC
# The jobs of bench_convert by numpy, in the same words: CPU time of a million
# samples, beside a copy of as many bytes.
import sys
import time

try:
    import numpy
except ImportError:
    sys.exit("numpy is not installed: left out (python3-numpy)")

N = 1000000
TURNS = 25

rng = numpy.random.default_rng(1)
f32 = (rng.random(N, dtype=numpy.float32) * 2 - 1) * numpy.float32(1.05)
s16 = rng.integers(-32768, 32768, N, dtype=numpy.int16)
six = numpy.zeros(6 * N // 2, dtype=numpy.uint8)
eight = numpy.zeros(8 * N // 2, dtype=numpy.uint8)


def to_s16():
    scaled = numpy.rint(f32 * numpy.float32(32768))
    return numpy.clip(scaled, -32768, 32767).astype(numpy.int16)


JOBS = [
    ("f32 -> s16, warm", six, to_s16),
    ("s16 -> f32, warm", six,
     lambda: s16.astype(numpy.float32) * numpy.float32(1 / 32768)),
    ("interleave 2 x f32, warm", eight,
     lambda: numpy.ascontiguousarray(f32.reshape(2, -1).T)),
    ("deinterleave 2 x f32, warm", eight,
     lambda: numpy.ascontiguousarray(f32.reshape(-1, 2).T)),
]


def time_us(job):
    begin = time.process_time_ns()
    job()
    return (time.process_time_ns() - begin) / 1e3


for name, traffic, job in JOBS:
    target = numpy.zeros_like(traffic)
    copy = lambda: numpy.copyto(target, traffic)
    ways = [("copy", copy), ("numpy", job)]
    turns = [[time_us(way) for _, way in ways] for _ in range(TURNS)]
    for i, (way, _) in enumerate(ways):
        times = sorted(turn[i] for turn in turns)
        ratios = sorted(turn[i] / turn[0] for turn in turns)
        print("%-34s %-26s %10.2f %10.2f %7.2f" % (
            name, way, times[TURNS // 2], times[0], ratios[TURNS // 2]))

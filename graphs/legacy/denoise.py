#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""An old node that stays as it is: a denoiser that speaks JSON lines.

It turns down what is no louder than the noise. The power of each 10 ms is
smoothed; the noise is the least smoothed power of the last two seconds; the
gain follows Wiener's rule, power over the noise against power, opens within
one step, closes over several, and glides from step to step. Only + - * / and
sqrt are used, so that the bytes are the same wherever Python runs.

params: reduction (0.1), the least gain; over (2.0), by how much the noise is
taken for louder than it is. Any rate, one channel or more, which share a gain.
"""
import json
import math
import sys

STEPS_PER_SECOND = 100
MEMORY_STEPS = 200  # of the noise: 2 s
PARTS = 8  # the memory is kept as the least power of so many parts


class Noise:
    """The least of the last MEMORY_STEPS values, without keeping them all."""

    def __init__(self):
        self.parts = []
        self.least = None
        self.n = 0

    def add(self, power):
        self.least = power if self.least is None else min(self.least, power)
        self.n += 1
        if self.n == MEMORY_STEPS // PARTS:
            self.parts = (self.parts + [self.least])[-PARTS:]
            self.least, self.n = None, 0
        kept = self.parts + ([] if self.least is None else [self.least])
        return min(kept)


class Denoiser:
    def __init__(self, params):
        self.reduction = float(params.get("reduction", 0.1))
        self.over = float(params.get("over", 2.0))
        self.noise = Noise()
        self.smooth = 0.0
        self.gain = 1.0
        self.rest = []
        self.shape = {}

    def target(self, step):
        power = sum(x * x for x in step) / len(step)
        self.smooth += 0.4 * (power - self.smooth)
        noise = self.over * self.noise.add(self.smooth)
        clean = max(0.0, self.smooth - noise)
        wanted = math.sqrt(clean / self.smooth) if self.smooth > 0.0 else 0.0
        wanted = max(self.reduction, wanted)
        falls = wanted < self.gain
        return self.gain + 0.25 * (wanted - self.gain) if falls else wanted

    def step(self, step, channels):
        target = self.target(step)
        slope = (target - self.gain) / (len(step) // channels)
        first, self.gain = self.gain, target
        return [x * (first + slope * (i // channels + 1))
                for i, x in enumerate(step)]

    def take(self, samples, size, channels):
        whole = len(samples) // size * size
        self.rest = samples[whole:]
        out = []
        for at in range(0, whole, size):
            out += self.step(samples[at:at + size], channels)
        return [dict(self.shape, data=out)] if out else []

    def process(self, value):
        self.shape = {k: v for k, v in value.items() if k != "data"}
        channels = value.get("channels", 1)
        size = max(1, value["sample_rate"] // STEPS_PER_SECOND) * channels
        return self.take(self.rest + value["data"], size, channels)

    def finish(self):
        channels = self.shape.get("channels", 1)
        return self.take(self.rest, len(self.rest), channels) if self.rest else []


def main():
    node = Denoiser({})
    for line in sys.stdin:
        request = json.loads(line)
        outputs = []
        if request["op"] == "init":
            node = Denoiser(request["params"])
        elif request["op"] == "process":
            outputs = node.process(request["input"])
        elif request["op"] == "finish":
            outputs = node.finish()
        print(json.dumps({"outputs": outputs}), flush=True)


main()

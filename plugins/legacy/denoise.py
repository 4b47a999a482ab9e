#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""An old node in another language: a noise gate for `json.exec`.

One JSON object a line on stdin, one on stdout. Blocks of 10 ms whose level is
below the parameter `threshold` (0.02 of full scale) are turned down to `floor`
(0.1) of what they were, gliding over one block.
"""
import json
import sys


class Gate:
    def __init__(self, params):
        self.threshold = float(params.get("threshold", 0.02))
        self.floor = float(params.get("floor", 0.1))
        self.gain = 1.0
        self.rest = []  # samples of a block that has not come whole
        self.shape = None

    def block(self, samples):
        level = (sum(x * x for x in samples) / len(samples)) ** 0.5
        target = 1.0 if level >= self.threshold else self.floor
        step = (target - self.gain) / len(samples)
        start, self.gain = self.gain, target
        return [x * (start + step * (i + 1)) for i, x in enumerate(samples)]

    def value(self, samples):
        return dict(self.shape, data=samples)

    def process(self, value):
        if "data" not in value:
            raise ValueError("Missing audio data array")
        if "sample_rate" not in value:
            raise ValueError("Missing sample_rate")
        self.shape = {k: v for k, v in value.items() if k != "data"}
        n = max(1, value["sample_rate"] // 100) * value.get("channels", 1)
        samples = self.rest + value["data"]
        whole = len(samples) // n * n
        self.rest = samples[whole:]
        out = []
        for i in range(0, whole, n):
            out += self.block(samples[i:i + n])
        return [self.value(out)] if out else []

    def finish(self):
        return [self.value(self.block(self.rest))] if self.rest else []


def main():
    gate = Gate({})
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if request["op"] == "init":
                gate = Gate(request.get("params") or {})
                reply = {"outputs": []}
            elif request["op"] == "process":
                reply = {"outputs": gate.process(request["input"])}
            else:
                reply = {"outputs": gate.finish()}
        except (KeyError, TypeError, ValueError) as problem:
            reply = {"error": str(problem)}
        print(json.dumps(reply), flush=True)


main()

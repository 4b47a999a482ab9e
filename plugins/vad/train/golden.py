#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""What the reference answers to a signal that test_net.c makes too: the header
net_golden.h.

    python3 golden.py WORK ../net_golden.h"""
import pathlib
import sys

import numpy as np

import features
import model

SECONDS = 4


def signal():
    """Noise of a 64-bit congruential generator under a level that comes and
    goes, with a tone on top in its second half."""
    out, state = np.zeros(SECONDS * features.RATE), 88172645463325252
    for i in range(len(out)):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        level = 0.001 + 0.1 * abs((i % 8000) / 4000 - 1)
        out[i] = np.float32(level * ((state >> 11) / 2.0 ** 52 - 1))
        if i >= len(out) // 2:
            out[i] = np.float32(out[i] + 0.05 * np.sin(2 * np.pi * 440 * i / features.RATE))
    return out


def main():
    bands = features.normalise(features.log_bands(signal()))
    text = "// SPDX-License-Identifier: ISC\n// Made by train/golden.py: means of three logits, hop by hop.\n"
    for latency in model.DELAYS:
        z = model.logits(model.load(pathlib.Path(sys.argv[1]) / ("net_%s.npz" % latency)), bands)
        mean = [np.mean([z[max(0, t - i)] if t >= i else 0.0 for i in range(3)]) for t in range(len(z))]
        text += "static const double golden_%s[%d] = {\n" % (latency, len(mean))
        text += "".join("  " + ", ".join("%.6f" % v for v in mean[i:i + 8]) + ",\n" for i in range(0, len(mean), 8))
        text += "};\n"
    pathlib.Path(sys.argv[2]).write_text(text)


if __name__ == "__main__":
    main()

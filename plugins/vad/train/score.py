#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""Balanced accuracy of a trained net on a labelled set: a folder of 16 kHz mono
files CONDITION.wav and one labels.lab with a character for each 10 ms (1 speech,
0 pause, anything else not scored).

    python3 score.py WORK/net_normal.npz SET [--prime]"""
import pathlib
import sys

import numpy as np
import soundfile

import features
import model
from train import balanced


def main():
    arrays, folder = model.load(sys.argv[1]), pathlib.Path(sys.argv[2])
    truth = np.frombuffer((folder / "labels.lab").read_bytes(), np.uint8)
    truth = np.where(truth == ord("1"), 1, np.where(truth == ord("0"), 0, -1))
    delay = model.DELAYS["low" if "low" in sys.argv[1] else "normal"]
    result = {}
    for path in sorted(folder.glob("*.wav")):
        bands = features.log_bands(soundfile.read(path, dtype="float32")[0])
        z = model.logits(arrays, features.normalise(bands, "--prime" in sys.argv))
        decided = np.repeat(model.smooth(z, delay) > 0, 2)[: len(truth)]
        result[path.stem] = balanced(decided, truth[: len(decided)])
        print("%-12s %.3f" % (path.stem, result[path.stem]))
    for group in ("white", "pink", "music", "babble"):
        mine = [v for k, v in result.items() if k.startswith(group + "_")]
        print("%-12s %.3f" % (group, np.mean(mine)))
    mine = [v for k, v in result.items() if k.split("_")[0] in ("white", "pink", "music")]
    print("white, pink, music: %.3f" % np.mean(mine))


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: ISC
"""Trains the net of `vad` in speech mode and writes its weights as a header.

    python3 train.py --work DIR --out ../net_weights.h

makes everything from seeds: clips, music, streams, features, the net. Parts that
are already in DIR are used again. Two processes, under 30 minutes."""
import argparse
import functools
import hashlib
import multiprocessing
import pathlib
import pickle

import numpy as np
import torch

import features
import mix
import model
import music
import noise
import speech

SEED = 20260611
CLIPS, PIECES, STREAMS = 1800, 80, 3600
HELD_OUT = 0.06  # of each: never trained on, for the figure in the model card
ROUNDS, BATCH, CROP = 9000, 48, 400
RATE_FIRST, RATE_LAST = 4e-3, 0.02


def bank(path, make, count, jobs):
    """The list make(SEED, 0..count-1), kept in a file."""
    if path.exists():
        return pickle.loads(path.read_bytes())
    with multiprocessing.Pool(jobs) as pool:
        items = pool.map(functools.partial(make, SEED), range(count), chunksize=4)
    path.write_bytes(pickle.dumps(items))
    return items


def split(items):
    """(for training, held out)"""
    n = int(len(items) * HELD_OUT)
    return items[n:], items[:n]


source = None


class Source:
    """Draws streams in a process of its own, which takes the banks once."""

    def __init__(self, banks, held_out):
        self.clips = banks[0]
        self.noises = noise.Noise(*banks)
        self.start = 4 if held_out else 3

    def draw(self, number):
        """Stream *number* as (levels of bands, labels, kind, SNR)."""
        rng = np.random.default_rng([SEED, self.start, number])
        samples, label, kind, snr = mix.stream(rng, self.clips, self.noises)
        return features.log_bands(samples).astype(np.float16), label, kind, snr


def draw(number):
    return source.draw(number)


def streams(path, banks, held_out, count, jobs):
    """Features [streams, hops, BANDS] less their mean, labels, kinds, SNRs."""
    if not path.exists():
        global source  # what forked workers share
        source = Source(banks, held_out)
        with multiprocessing.Pool(jobs) as pool:
            drawn = pool.map(draw, range(count), chunksize=8)
        bands, label, kind, snr = zip(*drawn)
        x = features.normalise(np.stack(bands).astype(np.float32)).astype(np.float16)
        np.savez(path, x=x, y=np.stack(label), kind=np.array(kind), snr=np.array(snr))
    kept = np.load(path)
    return kept["x"], kept["y"], kept["kind"], kept["snr"]


def loss_of(net, x, y, delay):
    """Cross entropy of the hops that are scored; a pause called speech costs
    a little more, the first hops of a crop have no history and count half."""
    z = net(torch.from_numpy(x.astype(np.float32)))[:, delay:]
    truth = y[:, : y.shape[1] - delay]
    weight = (truth >= 0) * np.where(truth == 1, 0.9, 1.1)
    weight[:, :10] *= 0.5
    weight = torch.from_numpy(weight.astype(np.float32))
    target = torch.from_numpy((truth == 1).astype(np.float32))
    entropy = torch.nn.functional.binary_cross_entropy_with_logits
    return entropy(z, target, weight=weight, reduction="sum") / weight.sum()


def fit(x, y, rounds, delay):
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # the order of sums is part of the seed
    rng = np.random.default_rng([SEED, 5])
    net = model.Net()
    optimiser = torch.optim.Adam(net.parameters(), lr=RATE_FIRST)
    for turn in range(rounds):
        rate = max(RATE_LAST, 0.5 + 0.5 * np.cos(np.pi * turn / rounds)) * min(1, (turn + 1) / 50)
        for group in optimiser.param_groups:
            group["lr"] = RATE_FIRST * rate
        rows = rng.integers(0, len(x), BATCH)
        begin = 0 if rng.random() < 0.3 else rng.integers(0, x.shape[1] - CROP + 1)
        loss = loss_of(net, x[rows, begin:begin + CROP], y[rows, begin:begin + CROP], delay)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        if turn % 500 == 0:
            print("round %d of %d, loss %.3f" % (turn, rounds, loss.item()), flush=True)
    return net


def balanced(decided, truth):
    """Mean of the hits among speech and among pauses."""
    return 0.5 * (decided[truth == 1].mean() + (~decided)[truth == 0].mean())


def report(arrays, delay, x, y, kind):
    """Balanced accuracy on what was held out, by kind of noise."""
    decided = np.stack([model.smooth(model.logits(arrays, row.astype(np.float64)), delay) > 0 for row in x])
    lines = ["all %.3f" % balanced(decided, y)]
    lines += ["%s %.3f" % (k, balanced(decided[kind == k], y[kind == k])) for k in sorted(set(kind))]
    return ", ".join(lines)


def layer_text(name, array):
    """An array as C: float literals that read back bit for bit."""
    numbers = ["%sf" % np.format_float_scientific(v, unique=True, trim="0") for v in array.ravel()]
    rows = ["    " + ", ".join(numbers[i:i + 5]) + "," for i in range(0, len(numbers), 5)]
    return "  .%s = {\n%s\n  },\n" % (name, "\n".join(rows))


def header(nets):
    """The nets, {latency: (arrays, card)}, as a C header."""
    text = "// SPDX-License-Identifier: ISC\n// Made by train/train.py, seed %d.\n#include \"net.h\"\n" % SEED
    for latency, (arrays, card) in nets.items():
        digest = hashlib.sha256(b"".join(a.astype("<f4").tobytes() for pair in arrays for a in pair)).hexdigest()
        text += "\n// Held out: %s.\n// sha256 of the numbers in order, little endian:\n// %s\n" % (card.replace(", k", ",\n// k"), digest)
        text += "static const struct net_weights weights_%s = {\n" % latency
        for name, (w, bias) in zip(("first", "second", "third", "out"), arrays):
            text += layer_text(name + "_w", w.astype(np.float32)) + layer_text(name + "_bias", bias.astype(np.float32))
        text += "};\n"
    return text


def train(work, seen, held, rounds, latency):
    """(arrays, card) of the net for *latency*, which is kept in work."""
    delay = model.DELAYS[latency]
    path = work / ("net_%s.npz" % latency)
    if not path.exists():
        arrays = model.weights(fit(seen[0], seen[1], rounds, delay))
        np.savez(path, *[a for pair in arrays for a in pair])
    arrays = model.load(path)
    card = report(arrays, delay, held[0], held[1], held[2])
    print(latency, card, flush=True)
    return arrays, card


def main():
    parser = argparse.ArgumentParser(description="train the net of vad, mode speech")
    parser.add_argument("--work", type=pathlib.Path, required=True, help="folder for what is made on the way")
    parser.add_argument("--out", type=pathlib.Path, help="where the header goes")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scale", type=float, default=1.0, help="0.01: a trial of the recipe in a minute")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)

    def scaled(count):
        return max(24, int(count * args.scale))
    clips = split(bank(args.work / "clips.pickle", speech.clip, scaled(CLIPS), args.jobs))
    pieces = split(bank(args.work / "music.pickle", music.piece, scaled(PIECES), args.jobs))
    x, y, _, _ = streams(args.work / "train.npz", (clips[0], pieces[0]), False, scaled(STREAMS), args.jobs)
    held = streams(args.work / "held.npz", (clips[1], pieces[1]), True, scaled(STREAMS * HELD_OUT), args.jobs)
    with multiprocessing.Pool(min(2, args.jobs)) as pool:
        latencies = list(model.DELAYS)
        trained = pool.map(functools.partial(train, args.work, (x, y), held, scaled(ROUNDS)), latencies)
    if args.out:
        args.out.write_text(header(dict(zip(latencies, trained))))


if __name__ == "__main__":
    main()

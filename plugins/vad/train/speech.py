# SPDX-License-Identifier: ISC
"""A bank of clean synthetic speech, labelled: espeak-ng and flite only, so no
recording of a person is in it. Each clip depends on its number alone."""
import io
import subprocess

import numpy as np
import soundfile
from scipy.signal import resample_poly

import text
from features import RATE

STEP = 160  # labels are made for steps of 10 ms

LANGUAGES = ("en-us en-gb de fr-fr es it pl ru cs nl sv hu tr el fi da pt-br ro id vi hi sw ca hr "
             "lt lv sk nb bg uk fa bn").split()
VARIANTS = ("m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 klatt klatt2 klatt3 klatt4 croak steph steph2 "
            "Andy Annie belinda linda pablo max michel adam david ed john").split()
FLITE = "kal kal16 rms slt awb".split()


def say(rng):
    """One utterance as the synthesiser gave it: samples and their rate."""
    if rng.random() < 0.65:
        sentence = text.foreign(rng) if rng.random() < 0.7 else text.english(rng)
        voice = rng.choice(LANGUAGES) + "+" + rng.choice(VARIANTS)
        command = ["espeak-ng", "-v", voice, "-s", str(rng.integers(110, 225)), "-p", str(rng.integers(5, 95)),
                   "--stdout", sentence]
    else:
        sentence = text.english(rng) if rng.random() < 0.7 else text.foreign(rng)
        command = ["flite", "-voice", rng.choice(FLITE), "--setf", "duration_stretch=%.2f" % rng.uniform(0.75, 1.3),
                   "--setf", "int_f0_target_mean=%d" % rng.integers(80, 240), "-t", sentence, "-o", "/dev/stdout"]
    wav = bytearray(subprocess.run(command, check=True, capture_output=True).stdout)
    # Written to a pipe, the sizes in the header are not those of the data.
    wav[4:8] = (len(wav) - 8).to_bytes(4, "little")
    at = wav.index(b"data")
    wav[at + 4:at + 8] = (len(wav) - at - 8).to_bytes(4, "little")
    return soundfile.read(io.BytesIO(bytes(wav)), dtype="float32")


def labels(clip):
    """1 speech, 0 pause, -1 not scored, for each 10 ms of a clean clip. Within
    30 dB of the loud level (95th percentile of the energy of 30 ms) is speech,
    42 dB below it is a pause; between, and in pauses under 100 ms, nothing is
    certain."""
    energy = np.concatenate([[0.0], np.cumsum(np.pad(clip, (STEP, 2 * STEP)).astype(np.float64) ** 2)])
    at = np.arange(len(clip) // STEP) * STEP
    level = 10 * np.log10((energy[at + 3 * STEP] - energy[at]) / (3 * STEP) + 1e-12)
    top = np.percentile(level, 95)
    label = np.where(level > top - 30, 1, np.where(level < top - 42, 0, -1))
    edges = np.flatnonzero(np.diff(np.concatenate([[9], label, [9]])))
    for begin, end in zip(edges[:-1], edges[1:]):
        if label[begin] == 0 and end - begin < 10 and begin > 0 and end < len(label):
            label[begin:end] = -1
    return label.astype(np.int8)


def clip(seed, number):
    """Clip *number* of the bank of *seed*: (s16 samples at 16 kHz, labels)."""
    rng = np.random.default_rng([seed, 1, number])
    while True:
        samples, rate = say(rng)
        # A longer or shorter vocal tract, and a slower or quicker speaker.
        factor = rng.uniform(0.84, 1.18) if rng.random() < 0.6 else 1.0
        samples = resample_poly(samples, int(round(1000 * factor * RATE / rate)), 1000)
        samples = samples[: len(samples) // STEP * STEP]
        if len(samples) > RATE // 3 and samples.std() > 1e-4:
            break
    samples *= 0.0631 / np.sqrt(np.mean(samples.astype(np.float64) ** 2))  # -24 dB
    return np.clip(samples * 32768, -32768, 32767).astype(np.int16), labels(samples)

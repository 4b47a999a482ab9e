# SPDX-License-Identifier: ISC
"""Streams of 20 s: clips with pauses between them, a room, a noise, a line."""
import numpy as np
from scipy.signal import butter, fftconvolve, firwin2, lfilter

from features import HOP, RATE
from noise import breath
from speech import STEP

SECONDS = 20
SAMPLES = SECONDS * RATE
STEPS = SAMPLES // STEP
SNR_DB = (60, 40, 25, 20, 15, 10, 7, 5, 2, 0, -3)
SNR_ODDS = (0.05, 0.05, 0.08, 0.12, 0.12, 0.15, 0.1, 0.12, 0.08, 0.1, 0.03)
SILENT_STREAMS = 0.07  # nobody speaks in these: music alone is not speech


def utterances(rng, speech):
    """(samples, label of each step) of one or more talkers, -24 dB each."""
    out, label = np.zeros(SAMPLES, np.float32), np.zeros(STEPS, np.int8)
    if rng.random() < SILENT_STREAMS:
        return out, label
    jitter, hasty = rng.choice([0, 3, 6]), rng.random() < 0.3
    at = 0 if rng.random() < 0.3 else int(rng.uniform(0, 150))
    while at < STEPS:
        clip, said = speech[rng.integers(len(speech))]
        skip = rng.integers(len(said) // 2) if at == 0 else 0  # the stream begins in a word
        said = said[skip:skip + STEPS - at]
        gain = 10 ** (rng.normal(0, jitter) / 20) / 32768
        out[at * STEP:(at + len(said)) * STEP] = clip[skip * STEP:(skip + len(said)) * STEP] * gain
        label[at:at + len(said)] = said
        end = at + len(said)
        at = end + int((rng.uniform(0.05, 0.5) if hasty else rng.uniform(0.4, 2.2)) * 100)
        if at - end > 70 and rng.random() < 0.25:
            air = breath(rng) * 0.0631 * 10 ** (-rng.uniform(12, 35) / 20)
            where = (end + 5) * STEP
            air = air[: max(0, min(len(air), SAMPLES - where))]
            out[where:where + len(air)] += air.astype(np.float32)
    return out, label


def room(rng, samples):
    length = int(rng.uniform(0.1, 0.5) * RATE)
    tail = rng.standard_normal(length) * np.exp(-np.arange(length) / length * 6.9)
    tail *= rng.uniform(0.05, 0.35) / np.sqrt(np.sum(tail ** 2))
    tail[0] = 1
    return fftconvolve(samples, tail)[:SAMPLES]


def line(rng, samples):
    """What a telephone, a cheap microphone or a mixing desk does."""
    chance = rng.random()
    if chance < 0.35:
        return lfilter(*butter(6, rng.uniform(3200, 3950) / 8000), samples)
    if chance < 0.45:
        return lfilter(*butter(2, [rng.uniform(150, 350) / 8000, rng.uniform(3300, 7000) / 8000], "band"), samples)
    if chance < 0.65:
        taps = firwin2(65, np.array([0, 200, 500, 1200, 3000, 8000]) / 8000, 10 ** (rng.normal(0, 3, 6) / 20))
        return np.concatenate([lfilter(taps, 1, samples)[32:], np.zeros(32)])
    return samples


def hops(label):
    """Labels of 20 ms from those of 10 ms: both halves must not disagree."""
    pair = label.reshape(-1, HOP // STEP)
    some, none = (pair == 1).any(1), (pair == 0).any(1)
    return np.where(some & ~none, 1, np.where(none & ~some, 0, -1)).astype(np.int8)


def stream(rng, speech, noises):
    """(samples at +-1, label of each hop, kind of noise, SNR in dB)."""
    clean, label = utterances(rng, speech)
    scored = label.copy()
    for change in np.flatnonzero(np.diff(label) != 0):
        scored[max(0, change - 1):change + 3] = -1  # nobody agrees on an edge
    active = np.repeat(scored == 1, STEP)
    power = np.mean(clean[active] ** 2) if active.any() else 10 ** -2.4
    if rng.random() < 0.25:
        clean = room(rng, clean)
    kind, noise = noises.draw(rng, SAMPLES)
    snr = float(rng.choice(SNR_DB, p=SNR_ODDS))
    out = line(rng, clean + noise * np.sqrt(power) * 10 ** (-snr / 20))
    out = out * 10 ** (rng.uniform(-24, 10) / 20)
    out = out + rng.standard_normal(SAMPLES) * 10 ** (-rng.uniform(70, 95) / 20)
    return np.clip(np.rint(out * 32768), -32768, 32767) / 32768, hops(scored), kind, snr

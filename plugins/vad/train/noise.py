# SPDX-License-Identifier: ISC
"""Everything that is not speech, one second of power 1 being as good as the next:
coloured noise, fans and cars, tones, knocks, breaths, babble, music."""
import numpy as np
from scipy.signal import butter, lfilter, resample_poly

from features import RATE


def unit(samples):
    return samples / (np.sqrt(np.mean(samples ** 2)) + 1e-9)


def coloured(rng, n):
    """Stationary noise: white, pink, brown, any slope, a car, any equaliser."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    hz = np.maximum(np.arange(len(spectrum)) * RATE / n, 20)
    kind = rng.integers(0, 6)
    if kind < 3:
        gain = hz ** (-0.5 * kind)
    elif kind == 3:
        gain = hz ** rng.uniform(-1.3, 0.3)
    elif kind == 4:
        gain = 1 / (1 + (hz / rng.uniform(80, 400)) ** rng.uniform(1.5, 3)) + rng.uniform(0, 0.02)
    else:
        at = np.sort(rng.uniform(50, 8000, 6))
        gain = np.exp(np.interp(hz, at, rng.normal(0, 1.5, 6))) * hz ** rng.uniform(-1, 0)
    return np.fft.irfft(spectrum * gain, n)


def swelling(rng, samples):
    """The same noise as somebody turns it up and down, slowly or in gusts."""
    n = len(samples)
    points = max(4, int(n / RATE * rng.choice([0.3, 1, 3, 8])))
    level = np.interp(np.arange(n), np.linspace(0, n, points), rng.normal(0, rng.choice([2, 4, 8]), points))
    return samples * 10 ** (level / 20)


def tones(rng, n):
    """Dying harmonic tones of random pitch: bells, beeps, plucked strings."""
    out, at = np.zeros(n), 0
    while at < n:
        length = int(rng.uniform(0.06, 0.8) * RATE)
        t = np.arange(length) / RATE
        root = 110 * 2 ** (rng.integers(-12, 36) / 12)
        sound = np.zeros(length)
        for _ in range(rng.integers(1, 4)):
            hz, steep, harmonics = root * 2 ** (rng.integers(0, 13) / 12), rng.uniform(0.5, 2), rng.integers(2, 9)
            for h in range(1, harmonics):
                if hz * h < 7500:
                    sound += np.sin(2 * np.pi * hz * h * t + rng.uniform(0, 6)) / h ** steep
        end = min(length, n - at)
        out[at:at + end] += (sound * np.exp(-t * rng.uniform(0, 8)))[:end]
        at += int(length * rng.uniform(0.3, 1.2))
    return out


def knocks(rng, n):
    """Doors, keys, cutlery: short bursts of band noise."""
    out = 1e-4 * rng.standard_normal(n)
    for _ in range(rng.integers(3, 60)):
        length = int(rng.uniform(0.003, 0.15) * RATE)
        at = rng.integers(n - length)
        band = butter(1, [rng.uniform(80, 1000) / 8000, rng.uniform(1500, 7500) / 8000], "band")
        burst = lfilter(*band, rng.standard_normal(length)) * np.exp(-np.arange(length) / length * rng.uniform(2, 8))
        out[at:at + length] += burst * 10 ** rng.uniform(-1, 0.3)
    return out


def breath(rng):
    """Air through a mouth, 0.15 to 0.6 s, of power 1: not speech."""
    length = int(rng.uniform(0.15, 0.6) * RATE)
    band = butter(2, [rng.uniform(300, 900) / 8000, rng.uniform(2500, 7500) / 8000], "band")
    swell = np.sin(np.pi * np.linspace(0, 1, length)) ** rng.uniform(0.7, 2)
    return unit(lfilter(*band, rng.standard_normal(length)) * swell)


class Noise:
    """Draws noises; *speech* and *music* are banks of s16 samples."""

    KINDS = (("coloured", 0.32), ("swelling", 0.08), ("music", 0.32), ("tones", 0.06), ("knocks", 0.07), ("babble", 0.06),
             ("mixture", 0.09))

    def __init__(self, speech, music):
        self.speech = speech
        self.music = music

    def talker(self, rng, n):
        parts, have = [], 0
        while have < n:
            part = self.speech[rng.integers(len(self.speech))][0].astype(np.float32) / 8192
            parts.append(part)
            have += len(part)
        line = np.concatenate(parts)[:n]
        return np.roll(line, rng.integers(n)) / (line.std() + 1e-6)

    def band(self, rng, n):
        """A piece of the bank at any speed, sometimes two at once."""
        def one():
            return self.music[rng.integers(len(self.music))].astype(np.float32) / 2000
        piece = one()
        if rng.random() < 0.3:
            piece = resample_poly(piece, 100, rng.integers(85, 118))
        out = np.resize(np.roll(piece, rng.integers(len(piece))), n)
        if rng.random() < 0.25:
            out = out + rng.uniform(0.3, 1) * np.resize(np.roll(one(), rng.integers(10 ** 5)), n)
        return out

    def of_kind(self, kind, rng, n):
        if kind == "coloured":
            return coloured(rng, n)
        if kind == "swelling":
            return swelling(rng, coloured(rng, n))
        if kind == "music":
            return self.band(rng, n)
        if kind == "tones":
            return tones(rng, n)
        if kind == "knocks":
            return knocks(rng, n)
        if kind == "babble":
            return sum(self.talker(rng, n) for _ in range(rng.integers(5, 9)))
        under = unit(coloured(rng, n)) * rng.uniform(0.1, 1)
        over = self.band(rng, n) if rng.random() < 0.6 else knocks(rng, n)
        return under + unit(over) * rng.uniform(0.3, 1)

    def draw(self, rng, n):
        names, odds = zip(*self.KINDS)
        kind = rng.choice(names, p=odds)
        return kind, unit(self.of_kind(kind, rng, n))

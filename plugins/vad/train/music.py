# SPDX-License-Identifier: ISC
"""Music that nobody composed: notes drawn from scales, chords and rhythms,
written as a MIDI file and played by fluidsynth with a free General MIDI set of
sampled instruments."""
import pathlib
import subprocess
import tempfile

import numpy as np
import soundfile
from scipy.signal import resample_poly

from features import RATE

FONT = "/usr/share/sounds/sf2/FluidR3_GM.sf2"
SECONDS = 60
TICKS = 480  # of a quarter note

SCALES = ([0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 4, 7, 9], [0, 3, 5, 6, 7, 10])
# Instruments of General MIDI, from 0: keys, guitars, basses, strings, voices,
# brass, reeds, flutes, leads and pads. Choirs are there on purpose: they are
# music, not speech.
MELODIES = (0, 4, 6, 11, 12, 21, 24, 25, 27, 29, 40, 41, 42, 48, 52, 53, 54, 56, 57, 60, 61, 64, 65, 66, 68, 71, 73,
            75, 78, 79, 80, 81, 85, 88, 91)
BASSES = (32, 33, 34, 35, 38, 43)
CHORDS = (0, 1, 4, 5, 16, 19, 24, 26, 27, 30, 46, 48, 49, 50, 52, 61, 89, 90)


def melody(rng, scale, root, beats):
    """(beat, length, key) of a line that wanders over the scale."""
    at, degree, notes = 0.0, int(rng.integers(0, 8)), []
    density = rng.choice([0.25, 0.5, 0.5, 1.0, 2.0])
    while at < beats:
        length = density * rng.choice([0.5, 1, 1, 1, 2, 3])
        if rng.random() < 0.85:
            degree = int(np.clip(degree + rng.integers(-2, 3), -3, 12))
            notes.append((at, length * rng.uniform(0.5, 1.0), root + 12 * (degree // len(scale)) +
                          scale[degree % len(scale)]))
        at += length
    return notes


def chords(rng, scale, root, beats):
    """Chords of three or four notes, a bar each, held or strummed."""
    notes, strum = [], rng.choice([0, 0, 4, 8])
    for bar in np.arange(0, beats, 4):
        degree = rng.choice([0, 3, 4, 5, 1])
        keys = [root + 12 * ((degree + i) // len(scale)) + scale[(degree + i) % len(scale)] for i in (0, 2, 4, 6)]
        for hit in range(max(1, strum)):
            step = 4 / max(1, strum)
            notes += [(bar + hit * step, step * 0.95, k) for k in keys[: rng.integers(3, 5)]]
    return notes


def drums(rng, beats):
    """A pattern of a bar on the percussion channel, repeated with variation."""
    grid = [(p, k) for k, often in ((36, 0.3), (38, 0.2), (42, 0.6), (46, 0.1), (49, 0.03)) for p in np.arange(0, 4, 0.5)
            if rng.random() < often]
    return [(bar + p, 0.2, k) for bar in np.arange(0, beats, 4) for p, k in grid if rng.random() < 0.92]


def variable(value):
    """MIDI's length of variable size: seven bits a byte, the highest first."""
    out = [value & 0x7F]
    while value > 0x7F:
        value >>= 7
        out.append(0x80 | value & 0x7F)
    return bytes(reversed(out))


def track(events):
    """A MIDI track of (tick, message) in any order."""
    body, now = b"", 0
    for tick, message in sorted(events):
        body += variable(tick - now) + message
        now = tick
    body += b"\0\xff\x2f\0"
    return b"MTrk" + len(body).to_bytes(4, "big") + body


def notes_to_events(rng, notes, channel, program):
    events = [(0, bytes([0xC0 | channel, program]))] if channel != 9 else []
    loud = rng.integers(50, 110)
    for at, length, key in notes:
        key = int(np.clip(key, 20, 110))
        velocity = int(np.clip(loud + rng.normal(0, 10), 20, 127))
        begin = int(at * TICKS)
        events += [(begin, bytes([0x90 | channel, key, velocity])),
                   (begin + max(10, int(length * TICKS)), bytes([0x80 | channel, key, 0]))]
    return events


def midi(rng):
    """A whole piece as the bytes of a standard MIDI file."""
    tempo = rng.uniform(55, 170)
    beats = SECONDS * tempo / 60
    scale, root = SCALES[rng.integers(len(SCALES))], int(rng.integers(48, 66))
    tracks = [track([(0, b"\xff\x51\x03" + int(60e6 / tempo).to_bytes(3, "big"))])]
    for channel in range(rng.integers(1, 4)):
        tracks.append(track(notes_to_events(rng, melody(rng, scale, root + 12 * int(rng.integers(0, 2)), beats), channel,
                                            int(rng.choice(MELODIES)))))
    if rng.random() < 0.7:
        tracks.append(track(notes_to_events(rng, chords(rng, scale, root, beats), 4, int(rng.choice(CHORDS)))))
    if rng.random() < 0.6:
        tracks.append(track(notes_to_events(rng, melody(rng, scale, root - 24, beats), 5, int(rng.choice(BASSES)))))
    if rng.random() < 0.55:
        tracks.append(track(notes_to_events(rng, drums(rng, beats), 9, 0)))
    head = b"MThd" + (6).to_bytes(4, "big") + b"\0\1" + len(tracks).to_bytes(2, "big") + TICKS.to_bytes(2, "big")
    return head + b"".join(tracks)


def piece(seed, number):
    """Piece *number* of *seed*: a minute at 16 kHz, mono, s16."""
    rng = np.random.default_rng([seed, 2, number])
    with tempfile.TemporaryDirectory() as folder:
        score, sound = pathlib.Path(folder, "score.mid"), pathlib.Path(folder, "sound.wav")
        score.write_bytes(midi(rng))
        subprocess.run(["fluidsynth", "-q", "-ni", "-r", "48000", "-g", "0.5", "-F", sound, FONT, score], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        samples = soundfile.read(sound, dtype="float32", frames=48000 * SECONDS)[0].mean(1)
    samples = resample_poly(samples, 1, 3)[: SECONDS * RATE]
    samples *= 2000 / 32768 / (samples.std() + 1e-9)
    return np.clip(samples * 32768, -32768, 32767).astype(np.int16)

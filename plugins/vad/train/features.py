# SPDX-License-Identifier: ISC
"""The features of the net, the reference of plugins/vad/bands.c and net.c.

A hop is 320 samples at 16 kHz (20 ms). The running mean is the key: what does
not change is background, whatever its colour."""
import numpy as np

RATE = 16000
HOP = 320
WINDOW = 512
BEFORE = (WINDOW - HOP) // 2  # the window's middle is the hop's
BANDS = 20
LOW_HZ, HIGH_HZ = 80.0, 3800.0
MEMORY_HOPS = 100  # 2 s
LEAST_POWER = 1e-10


def mel_weights():
    """[bins, BANDS]: triangles equally wide in mel, each of sum 1."""
    def mel(hz):
        return 1127 * np.log(1 + hz / 700)
    edges = 700 * (np.exp(np.linspace(mel(LOW_HZ), mel(HIGH_HZ), BANDS + 2) / 1127) - 1)
    hz = np.arange(WINDOW // 2 + 1) * RATE / WINDOW
    weights = np.zeros((len(hz), BANDS))
    for b in range(BANDS):
        low, centre, high = edges[b:b + 3]
        weights[:, b] = np.maximum(0, np.minimum((hz - low) / (centre - low), (high - hz) / (high - centre)))
        if weights[:, b].sum() < 1e-3:
            weights[np.argmin(abs(hz - centre)), b] = 1
        weights[:, b] /= weights[:, b].sum()
    return weights


MEL = mel_weights()
HANN = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)


def log_bands(samples):
    """[hops, BANDS]: the natural logarithm of each band's power."""
    n = len(samples) // HOP
    padded = np.concatenate([np.zeros(BEFORE), samples, np.zeros(WINDOW)]).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:n]
    spectrum = np.fft.rfft(frames * HANN.astype(np.float32), axis=1)
    power = (spectrum.real ** 2 + spectrum.imag ** 2) / np.sum(HANN ** 2)
    return np.log(np.maximum(power @ MEL, LEAST_POWER))


def normalise(bands, prime=False):
    """[..., hops, BANDS] less its running mean over 2 s, halved. *prime*: the
    mean starts as that of the first second, which must be at hand."""
    out = np.empty_like(bands)
    first = 50 if prime and bands.shape[-2] >= 50 else 0
    mean = bands[..., :first, :].mean(-2) if first else bands[..., 0, :].copy()
    for t in range(bands.shape[-2]):
        if t >= first:
            mean = mean + max(1 / MEMORY_HOPS, 1 / (t + 1)) * (bands[..., t, :] - mean)
        out[..., t, :] = bands[..., t, :] - mean
    return 0.5 * out

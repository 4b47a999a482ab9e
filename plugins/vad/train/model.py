# SPDX-License-Identifier: ISC
"""The net: three dilated causal layers and a logit; its form is that of
plugins/vad/net.c, which is tested against `logits` here to 1e-4."""
import numpy as np
import torch
from torch import nn

from features import BANDS

LAYERS = ((3, 1, 24), (3, 3, 24), (3, 9, 16))  # taps, dilation, outputs
HISTORY = sum((taps - 1) * dilation for taps, dilation, _ in LAYERS)  # 26 hops
DELAYS = {"normal": 3, "low": 1}  # the logit of hop t is about hop t - 3, or 1


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        inputs, layers = BANDS, []
        for taps, dilation, outputs in LAYERS:
            layers.append(nn.Conv1d(inputs, outputs, taps, dilation=dilation))
            inputs = outputs
        self.layers = nn.ModuleList(layers)
        self.out = nn.Conv1d(inputs, 1, 1)

    def forward(self, features):
        """[streams, hops, BANDS] -> [streams, hops]"""
        x = nn.functional.pad(features.transpose(1, 2), (HISTORY, 0))
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.out(x)[:, 0]


def weights(net):
    """The net as plain arrays: per layer (w[tap][in][out], bias)."""
    arrays = []
    for layer in list(net.layers) + [net.out]:
        arrays.append((layer.weight.detach().numpy().transpose(2, 1, 0).copy(), layer.bias.detach().numpy().copy()))
    return arrays


def load(path):
    """What train.py keeps in its folder: arrays as of `weights`."""
    kept = np.load(path)
    flat = [kept[k] for k in kept.files]
    return list(zip(flat[0::2], flat[1::2]))


def logits(arrays, features):
    """The same in numpy: [hops, BANDS] -> [hops], the reference of the C code."""
    x = np.concatenate([np.zeros((HISTORY, BANDS)), features])
    for (w, bias), (taps, dilation, _) in zip(arrays, LAYERS):
        n = len(x) - (taps - 1) * dilation
        x = np.maximum(0, sum(x[k * dilation:k * dilation + n] @ w[k] for k in range(taps)) + bias)
    return (x @ arrays[-1][0][0] + arrays[-1][1])[:, 0]


def smooth(z, delay):
    """Decision value of each hop: the mean of three logits around that *delay*
    hops later; at the end the last logit repeats."""
    padded = np.concatenate([z, np.repeat(z[-1:], delay + 1)])
    return sum(padded[delay + i:len(z) + delay + i] for i in (-1, 0, 1)) / 3

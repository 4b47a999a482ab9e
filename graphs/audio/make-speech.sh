#!/bin/sh
# SPDX-License-Identifier: ISC
# Makes speech.flac and speech.labels.txt, the recording that serves as demo
# input: utterances of a LibriVox reading, set apart by pauses, placed in a
# stereo field over pink noise, with a hum, two clicks and a rustle in the
# pauses. Seeded: the same inputs and the same sox give the same samples.
#
# Usage: make-speech.sh LIBRIVOX_DIR [OUT_DIR]
#
# LIBRIVOX_DIR is the directory of the readings in Debian's package
# pocketsphinx-testdata; to find it:
#   dirname "$(dpkg -L pocketsphinx-testdata | grep 'librivox/transcription')"
# OUT_DIR is where the two files go, by default the directory of this script.
# Needs sox (with FLAC) and python3 with its standard library.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "usage: $0 LIBRIVOX_DIR [OUT_DIR]" >&2
    exit 2
fi
in=$1
out=${2:-$(dirname "$0")}
book=sense_and_sensibility_01_austen_64kb
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# The label times belong to exactly these recordings.
(cd "$in" && sha256sum -c --quiet -) <<EOF
b0557cf95c974d930577e58e46b7f068c432a6e3afcc286563d88922b2a5315c  $book-0870.wav
fbec491ef00ee734a67f0ee318e98c51c157b479e1629ff4f4426861ecac0414  $book-0880.wav
5793ffbdee55fb8bfd284943a6866864c832d9d4accf2661cabd39915c84ee10  $book-0890.wav
40882414ef4cc51f3ff7a63bad0c8c87e7f595ffeb8209fbf756c8ebc5c28a59  $book-0920.wav
954adbf0b56ac8a148cbe77b39ca18d76b5f2a1e1f405565bd786ce3e68a68b7  $book-0930.wav
EOF

# The readings have an offset, which the high-pass takes out. The gain is
# headroom for the resampler; the mix sets the level anyway.
for n in 0870 0880 0890 0920 0930; do
    sox -R -D "$in/$book-$n.wav" -t raw -e floating-point -b 32 -L \
        "$tmp/$n.f32" gain -3 highpass 40 rate -v 44100
done

cat >"$tmp/mix.py" <<'EOF'
import array
import math
import random
import sys

RATE = 44100
tmp, transcription, labels = sys.argv[1:4]
rng = random.Random(20110)


def db(x):
    return 10.0 ** (x / 20.0)


def load(name):
    a = array.array('f')
    with open(f'{tmp}/{name}.f32', 'rb') as f:
        a.frombytes(f.read())
    if sys.byteorder == 'big':
        a.byteswap()
    return a


def words():
    """The words of each recording, by the last four digits of its name."""
    texts = {}
    with open(transcription) as f:
        for line in f:
            text, name = line.rsplit('(', 1)
            text = text.replace('<s>', '').replace('</s>', '')
            texts[name.strip().rstrip(')')[-4:]] = text.split()
    return texts


# Pause before the utterance; recording; where speech starts and ends in it;
# how much of the recording around that to keep, before and after; the words;
# gain in dB; how many samples the right channel comes later; how many dB the
# left channel is louder.
UTTERANCES = [
    (1.20, '0870', 0.21, 2.20, .06, .02, slice(0, 6), 0.0, 9, 1.5),
    (0.40, '0870', 2.25, 6.79, .02, .10, slice(6, None), 0.0, 9, 1.5),
    (1.70, '0880', 0.26, 2.80, .06, .08, slice(0, None), 2.5, -14, -2.5),
    (0.75, '0890', 0.26, 3.60, .06, .02, slice(0, 9), -1.0, 0, 0.0),
    (0.50, '0890', 3.66, 5.10, .03, .10, slice(9, None), -1.0, 0, 0.0),
    (2.50, '0920', 0.26, 5.83, .06, .10, slice(0, None), 0.0, 20, 3.0),
    (1.90, '0930', 0.24, 3.02, .06, .10, slice(0, None), -3.0, -6, -1.0),
]
TAIL = 1.60

# Where the utterances fall.
placed = []
t = 0.0
for u in UTTERANCES:
    start = t + u[0]
    t = start + u[3] - u[2]
    placed.append((start, t))
total = round((t + TAIL) * RATE)
speech = [[0.0] * total, [0.0] * total]

# Each channel hears the voice directly and once more off a wall of its own.
WALL = [(round(0.0113 * RATE), db(-19)), (round(0.0171 * RATE), db(-20))]
for (start, end), u in zip(placed, UTTERANCES):
    _, name, cut, stop, lead, tail, _, gain, later, louder = u
    src = load(name)
    first, last = round((cut - lead) * RATE), round((stop + tail) * RATE)
    last = min(last, len(src))
    rise, fall = lead * RATE, tail * RATE
    part = [src[first + i] * db(gain)
            * min(1.0, i / rise, (last - first - i) / fall)
            for i in range(last - first)]
    at = round((start - lead) * RATE)
    for ch in (0, 1):
        pan = db(louder / 2 if ch == 0 else -louder / 2)
        delay = max(0, -later) if ch == 0 else max(0, later)
        back, wall = WALL[ch]
        o = speech[ch]
        for i, x in enumerate(part):
            o[at + delay + i] += x * pan
            o[at + delay + back + i] += x * pan * wall


def pink(n):
    """Pink noise of RMS 1: white noise through first-order sections whose
    corners are an octave and a half apart, less what is below 20 Hz."""
    poles = [1.0 - math.exp(-2.0 * math.pi * 20.0 * 2.0 ** (1.5 * k) / RATE)
             for k in range(7)]
    gains = [2.0 ** (-0.75 * k) for k in range(7)]
    state = [0.0] * 7
    block = math.exp(-2.0 * math.pi * 20.0 / RATE)
    low = high = 0.0
    out = []
    for i in range(-RATE, n):
        w = rng.random() + rng.random() + rng.random() - 1.5
        x = 0.0
        for k in range(7):
            state[k] += poles[k] * (w - state[k])
            x += gains[k] * state[k]
        high = block * (high + x - low)
        low = x
        if i >= 0:
            out.append(high)
    rms = math.sqrt(sum(x * x for x in out) / n)
    return [x / rms for x in out]


def level(t):
    """The noise swells once, from -54 dBFS to -51 dBFS and back."""
    return db(-52.5 - 1.5 * math.cos(2.0 * math.pi * t * RATE / total))


rest = [pink(total), pink(total)]
for ch, trim in ((0, 0.0), (1, -0.8)):
    o = rest[ch]
    for i in range(total):
        o[i] *= level(i / RATE) * db(trim)

# Sounds that are not speech, all of them inside pauses.
events = []


def click(t, gain, pan):
    at = round(t * RATE)
    for i in range(round(0.012 * RATE)):
        x = db(gain) * math.exp(-i / (0.0015 * RATE)) \
            * math.sin(2.0 * math.pi * 2300.0 * i / RATE)
        rest[0][at + i] += x * db(pan / 2)
        rest[1][at + i] += x * db(-pan / 2)
    events.append((t, t + 0.012, 'click'))


def hum(t, d, gain):
    at, n = round(t * RATE), round(d * RATE)
    for i in range(n):
        fade = min(1.0, i / (0.2 * RATE), (n - i) / (0.2 * RATE))
        for ch in (0, 1):
            a = 2.0 * math.pi * 50.0 * i / RATE + 0.3 * ch
            x = math.sin(a) + 0.5 * math.sin(2 * a) + 0.25 * math.sin(3 * a) \
                + 0.12 * math.sin(5 * a)
            rest[ch][at + i] += db(gain) * x * fade
    events.append((t, t + d, 'hum'))


def rustle(t, d, gain):
    at, n = round(t * RATE), round(d * RATE)
    for ch in (0, 1):
        prev = 0.0
        for i in range(n):
            w = rng.random() * 2.0 - 1.0
            rest[ch][at + i] += db(gain) * (w - 0.7 * prev) \
                * math.sin(math.pi * i / n) ** 2
            prev = w
    events.append((t, t + d, 'rustle'))


click(placed[1][1] + 0.70, -20.0, 4.0)
click(placed[1][1] + 1.05, -24.0, -4.0)
hum(placed[4][1] + 0.50, 1.50, -39.0)
rustle(placed[5][1] + 0.75, 0.45, -41.0)

# The speech is scaled so that the loudest sample of the mix is at -3 dBFS.
peak = db(-3.0)
loud = 0.5 * max(max(abs(s) for s in o) for o in speech)
scale = min((math.copysign(peak, s) - r) / s
            for ch in (0, 1) for s, r in zip(speech[ch], rest[ch])
            if abs(s) > loud)

pcm = array.array('h')
for i in range(total):
    for ch in (0, 1):
        x = speech[ch][i] * scale + rest[ch][i]
        pcm.append(math.floor(x * 32768.0 + 0.5))
if sys.byteorder == 'big':
    pcm.byteswap()
with open(f'{tmp}/mix.s16', 'wb') as f:
    f.write(pcm.tobytes())

texts = words()
with open(labels, 'w') as f:
    f.write('# SPDX-License-Identifier: ISC AND BSD-2-Clause\n'
            '# The words are from the transcription in pocketsphinx-testdata;\n'
            '# its notice is in ../README.md. The times, in seconds, come from\n'
            '# the level of the readings and are good to about 0.1 s.\n'
            '# Speech in speech.flac: start end text\n')
    for (start, end), u in zip(placed, UTTERANCES):
        text = ' '.join(texts[u[1]][u[6]])
        f.write(f'{start:.3f} {end:.3f} {text}\n')
    f.write('# Sounds that are not speech: start end what\n')
    for start, end, what in events:
        f.write(f'# {start:.3f} {end:.3f} {what}\n')
    f.write(f'# Length of the recording: {total / RATE:.3f}\n')
EOF
python3 "$tmp/mix.py" "$tmp" "$in/transcription" "$tmp/labels"

sox -R -D -t raw -r 44100 -e signed-integer -b 16 -L -c 2 "$tmp/mix.s16" \
    -C 8 --comment "" \
    --add-comment "TITLE=Demo speech for rill" \
    --add-comment "LICENSE=ISC AND BSD-2-Clause; reading: LibriVox, public domain" \
    --add-comment "DESCRIPTION=From Sense and Sensibility, chapter 1, by Jane Austen; LibriVox reading packaged in pocketsphinx-testdata; edited and mixed with noise" \
    "$tmp/speech.flac"
mv "$tmp/speech.flac" "$out/speech.flac"
mv "$tmp/labels" "$out/speech.labels.txt"

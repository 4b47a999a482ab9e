#!/bin/sh
# SPDX-License-Identifier: ISC
# Whole programs on files: 10 min and 1 s of 44.1 kHz stereo to 16 kHz mono s16,
# beside the peers that are installed, in turns. INPUT_LONG and INPUT_SHORT name
# other files than the noise that is made here.
set -eu
build=${top_builddir:-.}
source=${top_srcdir:-..}
turns=$build/tests/bench/turns
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

noise() { # seconds, file
  cat > "$work/noise.yaml" <<EOF
rill: 1
nodes:
  n: {type: tone, with: {wave: noise, colour: pink, rate: 44.1kHz, channels: 2, length: ${1}s, level: -20dB}}
  w: {type: file.write, in: n, with: {path: $2, encoding: s16}}
EOF
  "$build/rill" run -q "$work/noise.yaml"
}

have() { command -v "$1" >/dev/null 2>&1; }

compare() { # input, turns
  set -- "$1" "$2" "$work/out"
  gst="gst-launch-1.0 -q filesrc location=$1 ! wavparse ! audioconvert ! audio/x-raw,channels=1 ! audioresample ! audio/x-raw,format=S16LE,rate=16000 ! wavenc ! filesink location=$3.gst.wav"
  i=$1 n=$2 o=$3
  set -- "rill" "$build/rill run -q $source/graphs/prepare.yaml -i $i -o $o.rill.wav" \
    "cp" "cp $i $o.cp"
  ! have ffmpeg || set -- "$@" "ffmpeg" "ffmpeg -v error -y -i $i -ac 1 -ar 16000 $o.ff.wav"
  ! have ffmpeg || set -- "$@" "ffmpeg soxr" "ffmpeg -v error -y -i $i -ac 1 -ar 16000 -af aresample=resampler=soxr $o.fs.wav"
  ! have sox || set -- "$@" "sox" "sox $i -b 16 $o.sox.wav remix 1-2 rate 16k"
  ! have gst-launch-1.0 || set -- "$@" "gst-launch" "$gst"
  "$turns" "$n" "$@"
}

long=${INPUT_LONG:-$work/long.wav}
short=${INPUT_SHORT:-$work/short.wav}
[ -f "$long" ] || noise 600 "$long"
[ -f "$short" ] || noise 1 "$short"
echo "# 10 min, 44.1 kHz stereo s16 -> 16 kHz mono s16"
compare "$long" "${TURNS:-7}"
echo "# 1 s of the same: start-up"
compare "$short" "${TURNS_SHORT:-21}"

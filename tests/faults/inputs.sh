#!/bin/sh
# SPDX-License-Identifier: ISC
# Area 3, audio files: exit 5, the message names the file, and no output.
. "$top_srcdir/tests/faults/frame.sh"

nodes 'src: {type: tone, with: {wave: noise, length: 100ms, channels: 2}}' \
  'dst: {type: file.write, in: src, with: {path: good.wav}}'
expect 0 "$rill" run g.yaml; present good.wav
nodes 'src: {type: tone, with: {wave: noise, length: 100ms, channels: 2}}' \
  'dst: {type: file.write, in: src, with: {path: float.wav, encoding: f32}}'
expect 0 "$rill" run g.yaml; present float.wav

# What rill writes: RIFF, JUNK (28 bytes) at 12, fmt at 48, data at 72; of
# floats there is a fact at 74, and the samples begin at 94.
le2() { printf "\\\\%03o\\\\%03o" $(($1 & 255)) $(($1 >> 8 & 255)); }
le4() { le2 $(($1 & 65535)); le2 $(($1 >> 16 & 65535)); }
# shellcheck disable=SC2059
emit() { printf "$1"; }

# at OFFSET FORMAT: overwrites there in bad.wav.
at() { emit "$2" | dd of=bad.wav bs=1 seek="$1" conv=notrunc 2>/dev/null; }
from() { cp "$1" bad.wav; chmod u+w bad.wav; }

# fails NUMBER [TEXT]: bad.wav is an error that names it.
fails() {
  nodes 'src: {type: file.read, with: {path: bad.wav}}' \
    'dst: {type: file.write, in: src, with: {path: o.wav}}'
  row "$1" 5 "bad.wav: ${2:-}" -- timeout 20 "$rill" run g.yaml
}

# reads NUMBER: it is read all the same, with a warning.
reads() {
  nodes 'src: {type: file.read, with: {path: bad.wav}}' \
    'dst: {type: file.write, in: src, with: {path: o.wav}}'
  works "$1" o.wav -- timeout 20 "$rill" run g.yaml
  err_has warning
}

: >bad.wav; fails 86
for n in 1 11 12 40 60 79; do
  head -c $n good.wav >bad.wav; fails 87
done
head -c 10000 good.wav >bad.wav; fails 88 "the file is truncated"
nodes 'src: {type: file.read, with: {path: bad.wav, accept_truncated: true}}' \
  'dst: {type: file.write, in: src, with: {path: o.wav}}'
works 88 o.wav -- "$rill" run g.yaml
err_has bad.wav

size=$(wc -c <good.wav)
data=$((size - 80))
from good.wav; at 76 "$(le4 0)"; reads 89
from good.wav; at 76 '\377\377\377\377'; reads 89
from good.wav; at 76 "$(le4 $((data + 4000)))"; fails 89
from good.wav; at 76 "$(le4 $((data - 4000)))"; reads 89
from good.wav; printf x >>bad.wav; at 76 "$(le4 $((data + 1)))"; reads 89

from good.wav; at 16 '\377\377\377\377'; fails 90
from good.wav; at 16 '\360\377\377\377'; fails 90
{
  emit 'RIFF\000\000\000\000WAVE'
  n=0
  while [ $n -lt 5000 ]; do
    printf 'JUNK\000\000\000\000'
    n=$((n + 1))
  done
  tail -c +49 good.wav
} >bad.wav; fails 90 # endless tiny chunks
{ head -c 72 good.wav; tail -c +49 good.wav; } >bad.wav; fails 90 # two fmt
{ head -c 48 good.wav; tail -c +73 good.wav; } >bad.wav; fails 90 # no fmt
{ head -c 48 good.wav; tail -c +73 good.wav; head -c 72 good.wav |
  tail -c +49; } >bad.wav; fails 90 # fmt after data

for n in 0 1025 65535; do
  from good.wav; at 58 "$(le2 $n)"; fails 91
done
for n in 0 1000000000; do
  from good.wav; at 60 "$(le4 $n)"; fails 92
done
for n in 0 12 33; do
  from good.wav; at 70 "$(le2 $n)"; fails 93
done
from good.wav; at 70 "$(le2 24)"; at 68 "$(le2 8)"; fails 93 # 24 in 32
from good.wav; at 68 "$(le2 3)"; fails 93
from good.wav; at 58 "$(le2 1024)"; at 60 "$(le4 768000)"; fails 94

from float.wav; at 894 '\000\000\300\177'; fails 95 # NaN
err_has frame; err_has channel
from float.wav; at 894 '\000\000\200\177'; fails 95 # infinity
for how in zero pass; do
  nodes "src: {type: file.read, with: {path: bad.wav, nan: $how}}" \
    'dst: {type: file.write, in: src, with: {path: o.wav, encoding: f32}}'
  works 95 o.wav -- "$rill" run g.yaml
done

# 98: what is no file, and what goes away.
rm bad.wav; mkdir bad.wav; fails 98; rmdir bad.wav
mkfifo bad.wav; fails 98; rm bad.wav
fails 98
nodes 'src: {type: raw.read, with: {path: /dev/zero, rate: 48kHz}}' \
  'dst: {type: file.write, in: src, with: {path: o.wav}}'
row 98 5 "/dev/zero: " -- timeout 20 "$rill" run g.yaml
nodes 'src: {type: raw.read, with: {path: /dev/zero, rate: 48kHz, length: 1s}}' \
  'dst: {type: file.write, in: src, with: {path: o.wav}}'
works 98 o.wav -- timeout 20 "$rill" run g.yaml

# Shrinks while it is read: a frame at a time, so that there is time for it.
nodes 'src: {type: tone, with: {length: 5min, channels: 2}}' \
  'dst: {type: file.write, in: src, with: {path: bad.wav}}'
expect 0 "$rill" run g.yaml
nodes 'src: {type: file.read, with: {path: bad.wav}}' \
  'dst: {type: file.write, in: src, with: {path: o.wav}}'
{
  until [ -s err ]; do sleep 0.02; done
  head -c 100 good.wav >bad.wav
} &
: >err
answers 98 5 "bad.wav: " -- \
  timeout 50 "$rill" run g.yaml --block 1 --progress=json
wait
nothing_left 98
finish

#!/bin/sh
# SPDX-License-Identifier: ISC
# Area 2, at process time: the node is named, and no output is left.
. "$top_srcdir/tests/faults/frame.sh"
RILL_PLUGIN_PATH=$built/tests/faults/zoo/.libs
export RILL_PLUGIN_PATH
ulimit -c 0

# misbehaves HOW: g.yaml with such a node between a tone and a file.
misbehaves() {
  nodes 'src: {type: tone, with: {length: 1s}}' \
    "bad: {type: misbehave, in: src, with: {how: $1}}" \
    'dst: {type: file.write, in: bad, with: {path: o.wav}}'
}

# way NUMBER CODE HOW TEXT: ends with CODE; the message names the node.
way() {
  misbehaves "$3"
  row "$1" "$2" "$4" -- timeout 30 "$rill" run g.yaml
  err_has "node 'bad' (misbehave"
}

# dies NUMBER CODE SIGNAL HOW: by the signal, which makes the shell see CODE;
# the last line says where and in what.
dies() {
  misbehaves "$4"
  row "$1" "$2" "crashed with $3 in block 3" -- "$rill" run g.yaml
  grep '^rill: ' err | tail -n 1 | grep -qF "node 'bad' (misbehave, " ||
    fail "fault $1: the last line does not name the node"
}

misbehaves none; works 0 o.wav -- "$rill" run g.yaml
if sanitized; then
  skip "faults 65 to 67: this build's signals are the sanitizer's"
else
  dies 65 139 SIGSEGV segv
  dies 65 136 SIGFPE fpe
  dies 66 134 SIGABRT abort
  dies 67 139 SIGSEGV overflow
  way 73 4 write_past "wrote past the end"
fi
way 69 4 overstate "more than the buffer has room for"
way 70 4 garbage "a status that does not exist"
way 70 4 negative "a status that does not exist"
way 71 4 planes "changed the planes"
way 74 4 more "no progress"
way 77 4 end_thread "ended the thread"
way 78 4 exit "called exit()"
nodes 'bad: {type: misbehave.source}' \
  'dst: {type: file.write, in: bad, with: {path: o.wav}}'
row 74 4 "no progress" -- timeout 30 "$rill" run g.yaml

# 79: its own streams are gone; nothing of rill's may land in other files.
misbehaves close
timeout 30 "$rill" run g.yaml >out 2>err
[ $? -le 9 ] || fail "fault 79: exit $?"
rm -f o.wav; nothing_left 79

# 80: floating point stays the host's.
tail='den: {type: misbehave, in: bad, with: {how: denormals, at: 0}}'
for how in none ftz; do
  nodes 'src: {type: tone, with: {length: 1s}}' \
    "bad: {type: misbehave, in: src, with: {how: $how}}" "$tail" \
    'gn: {type: gain, in: den, with: {gain: -3dB}}' \
    "dst: {type: file.write, in: gn, with: {path: $how.wav, encoding: f32}}"
  expect 0 "$rill" run g.yaml --threads 1
done
same none.wav ftz.wav

# 82: what a plugin prints is talk, never data.
misbehaves none; sed -i 's/file.write/raw.write/; s/o\.wav/"-"/' g.yaml
"$rill" run g.yaml >none.raw 2>err || fail "fault 82: none: $(cat err)"
misbehaves talk; answers 82 0 noise -- "$rill" run g.yaml
out_empty; rm -f o.wav

# 68: the watchdog's patience is ten seconds.
way 68 9 spin "did not return"
finish

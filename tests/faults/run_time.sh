#!/bin/sh
# SPDX-License-Identifier: ISC
# Area 6, run time: signals, limits, streams that are closed or full.
. "$top_srcdir/tests/faults/frame.sh"

nodes 'src: {type: tone, with: {wave: noise, length: 1h}}' \
  'dst: {type: file.write, in: src, with: {path: o.wav}}'
cp g.yaml long.yaml
nodes 'src: {type: tone, with: {wave: noise, length: 10s, channels: 2}}' \
  'a: {type: gain, in: src, with: {gain: -3dB}}' \
  'b: {type: biquad, in: a, with: {type: lowpass, frequency: 1kHz}}' \
  'dst: {type: file.write, in: b, with: {path: o.wav}}'
cp g.yaml short.yaml

# begin OPTIONS...: long.yaml in the background; goes on once it runs.
begin() {
  : >err
  "$rill" run long.yaml --block 1 --progress=json "$@" >out 2>>err </dev/null &
  pid=$!
  tries=0
  until grep -q '"elapsed' err || [ $tries -ge 200 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
}

# ended NUMBER CODE: within 10 s.
ended() {
  since=$(date +%s)
  wait $pid
  got=$?
  [ $got -eq "$2" ] || fail "fault $1: exit $got, not $2"
  [ $(($(date +%s) - since)) -le 10 ] || fail "fault $1: more than 10 s"
}

# whole NUMBER FILE: it is read to its end, and not empty.
whole() {
  nodes "src: {type: file.read, with: {path: $2}}" 'dst: {type: null, in: src}'
  expect 0 "$rill" run g.yaml --strict
  [ "$(wc -c <"$2")" -gt 1000 ] || fail "fault $1: $2 is empty"
  rm -f "$2"
  nothing_left "$1"
}

# 124: once drains, twice stops.
begin; kill -INT $pid; ended 124 130; whole 124 o.wav
begin; kill -TERM $pid; ended 124 143; whole 124 o.wav
# Nobody reads the pipe, so it cannot drain: the second signal has to do.
mkfifo full; sleep 30 <>full >&0 & holder=$!
nodes 'src: {type: tone, with: {length: 1h}}' \
  'sp: {type: gain, in: src}' \
  'dst: {type: file.write, in: sp, with: {path: o.wav}}' \
  'raw: {type: raw.write, in: src, with: {path: full}}'
"$rill" run g.yaml >out 2>err </dev/null & pid=$!
sleep 1; kill -INT $pid; sleep 0.3; kill -INT $pid
ended 124 130; nothing_left 124
"$rill" run g.yaml >out 2>err </dev/null & pid=$!
sleep 1; kill -TERM $pid; sleep 0.3; kill -INT $pid
ended 124 143; nothing_left 124
kill $holder; wait $holder 2>/dev/null

# 125: HUP and USR1 end it, as they end others, and nothing half is left.
begin; kill -HUP $pid; ended 125 129; nothing_left 125
begin; kill -USR1 $pid; ended 125 138; nothing_left 125
# Who wants a run to outlive the terminal says nohup.
(trap '' HUP; : >ready; exec "$rill" run short.yaml --block 64) >out 2>err & pid=$!
until [ -e ready ]; do sleep 0.05; done
kill -HUP $pid; ended 125 0; mv o.wav short.wav
# A storm of the others is not noticed.
"$rill" run short.yaml --block 64 >out 2>err & pid=$!
n=0
while kill -WINCH $pid && [ $n -lt 300 ]; do
  [ $((n % 50)) -ne 25 ] || { kill -TSTP $pid; sleep 0.05; }
  kill -CONT $pid
  n=$((n + 1))
done 2>kills
ended 125 0; same o.wav short.wav; rm o.wav

# 126: SIGPIPE is nobody's death, whatever the parent left.
nodes 'src: {type: tone, with: {length: 10s}}' \
  'dst: {type: raw.write, in: src, with: {path: "-"}}'
(trap '' PIPE; "$rill" run g.yaml 2>err; echo $? >code) | :
grep -qx 7 code || fail "fault 126: exit $(cat code), not 7"

# 130, 131: limits. Either it works, or it says what is missing.
# shellcheck disable=SC2016
limited='ulimit "$1" "$2"; shift 2; exec "$@"'

# bounded NUMBER FLAG LIMIT: works, or ends with a class and a sentence.
bounded() {
  sh -c "$limited" sh "$2" "$3" "$rill" run short.yaml >out 2>err </dev/null
  got=$?
  case $got in
    0) same o.wav short.wav; rm -f o.wav ;;
    1 | 3 | 4 | 5 | 7 | 9) [ -s err ] || fail "fault $1: silent at $3" ;;
    *) fail "fault $1: exit $got at $2 $3" ;;
  esac
  nothing_left "$1"
}
for n in 4 6 8 10 12 16; do
  bounded 130 -n $n
done
if sanitized; then
  skip "fault 131: this build needs terabytes of addresses"
else
  for n in 20000 40000 60000 80000 120000 200000 400000; do
    bounded 131 -v $n
  done
  bounded 131 -s 64
fi

# 134: more threads than cores.
if command -v taskset >/dev/null; then
  works 134 o.wav -- timeout 20 taskset -c 0 "$rill" run short.yaml --threads 2
else
  skip "fault 134: no taskset"
fi

# 135: stderr is closed, or nobody reads it.
"$rill" run short.yaml 2>&- >out || fail "fault 135: stderr closed: $?"
same o.wav short.wav; rm -f o.wav
mkfifo mute; sleep 30 <>mute >&0 & holder=$!
dd if=/dev/zero of=mute bs=4096 count=64 oflag=nonblock 2>/dev/null
for how in -v --progress=json --progress=plain --profile; do
  timeout 20 "$rill" run short.yaml "$how" >out 2>mute
  got=$?
  [ $got -eq 0 ] || fail "fault 135: a full stderr with $how: exit $got"
done
kill $holder; wait $holder 2>/dev/null
[ ! -e o.wav ] || same o.wav short.wav; rm -f o.wav

# 136: the same bytes each time.
for n in 1 1 2 8; do
  expect 0 "$rill" run short.yaml --threads $n; same o.wav short.wav
  rm -f o.wav
done
finish

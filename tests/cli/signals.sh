#!/bin/sh
# SPDX-License-Identifier: ISC
# A run that is ended early: whole outputs, or none.
. "$top_srcdir/tests/cli/kit.sh"

# Slow on purpose: a frame at a time.
cat >slow.yaml <<'END'
rill: 1
run: {block: 1}
nodes:
  src: {type: tone, with: {length: 1h}}
  dst: {type: file.write, in: src, with: {path: slow.wav}}
END

# interrupt CODE SIGNAL...: starts a run and sends it signals.
interrupt() {
  code=$1
  shift
  rm -f slow.wav
  : >err
  "$rill" run slow.yaml --progress=json >out 2>>err &
  pid=$!
  tries=0
  until grep -q elapsed err || [ $tries -ge 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  for signal in "$@"; do
    kill -"$signal" $pid
  done
  wait $pid
  got=$?
  [ $got -eq "$code" ] || fail "exit $got, not $code, after $*"
}

interrupt 130 INT; present slow.wav; err_has "finishing what was read"
interrupt 143 TERM; present slow.wav
expect 9 "$rill" run slow.yaml --timeout 300ms
rm -f slow.wav
expect 9 "$rill" run slow.yaml --timeout 300ms; absent slow.wav
err_has "stopped by --timeout"
[ -z "$(find . -name '*slow*' ! -name slow.yaml)" ] || fail "something half is left"
finish

#!/bin/sh
# SPDX-License-Identifier: ISC
# Graphs between two programs: data on stdout and nothing else.
. "$top_srcdir/tests/cli/kit.sh"

cat >tone.yaml <<'END'
rill: 1
nodes:
  src: {type: tone, with: {length: 2s}}
  dst: {type: raw.write, in: src, with: {path: "-", encoding: s16}}
END
sed 's/"-"/tone.raw/' tone.yaml >file.yaml
cat >copy.yaml <<'END'
rill: 1
nodes:
  src: {type: raw.read, with: {path: "-", encoding: s16, rate: 48kHz, channels: 1}}
  dst: {type: raw.write, in: src, with: {path: "-", encoding: s16}}
END

expect 0 "$rill" run file.yaml; out_empty; present tone.raw
expect 0 "$rill" run tone.yaml -v --progress=plain --profile; same out tone.raw
"$rill" run copy.yaml <tone.raw >copied.raw 2>err || fail "a copy by stdin"
same tone.raw copied.raw

# What only looks at the graph keeps stdout for its words.
expect 0 "$rill" check tone.yaml; out_has "tone.yaml: ok (2 nodes"
expect 0 "$rill" plan tone.yaml --json; out_has '"schema": "rill.plan/1"'

# A reader that goes is no mistake worth words; a full disk is.
{ "$rill" run tone.yaml 2>err; echo $? >code; } | head -c 10 >head.raw
grep -qx 7 code || fail "a gone reader is not 7 but $(cat code)"
err_empty
if [ -e /dev/full ]; then
  "$rill" run tone.yaml >/dev/full 2>err
  [ $? -eq 7 ] || fail "a full disk is not 7"
  err_has "space left on"
fi
# JSON and data do not share stdout.
expect 2 "$rill" run tone.yaml --profile=json; err_has "--profile=json"; out_empty
finish

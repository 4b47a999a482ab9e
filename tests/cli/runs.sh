#!/bin/sh
# SPDX-License-Identifier: ISC
# run, check, plan and graph on graphs that are refused and graphs that run.
. "$top_srcdir/tests/cli/kit.sh"

cat >tone.yaml <<'END'
rill: 1
name: tone
vars:
  output: {type: path, required: true}
  level: {type: string, default: -6dB}
nodes:
  src: {type: tone, with: {wave: noise, length: 2s, rate: 44.1kHz, channels: 2}}
  up:  {type: gain, in: src, with: {gain: $(level)}}
  dst: {type: file.write, in: up, with: {path: $(output), encoding: s16}}
END
sed 's/in: up/in: pu/' tone.yaml >wrong.yaml

# Refused: exit 3, place and cure on stderr, no file.
expect 3 "$rill" run missing.yaml; err_has "missing.yaml"; out_empty
expect 3 "$rill" run wrong.yaml -o x.wav
err_has "wrong.yaml:9:31: error[G021]"; err_has "did you mean 'up'?"; absent x.wav
expect 3 "$rill" run tone.yaml; err_has "-o FILE"
expect 3 "$rill" run tone.yaml -o x.wav --set levle=3dB; absent x.wav
expect 3 "$rill" check wrong.yaml tone.yaml -o x.wav
out_has "tone.yaml: ok (3 nodes"; absent x.wav
expect 3 "$rill" check --json wrong.yaml -o x.wav; err_empty
out_has '"schema": "rill.check/1"'; out_has '"code": "G021"'; out_has '"line": 9'
expect 3 "$rill" check tone.yaml -o x.odd; err_has "tone.yaml:9:3: error[G060]"
err_has "node 'dst' (file.write)"
expect 3 "$rill" plan wrong.yaml -o x.wav; out_empty
expect 3 "$rill" graph wrong.yaml -o x.wav; out_empty

# What only looks writes nothing.
expect 0 "$rill" check tone.yaml -o x.wav
expect 0 "$rill" plan tone.yaml -o x.wav; out_has "tone"
expect 0 "$rill" plan tone.yaml -o x.wav --json; out_has '"schema": "rill.plan/1"'
out_has '"level": "-6dB"'
for format in dot svg mermaid; do
  expect 0 "$rill" graph tone.yaml -o x.wav --format $format; out_has "gain"
done
expect 0 "$rill" run tone.yaml -o x.wav --dry-run; out_has "tone"; absent x.wav

# A run: nothing on stdout, the same bytes for any number of threads.
expect 0 "$rill" run tone.yaml -o 1.wav --threads 1; out_empty; present 1.wav
for n in 2 8; do
  expect 0 "$rill" run tone.yaml -o $n.wav --threads $n; same 1.wav $n.wav
done
"$rill" run - -o stdin.wav <tone.yaml >out 2>err || fail "a graph on stdin"
same 1.wav stdin.wav
mkdir shelf && cp tone.yaml shelf/shelved.yaml
RILL_GRAPH_PATH=none:shelf expect 0 "$rill" run shelved -o 2.wav; same 1.wav 2.wav

# What is asked for beside it.
expect 0 "$rill" -v run tone.yaml -o 2.wav; err_has "ended after"; out_empty
expect 0 "$rill" -q run tone.yaml -o 2.wav; err_empty; out_empty
expect 0 "$rill" run tone.yaml -o 2.wav --profile; out_empty
err_has "critical path  src > up > dst"
expect 0 "$rill" run tone.yaml -o 2.wav --profile=json; out_has "rill.profile/1"
cp out profile.json
expect 0 "$rill" graph tone.yaml -o x.wav --format svg --profile profile.json
out_has " %"
expect 5 "$rill" graph tone.yaml -o x.wav --profile tone.yaml
expect 5 "$rill" graph tone.yaml -o x.wav --profile none.json
expect 0 "$rill" run tone.yaml -o 2.wav --trace t.json
grep -q '"name": "worker 0"' t.json || fail "the trace names no thread"
expect 7 "$rill" run tone.yaml -o y.wav --trace none/t.json; absent y.wav
expect 0 "$rill" run tone.yaml -o 2.wav --progress=json
err_has '"schema": "rill.progress/1"'; out_empty
expect 7 "$rill" run tone.yaml -o none/x.wav; err_has "none"
finish

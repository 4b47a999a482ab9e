#!/bin/sh
# SPDX-License-Identifier: ISC
# `plan --yaml` is a graph that runs to the same bytes, converters written out.
. "$top_srcdir/tests/cli/kit.sh"

# round NAME: NAME.yaml gives the same NAME.wav when its plan is run.
round() {
  expect 0 "$rill" run "$1.yaml" -o "$1.wav"
  mv "$1.wav" before.wav
  expect 0 "$rill" plan "$1.yaml" -o "$1.wav" --yaml; cp out "$1-plan.yaml"
  expect 0 "$rill" run "$1-plan.yaml"; same before.wav "$1.wav"
  expect 0 "$rill" plan "$1-plan.yaml" --yaml; same out "$1-plan.yaml"
}

cat >plain.yaml <<'END'
rill: 1
run: {block: 1000}
nodes:
  src: {type: tone, with: {length: 1s, wave: sweep, rate: 44.1kHz}}
  dst: {type: file.write, in: src, with: {path: $(output), encoding: s24}}
END
cat >noise.yaml <<'END'
rill: 1
name: 'odd "name" $$(x)'
nodes:
  src: {type: tone, with: {length: 1s, wave: noise, channels: 2}}
  sp:  {type: split, in: src}
  a:   {type: gain, in: sp.c2, with: {gain: 3dB}}
  dst: {type: file.write, in: a, with: {path: $(output)}}
END
cat >converted.yaml <<'END'
rill: 1
templates:
  twice:
    in: {in: x}
    out: {out: y}
    nodes:
      x: {type: gain, with: {gain: -6dB}}
      y: {type: gain, in: x, with: {gain: 1dB}}
nodes:
  src: {type: tone, with: {length: 1s, wave: sweep, rate: 44.1kHz, channels: 2}}
  cv:  {type: convert, in: src, with: {encoding: s16}}
  up:  {template: twice, in: cv}
  dst: {type: file.write, in: up, with: {path: $(output)}}
END
for name in plain noise converted; do round $name; done
grep -q "^  cv-up-x-in-convert: {type: convert" converted-plan.yaml ||
  fail "the converter is not written out: $(cat converted-plan.yaml)"
finish

#!/bin/sh
# SPDX-License-Identifier: ISC
# Measurements through the program: form, never figures.
. "$top_srcdir/tests/cli/kit.sh"

expect 0 "$rill" bench seed --quick --turns 1 --json; err_empty
out_has '"schema": "rill.bench/1"'; out_has '"bench": "seed"'
out_has '"compiler":'; out_has '"subject": "pipeline"'; out_has '"way": "native"'
out_has '"way": "shim"'; out_has '"way": "values"'
out_has '"published_ns": 21600000'

expect 0 "$rill" bench seed --quick --turns 1 --svg seed.svg; err_empty
out_has "JSON values"; out_has "JSON shim"; out_has "gain"; out_has "only the first 2048 frames"
head -c 4 seed.svg | grep -q '<svg' || fail "seed.svg is no picture"
[ "$(tail -n 1 seed.svg)" = '</svg>' ] || fail "seed.svg is cut"

expect 0 "$rill" bench reuse --quick; out_has "by reuse"; err_empty
expect 7 sh -c "'$rill' bench reuse --quick >/dev/full"; err_has "No space left"
expect 7 "$rill" bench seed --quick --turns 1 --svg /dev/full
err_has "/dev/full: No space left"

finish

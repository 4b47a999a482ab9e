#!/bin/sh
# SPDX-License-Identifier: ISC
# list, inspect and doctor: what plugins offer, and why some do not load.
. "$top_srcdir/tests/cli/kit.sh"

expect 4 "$rill" inspect gian; err_has "did you mean 'gain'?"; out_empty
expect 4 "$rill" inspect ./none.so; err_has "./none.so: does not exist"
echo text >text.so
expect 4 "$rill" inspect ./text.so; err_has "./text.so: "

expect 0 "$rill" list; out_has "gain "; out_has "what it does"
expect 0 "$rill" list GAIN; out_has "gain "
grep -q "^resample" out && fail "list GAIN shows resample"
expect 0 "$rill" list no-such-word; out_empty; err_has "no node type of"
expect 0 "$rill" list --json; out_has '"schema": "rill.list/1"'
expect 0 "$rill" inspect gain; out_has "parameters:"; out_has "-120dB to 60dB"
expect 0 "$rill" inspect org.rill.gain; out_has "gain - "
expect 0 "$rill" inspect gain --json; out_has '"schema": "rill.inspect/1"'
"$rill" doctor >out 2>err; out_has "node types"
"$rill" doctor --json >out 2>err; out_has '"schema": "rill.doctor/1"'

# A file that does not load costs a line, not the others.
mkdir bad
cp text.so bad/
RILL_PLUGIN_PATH=bad expect 0 "$rill" list; out_has "gain "
err_has "did not load; 'rill doctor' says why"
RILL_PLUGIN_PATH=bad expect 4 "$rill" doctor; out_has "bad/text.so"
finish

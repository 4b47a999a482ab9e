#!/bin/sh
# SPDX-License-Identifier: ISC
# Words, pages, exit codes, and outputs that cannot be written.
. "$top_srcdir/tests/cli/kit.sh"

# Wrong words end with 2, say what was meant, and leave stdout alone.
expect 2 "$rill"; out_empty; err_has "usage: rill VERB"
expect 2 "$rill" rnu; out_empty; err_has "did you mean 'run'?"
expect 2 "$rill" batch x; err_has "not in this version"
expect 2 "$rill" run; err_has "run: GRAPH is missing"
err_has "'rill run --help' explains it"
expect 2 "$rill" run --thread 2 g; err_has "did you mean '--threads'?"
expect 2 "$rill" run --watch g; err_has "--watch is not in this version"
expect 2 "$rill" run --block 0 g; err_has "from 1 to 65536"
expect 2 "$rill" plan --json --yaml g; err_has "not both"
expect 2 "$rill" bench sede; out_empty; err_has "did you mean 'seed'?"
expect 2 "$rill" bench xyzzy; err_has "'rill bench' lists what there is"
expect 2 "$rill" bench --turns 0 seed; err_has "from 1 to 1000"
expect 2 "$rill" bench reuse --svg a.svg; err_has "has no picture"; absent a.svg
expect 7 "$rill" bench seed --svg none/a.svg; out_empty; err_has "none/a.svg"
expect 0 "$rill" bench; out_has "seed"; out_has "reuse"; err_empty
expect 2 "$rill" help unit; err_has "did you mean 'units'?"
RILL_THREADS=many expect 2 "$rill" run g; err_has "RILL_THREADS is 'many'"
RILL_LOG=loud expect 0 "$rill" version; err_has "RILL_LOG is 'loud'"

# Pages go to stdout.
for verb in run check plan graph list inspect bench doctor version help; do
  expect 0 "$rill" $verb --help; out_has "rill $verb - "; err_empty
done
for topic in exit-codes diagnostics environment graph units; do
  expect 0 "$rill" help $topic; err_empty
done
expect 0 "$rill" help run; out_has "examples:"
expect 0 "$rill" help graph; out_has "templates:"; out_has "rill graph --help"
expect 0 "$rill" help; out_has "topics of 'rill help'"
expect 0 "$rill" --help; out_has "verbs:"
expect 0 "$rill" --version; out_has "plugin ABI"
expect 0 "$rill" version --json; out_has '"schema": "rill.version/1"'

# -q leaves errors, -v says more.
expect 2 "$rill" -q rnu; err_has "unknown verb"
grep -q "lists the verbs" err && fail "-q still gives advice"

# A full disk, a reader that has gone and a closed stdout are noticed.
if [ -e /dev/full ]; then
  "$rill" help >/dev/full 2>err; [ $? -eq 7 ] || fail "a full disk is not 7"
  err_has "No space left on device"
fi
{ sleep 0.2; "$rill" help 2>err; echo $? >code; } | :
grep -qx 7 code || fail "a gone reader is not 7"
err_empty
"$rill" help >&- 2>err; [ $? -eq 7 ] || fail "a closed stdout is not 7"
finish

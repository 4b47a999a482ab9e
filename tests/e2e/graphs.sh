#!/bin/sh
# SPDX-License-Identifier: ISC
# Every graph that ships runs, and leaves what its first line promises.
set -u
rill=$top_builddir/rill
graphs=$top_srcdir/graphs
recording=$graphs/audio/speech.flac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
ran=" "

fail() {
  echo "FAIL: $*"
  failed=1
}

# name, arguments
run() {
  name=$1
  shift
  ran="$ran$name "
  "$rill" run -q "$graphs/$name.yaml" "$@" || fail "$name: exit $?"
}

# file, least size in bytes
expect() {
  size=$(stat -c %s "$1" 2>/dev/null || echo 0)
  [ "$size" -ge "$2" ] || fail "$1 has $size bytes, not $2"
}

run hello -i "$recording" -o "$work/half.wav"
expect "$work/half.wav" 5000000
run prepare -i "$recording" -o "$work/prepared.wav"
expect "$work/prepared.wav" 1048044
run speech -i "$recording" -o "$work"
n=$(wc -l < "$work/segments.ndjson")
[ "$n" -eq 7 ] || fail "speech: $n segments, not the 7 utterances of the labels"
expect "$work/segment-007.wav" 40000
expect "$work/speech.png" 20000
if [ -x /usr/bin/python3 ]; then
  run mixed -i "$recording" -o "$work/mixed.wav" --allow-exec
  expect "$work/mixed.wav" 1048044
  "$rill" run -q "$graphs/mixed.yaml" -i "$recording" -o "$work/mixed.wav" \
    --allow-exec --profile 2>&1 | grep -q '^node.* encode  *call  *decode ' ||
    fail "mixed: the profile does not split the time of the old node"
  n=$("$rill" plan "$graphs/mixed.yaml" -i "$recording" -o "$work/mixed.wav" \
    --allow-exec | grep -c ', as JSON$')
  [ "$n" -eq 2 ] || fail "mixed: the plan marks $n links, not the 2 of the old node"
else
  ran="${ran}mixed " # its old node is in Python
fi
run bands -i "$recording" -o "$work/bands.flac"
expect "$work/bands.flac" 1000000
run echo -o "$work/echo.wav"
expect "$work/echo.wav" 200000
run features -i "$recording" -o "$work/mel.npy"
expect "$work/mel.npy" 500000
run loudness -i "$recording" > "$work/loudness.json"
grep -q '"integrated_lufs": *-' "$work/loudness.json" || fail "loudness: no figure"
head -c 176400 /dev/zero | run pipe > "$work/pipe.raw"
expect "$work/pipe.raw" 32000

for graph in "$graphs"/*.yaml; do
  name=$(basename "$graph" .yaml)
  case $ran in
    *" $name "*) ;;
    *) [ "$name" = pipe ] || fail "$name is not run by this test" ;;
  esac
done

# Each segment lies where the labels say that somebody speaks.
awk -v labels="$graphs/audio/speech.labels.txt" '
  BEGIN { while ((getline line < labels) > 0) if (line !~ /^#/ && split(line, f, " ") > 2) { b[++n] = f[1]; e[n] = f[2] } }
  { match($0, /"start": *[0-9.]+/); s = substr($0, RSTART, RLENGTH); sub(/.*: */, "", s)
    s += 0; match($0, /"end": *[0-9.]+/); t = substr($0, RSTART, RLENGTH); sub(/.*: */, "", t); t += 0
    if (s < b[NR] - 0.35 || s > b[NR] + 0.35 || t < e[NR] - 0.35 || t > e[NR] + 0.6) {
      print "FAIL: segment " NR " is " s " to " t ", the label says " b[NR] " to " e[NR]; bad = 1 } }
  END { exit bad }' "$work/segments.ndjson" || failed=1
exit $failed

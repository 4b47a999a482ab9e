#!/bin/sh
# SPDX-License-Identifier: ISC
# The same bytes for every number of threads and every block size.
set -u
rill=$top_builddir/rill
graphs=$top_srcdir/graphs
recording=$graphs/audio/speech.flac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# All bytes of what a run left, pictures and lists too.
digest() {
  (cd "$1" && find . -type f | sort | xargs cat | sha256sum | cut -c1-64)
}

# graph, arguments after it; OUT is the folder of this run
compare() {
  name=$1
  first=
  for threads in 1 2 8; do
    for block in 64 1000 4096; do
      out=$work/$name-$threads-$block
      mkdir "$out"
      # The paths in the outputs must be the same: run inside the folder.
      if ! (cd "$out" && shift && "$rill" run -q "$@" --threads "$threads" --block "$block"); then
        echo "$name: failed with $threads threads, block $block"
        failed=1
        continue
      fi
      now=$(digest "$out")
      : "${first:=$now}"
      if [ "$now" != "$first" ]; then
        echo "$name: other bytes with $threads threads, block $block"
        failed=1
      fi
      rm -rf "$out"
    done
  done
  [ -n "$first" ] && echo "$name: $first"
}

compare prepare "$graphs/prepare.yaml" -i "$recording" -o out.wav
compare speech "$graphs/speech.yaml" -i "$recording" -o .
compare bands "$graphs/bands.yaml" -i "$recording" -o out.wav
compare echo "$graphs/echo.yaml" -o out.wav
compare features "$graphs/features.yaml" -i "$recording" -o out.npy
if [ -x /usr/bin/python3 ]; then
  compare mixed "$graphs/mixed.yaml" -i "$recording" -o out.wav --allow-exec
fi
exit $failed

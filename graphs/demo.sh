#!/bin/sh
# SPDX-License-Identifier: ISC
# The main job on the recording that ships; called by `./bootstrap demo`.
#   demo.sh BUILD_FOLDER
set -eu
build=$1
here=$(dirname "$0")
out=$build/demo
mkdir -p "$out"
rm -f "$out"/segment-*.wav
"$build/rill" run "$here/speech.yaml" -i "$here/audio/speech.flac" -o "$out" --profile
n=$(wc -l < "$out/segments.ndjson")
cat <<EOF

The results are in $out:
  segment-001.wav ...  $n segments of speech, mono, 16 kHz, 16 bits
  segments.ndjson      where each begins and ends, and how sure that is
  speech.png           the spectrogram of the recording, with the speech marked
Next: $build/rill run $here/hello.yaml -i $here/audio/speech.flac -o half.wav
EOF

#!/bin/sh
# SPDX-License-Identifier: ISC
# What `make install` leaves elsewhere works from there: program, plugins,
# graphs, headers.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make -C "$top_builddir" -s install DESTDIR="$work/root" > "$work/log" 2>&1 || {
  cat "$work/log"
  exit 1
}
rill=$(find "$work/root" -type f -name rill -path '*/bin/*')
prefix=${rill%/bin/rill}
graph=$(find "$prefix" -name hello.yaml)
# Nothing of the build folder may be needed.
cd / || exit 1
unset top_builddir RILL_PLUGIN_PATH
"$rill" run -q "$graph" -i "$top_srcdir/graphs/audio/speech.flac" -o "$work/out.wav" || exit 1
[ -s "$work/out.wav" ] || { echo "no output"; exit 1; }
"$rill" inspect gain | grep -q "$prefix/lib" || { echo "gain is not the installed one"; exit 1; }
cc -shared -fPIC -I"$prefix/include" -Wl,-z,defs "$top_srcdir/sdk/examples/half.c" -o "$work/half.so" ||
  { echo "the installed headers do not build a node"; exit 1; }
RILL_PLUGIN_PATH=$work "$rill" inspect half > /dev/null || { echo "half is not found"; exit 1; }

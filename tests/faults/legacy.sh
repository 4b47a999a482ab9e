#!/bin/sh
# SPDX-License-Identifier: ISC
# Area 5, legacy JSON, and T1: old nodes through the real program. The shim's
# own tests have every reply and every way to end (plugins/json_shim/test_*.c).
. "$top_srcdir/tests/faults/frame.sh"

# graph SCRIPT [MORE]: a tone through a shell script into o.wav.
graph() {
  printf '%s\n' "$1" >old.sh
  nodes 'src: {type: tone, with: {length: 1s}}' \
    "old: {type: json.exec, in: src, with: {command: [sh, old.sh]${2:+, $2}}}" \
    'dst: {type: file.write, in: old, with: {path: o.wav}}'
}
ready="read a; echo '{}'; read a;"

# T1: nothing runs unless somebody allowed it, and not before a run.
graph 'touch o.ran'
row T1 3 "g.yaml:4:51: error[G050]: node 'old': 'command' runs the program 'sh'" \
  -- "$rill" run g.yaml
row T1 3 'add --allow-exec' -- "$rill" check g.yaml
row T1 3 'add --allow-exec' -- "$rill" plan g.yaml
row T1 0 '' -- "$rill" check g.yaml --allow-exec
row T1 0 '' -- "$rill" plan g.yaml --allow-exec
row T1 0 '' -- "$rill" run g.yaml --allow-exec --dry-run
row T1 3 '' -- "$rill" run g.yaml --allow-path
object=$top_builddir/plugins/legacy/objects/.libs/convert.so
if [ -f "$object" ]; then
  nodes 'src: {type: tone, with: {length: 100ms}}' \
    "old: {type: json.lib, in: src, with: {library: $object, params: {target_format: I16}, out_encoding: s16}}" \
    'dst: {type: file.write, in: old, with: {path: o.wav}}'
  row T1 3 'error[G051]' -- "$rill" run g.yaml
  row T1 3 'add --allow-path' -- "$rill" run g.yaml --allow-exec
  works T1 o.wav -- "$rill" run g.yaml --allow-path
  RILL_LEGACY_PATH=$(dirname "$object") && export RILL_LEGACY_PATH
  sed 's,library: [^ ]*/,library: ,; s,convert.so,convert,' g.yaml >name.yaml
  works T1 o.wav -- "$rill" run name.yaml
else
  skip "T1: no legacy object was built"
fi
nodes 'src: {type: tone, with: {length: 100ms}}' \
  'old: {type: json.lib, in: src, with: {library: no_such_object}}' \
  'dst: {type: null, in: old}'
row T1 4 "no legacy object 'no_such_object'" -- "$rill" run g.yaml

# 110 to 117: the message names node, place, child and what was wrong.
graph "$ready echo hello; read a"
row 110 4 "g.yaml:4:3: node 'old' (json.exec), call 1: child " \
  -- "$rill" run g.yaml --allow-exec
row 110 4 "the reply 'hello' is not JSON" -- "$rill" run g.yaml --allow-exec
graph "$ready"' echo '"'"'{"outputs":[{"data":[1],"sample_rate":8000}]}'"'"'; read a'
row 117 4 '8000 Hz, but the graph was planned for F32, 1 channels, 48000 Hz' \
  -- "$rill" run g.yaml --allow-exec

# 118: how it ended, and its last words.
graph "$ready echo no memory >&2; echo I give up >&2; exit 3"
row 118 4 'exit status 3' -- "$rill" run g.yaml --allow-exec
row 118 4 '    I give up' -- "$rill" run g.yaml --allow-exec
graph "$ready kill -9 \$\$"
row 118 4 'killed by SIGKILL' -- "$rill" run g.yaml --allow-exec
graph 'exit 0'
row 118 4 'ended without an answer (exit status 0)' \
  -- "$rill" run g.yaml --allow-exec
nodes 'src: {type: tone, with: {length: 1s}}' \
  'old: {type: json.exec, in: src, with: {command: [./no-such-program]}}' \
  'dst: {type: file.write, in: old, with: {path: o.wav}}'
row 118 4 "cannot run './no-such-program'" -- "$rill" run g.yaml --allow-exec

# 119: a hang ends at its deadline.
graph "$ready sleep 1000" 'timeout: 200ms'
row 119 9 'did not answer in time' -- "$rill" run g.yaml --allow-exec
# 120
graph "$ready yes >&2" 'timeout: 200ms'
row 120 9 'its last words on stderr' -- "$rill" run g.yaml --allow-exec

# gone NUMBER FILE...: the processes whose numbers are there have ended.
gone() {
  number=$1
  shift
  for file; do
    child=$(cat "$file")
    tries=0
    while kill -0 "$child" 2>/dev/null && [ $tries -lt 60 ]; do
      grep -q '^State:.Z' "/proc/$child/status" 2>/dev/null && break
      sleep 0.05
      tries=$((tries + 1))
    done
    [ $tries -lt 60 ] || fail "fault $number: process $child lives on"
  done
}

# 121: the whole group goes, however rill ends.
graph "sleep 1000 & echo \$! >grandchild; echo \$\$ >child; $ready sleep 1000" \
  'timeout: 200ms'
row 121 9 '' -- "$rill" run g.yaml --allow-exec
gone 121 child grandchild
rm -f child grandchild
graph "trap '' TERM; echo \$\$ >child; $ready while :; do sleep 1; done"
"$rill" run g.yaml --allow-exec >out 2>err </dev/null & pid=$!
tries=0
until [ -s child ] || [ $tries -ge 100 ]; do
  sleep 0.05
  tries=$((tries + 1))
done
kill -KILL $pid
wait $pid 2>/dev/null
gone 121 child
nothing_left 121
finish

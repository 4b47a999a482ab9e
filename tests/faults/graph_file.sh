#!/bin/sh
# SPDX-License-Identifier: ISC
# Area 1, the graph file: exit 3 with place and cure, and nothing is created.
. "$top_srcdir/tests/faults/frame.sh"

tone='src: {type: tone, with: {length: 10ms}}'
wav='dst: {type: file.write, in: src, with: {path: o.wav}}'

# refused NUMBER TEXT LINE...: a graph of these nodes.
refused() {
  number=$1 text=$2
  shift 2
  nodes "$@"
  row "$number" 3 "$text" -- "$rill" run g.yaml
}

# bytes NUMBER TEXT FORMAT: a graph file of what printf makes of it.
bytes() {
  # shellcheck disable=SC2059
  printf "$3" >g.yaml
  row "$1" 3 "$2" -- "$rill" run g.yaml
}

bytes 1 G005 ''
bytes 2 G005 '# nothing\n'
bytes 3 G003 'rill: 1\n\000nodes: {}\n'
bytes 4 G003 'rill: 1\nname: "\377"\n'
bytes 5 G003 '\377\376r\000i\000l\000l\000'
bytes 6 'g.yaml:3:' 'rill: 1\nnodes:\n\tsrc: {type: tone}\n'
bytes 6 G004 'rill: 1\nname: "open\nnodes: {}\n'
bytes 7 G007 'rill: 1\n---\nrill: 1\n'
bytes 8 g.yaml:1:1: '[rill]\n'
bytes 9 "did you mean 'nodes'?" 'rill: 1\nnode: {}\n'
bytes 10 G012 'rill: 1\nname: a\nname: b\nnodes: {}\n'
bytes 28 'g.yaml:' "$(head -c 100000 /dev/zero | tr '\0' '[')"
bytes 29 G007 'rill: 1\nx-a: &a [1]\nx-b: *a\n'
bytes 30 G007 'rill: 1\nx-a: {<<: {a: 1}}\nnodes: {}\n'

refused 11 G013 "$tone" "$tone" "$wav"
refused 12 G014 '../x: {type: tone}' "$wav"
refused 13 "did you mean 'tone'?" 'src: {type: tnoe}' "$wav"
refused 14 "did you mean 'length'?" 'src: {type: tone, with: {lenght: 1s}}' "$wav"
for value in 0.5dBx 61dB .nan .inf 1e999 0x3 yes; do
  refused 15/16 G025 "$tone" "$wav" \
    "gn: {type: gain, in: src, with: {gain: $value}}"
done
refused 16 G025 "$tone" \
  'dst: {type: file.write, in: src, with: {path: o.wav, overwrite: maybe}}'
refused 18 G021 "$tone" 'dst: {type: file.write, in: scr, with: {path: o.wav}}'
refused 19 G022 "$tone" 'dst: {type: file.write, in: src.left, with: {path: o.wav}}'
refused 20 g.yaml:4: "$tone" \
  'dst: {type: file.write, in: src.2147483648, with: {path: o.wav}}'
refused 21 G029 "$tone" 'dst: {type: file.write, in: [src, src], with: {path: o.wav}}'
refused 22 G031 "$tone" 'dst: {type: file.write, with: {path: o.wav}}'
refused 23 'a' "$tone" 'a: {type: gain, in: b}' 'b: {type: gain, in: a}' \
  'dst: {type: file.write, in: b, with: {path: o.wav}}'
err_has "G035"
refused 23 G036 "$tone" 'a: {type: gain, in: a}' "$wav"
refused 24 G035 "$tone" 'a: {type: mix, in: [src, c]}' 'b: {type: gain, in: a}' \
  'c: {type: gain, in: b}' 'dst: {type: file.write, in: c, with: {path: o.wav}}'
refused 25 G034 "$tone" 'sp: {type: spectrum, in: src}' \
  'dst: {type: file.write, in: sp, with: {path: o.wav}}'
refused 39 G032 'dst: {type: file.write, with: {path: o.wav}}'
refused 39 G033 "$tone"

# 33..35: includes.
printf 'rill: 1\ninclude: [none.yaml]\nnodes: {}\n' >g.yaml
row 33 3 G080 -- "$rill" run g.yaml
printf 'rill: 1\ninclude: [a.yaml]\n' >g.yaml
printf 'rill: 1\ninclude: [g.yaml]\n' >a.yaml
row 34 3 G082 -- "$rill" run g.yaml
mkdir in && mkfifo in/fifo && mkdir in/dir && ln -s ../a.yaml in/link.yaml
for path in ../a.yaml link.yaml fifo dir /dev/zero; do
  printf 'rill: 1\ninclude: [%s]\n' $path >in/g.yaml
  row 35 3 g.yaml:2: -- timeout 10 "$rill" run in/g.yaml
done

# 36: the graph itself is no file.
row 36 3 in/dir -- "$rill" run in/dir
row 36 3 in/none -- "$rill" run in/none
(printf 'rill: 1\nnodes: {' >in/fifo) &
row 36 3 in/fifo -- timeout 10 "$rill" run in/fifo
wait

# 37, 38: a path that is used twice, under any spelling.
nodes "$tone" 'dst: {type: file.write, in: src, with: {path: in.wav}}'
expect 0 "$rill" run g.yaml
cp in.wav before.wav
ln -s in.wav also.wav
for path in in.wav ./in.wav in/../in.wav also.wav; do
  refused 37 G037 'src: {type: file.read, with: {path: in.wav}}' \
    "dst: {type: raw.write, in: src, with: {path: $path}}"
done
same in.wav before.wav
refused 37 G037 "$tone" 'dst: {type: raw.write, in: src, with: {path: g.yaml}}'
refused 38 G038 "$tone" "$wav" \
  'two: {type: file.write, in: src, with: {path: ./o.wav}}'

# 40: a warning, and it runs.
nodes "$tone" "$wav" 'gn: {type: gain, in: src}'
answers 40 0 G044 -- "$rill" run g.yaml
rm o.wav

# 17: numbers mean the same everywhere.
comma=$(locale -a 2>/dev/null | grep -m1 -E '^(de|fr|es|it|nl)_')
if [ "$comma" ]; then
  nodes 'src: {type: tone, with: {length: 0.25s, level: -6.5dB}}' "$wav"
  expect 0 "$rill" run g.yaml; mv o.wav point.wav
  LC_ALL=$comma expect 0 "$rill" run g.yaml; same o.wav point.wav
else
  skip "fault 17: no locale with a decimal comma is installed"
fi
finish

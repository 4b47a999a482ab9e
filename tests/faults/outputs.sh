#!/bin/sh
# SPDX-License-Identifier: ISC
# Area 4, outputs: exit 7, and a name holds what it held, or the whole new file.
. "$top_srcdir/tests/faults/frame.sh"

# writes TYPE PATH [LENGTH [PARAMS]]: g.yaml, a tone into this.
writes() {
  nodes "src: {type: tone, with: {wave: noise, length: ${3:-1s}}}" \
    "dst: {type: $1, in: src, with: {path: $2${4:+, $4}}}"
}

writes file.write old.wav 100ms; expect 0 "$rill" run g.yaml; present old.wav

# 100, 101: no room.
writes raw.write /dev/full
row 100 7 "/dev/full: cannot be written: no space" -- "$rill" run g.yaml
# shellcheck disable=SC2016
limited='ulimit -f "$1"; shift; exec "$@"'
for blocks in 4096 8000; do # plugins must fit: they are copied before they load
  writes file.write o.wav 60s
  row 101 7 "o.wav: " -- sh -c "$limited" sh $blocks "$rill" run g.yaml
  err_has "node 'dst'"
  cp old.wav keep.wav; writes file.write keep.wav 60s
  row 101 7 "keep.wav: " -- sh -c "$limited" sh $blocks "$rill" run g.yaml
  same old.wav keep.wav
done

mkdir small
if mount -t tmpfs -o size=64k none small 2>/dev/null; then
  for path in small/o.wav small/o.flac; do
    writes file.write $path 10s
    row 100 7 "$path: " -- "$rill" run g.yaml
    [ -z "$(ls -A small)" ] || fail "fault 100: $(ls -A small) is left"
  done
  cp old.wav small/keep.wav; mount -o remount,ro small
  writes file.write small/keep.wav
  row 101 7 "small/keep.wav: " -- "$rill" run g.yaml; err_has "read-only"
  same old.wav small/keep.wav
  umount small
else
  skip "faults 100, 101: no file system can be mounted to be full or read-only"
fi
if [ "$(id -u)" -ne 0 ]; then
  mkdir closed; chmod 500 closed
  writes file.write closed/o.wav
  row 101 7 "closed/o.wav: " -- "$rill" run g.yaml
  chmod 700 closed
else
  skip "fault 101: nothing is forbidden to root"
fi

# 102: the reader has gone.
writes raw.write '"-"' 1min
{ "$rill" run g.yaml 2>err; echo $? >code; } | head -c 1 >out
grep -qx 7 code || fail "fault 102: exit $(cat code), not 7"
[ "$(wc -l <err)" -le 1 ] || fail "fault 102: more than a line"
writes raw.write /dev/stdout 1min
{ "$rill" run g.yaml 2>err; echo $? >code; } | head -c 1 >out
grep -qx 7 code || fail "fault 102: exit $(cat code), not 7"
[ "$(wc -l <err)" -le 1 ] || fail "fault 102: more than a line"

# 103: the target is there.
cp old.wav keep.wav
for type in file.write raw.write; do
  writes $type keep.wav 1s 'overwrite: false'
  row 103 7 "keep.wav: it exists already" -- "$rill" run g.yaml
  same old.wav keep.wav
done
writes file.write keep.wav; answers 103 0 '' -- "$rill" run g.yaml
cmp -s old.wav keep.wav && fail "fault 103: not replaced"

# 104: the target is something else.
mkdir folder; mkfifo fifo; ln -s keep.wav link.wav; ln -s none.wav dead.wav
for path in folder folder/ fifo dead.wav none/o.wav keep.wav/o.wav /dev/null; do
  writes file.write $path 1s 'container: wav'
  row 104 7 "$path" -- timeout 10 "$rill" run g.yaml
done
[ -z "$(ls -A folder)" ] || fail "fault 104: something in the folder"
rm keep.wav; cp old.wav keep.wav
writes file.write link.wav; answers 104 0 '' -- "$rill" run g.yaml
[ -L link.wav ] || fail "fault 104: the link was replaced, not its target"
cmp -s old.wav keep.wav && fail "fault 104: the target was not replaced"

# begin PATH: a slow run into it; goes on once it writes.
begin() {
  writes file.write "$1" 60s
  : >err
  "$rill" run g.yaml --block 1 --progress=json >out 2>>err </dev/null &
  pid=$!
  tries=0
  until grep -q '"elapsed' err || [ $tries -ge 200 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
}

# 105: the folder goes away, or elsewhere.
mkdir gone; begin gone/o.wav; rmdir gone
kill -INT $pid; wait $pid; got=$?
[ $got -eq 7 ] || fail "fault 105: exit $got, not 7"
err_has "gone/o.wav: "
mkdir gone; begin gone/o.wav; mv gone away
kill -INT $pid; wait $pid; got=$?
[ $got -eq 130 ] || fail "fault 105: exit $got, not 130"
present away/o.wav; absent gone

# 106: somebody removes the target, or all that can be seen.
cp old.wav o.wav; begin o.wav; rm -f o.* .rill-*
kill -INT $pid; wait $pid; got=$?
[ $got -eq 130 ] || fail "fault 106: exit $got, not 130"
present o.wav; rm -f o.wav
nothing_left 106

# 108: two runs, one name: one of the two, whole.
writes file.write 1.wav; expect 0 "$rill" run g.yaml
writes file.write 2.wav 2s; expect 0 "$rill" run g.yaml
writes file.write both.wav; cp g.yaml 1.yaml
writes file.write both.wav 2s; cp g.yaml 2.yaml
for turn in 1 2 3 4 5; do
  rm -f both.wav
  "$rill" run 1.yaml 2>err1 & one=$!
  "$rill" run 2.yaml 2>err2 & two=$!
  wait $one; one=$?
  wait $two; two=$?
  [ $one -eq 0 ] || [ $two -eq 0 ] || fail "fault 108: $one and $two, turn $turn"
  cmp -s both.wav 1.wav || cmp -s both.wav 2.wav ||
    fail "fault 108: both.wav is neither, turn $turn"
  nothing_left 108
done

# 109: killed at any moment. The same moments each time, from the seed.
seed=20240229
writes file.write 2.wav 20s; expect 0 "$rill" run g.yaml
writes file.write keep.wav 20s
n_old=0
for turn in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  cp old.wav keep.wav
  "$rill" run g.yaml >out 2>err &
  pid=$!
  sleep "$(printf '0.%03d' $((seed / 65536 % 150)))"
  kill -9 $pid 2>/dev/null
  wait $pid 2>/dev/null
  if cmp -s keep.wav old.wav; then
    n_old=$((n_old + 1))
  else
    cmp -s keep.wav 2.wav || fail "fault 109: keep.wav is half, turn $turn"
  fi
done
echo "fault 109: the old file $n_old times of 20"
expect 0 "$rill" run g.yaml; same keep.wav 2.wav
nothing_left 109
finish

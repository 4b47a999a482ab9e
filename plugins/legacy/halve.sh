#!/bin/sh
# SPDX-License-Identifier: ISC
# An old node in shell and awk: half of every sample, for `json.exec`. It reads
# no JSON, it only knows where the numbers of {"data":[...]} are.
halve() {
  printf '%s\n' "$1" | LC_ALL=C awk '{
    start = match($0, /"data": *\[/) + RLENGTH
    end = start + index(substr($0, start), "]") - 1
    n = split(substr($0, start, end - start), number, /, */)
    list = ""
    for (i = 1; i <= n; ++i) {
      list = list (i > 1 ? "," : "") sprintf("%.9g", number[i] / 2)
    }
    before = substr($0, 1, start - 1)
    sub(/^.*"input": */, "", before)
    rest = substr($0, end)
    sub(/} *$/, "", rest) # of the request
    print "{\"outputs\":[" before list rest "]}"
  }'
}

while IFS= read -r line; do
  case $line in
    *'"op":"process"'* | *'"op": "process"'*)
      case $line in
        *'"data"'*) halve "$line" ;;
        *) echo '{"error":"Missing audio data array"}' ;;
      esac
      ;;
    *) echo '{"outputs":[]}' ;;
  esac
done

#!/bin/sh
# SPDX-License-Identifier: ISC
# The old nodes that are programs, line by line, as json.exec talks to them.
set -u
here=$top_srcdir/plugins/legacy
n_failed=0

# says COMMAND REQUESTS ANSWERS: a line each, blanks do not count.
says() {
  got=$(printf '%s\n' "$2" | $1 | tr -d ' ')
  wanted=$(printf '%s\n' "$3" | tr -d ' ')
  if [ "$got" != "$wanted" ]; then
    n_failed=$((n_failed + 1))
    printf 'FAILED: %s\n%s\n  gave\n%s\n  not\n%s\n' "$1" "$2" "$got" "$wanted"
  fi
}

halve="sh $here/halve.sh"
says "$halve" '{"op":"process","input":{"sample_rate":8000}}' \
  '{"error":"Missing audio data array"}'
says "$halve" '{"op":"init","params":{}}
{"op":"process","input":{"data":[1,-0.5,0.1e-2],"sample_rate":8000,"channels":1}}
{"op": "process", "input": {"sample_rate": 8000, "data": [4, 3]}}
{"op":"process","input":{"data":[],"sample_rate":8000}}
{"op":"finish"}' \
  '{"outputs":[]}
{"outputs":[{"data":[0.5,-0.25,0.0005],"sample_rate":8000,"channels":1}]}
{"outputs":[{"sample_rate":8000,"data":[2,1.5]}]}
{"outputs":[{"data":[],"sample_rate":8000}]}
{"outputs":[]}'

python=$(command -v python3 || true)
if [ -n "$python" ]; then
  denoise="$python $here/denoise.py"
  says "$denoise" '{"op":"process","input":{"sample_rate":200}}
{"op":"process","input":{"data":[1]}}
{"op":"process","input":{"data":[null,1],"sample_rate":200}}
nonsense' \
    '{"error":"Missing audio data array"}
{"error":"Missing sample_rate"}
{"error":"unsupported operand type(s) for *: '"'NoneType' and 'NoneType'"'"}
{"error":"Expecting value: line 1 column 1 (char 0)"}'
  says "$denoise" '{"op":"init","params":{"threshold":0.5,"floor":0.5}}
{"op":"process","input":{"data":[1,1,0.25,0.25,1],"sample_rate":200}}
{"op":"process","input":{"data":[],"sample_rate":200}}
{"op":"finish"}' \
    '{"outputs":[]}
{"outputs":[{"sample_rate":200,"data":[1.0,1.0,0.1875,0.125]}]}
{"outputs":[]}
{"outputs":[{"sample_rate":200,"data":[1.0]}]}'
else
  echo "no python3: denoise.py was not tried"
  [ "$n_failed" -gt 0 ] || exit 77
fi

[ "$n_failed" -eq 0 ] || echo "$n_failed talks failed"
exit $((n_failed > 0))

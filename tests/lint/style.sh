#!/bin/sh
# SPDX-License-Identifier: ISC
# What style.awk says of every text file of the project.
. "$(dirname "$0")/lint.sh"

# Put together here, or this file would breach its own rule.
o=O x=X w=w
marks="T${o}D${o}|FI${x}ME|(^|[^X])X${x}X([^X]|\$)"
paths="/${w}ork/|/tmp/${w}t|/h${w#w}ome/[a-z]|/ro${w#w}ot/"

# What the fuzzers begin with is data, as odd as it has to be.
# shellcheck disable=SC2046 # names without blanks
awk -v marks="$marks" -v paths="$paths" -f "$lint_dir/style.awk" $(
  lint_files -name '*.[ch]' -o -name '*.sh' -o -name '*.awk' -o -name '*.am' \
    -o -name '*.yaml' -o -name '*.md' -o -name '*.txt' -o -name '*.py' \
    -o -name '*.cc' -o -name '*.rs' -o -path ./bootstrap -o -path ./configure.ac |
    grep -v '^tests/fuzz/[^/]*/'
  [ ! -f .ci/run ] || echo .ci/run
) | lint_report

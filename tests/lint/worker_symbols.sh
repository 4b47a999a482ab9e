#!/bin/sh
# SPDX-License-Identifier: ISC
# What runs on a worker while audio flows asks for nothing that allocates,
# locks or does I/O: its undefined symbols, and what it calls of the table
# sys, are held to worker_symbols.txt.
. "$(dirname "$0")/lint.sh"
lint_keep=yes
lint_skip_sanitized
lint_need nm
list=$lint_dir/worker_symbols.txt

# Lines "use OBJECT WHERE SYMBOL" and "own SYMBOL".
uses() {
  awk '$1 == "object" { print $2 }' "$list" | while read -r name; do
    object=$top_builddir/host/engine/.libs/librill_la-$name.o
    source=host/engine/$name.c
    echo "object $name"
    if ! nm -u "$object" 2>/dev/null | awk -v n="$name" -v s="$source" '
      $1 == "U" { print "use", n, s, $2; ++found }
      END { exit !found }'; then
      echo "missing $name $source"
    fi
    nm --defined-only "$object" 2>/dev/null | awk '{ print "own", $3 }'
    awk -v n="$name" -v s="$source" '!/^#|^ *\/\// {
      for (rest = $0; match(rest, /(^|[^a-z_.>])sys\.[a-z_]+/);) {
        word = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        print "use", n, s ":" FNR, substr(word, index(word, "sys."))
      }
    }' "$source"
  done
}

uses | awk -v list="$list" '
  function breach(what, why, cure) {
    printf "%s:%s\t%s\t%s\t%s\t%s\n", $2, $4, $3, what, why, cure
  }
  BEGIN {
    while ((getline line < list) > 0) {
      if (split(line, word, " ") > 1 && word[1] !~ /^#|^object$/) {
        allowed[word[1]] = 1
      }
    }
  }
  $1 == "object" { ++objects }
  $1 == "own" { allowed[$2] = 1 }
  $1 == "use" && !seen[$2, $4]++ { use[++symbols] = $0 }
  function judge(line) {
    $0 = line
    if (!($4 in allowed)) {
      breach("asks for " $4, "nobody has said that it is bounded: a" \
        " worker that allocates, locks or waits for a file stops the audio",
        "do it in setup, or say in tests/lint/worker_symbols.txt why it may")
    }
  }
  $1 == "missing" {
    breach("no object that asks for anything", "then nothing was looked at",
      "build first, or mend the objects of tests/lint/worker_symbols.txt")
  }
  END {
    for (i = 1; i <= symbols; ++i) {
      judge(use[i])
    }
    printf "=\t%d objects\n=\t%d symbols\n", objects, symbols
  }
' | lint_report

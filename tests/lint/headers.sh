#!/bin/sh
# SPDX-License-Identifier: ISC
# Each header of the SDK compiles alone and without a word, in every language
# that the ABI promises, with each compiler that is here; in 32 bits its
# structs have no hidden padding either. The shortest node stays short.
#   HEADERS_STANDARDS="c99 c++11" limits the languages
. "$(dirname "$0")/lint.sh"
lint_keep=yes
lint_tmp
: "${HEADERS_STANDARDS:=c99 c11 c17 c2x c++11 c++17 c++20 c++2b}"
warnings="-Wall -Wextra -Wpedantic -Wpadded -Werror"

# One source a header: an include and something of its own. What is in util/
# is compiled into the plugin, needs a system, and has no layout to keep.
make_sources() { # ending
  for header in sdk/rill/*.h sdk/rill/*/*.h; do
    stem=$(echo "${header#sdk/rill/}" | tr '/' '_')
    {
      case $header in sdk/rill/util/*)
        printf '#ifndef _GNU_SOURCE\n#define _GNU_SOURCE\n#endif\n'
        echo '#pragma GCC diagnostic ignored "-Wpadded"' ;;
      esac
      printf '#include <%s>\nextern int lint_%s;\n' "${header#sdk/}" "${stem%.h}"
    } >"$lint_scratch/${stem%.h}.$1"
  done
}

# What a compiler says, as breaches.
tell() { # key
  awk -v key="$1" '
  function breach(where, what) {
    printf "%s\t%s\t%s (%s)\t%s\t%s\n", key, where, what, key,
      "the header promises C99 to C2x and C++11 to C++2b without warnings",
      "keep to what C99 and C++11 share; name padding"
    ++told
  }
  /: (fatal )?(error|warning): / {
    where = $1
    sub(/:$/, "", where)
    text = $0
    sub(/^[^ ]* /, "", text)
    if (!seen[where, text]++) {
      breach(where, text)
    }
  }
  /^failed$/ && !told { breach("sdk/rill", "the compiler fails") }'
}

compile_all() { # key, then the command
  key=$1
  shift
  { "$@" -fsyntax-only -Isdk 2>&1 || echo failed; } | tell "$key"
  echo "run $key"
}

languages() {
  for std in $HEADERS_STANDARDS; do
    case $std in
      c++*) ending=cc compilers="g++ clang++" ;;
      *) ending=c compilers="gcc clang" ;;
    esac
    for compiler in $compilers; do
      command -v "$compiler" >/dev/null 2>&1 || continue
      # shellcheck disable=SC2086 # lists of words
      compile_all "$compiler-$std" "$compiler" "-std=$std" $warnings \
        "$lint_scratch"/*."$ending"
    done
  done
}

# Without the C library of the other machine: the headers that reach all
# structs need only what the compiler brings. The layout test asks for the
# size of each, without which clang does not lay them out.
machines() {
  for target in "clang -m64" "gcc -m32" "clang -target i386-linux-gnu" \
    "clang -target armv7-linux-gnueabihf" "clang -target riscv64-linux-gnu"; do
    # shellcheck disable=SC2086 # lists of words
    if echo 'extern int x;' | $target -ffreestanding -fsyntax-only -x c - \
      2>/dev/null; then
      compile_all "$(echo "$target" | tr ' ' '_')" $target -std=c11 \
        -ffreestanding $warnings tests/test_abi_layout.c
    fi
  done
}

shortest_node() {
  half=sdk/examples/half.c
  lines=$(($(wc -l <$half) - 1))
  [ "$lines" -le 20 ] || printf '%s\t%s\t%s\t%s\t%s\n' half:length "$half:1" \
    "has $lines lines after its licence, the limit is 20" \
    "the shortest node is what the ABI is judged by" \
    "make the ABI's helpers do more"
  if ! said=$(${CC:-cc} -shared -fPIC -fvisibility=hidden -Isdk -Wl,-z,defs \
    -o "$lint_scratch/half.so" $half 2>&1); then
    printf '%s\t%s\t%s\t%s\t%s\n' half:build "$half:1" \
      "does not build: $(echo "$said" | grep -m 1 error)" \
      "one cc line and no library is the promise" "mend it, or the headers"
  fi
  echo "run half"
}

make_sources c
make_sources cc
{
  languages
  machines
  shortest_node
} >"$lint_scratch/told"
{
  grep -v '^run ' "$lint_scratch/told"
  printf '=\t%d compilers and languages\n=\t%d headers\n' \
    "$(grep -c '^run ' "$lint_scratch/told")" \
    "$(find sdk/rill -name '*.h' | wc -l)"
} | lint_report

#!/bin/sh
# SPDX-License-Identifier: ISC
# Each lint can fail: a copy of the tree gets one breach after the other, and
# the lint has to name it.
# shellcheck disable=SC2016 # seeds are expanded where they are sown
. "$(dirname "$0")/lint.sh"
lint_tmp
copy=$lint_scratch/tree
failures=0
seeds=0

mkdir "$copy"
lint_files -path './host/*' -o -path './plugins/*' -o -path './sdk/*' \
  -o -path './graphs/*.yaml' -o -path './graphs/*.am' -o -path './tests/*' \
  -o -path './*.am' | grep -v '\.\(log\|trs\|o\|lo\|la\)$' >"$lint_scratch/files"
tar -cf - -T "$lint_scratch/files" | tar -xf - -C "$copy"
chmod -R u+w "$copy"
cd "$copy" || exit 99

# seed LINT WORDS FILE SCRIPT: runs SCRIPT, which breaks FILE, and then LINT,
# which has to say the words.
seed() {
  seeds=$((seeds + 1))
  kept=no
  [ ! -f "$3" ] || { cp -p "$3" "$lint_scratch/kept" && kept=yes; }
  mkdir -p "$(dirname "$3")"
  (eval "$4") || { echo "cannot seed: $4"; exit 99; }
  said=$(top_srcdir=$copy top_builddir=$copy/build sh "tests/lint/$1.sh" 2>&1)
  status=$?
  if [ "$status" -ne 1 ] || ! echo "$said" | grep -qF "$2"; then
    failures=$((failures + 1))
    echo "$1 does not see: $4"
    echo "  it should say: $2; its status is $status:"
    echo "$said" | tail -n 8 | sed 's/^/  | /'
  fi
  if [ "$kept" = yes ]; then
    cp -p "$lint_scratch/kept" "$3"
  else
    rm -f "$3"
  fi
}

edit() { # file, sed script
  sed "$2" "$1" >"$1.new" && mv "$1.new" "$1"
}

# Adds a line to a file, before the line that has a word when one is given.
add() { # file, line, word
  if [ $# -eq 2 ]; then
    printf '%s\n' "$2" >>"$1"
  else
    awk -v line="$2" -v word="$3" \
      'index($0, word) && !done++ { print line } { print }' "$1" >"$1.new" &&
      mv "$1.new" "$1"
  fi
}

rooms() {
  seed rooms 'key:  host/base/mem.c>host/plan/plan.h' host/base/mem.c \
    'add "$3" "#include \"plan/plan.h\""'
  seed rooms 'key:  host/spec/spec.c>host/load/elf.h' host/spec/spec.c \
    'add "$3" "#include \"load/elf.h\""'
  seed rooms 'key:  host/engine/run.c>plugins/gain/gain.c' host/engine/run.c \
    'add "$3" "#include \"plugins/gain/gain.c\""'
  seed rooms 'key:  plugins/gain/gain.c>host/base/mem.h' plugins/gain/gain.c \
    'add "$3" "#include \"base/mem.h\""'
  seed rooms 'key:  plugins/gain/gain.c>plugins/vad/fft.h' plugins/gain/gain.c \
    'add "$3" "#include \"../vad/fft.h\""'
  seed rooms 'key:  plugins/gain/gain.c>sdk/harness/rig.h' plugins/gain/gain.c \
    'add "$3" "#include <harness/rig.h>"'
  seed rooms 'key:  sdk/rill/abi.h>sdk/harness/rig.h' sdk/rill/abi.h \
    'add "$3" "#include \"../harness/rig.h\""'
  seed rooms 'key:  host/base/mem.c>nowhere.h' host/base/mem.c \
    'add "$3" "#include \"nowhere.h\""'
  seed rooms 'key:  room:cellar' host/cellar/wine.c 'echo "int x;" >"$3"'
  seed rooms 'circle: host/base/mem > host/base/text > host/base/mem' host/base/mem.h \
    'add "$3" "#include \"base/text.h\""'
}

seers() {
  seed seers 'key:  host/plan/plan.c:yaml.h' host/plan/plan.c \
    'add "$3" "#include <yaml.h>"'
  seed seers 'key:  plugins/gain/gain.c:dlfcn.h' plugins/gain/gain.c \
    'add "$3" "# include <dlfcn.h>"'
  seed seers 'key:  plugins/gain/gain.c:fftw3.h' plugins/gain/gain.c \
    'add "$3" "#include <fftw3.h>"'
  seed seers 'key:  host/app/app.c:jansson.h' host/app/app.c \
    'add "$3" "#include <jansson.h>"'
}

style() {
  seed style 'key:  licence:host/base/mem.c' host/base/mem.c \
    'edit "$3" "/SPDX/d"'
  seed style 'key:  tab:host/base/mem.c' host/base/mem.c \
    'add "$3" "$(printf "\tint x;")"'
  seed style 'key:  blank:host/base/base.am' host/base/base.am 'add "$3" "# x "'
  seed style 'key:  wide:host/base/mem.c' host/base/mem.c \
    'add "$3" "// $(printf "%0100d" 1)"'
  seed style 'key:  long:host/base/mem.c' host/base/mem.c 'yes "" | head -n 401 >>"$3"'
  seed style 'key:  function:lint_long:host/base/mem.c' host/base/mem.c \
    '{ printf "int\nlint_long(void)\n{\n"; yes "  ;" | head -n 60; echo "}"; } >>"$3"'
  seed style 'key:  mark:host/base/mem.c' host/base/mem.c \
    'add "$3" "// TO""DO: more"'
  seed style 'key:  mark:plugins/gain/README.md' plugins/gain/README.md \
    'add "$3" "FIX""ME"'
  seed style 'key:  path:graphs/hello.yaml' graphs/hello.yaml \
    'add "$3" "# see /ho""me/me/x"'
}

every_file_listed() {
  seed every_file_listed 'key:  unlisted:host/base/new.c' host/base/new.c \
    'echo "int x;" >"$3"'
  seed every_file_listed 'key:  unlisted:graphs/new.yaml' graphs/new.yaml \
    'echo "# A graph." >"$3"'
  seed every_file_listed 'key:  comment:graphs/hello.yaml' graphs/hello.yaml \
    'edit "$3" "s/^#.*//"'
  seed every_file_listed 'key:  readme:vad' plugins/vad/README.md 'rm "$3"'
  seed every_file_listed 'key:  test:tone' plugins/tone/test_tone.c 'rm "$3"'
  seed every_file_listed 'key:  am:vad' plugins/vad/vad.am 'echo "# none" >"$3"'
  seed every_file_listed 'key:  gone:tests/test_gone' tests/tests.am \
    'add "$3" "TESTS += tests/test_gone"'
}

in_struct() { # words, member
  seed header_bans "$1 in struct rill_io: $2" sdk/rill/node.h \
    "add \"\$3\" '  $2; // x' 'uint32_t flags; // enum rill_io_flags'"
}

header_bans() {
  in_struct 'a bool' 'bool x'
  in_struct 'a type without a fixed width' 'size_t x'
  in_struct 'a type without a fixed width' 'unsigned long x'
  in_struct 'an enum-typed field' 'enum rill_exec x'
  in_struct 'a bit-field' 'uint32_t x : 3'
  in_struct 'a string in the struct' 'char x[32]'
  in_struct 'an array with a named dimension' 'uint32_t x[RILL_MAX_RANK]'
  in_struct 'a FILE' 'FILE* x'
  in_struct 'a struct that may grow by value' 'struct rill_slot x'
  in_struct 'a struct returned by value' 'struct rill_format (*x)(void)'
  in_struct 'a struct passed by value' 'int32_t (*x)(struct rill_format f)'
  in_struct 'an array of a struct that may grow' \
    'int32_t (*x)(const struct rill_slot* s, uint32_t n_s)'
  seed header_bans 'an array of a struct that may grow in struct rill_io' \
    sdk/rill/node.h \
    'add "$3" "struct rill_slot* x; uint32_t n_x;" "uint32_t flags; // enum rill_io_flags"'
  seed header_bans 'the place of x is not pinned' sdk/rill/node.h \
    'add "$3" "  uint32_t x;" "uint32_t flags; // enum rill_io_flags"'
  seed header_bans 'key:  max:RILL_MAX_PORTS' sdk/rill/node.h \
    'add "$3" "#define RILL_MAX_PORTS 8"'
  seed header_bans 'key:  growth:rill_new' sdk/rill/node.h \
    'printf "struct rill_new {\n  uint32_t x;\n};\n" >>"$3"'
  seed header_bans 'key:  pin:rill_new' sdk/rill/node.h \
    'printf "struct rill_new {\n  uint32_t size;\n};\n" >>"$3"'
}

headers() {
  HEADERS_STANDARDS="c99"
  export HEADERS_STANDARDS
  seed headers 'key:  half:length' sdk/examples/half.c 'yes "" | head -n 21 >>"$3"'
  seed headers 'key:  half:build' sdk/examples/half.c \
    'add "$3" "int32_t gone(void); int32_t lint_x(void) { return gone(); }"'
  command -v gcc >/dev/null && command -v g++ >/dev/null || return 0
  seed headers 'key:  gcc-c99' sdk/rill/value.h \
    'add "$3" "inline int lint_x(void) { for (auto int i = 0;;) {} }"'
  seed headers 'key:  gcc-c99' sdk/rill/value.h \
    'add "$3" "struct lint_x { char a; double b; };"'
  HEADERS_STANDARDS=c++11
  seed headers 'key:  g++-c++11' sdk/rill/value.h 'add "$3" "extern int class;"'
  if echo 'int x;' | gcc -m32 -fsyntax-only -x c - 2>/dev/null; then
    seed headers 'key:  gcc_-m32' sdk/rill/buffer.h 'edit "$3" "/pad_data/d"'
  fi
}

# Objects of a build that is not there: one .c, seen as the worker's.
build_worker() {
  mkdir -p build/host/engine/.libs
  echo "$1" >"$lint_scratch/x.c"
  awk '$1 == "object" { print $2 }' tests/lint/worker_symbols.txt |
    while read -r name; do
      ${CC:-cc} -c -o "build/host/engine/.libs/librill_la-$name.o" \
        "$lint_scratch/x.c"
    done
}

worker_symbols() {
  seed worker_symbols 'key:  run:malloc' build/x \
    'build_worker "#include <stdlib.h>
    void* x(void) { return malloc(3); }"'
  seed worker_symbols 'key:  run:pthread_mutex_lock' build/x \
    'build_worker "#include <pthread.h>
    int x(pthread_mutex_t* m) { return pthread_mutex_lock(m); }"'
  seed worker_symbols 'key:  run:sys.write' host/engine/run.c \
    'build_worker "extern int sys; int x(void) { return sys; }"
    add "$3" "  sys.write(1, 0, 0);"'
  rm build/host/engine/.libs/librill_la-run.o
  seed worker_symbols 'key:  run:' build/x 'true'
}

plugin() { # key, source, options
  seed plugin_symbols "key:  lint:$1" build/plugins/lint/.libs/lint.so \
    "echo '$2' >$lint_scratch/x.c
    ${CC:-cc} -shared -fPIC -o \"\$3\" $lint_scratch/x.c $3"
}

plugin_symbols() {
  seed plugin_symbols 'key:  gain:missing' build/x 'true'
  entry='int rill_entry_v1;'
  plugin exports 'int rill_entry_v1, more;'
  plugin exports 'int rill_entry_v2;'
  plugin exit "$entry"' void exit(int); __attribute__((unused)) static void x(void) { exit(1); } void (*rill_y)(void) = x;'
  plugin fork "$entry"' int fork(void); int rill_y(void) { return fork(); }'
  plugin undefined:gone "$entry"' int gone(void); int rill_y(void) { return gone(); }'
  plugin rpath "$entry" -Wl,-rpath,/opt
  plugin stack "$entry" -Wl,-z,execstack
  plugin nodelete "$entry" -Wl,-z,nodelete
  plugin static_tls "$entry"' extern __thread int errno_; __thread int errno_; int rill_y(void) { return errno_; }' -ftls-model=initial-exec
}

exceptions() {
  seed rooms 'excuses nothing any more' tests/lint/exceptions.txt \
    'add "$3" "rooms  host/base/mem.c>nothing  not so"'
}

exceptions
rooms
seers
style
every_file_listed
header_bans
headers
if ! grep -q '^#define RILL_SANITIZED 1' "$top_builddir/config.h"; then
  worker_symbols
  plugin_symbols
fi
echo "selftest: $seeds breaches seeded, $failures unseen"
[ "$failures" -eq 0 ]

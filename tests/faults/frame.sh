# SPDX-License-Identifier: ISC
# Rows of the fault list. A row names its number, what rill must answer, and
# the command; outputs that must not be there are called o.something.
. "$top_srcdir/tests/cli/kit.sh"
built=$(cd "$top_builddir" && pwd)

# Signals of a sanitized build are the sanitizer's.
sanitized() { grep -q '^#define RILL_SANITIZED' "$built/config.h"; }

skip() { echo "skipped: $*"; }

# nodes LINE...: makes them the graph g.yaml.
nodes() {
  printf 'rill: 1\nnodes:\n' >g.yaml
  printf '  %s\n' "$@" >>g.yaml
}

# nothing_left NUMBER: neither an output nor a file that should become one.
nothing_left() {
  for left in o.* .rill-*; do
    [ ! -e "$left" ] || { fail "fault $1: $left is left"; rm -rf "$left"; }
  done
}

# answers NUMBER CODE TEXT -- COMMAND...: exit code, and TEXT on stderr.
answers() {
  number=$1 code=$2 text=$3
  shift 4
  "$@" >out 2>err </dev/null
  got=$?
  [ $got -eq "$code" ] || fail "fault $number: exit $got, not $code: $*"
  [ -z "$text" ] || grep -qF -- "$text" err ||
    fail "fault $number: stderr has no '$text'"
}

# row NUMBER CODE TEXT -- COMMAND...: the same, and nothing is left.
row() {
  answers "$@"
  nothing_left "$1"
}

# works NUMBER FILE -- COMMAND...: exit 0, and FILE is there; it is removed.
works() {
  number=$1 file=$2
  shift 3
  "$@" >out 2>err </dev/null
  got=$?
  [ $got -eq 0 ] || fail "fault $number: exit $got: $*"
  [ -s "$file" ] || fail "fault $number: no $file"
  rm -f "$file"
  nothing_left "$number"
}

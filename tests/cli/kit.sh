# SPDX-License-Identifier: ISC
# For scripts that call the program as a user does. A script sources this, says
# what it expects, and ends with `finish`.
set -u
rill=$(cd "$top_builddir" && pwd)/rill
graphs=$(cd "$top_srcdir" && pwd)/graphs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
unset RILL_PLUGIN_PATH RILL_GRAPH_PATH RILL_THREADS RILL_LOG NO_COLOR
export RILL_CACHE_DIR="$work/cache" RILL_RUNTIME_DIR="$work/run" HOME="$work"
n_failed=0

fail() {
  n_failed=$((n_failed + 1))
  echo "FAILED: $*"
  sed 's/^/  out: /' out 2>/dev/null | head -20
  sed 's/^/  err: /' err 2>/dev/null | head -20
}

# expect CODE COMMAND...: runs it; what it says is in the files out and err.
expect() {
  code=$1
  shift
  "$@" >out 2>err </dev/null
  got=$?
  [ "$got" -eq "$code" ] || fail "exit $got, not $code: $*"
}

# out_has, err_has TEXT: in what the last command said.
out_has() { grep -qF -- "$1" out || fail "stdout has no '$1'"; }
err_has() { grep -qF -- "$1" err || fail "stderr has no '$1'"; }
out_empty() { [ ! -s out ] || fail "stdout is not empty"; }
err_empty() { [ ! -s err ] || fail "stderr is not empty"; }
same() { cmp -s "$1" "$2" || fail "$1 and $2 differ"; }
absent() { [ ! -e "$1" ] || fail "$1 exists"; }
present() { [ -s "$1" ] || fail "$1 is missing or empty"; }

finish() {
  [ "$n_failed" -eq 0 ] || echo "$n_failed expectations failed"
  exit $((n_failed > 0))
}

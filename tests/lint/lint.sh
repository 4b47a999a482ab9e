# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# What the lints share; each reads this first.
#
# A lint writes one line a breach, five fields apart by tabs:
#   key  where  what  why  cure
# and one line "=", tab, "37 files": what was looked at. lint_report takes out
# what exceptions.txt excuses, prints the rest and gives the exit status.
LC_ALL=C
export LC_ALL
lint_name=$(basename "$0" .sh)
lint_dir=$(cd "$(dirname "$0")" && pwd)
: "${top_srcdir:=$lint_dir/../..}"
: "${top_builddir:=$top_srcdir/build}"
top_srcdir=$(cd "$top_srcdir" && pwd)
top_builddir=$(cd "$top_builddir" 2>/dev/null && pwd) || top_builddir=/nonexistent
cd "$top_srcdir" || exit 99

# Scratch space that goes away with the lint.
lint_tmp() {
  lint_scratch=$(mktemp -d "${TMPDIR:-/tmp}/rill-lint.XXXXXX") || exit 99
  trap 'rm -rf "$lint_scratch"' EXIT
  trap 'exit 99' HUP INT TERM
}

# The files of the source tree for which the find expression holds, without
# what builds leave there.
lint_files() {
  find . -type d \( -name '.?*' -o -path './build*' -o -path './_build' \
    -o -path './_inst' -o -path './m4' -o -path './autom4te.cache' \
    -o -path './results' -o -path './rill-[0-9]*' \) -prune \
    -o -type f \( "$@" \) ! -path ./config.h -print | sed 's,^\./,,' | sort
}

lint_skip() {
  echo "$lint_name: skipped: $*"
  exit 77
}

# A sanitizer's own symbols and flags would drown what the lint looks for.
lint_skip_sanitized() {
  if grep -q '^#define RILL_SANITIZED 1' "$top_builddir/config.h" 2>/dev/null
  then
    lint_skip "a build with sanitizers has symbols of their own"
  fi
}

lint_need() {
  for tool; do
    command -v "$tool" >/dev/null 2>&1 || lint_skip "no $tool here"
  done
}

# What a lint sees may depend on the machine: then it sets this, and an
# exception that excuses nothing is no breach.
lint_keep=

# Reads breaches from stdin.
lint_report() {
  awk -F '\t' -v lint="$lint_name" -v keep="$lint_keep" \
    -f "$lint_dir/report.awk" "$lint_dir/exceptions.txt" -
}

#!/bin/sh
# SPDX-License-Identifier: ISC
# Each library has one seer (seers.txt), so that it can be replaced there.
# Tests see what they like.
. "$(dirname "$0")/lint.sh"

may_see() { # patterns, file
  for pattern in $1; do
    if [ "$pattern" = GPL ]; then
      case $2 in plugins/*)
        tr '\n' ' ' <"$(dirname "$2")/README.md" |
          grep -Eq 'GPL(-|,? version )2' && return 0 ;;
      esac
    fi
    # shellcheck disable=SC2254 # a pattern
    case $2 in $pattern) return 0 ;; esac
  done
  return 1
}

look() {
  count=0
  set -f # the patterns are not for the shell's own file names
  while read -r header patterns; do
    case $header in '' | '#'*) continue ;; esac
    count=$((count + 1))
    grep -rnE --include='*.[ch]' "^[ 	]*#[ 	]*include[ 	]*[<\"]${header}[>\"]" \
      host sdk plugins | grep -v '^[^:]*/test_[^/:]*:' |
      while IFS=: read -r file line _; do
        may_see "$patterns" "$file" || printf '%s\t%s\t%s\t%s\t%s\n' \
          "$file:$header" "$file:$line" "sees $header" \
          "only these may: $patterns (GPL: a plugin whose README says GPL-2)" \
          "ask the module that sees it, or say why in tests/lint/seers.txt"
      done
  done <"$lint_dir/seers.txt"
  printf '=\t%d headers of libraries\n' "$count"
}

look | lint_report

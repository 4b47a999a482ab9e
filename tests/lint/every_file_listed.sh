#!/bin/sh
# SPDX-License-Identifier: ISC
# What is in the tree is in a makefile, and so in the tarball; what a makefile
# names is in the tree. Each plugin folder is complete.
. "$(dirname "$0")/lint.sh"

# shellcheck disable=SC2046 # names without blanks
{
  lint_files -path './host/*.[ch]' -o -path './plugins/*.[ch]' \
    -o -path './sdk/*.[ch]' -o -path './tests/*.[ch]' -o -path './graphs/*' \
    -o -path './plugins/*.md' -o -path './plugins/*.sh' -o -path './plugins/*.py' -o -path './tests/*.sh' -o -path './tests/*.awk' \
    -o -path './tests/*.txt' | sed 's/^/file /'
  lint_files -name '*.am' | while read -r am; do
    sed "s,%D%,$(dirname "$am"),g; s,^,am $am ," "$am"
  done
  lint_files -path './graphs/*.yaml' | while read -r graph; do
    echo "first $graph $(head -n 1 "$graph")"
  done
} | awk -f "$lint_dir/every_file_listed.awk" | lint_report

#!/bin/sh
# SPDX-License-Identifier: ISC
# Includes point down: between the rooms of the house (rooms.txt), from host
# and plugins to the SDK, and between the files of a room without a circle.
. "$(dirname "$0")/lint.sh"

# shellcheck disable=SC2046 # names without blanks
awk -f "$lint_dir/rooms.awk" "$lint_dir/exceptions.txt" "$lint_dir/rooms.txt" $(
  lint_files -path './host/*.[ch]' -o -path './plugins/*.[ch]' \
    -o -path './sdk/*.[ch]') | lint_report

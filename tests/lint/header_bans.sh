#!/bin/sh
# SPDX-License-Identifier: ISC
# What would break the promise that a plugin keeps loading: see header_bans.awk.
# util/ is compiled into the plugin, no part of the binary contract.
. "$(dirname "$0")/lint.sh"

# shellcheck disable=SC2046 # names without blanks
awk -v pins=tests/test_abi_layout.c -f "$lint_dir/header_bans.awk" \
  tests/test_abi_layout.c $(
  lint_files -path './sdk/rill/*.h' ! -path './sdk/rill/util/*') | lint_report

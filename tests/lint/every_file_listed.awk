# SPDX-License-Identifier: ISC
# Reads "file PATH", "am FRAGMENT LINE" and "first GRAPH LINE".
function breach(key, where, what, why, cure) {
  printf "%s\t%s\t%s\t%s\t%s\n", key, where, what, why, cure
}

$1 == "file" {
  there[$2] = 1
  ++files
}

# A makefile's words, each with the variable that it is given to.
$1 == "am" {
  if ($2 != fragment) {
    fragment = $2
    line = 0
    variable = ""
  }
  ++line
  start = 3
  if ($3 ~ /^#/) {
    next
  }
  if ($4 ~ /^\+?=$/) {
    variable = $3
    start = 5
    given[variable] = 1
  }
  for (i = start; i <= NF; ++i) {
    if ($i != "\\") {
      word[$i] = fragment ":" line
      if (variable == "TESTS" && $i !~ /^\$/) {
        test[$i] = fragment ":" line
      }
      used[fragment] = 1
    }
  }
  if ($NF != "\\") {
    variable = ""
  }
}

$1 == "first" && $3 !~ /^#/ {
  breach("comment:" $2, $2 ":1", "begins without a comment",
    "the first comment line is what lists and readers see of a graph",
    "say in one line what the graph does")
}

# X_SOURCES of a program or library, as automake writes its name.
function sources_variable(target) {
  gsub(/[^A-Za-z0-9_@]/, "_", target)
  return target "_SOURCES"
}

# Listed itself, by a folder above it, or as the one source of a program or
# library of its name.
function listed(path, stem, up) {
  if (path in word) {
    return 1
  }
  for (up = path; sub(/\/[^\/]*$/, "", up);) {
    if (up in word) {
      return 1
    }
  }
  stem = path
  sub(/\.c$/, "", stem)
  return stem != path && (stem in word && !(sources_variable(stem) in given) ||
    (stem ".la") in word && !(sources_variable(stem ".la") in given))
}

function check_plugin(name, dir, p, has_test) {
  dir = "plugins/" name "/"
  if (!((dir "README.md") in there)) {
    breach("readme:" name, dir, "no README.md",
      "it is where a user finds ports, parameters and the algorithm",
      "write it; plugins/gain/README.md shows how")
  }
  if (!((dir name ".am") in used)) {
    breach("am:" name, dir, "no " name ".am that builds something",
      "what no makefile names is never built", "see plugins/gain/gain.am")
  }
  for (p in there) {
    has_test += index(p, dir "test_") == 1
  }
  if (!has_test) {
    breach("test:" name, dir, "no test_" name ".c",
      "a plugin without a test is a claim", "write its sentences")
  }
}

function check_test(t, where, path) {
  path = t
  sub(/^\$\(srcdir\)\//, "", path)
  if (!(path in there) && !((path ".c") in there) &&
      !(sources_variable(path) in given)) {
    breach("gone:" t, where, "there is no " t, "TESTS names what is to run",
      "take it out, or add the file")
  }
}

END {
  for (p in there) {
    if (!listed(p)) {
      breach("unlisted:" p, p ":1", "is in no .am file",
        "a tarball would lack it",
        "add it to a _SOURCES, or to EXTRA_DIST of its folder's .am")
    }
    if (split(p, part, "/") > 2 && part[1] == "plugins" && p ~ /\.c$/) {
      plugin[part[2]] = 1
    }
  }
  for (name in plugin) {
    ++plugins
    check_plugin(name)
  }
  for (t in test) {
    ++tests
    check_test(t, test[t])
  }
  printf "=\t%d files\n=\t%d plugins\n=\t%d tests\n", files, plugins, tests
}

# SPDX-License-Identifier: ISC
# Reads exceptions.txt, then breaches (see lint.sh). Variables: lint, keep.
FNR == NR {
  split($0, word, " ")
  if (word[1] == lint) {
    line[word[2]] = FNR
    if (word[2] ~ /\*/) {
      pattern[word[2]] = as_regex(word[2])
    }
  }
  next
}

# A key of exceptions.txt in which "*" stands for anything but "/".
function as_regex(key) {
  gsub(/[.+?()]/, "[&]", key)
  gsub(/\*/, "[^/]*", key)
  return "^" key "$"
}

# The key of exceptions.txt that excuses this one, or "".
function excuse(key, p) {
  if (key in line) {
    return key
  }
  for (p in pattern) {
    if (key ~ pattern[p]) {
      return p
    }
  }
  return ""
}

$1 == "=" {
  looked = looked (looked == "" ? "" : ", ") $2
  next
}

{
  found = excuse($1)
  if (found != "") {
    used[found] = 1
    ++excused
    next
  }
  ++breaches
  printf "%s: %s\n  why:  %s\n  cure: %s\n  key:  %s\n", $2, $3, $4, $5, $1
}

END {
  for (key in line) {
    if (!(key in used) && keep == "") {
      ++breaches
      printf "tests/lint/exceptions.txt:%d: %s excuses nothing any more\n" \
        "  why:  the list shows what is left to mend\n" \
        "  cure: take the line out\n", line[key], key
    }
  }
  if (looked == "") {
    print lint ": broke off before it was done"
    exit 99
  }
  if (looked ~ /^0 /) {
    print lint ": found nothing to look at: " looked
    exit 99
  }
  printf "%s: %s, %d breach%s (%d excused by exceptions.txt)\n", lint, looked,
    breaches, breaches == 1 ? "" : "es", excused
  exit breaches > 0
}

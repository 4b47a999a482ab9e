# SPDX-License-Identifier: ISC
# Reads the layout test, then the headers of the ABI. Collects the members of
# every struct, one declaration each, and judges them at the end, when it is
# known which structs may grow. Variable: pins, the layout test.

function breach(key, at, what, why, cure) {
  printf "%s\t%s\t%s\t%s\t%s\n", key, at, what, why, cure
}

FILENAME == pins {
  if (match($0, /^(SIZE|AT|PAD)\([a-z_]+(, [a-z_0-9]+)?/)) {
    pin = substr($0, RSTART, RLENGTH)
    sub(/^(SIZE|AT|PAD)\(/, "", pin)
    sub(/, [0-9]+$/, "", pin)
    pinned[pin] = 1
  }
  next
}

FNR == 1 {
  ++files
  in_macro = in_inline = 0
  owner = ""
}

/^#define RILL_MAX_/ && $2 != "RILL_MAX_RANK" {
  breach("max:" $2, FILENAME ":" FNR, "defines " $2,
    "a limit in the header is a limit for ever",
    "give the count beside a pointer")
}

# Macros and inline functions are compiled into the plugin: no part of it.
in_macro || /^[ \t]*#/ {
  in_macro = /\\$/
  next
}

/^static / {
  in_inline = !/;$/
}

in_inline {
  in_inline = !/^}|;$/ || /^ /
  next
}

/^\/\/\// {
  prose = prose " " $0
  next
}

/^struct [a-z_]+ \{/ {
  owner = $2
  place[owner] = FILENAME ":" FNR
  frozen[owner] = tolower(prose) ~ /frozen for ever/
  statement = ""
  next
}

/^\};/ {
  owner = ""
}

!/^[ \t]*\/\// && NF {
  prose = ""
}

owner != "" {
  sub(/\/\/.*/, "")
  if (statement == "") {
    line = FNR
  }
  statement = statement " " $0
  while (match(statement, /;/)) {
    note(substr(statement, 1, RSTART - 1))
    statement = substr(statement, RSTART + 1)
    line = FNR
  }
  if (statement !~ /[^ \t]/) {
    statement = ""
  }
}

function note(text) {
  gsub(/[ \t]+/, " ", text)
  sub(/^ /, "", text)
  ++members
  member[members] = text
  member_owner[members] = owner
  member_at[members] = FILENAME ":" line
  n_of[owner] = n_of[owner] + 1
  if (text == "uint32_t size" && n_of[owner] <= 2) {
    grows[owner] = 1
  }
}

# The name that a declaration gives.
function name_of(text) {
  if (match(text, /\(\*[a-z_0-9]+\)/)) {
    return substr(text, RSTART + 2, RLENGTH - 3)
  }
  sub(/ *[\[:].*/, "", text)
  sub(/.*[ *]/, "", text)
  return text
}

# The struct that a declaration speaks of, and how many stars follow it.
function struct_of(text) {
  if (!match(text, /struct [a-z_]+/)) {
    return ""
  }
  return substr(text, RSTART + 7, RLENGTH - 7)
}

function stars(text) {
  return gsub(/\*/, "", text)
}

function ban(m, what, why, cure) {
  breach(member_owner[m] "." name_of(member[m]), member_at[m],
    what " in struct " member_owner[m] ": " member[m], why, cure)
}

function check_types(m, text, call) {
  text = " " member[m] " "
  call = text ~ /\(\*/
  if (text ~ /[^a-z_](bool|_Bool)[^a-z_0-9]/) {
    ban(m, "a bool", "its size is the compiler's", "uint32_t, 0 or 1")
  }
  if (text ~ /[^a-z_0-9](long|short|int|unsigned|signed|size_t|ssize_t|off_t|time_t|wchar_t|intptr_t|uintptr_t|ptrdiff_t)[^a-z_0-9]/) {
    ban(m, "a type without a fixed width", "it differs between machines",
      "one of int32_t, uint32_t, int64_t, uint64_t")
  }
  if (text ~ /[^A-Z_]FILE[^A-Z_]/) {
    ban(m, "a FILE", "two C libraries do not share it", "a descriptor, int32_t")
  }
  if (!call && text ~ /^ (const )?enum /) {
    ban(m, "an enum-typed field", "its size is the compiler's",
      "uint32_t, and the enum's name in the comment")
  }
  if (!call && text ~ /: *[0-9]+ $/) {
    ban(m, "a bit-field", "its place is the compiler's", "flags in a uint32_t")
  }
  if (text ~ /\[[^]]*[A-Za-z_]/) {
    ban(m, "an array with a named dimension",
      "the name can change, the layout cannot", "count and pointer")
  }
  if (!call && text ~ / char [a-z_]+ *\[/) {
    ban(m, "a string in the struct", "its length is a limit for ever",
      "const char*")
  }
}

function check_call(m, text) {
  text = member[m]
  if (text !~ /\(\*/) {
    return
  }
  if (text ~ /^(const )?struct [a-z_]+ \(\*/) {
    ban(m, "a struct returned by value",
      "compilers do not agree on how", "an out-parameter")
  }
  if (text ~ /struct [a-z_]+( [a-z_]+)?[,)]/) {
    ban(m, "a struct passed by value", "compilers do not agree on how",
      "a pointer to const")
  }
}

# A count beside one star, or a dimension: an array of the thing itself.
function check_growth(m, text, type, name, scope, i) {
  text = member[m]
  type = struct_of(text)
  if (!(type in grows) && !(text ~ /\(\*/)) {
    return
  }
  if (text ~ /\(\*/) {
    check_call_growth(m, text)
    return
  }
  name = name_of(text)
  if (stars(text) == 0) {
    ban(m, "a struct that may grow by value", "what follows would move",
      "a pointer to it")
    return
  }
  for (i = 1; i <= members; ++i) {
    if (stars(text) == 1 && member_owner[i] == member_owner[m] &&
        name_of(member[i]) == "n_" name) {
      ban(m, "an array of a struct that may grow",
        "old and new code would step through it differently",
        "an array of pointers to it")
    }
  }
}

# The same among the parameters of a function.
function check_call_growth(m, text, part, n, i) {
  sub(/^.*\(\*[a-z_0-9]+\) *\(/, "", text)
  n = split(text, part, ",")
  for (i = 1; i <= n; ++i) {
    if (struct_of(part[i]) in grows && stars(part[i]) == 1) {
      sub(/[) ]+$/, "", part[i])
      if (text ~ ("n_" name_of(part[i]) "[,)]")) {
        ban(m, "an array of a struct that may grow",
          "old and new code would step through it differently",
          "an array of pointers to it")
      }
    }
  }
}

function check_struct(s) {
  ++structs
  if (!(s in grows) && !frozen[s]) {
    breach("growth:" s, place[s], "struct " s " neither begins with" \
      " 'uint32_t size' nor says 'Frozen for ever'",
      "nobody can tell later whether it may get a field",
      "begin it with its size, or freeze it in its comment")
  }
  if (!(s in pinned)) {
    breach("pin:" s, place[s], "the size of struct " s " is not pinned",
      "a change would go unnoticed", "SIZE(" s ", ...) in " pins)
  }
}

END {
  for (s in place) {
    check_struct(s)
  }
  for (m = 1; m <= members; ++m) {
    check_types(m)
    check_call(m)
    check_growth(m)
    pin = member_owner[m] ", " name_of(member[m])
    if (!(pin in pinned)) {
      breach("pin:" member_owner[m] "." name_of(member[m]), member_at[m],
        "the place of " name_of(member[m]) " is not pinned",
        "a change would go unnoticed", "AT(" pin ", ...) in " pins)
    }
  }
  printf "=\t%d headers\n=\t%d structs\n=\t%d members\n", files, structs, members
}

# SPDX-License-Identifier: ISC
# Variables: marks and paths, the words that must not be there.
BEGIN {
  widest = 100        # columns of C; 90 is the aim
  widest_in_tests = 120 # of a test: its tables hold one sentence a row
  longest_file = 400
  longest_function = 60
}

function breach(key, line, what, why, cure) {
  printf "%s:%s\t%s:%d\t%s\t%s\t%s\n", key, file, file, line, what, why, cure
}

function finish_file() {
  if (file == "") {
    return
  }
  if (!licensed && file !~ /\.txt$/) {
    breach("licence", 1, "no SPDX line among the first two",
      "each file says under which licence it may be used",
      "begin it with a comment: SPDX-License-Identifier: ISC")
  }
  if (is_c && lines > longest_file) {
    breach("long", lines, lines " lines, the limit is " longest_file,
      "a reader wants one concept in one sitting",
      "split it by concept; a table may stay with a line in exceptions.txt")
  }
}

FNR == 1 {
  finish_file()
  file = FILENAME
  ++files
  is_c = file ~ /\.[ch]$/
  is_test = file ~ /(^|\/)test_[^\/]*\.c$/ || file ~ /^tests\//
  licensed = 0
  name_line = 0
  body = 0
}

{
  lines = FNR
}

FNR <= 2 && /SPDX-License-Identifier: / {
  licensed = 1
}

/[ \t\r]$/ {
  breach("blank", FNR, "white space at the end of the line",
    "it shows up in every later change", "take it out")
}

$0 ~ marks {
  breach("mark", FNR, "an unfinished mark", "what is not done is an issue",
    "do it, or take it out")
}

$0 ~ paths {
  breach("path", FNR, "a path of one machine", "nobody else has it",
    "name it relative to the tree, or take it from the environment")
}

!is_c {
  next
}

/\t/ {
  breach("tab", FNR, "a tab in C", "two spaces look the same everywhere",
    "indent with spaces")
}

{
  columns = $0
  gsub(/[\200-\277]/, "", columns) # UTF-8: a character is one column
  limit = is_test ? widest_in_tests : widest
  if (length(columns) > limit) {
    breach("wide", FNR, length(columns) " columns, the limit is " limit,
      "it does not fit beside another file", "break the line")
  }
}

# Functions: the name begins a line, braces stand alone in the first column.
/^[A-Za-z_][A-Za-z0-9_]*\(/ {
  name_line = FNR
  name = $0
  sub(/\(.*/, "", name)
}

/^\{/ && name_line {
  body = name_line
}

/^\}/ {
  if (body && FNR - body + 1 > longest_function) {
    breach("function:" name, body, name " has " (FNR - body + 1) \
      " lines, the limit is " longest_function,
      "a function is about ten lines, or its cases are not tested apart",
      "give its parts names of their own")
  }
  functions += body > 0
  body = name_line = 0
}

END {
  finish_file()
  printf "=\t%d files\n=\t%d functions\n", files, functions
}

# SPDX-License-Identifier: ISC
# Reads exceptions.txt and rooms.txt, then C files. A module is a .c and its
# .h; a room is a folder of modules.

function breach(key, what, why, cure) {
  printf "%s\t%s:%d\t%s\t%s\t%s\n", key, FILENAME, FNR, what, why, cure
}

function folder(path) {
  sub(/\/[^\/]*$/, "", path)
  return path
}

function exists(path, line, there) {
  if (!(path in known)) {
    there = (getline line < path) >= 0
    close(path)
    known[path] = there
  }
  return known[path]
}

# Takes "../" out of a path.
function tidy(path) {
  while (path ~ /[^\/.]+\/\.\.\//) {
    sub(/[^\/.]+\/\.\.\//, "", path)
  }
  return path
}

# The file of this tree that an include means, as the compiler would look for
# it; "" for one that is not ours.
function resolve(name, quoted, path) {
  path = tidy(folder(FILENAME) "/" name)
  if (quoted && exists(path)) {
    return path
  }
  if (exists("sdk/" name)) {
    return "sdk/" name
  }
  if (exists("host/" name)) {
    return "host/" name
  }
  return name ~ /\// && exists(name) ? name : ""
}

function module(path) {
  sub(/\.[ch]$/, "", path)
  return path
}

# What a module is a part of: x, for x itself, x_y and x_y_z.
function concept(path, shorter) {
  shorter = path
  while (sub(/_[^_\/]*$/, "", shorter)) {
    if (exists(shorter ".h") || exists(shorter ".c")) {
      path = shorter
    }
  }
  return path
}

function room(path, part) {
  split(path, part, "/")
  if (part[1] == "host") {
    return part[2]
  }
  if (path ~ /^sdk\/rill\//) {
    return "abi"
  }
  if (path ~ /^sdk\/harness\/(decimal|nearest|param_[a-z]*|unit)\.[ch]$/) {
    return "words"
  }
  return path ~ /^sdk\/harness\// ? "harness" : part[1]
}

function spread(r, by, part, n, i) {
  if ((by, r) in may) {
    return
  }
  may[by, r] = 1
  n = split(below[r], part, " ")
  for (i = 1; i <= n; ++i) {
    spread(part[i], by)
  }
}

FILENAME ~ /exceptions\.txt$/ {
  if ($1 == "rooms" && sub(/^circle:/, "", $2)) {
    excused[$2] = 1
  }
  next
}

FILENAME ~ /rooms\.txt$/ {
  if (!/^#/ && NF) {
    room_name[$1] = 1
    for (i = 2; i <= NF; ++i) {
      below[$1] = below[$1] " " $i
    }
  }
  next
}

FNR == 1 {
  if (!files++) {
    for (r in room_name) {
      spread(r, r)
    }
  }
  is_test = FILENAME ~ /\/test_[a-z0-9_]*\.[ch]$|^plugins\/[a-z_]*_test\.h$/
  if (FILENAME ~ /^host\// && !(room(FILENAME) in room_name)) {
    breach("room:" room(FILENAME), "lies in a room that rooms.txt does not know",
      "nobody can say what it may use", "give it a line in tests/lint/rooms.txt")
  }
}

function check_host(to, from_room, to_room) {
  if (to ~ /^plugins\//) {
    breach(FILENAME ">" to, "the host includes a plugin: " to,
      "plugins are found at run time", "go through the plugin's descriptors")
    return
  }
  from_room = room(FILENAME)
  to_room = room(to)
  if (!((from_room, to_room) in may)) {
    breach(FILENAME ">" to, from_room " includes " to " of " to_room,
      "in the house " to_room " does not lie below " from_room,
      "move what both need further down, or hand it in from above")
  }
}

function check_plugin(to, own) {
  own = folder(FILENAME) "/"
  if (substr(to, 1, length(own)) == own || to ~ /^sdk\/rill\//) {
    return
  }
  if (is_test && to ~ /^(sdk\/harness|tests)\/|^plugins\/[a-z_]*_test\.h$/) {
    return
  }
  breach(FILENAME ">" to, "a plugin includes " to,
    "a plugin must build with the SDK's headers and its own folder alone",
    "copy the idea, or ask for it through the ABI")
}

function check_sdk(to) {
  if (to ~ /^sdk\// && (FILENAME !~ /^sdk\/rill\// || to ~ /^sdk\/rill\//)) {
    return
  }
  if (is_test && to ~ /^tests\//) {
    return
  }
  breach(FILENAME ">" to, "the SDK includes " to,
    "the SDK must stand alone: plugin authors have nothing else",
    "move it into the SDK, or do without")
}

/^[ \t]*#[ \t]*include[ \t]*["<]/ {
  ++includes
  quoted = /include[ \t]*"/
  name = $0
  sub(/^[^"<]*["<]/, "", name)
  sub(/[">].*/, "", name)
  to = resolve(name, quoted)
  if (to == "") {
    if (quoted && name != "config.h") {
      breach(FILENAME ">" name, "there is no " name,
        "a quoted include is a file of this tree",
        "write <" name "> for a library's header")
    }
    next
  }
  if (FILENAME ~ /^host\//) {
    check_host(to)
  } else if (FILENAME ~ /^plugins\//) {
    check_plugin(to)
  } else {
    check_sdk(to)
  }
  note_edge(module(FILENAME), module(to))
}

# An arrow between two concepts of one room of the host. A long file that is
# split into x.c and x_part.c, as the style wants it, makes no circle through
# x.h.
function note_edge(from, to) {
  if (from !~ /^host\// || folder(from) != folder(to) ||
      concept(from) == concept(to) || (from, to) in edge) {
    return
  }
  edge[from, to] = FILENAME ":" FNR
  next_of[from] = next_of[from] " " to
}

# The shortest way from one module to another, or "". Arrows that
# exceptions.txt excuses are not taken, unless *all*.
function way(start, goal, all, queue, head, tail, back, at, part, n, i, path) {
  queue[tail = 1] = start
  for (head = 1; head <= tail; ++head) {
    at = queue[head]
    n = split(next_of[at], part, " ")
    for (i = 1; i <= n; ++i) {
      if (!all && (at ">" part[i]) in excused) {
        continue
      }
      if (part[i] == goal) {
        for (path = at " > " goal; at != start; path = at " > " path) {
          at = back[at]
        }
        return path
      }
      if (!(part[i] in back)) {
        back[part[i]] = at
        queue[++tail] = part[i]
      }
    }
  }
  return ""
}

function circle(key, path, where) {
  printf "circle:%s\t%s\tcircle: %s\t%s\t%s\n", key, where, path,
    "files of a circle can only be read and tested together",
    "move what both sides need into a file of its own below them"
}

# Each circle is told once, by the module of it that comes first.
function tell_circle(m, path, part, n, i) {
  path = way(m, m, 0)
  n = split(path, part, " > ")
  for (i = 1; i <= n; ++i) {
    if (part[i] < m) {
      return
    }
  }
  if (n) {
    circle(m ">" part[2], path, edge[m, part[2]])
  }
}

# An excused arrow that still closes a circle.
function tell_excused(arrow, end, path) {
  split(arrow, end, ">")
  path = (end[1], end[2]) in edge ? way(end[2], end[1], 1) : ""
  if (path != "") {
    circle(arrow, end[1] " > " path, edge[end[1], end[2]])
  }
}

END {
  for (m in next_of) {
    tell_circle(m)
  }
  for (arrow in excused) {
    tell_excused(arrow)
  }
  printf "=\t%d files\n=\t%d includes\n", files, includes
}

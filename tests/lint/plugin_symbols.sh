#!/bin/sh
# SPDX-License-Identifier: ISC
# Each plugin that was built exports one symbol, finds all that it imports in
# its own libraries, imports nothing of plugin_symbols.txt, and is an object
# that any host can load and let go.
. "$(dirname "$0")/lint.sh"
lint_keep=yes
lint_skip_sanitized
lint_need nm readelf ldd

breach() { # key, what, why, cure; $so is the file
  printf '%s:%s\t%s\t%s\t%s\t%s\n' "$name" "$1" "$so" "$2" "$3" "$4"
}

look_at_exports() {
  exported=$(nm -D --defined-only "$file" | awk '{print $3}' | tr '\n' ' ')
  [ "$exported" = 'rill_entry_v1 ' ] ||
    breach exports "exports ${exported:-nothing}" \
      "one symbol, rill_entry_v1, is the whole contract" \
      "make the rest static, target_clones too: gcc shows them even when hidden"
}

look_at_imports() {
  nm -D -u "$file" | awk -v name="$name" -v so="$so" \
    -v list="$lint_dir/plugin_symbols.txt" '
    BEGIN {
      while ((getline line < list) > 0) {
        symbol = line
        sub(/ .*/, "", symbol)
        sub(/^[^ ]* */, "", line)
        banned[symbol] = line
      }
    }
    { sub(/@.*/, "", $2) }
    $2 in banned {
      printf "%s:%s\t%s\timports %s\t%s\t%s\n", name, $2, so, $2, banned[$2],
        "return an error through the ABI, or do without"
    }'
  ldd -r "$file" 2>&1 |
    sed -n 's/.*undefined symbol: *\([^ 	(]*\).*/\1/p; s/ => not found.*//p' |
    while read -r symbol; do
      breach "undefined:$symbol" "nothing provides $symbol" \
        "the plugin must load in any host, which exports nothing" \
        "link the library that has it, or take it from a table of the ABI"
    done
}

look_at_object() {
  readelf -dlW "$file" | awk -v name="$name" -v so="$so" '
    function breach(key, what, why, cure) {
      printf "%s:%s\t%s\t%s\t%s\t%s\n", name, key, so, what, why, cure
    }
    /\((RPATH|RUNPATH)\)/ {
      breach("rpath", "has a library path: " $NF,
        "it would find other libraries on another machine", "link without -rpath")
    }
    /\(TEXTREL\)|FLAGS.* TEXTREL/ {
      breach("textrel", "has text relocations",
        "its code would have to be writable", "build it all with -fPIC")
    }
    /STATIC_TLS/ {
      breach("static_tls", "wants static TLS",
        "a host that runs has little room for it: loading may fail",
        "keep state in the instance")
    }
    /NODELETE/ {
      breach("nodelete", "says NODELETE", "it could never be unloaded",
        "link without -z nodelete")
    }
    /\(NEEDED\).*\[librill/ {
      breach("needed", "needs " $NF, "a plugin links with no host library",
        "take it from a table of the ABI")
    }
    $1 == "GNU_STACK" { stack = 1; executable = $0 ~ / RWE / }
    END {
      if (!stack || executable) {
        breach("stack", "has an executable stack",
          "the whole process would get one, or refuse to load",
          "mark assembly with .note.GNU-stack; no nested functions")
      }
    }'
  if readelf -sW "$file" | grep -q ' UNIQUE '; then
    breach unique "has GNU_UNIQUE symbols" "they pin it in memory for ever" \
      "build C++ with -fno-gnu-unique"
  fi
}

# Those that the makefiles install, and whatever else stands beside them.
plugins() {
  {
    lint_files -path './plugins/*.am' | while read -r am; do
      sed -n "s,%D%,$(dirname "$am"),g
        s,^rillplugin_LTLIBRARIES += *\(.*\)/\(.*\)\.la,\1/.libs/\2.so,p" "$am"
    done
    (cd "$top_builddir" && ls plugins/*/.libs/*.so 2>/dev/null)
  } | sort -u
}

look() {
  plugins | while read -r so; do
    file=$top_builddir/$so
    name=$(basename "$so" .so)
    if [ -f "$file" ]; then
      look_at_exports
      look_at_imports
      look_at_object
    else
      breach missing "was not built" "then nothing was looked at" "build first"
    fi
  done
  printf '=\t%d plugins\n' "$(plugins | wc -l)"
}

look | lint_report

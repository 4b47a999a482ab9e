// SPDX-License-Identifier: ISC
#include "spec/diag.h"
#include "spec/spec.h"
#include "tests/suite.h"

#include <stdio.h>
#include <string.h>

#define ID_64 "0123456789012345678901234567890123456789012345678901234567-aB_yz"

// A graph with a template `t` and a node `a`.
#define T(it, node)                                                            \
  "rill: 1\ntemplates: {t: " it "}\nnodes: {a: " node "}\n"

// What is wrong with a text, and where. One mistake gets one diagnostic.
static const struct {
  const char* text;
  const char* code; // null: none
  uint32_t line;
  uint32_t column;
  const char* says; // part of text or hint
} refusals[] = {
  // 1, 2: nothing in it
  { "", "G005", 1, 1, "no graph" },
  { "# only\n# comments\n", "G005", 3, 1, "rill: 1" },
  { "---\n", "G005", 2, 1, "no graph" },
  // 3: no text
  { "rill: 1\nname: \x01x\n", "G003", 2, 7, "U+0001" },
  // 4: invalid UTF-8: a lone byte, a surrogate, an overlong form
  { "rill: 1\nname: \xff\n", "G003", 2, 7, "0xff" },
  { "rill: 1\nname: \xed\xa0\x80\n", "G003", 2, 7, "UTF-8" },
  { "rill: 1\nname: \xc0\xaf\n", "G003", 2, 7, "UTF-8" },
  { "rill: 1\nname: \xe6\x97", "G003", 2, 7, "UTF-8" },
  // line breaks of YAML 1.1 that no editor shows
  { "rill: 1\nname: a\xe2\x80\xa8" "b\n", "G003", 2, 8, "U+2028" },
  // 5: UTF-16
  { "\xff\xfer\x01", "G003", 1, 1, "UTF-16" },
  { "\xfe\xff\x01r", "G003", 1, 1, "UTF-16" },
  // a byte order mark of UTF-8 is no character
  { "\xef\xbb\xbf" "rill: 1\nnodes: {a: {type: x}}\n", NULL, 0, 0, "" },
  { "\xef\xbb\xbf" "rill: 2\n", "G010", 1, 7, "" },
  // 6: YAML that is none
  { "rill: 1\nnodes:\n\ta: {type: x}\n", "G004", 3, 1, "tab" },
  { "rill: 1\nnodes:\n  a: {type: \"x}\n  b: 3\n", "G004", 3, 13, "quote" },
  { "rill: 1\nnodes:\n  a: {type: 'x}\n", "G004", 3, 13, "quote" },
  { "rill: 1\nnodes: {a: {type: x}\n", "G004", 3, 1, "'}'" },
  { "rill: 1\nname: a: b\n", "G004", 2, 8, "':'" },
  { "rill: 1\nname\nnodes: 1\n", "G004", 2, 1, "':'" },
  { "rill: 1\nnodes: {a: {type: x, with: {p: ${v}}}}\n", "G004", 2, 32, "$(name)" },
  { "rill: 1\nname: @x\n", "G004", 2, 7, "quotes" },
  { "rill: 1\nname: \"\\q\"\n", "G004", 2, 8, "escape" },
  // 7: two documents
  { "rill: 1\nnodes: {a: {type: x}}\n---\nrill: 1\n", "G007", 3, 1, "second document" },
  { "%YAML 1.1\n---\nrill: 1\n", "G007", 1, 1, "directives" },
  // 8: top level
  { "- a\n- b\n", "G006", 1, 1, "must be a map, not a list" },
  { "hello", "G006", 1, 1, "must be a map, not a single value" },
  // the version
  { "nodes: {a: {type: x}}\n", "G010", 1, 1, "first key" },
  { "name: x\nrill: 1\nnodes: {a: {type: x}}\n", "G010", 1, 1, "first key" },
  { "rill: 2\nnodse: 1\n", "G010", 1, 7, "version '2'" },
  { "rill: [1]\n", "G010", 1, 7, "version" },
  { "rill: 1.0\n", "G010", 1, 7, "version '1.0'" },
  { "rill: 1\n", "G015", 0, 0, "no nodes" },
  { "rill: 1\nnodes:\n", "G015", 2, 1, "no nodes" },
  { "rill: 1\nnodes: {}\n", "G015", 2, 1, "no nodes" },
  // 9: unknown keys
  { "rill: 1\nnodse: {}\nnodes: {a: {type: x}}\n", "G011", 2, 1, "'nodes'" },
  { "rill: 1\nnodes: {a: {typ: x}}\n", "G011", 2, 13, "'type'" },
  { "rill: 1\nnodes: {a: {type: x}}\nrun: {blok: 1}\n", "G011", 3, 7, "'block'" },
  { "rill: 1\nvars: {a: {defualt: x}}\nnodes: {a: {type: x}}\n", "G011", 2, 12, "'default'" },
  { "rill: 1\nX-my: 1\nnodes: {a: {type: x}}\n", "G011", 2, 1, "" },
  { "rill: 1\nx-my: [{a: 1}, 2]\nnodes: {a: {type: x, x-b: {c: 1}}}\n", NULL, 0, 0, "" },
  // 10: the same key twice
  { "rill: 1\nname: a\nname: b\nnodes: {a: {type: x}}\n", "G012", 3, 1, "'name'" },
  { "rill: 1\nnodes: {a: {type: x, with: {p: 1, q: 2, p: 3}}}\n", "G012", 2, 41, "'p'" },
  { "rill: 1\nnodes: {a: {type: x, type: y}}\n", "G012", 2, 22, "'type'" },
  { "rill: 1\nnodes: {a: {type: x, in: {p: b, p: c}}}\n", "G012", 2, 33, "'p'" },
  { "rill: 1\nvars: {a: 1, a: 2}\nnodes: {a: {type: x}}\n", "G012", 2, 14, "variable 'a'" },
  { "rill: 1\nx-u: {a: {b: 1, b: 2}}\nnodes: {a: {type: x}}\n", "G012", 2, 17, "'b'" },
  // 11: the same node twice
  { "rill: 1\nnodes:\n  a: {type: x}\n  b: {type: x}\n  a: {type: y}\n", "G013", 5, 3, "'a'" },
  // 12: ids
  { "rill: 1\nnodes: {a/b: {type: x}}\n", "G014", 2, 9, "'a/b'" },
  { "rill: 1\nnodes: {..: {type: x}}\n", "G014", 2, 9, "'..'" },
  { "rill: 1\nnodes: {a.b: {type: x}}\n", "G014", 2, 9, "'a.b'" },
  { "rill: 1\nnodes: {\"a\\0b\": {type: x}}\n", "G003", 2, 9, "NUL" },
  { "rill: 1\nnodes: {\"\": {type: x}}\n", "G014", 2, 9, "''" },
  { "rill: 1\nnodes: {" ID_64 ": {type: x}}\n", NULL, 0, 0, "" },
  { "rill: 1\nnodes: {" ID_64 "x: {type: x}}\n", "G014", 2, 9, "64" },
  { "rill: 1\nnodes: {? [a] : {type: x}}\n", "G006", 2, 11, "a key" },
  // nodes
  { "rill: 1\nnodes: {a: {}}\n", "G015", 2, 9, "no type" },
  { "rill: 1\nnodes: {a: }\n", "G015", 2, 9, "no type" },
  { "rill: 1\nnodes: {a: gain}\n", "G006", 2, 12, "must be a map" },
  { "rill: 1\nnodes: [a, b]\n", "G006", 2, 8, "'nodes' must be a map, not a list" },
  { "rill: 1\nnodes: {a: {type: [x]}}\n", "G006", 2, 19, "'type'" },
  { "rill: 1\nnodes: {a: {type: x, with: [1]}}\n", "G006", 2, 28, "'with'" },
  { "rill: 1\nnodes: {a: {type: x, with: {p: [{q: 1}]}}}\n", "G006", 2, 33, "single value" },
  { "rill: 1\nnodes: {a: {type: x, with: {p: {q: 1, q: 2}}}}\n", "G012", 2, 39, "'q'" },
  { "rill: 1\nnodes: {a: {type: x, with: {p: {[q]: 1}}}}\n", "G006", 2, 33, "a key" },
  { "rill: 1\nnodes: {a: {type: x, with: {p: [1, [2]]}}}\n", "G006", 2, 36, "single value" },
  { "rill: 1\nnodes: {a: {type: x, with: {p: [[1, 2], [3]]}}}\n", "G006", 2, 41, "row of 1" },
  { "rill: 1\nnodes: {a: {type: x, with: {p: [[1, [2]]]}}}\n", "G006", 2, 37, "row" },
  { "rill: 1\nnodes: {a: {type: x, template: y}}\n", "G006", 2, 32, "a type and a template" },
  { "rill: 1\nnodes: {a: {type: x, doc: [1]}}\n", "G006", 2, 27, "'doc'" },
  // 18, 20: what `in` says
  { "rill: 1\nnodes: {a: {type: x, in: b -> c}}\n", "G019", 2, 26, "list" },
  { "rill: 1\nnodes: {a: {type: x, in: b.}}\n", "G019", 2, 26, "node.port" },
  { "rill: 1\nnodes: {a: {type: x, in: .b}}\n", "G019", 2, 26, "node.port" },
  { "rill: 1\nnodes: {a: {type: x, in: b.c.d}}\n", "G019", 2, 26, "node.port" },
  { "rill: 1\nnodes: {a: {type: x, in: b/}}\n", "G019", 2, 26, "" },
  { "rill: 1\nnodes: {a: {type: x, in: \"\"}}\n", "G019", 2, 26, "leave it out" },
  { "rill: 1\nnodes: {a: {type: x, in: [b, [c]]}}\n", "G006", 2, 30, "single value" },
  { "rill: 1\nnodes: {a: {type: x, in: {p: {q: c}}}}\n", "G006", 2, 30, "'p'" },
  { "rill: 1\nnodes: {a: {type: x, in: {p.q: c}}}\n", "G014", 2, 27, "port" },
  { "rill: 1\nnodes: {a: {type: x, in: b.2147483648}}\n", NULL, 0, 0, "" },
  { "rill: 1\nnodes: {a: {type: x, in: }}\n", NULL, 0, 0, "" },
  { "rill: 1\nnodes: {a: {type: x, in: [], with: , doc: }}\n", NULL, 0, 0, "" },
  // 29, 30: what YAML has and graphs have not
  { "rill: 1\nnodes: {a: &x {type: x}}\n", "G007", 2, 12, "anchors" },
  { "rill: 1\nname: *x\nnodes: {a: {type: x}}\n", "G007", 2, 7, "aliases" },
  { "rill: 1\nnodes:\n  a: {type: x, <<: {in: b}}\n", "G007", 3, 16, "merge" },
  { "rill: 1\nnodes:\n  a: {type: !!str x}\n", "G007", 3, 13, "tags" },
  { "rill: 1\nx-u: {\"<<\": 1}\nnodes: {a: {type: x}}\n", NULL, 0, 0, "" },
  { "rill: 1\nname: &a x\nnodes: {a: {type: x}}\n", "G007", 2, 7, "anchors" },
  // settings of the graph
  { "rill: 1\nconvert: autp\nnodes: {a: {type: x}}\n", "G016", 2, 10, "'auto'" },
  { "rill: 1\nconvert: never\nnodes: {a: {type: x}}\n", "G016", 2, 10, "auto or explicit" },
  { "rill: 1\nrun: {mode: live}\nnodes: {a: {type: x}}\n", "G016", 2, 13, "realtime" },
  { "rill: 1\nrun: {block: 0}\nnodes: {a: {type: x}}\n", "G016", 2, 14, "65536" },
  { "rill: 1\nrun: {block: 65536}\nnodes: {a: {type: x}}\n", NULL, 0, 0, "" },
  { "rill: 1\nrun: {block: 65537}\nnodes: {a: {type: x}}\n", "G016", 2, 14, "65536" },
  { "rill: 1\nrun: {block: 4294967297}\nnodes: {a: {type: x}}\n", "G016", 2, 14, "65536" },
  { "rill: 1\nrun: {block: 0x10}\nnodes: {a: {type: x}}\n", "G016", 2, 14, "'0x10'" },
  { "rill: 1\nrun: {threads: 1.5}\nnodes: {a: {type: x}}\n", "G016", 2, 16, "'1.5'" },
  { "rill: 1\nrun: {threads: ''}\nnodes: {a: {type: x}}\n", "G016", 2, 16, "''" },
  { "rill: 1\nrun: 4096\nnodes: {a: {type: x}}\n", "G006", 2, 6, "'run'" },
  { "rill: 1\nerrors: stop\nnodes: {a: {type: x}}\n", "G006", 2, 9, "'errors'" },
  { "rill: 1\ntests: [1]\nnodes: {a: {type: x}}\n", "G006", 2, 8, "'tests'" },
  { "rill: 1\nmetrics: {a: {b: [1]}}\nnodes: {a: {type: x}}\n", NULL, 0, 0, "" },
  // variables
  { "rill: 1\nnodes: {a: {type: $(x)}}\n", "G070", 2, 19, "'x'" },
  { "rill: 1\nvars: {rate: 1}\nnodes: {a: {type: x, with: {r: a$(rat)}}}\n", "G070", 3, 33, "'rate'" },
  { "rill: 1\nnodes: {a: {type: \"\\x41$(x)\"}}\n", "G070", 2, 19, "'x'" },
  { "rill: 1\nvars: {r: {required: true}}\nnodes: {a: {type: x}}\n", "G071", 2, 8, "--set r=" },
  { "rill: 1\nvars: {r: {required: yes}}\nnodes: {a: {type: x}}\n", "G016", 2, 22, "true or false" },
  { "rill: 1\nvars: {r: {type: path}}\nnodes: {a: {type: $(r)}}\n", "G071", 3, 19, "--set r=" },
  { "rill: 1\nnodes: {a: {type: $(output)}}\n", "G071", 2, 19, "-o FILE" },
  { "rill: 1\nvars: {r: {type: flaot}}\nnodes: {a: {type: x}}\n", "G016", 2, 18, "'float'" },
  { "rill: 1\nvars: {r: {type: number}}\nnodes: {a: {type: x}}\n", "G016", 2, 18, "duration" },
  { "rill: 1\nvars: {r: [1]}\nnodes: {a: {type: x}}\n", "G006", 2, 11, "'r'" },
  { "rill: 1\nvars: {a.b: 1}\nnodes: {a: {type: x}}\n", "G014", 2, 8, "'a.b'" },
  { "rill: 1\nvars: {r: {type: int, default: 1.5}}\nnodes: {a: {type: x}}\n", "G073", 2, 32, "1.5" },
  { "rill: 1\nvars: {r: {type: int, default: 010}}\nnodes: {a: {type: x}}\n", "G073", 2, 32, "010" },
  { "rill: 1\nvars: {r: {type: rate, default: 0}}\nnodes: {a: {type: x}}\n", "G073", 2, 33, "'r'" },
  { "rill: 1\nvars: {r: {type: rate, default: 768001}}\nnodes: {a: {type: x}}\n", "G073", 2, 33, "'r'" },
  { "rill: 1\nvars: {r: {type: rate, default: 768kHz}}\nnodes: {a: {type: x}}\n", NULL, 0, 0, "" },
  { "rill: 1\nvars: {r: {type: duration, default: 20 ms}}\nnodes: {a: {type: x}}\n", "G073", 2, 37, "20 ms" },
  { "rill: 1\nvars: {r: {type: float, default: .inf}}\nnodes: {a: {type: x}}\n", "G073", 2, 34, "inf" },
  { "rill: 1\nvars: {r: {type: float, default: '0,5'}}\nnodes: {a: {type: x}}\n", "G073", 2, 34, "0,5" },
  { "rill: 1\nvars: {r: {type: bool, default: yes}}\nnodes: {a: {type: x}}\n", "G073", 2, 33, "yes" },
  { "rill: 1\nvars: {a: $(a)}\nnodes: {a: {type: x}}\n", "G075", 2, 11, "a -> a" },
  { "rill: 1\nvars: {a: $(b), b: $(c), c: x$(a)}\nnodes: {a: {type: x}}\n", "G075", 2, 11, "a -> b -> c -> a" },
  { "rill: 1\nvars: {a: -6dB, b: {type: float, default: 50%}, c: {type: int, default: 64KiB}}\nnodes: {a: {type: x}}\n", NULL, 0, 0, "" },
  { "rill: 1\nvars: {b: {type: float, default: 50%%}}\nnodes: {a: {type: x}}\n", "G073", 2, 34, "50%%" },
  // what follows from a mistake is not said
  { "rill: 1\nvars: {a: $(x), b: {type: int, default: $(a)}}\nnodes: {a: {type: $(b)}}\n", "G070", 2, 11, "'x'" },
  { "rill: 1\nnodes: {a: {type: $(env:RILL_NO_SUCH)}}\n", "G076", 2, 19, ":-default" },
  { "rill: 1\nnodes: {a: {type: $(env:RILL_NO_SUCH:-x)}}\n", NULL, 0, 0, "" },
  { "rill: 1\nnodes: {a: {type: $(file:name)}}\n", "G070", 2, 19, "$(file:folder)" },
  { "rill: 1\nnodes: {a: {type: x, with: {p: $(file:folder)/b}}}\n", NULL, 0, 0, "" },
  { "rill: 1\nnodes: {a: {type: $(}}\n", "G074", 2, 19, "$$(" },
  { "rill: 1\nnodes: {a: {type: $()}}\n", "G074", 2, 19, "name" },
  { "rill: 1\nnodes: {a: {type: $(a}}\n", "G074", 2, 19, "never closed" },
  { "rill: 1\nnodes: {a: {type: $(a b)}}\n", "G074", 2, 19, "name" },
  { "rill: 1\nnodes: {a: {type: $(a:b)}}\n", "G074", 2, 19, ":-default" },
  { "rill: 1\nnodes: {a: {type: $(a:-b}}\n", "G074", 2, 19, "never closed" },
  { "rill: 1\nnodes: {a: {type: $(a:-$(b:-$(c:-$(d:-$(e:-$(f:-$(g:-$(h:-$(i:-x)))))))))}}\n", "G074", 2, 64, "within" },
  // templates
  { T("{nodes: {n: {type: x}}}", "{template: t}"), NULL, 0, 0, "" },
  { T("{}", "{type: x}"), "G015", 2, 13, "'t' has no nodes" },
  { T("{nodes: {}}", "{type: x}"), "G015", 2, 13, "no nodes" },
  { T("3", "{type: x}"), "G006", 2, 16, "must be a map" },
  { T("{node: {n: {type: x}}}", "{type: x}"), "G011", 2, 17, "'nodes'" },
  { T("{nodes: {n: {type: x}, n: {type: y}}}", "{type: x}"), "G013", 2, 39, "'n'" },
  { T("{nodes: {n: {type: x}}}, t: {nodes: {n: {type: x}}}", "{type: x}"), "G012", 2, 41, "template 't'" },
  { T("{nodes: {n/m: {type: x}}}", "{type: x}"), "G014", 2, 25, "'n/m'" },
  { "rill: 1\ntemplates: {a.b: {nodes: {n: {type: x}}}}\nnodes: {a: {type: x}}\n", "G014", 2, 13, "template" },
  { T("{nodes: {n: {type: x}}}", "{template: tt}"), "G085", 3, 23, "'tt'" },
  { T("{nodes: {n: {type: x}}}, band: {nodes: {n: {type: x}}}", "{template: bnad}"), "G085", 3, 23, "'band'" },
  { T("{nodes: {n: {template: t}}}", "{template: t}"), "G087", 2, 39, "t in t" },
  { T("{nodes: {n: {template: u}}}, u: {nodes: {n: {template: t}}}", "{template: t}"), "G087", 2, 71, "t in u in t" },
  { T("{nodes: {n: {type: x}}}", "{template: t, with: {p: 1}}"), "G086", 3, 33, "'p'" },
  { T("{params: {gain: 1}, nodes: {n: {type: x}}}", "{template: t, with: {gian: 1}}"), "G086", 3, 33, "'gain'" },
  { T("{params: {p: }, nodes: {n: {type: x}}}", "{template: t}"), "G086", 3, 9, "value for 'p'" },
  { T("{params: {p: 1}, nodes: {n: {type: x}}}", "{template: t, with: {p: [1]}}"), "G006", 3, 36, "single value" },
  { T("{params: {p: [1]}, nodes: {n: {type: x}}}", "{template: t}"), "G006", 2, 29, "'p'" },
  { T("{params: {p.q: 1}, nodes: {n: {type: x}}}", "{template: t}"), "G014", 2, 26, "parameter" },
  { T("{params: {p: 1, p: 2}, nodes: {n: {type: x}}}", "{template: t}"), "G012", 2, 32, "'p'" },
  { T("{params: {gain: 1}, nodes: {n: {type: $(gian)}}}", "{template: t}"), "G070", 2, 54, "'gain'" },
  { T("{params: {p: $(q)}, nodes: {n: {type: x}}}", "{template: t}"), "G070", 2, 29, "'q'" },
  { T("{nodes: {n: {type: x, in: m}}}", "{template: t}"), "G021", 2, 42, "'in'" },
  { T("{nodes: {node: {type: x}, n: {type: x, in: nodee}}}", "{template: t}"), "G021", 2, 59, "'node'" },
  { T("{nodes: {n: {type: x, in: a}}}", "{template: t}"), "G021", 2, 42, "'in'" },
  { T("{in: {i: m}, nodes: {n: {type: x}}}", "{type: x}"), "G021", 2, 25, "'in'" },
  { T("{in: [i], nodes: {n: {type: x}}}", "{type: x}"), "G006", 2, 21, "must be a map" },
  { T("{in: {i: }, nodes: {n: {type: x}}}", "{type: x}"), "G019", 2, 22, "nowhere" },
  { T("{in: {i: n.}, nodes: {n: {type: x}}}", "{type: x}"), "G019", 2, 25, "" },
  { T("{in: {i: n/m}, nodes: {n: {type: x}}}", "{type: x}"), "G019", 2, 25, "reaches into" },
  { T("{in: {i: n}, nodes: {n: {type: x}}}", "{template: t, in: {j: b}}"), "G088", 3, 31, "no input 'j'" },
  { T("{in: {audio: n}, nodes: {n: {type: x}}}", "{template: t, in: {adio: b}}"), "G088", 3, 31, "'audio'" },
  { T("{nodes: {n: {type: x}}}", "{template: t, in: b}"), "G088", 3, 30, "no input" },
  { T("{out: {o: m}, nodes: {n: {type: x}}}", "{type: x}"), "G021", 2, 26, "'out'" },
  { T("{out: {o: }, nodes: {n: {type: x}}}", "{type: x}"), "G019", 2, 23, "nowhere" },
  { T("{out: {o: n}, nodes: {n: {type: x}}}", "{template: t}, b: {type: x, in: a.p}"), "G088", 3, 44, "no output 'p'" },
  { T("{nodes: {n: {type: x}}}", "{template: t}, b: {type: x, in: a}"), "G088", 3, 44, "no output" },
};

static struct spec*
parse(const char* text, struct diags* diags, enum status* status)
{
  static const struct spec_setting settings[] = { { "input", "in.wav" },
                                                  { "output", "out.wav" } };
  struct spec* spec = NULL;
  const enum status st = spec_parse("g.yaml", text, strlen(text), settings,
                                    strstr(text, "$(input") ? 1 : 0, diags,
                                    &spec);
  if (status) {
    *status = st;
  }
  return spec;
}

static int
mentions(const struct diag* d, const char* part)
{
  return strstr(d->text, part) || (d->hint && strstr(d->hint, part));
}

START_TEST(a_bad_graph_is_refused_at_its_place)
{
  struct diags* const diags = diags_new();
  enum status st;
  struct spec* const spec = parse(refusals[_i].text, diags, &st);
  const struct diag* const d = diags_get(diags, 0);
  if (!refusals[_i].code) {
    ck_assert_msg(!d, "%s: %s", refusals[_i].text, d ? d->text : "");
    ck_assert_int_eq(st, STATUS_OK);
  } else {
    ck_assert_msg(d != NULL, "accepted: %s", refusals[_i].text);
    ck_assert_msg(!strcmp(d->code, refusals[_i].code) &&
                    d->place.line == refusals[_i].line &&
                    d->place.column == refusals[_i].column &&
                    mentions(d, refusals[_i].says),
                  "for: %s\ngot: %u:%u: %s: %s (%s)", refusals[_i].text,
                  d->place.line, d->place.column, d->code, d->text,
                  d->hint ? d->hint : "");
    ck_assert_int_eq(st, STATUS_BAD_GRAPH);
    ck_assert_ptr_null(spec);
    const struct diag* const second = diags_get(diags, 1);
    ck_assert_msg(!second, "for: %s\nalso: %s", refusals[_i].text,
                  second ? second->text : "");
  }
  spec_free(spec);
  diags_free(diags);
}
END_TEST

// Every word of a spec on lines that a test can read.
static char*
write_down(const struct spec* spec)
{
  char* text = NULL;
  size_t n_bytes = 0;
  FILE* const to = open_memstream(&text, &n_bytes);
  for (uint32_t i = 0; i < spec->n_nodes; ++i) {
    const struct spec_node* const node = &spec->nodes[i];
    fprintf(to, "%s: %s", node->id.text, node->type.text);
    for (uint32_t k = 0; k < node->n_inputs; ++k) {
      const struct spec_input* const in = &node->inputs[k];
      fprintf(to, " %s<%s.%s", in->port.text, in->source_node, in->source_port);
    }
    for (uint32_t k = 0; k < node->n_params; ++k) {
      const struct spec_value* const value = &node->params[k].value;
      fprintf(to, " %s=", node->params[k].key.text);
      fprintf(to, value->is_list ? "%u[" : "", value->rows);
      for (uint32_t w = 0; w < value->n_words; ++w) {
        fprintf(to, "%s%s%s", w ? "," : "", value->words[w].text,
                value->words[w].quoted ? "!" : "");
      }
      fputs(value->is_list ? "]" : "", to);
      fprintf(to, "%.*s", (int)value->n_shape,
              value->shape ? value->shape : "");
    }
    fputc('\n', to);
  }
  fclose(to);
  return text;
}

static const struct {
  const char* text;
  const char* nodes;
} readings[] = {
  // the graph of the manual
  { "rill: 1\n"
    "vars:\n"
    "  input: {type: path, required: true}\n"
    "  rate: {type: rate, default: 16kHz}\n"
    "nodes:\n"
    "  src: {type: file.read, with: {path: $(input)}}\n"
    "  rs: {type: resample, in: src, with: {rate: $(rate), quality: high}}\n"
    "  cut: {type: cut, in: {audio: rs, speech: vad.speech}}\n"
    "  mix: {type: mix, in: [rs, cut.audio]}\n",
    "src: file.read path=in.wav\n"
    "rs: resample <src. rate=16kHz quality=high\n"
    "cut: cut audio<rs. speech<vad.speech\n"
    "mix: mix <rs. <cut.audio\n" },
  // block style; a port that takes several
  { "rill: 1\n"
    "nodes:\n"
    "  m:\n"
    "    type: mix\n"
    "    in:\n"
    "      a:\n"
    "      - x\n"
    "      - y.left\n"
    "      b: z/w.out\n",
    "m: mix a<x. a<y.left b<z/w.out\n" },
  // lists, rows, quotes, long texts
  { "rill: 1\n"
    "nodes:\n"
    "  a:\n"
    "    type: x\n"
    "    with: {l: [1, 'b'], r: [[1, 2], [3, 4]], e: [], s: \"16\", n: no, z: }\n"
    "  b:\n"
    "    type: x\n"
    "    with:\n"
    "      long: >\n"
    "        one\n"
    "        two\n",
    "a: x l=0[1,b!] r=2[1,2,3,4] e=0[] s=16! n=no z=\n"
    "b: x long=one two\n!\n" },
  // variables anywhere in a value, declared later, of other variables
  { "rill: 1\n"
    "nodes:\n"
    "  $x: {type: y}\n"
    "vars: {a: 1}\n",
    NULL },
  { "rill: 1\n"
    "nodes:\n"
    "  a: {type: \"$(t)\", in: \"$(s).out\", with: {p: \"<$(a)$(b)>\", $(a): 1}}\n"
    "vars: {a: 1, b: \"$(a)0\", t: gain, s: src, unused: }\n",
    "a: gain <src.out p=<110>! $(a)=1\n" },
  // a map of anything; no variables in its keys
  { "rill: 1\n"
    "nodes:\n"
    "  a: {type: x, with: {p: {b: $(v), $(v): [1, {}, [2]]}, q: {}}}\n"
    "vars: {v: 7}\n",
    "a: x p=b,7,$(v),1,2{kwk[w{.[w... q={.\n" },
  // defaults, of an empty value too; braces; what is left alone
  { "rill: 1\n"
    "vars: {e: '', a: A, n: {type: int}}\n"
    "nodes:\n"
    "  a:\n"
    "    type: x\n"
    "    with:\n"
    "      p: $(e:-x)$(n:-0)$(zz:-y)$(a:-z)$(e)\n"
    "      q: ${a}${zz:-$(a)}\n"
    "      r: $$(a) $${a} $a $ $$ a$ $5\n"
    "      s: $(zz:-)\n"
    "      t: $(zz:-$$(a) b)\n"
    "      u: $(env:RILL_TEST_SET)$(env:RILL_TEST_UNSET:-u)\n"
    "      v: $(file:folder)/x\n",
    "a: x p=x0yA q=AA r=$(a) ${a} $a $ $$ a$ $5 s= t=$(a b) u=set$(a)u v=./x\n" },
  // a template: parameters, inputs, outputs
  { "rill: 1\n"
    "vars: {v: V}\n"
    "templates:\n"
    "  t:\n"
    "    params: {p: 1, q: , v: $(v)v}\n"
    "    in: {audio: a, side: [b.y, b.z]}\n"
    "    out: {main: b, raw: a.raw}\n"
    "    nodes:\n"
    "      a: {type: ta, with: {p: $(p), q: $(q), v: $(v)}}\n"
    "      b: {type: tb, in: {x: a}}\n"
    "nodes:\n"
    "  s: {type: src}\n"
    "  i: {template: t, in: s, with: {q: Q}}\n"
    "  j: {template: t, in: {audio: [s, s.b], side: i.raw}, with: {q: $(v), p: 2}}\n"
    "  o: {type: out, in: [i, j.main, i/a.x]}\n",
    "s: src\n"
    "i/a: ta <s. p=1 q=Q v=Vv\n"
    "i/b: tb x<i/a.\n"
    "j/a: ta <s. <s.b p=2 q=V v=Vv\n"
    "j/b: tb x<j/a. y<i/a.raw z<i/a.raw\n"
    "o: out <i/b. <j/b. <i/a.x\n" },
  // templates within templates
  { "rill: 1\n"
    "templates:\n"
    "  in1: {params: {g: 1}, in: {a: n.i}, out: {o: n},"
    " nodes: {n: {type: x, with: {g: $(g)}}}}\n"
    "  in2: {params: {h: 5}, in: {b: m.a}, out: {o: m.o},"
    " nodes: {m: {template: in1, with: {g: $(h)}}, k: {type: y, in: m}}}\n"
    "nodes:\n"
    "  s: {type: src}\n"
    "  i: {template: in2, in: s, with: {h: 7}}\n"
    "  o: {type: out, in: i}\n",
    "s: src\n"
    "i/m/n: x i<s. g=7\n"
    "i/k: y <i/m/n.\n"
    "o: out <i/m/n.\n" },
};

START_TEST(a_good_graph_is_read)
{
  setenv("RILL_TEST_SET", "set$(a)", 1);
  unsetenv("RILL_TEST_UNSET");
  struct diags* const diags = diags_new();
  struct spec* const spec = parse(readings[_i].text, diags, NULL);
  if (!readings[_i].nodes) {
    ck_assert_ptr_null(spec);
  } else {
    ck_assert_msg(spec != NULL, "%s", diags_get(diags, 0)->text);
    char* const nodes = write_down(spec);
    ck_assert_str_eq(nodes, readings[_i].nodes);
    free(nodes);
  }
  spec_free(spec);
  diags_free(diags);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_bad_graph_is_refused_at_its_place, 0,
                      sizeof refusals / sizeof refusals[0]);
  tcase_add_loop_test(tcase, a_good_graph_is_read, 0,
                      sizeof readings / sizeof readings[0]);
}

int
main(void)
{
  return suite_run("spec", 30, add_tests);
}

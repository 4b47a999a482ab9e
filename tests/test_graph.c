// SPDX-License-Identifier: ISC
// Binding: every word of a graph finds what it means, or a message says why
// not, where, and what to write instead.
#include "base/mem.h"
#include "tests/plan_rig.h"
#include "tests/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PORT(number, way, flag, name)                                          \
  { .size = sizeof(struct rill_port_desc), .id = number, .direction = way,     \
    .flags = flag, .symbol = name }
#define PARAM .size = sizeof(struct rill_param_desc)

static const struct rill_port_desc in = PORT(1, RILL_IN, 0, "in");
static const struct rill_port_desc many =
  PORT(1, RILL_IN, RILL_PORT_MULTI, "in");
static const struct rill_port_desc maybe =
  PORT(1, RILL_IN, RILL_PORT_OPTIONAL, "in");
static const struct rill_port_desc out = PORT(2, RILL_OUT, 0, "out");
static const struct rill_port_desc audio = PORT(1, RILL_IN, 0, "audio");
static const struct rill_port_desc side =
  PORT(3, RILL_IN, RILL_PORT_OPTIONAL, "side");
static const struct rill_port_desc speech = PORT(4, RILL_OUT, 0, "speech");

static const char* const mode_names[] = { "fast", "good" };
static const struct rill_param_desc path = {
  PARAM, .symbol = "path", .type = RILL_TYPE_STRING, .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_REQUIRED, .example = "out.wav", .doc = "the file"
};
static const struct rill_param_desc more_paths = {
  PARAM, .symbol = "more", .type = RILL_TYPE_STRING, .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_LIST, .def = "[]"
};
static const struct rill_param_desc level = {
  PARAM, .symbol = "level", .type = RILL_TYPE_FLOAT, .unit = RILL_UNIT_DB,
  .min = -60, .max = 6, .def = "0dB", .doc = "how loud"
};
static const struct rill_param_desc count = {
  PARAM, .symbol = "count", .type = RILL_TYPE_INT, .min = 1, .max = 10,
  .def = "3"
};
static const struct rill_param_desc loud = {
  PARAM, .symbol = "loud", .type = RILL_TYPE_BOOL, .def = "false"
};
static const struct rill_param_desc mode = {
  PARAM, .symbol = "mode", .type = RILL_TYPE_ENUM, .def = "good",
  .names = mode_names, .n_names = 2
};
static const struct rill_param_desc taps = {
  PARAM, .symbol = "taps", .type = RILL_TYPE_FLOAT, .flags = RILL_PARAM_LIST,
  .def = "[1, 0.5]"
};
static const struct rill_param_desc any = {
  PARAM, .symbol = "any", .type = RILL_TYPE_JSON, .def = "{}"
};
static const struct rill_param_desc program = {
  PARAM, .symbol = "program", .type = RILL_TYPE_STRING,
  .flags = RILL_PARAM_LIST | RILL_PARAM_EXEC, .def = "[]"
};
static const struct rill_param_desc code = {
  PARAM, .symbol = "code", .type = RILL_TYPE_STRING, .flags = RILL_PARAM_CODE,
  .def = ""
};
static const struct rill_param_desc odd = {
  PARAM, .symbol = "odd", .type = RILL_TYPE_INT, .def = "many"
};

static const struct rill_port_desc* const src_ports[] = { &out };
static const struct rill_param_desc* const src_params[] = {
  &level, &count, &loud, &mode, &taps
};
static const struct rill_param_desc* const old_params[] = { &any, &program,
                                                            &code };
static const struct rill_port_desc* const read_ports[] = { &out };
static const struct rill_param_desc* const read_params[] = { &path,
                                                             &more_paths };
static const struct rill_port_desc* const eff_ports[] = { &in, &out };
static const struct rill_port_desc* const mix_ports[] = { &many, &out };
static const struct rill_port_desc* const maybe_ports[] = { &maybe, &out };
static const struct rill_port_desc* const two_ports[] = { &audio, &side, &out,
                                                          &speech };
static const struct rill_port_desc* const null_ports[] = { &in };
static const struct rill_param_desc* const write_params[] = { &path };
static const struct rill_param_desc* const odd_params[] = { &odd };

#define TYPE(type_name, type_ports)                                            \
  .size = sizeof(struct rill_node_desc), .id = "test." type_name,              \
  .name = type_name, .ports = type_ports, .n_ports = COUNT(type_ports)

static const struct rill_node_desc types[] = {
  { TYPE("src", src_ports), .params = src_params,
    .n_params = COUNT(src_params) },
  { TYPE("old", src_ports), .params = old_params,
    .n_params = COUNT(old_params) },
  { TYPE("read", read_ports), .params = read_params,
    .n_params = COUNT(read_params) },
  { TYPE("eff", eff_ports) },
  { TYPE("mix", mix_ports) },
  { TYPE("maybe", maybe_ports) },
  { TYPE("two", two_ports) },
  { TYPE("null", null_ports) },
  { TYPE("write", null_ports), .params = write_params, .n_params = 1,
    .flags = RILL_NODE_COMMITS },
  { TYPE("odd", src_ports), .params = odd_params, .n_params = 1 },
};

static struct rig rig;

static void
set_up(void)
{
  rig_init(&rig);
  for (size_t i = 0; i < COUNT(types); ++i) {
    rig_add(&rig, &types[i]);
  }
}

static void
tear_down(void)
{
  rig_fini(&rig);
}

static void
expect(const char* got, const char* fragment)
{
  if (!strstr(got, fragment)) {
    ck_abort_msg("\"%s\" lacks \"%s\"", got, fragment);
  }
}

// --- what is refused: nodes, "code line:column text", hint

static const struct {
  const char* nodes;
  const char* error;
  const char* hint;
} faults[] = {
  // 13 unknown node type
  { "  s: {type: scr}\n  n: {type: null, in: s}\n",
    "G020 3:13 node 's' has the unknown type 'scr'", "did you mean 'src'?" },
  { "  s: {type: zzzzzzz}\n", "G020 3:13", "'rill list'" },
  // 14 unknown parameter
  { "  s: {type: src, with: {levle: 3dB}}\n  n: {type: null, in: s}\n",
    "G024 3:25 node 's': unknown parameter 'levle'", "did you mean 'level'?" },
  { "  s: {type: src, with: {zzzzzz: 3}}\n  n: {type: null, in: s}\n",
    "G024 3:25", "'src' takes level, count, loud, mode, taps" },
  { "  s: {type: src}\n  n: {type: null, in: s, with: {x: 3}}\n", "G024 4:33",
    "'null' takes no parameters" },
  // 15 wrong parameter type
  { "  s: {type: src, with: {level: 3x}}\n  n: {type: null, in: s}\n",
    "G025 3:32 node 's': parameter 'level': '3x'", "how loud" },
  { "  s: {type: src, with: {count: 0.5dB}}\n  n: {type: null, in: s}\n",
    "G025 3:32 node 's': parameter 'count': '0.5dB'", "" },
  { "  s: {type: src, with: {mode: god}}\n  n: {type: null, in: s}\n",
    "G025 3:31 node 's': parameter 'mode': 'god'", "" },
  { "  s: {type: src, with: {level: [1, 2]}}\n  n: {type: null, in: s}\n",
    "G027 3:32 node 's': parameter 'level' takes one value, not a list", "" },
  { "  s: {type: src, with: {taps: [1, x]}}\n  n: {type: null, in: s}\n",
    "G025 3:35 node 's': parameter 'taps': 'x'", "" },
  { "  s: {type: src, with: {taps: {a: 1}}}\n  n: {type: null, in: s}\n",
    "G046 3:31 node 's': parameter 'taps' takes a list, not a map", "" },
  { "  s: {type: src, with: {level: {a: 1}}}\n  n: {type: null, in: s}\n",
    "G046 3:32 node 's': parameter 'level' takes one value, not a map",
    "how loud" },
  { "  s: {type: old, with: {any: text}}\n  n: {type: null, in: s}\n",
    "G025 3:30 node 's': parameter 'any': 'text' is not JSON", "" },
  { "  s: {type: old, with: {any: '[1, ]'}}\n  n: {type: null, in: s}\n",
    "G025 3:30", "" },
  // what makes a graph as dangerous as a program
  { "  s: {type: old, with: {program: [rm, -r]}}\n  n: {type: null, in: s}\n",
    "G050 3:34 node 's': 'program' runs the program 'rm'", "--allow-exec" },
  { "  s: {type: old, with: {code: /tmp/a.so}}\n  n: {type: null, in: s}\n",
    "G051 3:31 node 's': 'code' loads the code in '/tmp/a.so'",
    "--allow-path" },
  { "  s: {type: old, with: {code: ../a}}\n  n: {type: null, in: s}\n",
    "G051", "" },
  // 16 out of range, not finite, not decimal
  { "  s: {type: src, with: {level: 7dB}}\n  n: {type: null, in: s}\n",
    "G025 3:32 node 's': parameter 'level': '7dB' is out of range", "" },
  { "  s: {type: src, with: {count: 11}}\n  n: {type: null, in: s}\n",
    "G025 3:32", "" },
  { "  s: {type: src, with: {level: NaN}}\n  n: {type: null, in: s}\n",
    "G025 3:32", "" },
  { "  s: {type: src, with: {level: .inf}}\n  n: {type: null, in: s}\n",
    "G025 3:32", "" },
  { "  s: {type: src, with: {level: 1e999}}\n  n: {type: null, in: s}\n",
    "G025 3:32", "" },
  { "  s: {type: src, with: {count: 0x3}}\n  n: {type: null, in: s}\n",
    "G025 3:32", "" },
  { "  s: {type: src, with: {count: 010}}\n  n: {type: null, in: s}\n",
    "G025 3:32", "" },
  { "  s: {type: src, with: {loud: yes}}\n  n: {type: null, in: s}\n",
    "G025 3:31 node 's': parameter 'loud': 'yes' is not a bool: write true",
    "" },
  { "  s: {type: src, with: {count: }}\n  n: {type: null, in: s}\n", "G025",
    "" },
  // a parameter that has no default
  { "  s: {type: src}\n  w: {type: write, in: s}\n",
    "G028 4:3 node 'w' needs the parameter 'path'",
    "add 'with: {path: out.wav}': the file" },
  // the plugin's own default is nonsense
  { "  s: {type: odd}\n  n: {type: null, in: s}\n",
    "G043 3:3 node 's': the default of parameter 'odd' cannot be read",
    "fault of the plugin" },
  // 18 link to a missing node
  { "  abc: {type: src}\n  n: {type: null, in: abd}\n",
    "G021 4:23 node 'n' reads unknown node 'abd'", "did you mean 'abc'?" },
  { "  abc: {type: src}\n  n: {type: null, in: abd.out}\n", "G021 4:23",
    "did you mean 'abc'?" },
  { "  s: {type: src}\n  n: {type: null, in: qqqqqq}\n", "G021 4:23", "" },
  // 19 link to a missing port
  { "  s: {type: src}\n  n: {type: null, in: s.left}\n",
    "G022 4:25 node 's' has no output 'left'", "'src' has the output out" },
  { "  s: {type: src}\n  n: {type: null, in: {left: s}}\n",
    "G022 4:24 node 'n' has no input 'left'", "'null' has the input in" },
  { "  s: {type: src}\n  t: {type: two, in: s}\n"
    "  n: {type: null, in: t.x}\n",
    "G022 5:25", "'two' has the outputs out, speech" },
  { "  s: {type: src}\n  t: {type: null, in: s}\n"
    "  n: {type: null, in: t}\n",
    "G023 5:23 node 't' has no output", "'null' has no outputs" },
  { "  s: {type: src}\n  t: {type: two, in: s}\n"
    "  n: {type: null, in: t.audio}\n",
    "G023 5:25 'audio' of node 't' is an input, not an output", "" },
  { "  s: {type: src}\n  t: {type: two, in: {speech: s}}\n"
    "  n: {type: null, in: t}\n",
    "G023 4:23 'speech' of node 't' is an output, not an input", "" },
  { "  s: {type: src}\n  n: {type: null, in: 's.left'}\n", "G022 4:26", "" },
  { "  s: {type: src}\n  n: {type: null, in: \"t.left\"}\n", "G021 4:24", "" },
  // 20 a port number as large as you like
  { "  s: {type: src}\n  n: {type: null, in: s.2147483648}\n",
    "G022 4:25 node 's' has no output '2147483648'", "" },
  // 21 an input fed twice
  { "  s: {type: src}\n  n: {type: null, in: [s, s]}\n",
    "G029 4:27 input 'in' of node 'n' is fed twice", "mix" },
  // an input where there is none
  { "  s: {type: src}\n  t: {type: src, in: s}\n  n: {type: null, in: t}\n",
    "G030 4:22 node 't' has no input", "'src' has no inputs" },
  // 22 a required input left open
  { "  s: {type: src}\n  e: {type: eff}\n  n: {type: null, in: e}\n",
    "G031 4:3 input 'in' of node 'e' is not connected", "add 'in: NODE'" },
  { "  s: {type: src}\n  t: {type: two, in: {side: s}}\n"
    "  n: {type: null, in: t}\n",
    "G031 4:3 input 'audio' of node 't'", "add 'in: {audio: NODE}'" },
  { "  s: {type: src}\n  m: {type: mix}\n  n: {type: null, in: [m]}\n",
    "G031 4:3 input 'in' of node 'm'", "" },
  // 37 an output on an input
  { "  s: {type: read, with: {path: here.wav}}\n"
    "  w: {type: write, in: s, with: {path: here.wav}}\n",
    "G037 4:40 node 'w' would overwrite 'here.wav', which node 's' reads", "" },
  { "  s: {type: read, with: {path: here.wav}}\n"
    "  w: {type: write, in: s, with: {path: ./sub/../here.wav}}\n",
    "G037 4:40", "" },
  { "  s: {type: read, with: {path: here.wav}}\n"
    "  w: {type: write, in: s, with: {path: link.wav}}\n",
    "G037 4:40", "" },
  { "  s: {type: read, with: {path: here.wav}}\n"
    "  w: {type: write, in: s, with: {path: hard.wav}}\n",
    "G037 4:40", "" },
  { "  s: {type: read, with: {path: a.wav, more: [b.wav, here.wav]}}\n"
    "  w: {type: write, in: s, with: {path: here.wav}}\n",
    "G037 4:40", "" },
  { "  s: {type: src}\n  w: {type: write, in: s, with: {path: t.yaml}}\n",
    "G037 4:40 node 'w' would overwrite this graph", "" },
  // 38 two sinks on one path, which is there or not
  { "  s: {type: src}\n  w: {type: write, in: s, with: {path: new.wav}}\n"
    "  v: {type: write, in: s, with: {path: ./new.wav}}\n",
    "G038 5:40 node 'v' writes './new.wav', as node 'w' does", "" },
  { "  s: {type: src}\n  w: {type: write, in: s, with: {path: here.wav}}\n"
    "  v: {type: write, in: s, with: {path: hard.wav}}\n",
    "G038 5:40", "" },
  // 39 no sink, no source
  { "  s: {type: src}\n  e: {type: eff, in: s}\n",
    "G033 0:0 the graph has no sink", "file.write" },
  { "  e: {type: eff}\n  n: {type: null, in: e}\n",
    "G032 0:0 the graph has no source", "file.read" },
};

START_TEST(a_fault_is_named_with_place_and_cure)
{
  rig_bind(&rig, faults[_i].nodes);
  ck_assert_int_eq(rig.status, strncmp(faults[_i].error, "G043", 4)
                                 ? STATUS_BAD_GRAPH
                                 : STATUS_BAD_PLUGIN);
  expect(rig_first(&rig, SEVERITY_ERROR), faults[_i].error);
  expect(rig_hint(&rig), faults[_i].hint);
  ck_assert_ptr_null(rig.graph);
}
END_TEST

// --- what is fine

static const struct {
  const char* nodes;
  const char* links; // "from.port>to.port ..."
} fine[] = {
  { "  s: {type: src}\n  n: {type: null, in: s}\n", "s.0>n.0" },
  { "  n: {type: null, in: s}\n  s: {type: src}\n", "s.0>n.0" },
  { "  s: {type: src}\n  t: {type: two, in: s}\n"
    "  n: {type: null, in: t.speech}\n",
    "s.0>t.0 t.3>n.0" },
  { "  s: {type: src}\n  t: {type: two, in: {side: s, audio: s.out}}\n"
    "  n: {type: null, in: t}\n",
    "s.0>t.1 s.0>t.0 t.2>n.0" },
  { "  b: {type: src}\n  a: {type: src}\n  m: {type: mix, in: [b, a, b]}\n"
    "  n: {type: null, in: m}\n",
    "b.0>m.0 a.0>m.0 b.0>m.0 m.1>n.0" },
  { "  m: {type: maybe}\n  n: {type: null, in: m}\n", "m.1>n.0" },
  // devices and patterns may be shared, and so may inputs
  { "  s: {type: read, with: {path: here.wav}}\n"
    "  r: {type: read, with: {path: here.wav}}\n"
    "  w: {type: write, in: s, with: {path: /dev/null}}\n"
    "  v: {type: write, in: r, with: {path: /dev/null}}\n"
    "  p: {type: write, in: s, with: {path: x%d.wav}}\n"
    "  q: {type: write, in: s, with: {path: x%d.wav}}\n"
    "  o: {type: write, in: s, with: {path: '-'}}\n",
    "s.0>w.0 r.0>v.0 s.0>p.0 s.0>q.0 s.0>o.0" },
  { "  s: {type: src}\n  w: {type: write, in: s, with: {path: one.wav}}\n"
    "  v: {type: write, in: s, with: {path: two.wav}}\n",
    "s.0>w.0 s.0>v.0" },
};

START_TEST(links_are_bound)
{
  struct text text = { 0 };
  rig_bind(&rig, fine[_i].nodes);
  ck_assert_str_eq(rig_first(&rig, SEVERITY_ERROR), "");
  ck_assert_int_eq(rig.status, STATUS_OK);
  for (uint32_t i = 0; i < rig.graph->n_links; ++i) {
    const struct graph_link* const l = &rig.graph->links[i];
    text_add(&text, "%s%s.%u>%s.%u", i ? " " : "",
             rig.graph->nodes[l->from].id, l->from_port,
             rig.graph->nodes[l->to].id, l->to_port);
  }
  ck_assert_str_eq(text_get(&text), fine[_i].links);
  text_fini(&text);
}
END_TEST

START_TEST(a_node_that_leads_nowhere_is_a_warning)
{
  rig_bind(&rig, "  s: {type: src}\n  e: {type: eff, in: s}\n"
                 "  n: {type: null, in: s}\n");
  ck_assert_int_eq(rig.status, STATUS_OK);
  ck_assert_uint_eq(diags_count(rig.diags, SEVERITY_WARNING), 1);
  expect(rig_first(&rig, SEVERITY_WARNING),
         "G044 4:3 node 'e' leads to no sink");
}
END_TEST

START_TEST(parameters_are_read_by_type)
{
  rig_bind(&rig, "  s: {type: src, with: {level: -6dB, loud: true, mode: fast,"
                 " taps: [[1, 2], [3, 4]]}}\n"
                 "  n: {type: null, in: s}\n");
  ck_assert_str_eq(rig_first(&rig, SEVERITY_ERROR), "");
  const struct graph_node* const s = &rig.graph->nodes[0];
  ck_assert_double_eq(s->params[0].f, -6);
  ck_assert_int_eq(s->params[1].i, 3);
  ck_assert_uint_eq(s->param_places[1].line, 0);
  ck_assert_int_eq(s->params[2].i, 1);
  ck_assert_str_eq(s->params[3].text, "fast");
  ck_assert_uint_eq(s->params[4].n, 4);
  ck_assert_double_eq(s->params[4].list[3].f, 4);
  ck_assert_uint_eq(s->param_places[0].line, 3);
}
END_TEST

static const struct {
  const char* written;
  const char* json;
} trees[] = {
  { "{}", "{}" },
  { "{a: 1, b: -1.5e3, c: true, d: null}",
    "{\"a\": 1, \"b\": -1.5e3, \"c\": true, \"d\": null}" },
  { "{a: , b: ~}", "{\"a\": null, \"b\": null}" },
  { "{a: '1', b: \"true\", c: yes, d: 16kHz, e: 1.}",
    "{\"a\": \"1\", \"b\": \"true\", \"c\": \"yes\", \"d\": \"16kHz\", "
    "\"e\": \"1.\"}" },
  { "{a: [1, [2, {b: c}], []], d: {e: {}}, 'f g': 'x\"y'}",
    "{\"a\": [1, [2, {\"b\": \"c\"}], []], \"d\": {\"e\": {}}, "
    "\"f g\": \"x\\\"y\"}" },
  { "[1, two, '3']", "[1, \"two\", \"3\"]" },
  { "[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]" },
  { "'{\"a\": [1]}'", "{\"a\": [1]}" },
  { "7", "7" },
};

START_TEST(any_value_becomes_json)
{
  struct text text = { 0 };
  text_add(&text, "  s: {type: old, with: {any: %s}}\n"
                  "  n: {type: null, in: s}\n", trees[_i].written);
  rig_bind(&rig, text_get(&text));
  ck_assert_str_eq(rig_first(&rig, SEVERITY_ERROR), "");
  const struct rill_value* const v = &rig.graph->nodes[0].params[0];
  ck_assert_uint_eq(v->type, RILL_TYPE_JSON);
  ck_assert_str_eq(v->text, trees[_i].json);
  ck_assert_uint_eq(v->n, strlen(v->text));
  text_fini(&text);
}
END_TEST

START_TEST(what_is_allowed_is_taken)
{
  rig.allows = SPEC_ALLOW_EXEC | SPEC_ALLOW_PATH;
  rig_bind(&rig, "  s: {type: old, with: {program: [sh], code: /a/b.so}}\n"
                 "  t: {type: old, with: {code: by_name}}\n"
                 "  n: {type: null, in: s}\n  m: {type: null, in: t}\n");
  ck_assert_str_eq(rig_first(&rig, SEVERITY_ERROR), "");
  ck_assert_str_eq(rig.graph->nodes[0].params[2].text, "/a/b.so");
  rig.allows = 0;
  rig_bind(&rig, "  t: {type: old, with: {code: by_name}}\n"
                 "  m: {type: null, in: t}\n");
  ck_assert_str_eq(rig_first(&rig, SEVERITY_ERROR), "");
}
END_TEST

START_TEST(defaults_are_read_too)
{
  rig_bind(&rig, "  s: {type: src, with: {}}\n  n: {type: null, in: s}\n");
  const struct graph_node* const s = &rig.graph->nodes[0];
  ck_assert_uint_eq(s->params[4].n, 2);
  ck_assert_double_eq(s->params[4].list[1].f, 0.5);
  ck_assert_str_eq(s->params[3].text, "good");
}
END_TEST

START_TEST(one_value_is_a_list_of_one)
{
  rig_bind(&rig, "  s: {type: src, with: {taps: 2}}\n"
                 "  n: {type: null, in: s}\n");
  const struct rill_value* const v = &rig.graph->nodes[0].params[4];
  ck_assert_uint_eq(v->type, RILL_TYPE_LIST);
  ck_assert_uint_eq(v->n, 1);
  ck_assert_double_eq(v->list[0].f, 2);
}
END_TEST

START_TEST(all_faults_are_found_at_once)
{
  rig_bind(&rig, "  s: {type: scr}\n"
                 "  e: {type: eff, in: x, with: {y: 1}}\n"
                 "  t: {type: two}\n"
                 "  n: {type: null, in: e.z}\n");
  ck_assert_uint_eq(diags_count(rig.diags, SEVERITY_ERROR), 5);
}
END_TEST

START_TEST(binding_survives_lack_of_memory)
{
  static const char nodes[] =
    "  s: {type: src, with: {taps: [1, 2], mode: fast}}\n"
    "  o: {type: old, with: {any: {a: [b]}}}\n"
    "  n: {type: null, in: o}\n"
    "  w: {type: write, in: s, with: {path: new.wav}}\n";
  rig_bind(&rig, nodes);
  ck_assert_int_eq(rig.status, STATUS_OK);
  for (uint64_t n = 1;; ++n) {
    struct graph* graph = NULL;
    ck_assert_uint_lt(n, 200);
    mem_fail_at(n, 0);
    const enum status st =
      graph_bind(rig.spec, rig.registry, rig.diags, &graph);
    mem_fail_at(0, 0);
    if (st == STATUS_OK) {
      graph_free(graph);
      break;
    }
    ck_assert_int_eq(st, STATUS_NO_MEMORY);
    ck_assert_ptr_null(graph);
  }
}
END_TEST

START_TEST(many_wrong_names_are_refused_quickly)
{
  struct text text = { 0 };
  for (int i = 0; i < 5000; ++i) {
    text_add(&text, "  some_node_%d: {type: eff, in: some_nodes_%d}\n", i, i);
  }
  rig_bind(&rig, text_get(&text));
  ck_assert_int_eq(rig.status, STATUS_BAD_GRAPH);
  ck_assert_uint_ge(diags_count(rig.diags, SEVERITY_ERROR), 100);
  text_fini(&text);
}
END_TEST

// Files for the tests, in a folder of their own.
static char folder[] = "/tmp/rill-test-graph-XXXXXX";

static void
write_file(const char* name, const char* text)
{
  FILE* const f = fopen(name, "w");
  ck_assert_ptr_nonnull(f);
  fputs(text, f);
  ck_assert_int_eq(fclose(f), 0);
}

static void
make_files(void)
{
  static const char* const places[] = { "RILL_RUNTIME_DIR", "RILL_PLUGIN_PATH",
                                        "XDG_DATA_HOME", "RILL_CACHE_DIR" };
  ck_assert_ptr_nonnull(mkdtemp(folder));
  ck_assert_int_eq(chdir(folder), 0);
  for (size_t i = 0; i < COUNT(places); ++i) {
    ck_assert_int_eq(setenv(places[i], folder, 1), 0);
  }
  ck_assert_int_eq(mkdir("sub", 0700), 0);
  write_file("here.wav", "");
  write_file("t.yaml", "");
  write_file("broken.so", "no code at all");
  ck_assert_int_eq(symlink("here.wav", "link.wav"), 0);
  ck_assert_int_eq(link("here.wav", "hard.wav"), 0);
}

static void
remove_files(void)
{
  char command[64];
  ck_assert_int_eq(chdir("/"), 0);
  snprintf(command, sizeof command, "rm -r %s", folder);
  ck_assert_int_eq(system(command), 0);
}

START_TEST(a_plugin_that_did_not_load_is_named)
{
  registry_free(rig.registry);
  ck_assert_int_eq(registry_new(NULL, &rig.registry), STATUS_OK);
  rig_bind(&rig, "  b: {type: broken}\n  c: {type: broken.too, in: b}\n");
  ck_assert_int_eq(rig.status, STATUS_BAD_PLUGIN);
  expect(rig_first(&rig, SEVERITY_ERROR),
         "G041 3:13 node 'b': the plugin of 'broken' did not load: ");
  expect(rig_first(&rig, SEVERITY_ERROR), "/broken.so: ");
  ck_assert_uint_eq(diags_count(rig.diags, SEVERITY_ERROR), 2);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_unchecked_fixture(tcase, make_files, remove_files);
  tcase_add_checked_fixture(tcase, set_up, tear_down);
  tcase_add_loop_test(tcase, a_fault_is_named_with_place_and_cure, 0,
                      COUNT(faults));
  tcase_add_loop_test(tcase, links_are_bound, 0, COUNT(fine));
  tcase_add_test(tcase, a_node_that_leads_nowhere_is_a_warning);
  tcase_add_test(tcase, parameters_are_read_by_type);
  tcase_add_loop_test(tcase, any_value_becomes_json, 0, COUNT(trees));
  tcase_add_test(tcase, what_is_allowed_is_taken);
  tcase_add_test(tcase, defaults_are_read_too);
  tcase_add_test(tcase, one_value_is_a_list_of_one);
  tcase_add_test(tcase, all_faults_are_found_at_once);
  tcase_add_test(tcase, binding_survives_lack_of_memory);
  tcase_add_test(tcase, a_plugin_that_did_not_load_is_named);
  tcase_add_test(tcase, many_wrong_names_are_refused_quickly);
}

int
main(void)
{
  return suite_run("graph", 20, add_tests);
}

// SPDX-License-Identifier: ISC
// What a plugin may say of its node types: one thing is wrong in each row.
#include "base/mem.h"
#include "load/describe.h"
#include "tests/suite.h"

#include <math.h>
#include <string.h>

/// A node type that uses everything, and can be spoiled.
struct world {
  char endless[DESCRIBE_MAX_DOC + 2];
  uint32_t values[2];
  struct rill_constraint demands[4];
  struct rill_format_set set;
  const struct rill_format_set* sets[1];
  struct rill_port_desc in, side, out;
  const struct rill_port_desc* ports[3];
  const char* names[2];
  struct rill_param_desc gain, mode;
  const struct rill_param_desc* params[2];
  struct rill_node_desc node;
};

static int32_t
create(struct rill_lib* lib, const struct rill_node_desc* desc,
       const struct rill_host* host, const struct rill_setup* setup,
       struct rill_node** out)
{
  (void)lib;
  (void)desc;
  (void)host;
  (void)setup;
  (void)out;
  return RILL_ERR_FAILED;
}

static struct rill_port_desc
make_port(uint32_t id, uint32_t direction, const char* symbol, uint32_t flags)
{
  return (struct rill_port_desc){ .size = sizeof(struct rill_port_desc),
                                  .id = id,
                                  .direction = direction,
                                  .symbol = symbol,
                                  .flags = flags };
}

static void
make_demands(struct world* w)
{
  w->values[0] = RILL_ENC_F32;
  w->demands[0] = (struct rill_constraint){ .field = RILL_FIELD_ENCODING,
                                            .op = RILL_ONE_OF,
                                            .n_values = 2,
                                            .values = w->values };
  w->demands[1] = (struct rill_constraint){
    .field = RILL_FIELD_RATE, .op = RILL_SAME_AS, .port = 1
  };
  w->demands[2] = (struct rill_constraint){
    .field = RILL_FIELD_CHANNELS, .op = RILL_PARAM, .param = "mode"
  };
  w->demands[3] = (struct rill_constraint){
    .field = RILL_FIELD_WIDTH, .op = RILL_RANGE, .min = 1, .max = 9
  };
  w->set = (struct rill_format_set){ .size = sizeof w->set,
                                     .kind = RILL_KIND_AUDIO,
                                     .n_constraints = 4,
                                     .constraints = w->demands };
  w->sets[0] = &w->set;
  w->out.n_formats = 1;
  w->out.formats = w->sets;
}

static void
make_params(struct world* w)
{
  w->names[0] = "soft";
  w->names[1] = "hard";
  w->gain = (struct rill_param_desc){ .size = sizeof w->gain,
                                      .type = RILL_TYPE_FLOAT,
                                      .unit = RILL_UNIT_DB,
                                      .symbol = "gain",
                                      .min = -60,
                                      .max = 20,
                                      .def = "-6dB",
                                      .example = "3dB" };
  w->mode = (struct rill_param_desc){ .size = sizeof w->mode,
                                      .type = RILL_TYPE_ENUM,
                                      .symbol = "mode",
                                      .doc = "what it does",
                                      .def = "hard",
                                      .names = w->names,
                                      .n_names = 2 };
  w->params[0] = &w->gain;
  w->params[1] = &w->mode;
}

static void
make_world(struct world* w)
{
  memset(w, 0, sizeof *w);
  memset(w->endless, 'x', sizeof w->endless);
  w->in = make_port(1, RILL_IN, "in", 0);
  w->side = make_port(2, RILL_IN, "side", RILL_PORT_MULTI);
  w->out = make_port(3, RILL_OUT, "in", 0); // of another direction: no clash
  w->out.in_place_pair = 1;
  w->ports[0] = &w->in;
  w->ports[1] = &w->side;
  w->ports[2] = &w->out;
  make_demands(w);
  make_params(w);
  w->node = (struct rill_node_desc){ .size = sizeof w->node,
                                     .id = "org.rill.test",
                                     .name = "test.full",
                                     .doc = "Ein Prüfling.",
                                     .ports = w->ports,
                                     .n_ports = 3,
                                     .params = w->params,
                                     .n_params = 2,
                                     .state_version = 7,
                                     .exec = RILL_EXEC_RT,
                                     .create = create };
}

#define SHORT (sizeof(uint32_t) * 2)

// X(what is done to the world, how the refusal begins; "": it is fine)
#define ROWS(X)                                                                \
  X((void)w, "")                                                               \
  X(w->node.size = 0, "node type 0 says that it has 0 bytes, and it needs")    \
  X(w->node.size = SHORT,                                                      \
    "node type 0 says that it has 8 bytes, and it needs")                      \
  X(w->node.size = UINT32_MAX,                                                 \
    "node type 0 says that it has 4294967295 bytes")                           \
  X(w->node.name = NULL, "name is null")                                       \
  X(w->node.name = w->endless, "name is longer than 128 bytes or does not end")\
  X(w->node.name = "", "node type '': this is no name")                        \
  X(w->node.name = "Gain", "node type 'Gain': this is no name")                \
  X(w->node.name = "a/b", "node type 'a/b': this is no name")                  \
  X(w->node.name = "a\xff", "node type 'a\xff': this is no name")              \
  X(w->node.id = NULL, "node type 'test.full': id is null")                    \
  X(w->node.id = "", "node type 'test.full': its id is not like org.example")  \
  X(w->node.id = "../../etc", "node type 'test.full': its id is not like")     \
  X(w->node.create = NULL, "node type 'test.full': create is null")            \
  X(w->node.doc = w->endless,                                                  \
    "node type 'test.full': doc is longer than 65536")                         \
  X(w->node.doc = "\xc3\x28",                                                  \
    "node type 'test.full': one of its texts is not")                          \
  X(w->node.doc = "\xed\xa0\x80",                                              \
    "node type 'test.full': one of its texts is")                              \
  X(w->node.doc = "\xc0\x80",                                                  \
    "node type 'test.full': one of its texts is not")                          \
  X(w->node.doc = "\xf0\x9f\x8e\xb5", "")                                      \
  X(w->node.vendor = NULL, "")                                                 \
  X(w->node.required_flags = 4,                                                \
    "node type 'test.full': needs abilities (0x4)")                            \
  X(w->node.exec = 3, "node type 'test.full': its exec class 3 is not known")  \
  X(w->node.n_ports = 1u << 31,                                                \
    "node type 'test.full': n_ports is 2147483648, the limit is 256")          \
  X(w->node.n_ports = UINT32_MAX, "node type 'test.full': n_ports is 429")     \
  X(w->node.ports = NULL, "node type 'test.full': port is null, and there")    \
  X((w->node.n_ports = 0, w->node.ports = NULL), "")                           \
  X(w->ports[1] = NULL, "node type 'test.full': port 1 is null")               \
  X(w->in.size = 0, "node type 'test.full': port 0 says that it has 0 bytes")  \
  X(w->in.symbol = NULL, "node type 'test.full': symbol of a port is null")    \
  X(w->in.symbol = "", "node type 'test.full': port 0: '' is no symbol")       \
  X(w->in.symbol = "a.b", "node type 'test.full': port 0: 'a.b' is no symbol") \
  X(w->in.symbol = w->endless, "node type 'test.full': symbol of a port is l") \
  X(w->in.id = 0, "node type 'test.full': port 'in': its id is 0")             \
  X(w->side.id = 1, "node type 'test.full': ports 'in' and 'side' have the")   \
  X(w->side.symbol = "in",                                                     \
    "node type 'test.full': two input ports are called")                       \
  X(w->in.direction = 3, "node type 'test.full': port 'in': direction 3 is")   \
  X((w->in.direction = RILL_OUT, w->in.symbol = "first"),                      \
    "node type 'test.full': input 'side' comes after output 'first'")          \
  X(w->in.flags = RILL_PORT_MULTI,                                             \
    "node type 'test.full': port 'in' takes any number of links, and 'side'")  \
  X(w->out.in_place_pair = 9, "node type 'test.full': port 'in': in_place_")   \
  X(w->out.in_place_pair = 3, "node type 'test.full': port 'in': in_place_")   \
  X(w->in.in_place_pair = 2, "node type 'test.full': port 'in': in_place_")    \
  X(w->in.doc = "\xff", "node type 'test.full': port 'in': its doc is not")    \
  X(w->out.n_formats = 65,                                                     \
    "node type 'test.full': port 'in': n_formats is 65")                       \
  X(w->out.formats = NULL, "node type 'test.full': port 'in': format set is")  \
  X(w->sets[0] = NULL,                                                         \
    "node type 'test.full': port 'in': format set 0 is nul")                   \
  X(w->set.size = 4, "node type 'test.full': port 'in': format set 0 says")    \
  X(w->set.kind = 0,                                                           \
    "node type 'test.full': port 'in': kind 0 of data is not")                 \
  X(w->set.kind = 8,                                                           \
    "node type 'test.full': port 'in': kind 8 of data is not")                 \
  X(w->set.kind = RILL_KIND_CUSTOM,                                            \
    "node type 'test.full': port 'in': custom")                                \
  X((w->set.kind = RILL_KIND_CUSTOM, w->set.uri = "urn:x"), "")                \
  X(w->set.n_constraints = 65, "node type 'test.full': port 'in': n_constrai") \
  X(w->set.constraints = NULL, "node type 'test.full': port 'in': constraint") \
  X(w->demands[0].field = 0, "node type 'test.full': port 'in': a constraint") \
  X(w->demands[0].field = 8, "node type 'test.full': port 'in': a constraint") \
  X(w->demands[0].op = 9, "node type 'test.full': port 'in': a constraint of") \
  X(w->demands[0].n_values = 0,                                                \
    "node type 'test.full': port 'in': a choice of")                           \
  X(w->demands[0].n_values = 4097,                                             \
    "node type 'test.full': port 'in': n_value")                               \
  X(w->demands[0].values = NULL,                                               \
    "node type 'test.full': port 'in': values is")                             \
  X(w->demands[1].port = 9,                                                    \
    "node type 'test.full': port 'in': the same as a ")                        \
  X(w->demands[1].port = 3,                                                    \
    "node type 'test.full': port 'in': the same as a ")                        \
  X((w->out.flags = RILL_PORT_MULTI, w->demands[1].port = 3), "")              \
  X(w->demands[2].param = NULL,                                                \
    "node type 'test.full': port 'in': as a param")                            \
  X(w->demands[2].param = "x",                                                 \
    "node type 'test.full': port 'in': as a parame")                           \
  X(w->demands[3].min = 10, "node type 'test.full': port 'in': a range that")  \
  X(w->node.n_params = 257,                                                    \
    "node type 'test.full': n_params is 257, the limit")                       \
  X(w->node.params = NULL, "node type 'test.full': parameter is null, and")    \
  X(w->params[0] = NULL, "node type 'test.full': parameter 0 is null")         \
  X(w->gain.size = 8, "node type 'test.full': parameter 0 says that it has 8") \
  X(w->gain.symbol = NULL, "node type 'test.full': symbol of a parameter is")  \
  X(w->gain.symbol = "9x", "node type 'test.full': parameter 0: '9x' is no")   \
  X(w->gain.symbol = "mode",                                                   \
    "node type 'test.full': two parameters are called")                        \
  X(w->gain.type = 0,                                                          \
    "node type 'test.full': parameter 'gain': type 0 is not")                  \
  X(w->gain.type = 6,                                                          \
    "node type 'test.full': parameter 'gain': type 6 is not")                  \
  X(w->gain.unit = 99, "node type 'test.full': parameter 'gain': unit 99 is")  \
  X(w->gain.min = 21, "node type 'test.full': parameter 'gain': a range from") \
  X(w->gain.max = NAN,                                                         \
    "node type 'test.full': parameter 'gain': a range from")                   \
  X(w->gain.doc = "\xff", "node type 'test.full': parameter 'gain': its doc")  \
  X(w->gain.def = NULL, "")                                                    \
  X(w->gain.def = "21dB",                                                      \
    "node type 'test.full': parameter 'gain': its defau")                      \
  X(w->gain.def = "loud",                                                      \
    "node type 'test.full': parameter 'gain': its defau")                      \
  X(w->gain.example = "9", "")                                                 \
  X(w->gain.example = "9 m",                                                   \
    "node type 'test.full': parameter 'gain': its ex")                         \
  X(w->gain.n_names = 2, "node type 'test.full': parameter 'gain': names is")  \
  X((w->gain.n_names = 2, w->gain.names = w->names),                           \
    "node type 'test.full': parameter 'gain': names, and it is no enum")       \
  X(w->mode.n_names = 0, "node type 'test.full': parameter 'mode': an enum")   \
  X(w->mode.n_names = 1025,                                                    \
    "node type 'test.full': parameter 'mode': n_names")                        \
  X(w->mode.names = NULL, "node type 'test.full': parameter 'mode': names is") \
  X(w->names[1] = NULL, "node type 'test.full': parameter 'mode': one of the") \
  X(w->names[1] = "", "node type 'test.full': parameter 'mode': name 1 is em") \
  X(w->names[1] = "soft", "node type 'test.full': parameter 'mode': the name") \
  X(w->names[1] = w->endless, "node type 'test.full': parameter 'mode': one")  \
  X(w->mode.def = "mid", "node type 'test.full': parameter 'mode': its defau")

static const char* const refusals[] = {
#define TEXT(change, text) text,
  ROWS(TEXT)
};

static void
spoil(struct world* w, int row)
{
  int n = 0;
#define APPLY(change, text)                                                    \
  if (n++ == row) {                                                            \
    change;                                                                    \
  }
  ROWS(APPLY)
}

static enum status
describe(const struct rill_node_desc* node, struct text* bytes,
         struct arena* arena, const struct rill_node_desc** out,
         struct reason* reason)
{
  size_t position = 0;
  const enum status st = describe_write(node, bytes, reason);
  return st ? st : describe_read(bytes, &position, arena, out, reason);
}

START_TEST(a_type_is_refused_with_the_place_and_the_reason)
{
  static struct world w;
  const struct rill_node_desc* copy = NULL;
  struct text bytes = { 0 };
  struct arena arena = { 0 };
  struct reason reason = { 0 };
  make_world(&w);
  spoil(&w, _i);
  const enum status st = describe(&w.node, &bytes, &arena, &copy, &reason);
  ck_assert_msg(!strncmp(reason.text, refusals[_i], strlen(refusals[_i])),
                "'%s' is not '%s'", reason.text, refusals[_i]);
  ck_assert_int_eq(st, *refusals[_i] ? STATUS_BAD_PLUGIN : STATUS_OK);
  ck_assert_int_eq(!st, copy != NULL);
  text_fini(&bytes);
  arena_fini(&arena);
}
END_TEST

START_TEST(a_copy_has_everything_and_nothing_of_the_plugin)
{
  static struct world w;
  const struct rill_node_desc* d = NULL;
  struct text bytes = { 0 };
  struct arena arena = { 0 };
  struct reason reason = { 0 };
  make_world(&w);
  ck_assert_int_eq(describe(&w.node, &bytes, &arena, &d, &reason), STATUS_OK);
  memset(&w, 0xee, sizeof w);
  text_fini(&bytes);

  ck_assert_str_eq(d->name, "test.full");
  ck_assert_str_eq(d->id, "org.rill.test");
  ck_assert_str_eq(d->doc, "Ein Prüfling.");
  ck_assert_str_eq(d->vendor, "");
  ck_assert_uint_eq(d->state_version, 7);
  ck_assert_uint_eq(d->exec, RILL_EXEC_RT);
  ck_assert(!d->create && !d->derive);
  ck_assert_str_eq(d->ports[1]->symbol, "side");
  ck_assert_uint_eq(d->ports[1]->flags, RILL_PORT_MULTI);
  ck_assert_str_eq(d->ports[1]->doc, "");
  const struct rill_port_desc* const out = d->ports[2];
  ck_assert_uint_eq(out->in_place_pair, 1);
  ck_assert_uint_eq(out->formats[0]->kind, RILL_KIND_AUDIO);
  ck_assert_uint_eq(out->formats[0]->constraints[0].values[0], RILL_ENC_F32);
  ck_assert_str_eq(out->formats[0]->constraints[2].param, "mode");
  ck_assert_uint_eq(out->formats[0]->constraints[3].max, 9);
  ck_assert(d->params[0]->min == -60 && d->params[0]->max == 20);
  ck_assert_str_eq(d->params[0]->def, "-6dB");
  ck_assert_ptr_null(d->params[1]->example);
  ck_assert_str_eq(d->params[1]->names[1], "hard");
  arena_fini(&arena);
}
END_TEST

// An older plugin's structs end earlier; what is behind them is not theirs.
START_TEST(a_shorter_struct_reads_as_zero_from_its_end_on)
{
  static struct world w;
  const struct rill_node_desc* d = NULL;
  struct text bytes = { 0 };
  struct arena arena = { 0 };
  struct reason reason = { 0 };
  make_world(&w);
  w.gain.size = offsetof(struct rill_param_desc, example);
  w.gain.example = (const char*)8; // would crash
  w.in.size = offsetof(struct rill_port_desc, doc);
  w.in.doc = (const char*)8;
  ck_assert_int_eq(describe(&w.node, &bytes, &arena, &d, &reason), STATUS_OK);
  ck_assert_ptr_null(d->params[0]->example);
  ck_assert_uint_eq(d->params[0]->size, sizeof(struct rill_param_desc));
  ck_assert_str_eq(d->ports[0]->doc, "");
  text_fini(&bytes);
  arena_fini(&arena);
}
END_TEST

START_TEST(a_longer_struct_is_a_newer_one)
{
  static struct world w;
  struct {
    struct rill_port_desc known;
    uint64_t unknown;
  } newer;
  const struct rill_node_desc* d = NULL;
  struct text bytes = { 0 };
  struct arena arena = { 0 };
  struct reason reason = { 0 };
  make_world(&w);
  newer.known = w.in;
  newer.known.size = sizeof newer;
  newer.unknown = 42;
  w.ports[0] = &newer.known;
  ck_assert_int_eq(describe(&w.node, &bytes, &arena, &d, &reason), STATUS_OK);
  ck_assert_uint_eq(d->ports[0]->size, sizeof(struct rill_port_desc));
  text_fini(&bytes);
  arena_fini(&arena);
}
END_TEST

START_TEST(damaged_bytes_are_refused_or_read_as_something_else)
{
  static struct world w;
  struct text bytes = { 0 };
  struct reason reason = { 0 };
  uint32_t seed = 99;
  make_world(&w);
  ck_assert_int_eq(describe_write(&w.node, &bytes, &reason), STATUS_OK);
  for (int i = 0; i < 20000; ++i) {
    const struct rill_node_desc* d = NULL;
    struct arena arena = { 0 };
    struct text cut = { 0 };
    size_t position = 0;
    text_add_bytes(&cut, bytes.data, bytes.n);
    seed = seed * 1664525 + 1013904223;
    cut.data[(seed >> 8) % cut.n] ^= (char)(1 << (seed >> 29));
    cut.n -= i & 1 ? (seed >> 4) % cut.n : 0;
    describe_read(&cut, &position, &arena, &d, &reason);
    text_fini(&cut);
    arena_fini(&arena);
  }
  text_fini(&bytes);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
  static struct world w;
  enum status st = STATUS_NO_MEMORY;
  make_world(&w);
  for (uint64_t n = 1; st; ++n) {
    const struct rill_node_desc* d = NULL;
    struct text bytes = { 0 };
    struct arena arena = { 0 };
    struct reason reason = { 0 };
    mem_fail_at(n, _i);
    st = describe(&w.node, &bytes, &arena, &d, &reason);
    mem_fail_at(0, 0);
    ck_assert(!st == (d != NULL) && (!st || st == STATUS_NO_MEMORY));
    text_fini(&bytes);
    arena_fini(&arena);
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_type_is_refused_with_the_place_and_the_reason, 0,
                      sizeof refusals / sizeof refusals[0]);
  tcase_add_test(tcase, a_copy_has_everything_and_nothing_of_the_plugin);
  tcase_add_test(tcase, a_shorter_struct_reads_as_zero_from_its_end_on);
  tcase_add_test(tcase, a_longer_struct_is_a_newer_one);
  tcase_add_test(tcase, damaged_bytes_are_refused_or_read_as_something_else);
  tcase_add_loop_test(tcase, every_allocation_may_fail, 0, 2);
}

int
main(void)
{
  return suite_run("describe", 30, add_tests);
}

// SPDX-License-Identifier: ISC
// Plans as graph files and pictures, with names and texts that are hard to
// write.
#include "base/mem.h"
#include "report/picture.h"
#include "report/plan_report.h"
#include "spec/spec.h"
#include "tests/suite.h"

#include <rill/rill.h>
#include <string.h>

static const struct rill_port_desc in_port = {
  sizeof in_port, 1, RILL_IN, 0, "in", "", NULL, 0, 0
};
static const struct rill_port_desc out_port = {
  sizeof out_port, 2, RILL_OUT, RILL_PORT_MULTI, "out", "", NULL, 0, 0
};
static const struct rill_port_desc* const source_ports[] = { &out_port };
static const struct rill_port_desc* const sink_ports[] = { &in_port };

static const struct rill_param_desc text_param = {
  .size = sizeof text_param, .type = RILL_TYPE_STRING, .symbol = "text"
};
static const struct rill_param_desc list_param = {
  .size = sizeof list_param, .type = RILL_TYPE_FLOAT, .unit = RILL_UNIT_DB,
  .flags = RILL_PARAM_LIST, .symbol = "list"
};
static const struct rill_param_desc any_param = {
  .size = sizeof any_param, .type = RILL_TYPE_JSON, .symbol = "any"
};
static const struct rill_param_desc* const params[] = { &text_param,
                                                        &list_param,
                                                        &any_param };

static const struct rill_node_desc source = {
  .size = sizeof source, .id = "t.source", .name = "source", .version = "1",
  .ports = source_ports, .n_ports = 1, .params = params, .n_params = 3
};
static const struct rill_node_desc sink = {
  .size = sizeof sink, .id = "t.sink", .name = "sink", .version = "1",
  .ports = sink_ports, .n_ports = 1
};

static const struct rill_port_desc json_port = {
  sizeof json_port, 1, RILL_IN, RILL_PORT_AS_JSON, "in", "", NULL, 0, 0
};
static const struct rill_port_desc* const json_ports[] = { &json_port };
static const struct rill_node_desc json_sink = {
  .size = sizeof json_sink, .id = "t.json", .name = "old", .version = "1",
  .ports = json_ports, .n_ports = 1
};

static const char any[] = "{\"a\": [1, \"$(x)\", {\"b\": null}]}";
static const char awkward[] = "a\"b\\c\n\x01 $(x) ${y} $$( #:'";

// src > y, x, w by three slots of one port; the plan has the readers in the
// order w, x, y.
struct rig {
  struct node_type types[2];
  struct rill_value list[2];
  struct rill_value values[3];
  struct plan_slot out[3];
  struct plan_slot in[3];
  struct plan_node nodes[4];
  struct plan_link links[3];
  struct plan plan;
};

static void
make_nodes(struct rig* r)
{
  static char* const ids[] = { (char*)"src", (char*)"src>w.in:conv",
                               (char*)"src-w-in-conv", (char*)"a/b" };
  for (uint32_t i = 0; i < 4; ++i) {
    r->nodes[i].id = ids[i];
    r->nodes[i].type = &r->types[i > 0];
  }
  r->nodes[0].params = r->values;
  r->nodes[0].out = r->out;
  r->nodes[0].n_out = 3;
  r->nodes[1].origin = PLAN_CONVERTER;
}

static void
make_rig(struct rig* r)
{
  *r = (struct rig){ .types = { { &source, "", "", NULL, NULL },
                                { &sink, "", "", NULL, NULL } } };
  r->list[0] = (struct rill_value){ .type = RILL_TYPE_FLOAT, .f = -6 };
  r->list[1] = (struct rill_value){ .type = RILL_TYPE_FLOAT, .f = 0.5 };
  r->values[0] = (struct rill_value){ .type = RILL_TYPE_STRING,
                                      .n = sizeof awkward - 1,
                                      .text = awkward };
  r->values[1] = (struct rill_value){ .type = RILL_TYPE_LIST, .n = 2,
                                      .list = r->list };
  r->values[2] = (struct rill_value){ .type = RILL_TYPE_JSON,
                                      .n = sizeof any - 1, .text = any };
  make_nodes(r);
  for (uint32_t i = 0; i < 3; ++i) {
    r->out[i].slot.connected = 1;
    r->out[i].slot.format.kind = RILL_KIND_JSON;
    r->in[i].slot.connected = 1;
    r->in[i].link = (int32_t)i;
    r->nodes[i + 1].in = &r->in[i];
    r->nodes[i + 1].n_in = 1;
    r->links[i] = (struct plan_link){ .from_slot = 2 - i, .to = i + 1 };
  }
  r->plan = (struct plan){ .name = (char*)"n \"<&>\" $(n)", .nodes = r->nodes,
                           .n_nodes = 4, .links = r->links, .n_links = 3,
                           .block = 512, .threads = 1 };
}

static char*
print(enum status (*make)(const struct plan*, FILE*), const struct plan* plan)
{
  char* text = NULL;
  size_t n = 0;
  FILE* const to = open_memstream(&text, &n);
  ck_assert_int_eq(make(plan, to), STATUS_OK);
  fclose(to);
  return text;
}

START_TEST(a_plan_as_a_file_reads_back)
{
  struct rig r;
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  make_rig(&r);
  char* const text = print(plan_print_yaml, &r.plan);
  const enum status st =
    spec_parse("t.yaml", text, strlen(text), NULL, 0, diags, &spec);
  diags_print(diags, stdout, 0);
  ck_assert_msg(st == STATUS_OK, "%s", text);

  ck_assert_str_eq(spec->name, "n \"<&>\" $(n)");
  ck_assert_uint_eq(spec->run.block, 512);
  ck_assert_int_eq(spec->convert, SPEC_CONVERT_EXPLICIT);
  ck_assert_uint_eq(spec->n_nodes, 4);
  const struct spec_node* const src = &spec->nodes[0];
  ck_assert_uint_eq(src->n_params, 3);
  ck_assert_str_eq(src->params[0].value.words[0].text, awkward);
  ck_assert_str_eq(src->params[1].value.words[0].text, "-6dB");
  ck_assert_str_eq(src->params[1].value.words[1].text, "0.5dB");
  const struct spec_value* const tree = &src->params[2].value;
  ck_assert_mem_eq(tree->shape, "{k[ww{kw...", tree->n_shape);
  ck_assert_str_eq(tree->words[2].text, "$(x)");
  spec_free(spec);
  diags_free(diags);
  free(text);
}
END_TEST

START_TEST(links_that_carry_json_are_marked)
{
  struct rig r;
  make_rig(&r);
  ck_assert_int_eq(plan_link_is_json(&r.plan, &r.links[0]), 0);
  r.types[1].desc = &json_sink;
  ck_assert_int_eq(plan_link_is_json(&r.plan, &r.links[0]), 1);
  char* const text = print(plan_print_json, &r.plan);
  ck_assert_ptr_nonnull(strstr(text, "\"as_json\": true"));
  ck_assert_ptr_null(strstr(text, "\"as_json\": false"));
  free(text);
}
END_TEST

START_TEST(readers_stand_in_the_order_of_their_slots)
{
  struct rig r;
  make_rig(&r);
  char* const text = print(plan_print_yaml, &r.plan);
  // slot 0 is read by a/b, slot 1 by the node whose name the converter wants
  const char* const first = strstr(text, "\n  a-b: ");
  const char* const second = strstr(text, "\n  src-w-in-conv: ");
  const char* const third = strstr(text, "\n  src-w-in-conv-2: ");
  ck_assert_msg(first && second && third, "%s", text);
  ck_assert_msg(first < second && second < third, "%s", text);
  free(text);
}
END_TEST

static enum status
draw_svg(const struct plan* plan, FILE* to)
{
  struct picture_costs costs;
  ck_assert_int_eq(picture_costs_read(plan, NULL, &costs), STATUS_OK);
  const enum status st = picture_svg(plan, &costs, to);
  picture_costs_fini(&costs);
  return st;
}

START_TEST(a_picture_escapes_what_xml_minds)
{
  struct rig r;
  make_rig(&r);
  char* const text = print(draw_svg, &r.plan);
  ck_assert_ptr_nonnull(strstr(text, ">n &quot;&lt;&amp;&gt;&quot; $(n)<"));
  ck_assert_ptr_nonnull(strstr(text, ">src&gt;w.in:conv<"));
  ck_assert_ptr_nonnull(strstr(text, "</svg>\n"));
  free(text);
}
END_TEST

START_TEST(lack_of_memory_is_said)
{
  struct rig r;
  make_rig(&r);
  static enum status (*const make[])(const struct plan*, FILE*) = {
    plan_print_yaml, plan_print_json
  };
  for (uint64_t n = 1; n < 8; ++n) {
    FILE* const to = fopen("/dev/null", "w");
    mem_fail_at(n, 1);
    const enum status st = make[_i](&r.plan, to);
    mem_fail_at(0, 0);
    ck_assert(st == STATUS_NO_MEMORY || (st == STATUS_OK && n > 2));
    fclose(to);
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_test(tcase, a_plan_as_a_file_reads_back);
  tcase_add_test(tcase, links_that_carry_json_are_marked);
  tcase_add_test(tcase, readers_stand_in_the_order_of_their_slots);
  tcase_add_test(tcase, a_picture_escapes_what_xml_minds);
  tcase_add_loop_test(tcase, lack_of_memory_is_said, 0, 2);
}

int
main(void)
{
  return suite_run("plan_report", 10, add_tests);
}

// SPDX-License-Identifier: ISC
// The parts of a plan that are pure data: order, sets of formats, sizes, times.
#include "base/mem.h"
#include "plan/chain.h"
#include "plan/formats.h"
#include "plan/frames.h"
#include "plan/order.h"
#include "plan/plan.h"
#include "plan/plan_node.h"
#include "tests/suite.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MAX_LINKS = 16 };

// --- order: nodes are letters, the file has them in order of the alphabet

static const struct {
  const char* links;
  enum status status;
  const char* order; // or the cycle
} orders[] = {
  { "a>b b>a", STATUS_BAD_GRAPH, "a b" },           // a cycle is refused
  { "a>a", STATUS_BAD_GRAPH, "a" },                 // a node reads itself
  { "a>b b>c c>d d>b", STATUS_BAD_GRAPH, "b c d" }, // without what leads in
  { "a>b b>a a>c", STATUS_BAD_GRAPH, "a b" },       // and what leads out
  { "c>a a>b b>c", STATUS_BAD_GRAPH, "a b c" },     // from its first node on
  { "a>b c>d d>c", STATUS_BAD_GRAPH, "c d" },       // a part is enough
  { "a>b b>c", STATUS_OK, "a b c" },                // a chain keeps its order
  { "b>c a>b", STATUS_OK, "a b c" },                // whatever that of links
  { "c>b b>a", STATUS_OK, "c b a" },                // a chain from the end
  { "a>b a>c b>d c>d", STATUS_OK, "a b c d" },      // a diamond visits d once
  { "a>b a>b", STATUS_OK, "a b" },                  // two links are one arrow
  { "d>a", STATUS_OK, "b c d a" },                  // ties are in file order
  { "c>a d>b", STATUS_OK, "c a d b" },              // the lowest that is ready
  { "", STATUS_OK, "" },                            // nothing to do
};

static uint32_t
read_links(const char* text, struct order_link* links, uint32_t* n_nodes)
{
  uint32_t n = 0;
  *n_nodes = 0;
  for (; *text; text += text[3] ? 4 : 3) {
    links[n].from = (uint32_t)(text[0] - 'a');
    links[n].to = (uint32_t)(text[2] - 'a');
    *n_nodes = links[n].from >= *n_nodes ? links[n].from + 1 : *n_nodes;
    *n_nodes = links[n].to >= *n_nodes ? links[n].to + 1 : *n_nodes;
    ++n;
  }
  return n;
}

START_TEST(nodes_are_ordered)
{
  struct order_link links[MAX_LINKS];
  uint32_t order[26] = { 0 };
  uint32_t n_nodes = 0;
  uint32_t n_cycle = 0;
  const uint32_t n_links = read_links(orders[_i].links, links, &n_nodes);
  char text[64] = "";

  ck_assert_int_eq(order_sort(n_nodes, links, n_links, order, &n_cycle),
                   orders[_i].status);
  const uint32_t n = orders[_i].status ? n_cycle : n_nodes;
  for (uint32_t i = 0; i < n; ++i) {
    text[2 * i] = (char)('a' + order[i]);
    text[2 * i + 1] = i + 1 < n ? ' ' : '\0';
  }
  ck_assert_str_eq(text, orders[_i].order);
}
END_TEST

START_TEST(ten_thousand_nodes_are_ordered_in_no_time)
{
  enum { N = 10000 };
  struct order_link* const links = mem_new_array(struct order_link, N);
  uint32_t* const order = mem_new_array(uint32_t, N);
  uint32_t n_cycle = 0;
  for (uint32_t i = 0; i + 1 < N; ++i) {
    // back and forth, so that the lowest that is ready moves a lot
    links[i] = (struct order_link){ i % 2 ? i / 2 : N - 1 - i / 2,
                                    i % 2 ? N - 2 - i / 2 : i / 2 };
  }
  ck_assert_int_eq(order_sort(N, links, N - 1, order, &n_cycle), STATUS_OK);
  ck_assert_uint_eq(order[0], N - 1);
  links[N - 1] = (struct order_link){ N / 2, N - 1 };
  ck_assert_int_eq(order_sort(N, links, N, order, &n_cycle), STATUS_BAD_GRAPH);
  mem_free(links);
  mem_free(order);
}
END_TEST

START_TEST(order_survives_lack_of_memory)
{
  const struct order_link links[] = { { 0, 1 }, { 1, 0 } };
  uint32_t order[2];
  uint32_t n_cycle;
  enum status st = STATUS_NO_MEMORY;
  for (uint64_t n = 1; st == STATUS_NO_MEMORY; ++n) {
    mem_fail_at(n, 0);
    st = order_sort(2, links, 2, order, &n_cycle);
    ck_assert_uint_lt(n, 20);
  }
  mem_fail_at(0, 0);
  ck_assert_int_eq(st, STATUS_BAD_GRAPH);
}
END_TEST

// --- sets of numbers

static const struct numbers empty = { 0 };

START_TEST(nothing_is_in_the_empty_set)
{
  const struct numbers all = numbers_all();
  struct numbers out;
  ck_assert(!numbers_has(&empty, 0));
  ck_assert(!numbers_intersect(&all, &empty, &out));
  ck_assert(!numbers_is_all(&empty));
}
END_TEST

START_TEST(the_order_of_a_list_is_what_it_likes)
{
  static const uint32_t a[] = { 48000, 44100, 8000 };
  static const uint32_t b[] = { 8000, 48000 };
  const struct numbers x = numbers_list(a, COUNT(a));
  const struct numbers y = numbers_list(b, COUNT(b));
  const struct numbers all = numbers_all();
  struct numbers out;

  ck_assert(numbers_intersect(&x, &y, &out));
  ck_assert_uint_eq(numbers_pick(&out, 0), 48000);
  ck_assert(numbers_intersect(&y, &x, &out));
  ck_assert_uint_eq(numbers_pick(&out, 0), 8000);
  ck_assert(numbers_intersect(&all, &y, &out));
  ck_assert_uint_eq(numbers_pick(&out, 0), 8000);
}
END_TEST

START_TEST(a_range_gives_what_is_nearest_to_its_preference)
{
  const struct numbers range = numbers_range(8000, 96000, 44100);
  const struct numbers low = numbers_range(1, 16000, 0);
  struct numbers out;
  ck_assert_uint_eq(numbers_pick(&range, 48000), 44100);
  ck_assert(numbers_intersect(&low, &range, &out));
  ck_assert_uint_eq(numbers_pick(&out, 48000), 16000);
  ck_assert_uint_eq(numbers_pick(&low, 48000), 16000);
}
END_TEST

static const struct {
  uint32_t from;
  uint32_t to;
} reaches[] = {
  { 44100, 48000 }, // rather more than less
  { 8000, 8000 },   // what is there stays
  { 96000, 48000 }, // else as much as there is
  { 1, 8000 },
  { 16000, 16000 },
};

START_TEST(reach_goes_up_before_it_goes_down)
{
  static const uint32_t list[] = { 16000, 8000, 48000 };
  const struct numbers set = numbers_list(list, COUNT(list));
  ck_assert_uint_eq(numbers_reach(&set, reaches[_i].from), reaches[_i].to);
}
END_TEST

// --- formats as text

static const struct {
  struct rill_format format;
  const char* text;
} formats[] = {
  { { 0 }, "nothing" },
  { { .kind = RILL_KIND_AUDIO, .encoding = RILL_ENC_F32, .channels = 2,
      .rate = 44100, .rate_den = 1 },
    "f32 planar 2ch 44100 Hz" },
  { { .kind = RILL_KIND_AUDIO, .encoding = RILL_ENC_S16, .channels = 1,
      .packing = RILL_INTERLEAVED, .rate = 8000, .rate_den = 1 },
    "s16 interleaved 1ch 8000 Hz" },
  { { .kind = RILL_KIND_TENSOR, .encoding = RILL_ENC_F32, .rank = 1,
      .shape = { 257 }, .rate = 100, .rate_den = 1 },
    "tensor f32 [257] 100/s" },
  { { .kind = RILL_KIND_TENSOR, .encoding = RILL_ENC_S64, .rank = 2,
      .shape = { 3, 4 }, .rate = 44100, .rate_den = 512 },
    "tensor s64 [3, 4] 86.13/s" },
  { { .kind = RILL_KIND_TENSOR, .encoding = RILL_ENC_F32, .rank = 1,
      .shape = { 2 }, .rate = 44100, .rate_den = 882 },
    "tensor f32 [2] 50/s" },
  { { .kind = RILL_KIND_TENSOR, .encoding = RILL_ENC_U8 }, "tensor u8 []" },
  { { .kind = RILL_KIND_JSON }, "json" },
  { { .kind = RILL_KIND_CUSTOM, .uri = "x:mesh" }, "custom x:mesh" },
  { { .kind = RILL_KIND_VIDEO, .encoding = RILL_ENC_RGB24, .width = 640,
      .height = 480, .rate = 25, .rate_den = 1 },
    "video rgb24 640x480 25/s" },
  { { .kind = 99, .encoding = 99 }, "?" },
};

START_TEST(a_format_prints)
{
  char text[128];
  format_print(&formats[_i].format, text, sizeof text);
  ck_assert_str_eq(text, formats[_i].text);
}
END_TEST

START_TEST(a_short_buffer_cuts_the_text)
{
  char text[8];
  format_print(&formats[1].format, text, sizeof text);
  ck_assert_str_eq(text, "f32 pla");
}
END_TEST

START_TEST(a_set_prints_only_what_it_demands)
{
  static const uint32_t rates[] = { 8000, 16000 };
  struct format_sets sets = { .n = 2 };
  struct text text = { 0 };
  sets.at[0] = format_set_all(RILL_KIND_AUDIO);
  sets.at[1] = format_set_all(RILL_KIND_JSON);
  format_sets_print(&sets, &text);
  ck_assert_str_eq(text_get(&text), "any audio or any json");
  text_fini(&text);

  sets.n = 1;
  struct format_set* const set = &sets.at[0];
  *format_set_field(set, RILL_FIELD_ENCODING) = numbers_one(RILL_ENC_F32);
  *format_set_field(set, RILL_FIELD_RATE) = numbers_list(rates, 2);
  *format_set_field(set, RILL_FIELD_CHANNELS) = numbers_range(1, 2, 0);
  format_sets_print(&sets, &text);
  ck_assert_str_eq(text_get(&text), "audio f32 [1..2]ch [8000, 16000] Hz");
  text_fini(&text);
}
END_TEST

// --- sizes

static const struct {
  struct rill_format in;
  struct rill_format out;
  uint32_t frames; // of 4096
} sizes[] = {
  { { .rate = 44100, .rate_den = 1 }, { .rate = 44100, .rate_den = 1 }, 4096 },
  { { .rate = 48000, .rate_den = 1 }, { .rate = 16000, .rate_den = 1 }, 1367 },
  { { .rate = 16000, .rate_den = 1 }, { .rate = 48000, .rate_den = 1 }, 12289 },
  { { .rate = 16000, .rate_den = 1 }, { .rate = 100, .rate_den = 1 }, 27 },
  { { .rate = 44100, .rate_den = 1 }, { .rate = 44100, .rate_den = 512 }, 9 },
  { { .rate = 44100, .rate_den = 1 }, { .rate = 0 }, 4096 },
};

static const struct rill_port_desc in_port = { .direction = RILL_IN };
static const struct rill_port_desc aligned_port = {
  .direction = RILL_IN, .flags = RILL_PORT_ALIGNED
};
static const struct rill_port_desc out_port = { .direction = RILL_OUT };
static const struct rill_port_desc* const plain_ports[] = { &in_port,
                                                            &out_port };
static const struct rill_port_desc* const join_ports[] = { &aligned_port,
                                                           &aligned_port,
                                                           &out_port };
static const struct rill_node_desc plain_desc = { .name = "plain",
                                                  .ports = plain_ports,
                                                  .n_ports = 2 };
static const struct rill_node_desc join_desc = { .name = "join",
                                                 .ports = join_ports,
                                                 .n_ports = 3 };
static struct node_type plain = { .desc = &plain_desc, .path = "" };
static struct node_type join = { .desc = &join_desc, .path = "" };

// A plan from text: "a b c" are plain nodes, "j" joins two; links as above.
struct model {
  struct plan plan;
  struct plan_node nodes[8];
  struct plan_link links[MAX_LINKS];
  struct plan_slot in[8][2];
  struct plan_slot out[8][1];
};

static void
model_link(struct model* m, uint32_t from, uint32_t to)
{
  struct plan_node* const node = &m->nodes[to];
  const uint32_t slot = node->n_in++;
  m->links[m->plan.n_links] =
    (struct plan_link){ .from = from, .to = to, .to_slot = slot };
  node->in[slot].link = (int32_t)m->plan.n_links++;
  node->in[slot].slot.connected = 1;
  node->in[slot].slot.format = m->nodes[from].out[0].slot.format;
  node->type = node->n_in > 1 ? &join : &plain;
  node->in[slot].slot.port = slot;
  node->out[0].slot.port = node->n_in > 1 ? 2 : 1;
}

// *rates* are those of the outputs of all nodes.
static void
model_init(struct model* m, const char* text, const uint32_t* rates)
{
  struct order_link links[MAX_LINKS];
  memset(m, 0, sizeof *m);
  m->plan.nodes = m->nodes;
  m->plan.links = m->links;
  m->plan.block = 4096;
  const uint32_t n = read_links(text, links, &m->plan.n_nodes);
  for (uint32_t i = 0; i < m->plan.n_nodes; ++i) {
    m->nodes[i].type = &plain;
    m->nodes[i].in = m->in[i];
    m->nodes[i].out = m->out[i];
    m->nodes[i].n_out = 1;
    m->out[i][0].slot.connected = 1;
    m->out[i][0].slot.format = (struct rill_format){
      .kind = RILL_KIND_AUDIO, .rate = rates[i], .rate_den = 1
    };
  }
  for (uint32_t i = 0; i < n; ++i) {
    model_link(m, links[i].from, links[i].to);
  }
}

START_TEST(buffers_last_as_long_on_both_sides)
{
  static const uint32_t rates[] = { 1, 1 };
  struct model m;
  model_init(&m, "a>b", rates);
  m.in[1][0].slot.format = sizes[_i].in;
  m.out[1][0].slot.format = sizes[_i].out;
  plan_size(&m.plan);
  ck_assert_uint_eq(m.out[0][0].slot.max_frames, 4096);
  ck_assert_uint_eq(m.in[1][0].slot.max_frames, 4096);
  ck_assert_uint_eq(m.out[1][0].slot.max_frames, sizes[_i].frames);
}
END_TEST

// --- latency: of nodes a to f; delays of the links in order

static const struct {
  const char* links;
  uint32_t rates[6];
  uint32_t latency[6];
  const char* delays;
  double seconds; // of the last node
} latencies[] = {
  // a chain needs no delay, and its latency adds up
  { "a>b b>c", { 8000, 8000, 8000 }, { 0, 80, 80 }, "0 0", 0.02 },
  // the short way waits for the long one
  { "a>b a>c b>d c>d", { 8000, 8000, 8000, 8000 }, { 0, 100, 30, 0 },
    "0 0 0 70", 0.0125 },
  { "a>b a>c b>d c>d", { 8000, 8000, 8000, 8000 }, { 0, 0, 0, 5 }, "0 0 0 0",
    0.000625 },
  // frames of a node count at its own rate, the delay at that of the link
  { "a>b b>c a>d c>d", { 48000, 16000, 48000, 48000 }, { 0, 100, 0, 0 },
    "0 0 300 0", 0.00625 },
  // a join behind a join sees the sum
  { "a>b b>c a>c c>e a>d d>e", { 8000, 8000, 8000, 8000, 8000 },
    { 0, 10, 20, 0, 0 }, "0 0 10 0 0 30", 0.00375 },
  // thirds of a frame are rounded to the nearest
  { "a>b b>c a>c", { 44100, 48000, 44100 }, { 0, 100, 0 }, "0 0 92",
    0.0020861678 },
};

START_TEST(paths_are_compensated)
{
  struct model m;
  char delays[64] = "";
  model_init(&m, latencies[_i].links, latencies[_i].rates);
  for (uint32_t i = 0; i < m.plan.n_nodes; ++i) {
    m.nodes[i].latency_frames = latencies[_i].latency[i];
  }
  for (int twice = 0; twice < 2; ++twice) {
    plan_compensate(&m.plan); // a second time changes nothing
  }
  for (uint32_t i = 0; i < m.plan.n_links; ++i) {
    sprintf(delays + strlen(delays), i ? " %u" : "%u",
            m.links[i].delay_frames);
  }
  ck_assert_str_eq(delays, latencies[_i].delays);
  const double last = plan_path_latency(&m.plan, m.plan.n_nodes - 1);
  ck_assert_double_eq_tol(last, latencies[_i].seconds, 3e-5);
}
END_TEST

START_TEST(latency_survives_lack_of_memory)
{
  struct model m;
  model_init(&m, "a>b", latencies[0].rates);
  mem_fail_at(1, 1);
  plan_compensate(&m.plan);
  ck_assert(plan_path_latency(&m.plan, 1) < 0);
  mem_fail_at(0, 0);
}
END_TEST

START_TEST(seeds_are_those_of_fnv_1a)
{
  ck_assert(plan_hash("") == 0xcbf29ce484222325u);
  ck_assert(plan_hash("a") == 0xaf63dc4c8601ec8cu);
  ck_assert(plan_hash("foobar") == 0x85944171f73967e8u);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, nodes_are_ordered, 0, COUNT(orders));
  tcase_add_test(tcase, ten_thousand_nodes_are_ordered_in_no_time);
  tcase_add_test(tcase, order_survives_lack_of_memory);
  tcase_add_test(tcase, nothing_is_in_the_empty_set);
  tcase_add_test(tcase, the_order_of_a_list_is_what_it_likes);
  tcase_add_test(tcase, a_range_gives_what_is_nearest_to_its_preference);
  tcase_add_loop_test(tcase, reach_goes_up_before_it_goes_down, 0,
                      COUNT(reaches));
  tcase_add_loop_test(tcase, a_format_prints, 0, COUNT(formats));
  tcase_add_test(tcase, a_short_buffer_cuts_the_text);
  tcase_add_test(tcase, a_set_prints_only_what_it_demands);
  tcase_add_loop_test(tcase, buffers_last_as_long_on_both_sides, 0,
                      COUNT(sizes));
  tcase_add_loop_test(tcase, paths_are_compensated, 0, COUNT(latencies));
  tcase_add_test(tcase, latency_survives_lack_of_memory);
  tcase_add_test(tcase, seeds_are_those_of_fnv_1a);
}

int
main(void)
{
  return suite_run("plan", 20, add_tests);
}

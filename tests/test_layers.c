// SPDX-License-Identifier: ISC
// Where boxes go: a picture that can be read for any graph.
#include "base/mem.h"
#include "report/layers.h"
#include "tests/suite.h"

#include <math.h>
#include <string.h>

enum { MAX_BOXES = 64, MAX_LINES = 256 };

struct sketch {
  struct layers layers;
  struct layers_box boxes[MAX_BOXES];
  struct layers_line lines[MAX_LINES];
};

// Lines as "ab bc": boxes are letters, in the order of the alphabet.
static void
sketch(struct sketch* s, const char* lines)
{
  *s = (struct sketch){ 0 };
  s->layers.boxes = s->boxes;
  s->layers.lines = s->lines;
  for (int i = 0; i < MAX_BOXES; ++i) {
    s->boxes[i].width = 80;
    s->boxes[i].height = 40;
  }
  for (char to = 'a'; to <= 'z'; ++to) {
    for (const char* l = lines; *l; l += l[2] ? 3 : 2) {
      const uint32_t end = (uint32_t)(l[1] - 'a');
      if (l[1] == to) {
        s->lines[s->layers.n_lines++] = (struct layers_line){
          .from = (uint32_t)(l[0] - 'a'), .to = end, .from_y = 20, .to_y = 20,
          .label_width = 100
        };
        s->layers.n_boxes = end >= s->layers.n_boxes ? end + 1
                                                     : s->layers.n_boxes;
      }
    }
  }
}

static int
do_overlap(const struct layers_box* a, const struct layers_box* b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width &&
         a->y < b->y + b->height && b->y < a->y + a->height;
}

static void
check_readable(const struct layers* l)
{
  for (uint32_t i = 0; i < l->n_boxes; ++i) {
    const struct layers_box* const box = &l->boxes[i];
    ck_assert(box->x >= 0 && box->y >= -0.001);
    ck_assert(box->x + box->width <= l->width + 0.001);
    ck_assert(box->y + box->height <= l->height + 0.001);
    for (uint32_t k = 0; k < i; ++k) {
      ck_assert(!do_overlap(box, &l->boxes[k]));
    }
  }
  for (uint32_t i = 0; i < l->n_lines; ++i) {
    ck_assert_uint_lt(l->boxes[l->lines[i].from].column,
                      l->boxes[l->lines[i].to].column);
  }
  for (uint32_t i = 0; i < l->n_passes; ++i) {
    for (uint32_t k = 0; k < l->n_boxes; ++k) {
      const struct layers_box* const box = &l->boxes[k];
      ck_assert(box->column != l->passes[i].column ||
                l->passes[i].y < box->y ||
                l->passes[i].y > box->y + box->height);
    }
  }
}

static const char* const graphs[] = {
  "ab",                            // the smallest
  "ab bc cd",                      // a chain
  "ab ac ad be ce de",             // a fan and its end
  "ab bc ac",                      // a line that passes a box
  "ac bc",                         // two sources
  "ab bc cd ae ef ad bf",          // lines that must cross
  "ab cd",                         // two graphs in one
  "ab bc cd de ef fg gh ah ai bi", // long lines
};

START_TEST(nothing_overlaps)
{
  struct sketch s;
  sketch(&s, graphs[_i]);
  ck_assert_int_eq(layers_place(&s.layers), STATUS_OK);
  check_readable(&s.layers);
  layers_fini(&s.layers);
}
END_TEST

START_TEST(a_chain_is_level)
{
  struct sketch s;
  sketch(&s, "ab bc cd");
  ck_assert_int_eq(layers_place(&s.layers), STATUS_OK);
  for (uint32_t i = 1; i < 4; ++i) {
    ck_assert(fabs(s.boxes[i].y - s.boxes[0].y) < 0.001);
    ck_assert_uint_eq(s.boxes[i].column, i);
  }
  layers_fini(&s.layers);
}
END_TEST

START_TEST(branches_do_not_cross)
{
  struct sketch s;
  // b..d above e..g, although the order of the boxes mixes them
  sketch(&s, "ab ac bd ce df eg");
  ck_assert_int_eq(layers_place(&s.layers), STATUS_OK);
  const int b_is_above = s.boxes[1].y < s.boxes[2].y;
  ck_assert_int_eq(s.boxes[3].y < s.boxes[4].y, b_is_above);
  ck_assert_int_eq(s.boxes[5].y < s.boxes[6].y, b_is_above);
  layers_fini(&s.layers);
}
END_TEST

START_TEST(a_source_stands_before_its_reader)
{
  struct sketch s;
  sketch(&s, "ab bc ce de"); // d is read by e alone, in column 3
  ck_assert_int_eq(layers_place(&s.layers), STATUS_OK);
  ck_assert_uint_eq(s.boxes[3].column, 2);
  layers_fini(&s.layers);
}
END_TEST

START_TEST(random_graphs_are_readable)
{
  struct sketch s;
  uint32_t random = 12345u + (uint32_t)_i;
  sketch(&s, "");
  s.layers.n_boxes = MAX_BOXES;
  for (uint32_t to = 1; to < MAX_BOXES; ++to) {
    for (int k = 0; k < 2; ++k) {
      random = random * 1664525u + 1013904223u;
      s.lines[s.layers.n_lines++] = (struct layers_line){
        .from = (random >> 8) % to, .to = to, .from_y = 10 + 20 * k,
        .to_y = 30 - 20 * k, .label_width = (random >> 24)
      };
    }
  }
  ck_assert_int_eq(layers_place(&s.layers), STATUS_OK);
  check_readable(&s.layers);
  layers_fini(&s.layers);
}
END_TEST

START_TEST(no_boxes_are_a_picture_too)
{
  struct sketch s;
  sketch(&s, "");
  ck_assert_int_eq(layers_place(&s.layers), STATUS_OK);
  layers_fini(&s.layers);
}
END_TEST

START_TEST(lack_of_memory_is_said)
{
  struct sketch s;
  enum status st = STATUS_NO_MEMORY;
  for (uint64_t n = 1; st; ++n) {
    sketch(&s, "ab bc ac");
    mem_fail_at(n, 0);
    st = layers_place(&s.layers);
    mem_fail_at(0, 0);
    layers_fini(&s.layers);
    ck_assert(st == STATUS_OK || st == STATUS_NO_MEMORY);
    ck_assert_uint_lt(n, 50);
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, nothing_overlaps, 0,
                      sizeof graphs / sizeof graphs[0]);
  tcase_add_test(tcase, a_chain_is_level);
  tcase_add_test(tcase, branches_do_not_cross);
  tcase_add_test(tcase, a_source_stands_before_its_reader);
  tcase_add_loop_test(tcase, random_graphs_are_readable, 0, 20);
  tcase_add_test(tcase, no_boxes_are_a_picture_too);
  tcase_add_test(tcase, lack_of_memory_is_said);
}

int
main(void)
{
  return suite_run("layers", 10, add_tests);
}

// SPDX-License-Identifier: ISC
// Caps, hostile files, and memory that runs out.
#include "base/mem.h"
#include "base/text.h"
#include "config.h"
#include "spec/diag.h"
#include "spec/spec.h"
#include "tests/suite.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MIB = 1024 * 1024 };

// A text that says *item* (with %u for its number) n times.
struct recipe {
  const char* head;
  const char* item;
  const char* tail;
  unsigned n;
};

static char*
cook(const struct recipe* r)
{
  struct text text = { 0 };
  text_add(&text, "%s", r->head);
  for (unsigned i = 0; i < r->n; ++i) {
    char item[256];
    const char* const number = strstr(r->item, "%u");
    snprintf(item, sizeof item, "%.*s%u%s",
             number ? (int)(number - r->item) : 0, number ? r->item : "", i,
             number ? number + 2 : "");
    text_add(&text, "%s", number ? item : r->item);
  }
  text_add(&text, "%s", r->tail);
  return text_take(&text);
}

static const char*
outcome(const char* text, enum status* status)
{
  static char code[8];
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  *status = spec_parse("g.yaml", text, strlen(text), NULL, 0, diags, &spec);
  const struct diag* const d = diags_get(diags, 0);
  strcpy(code, d ? d->code : "");
  spec_free(spec);
  diags_free(diags);
  return code;
}

#define GRAPH "rill: 1\nnodes: {a: {type: x}}\n"

// Each cap: fine at it, refused at one more.
static const struct {
  struct recipe recipe;
  const char* code;
} caps[] = {
  { { GRAPH, "#", "", MIB - (sizeof GRAPH - 1) }, "G002" },
  { { "rill: 1\nnodes:\n", "  n%u: {type: x}\n", "", 10000 }, "G017" },
  { { "rill: 1\ntemplates: {t: {nodes: {a: {type: x}, b: {type: x}}}}\n"
      "nodes:\n", "  n%u: {template: t}\n", "", 4999 }, "" },
  { { "rill: 1\nnodes: {a: {type: x, in: [", "b,", "]}}\n", 100000 }, "G018" },
  { { GRAPH "name: ", "n", "\n", 65536 }, "G009" },
  { { GRAPH "name: \"", "\\u65e5", "\"\n", 21845 }, "G009" },
  { { GRAPH "x-a: ", "[", "", 31 }, "" },
  { { "rill: 1\nnodes:\n  a: {type: x}\n  ",
      "n", ": {type: x}\n", 64 }, "G014" },
  { { "rill: 1\nnodes: {i: {template: t}}\ntemplates: {t: {params: {",
      "p%u: 1,", "}, nodes: {a: {type: x}}}}\n", 64 }, "G002" },
  { { "rill: 1\nnodes: {a: {type: x}}\ntemplates: {t: {in: {", "p%u: a,",
      "}, nodes: {a: {type: x}}}}\n", 64 }, "G002" },
  { { "rill: 1\nnodes: {a: {type: x}}\ntemplates: {t: {out: {", "p%u: a,",
      "}, nodes: {a: {type: x}}}}\n", 64 }, "G002" },
};

START_TEST(a_cap_holds_exactly)
{
  struct recipe recipe = caps[_i].recipe;
  enum status st;
  char* text = cook(&recipe);
  const char* code = outcome(text, &st);
  free(text);
  if (*caps[_i].code) {
    ck_assert_msg(!st, "at the cap: %s", code);
    ++recipe.n;
    text = cook(&recipe);
    code = outcome(text, &st);
    ck_assert_int_eq(st, STATUS_BAD_GRAPH);
    ck_assert_str_eq(code, caps[_i].code);
    free(text);
  }
}
END_TEST

// Fault 27: lists and maps together, 32 of them.
START_TEST(depth_32_is_the_deepest)
{
  struct text text = { 0 };
  for (int n = 31; n <= 32; ++n) {
    text_add(&text, "%sx-a: ", GRAPH);
    for (int i = 0; i < n; ++i) {
      text_add(&text, i % 2 ? "[" : "{k: ");
    }
    for (int i = n - 1; i >= 0; --i) {
      text_add(&text, i % 2 ? "]" : "}");
    }
    enum status st;
    const char* const code = outcome(text_get(&text), &st);
    ck_assert_str_eq(code, n == 31 ? "" : "G008");
    text_fini(&text);
  }
}
END_TEST

START_TEST(templates_are_eight_deep_at_most)
{
  struct text text = { 0 };
  for (int n = 8; n <= 9; ++n) {
    text_add(&text, "rill: 1\nnodes: {i: {template: t1}}\ntemplates:\n");
    for (int i = 1; i < n; ++i) {
      text_add(&text, "  t%d: {nodes: {n: {template: t%d}}}\n", i, i + 1);
    }
    text_add(&text, "  t%d: {nodes: {n: {type: x}}}\n", n);
    enum status st;
    const char* const code = outcome(text_get(&text), &st);
    ck_assert_str_eq(code, n == 8 ? "" : "G008");
    text_fini(&text);
  }
}
END_TEST

// Files that want to take long or much. Each is refused, or read, in time.
static const struct {
  struct recipe recipe;
  const char* code;
} bombs[] = {
  { { "rill: 1\nx-a: ", "[", "", 100000 }, "G008" }, // fault 28
  { { "", "[", "", 100000 }, "G006" },
  { { "rill: 1\nx-a: ", "{", "", 100000 }, "G006" },
  { { "rill: 1\nx-a: ", "{a: ", "", 100000 }, "G008" },
  { { "rill: 1\nx-a:\n  ", "- ", "", 100000 }, "G008" },
  { { "rill: 1\nx-a:\n  ", "? ", "", 100000 }, "G006" },
  { { GRAPH "x-a: ", "a", "\n", MIB - 100 }, "G009" }, // fault 32
  { { GRAPH "x-a: [", "*a,", "]", 300000 }, "G007" },  // fault 29
  { { GRAPH "x-a: [", "&a ,", "]", 200000 }, "G007" },
  { { "rill: 1\nx-a: {", "a,", "}\n", 500000 }, "G012" },
  { { "rill: 1\n", "k%u:\n", "", 100000 }, "G011" },
  { { "rill: 1\nnodes: {a: {type: x, with: {p: [", "1,", "]}}}\n", 500000 },
    "" },
  { { "rill: 1\nnodes: {a: {type: x, with: {p: [", "$(u),", "]}}}\n", 200000 },
    "G070" },
  { { "rill: 1\nvars:\n", "  v%u: $(v)\n", GRAPH, 50000 }, "G070" },
  { { "%YAML 1.1\n", "%TAG !a! b\n", GRAPH, 90000 }, "G007" },
};

static double
seconds(clockid_t clock)
{
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// Time on the processor: another process must not fail this test.
START_TEST(a_hostile_file_takes_little)
{
  char* const text = cook(&bombs[_i].recipe);
  enum status st;
  const double begin = seconds(CLOCK_PROCESS_CPUTIME_ID);
  const char* const code = outcome(text, &st);
  const double taken = seconds(CLOCK_PROCESS_CPUTIME_ID) - begin;
  ck_assert_str_eq(code, bombs[_i].code);
#ifndef RILL_SANITIZED
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  ck_assert_double_lt(taken, _i ? 1 : 0.05);
  ck_assert_int_lt(usage.ru_maxrss, 64 * 1024); // KiB
#else
  ck_assert_double_lt(taken, 20);
#endif
  free(text);
}
END_TEST

// Variables, and templates, that double at each step.
START_TEST(what_doubles_is_stopped)
{
  struct text text = { 0 };
  enum status st;
  text_add(&text, "rill: 1\nvars:\n  v0: xxxxxxxxxxxxxxxx\n");
  for (int i = 1; i < 30; ++i) {
    text_add(&text, "  v%d: $(v%d)$(v%d)\n", i, i - 1, i - 1);
  }
  text_add(&text, "nodes: {a: {type: $(v29)}}\n");
  ck_assert_str_eq(outcome(text_get(&text), &st), "G009");
  text_fini(&text);

  text_add(&text, "rill: 1\nvars: {v: %065000d}\nnodes: {a: {type: x, with: {p: [",
           0);
  for (int i = 0; i < 10000; ++i) {
    text_add(&text, "$(v),");
  }
  text_add(&text, "]}}}\n");
  ck_assert_str_eq(outcome(text_get(&text), &st), "G002");
  text_fini(&text);

  text_add(&text, "rill: 1\nnodes: {i: {template: t7}}\ntemplates:\n"
                  "  t0: {nodes: {n: {type: x}}}\n");
  for (int i = 1; i <= 7; ++i) {
    text_add(&text, "  t%d: {nodes: {", i);
    for (int k = 0; k < 10; ++k) {
      text_add(&text, "n%d: {template: t%d},", k, i - 1);
    }
    text_add(&text, "}}\n");
  }
  ck_assert_str_eq(outcome(text_get(&text), &st), "G017");
  text_fini(&text);
}
END_TEST

// Something of everything, right or wrong.
static const char rich[] =
  "rill: 1\n"
  "name: $(n)\n"
  "vars: {n: $(m)!, m: 1, r: {type: rate, default: 16kHz}, f: {required: true}}\n"
  "run: {block: 64, threads: 2, mode: offline}\n"
  "convert: explicit\n"
  "include: none.yaml\n"
  "templates:\n"
  "  t: {params: {p: , q: $(r)}, in: {a: n.u, b: [n.v, n.w]},\n"
  "      out: {o: n.x}, nodes: {n: {type: x, with: {z: $(p)$(q)}}}}\n"
  "nodes:\n"
  "  s: {type: src, doc: d, with: {l: [[1, 2], [3, 4]], e: $(zz:-$(m))}}\n"
  "  i: {template: t, in: [s], with: {p: 1}}\n"
  "  j: {template: t, in: i, with: {q: 1}}\n"
  "  o: {type: out, in: [j.o, i.y], wiht: 1, with: {a: $(mm), a: 2}}\n"
  "  o: {type: \"$(unclosed\"}\n"
  "metrics: {a: b}\n"
  "x-u: [&a *b]\n";

static enum status
read_rich(void)
{
  static const struct spec_setting settings[] = { { "m", "2" }, { "k", "3" } };
  struct diags* const diags = diags_new();
  if (!diags) {
    return STATUS_NO_MEMORY;
  }
  struct spec* spec = NULL;
  const enum status st = spec_parse("g.yaml", rich, sizeof rich - 1, settings,
                                    2, diags, &spec);
  spec_free(spec);
  diags_free(diags);
  return st;
}

START_TEST(every_allocation_may_fail)
{
  const uint64_t before = mem_count();
  ck_assert_int_eq(read_rich(), STATUS_BAD_GRAPH);
  const uint64_t n = mem_count() - before;
  ck_assert_uint_gt(n, 50);
  for (uint64_t i = 1; i <= n; ++i) {
    mem_fail_at(i, _i);
    const enum status st = read_rich();
    mem_fail_at(0, 0);
    ck_assert_msg(st == STATUS_NO_MEMORY || st == STATUS_BAD_GRAPH,
                  "allocation %d: %s", (int)i, status_name(st));
  }
}
END_TEST

static const char good[] =
  "rill: 1\n"
  "vars: {m: 1}\n"
  "templates:\n"
  "  t: {params: {p: 1}, in: {a: n}, out: {o: n}, nodes: {n: {type: x}}}\n"
  "nodes: {s: {type: $(m)}, i: {template: t, in: s}, o: {type: x, in: i}}\n";

START_TEST(lack_of_memory_is_never_a_bad_graph)
{
  enum status st;
  const uint64_t before = mem_count();
  outcome(good, &st);
  const uint64_t n = mem_count() - before;
  for (uint64_t i = 2; i <= n; ++i) { // 1 is the test's own
    mem_fail_at(i, 0);
    outcome(good, &st);
    mem_fail_at(0, 0);
    ck_assert_msg(st == STATUS_NO_MEMORY, "allocation %d of %d: %s", (int)i,
                  (int)n, status_name(st));
  }
}
END_TEST

// Fault 17: the language of the user is no language of graph files.
START_TEST(a_decimal_comma_changes_nothing)
{
  static const char* const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8" };
  for (int i = 0; i < 3 && !setlocale(LC_ALL, names[i]); ++i) {
  }
  enum status st;
  outcome("rill: 1\nvars: {f: {type: float, default: 0.5}}\n"
          "nodes: {a: {type: x}}\n", &st);
  ck_assert_int_eq(st, STATUS_OK);
  outcome("rill: 1\nvars: {f: {type: float, default: '0,5'}}\n"
          "nodes: {a: {type: x}}\n", &st);
  ck_assert_int_eq(st, STATUS_BAD_GRAPH);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_cap_holds_exactly, 0,
                      sizeof caps / sizeof caps[0]);
  tcase_add_test(tcase, depth_32_is_the_deepest);
  tcase_add_test(tcase, templates_are_eight_deep_at_most);
  tcase_add_loop_test(tcase, a_hostile_file_takes_little, 0,
                      sizeof bombs / sizeof bombs[0]);
  tcase_add_test(tcase, what_doubles_is_stopped);
  tcase_add_loop_test(tcase, every_allocation_may_fail, 0, 2);
  tcase_add_test(tcase, lack_of_memory_is_never_a_bad_graph);
  tcase_add_test(tcase, a_decimal_comma_changes_nothing);
}

int
main(void)
{
  return suite_run("spec_limits", 120, add_tests);
}

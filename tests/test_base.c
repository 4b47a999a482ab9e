// SPDX-License-Identifier: ISC
#include "base/log.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/text.h"
#include "tests/suite.h"

#include <rill/status.h>

#include <string.h>

static const struct {
  enum status status;
  int exit_code;
} codes[] = {
  { STATUS_OK, 0 },         { STATUS_INTERNAL, 1 },  { STATUS_USAGE, 2 },
  { STATUS_BAD_GRAPH, 3 },  { STATUS_BAD_PLUGIN, 4 }, { STATUS_BAD_INPUT, 5 },
  { STATUS_SOME_FAILED, 6 }, { STATUS_BAD_OUTPUT, 7 }, { STATUS_REFUSED, 8 },
  { STATUS_LIMIT, 9 },      { STATUS_DIFFERS, 10 },  { STATUS_RESUMABLE, 75 },
  { STATUS_SIGINT, 130 },   { STATUS_SIGTERM, 143 },
};

START_TEST(exit_codes_are_those_of_the_manual)
{
  ck_assert_int_eq(status_exit_code(codes[_i].status), codes[_i].exit_code);
  ck_assert_uint_gt(strlen(status_text(codes[_i].status)), 3);
}
END_TEST

START_TEST(plugin_errors_keep_their_class)
{
  ck_assert_int_eq(status_from_plugin(RILL_ERR_INPUT), STATUS_BAD_INPUT);
  ck_assert_int_eq(status_from_plugin(RILL_ERR_OUTPUT), STATUS_BAD_OUTPUT);
  ck_assert_int_eq(status_from_plugin(RILL_ERR_FAILED), STATUS_BAD_PLUGIN);
  ck_assert_int_eq(status_from_plugin(-12345), STATUS_BAD_PLUGIN);
  ck_assert_int_eq(status_from_plugin(RILL_DRAINED), STATUS_OK);
}
END_TEST

START_TEST(the_nth_allocation_fails)
{
  mem_fail_at(2, 0);
  void* const first = mem_zeroed(1, 8);
  ck_assert_ptr_nonnull(first);
  ck_assert_ptr_null(mem_zeroed(1, 8));
  void* const third = mem_zeroed(1, 8);
  ck_assert_ptr_nonnull(third);
  mem_free(first);
  mem_free(third);
}
END_TEST

START_TEST(a_lasting_failure_lasts)
{
  mem_fail_at(1, 1);
  ck_assert_ptr_null(mem_zeroed(1, 8));
  ck_assert_ptr_null(mem_strdup("x"));
  ck_assert_ptr_null(mem_aligned(8));
  mem_fail_at(0, 0);
  char* const s = mem_strdup("x");
  ck_assert_str_eq(s, "x");
  mem_free(s);
}
END_TEST

START_TEST(a_product_that_overflows_is_refused)
{
  ck_assert_ptr_null(mem_zeroed(SIZE_MAX / 2, 3));
}
END_TEST

START_TEST(text_grows_and_survives_lack_of_memory)
{
  struct text text = { 0 };
  ck_assert_str_eq(text_get(&text), "");
  for (int i = 0; i < 1000; ++i) {
    text_add(&text, "%d,", i);
  }
  ck_assert_uint_eq(text.n, 10 * 2 + 90 * 3 + 900 * 4);
  mem_fail_at(1, 1);
  text_add_bytes(&text, text.data, text.n);
  text_add_bytes(&text, text.data, text.n);
  mem_fail_at(0, 0);
  ck_assert_int_eq(text.failed, 1);
  ck_assert_ptr_null(text_take(&text));
}
END_TEST

static void
keep_line(void* arg, enum log_level level, const char* line)
{
  (void)level;
  strcpy(arg, line);
}

START_TEST(a_long_line_is_cut_and_still_ends)
{
  char kept[9000] = "";
  char* const text = malloc(8000);
  memset(text, 'x', 7999);
  text[7999] = '\0';
  log_set_sink(keep_line, kept);
  log_error("%s", text);
  log_set_sink(NULL, NULL);
  ck_assert_uint_lt(strlen(kept), 6000);
  ck_assert_int_eq(kept[strlen(kept) - 1], '\n');
  ck_assert_ptr_nonnull(strstr(kept, "rill: error: xxx"));
  free(text);
}
END_TEST

START_TEST(levels_are_words)
{
  ck_assert_int_eq(log_level_from_text("debug"), LOG_DEBUG);
  ck_assert_int_eq(log_level_from_text("loud"), -1);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, exit_codes_are_those_of_the_manual, 0,
                      sizeof codes / sizeof codes[0]);
  tcase_add_test(tcase, plugin_errors_keep_their_class);
  tcase_add_test(tcase, the_nth_allocation_fails);
  tcase_add_test(tcase, a_lasting_failure_lasts);
  tcase_add_test(tcase, a_product_that_overflows_is_refused);
  tcase_add_test(tcase, text_grows_and_survives_lack_of_memory);
  tcase_add_test(tcase, a_long_line_is_cut_and_still_ends);
  tcase_add_test(tcase, levels_are_words);
}

int
main(void)
{
  return suite_run("base", 10, add_tests);
}

// SPDX-License-Identifier: ISC
#include "base/json.h"
#include "base/json_read.h"
#include "base/mem.h"
#include "tests/suite.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static const struct {
  const char* text;
  const char* written;
} texts[] = {
  { "\xff", "\"\xef\xbf\xbd\"" },             // no UTF-8 at all
  { "a\xc3", "\"a\xef\xbf\xbd\"" },           // cut short at the end
  { "\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"" }, // too long for its value
  { "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" }, // surrogate
  { "\x01\n\t\"\\", "\"\\u0001\\n\\t\\\"\\\\\"" }, // what must be escaped
  { "/tmp/\xc3\xa4\xf0\x9f\x8e\xb5", "\"/tmp/\xc3\xa4\xf0\x9f\x8e\xb5\"" },
  { "", "\"\"" },
  { NULL, "null" },
};

START_TEST(a_text_is_always_valid_json)
{
  struct json json = { .layout = JSON_LINE };
  json_open_array(&json, NULL);
  json_put_text(&json, NULL, texts[_i].text);
  char* const out = json_finish(&json);
  char expected[64];
  snprintf(expected, sizeof expected, "[%s]", texts[_i].written);
  ck_assert_str_eq(out, expected);

  struct json_value* value = NULL;
  char error[128];
  ck_assert_int_eq(json_read(out, strlen(out), &value, error, sizeof error), 0);
  json_drop(value);
  mem_free(out);
}
END_TEST

static const struct {
  double number;
  const char* written;
} numbers[] = {
  { NAN, "null" },       { INFINITY, "null" },   { 0.1, "0.1" },
  { -0.0, "-0" },        { 1.0 / 3, "0.3333333333333333" },
  { 16000, "16000" },    { 1e-9, "1e-09" },      { 4.9e-324, "5e-324" },
  { 1e300, "1e+300" },   { 44100.5, "44100.5" },
};

START_TEST(a_number_is_the_shortest_that_reads_back)
{
  struct json json = { .layout = JSON_LINE };
  json_open_array(&json, NULL);
  json_put_real(&json, NULL, numbers[_i].number);
  char* const out = json_finish(&json);
  char expected[64];
  snprintf(expected, sizeof expected, "[%s]", numbers[_i].written);
  ck_assert_str_eq(out, expected);
  mem_free(out);
}
END_TEST

static void
write_document(struct json* json)
{
  json_begin(json, "rill.test/1");
  json_put_int(json, "least", INT64_MIN);
  json_put_uint(json, "most", UINT64_MAX);
  json_put_flag(json, "yes", 7);
  json_open_array(json, "items");
  json_open_object(json, NULL);
  json_put_text(json, "id", "a");
  json_open_array(json, "none");
  json_close(json);
  json_close(json);
  json_open_object(json, NULL);
  json_put_null(json, "id");
  json_close(json);
  json_close(json);
  json_open_object(json, "empty");
}

START_TEST(a_document_has_one_item_a_line)
{
  struct json json = { 0 };
  write_document(&json);
  char* const out = json_finish(&json);
  ck_assert_str_eq(out, "{\n"
                        "  \"schema\": \"rill.test/1\",\n"
                        "  \"least\": -9223372036854775808,\n"
                        "  \"most\": 18446744073709551615,\n"
                        "  \"yes\": true,\n"
                        "  \"items\": [\n"
                        "    {\"id\": \"a\", \"none\": []},\n"
                        "    {\"id\": null}\n"
                        "  ],\n"
                        "  \"empty\": {}\n"
                        "}");
  mem_free(out);
}
END_TEST

START_TEST(too_deep_is_a_failure_not_an_overrun)
{
  struct json json = { 0 };
  for (int i = 0; i < 2 * JSON_MAX_DEPTH; ++i) {
    json_open_array(&json, NULL);
  }
  ck_assert_ptr_null(json_finish(&json));
}
END_TEST

START_TEST(lack_of_memory_shows_at_the_end)
{
  uint64_t n = 0;
  char* out = NULL;
  while (!out) {
    struct json json = { 0 };
    mem_fail_at(++n, 1);
    write_document(&json);
    out = json_finish(&json);
    mem_fail_at(0, 0);
    ck_assert_uint_lt(n, 100);
  }
  ck_assert_uint_gt(n, 1);
  mem_free(out);
}
END_TEST

START_TEST(a_full_disk_is_noticed)
{
  FILE* const full = fopen("/dev/full", "w");
  struct json json = { 0 };
  ck_assert_ptr_nonnull(full);
  setvbuf(full, NULL, _IONBF, 0);
  write_document(&json);
  ck_assert_int_eq(json_print(&json, full), STATUS_BAD_OUTPUT);
  fclose(full);
}
END_TEST

static const struct {
  const char* text;
  const char* error;
} broken[] = {
  { "", "line 1" },
  { "{\"a\": 1", "line 1" },
  { "{\n\"a\": 1,\n\"a\": 2}", "line 3" },
  { "[1] x", "line 1" },
};

START_TEST(broken_json_is_refused_with_its_place)
{
  struct json_value* value = NULL;
  char error[128] = "";
  ck_assert_int_eq(json_read(broken[_i].text, strlen(broken[_i].text), &value,
                             error, sizeof error),
                   STATUS_BAD_INPUT);
  ck_assert_ptr_null(value);
  ck_assert_ptr_nonnull(strstr(error, broken[_i].error));
}
END_TEST

START_TEST(what_was_written_can_be_read)
{
  struct json json = { 0 };
  struct json_value* value = NULL;
  char error[128] = "";
  json_begin(&json, "rill.test/1");
  json_open_array(&json, "nodes");
  json_open_object(&json, NULL);
  json_put_real(&json, "share", 0.25);
  char* const out = json_finish(&json);
  ck_assert_int_eq(json_read(out, strlen(out), &value, error, sizeof error), 0);
  ck_assert_str_eq(json_find_text(value, "schema"), "rill.test/1");
  ck_assert_ptr_null(json_find_text(value, "nodes"));
  const struct json_value* const nodes = json_find(value, "nodes");
  ck_assert_uint_eq(json_n_items(nodes), 1);
  ck_assert(json_find_number(json_item(nodes, 0), "share", -1) == 0.25);
  ck_assert(json_find_number(json_item(nodes, 1), "share", -1) == -1);
  json_drop(value);
  mem_free(out);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_text_is_always_valid_json, 0,
                      sizeof texts / sizeof texts[0]);
  tcase_add_loop_test(tcase, a_number_is_the_shortest_that_reads_back, 0,
                      sizeof numbers / sizeof numbers[0]);
  tcase_add_test(tcase, a_document_has_one_item_a_line);
  tcase_add_test(tcase, too_deep_is_a_failure_not_an_overrun);
  tcase_add_test(tcase, lack_of_memory_shows_at_the_end);
  tcase_add_test(tcase, a_full_disk_is_noticed);
  tcase_add_loop_test(tcase, broken_json_is_refused_with_its_place, 0,
                      sizeof broken / sizeof broken[0]);
  tcase_add_test(tcase, what_was_written_can_be_read);
}

int
main(void)
{
  return suite_run("json", 10, add_tests);
}

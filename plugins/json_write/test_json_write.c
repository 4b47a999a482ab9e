// SPDX-License-Identifier: ISC
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/rill-json-XXXXXX";

static const char*
in_folder(const char* name)
{
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static const char*
read_file(const char* path)
{
  static char text[65536];
  FILE* const file = fopen(path, "r");
  if (!file) {
    return NULL;
  }
  text[fread(text, 1, sizeof text - 1, file)] = '\0';
  fclose(file);
  return text;
}

static struct rig*
open_rig(const char* path)
{
  struct rig* const rig = rig_open("plugins/json_write/json_write", "json.write");
  rig_set(rig, "path", path);
  rig_payload(rig, 0, RILL_KIND_JSON, 0);
  return rig;
}

static const struct {
  const char* path;
  const char* text;
} refusals[] = {
  { "/nowhere/list.ndjson", "does not exist" },
  { "/tmp", "this is a folder" },
  { "/dev/full", "no space left" },
};

START_TEST(an_output_that_cannot_be_says_why)
{
  struct rig* const rig = open_rig(refusals[_i].path);
  rig_start(rig, 64);
  rig_push_text(rig, 0, "{}", 0);
  int32_t rc = rig_try_run(rig);
  rc = rc < 0 ? rc : rig_try_drain(rig);
  ck_assert_int_eq(rc, RILL_ERR_OUTPUT);
  ck_assert_ptr_nonnull(strstr(rig_error(rig), refusals[_i].text));
  ck_assert_ptr_nonnull(strstr(rig_error(rig), refusals[_i].path));
  rig_close(rig);
}
END_TEST

START_TEST(values_become_lines)
{
  const char* const path = in_folder("list.ndjson");
  struct rig* const rig = open_rig(path);
  rig_start(rig, 64);
  ck_assert_ptr_null(read_file(path)); // starting touches nothing
  rig_push_text(rig, 0, "{\"a\":1}", 0);
  rig_push_text(rig, 0, "{\n  \"b\": \"x\\n\"\n}", 1000);
  rig_run(rig);
  ck_assert_ptr_null(read_file(path)); // nor is it there before the end
  rig_drain(rig);
  ck_assert_str_eq(read_file(path), "{\"a\":1}\n{   \"b\": \"x\\n\" }\n");
  rig_close(rig);
}
END_TEST

START_TEST(no_value_is_an_empty_file)
{
  const char* const path = in_folder("empty.ndjson");
  struct rig* const rig = open_rig(path);
  rig_start(rig, 64);
  rig_drain(rig);
  ck_assert_str_eq(read_file(path), "");
  rig_close(rig);
}
END_TEST

START_TEST(what_was_not_drained_is_not_there)
{
  const char* const path = in_folder("gone.ndjson");
  struct rig* const rig = open_rig(path);
  rig_start(rig, 64);
  rig_push_text(rig, 0, "1", 0);
  rig_run(rig);
  rig_close(rig);
  ck_assert_ptr_null(read_file(path));
}
END_TEST

START_TEST(long_values_and_many_are_whole)
{
  const char* const path = in_folder("long.ndjson");
  struct rig* const rig = open_rig(path);
  char value[3000];
  memset(value, '7', sizeof value - 1);
  value[sizeof value - 1] = '\0';
  rig_start(rig, 64);
  for (int i = 0; i < 100; ++i) {
    rig_push_text(rig, 0, value, i);
    rig_run(rig);
  }
  rig_drain(rig);
  FILE* const file = fopen(path, "r");
  fseek(file, 0, SEEK_END);
  ck_assert_int_eq(ftell(file), 100 * 3000);
  fclose(file);
  rig_close(rig);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, an_output_that_cannot_be_says_why, 0,
                      sizeof refusals / sizeof refusals[0]);
  tcase_add_test(tcase, values_become_lines);
  tcase_add_test(tcase, no_value_is_an_empty_file);
  tcase_add_test(tcase, what_was_not_drained_is_not_there);
  tcase_add_test(tcase, long_values_and_many_are_whole);
}

int
main(void)
{
  if (!mkdtemp(folder)) {
    return EXIT_FAILURE;
  }
  const int rc = suite_run("json_write", 20, add_tests);
  char command[300];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  return system(command) ? EXIT_FAILURE : rc;
}

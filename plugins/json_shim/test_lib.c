// SPDX-License-Identifier: ISC
// json.lib with the node types of test_objects.c. Case 122 of the list of
// faults, and what a legacy object may be.
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OBJECTS "plugins/json_shim/objects/.libs/test_objects.so"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char folder[4096];

static const char*
in_build(const char* name)
{
  static char path[8192];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static struct rig*
open_node(const char* library, const char* node)
{
  struct rig* const rig = rig_open("plugins/json_shim/json_shim", "json.lib");
  rig_set(rig, "library", library);
  rig_set(rig, "node", node);
  rig_payload(rig, 0, RILL_KIND_TEXT, 0);
  return rig;
}

static void
expect_text(struct rig* rig, const char* fragment)
{
  if (!strstr(rig_error(rig), fragment)) {
    ck_abort_msg("\"%s\" lacks \"%s\"", rig_error(rig), fragment);
  }
}

static const struct {
  const char* library; // below the build folder
  const char* node;
  int32_t status;
  const char* text;
} refusals[] = {
  { "nowhere.so", "", RILL_ERR_NOT_FOUND, "cannot load" },
  { "plugins/json_shim", "", RILL_ERR_NOT_FOUND, "cannot load" },
  { "Makefile", "", RILL_ERR_NOT_FOUND, "cannot load" },
  { "plugins/gain/.libs/gain.so", "", RILL_ERR_UNSUPPORTED,
    "no symbol 'rill_legacy_v1': it is no legacy object" },
  { OBJECTS, "", RILL_ERR_BAD_PARAM,
    "several node types: say which with 'node'" },
  { OBJECTS, "ehco", RILL_ERR_UNSUPPORTED, "no destroy, which is required" },
  { OBJECTS, "no_destroy", RILL_ERR_UNSUPPORTED,
    "no destroy, which is required" },
};

START_TEST(an_object_that_is_none_says_why)
{
  struct rig* const rig =
    open_node(in_build(refusals[_i].library), refusals[_i].node);
  ck_assert_int_eq(rig_try_start(rig, 64), refusals[_i].status);
  expect_text(rig, refusals[_i].text);
  rig_close(rig);
}
END_TEST

START_TEST(a_name_is_looked_for_in_folders_only)
{
  struct rig* const rig = open_node("no_such_object", "echo");
  ck_assert_int_eq(rig_try_start(rig, 64), RILL_ERR_NOT_FOUND);
  expect_text(rig, "no legacy object 'no_such_object' in the folders of "
                   "RILL_LEGACY_PATH");
  rig_close(rig);
}
END_TEST

// 122
static const struct {
  const char* node;
  const char* params;
  int32_t status;
  const char* text;
} faults[] = {
  { "gives_null", "{}", RILL_ERR_FAILED, "gave no reply (null)" },
  { "gives_error", "{}", RILL_ERR_FAILED, "Division by zero" },
  { "gives_no_json", "{}", RILL_ERR_FAILED, "the reply 'done' is not JSON" },
  { "gives_no_nul", "{}", RILL_ERR_FAILED, "without a NUL at its length" },
  { "gives_wrong_length", "{}", RILL_ERR_FAILED, "longer than max_line" },
  { "gives_freed", "{}", RILL_ERR_FAILED, "is not JSON" },
  { "echo", "{\"mode\": \"refuse\"}", RILL_ERR_BAD_PARAM, "no such mode" },
  { "echo", "{\"mode\": \"silent\"}", RILL_ERR_FAILED,
    "create of legacy node 'echo' gave nothing, and no reason" },
};

START_TEST(a_node_that_breaks_the_contract_is_named)
{
  struct rig* const rig = open_node(in_build(OBJECTS), faults[_i].node);
  rig_set(rig, "params", faults[_i].params);
  rig_start(rig, 64);
  rig_push_text(rig, 0, "a", 0);
  ck_assert_int_eq(rig_try_run(rig), faults[_i].status);
  expect_text(rig, faults[_i].text);
  expect_text(rig, faults[_i].node);
  rig_close(rig);
}
END_TEST

START_TEST(values_go_through_and_finish_is_called_once)
{
  setenv("RILL_LEGACY_PATH", in_build("plugins/json_shim/objects/.libs"), 1);
  struct rig* const rig = open_node("test_objects", "echo");
  rig_start(rig, 64);
  for (int i = 0; i < 2; ++i) {
    rig_push_text(rig, 0, "one", 0);
    rig_push_text(rig, 0, "two", 1);
    rig_drain(rig);
    ck_assert_uint_eq(rig_out_items(rig, 0), 3);
    ck_assert_str_eq(rig_out_text(rig, 0, 0), "one");
    ck_assert_str_eq(rig_out_text(rig, 0, 1), "two");
    ck_assert_str_eq(rig_out_text(rig, 0, 2), "2 calls");
    rig_reset(rig); // a new node, which counts from 0
  }
  rig_close(rig);
}
END_TEST

START_TEST(audio_goes_through)
{
  const float in[] = { 0.1f, -0.0f, 1e-38f, 3e38f };
  struct rig* const rig =
    rig_open("plugins/json_shim/json_shim", "json.lib");
  rig_set(rig, "library", in_build("plugins/json_shim/objects/.libs/test_audio.so"));
  rig_set(rig, "samples", _i ? "base64" : "numbers");
  rig_audio(rig, 0, 16000, 2);
  rig_start(rig, 64);
  rig_push_f32(rig, 0, in, 2);
  rig_drain(rig);
  ck_assert_mem_eq(rig_out_f32(rig, 0, 0), in, 2 * sizeof(float));
  ck_assert_mem_eq(rig_out_f32(rig, 0, 1), in + 2, 2 * sizeof(float));
  rig_close(rig);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, an_object_that_is_none_says_why, 0,
                      COUNT(refusals));
  tcase_add_test(tcase, a_name_is_looked_for_in_folders_only);
  tcase_add_loop_test(tcase, a_node_that_breaks_the_contract_is_named, 0,
                      COUNT(faults));
  tcase_add_test(tcase, values_go_through_and_finish_is_called_once);
  tcase_add_loop_test(tcase, audio_goes_through, 0, 2);
}

int
main(void)
{
  const char* const build = getenv("top_builddir");
  snprintf(folder, sizeof folder, "%s", build ? build : ".");
  return suite_run("json_lib", 20, add_tests);
}

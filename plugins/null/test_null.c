// SPDX-License-Identifier: ISC
#include "sdk/harness/rig.h"
#include "tests/suite.h"

START_TEST(everything_is_taken_and_nothing_held)
{
  static const float samples[4800];
  struct rig* const rig = rig_open("plugins/null/null", "null");
  rig_links(rig, "in", 3);
  rig_audio(rig, 0, 48000, 2);
  rig_rows(rig, 1, 100, 3);
  rig_payload(rig, 2, RILL_KIND_TEXT, 0);
  rig_start(rig, 64);
  rig_push_f32(rig, 0, samples, 2400);
  rig_push_rows(rig, 1, samples, 5);
  rig_push_text(rig, 2, "a text", 0);
  rig_run(rig);
  rig_drain(rig);
  ck_assert_uint_gt(rig_n_calls(rig), 0);
  rig_close(rig); // a buffer that was kept would be reported here
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_test(tcase, everything_is_taken_and_nothing_held);
}

int
main(void)
{
  return suite_run("null", 10, add_tests);
}

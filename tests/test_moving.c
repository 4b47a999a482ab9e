// SPDX-License-Identifier: ISC
// The worked example of sdk/README.md: the old node behind json.exec and the
// node that it became give the same bytes.
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { RATE = 16000, N = 4 * RATE };

static float speech[N];
static float before[N];

// Noise in waves from loud to silent: the gate opens and closes.
static void
fill(void)
{
  uint32_t x = 1;
  for (int i = 0; i < N; ++i) {
    x = x * 1664525u + 1013904223u;
    const double loudness = pow(fabs(sin(i * 3e-4)), 8.0);
    speech[i] = (float)(loudness * ((double)(x >> 8) / 8388608.0 - 1.0));
  }
}

static void
play(struct rig* rig)
{
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, 1000);
  rig_push_f32(rig, 0, speech, N);
  rig_drain(rig);
  ck_assert_uint_eq(rig_out_frames(rig, 0), N);
}

START_TEST(the_new_node_gives_what_the_old_one_gave)
{
  static char path[4096];
  const char* const source = getenv("top_srcdir");
  const char* const command[] = { "/usr/bin/python3", path };
  int n_silent = 0;
  snprintf(path, sizeof path, "%s/sdk/examples/gate.py",
           source ? source : "..");
  fill();
  struct rig* const old =
    rig_open("plugins/json_shim/json_shim", "json.exec");
  rig_set_list(old, "command", command, 2);
  rig_set(old, "params", "{\"threshold\": 0.05}");
  play(old);
  memcpy(before, rig_out_f32(old, 0, 0), sizeof before);
  rig_close(old);

  struct rig* const new = rig_open("sdk/examples/gate", "gate");
  rig_set(new, "threshold", "0.05");
  play(new);
  ck_assert_mem_eq(rig_out_f32(new, 0, 0), before, sizeof before);
  rig_close(new);
  for (int i = 0; i < N; ++i) {
    n_silent += before[i] == 0.0f;
  }
  ck_assert_int_gt(n_silent, N / 10); // and the test has tried both ways
  ck_assert_int_lt(n_silent, N - N / 10);
}
END_TEST

START_TEST(the_new_node_does_not_depend_on_blocks)
{
  fill();
  rig_check_blocks(&(struct rig_case){
    .path = "sdk/examples/gate", .type = "gate", .samples = speech,
    .n_frames = 8000, .rate = RATE, .channels = 2 });
}
END_TEST

static void
add_tests(TCase* tcase)
{
  if (!access("/usr/bin/python3", X_OK)) {
    tcase_add_test(tcase, the_new_node_gives_what_the_old_one_gave);
  }
  tcase_add_test(tcase, the_new_node_does_not_depend_on_blocks);
}

int
main(void)
{
  return suite_run("moving", 60, add_tests);
}

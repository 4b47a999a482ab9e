// SPDX-License-Identifier: ISC
// Swaps and settings while the graph runs.
#include "tests/suite.h"
#include "tests/swap/rig.h"

#include <string.h>

static const char chain[] =
  "  src: {type: count, with: {frames: 0}}\n"
  "  a: {type: accum, in: src}\n"
  "  f: {type: fir, in: a, with: {taps: 9}}\n"
  "  out: {type: see, in: f}\n";

// Whatever happened, the sink saw what it sees without.
static void
finish_as_if_nothing(struct rig* rig, const char* nodes)
{
  ck_assert_int_eq(rig_drain(rig), STATUS_OK);
  const struct seen seen = swap_seen[0];
  const struct seen wanted = rig_reference(nodes, seen.n_frames, NULL);
  ck_assert_uint_eq(seen.n_frames, wanted.n_frames);
  ck_assert_uint_eq(seen.n_jumps, 0);
  ck_assert_uint_eq(seen.hash, wanted.hash);
}

static const struct {
  const char* words;
  enum edit_mode mode;
} good[] = {
  { "swap a", EDIT_STATE },            // an endless memory goes along
  { "swap a accum", EDIT_STATE },      // a type that is named
  { "swap f", EDIT_STATE },
  { "swap f mode=prime", EDIT_PRIME }, // a finite one is filled again
  { "swap src", EDIT_STATE },          // a source goes on where it was
  { "swap out", EDIT_STATE },          // a sink too
  { "swap a; swap f; swap out", EDIT_STATE },
  { "swap src; swap out", EDIT_STATE },
};

START_TEST(test_good)
{
  struct rig* const rig = rig_start(chain, NULL, 0);
  for (int i = 0; i < 3; ++i) {
    const struct edit_reply reply =
      rig_edit(rig, EDIT_UNTIL_SETTLED, good[_i].words);
    ck_assert_str_eq(reply.error, "");
    ck_assert_int_eq(reply.status, STATUS_OK);
    ck_assert_int_eq(reply.mode, good[_i].mode);
    ck_assert_uint_eq(reply.generation, (uint32_t)i + 2);
    ck_assert_uint_eq(reply.probation_left, 0);
  }
  finish_as_if_nothing(rig, chain);
}
END_TEST

static const struct {
  const char* words;
  const char* why; // the error begins so
} bad[] = {
  { "swap nobody", "there is no node 'nobody'" },
  { "swap outt", "there is no node 'outt' (did you mean 'out'?)" },
  { "swap a acum", "there is no node type 'acum' (did you mean 'accum'?)" },
  { "swap a see", "type 'see' does not fit in place of 'a'" },
  { "swap a count", "type 'count' does not fit in place of 'a'" },
  { "swap a nowhere=1", "type 'accum' has no parameter 'nowhere'" },
  { "swap a fault=some", "parameter 'fault'" },
  { "swap a ./nowhere.so", "./nowhere.so: " },
  { "swap a fault=create", "type 'accum': create failed" },
  { "swap a fault=configure", "type 'accum': refused the format" },
  { "swap a fault=activate", "type 'accum': activate failed" },
  { "swap a fault=hang", "type 'accum': create did not return within 0.1 s" },
  { "swap a fault=import mode=state", "the state was not accepted: this state" },
  { "swap a mode=prime", "the memory of type 'accum' is not known" },
  { "swap a fault=error", "rolled back: failed as it was told to" },
  { "swap a fault=error at=40", "rolled back: failed as it was told to" },
  { "swap a fault=nan", "rolled back: gave numbers that are infinite or none" },
  { "swap a fault=nan at=63", "rolled back: gave numbers" },
  { "swap a fault=short", "rolled back: gave fewer frames than it took" },
  { "swap a fault=nothing at=5", "rolled back: gave fewer frames than it took" },
  { "swap a fault=status", "rolled back: process returned a status that does not" },
  { "swap a fault=ends", "rolled back: ended the stream although" },
  { "swap a fault=too_much", "rolled back: process produced more than" },
  { "swap a fault=own_buffer", "rolled back: failed with a buffer in hand" },
  { "swap f; swap nobody", "there is no node 'nobody'" },
  { "swap f; swap a fault=import mode=state", "the state was not accepted" },
  { "set a at=1x", "parameter 'at'" },
  { "set a", "say which parameter" },
  { "drain a", "node 'a' is no source" },
};

START_TEST(test_bad)
{
  const struct rig_options options = { .edit = { .prepare_ns = 100000000 } };
  struct rig* const rig = rig_start(chain, &options, 0);
  const struct edit_reply reply = rig_edit(rig, EDIT_UNTIL_SETTLED, bad[_i].words);
  ck_assert_msg(!strncmp(reply.error, bad[_i].why, strlen(bad[_i].why)),
                "'%s' gives '%s'", bad[_i].words, reply.error);
  ck_assert_int_ne(reply.status, STATUS_OK);
  if (strstr(bad[_i].words, "hang")) {
    ck_assert_int_eq(rig_drain(rig), STATUS_OK); // its instance comes later
    return;
  }
  ck_assert_int_eq(rig_edit(rig, EDIT_UNTIL_SETTLED, "swap a fault=none").status,
                   STATUS_OK);
  finish_as_if_nothing(rig, chain);
}
END_TEST

static void
add(TCase* tcase)
{
  tcase_add_loop_test(tcase, test_good, 0, sizeof good / sizeof good[0]);
  tcase_add_loop_test(tcase, test_bad, 0, sizeof bad / sizeof bad[0]);
}

int
main(void)
{
  return suite_run("swap", 60, add);
}

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
  const int hangs = strstr(bad[_i].words, "hang") != NULL;
  const struct rig_options options = { .edit = { .prepare_ns = hangs ? 100000000 : 0 } };
  struct rig* const rig = rig_start(chain, &options, 0);
  const struct edit_reply reply = rig_edit(rig, EDIT_UNTIL_SETTLED, bad[_i].words);
  ck_assert_msg(!strncmp(reply.error, bad[_i].why, strlen(bad[_i].why)),
                "'%s' gives '%s'", bad[_i].words, reply.error);
  ck_assert_int_ne(reply.status, STATUS_OK);
  if (hangs) {
    ck_assert_int_eq(rig_drain(rig), STATUS_OK); // its instance comes back late
    return;
  }
  ck_assert_int_eq(rig_edit(rig, EDIT_UNTIL_SETTLED, "swap a fault=none").status,
                   STATUS_OK);
  finish_as_if_nothing(rig, chain);
}
END_TEST

// Modes in which bytes may differ: the number of frames may not.
static const char late_chain[] =
  "  src: {type: count, with: {frames: 0}}\n"
  "  l: {type: late, in: src, with: {frames: 10}}\n"
  "  out: {type: see, in: l}\n";

static const struct {
  const char* words;
  enum edit_mode mode;
  int is_exact; // a delay is exact in every mode
} others[] = {
  { "swap l mode=state", EDIT_STATE, 1 },
  { "swap l mode=prime", EDIT_PRIME, 1 },
  { "swap l mode=drain", EDIT_DRAIN_OLD, 1 },
  { "swap l frames=25", EDIT_PRIME, 1 },            // later: nothing comes twice
  { "swap l frames=25 mode=drain", EDIT_DRAIN_OLD, 1 },
  { "swap l frames=3", EDIT_DRAIN_OLD, 1 },         // less late: nothing is lost
  { "swap l mute", EDIT_DRAIN_OLD, 0 },
};

START_TEST(test_late)
{
  struct rig* const rig = rig_start(late_chain, NULL, 0);
  const struct edit_reply reply =
    rig_edit(rig, EDIT_UNTIL_SETTLED, others[_i].words);
  ck_assert_str_eq(reply.error, "");
  ck_assert_int_eq(reply.mode, others[_i].mode);
  ck_assert_int_eq(rig_drain(rig), STATUS_OK);
  const struct seen seen = swap_seen[0];
  const struct seen wanted = rig_reference(late_chain, seen.n_frames - 10, NULL);
  ck_assert_uint_eq(seen.n_frames, wanted.n_frames);
  ck_assert_uint_eq(seen.n_jumps, 0);
  ck_assert_int_eq(seen.hash == wanted.hash, others[_i].is_exact);
}
END_TEST

// Crossfades: both do the same, so the sum of squares shows the curve only in
// what is in between; before and after, and in number, nothing changes.
START_TEST(test_crossfade)
{
  static const char nodes[] =
    "  src: {type: count, with: {frames: 0}}\n"
    "  g: {type: scale, in: src}\n"
    "  out: {type: see, in: g}\n";
  struct rig* const rig = rig_start(nodes, NULL, 0);
  const struct edit_reply reply =
    rig_edit(rig, EDIT_UNTIL_SETTLED, "swap g mode=crossfade fade=1000");
  ck_assert_str_eq(reply.error, "");
  ck_assert_int_eq(reply.mode, EDIT_CROSSFADE);
  ck_assert_uint_eq(reply.crossfade_frames, 1000);
  ck_assert_int_eq(rig_drain(rig), STATUS_OK);
  ck_assert_uint_eq(swap_seen[0].n_jumps, 0);
  ck_assert_uint_gt(swap_seen[0].n_wrong, 900);
  ck_assert_uint_le(swap_seen[0].n_wrong, 1000);
}
END_TEST

// The pair x2, /2 becomes x4, /4: seen between two frames, or torn.
START_TEST(test_one_cut)
{
  static const char nodes[] =
    "  src: {type: count, with: {frames: 0}}\n"
    "  up: {type: scale, in: src, with: {by: 2}}\n"
    "  a: {type: scale, in: up}\n"
    "  b: {type: scale, in: a}\n"
    "  down: {type: scale, in: b, with: {by: 0.5}}\n"
    "  out: {type: see, in: down}\n";
  const struct rig_options options = { .threads = _i ? 2 : 1 };
  struct rig* const rig = rig_start(nodes, &options, 0);
  for (int i = 0; i < 100; ++i) {
    static const char* const words[] = {
      "set up by=4; set down by=0.25", "set down by=0.5; set up by=2",
      "swap up by=4; swap down by=0.25", "swap down by=0.5; set up by=2",
    };
    const struct edit_reply reply = rig_edit(rig, EDIT_UNTIL_APPLIED, words[i % 4]);
    ck_assert_str_eq(reply.error, "");
  }
  ck_assert_int_eq(rig_drain(rig), STATUS_OK);
  ck_assert_uint_eq(swap_seen[0].n_wrong, 0);
  ck_assert_uint_eq(swap_seen[0].n_jumps, 0);
}
END_TEST

// A parameter takes effect at the frame that the reply names.
START_TEST(test_set_frame)
{
  static const char nodes[] =
    "  src: {type: count, with: {frames: 0}}\n"
    "  g: {type: scale, in: src}\n"
    "  out: {type: see, in: g}\n";
  struct rig* const rig = rig_start(nodes, NULL, 0);
  const struct edit_reply on = rig_edit(rig, EDIT_UNTIL_APPLIED, "set g by=3");
  const struct edit_reply off = rig_edit(rig, EDIT_UNTIL_APPLIED, "set g by=1");
  ck_assert_str_eq(on.error, "");
  ck_assert_str_eq(off.error, "");
  ck_assert_uint_eq(on.generation, 1);
  ck_assert_int_eq(rig_drain(rig), STATUS_OK);
  // Frames that are 0 are 0 also when they are tripled.
  const int64_t first = on.in_frame, end = off.in_frame;
  const uint64_t n_zeros = (uint64_t)((end + (1 << 20) - 1) / (1 << 20) -
                                      (first + (1 << 20) - 1) / (1 << 20));
  ck_assert_uint_eq(swap_seen[0].n_wrong, (uint64_t)(end - first) - n_zeros);
}
END_TEST

// A node that changes the rate keeps its phase, a node that asks for more calls
// is changed between inputs only.
START_TEST(test_rate)
{
  static const char nodes[] =
    "  src: {type: count, with: {frames: 0}}\n"
    "  e: {type: every, in: src, with: {n: 3}}\n"
    "  t: {type: twice, in: e}\n"
    "  a: {type: accum, in: t}\n"
    "  out: {type: see, in: a}\n";
  struct rig* const rig = rig_start(nodes, NULL, 0);
  for (int i = 0; i < 50; ++i) {
    ck_assert_str_eq(rig_edit(rig, EDIT_UNTIL_FIRST, "swap e; swap t").error, "");
    ck_assert_str_eq(rig_edit(rig, EDIT_UNTIL_APPLIED, "swap t; swap a").error, "");
  }
  struct edit_snapshot* snapshot = NULL;
  ck_assert_int_eq(edit_get_snapshot(rig_editor(rig), &snapshot), STATUS_OK);
  ck_assert_uint_eq(snapshot->nodes[1].generation, 51);
  ck_assert_uint_eq(snapshot->nodes[2].generation, 101);
  edit_free_snapshot(snapshot);
  ck_assert_int_eq(rig_edit(rig, EDIT_UNTIL_APPLIED, "drain src").status, STATUS_OK);
  ck_assert_int_eq(rig_finish(rig), STATUS_OK);
  const struct seen seen = swap_seen[0];
  uint64_t n_frames = seen.n_frames / 2 * 3;
  for (uint64_t more = 0; more < 3; ++more) { // ends between two kept frames
    if (rig_reference(nodes, n_frames - more, NULL).n_frames != seen.n_frames) {
      ++n_frames;
    }
  }
  ck_assert_uint_eq(seen.hash, rig_reference(nodes, n_frames - 2, NULL).hash);
}
END_TEST

// Before, at and after the ends of a run.
START_TEST(test_ends)
{
  static const char nodes[] =
    "  src: {type: count, with: {frames: 10000}}\n"
    "  a: {type: accum, in: src}\n"
    "  out: {type: see, in: a}\n";
  const struct rig_options options = { .edit = { .border_ns = 20000000 } };
  struct rig* const rig = rig_start(nodes, &options, 1);
  ck_assert_str_eq(rig_edit(rig, EDIT_UNTIL_APPLIED, "swap a").error,
                   "the run has not begun");
  rig_run(rig);
  const struct edit_reply reply = rig_edit(rig, EDIT_UNTIL_SETTLED, "swap a");
  ck_assert(!reply.error[0] || strstr(reply.error, "end") ||
            strstr(reply.error, "over"));
  ck_assert_int_eq(edit_wait(rig_editor(rig), NULL, EDIT_WAIT_ENDED, 0, 10000000000),
                   STATUS_OK);
  ck_assert_str_eq(rig_edit(rig, EDIT_UNTIL_APPLIED, "swap a").error,
                   "the run is over");
  struct edit_event event = { 0 };
  uint64_t number = 0;
  while (!edit_next_event(rig_editor(rig), number, 0, &event)) {
    ck_assert_uint_eq(event.number, number);
    ++number;
  }
  ck_assert_int_eq(event.kind, EDIT_EVENT_ENDED);
  ck_assert_int_eq(rig_finish(rig), STATUS_OK);
  const struct seen seen = swap_seen[0];
  ck_assert_int_eq(rig_finish(rig_start(nodes, NULL, 0)), STATUS_OK);
  ck_assert_uint_eq(seen.hash, swap_seen[0].hash);
}
END_TEST

// Both branches of a fan-out run on while the node before them is swapped.
START_TEST(test_fan_out)
{
  static const char nodes[] =
    "  src: {type: count, with: {frames: 0}}\n"
    "  a: {type: accum, in: src}\n"
    "  l: {type: scale, in: a, with: {by: 2}}\n"
    "  r: {type: fir, in: a}\n"
    "  s: {type: sum, in: [l, r]}\n"
    "  out: {type: see, in: s}\n";
  const struct rig_options options = { .threads = 2 };
  struct rig* const rig = rig_start(nodes, &options, 0);
  for (int i = 0; i < 100; ++i) {
    static const char* const words[] = { "swap a", "swap s; swap src",
                                         "swap l; swap r mode=prime",
                                         "swap a; swap l; swap r; swap s" };
    ck_assert_str_eq(rig_edit(rig, EDIT_UNTIL_APPLIED, words[i % 4]).error, "");
  }
  finish_as_if_nothing(rig, nodes);
}
END_TEST

// The graph changes its shape, and what the sink sees does not: what goes in
// has no effect, or comes out again before anything could be seen of it.
static const char plain[] =
  "  src: {type: count, with: {frames: 0}}\n"
  "  g: {type: scale, in: src}\n"
  "  l: {type: late, in: g, with: {frames: 0}}\n"
  "  out: {type: see, in: l}\n";

static const struct {
  const char* words;
  const char* undo;
} shapes[] = {
  { "insert x scale to=l", "remove x" },
  { "insert x scale to=out.in by=1", "remove x" },
  { "insert x late to=out frames=20", "remove x" },
  { "insert x scale to=g by=2; insert y scale to=l by=0.5", "remove x; remove y" },
  { "insert x scale to=g; insert y scale to=g", "remove y; remove x" },
  { "bypass g on", "bypass g off" },
  { "bypass l on", "bypass l off" },
  { "swap l frames=12; bypass g on", "bypass l on" },
  { "swap l frames=12", "bypass l on; bypass g on" },
  { "remove g", "insert g scale to=l" },
};

START_TEST(test_shapes)
{
  const struct rig_options options = { .threads = 2 };
  struct rig* const rig = rig_start(plain, &options, 0);
  for (int i = 0; i < (strstr(shapes[_i].words, "swap") ? 1 : 10); ++i) {
    ck_assert_str_eq(rig_edit(rig, EDIT_UNTIL_SETTLED, shapes[_i].words).error, "");
    ck_assert_str_eq(rig_edit(rig, EDIT_UNTIL_FIRST, shapes[_i].undo).error, "");
  }
  ck_assert_int_eq(rig_drain(rig), STATUS_OK);
  ck_assert_uint_eq(swap_seen[0].n_jumps, 0);
  // A delay that is less late again gives what it still had: those are zeros.
  ck_assert_uint_le(swap_seen[0].n_wrong, strstr(shapes[_i].words, "12") ? UINT64_MAX : 0);
}
END_TEST

static const struct {
  const char* words;
  const char* why;
} misfits[] = {
  { "insert src scale to=out", "there is a node 'src' already" },
  { "insert a/b scale to=out", "'a/b' is no id" },
  { "insert x scale to=nobody", "there is no node 'nobody'" },
  { "insert x scale to=out.wrong", "nothing is linked to input 'wrong' of node 'out'" },
  { "insert x see to=out", "type 'see' does not fit in place of 'x'" },
  { "insert x to=out", "say of which type" },
  { "insert x accum to=out fault=nan", "rolled back: gave numbers" },
  { "insert x accum to=out fault=create", "type 'accum': create failed" },
  { "insert x scale to=out; insert x scale to=g", "there is a node 'x' already" },
  { "remove src", "node 'src' has not one input and one output" },
  { "remove out", "node 'out' has not one input and one output" },
  { "remove nobody", "there is no node 'nobody'" },
  { "bypass g off", "node 'g' is not bypassed" },
  { "insert x scale to=g; remove nobody", "there is no node 'nobody'" },
};

START_TEST(test_misfits)
{
  struct rig* const rig = rig_start(plain, NULL, 0);
  const struct edit_reply reply =
    rig_edit(rig, EDIT_UNTIL_SETTLED, misfits[_i].words);
  ck_assert_msg(!strncmp(reply.error, misfits[_i].why, strlen(misfits[_i].why)),
                "'%s' gives '%s'", misfits[_i].words, reply.error);
  ck_assert_int_eq(rig_drain(rig), STATUS_OK);
  ck_assert_uint_eq(swap_seen[0].n_wrong, 0);
  ck_assert_uint_eq(swap_seen[0].n_jumps, 0);
}
END_TEST

static void
add(TCase* tcase)
{
  tcase_add_loop_test(tcase, test_good, 0, sizeof good / sizeof good[0]);
  tcase_add_loop_test(tcase, test_bad, 0, sizeof bad / sizeof bad[0]);
  tcase_add_loop_test(tcase, test_late, 0, sizeof others / sizeof others[0]);
  tcase_add_test(tcase, test_crossfade);
  tcase_add_loop_test(tcase, test_one_cut, 0, 2);
  tcase_add_test(tcase, test_set_frame);
  tcase_add_test(tcase, test_rate);
  tcase_add_test(tcase, test_ends);
  tcase_add_test(tcase, test_fan_out);
  tcase_add_loop_test(tcase, test_shapes, 0, sizeof shapes / sizeof shapes[0]);
  tcase_add_loop_test(tcase, test_misfits, 0, sizeof misfits / sizeof misfits[0]);
}

int
main(void)
{
  return suite_run("swap", 60, add);
}

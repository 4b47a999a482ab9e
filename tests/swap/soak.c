// SPDX-License-Identifier: ISC
// Thousands of edits under full load: the sink sees what it sees without them,
// and neither memory nor descriptors nor maps grow. Says how long nodes could
// not run. SOAK_TRANSACTIONS: how many for each number of threads.
#include "tests/suite.h"
#include "tests/swap/rig.h"
#include "tests/swap/soak_system.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char nodes[] =
  "  src: {type: count, with: {frames: 0}}\n"
  "  a: {type: accum, in: src}\n"
  "  up: {type: scale, in: a, with: {by: 2}}\n"
  "  f: {type: fir, in: up, with: {taps: 5}}\n"
  "  down: {type: scale, in: up, with: {by: 0.5}}\n"
  "  e: {type: every, in: down, with: {n: 3}}\n"
  "  out: {type: see, in: f}\n"
  "  far: {type: see, in: e, with: {place: 1}}\n";

/// What is done over and over. *fails*: it must be taken back or refused.
static const struct {
  const char* words;
  int fails;
} turns[] = {
  { "swap a", 0 },
  { "swap f", 0 },
  { "swap f mode=prime", 0 },
  { "swap a; swap up; swap f; swap down", 0 },
  { "swap e; swap far", 0 },
  { "swap a fault=error", 1 },
  { "swap src", 0 },
  { "swap a; swap e", 0 },
  { "swap a fault=nan", 1 },
  { "swap out", 0 },
  { "swap up", 0 },
  { "swap a fault=import mode=state", 1 },
  { "swap down mode=prime", 0 },
  { "swap a fault=short", 1 },
  { "swap src; swap out; swap far", 0 },
  { "swap nobody", 1 },
  { "swap a fault=create", 1 },
  { "swap a fault=too_much", 1 },
  { "swap up; swap down", 0 },
  { "swap f; swap e", 0 },
};
enum { N_TURNS = sizeof turns / sizeof turns[0] };

struct soak {
  uint32_t n;
  uint32_t n_swaps;
  uint32_t n_failed;
  int64_t* stalls; // of each transaction that took effect
  uint32_t n_stalls;
  int n_wrong;
};

static uint32_t
count_edits(const char* words)
{
  uint32_t n = 1;
  for (; *words; ++words) {
    n += *words == ';';
  }
  return n;
}

static void
turn(struct rig* rig, struct soak* soak, uint32_t i)
{
  const char* const words = turns[i % N_TURNS].words;
  const int fails = turns[i % N_TURNS].fails;
  const struct edit_reply reply =
    rig_edit(rig, fails ? EDIT_UNTIL_FIRST : EDIT_UNTIL_APPLIED, words);
  if (fails != (reply.status != STATUS_OK)) {
    printf("'%s' gives '%s'\n", words, reply.error);
    ++soak->n_wrong;
  }
  soak->n_failed += fails;
  soak->n_swaps += fails ? 0 : count_edits(words);
  if (!fails) {
    soak->stalls[soak->n_stalls++] = reply.stall_ns;
  }
}

static int
by_size(const void* a, const void* b)
{
  const int64_t x = *(const int64_t*)a;
  const int64_t y = *(const int64_t*)b;
  return (x > y) - (x < y);
}

static void
report(struct soak* soak, uint32_t threads, uint64_t n_frames)
{
  qsort(soak->stalls, soak->n_stalls, sizeof *soak->stalls, by_size);
  printf("%u threads: %u swaps, %u refused or taken back, %" PRIu64
         " frames; stall p50 %.0f us, p99 %.0f us, max %.0f us\n",
         threads, soak->n_swaps, soak->n_failed, n_frames,
         (double)soak->stalls[soak->n_stalls / 2] / 1e3,
         (double)soak->stalls[soak->n_stalls * 99 / 100] / 1e3,
         (double)soak->stalls[soak->n_stalls - 1] / 1e3);
}

// Growth from a moment when all is warm to the end.
static int
has_grown(const struct soak_system* warm, const struct soak_system* end)
{
  const long pages = end->n_pages - warm->n_pages;
  const int grown = end->n_files > warm->n_files || end->n_maps > warm->n_maps + 16 ||
                    pages > SOAK_PAGES;
  printf("  grown by %ld pages, %d descriptors, %d maps%s\n", pages,
         end->n_files - warm->n_files, end->n_maps - warm->n_maps,
         grown ? ": too much" : "");
  return grown;
}

static int
is_same(const struct seen* a, const struct seen* b, const char* name)
{
  const int same = a->n_frames == b->n_frames && a->hash == b->hash &&
                   a->n_jumps == b->n_jumps;
  if (!same) {
    printf("  '%s': %" PRIu64 " frames, hash %016" PRIx64 ", %" PRIu64
           " jumps; without edits %" PRIu64 " frames, hash %016" PRIx64 "\n",
           name, a->n_frames, a->hash, a->n_jumps, b->n_frames, b->hash);
  }
  return same;
}

static int
run(uint32_t n, uint32_t threads)
{
  const struct rig_options options = { .threads = threads };
  struct soak soak = { .n = n, .stalls = calloc(n, sizeof(int64_t)) };
  struct soak_system warm, end;
  struct rig* const rig = rig_start(nodes, &options, 0);
  for (uint32_t i = 0; i < n; ++i) {
    turn(rig, &soak, i);
    if (i == n / 3) {
      soak_system_look(&warm);
    }
  }
  soak_system_look(&end);
  rig_drain(rig);
  const struct seen out = swap_seen[0], far = swap_seen[1];
  report(&soak, threads, out.n_frames);
  const struct seen wanted = rig_reference(nodes, out.n_frames, NULL);
  const int bad = has_grown(&warm, &end) + soak.n_wrong +
                  !is_same(&out, &wanted, "out") +
                  !is_same(&far, &swap_seen[1], "far");
  free(soak.stalls);
  fflush(stdout);
  return bad;
}

START_TEST(test_soak)
{
  static const uint32_t threads[] = { 1, 2, 8 };
  const char* const n = getenv("SOAK_TRANSACTIONS");
  ck_assert_int_eq(run(n ? (uint32_t)atoi(n) : 3200, threads[_i]), 0);
}
END_TEST

static void
add(TCase* tcase)
{
  tcase_add_loop_test(tcase, test_soak, 0, 3);
}

int
main(void)
{
  return suite_run("soak", 3600, add);
}

// SPDX-License-Identifier: ISC
// The net against its reference, which is written in another language.
#include "bands.h"
#include "net.h"
#include "net_golden.h"
#include "tests/suite.h"

#include <math.h>
#include <string.h>

enum { RATE = 16000, HOP = 320, WINDOW = 512, SECONDS = 4, BEFORE = 96 };
enum { N = SECONDS * RATE, HOPS = N / HOP };

// The signal of train/golden.py, with zeros around it for the windows.
static float*
signal_new(void)
{
  float* const memory = calloc(BEFORE + N + WINDOW, sizeof *memory);
  float* const x = memory + BEFORE;
  uint64_t state = 88172645463325252u;
  for (int i = 0; i < N; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const double level = 0.001 + 0.1 * fabs((i % 8000) / 4000.0 - 1.0);
    x[i] = (float)(level * ((double)(state >> 11) / 4503599627370496.0 - 1.0));
    if (i >= N / 2) {
      x[i] = (float)(x[i] + 0.05 * sin(2.0 * M_PI * 440.0 * i / RATE));
    }
  }
  return memory;
}

static const struct {
  enum net_latency latency;
  const double* golden;
} nets[] = { { NET_NORMAL, golden_normal }, { NET_LOW, golden_low } };

START_TEST(it_answers_what_the_reference_answers)
{
  const struct net_weights* const w = net_weights_of(nets[_i].latency);
  float* const x = signal_new();
  struct bands bands;
  struct net net;
  ck_assert_int_eq(bands_init(&bands, RATE, WINDOW), 1);
  net_reset(&net, w);
  for (int t = 0; t < HOPS; ++t) {
    float levels[BANDS];
    bands_measure(&bands, x + t * HOP, levels);
    ck_assert_double_eq_tol((double)net_push(&net, w, levels),
                            nets[_i].golden[t], 1e-4);
  }
  bands_fini(&bands);
  free(x);
}
END_TEST

START_TEST(a_copy_goes_on_where_the_original_was)
{
  const struct net_weights* const w = net_weights_of(NET_NORMAL);
  float levels[BANDS] = { 0 };
  struct net a, b;
  net_reset(&a, w);
  for (int t = 0; t < 77; ++t) {
    levels[t % BANDS] = (float)(t * 7 % 50) - 60.0f;
    net_push(&a, w, levels);
  }
  b = a;
  for (int t = 0; t < 50; ++t) {
    levels[t % BANDS] = (float)(t * 11 % 50) - 60.0f;
    ck_assert_float_eq(net_push(&a, w, levels), net_push(&b, w, levels));
  }
}
END_TEST

START_TEST(reset_forgets_everything)
{
  const struct net_weights* const w = net_weights_of(NET_LOW);
  float levels[BANDS] = { 0 };
  struct net fresh, used;
  net_reset(&fresh, w);
  net_reset(&used, w);
  net_push(&used, w, levels);
  net_reset(&used, w);
  ck_assert_mem_eq(&fresh, &used, sizeof fresh);
}
END_TEST

START_TEST(any_levels_give_a_finite_answer)
{
  const struct net_weights* const w = net_weights_of(NET_NORMAL);
  struct net net;
  net_reset(&net, w);
  for (int t = 0; t < 400; ++t) {
    float levels[BANDS];
    for (int b = 0; b < BANDS; ++b) {
      levels[b] = (t / 9 + b) % 2 ? -100.0f : 40.0f;
    }
    ck_assert(isfinite(net_push(&net, w, levels)));
  }
}
END_TEST

static void
add(TCase* tcase)
{
  tcase_add_loop_test(tcase, it_answers_what_the_reference_answers, 0, 2);
  tcase_add_test(tcase, a_copy_goes_on_where_the_original_was);
  tcase_add_test(tcase, reset_forgets_everything);
  tcase_add_test(tcase, any_levels_give_a_finite_answer);
}

int
main(void)
{
  return suite_run("vad_net", 20, add);
}

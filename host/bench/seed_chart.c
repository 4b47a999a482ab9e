// SPDX-License-Identifier: ISC
// The table as a picture: one clip from end to end, in each way.
#include "bench/chart.h"
#include "bench/seed.h"

#include "base/mem.h"

#include <string.h>

static const struct {
  const char* way;
  const char* label;
  enum chart_look look;
} ways[] = {
  { "native", "native nodes", CHART_OURS },
  { "direct", "direct loop", CHART_OTHER },
  { "numpy", "numpy, scipy", CHART_OTHER },
  { "values", "JSON values", CHART_OTHER },
  { "shim", "JSON shim", CHART_OTHER },
};

enum { N_WAYS = sizeof ways / sizeof ways[0], MAX_BARS = N_WAYS + 1 };

static const char footer[] =
  "Shorter is better; the scale is logarithmic; grey figures: times the native "
  "path. Medians of turns, warm, one thread.\n"
  "native: source, nodes and sink in the engine. JSON values: the old nodes as "
  "they ran, value to value. JSON shim: the same in a graph\n"
  "of today, text both ways. published: the old system's own figures, from "
  "another machine; its resampler stopped after 2048 frames.\n"
  "goal: of the old system's analysis, for that machine. "
  "Made by 'rill bench seed --svg FILE'.";

static uint32_t
collect(const struct bench_rows* rows, const struct seed_case* what,
        struct chart_bar* bars)
{
  uint32_t n = 0;
  for (int w = 0; w < N_WAYS; ++w) {
    const struct bench_row* const row =
      bench_rows_find(rows, what->name, ways[w].way, seed_step_names[SEED_FULL]);
    if (row && row->median_ns > 0) {
      bars[n++] = (struct chart_bar){ ways[w].label, row->median_ns, ways[w].look };
    }
  }
  if (what->published_ns[SEED_FULL] > 0) {
    bars[n++] = (struct chart_bar){ "published", what->published_ns[SEED_FULL],
                                    CHART_PUBLISHED };
  }
  return n;
}

enum status
seed_draw(const struct bench_rows* rows, FILE* to)
{
  struct chart_group* const groups =
    mem_new_array(struct chart_group, seed_n_cases);
  struct chart_bar(*const bars)[MAX_BARS] =
    mem_zeroed(seed_n_cases, sizeof *bars);
  char subtitle[360];
  snprintf(subtitle, sizeof subtitle, "%s (%s), %s, %s, %s", rows->machine.cpu,
           rows->machine.vectors, rows->machine.kernel, rows->machine.compiler,
           rows->machine.date);
  uint32_t n = 0;
  for (uint32_t i = 0; groups && bars && i < seed_n_cases; ++i) {
    if (seed_cases[i].is_drawn) {
      groups[n] = (struct chart_group){ seed_cases[i].title, bars[n],
                                        collect(rows, &seed_cases[i], bars[n]),
                                        seed_cases[i].target_ns };
      ++n;
    }
  }
  const struct chart chart = { .title = "What JSON cost, and what is left of it",
                               .subtitle = subtitle,
                               .footer = footer,
                               .groups = groups,
                               .n_groups = n };
  const enum status st = groups && bars ? STATUS_OK : STATUS_NO_MEMORY;
  if (!st) {
    chart_write(&chart, to);
  }
  mem_free(groups);
  mem_free(bars);
  return st;
}

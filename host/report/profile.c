// SPDX-License-Identifier: ISC
#include "report/profile.h"

#include "base/mem.h"

#include <math.h>

static double
media_seconds(const struct plan_slot* slots, uint32_t n_slots, uint64_t frames)
{
  if (!n_slots || !slots[0].slot.connected || !slots[0].slot.format.rate) {
    return -1;
  }
  const struct rill_format* const f = &slots[0].slot.format;
  return (double)frames * (f->rate_den ? f->rate_den : 1) / f->rate;
}

// Bucket b counts calls of 2^(b/2) to 2^((b+1)/2) ns. Its middle stands for it,
// but no call took longer than the longest.
static int64_t
bucket_time(int bucket, int64_t max_ns)
{
  const int64_t middle = (int64_t)exp2(bucket / 2.0 + 0.25);
  return middle < max_ns || !max_ns ? middle : max_ns;
}

int64_t
profile_percentile(const struct engine_stats* stats, double part)
{
  uint64_t n_calls = 0;
  uint64_t seen = 0;
  for (int i = 0; i < ENGINE_HISTOGRAM; ++i) {
    n_calls += stats->histogram[i];
  }
  for (int i = 0; i < ENGINE_HISTOGRAM; ++i) {
    seen += stats->histogram[i];
    if (seen && (double)seen >= part * (double)n_calls) {
      return bucket_time(i, stats->max_ns);
    }
  }
  return 0;
}

static void
fill_node(const struct plan_node* from, struct profile_node* to,
          int64_t total_busy_ns)
{
  const struct engine_stats* const s = &to->stats;
  to->id = from->id;
  to->type = from->type->desc->name;
  to->is_inserted = from->origin == PLAN_CONVERTER;
  to->media_in_s = media_seconds(from->in, from->n_in, s->frames_in);
  to->media_out_s = media_seconds(from->out, from->n_out, s->frames_out);
  to->share = total_busy_ns ? (double)s->busy_ns / (double)total_busy_ns : 0;
  to->p50_ns = profile_percentile(s, 0.5);
  to->p99_ns = profile_percentile(s, 0.99);
  const double media = to->media_in_s >= 0 ? to->media_in_s : to->media_out_s;
  to->speed = media > 0 && s->busy_ns ? media * 1e9 / (double)s->busy_ns : -1;
}

static void
sum_up(const struct plan* plan, struct profile* p)
{
  int64_t busy_ns = 0;
  p->media_s = -1;
  for (uint32_t i = 0; i < p->n_nodes; ++i) {
    const struct profile_node* const node = &p->nodes[i];
    const struct rill_node_desc* const type = plan->nodes[i].type->desc;
    busy_ns += type->exec != RILL_EXEC_BLOCKING ? node->stats.busy_ns : 0;
    if (!plan->nodes[i].n_in && node->media_out_s > p->media_s) {
      p->media_s = node->media_out_s;
    }
  }
  const double wall_s = (double)p->totals.wall_ns / 1e9;
  p->speed = p->media_s > 0 && wall_s > 0 ? p->media_s / wall_s : -1;
  p->workers_busy =
    wall_s > 0 ? (double)busy_ns / 1e9 / wall_s / p->n_workers : 0;
}

// The order of nodes puts producers first, so that one pass over the links of
// each node finds the longest way to it.
static void
find_longest(const struct plan* plan, struct profile* p, int64_t* way,
             int32_t* before)
{
  for (uint32_t i = 0; i < p->n_nodes; ++i) {
    const struct plan_node* const node = &plan->nodes[i];
    before[i] = -1;
    for (uint32_t s = 0; s < node->n_in; ++s) {
      const int32_t link = node->in[s].link;
      const uint32_t from = link >= 0 ? plan->links[link].from : i;
      if (link >= 0 && (before[i] < 0 || way[from] > way[before[i]])) {
        before[i] = (int32_t)from;
      }
    }
    way[i] = p->nodes[i].stats.busy_ns + (before[i] < 0 ? 0 : way[before[i]]);
  }
}

static enum status
find_critical_path(const struct plan* plan, struct profile* p)
{
  int64_t* const way = mem_new_array(int64_t, p->n_nodes);
  int32_t* const before = mem_new_array(int32_t, p->n_nodes);
  const enum status st = way && before ? STATUS_OK : STATUS_NO_MEMORY;
  if (!st && p->n_nodes) {
    int32_t last = 0;
    find_longest(plan, p, way, before);
    for (uint32_t i = 1; i < p->n_nodes; ++i) {
      last = way[i] > way[last] ? (int32_t)i : last;
    }
    p->critical_ns = way[last];
    for (; last >= 0; last = before[last]) {
      p->nodes[last].is_critical = 1;
    }
  }
  mem_free(before);
  mem_free(way);
  return st;
}

enum status
profile_make(const struct plan* plan, const struct engine_stats* stats,
             const struct engine_totals* totals, struct profile* out)
{
  struct profile p = { .name = plan->name,
                       .block = plan->block,
                       .n_workers = plan->threads ? plan->threads : 1,
                       .totals = *totals,
                       .n_nodes = plan->n_nodes };
  int64_t busy_ns = 0;
  p.nodes = mem_new_array(struct profile_node, plan->n_nodes);
  if (!p.nodes) {
    return STATUS_NO_MEMORY;
  }
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    busy_ns += stats[i].busy_ns;
  }
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    p.nodes[i].stats = stats[i];
    fill_node(&plan->nodes[i], &p.nodes[i], busy_ns);
  }
  sum_up(plan, &p);
  if (find_critical_path(plan, &p)) {
    profile_fini(&p);
    return STATUS_NO_MEMORY;
  }
  *out = p;
  return STATUS_OK;
}

void
profile_fini(struct profile* profile)
{
  mem_free(profile->nodes);
  *profile = (struct profile){ 0 };
}

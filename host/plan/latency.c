// SPDX-License-Identifier: ISC
#include "base/mem.h"
#include "plan/plan.h"

// Room for the product of two times.
__extension__ typedef __int128 wide;

// An exact time in seconds: rates are whole numbers, so times are fractions.
struct time {
  int64_t top;
  int64_t bottom;
};

static const struct time no_time = { 0, 1 };

// In lowest terms. Rates without common factors could make *bottom* too large:
// then to the nearest picosecond.
static struct time
reduced(wide top, wide bottom)
{
  const wide pico = 1000000000000;
  wide a = top;
  wide b = bottom;
  while (b) {
    const wide rest = a % b;
    a = b;
    b = rest;
  }
  a = a ? a : 1;
  top /= a;
  bottom /= a;
  if (bottom > pico) {
    top = (top * pico + bottom / 2) / bottom;
    bottom = pico;
  }
  return (struct time){ (int64_t)top, (int64_t)bottom };
}

static struct time
sum(struct time a, struct time b)
{
  return reduced((wide)a.top * b.bottom + (wide)b.top * a.bottom,
                 (wide)a.bottom * b.bottom);
}

static int
is_later(struct time a, struct time b)
{
  return (wide)a.top * b.bottom > (wide)b.top * a.bottom;
}

static struct time
time_of_frames(uint32_t n, const struct rill_format* f)
{
  return f->rate ? reduced((wide)n * f->rate_den, f->rate) : no_time;
}

// The frames from *early* to *late*, to the nearest.
static uint32_t
frames_between(struct time early, struct time late, const struct rill_format* f)
{
  const struct time gap = sum(late, (struct time){ -early.top, early.bottom });
  const wide bottom = (wide)gap.bottom * (f->rate ? f->rate_den : 1);
  const wide n = ((wide)gap.top * f->rate * 2 + bottom) / (2 * bottom);
  return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

// What a node adds is counted in frames of its first output; a sink has none.
static struct time
own_lag(const struct plan_node* node)
{
  if (node->n_out && node->out[0].slot.format.rate) {
    return time_of_frames(node->latency_frames, &node->out[0].slot.format);
  }
  return node->n_in
           ? time_of_frames(node->latency_frames, &node->in[0].slot.format)
           : no_time;
}

static struct time
arrival(const struct plan* plan, const struct plan_slot* in,
        const struct time* lags)
{
  const struct plan_link* const link = &plan->links[in->link];
  return sum(lags[link->from],
             time_of_frames(link->delay_frames, &in->slot.format));
}

static int
is_aligned(const struct plan_node* node, const struct plan_slot* in)
{
  return in->link >= 0 && in->slot.format.rate &&
         (node->type->desc->ports[in->slot.port]->flags & RILL_PORT_ALIGNED);
}

// How late the last ALIGNED input of a node is.
static struct time
latest_aligned(const struct plan* plan, const struct plan_node* node,
               const struct time* lags)
{
  struct time latest = no_time;
  for (uint32_t i = 0; i < node->n_in; ++i) {
    if (is_aligned(node, &node->in[i])) {
      const struct time t = lags[plan->links[node->in[i].link].from];
      latest = is_later(t, latest) ? t : latest;
    }
  }
  return latest;
}

static void
delay_inputs(struct plan* plan, const struct plan_node* node,
             const struct time* lags)
{
  const struct time latest = latest_aligned(plan, node, lags);
  for (uint32_t i = 0; i < node->n_in; ++i) {
    const struct plan_slot* const in = &node->in[i];
    if (in->link >= 0) {
      struct plan_link* const link = &plan->links[in->link];
      link->delay_frames =
        is_aligned(node, in)
          ? frames_between(lags[link->from], latest, &in->slot.format)
          : 0;
    }
  }
}

static struct time
lag_of(const struct plan* plan, const struct plan_node* node,
       const struct time* lags)
{
  struct time latest = no_time;
  for (uint32_t i = 0; i < node->n_in; ++i) {
    if (node->in[i].link >= 0) {
      const struct time t = arrival(plan, &node->in[i], lags);
      latest = is_later(t, latest) ? t : latest;
    }
  }
  return sum(latest, own_lag(node));
}

void
plan_compensate(struct plan* plan)
{
  struct time* const lags = mem_new_array(struct time, plan->n_nodes);
  for (uint32_t i = 0; lags && i < plan->n_nodes; ++i) {
    delay_inputs(plan, &plan->nodes[i], lags);
    lags[i] = lag_of(plan, &plan->nodes[i], lags);
  }
  mem_free(lags);
}

double
plan_path_latency(const struct plan* plan, uint32_t node)
{
  struct time* const lags = mem_new_array(struct time, (size_t)node + 1);
  if (!lags) {
    return -1;
  }
  for (uint32_t i = 0; i <= node; ++i) {
    lags[i] = lag_of(plan, &plan->nodes[i], lags);
  }
  const double seconds = (double)lags[node].top / (double)lags[node].bottom;
  mem_free(lags);
  return seconds;
}

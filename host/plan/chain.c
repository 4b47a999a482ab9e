// SPDX-License-Identifier: ISC
#include "plan/chain.h"

#include "plan/demands.h"
#include "plan/offer.h"
#include "plan/plan_node.h"
#include "plan/ports.h"

#include <stdio.h>

static const char* const names[N_CONVERTERS] = {
  [CONVERTER_CONVERT] = "convert",
  [CONVERTER_RESAMPLE] = "resample",
  [CONVERTER_REMIX] = "remix",
};

const char*
converter_name(enum converter converter)
{
  return names[converter];
}

void
converters_find(struct converters* converters, struct registry* registry)
{
  converters->registry = registry;
  for (int i = 0; i < N_CONVERTERS; ++i) {
    converters->types[i] = registry_find(registry, names[i]);
  }
}

// A chain while it grows.
struct builder {
  const struct converters* converters;
  const struct rill_format* to;
  struct rill_format now;
  struct chain* chain;
};

static enum status
set_params(struct plan_node* node, enum converter what,
           const struct rill_format* to)
{
  char number[16];
  if (what == CONVERTER_CONVERT) {
    const enum status st =
      plan_node_set(node, "encoding", encoding_name(to->encoding));
    return st ? st
              : plan_node_set(node, "packing", packing_name(to->packing));
  }
  const int is_rate = what == CONVERTER_RESAMPLE;
  snprintf(number, sizeof number, "%u", is_rate ? to->rate : to->channels);
  return plan_node_set(node, is_rate ? "rate" : "channels", number);
}

static enum status
make_node(struct plan_node* node, struct node_type* type)
{
  node->type = type;
  node->origin = PLAN_CONVERTER;
  node->n_in = 1;
  node->n_out = 1;
  if (plan_node_init(node, NULL, NULL)) {
    return STATUS_NO_MEMORY;
  }
  node->in[0].slot.port = port_find(type->desc, RILL_IN, "");
  node->out[0].slot.port = port_find(type->desc, RILL_OUT, "");
  node->in[0].slot.connected = 1;
  node->out[0].slot.connected = 1;
  return STATUS_OK;
}

static int
is_usable(const struct node_type* type)
{
  return port_count(type->desc, RILL_IN) == 1 &&
         port_count(type->desc, RILL_OUT) == 1;
}

// Adds one converter that makes of the present format what *to* has in the
// converter's fields.
static enum chain_result
add(struct builder* b, enum converter what, const struct rill_format* to)
{
  struct node_type* const type = b->converters->types[what];
  struct plan_node* const node = &b->chain->nodes[b->chain->n];
  struct format_sets sets;
  char error[256];

  b->chain->why = what;
  if (!type || registry_load(b->converters->registry, type, error,
                             sizeof error)) {
    return CHAIN_NO_TYPE;
  }
  if (!is_usable(type) || b->chain->n == CHAIN_MAX) {
    return CHAIN_NO_WAY;
  }
  ++b->chain->n;
  enum status st = make_node(node, type);
  st = st ? st : set_params(node, what, to);
  if (st) {
    return st == STATUS_NO_MEMORY ? CHAIN_NO_MEMORY : CHAIN_NO_WAY;
  }
  demands_resolve(node, &node->in[0], &sets);
  if (!format_sets_have(&sets, &b->now)) {
    return CHAIN_NO_WAY;
  }
  node->in[0].slot.format = b->now;
  if (offer_converted(node)) {
    return CHAIN_NO_WAY;
  }
  b->now = node->out[0].slot.format;
  return CHAIN_OK;
}

// Makes the present format one that *what* takes; encoding and packing of the
// goal if it can be, for then they need not be made again at the end.
static enum chain_result
make_ready(struct builder* b, enum converter what)
{
  struct node_type* const type = b->converters->types[what];
  struct plan_node probe = { 0 };
  struct format_sets sets = { 0 };
  struct format_set goal = format_set_all(RILL_KIND_AUDIO);

  if (!type || !is_usable(type)) {
    return CHAIN_OK; // add says it
  }
  if (make_node(&probe, type)) {
    plan_node_fini(&probe);
    return CHAIN_NO_MEMORY;
  }
  demands_resolve(&probe, &probe.in[0], &sets);
  plan_node_fini(&probe);
  if (format_sets_have(&sets, &b->now) || !sets.n) {
    return CHAIN_OK;
  }
  *format_set_field(&goal, RILL_FIELD_ENCODING) =
    numbers_one(b->to->encoding);
  *format_set_field(&goal, RILL_FIELD_PACKING) = numbers_one(b->to->packing);
  const struct rill_format middle =
    format_set_nearest(&sets.at[0], &goal, &b->now);
  return add(b, CONVERTER_CONVERT, &middle);
}

static enum chain_result
step(struct builder* b, enum converter what)
{
  const enum chain_result result = make_ready(b, what);
  return result ? result : add(b, what, b->to);
}

static int
same_samples(const struct rill_format* a, const struct rill_format* b)
{
  return a->encoding == b->encoding && a->packing == b->packing;
}

static int
same_rate(const struct rill_format* a, const struct rill_format* b)
{
  return a->rate == b->rate && a->rate_den == b->rate_den;
}

static enum chain_result
build(struct builder* b)
{
  const struct rill_format from = b->now;
  const struct rill_format* const to = b->to;
  // The rate is changed while there are fewest channels.
  const int remix_first = to->channels < from.channels;
  enum chain_result r = CHAIN_OK;

  if (from.channels != to->channels && remix_first) {
    r = step(b, CONVERTER_REMIX);
  }
  if (!r && !same_rate(&from, to)) {
    r = step(b, CONVERTER_RESAMPLE);
  }
  if (!r && from.channels != to->channels && !remix_first) {
    r = step(b, CONVERTER_REMIX);
  }
  if (!r && !same_samples(&b->now, to)) {
    r = add(b, CONVERTER_CONVERT, to);
  }
  if (!r && (!same_samples(&b->now, to) || !same_rate(&b->now, to) ||
             b->now.channels != to->channels)) {
    r = CHAIN_NO_WAY;
  }
  return r;
}

enum chain_result
chain_make(const struct converters* converters, const struct rill_format* from,
           const struct rill_format* to, struct chain* out)
{
  *out = (struct chain){ .goal = *to };
  struct builder b = { converters, &out->goal, *from, out };
  out->result = build(&b);
  if (out->result) {
    chain_fini(out);
  }
  return out->result;
}

const struct rill_format*
chain_gives(const struct chain* chain)
{
  return &chain->nodes[chain->n - 1].out[0].slot.format;
}

void
chain_fini(struct chain* chain)
{
  for (uint32_t i = 0; i < chain->n; ++i) {
    plan_node_fini(&chain->nodes[i]);
  }
  chain->n = 0;
}

int
chain_loses(const struct rill_format* from, const struct rill_format* to,
            uint32_t field)
{
  switch (field) {
    case RILL_FIELD_ENCODING:
      return encoding_bits(to->encoding) < encoding_bits(from->encoding);
    case RILL_FIELD_RATE: return to->rate < from->rate;
    case RILL_FIELD_CHANNELS: return to->channels < from->channels;
    default: return 0;
  }
}

uint32_t
chain_cost(const struct rill_format* from, const struct rill_format* to)
{
  static const struct {
    uint32_t field;
    uint32_t work;
  } parts[] = {
    { RILL_FIELD_PACKING, 8 },
    { RILL_FIELD_ENCODING, 10 },
    { RILL_FIELD_CHANNELS, 20 },
    { RILL_FIELD_RATE, 100 },
  };
  uint32_t cost = 0;
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; ++i) {
    const uint32_t field = parts[i].field;
    if (format_get(from, field) != format_get(to, field)) {
      cost += parts[i].work + (chain_loses(from, to, field) ? 1000 : 0);
    }
  }
  return cost;
}

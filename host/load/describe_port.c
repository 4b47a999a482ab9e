// SPDX-License-Identifier: ISC
#include "load/describe_check.h"
#include "load/utf8.h"

#include <string.h>

static const struct rill_port_desc*
port_by_id(const struct rill_node_desc* d, uint32_t id)
{
  for (uint32_t i = 0; i < d->n_ports; ++i) {
    if (d->ports[i]->id == id) {
      return d->ports[i];
    }
  }
  return NULL;
}

static int
has_param(const struct rill_node_desc* d, const char* symbol)
{
  for (uint32_t i = 0; symbol && i < d->n_params; ++i) {
    if (!strcmp(d->params[i]->symbol, symbol)) {
      return 1;
    }
  }
  return 0;
}

// What is wrong with a demand, or null.
static const char*
demand_fault(const struct rill_node_desc* d, const struct rill_port_desc* p,
             const struct rill_constraint* k)
{
  const int is_many = (p->flags & RILL_PORT_MULTI) != 0;
  if (!k->field || k->field > RILL_FIELD_RANK) {
    return "a constraint on a field that is not known";
  }
  switch (k->op) {
    case RILL_RANGE:
      return k->min > k->max ? "a range that is empty" : NULL;
    case RILL_ONE_OF: return k->n_values ? NULL : "a choice of no values";
    case RILL_SAME_AS: // links of one port may be asked to be the same
      return port_by_id(d, k->port) && (k->port != p->id || is_many)
               ? NULL
               : "the same as a port that is no other";
    case RILL_PARAM:
      return has_param(d, k->param) ? NULL : "as a parameter that is not there";
    default: return "a constraint of a sort that is not known";
  }
}

static enum status
check_demands(const struct describe_check* c, const struct rill_port_desc* p,
              const struct rill_format_set* set)
{
  for (uint32_t i = 0; i < set->n_constraints; ++i) {
    const char* const fault = demand_fault(c->desc, p, &set->constraints[i]);
    if (fault) {
      return describe_refuse(c, "port '%s': %s", p->symbol, fault);
    }
  }
  return STATUS_OK;
}

static enum status
check_formats(const struct describe_check* c, const struct rill_port_desc* p)
{
  for (uint32_t i = 0; i < p->n_formats; ++i) {
    const struct rill_format_set* const set = p->formats[i];
    if (!set->kind || set->kind > RILL_KIND_CUSTOM) {
      return describe_refuse(c, "port '%s': kind %u of data is not known",
                             p->symbol, set->kind);
    }
    if (set->kind == RILL_KIND_CUSTOM && !(set->uri && *set->uri)) {
      return describe_refuse(c, "port '%s': custom data without a uri",
                             p->symbol);
    }
    const enum status st = check_demands(c, p, set);
    if (st) {
      return st;
    }
  }
  return STATUS_OK;
}

// What a port must be among those before it.
static enum status
check_order(const struct describe_check* c, uint32_t index)
{
  const struct rill_port_desc* const p = c->desc->ports[index];
  for (uint32_t i = 0; i < index; ++i) {
    const struct rill_port_desc* const before = c->desc->ports[i];
    if (before->id == p->id) {
      return describe_refuse(c, "ports '%s' and '%s' have the same id %u",
                             before->symbol, p->symbol, p->id);
    }
    if (before->direction == p->direction &&
        !strcmp(before->symbol, p->symbol)) {
      return describe_refuse(c, "two %s ports are called '%s'",
                             p->direction == RILL_IN ? "input" : "output",
                             p->symbol);
    }
    if (before->direction == RILL_OUT && p->direction == RILL_IN) {
      return describe_refuse(c, "input '%s' comes after output '%s'", p->symbol,
                             before->symbol);
    }
    if (before->direction == p->direction &&
        (before->flags & RILL_PORT_MULTI)) {
      return describe_refuse(
        c, "port '%s' takes any number of links, and '%s' comes after it",
        before->symbol, p->symbol);
    }
  }
  return STATUS_OK;
}

enum status
describe_check_port(const struct describe_check* c, uint32_t index)
{
  const struct rill_port_desc* const p = c->desc->ports[index];
  const struct rill_port_desc* const pair =
    p->in_place_pair ? port_by_id(c->desc, p->in_place_pair) : NULL;
  if (!describe_is_word(p->symbol, "")) {
    return describe_refuse(c, "port %u: '%.64s' is no symbol", index,
                           p->symbol);
  }
  if (!p->id) {
    return describe_refuse(c, "port '%s': its id is 0", p->symbol);
  }
  if (p->direction != RILL_IN && p->direction != RILL_OUT) {
    return describe_refuse(c, "port '%s': direction %u is neither in nor out",
                           p->symbol, p->direction);
  }
  if (p->in_place_pair &&
      (p->direction != RILL_OUT || !pair || pair->direction != RILL_IN)) {
    return describe_refuse(
      c, "port '%s': in_place_pair %u is not an output's input", p->symbol,
      p->in_place_pair);
  }
  if (!utf8_is_valid(p->doc)) {
    return describe_refuse(c, "port '%s': its doc is not UTF-8", p->symbol);
  }
  const enum status st = check_order(c, index);
  return st ? st : check_formats(c, p);
}

// SPDX-License-Identifier: ISC
// What a node type must fulfil beyond being readable. Works on the host's own
// copy: every pointer and every count has been checked.
#include "load/describe.h"
#include "load/utf8.h"

#include <harness/param_text.h>

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 64 };

struct check {
  const struct rill_node_desc* desc;
  struct reason* reason;
};

static enum status
refuse(const struct check* c, const char* format, ...)
  __attribute__((format(printf, 2, 3)));

static enum status
refuse(const struct check* c, const char* format, ...)
{
  char text[REASON_BYTES];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  return reason_set(c->reason, STATUS_BAD_PLUGIN, "node type '%.64s': %s",
                    c->desc->name, text);
}

// [a-z][a-z0-9_]*, and the letters in *more*.
static int
is_word(const char* s, const char* more)
{
  if (*s < 'a' || *s > 'z' || strlen(s) > NAME_BYTES) {
    return 0;
  }
  for (; *s; ++s) {
    if (!((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9') || *s == '_' ||
          strchr(more, *s))) {
      return 0;
    }
  }
  return 1;
}

static enum status
check_names(const struct check* c)
{
  const struct rill_node_desc* const d = c->desc;
  const char* const texts[] = { d->version, d->vendor, d->licence, d->doc,
                                d->categories };
  if (!is_word(d->name, ".")) {
    return refuse(c, "this is no name: letters a to z, digits, _ and . are, "
                     "at most %d, and a letter first", NAME_BYTES);
  }
  if (!*d->id || strspn(d->id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"
                               "WXYZ0123456789._-") != strlen(d->id)) {
    return refuse(c, "its id is not like org.example.name");
  }
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
    if (!utf8_is_valid(texts[i])) {
      return refuse(c, "one of its texts is not UTF-8");
    }
  }
  return STATUS_OK;
}

static enum status
check_numbers(const struct check* c)
{
  const struct rill_node_desc* const d = c->desc;
  if (d->required_flags) {
    return refuse(c, "needs abilities (0x%x) that this host does not have",
                  d->required_flags);
  }
  if (d->exec > RILL_EXEC_BLOCKING) {
    return refuse(c, "its exec class %u is not known", d->exec);
  }
  return STATUS_OK;
}

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

static enum status
check_demand(const struct check* c, const struct rill_port_desc* p,
             const struct rill_constraint* k)
{
  if (!k->field || k->field > RILL_FIELD_RANK) {
    return refuse(c, "port '%s': a constraint on an unknown field (%u)",
                  p->symbol, k->field);
  }
  switch (k->op) {
    case RILL_RANGE:
      return k->min <= k->max ? STATUS_OK
                              : refuse(c, "port '%s': a range from %u to %u",
                                       p->symbol, k->min, k->max);
    case RILL_ONE_OF:
      return k->n_values ? STATUS_OK
                         : refuse(c, "port '%s': a choice of no values",
                                  p->symbol);
    case RILL_SAME_AS: // a port of many links may ask that they are the same
      return port_by_id(c->desc, k->port) &&
                 (k->port != p->id || (p->flags & RILL_PORT_MULTI))
               ? STATUS_OK
               : refuse(c, "port '%s': the same as port id %u, which is no "
                           "other port", p->symbol, k->port);
    case RILL_PARAM:
      return has_param(c->desc, k->param)
               ? STATUS_OK
               : refuse(c, "port '%s': as parameter '%s', which there is not",
                        p->symbol, k->param ? k->param : "");
    default:
      return refuse(c, "port '%s': a constraint of an unknown sort (%u)",
                    p->symbol, k->op);
  }
}

static enum status
check_formats(const struct check* c, const struct rill_port_desc* p)
{
  for (uint32_t i = 0; i < p->n_formats; ++i) {
    const struct rill_format_set* const set = p->formats[i];
    if (!set->kind || set->kind > RILL_KIND_CUSTOM) {
      return refuse(c, "port '%s': kind %u of data is not known", p->symbol,
                    set->kind);
    }
    if (set->kind == RILL_KIND_CUSTOM && !(set->uri && *set->uri)) {
      return refuse(c, "port '%s': custom data without a uri", p->symbol);
    }
    for (uint32_t k = 0; k < set->n_constraints; ++k) {
      const enum status st = check_demand(c, p, &set->constraints[k]);
      if (st) {
        return st;
      }
    }
  }
  return STATUS_OK;
}

// What a port must be among those before it.
static enum status
check_order(const struct check* c, uint32_t index)
{
  const struct rill_port_desc* const p = c->desc->ports[index];
  for (uint32_t i = 0; i < index; ++i) {
    const struct rill_port_desc* const before = c->desc->ports[i];
    if (before->id == p->id) {
      return refuse(c, "ports '%s' and '%s' have the same id %u",
                    before->symbol, p->symbol, p->id);
    }
    if (before->direction == p->direction &&
        !strcmp(before->symbol, p->symbol)) {
      return refuse(c, "two %s ports are called '%s'",
                    p->direction == RILL_IN ? "input" : "output", p->symbol);
    }
    if (before->direction == RILL_OUT && p->direction == RILL_IN) {
      return refuse(c, "input '%s' comes after output '%s'", p->symbol,
                    before->symbol);
    }
    if (before->direction == p->direction &&
        (before->flags & RILL_PORT_MULTI)) {
      return refuse(c, "port '%s' takes any number of links, and '%s' comes "
                       "after it", before->symbol, p->symbol);
    }
  }
  return STATUS_OK;
}

static enum status
check_port(const struct check* c, uint32_t index)
{
  const struct rill_port_desc* const p = c->desc->ports[index];
  const struct rill_port_desc* const pair =
    p->in_place_pair ? port_by_id(c->desc, p->in_place_pair) : NULL;
  if (!is_word(p->symbol, "")) {
    return refuse(c, "port %u: '%.64s' is no symbol", index, p->symbol);
  }
  if (!p->id) {
    return refuse(c, "port '%s': its id is 0", p->symbol);
  }
  if (p->direction != RILL_IN && p->direction != RILL_OUT) {
    return refuse(c, "port '%s': direction %u is neither in nor out", p->symbol,
                  p->direction);
  }
  if (p->in_place_pair && (p->direction != RILL_OUT || !pair ||
                           pair->direction != RILL_IN)) {
    return refuse(c, "port '%s': in_place_pair %u is not an output's input",
                  p->symbol, p->in_place_pair);
  }
  if (!utf8_is_valid(p->doc)) {
    return refuse(c, "port '%s': its doc is not UTF-8", p->symbol);
  }
  const enum status st = check_order(c, index);
  return st ? st : check_formats(c, p);
}

static enum status
check_enum(const struct check* c, const struct rill_param_desc* p)
{
  if ((p->type == RILL_TYPE_ENUM) != (p->n_names > 0)) {
    return refuse(c, "parameter '%s': %s", p->symbol,
                  p->n_names ? "names, and it is no enum"
                             : "an enum without names");
  }
  for (uint32_t i = 0; i < p->n_names; ++i) {
    for (uint32_t k = 0; k < i; ++k) {
      if (!strcmp(p->names[i], p->names[k])) {
        return refuse(c, "parameter '%s': the name '%s' twice", p->symbol,
                      p->names[i]);
      }
    }
    if (!*p->names[i] || !utf8_is_valid(p->names[i])) {
      return refuse(c, "parameter '%s': name %u is empty or not UTF-8",
                    p->symbol, i);
    }
  }
  return STATUS_OK;
}

// A list as a whole is for the reader of graph files.
static enum status
check_sample(const struct check* c, const struct rill_param_desc* p,
             const char* what, const char* text)
{
  char error[256];
  struct rill_value value;
  if (!text || ((p->flags & RILL_PARAM_LIST) && (*text == '[' || !*text))) {
    return STATUS_OK;
  }
  return rill_param_read(p, text, &value, error, sizeof error)
           ? refuse(c, "parameter '%s': its %s '%.64s' is not taken: %s",
                    p->symbol, what, text, error)
           : STATUS_OK;
}

static enum status
check_param(const struct check* c, uint32_t index)
{
  const struct rill_param_desc* const p = c->desc->params[index];
  if (!is_word(p->symbol, "")) {
    return refuse(c, "parameter %u: '%.64s' is no symbol", index, p->symbol);
  }
  if (p->type < RILL_TYPE_FLOAT || p->type > RILL_TYPE_STRING) {
    return refuse(c, "parameter '%s': type %u is not known", p->symbol, p->type);
  }
  if (p->unit > RILL_UNIT_PATH) {
    return refuse(c, "parameter '%s': unit %u is not known", p->symbol, p->unit);
  }
  if (isnan(p->min) || isnan(p->max) || p->min > p->max) {
    return refuse(c, "parameter '%s': a range from %g to %g", p->symbol, p->min,
                  p->max);
  }
  if (!utf8_is_valid(p->doc)) {
    return refuse(c, "parameter '%s': its doc is not UTF-8", p->symbol);
  }
  for (uint32_t i = 0; i < index; ++i) {
    if (!strcmp(c->desc->params[i]->symbol, p->symbol)) {
      return refuse(c, "two parameters are called '%s'", p->symbol);
    }
  }
  enum status st;
  if ((st = check_enum(c, p)) || (st = check_sample(c, p, "default", p->def))) {
    return st;
  }
  return check_sample(c, p, "example", p->example);
}

enum status
describe_check(const struct rill_node_desc* desc, struct reason* reason)
{
  const struct check c = { desc, reason };
  enum status st = check_names(&c);
  if (!st) {
    st = check_numbers(&c);
  }
  for (uint32_t i = 0; !st && i < desc->n_ports; ++i) {
    st = check_port(&c, i);
  }
  for (uint32_t i = 0; !st && i < desc->n_params; ++i) {
    st = check_param(&c, i);
  }
  return st;
}

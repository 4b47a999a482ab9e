// SPDX-License-Identifier: ISC
// What a node type must fulfil beyond being readable. Works on the host's own
// copy: every pointer and every count has been checked.
#include "load/describe_check.h"
#include "load/utf8.h"

#include <harness/param_text.h>

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum status
describe_refuse(const struct describe_check* c, const char* format, ...)
{
  char text[REASON_BYTES];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  return reason_set(c->reason, STATUS_BAD_PLUGIN, "node type '%.64s': %s",
                    c->desc->name, text);
}

int
describe_is_word(const char* s, const char* more)
{
  if (*s < 'a' || *s > 'z' || strlen(s) > DESCRIBE_NAME_BYTES) {
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
check_names(const struct describe_check* c)
{
  const struct rill_node_desc* const d = c->desc;
  const char* const texts[] = { d->version, d->vendor, d->licence, d->doc,
                                d->categories };
  if (!describe_is_word(d->name, ".")) {
    return describe_refuse(
      c,
      "this is no name: letters a to z, digits, _ and . are, "
      "at most %d, and a letter first",
      DESCRIBE_NAME_BYTES);
  }
  if (!*d->id ||
      strspn(d->id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"
                    "WXYZ0123456789._-") != strlen(d->id)) {
    return describe_refuse(c, "its id is not like org.example.name");
  }
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
    if (!utf8_is_valid(texts[i])) {
      return describe_refuse(c, "one of its texts is not UTF-8");
    }
  }
  return STATUS_OK;
}

static enum status
check_numbers(const struct describe_check* c)
{
  const struct rill_node_desc* const d = c->desc;
  if (d->required_flags) {
    return describe_refuse(
      c, "needs abilities (0x%x) that this host does not have",
      d->required_flags);
  }
  if (d->exec > RILL_EXEC_BLOCKING) {
    return describe_refuse(c, "its exec class %u is not known", d->exec);
  }
  return STATUS_OK;
}

static enum status
check_enum(const struct describe_check* c, const struct rill_param_desc* p)
{
  if ((p->type == RILL_TYPE_ENUM) != (p->n_names > 0)) {
    return describe_refuse(c, "parameter '%s': %s", p->symbol,
                           p->n_names ? "names, and it is no enum"
                                      : "an enum without names");
  }
  for (uint32_t i = 0; i < p->n_names; ++i) {
    for (uint32_t k = 0; k < i; ++k) {
      if (!strcmp(p->names[i], p->names[k])) {
        return describe_refuse(c, "parameter '%s': the name '%s' twice",
                               p->symbol, p->names[i]);
      }
    }
    if (!*p->names[i] || !utf8_is_valid(p->names[i])) {
      return describe_refuse(c, "parameter '%s': name %u is empty or not UTF-8",
                             p->symbol, i);
    }
  }
  return STATUS_OK;
}

// A list or a map as a whole is for the reader of graph files.
static enum status
check_sample(const struct describe_check* c, const struct rill_param_desc* p,
             const char* what, const char* text)
{
  char error[256];
  struct rill_value value;
  const int is_whole = p->type == RILL_TYPE_JSON
                         ? text && (*text == '{' || *text == '[')
                         : (p->flags & RILL_PARAM_LIST) && text &&
                             (*text == '[' || !*text);
  if (!text || is_whole) {
    return STATUS_OK;
  }
  return rill_param_read(p, text, &value, error, sizeof error)
           ? describe_refuse(c,
                             "parameter '%s': its %s '%.64s' is not taken: %s",
                             p->symbol, what, text, error)
           : STATUS_OK;
}

static enum status
check_param(const struct describe_check* c, uint32_t index)
{
  const struct rill_param_desc* const p = c->desc->params[index];
  if (!describe_is_word(p->symbol, "")) {
    return describe_refuse(c, "parameter %u: '%.64s' is no symbol", index,
                           p->symbol);
  }
  if (p->type < RILL_TYPE_FLOAT || p->type > RILL_TYPE_JSON ||
      p->type == RILL_TYPE_LIST) {
    return describe_refuse(c, "parameter '%s': type %u is not known", p->symbol,
                           p->type);
  }
  if (p->unit > RILL_UNIT_PATH) {
    return describe_refuse(c, "parameter '%s': unit %u is not known", p->symbol,
                           p->unit);
  }
  if (isnan(p->min) || isnan(p->max) || p->min > p->max) {
    return describe_refuse(c, "parameter '%s': a range from %g to %g",
                           p->symbol, p->min, p->max);
  }
  if (!utf8_is_valid(p->doc)) {
    return describe_refuse(c, "parameter '%s': its doc is not UTF-8",
                           p->symbol);
  }
  for (uint32_t i = 0; i < index; ++i) {
    if (!strcmp(c->desc->params[i]->symbol, p->symbol)) {
      return describe_refuse(c, "two parameters are called '%s'", p->symbol);
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
  const struct describe_check c = { desc, reason };
  enum status st = check_names(&c);
  if (!st) {
    st = check_numbers(&c);
  }
  for (uint32_t i = 0; !st && i < desc->n_ports; ++i) {
    st = describe_check_port(&c, i);
  }
  for (uint32_t i = 0; !st && i < desc->n_params; ++i) {
    st = check_param(&c, i);
  }
  return st;
}

// SPDX-License-Identifier: ISC
#include "param_text.h"

#include "nearest.h"
#include "param_private.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int32_t
param_refuse(const struct complaint* c, const char* format, ...)
{
  char why[512] = {0};
  va_list args;
  va_start(args, format);
  vsnprintf(why, sizeof why, format, args);
  va_end(args);
  if (c->error && c->error_bytes) {
    const int long_text = strlen(c->text) > 60;
    snprintf(c->error, c->error_bytes, "'%.60s%s' %s", c->text,
             long_text ? "..." : "", why);
  }
  return RILL_ERR_BAD_PARAM;
}

static int
lower(char c)
{
  return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

int
param_is_like(const char* a, const char* b)
{
  while (*a && lower(*a) == lower(*b)) {
    ++a;
    ++b;
  }
  return !*a && !*b;
}

static int32_t
read_bool(const struct complaint* c, struct rill_value* out)
{
  static const char* const yes[] = {"yes", "on", "y", "1", "true", "enabled"};
  static const char* const no[] = {"no", "off", "n", "0", "false", "disabled"};
  const int truth = !strcmp(c->text, "true");

  if (truth || !strcmp(c->text, "false")) {
    *out = (struct rill_value){.type = RILL_TYPE_BOOL, .f = truth, .i = truth};
    return RILL_OK;
  }
  for (size_t i = 0; i < sizeof yes / sizeof yes[0]; ++i) {
    if (param_is_like(c->text, yes[i])) {
      return param_refuse(c, "is not a bool: write true");
    }
    if (param_is_like(c->text, no[i])) {
      return param_refuse(c, "is not a bool: write false");
    }
  }
  return param_refuse(c, "is not a bool: write true or false");
}

static int32_t
read_enum(const struct complaint* c, struct rill_value* out)
{
  const struct rill_param_desc* const desc = c->desc;
  char list[256] = {0};
  size_t n = 0;

  for (uint32_t i = 0; i < desc->n_names; ++i) {
    const char* const name = desc->names[i];
    if (!strcmp(name, c->text)) {
      *out = (struct rill_value){.type = RILL_TYPE_ENUM,
                                 .n = (uint32_t)strlen(name),
                                 .i = i,
                                 .text = name};
      return RILL_OK;
    }
    if (n < sizeof list) {
      const char* const joint = !i                      ? ""
                                : i + 1 < desc->n_names ? ", "
                                                        : " or ";
      n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", joint, name);
    }
  }
  const char* const near = rill_nearest(c->text, desc->names, desc->n_names);
  if (near) {
    return param_refuse(c, "is not one of the choices: write %s (did you mean "
                           "'%s'?)", list, near);
  }
  return param_refuse(c, "is not one of the choices: write %s", list);
}

static int32_t
read_string(const struct complaint* c, struct rill_value* out)
{
  const size_t n = strlen(c->text);
  if (n > UINT32_MAX) {
    return param_refuse(c, "is too long");
  }
  *out = (struct rill_value){
    .type = RILL_TYPE_STRING, .n = (uint32_t)n, .text = c->text};
  return RILL_OK;
}

int32_t
rill_param_read(const struct rill_param_desc* desc,
                const char* text,
                struct rill_value* out,
                char* error,
                size_t error_bytes)
{
  const struct complaint c = {desc, text, error, error_bytes};
  switch (desc->type) {
    case RILL_TYPE_FLOAT:
    case RILL_TYPE_INT: return param_read_number(&c, out);
    case RILL_TYPE_BOOL: return read_bool(&c, out);
    case RILL_TYPE_ENUM: return read_enum(&c, out);
    case RILL_TYPE_STRING: return read_string(&c, out);
    case RILL_TYPE_JSON: return param_read_json(&c, out);
    default: return param_refuse(&c, "is for a parameter of an unknown type");
  }
}

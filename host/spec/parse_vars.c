// SPDX-License-Identifier: ISC
// `vars`: a scalar, or type, default, required and help.
#include "spec/parse.h"

#include <stdio.h>

static enum status
parse_type(struct parser* p, void* var, const struct word* key)
{
  return parse_word(p, &((struct document_var*)var)->type, key);
}

static enum status
parse_default(struct parser* p, void* var, const struct word* key)
{
  if (parse_is_null(p)) {
    return STATUS_OK;
  }
  return parse_word(p, &((struct document_var*)var)->default_value, key);
}

static enum status
parse_required(struct parser* p, void* var, const struct word* key)
{
  return parse_word(p, &((struct document_var*)var)->required, key);
}

static enum status
parse_help(struct parser* p, void* var, const struct word* key)
{
  return parse_word(p, &((struct document_var*)var)->help, key);
}

static const struct parse_rule var_rules[] = {
  { "type", parse_type },
  { "default", parse_default },
  { "required", parse_required },
  { "help", parse_help },
};

static enum status
parse_var(struct parser* p, void* target, const struct word* key)
{
  struct document* const document = target;
  struct document_var* const vars =
    store_grow(p->store, document->vars, document->n_vars, sizeof *vars);
  if (!vars) {
    return STATUS_NO_MEMORY;
  }
  document->vars = vars;
  struct document_var* const var = &vars[document->n_vars];
  *var = (struct document_var){ .name = *key };
  document->n_vars += (uint32_t)parse_check_name(p, key, "variable");
  if (p->event.kind == EVENT_SCALAR) {
    return parse_default(p, var, key);
  }
  char what[96];
  snprintf(what, sizeof what, "variable '%.64s'", key->text);
  return parse_rules(p, var_rules, sizeof var_rules / sizeof var_rules[0], var,
                     what);
}

enum status
parse_vars(struct parser* p, void* target, const struct word* key)
{
  (void)key;
  return parse_definitions(p, target, "'vars'", parse_var);
}

// SPDX-License-Identifier: ISC
// What a variable stands for.
#include "base/text.h"
#include "spec/codes.h"
#include "spec/utf8.h"
#include "spec/var_type.h"
#include "spec/vars_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct var_entry*
vars_find_entry(const struct vars* vars, const char* name)
{
  const struct name* const it = names_find(&vars->names, name);
  return it ? &vars->entries[it->index] : NULL;
}

static unsigned
find_in_chain(const struct vars* vars, const char* name)
{
  unsigned i = 0;
  while (i < vars->n_chain && strcmp(vars->chain[i], name) != 0) {
    ++i;
  }
  return i;
}

static void
complain_chain(const struct vars* vars, const struct var_entry* entry)
{
  const char* const name = entry->var.name.text;
  const unsigned first = find_in_chain(vars, name);
  struct text chain = { 0 };
  for (unsigned i = first; i < vars->n_chain; ++i) {
    text_add(&chain, "%.64s -> ", vars->chain[i]);
  }
  if (first == vars->n_chain) {
    diags_add(vars->diags, SEVERITY_ERROR, code_variable_loop,
              entry->default_value.place, NULL, NULL,
              "more than %d variables refer to each other in a row",
              VARS_MAX_CHAIN);
  } else {
    diags_add(vars->diags, SEVERITY_ERROR, code_variable_loop,
              entry->default_value.place, NULL, NULL,
              "variables refer to each other in a circle: %.800s%.64s",
              text_get(&chain), name);
  }
  text_fini(&chain);
}

static enum status
expand_default(struct vars* vars, struct var_entry* entry)
{
  const struct scope* const scope = vars->scope;
  const struct subst subst = { vars->diags, vars->store, vars_find, vars };
  int is_failed = 0;
  vars->scope = NULL; // the parameters of a template are no business of it
  vars->chain[vars->n_chain++] = entry->var.name.text;
  const enum status st = subst_word(&subst, &entry->default_value, &is_failed);
  --vars->n_chain;
  vars->scope = scope;
  entry->state = is_failed ? VAR_FAILED : entry->state;
  return st;
}

// The variable that is there, but has no value.
static void
complain_empty(const struct vars* vars, const char* name, struct place place)
{
  char hint[128];
  if (!strcmp(name, "input") || !strcmp(name, "output")) {
    snprintf(hint, sizeof hint, "give it with -%c FILE", name[0]);
  } else {
    snprintf(hint, sizeof hint, "give it with --set %.64s=VALUE", name);
  }
  diags_add(vars->diags, SEVERITY_ERROR, code_no_value, place, hint, NULL,
            "variable '%.64s' has no value", name);
}

enum status
vars_resolve(struct vars* vars, struct var_entry* entry)
{
  struct spec_var* const var = &entry->var;
  if (entry->state == VAR_BUSY || vars->n_chain == VARS_MAX_CHAIN) {
    complain_chain(vars, entry);
    entry->state = VAR_FAILED;
  }
  if (entry->state != VAR_NEW) {
    return STATUS_OK;
  }
  entry->state = VAR_BUSY;
  const enum status st = expand_default(vars, entry);
  if (st) {
    return st;
  }
  const int is_given = var->value != NULL;
  var->default_value = entry->default_value.text;
  var->value = is_given ? var->value : var->default_value;
  if (entry->state == VAR_FAILED) {
    return STATUS_OK;
  }
  entry->state = VAR_DONE;
  if (!var->value && var->required) {
    complain_empty(vars, var->name.text, var->name.place);
    entry->state = VAR_FAILED;
  } else if (var->value) {
    const struct place place =
      is_given ? var->name.place : entry->default_value.place;
    if (!var_type_check(var, var->value, place, vars->diags)) {
      entry->state = VAR_FAILED;
    }
  }
  return STATUS_OK;
}

static void
find_in_environment(const struct vars* vars, struct subst_ref* ref)
{
  const char* const value = getenv(ref->name);
  if (value && utf8_is_text(value, strlen(value))) {
    ref->value = value;
  } else if (value || !ref->has_default) {
    diags_add(vars->diags, SEVERITY_ERROR, code_no_environment, ref->place,
              value ? NULL : "set it, or write $(env:NAME:-default)", NULL,
              "environment variable '%.80s' is not %s", ref->name,
              value ? "UTF-8" : "set");
    ref->failed = 1;
  }
}

// So that a graph finds what lies beside it, from wherever it is run.
static enum status
find_in_file(struct vars* vars, struct subst_ref* ref)
{
  const char* const file = ref->place.file ? ref->place.file : "";
  const char* const slash = strrchr(file, '/');
  const size_t n = slash ? (size_t)(slash - file) : 0;
  if (strcmp(ref->name, "folder")) {
    diags_add(vars->diags, SEVERITY_ERROR, code_undefined_variable, ref->place,
              "did you mean '$(file:folder)'?", NULL,
              "of a file, only its folder is known, not its '%.80s'",
              ref->name);
    ref->failed = 1;
    return STATUS_OK;
  }
  ref->value = n       ? store_strndup(vars->store, file, n)
               : slash ? "/"
                       : ".";
  return ref->value ? STATUS_OK : STATUS_NO_MEMORY;
}

static void
complain_undefined(const struct vars* vars, struct subst_ref* ref)
{
  const char* names[DOCUMENT_MAX_PORTS];
  const uint32_t n = vars->scope ? vars->scope->n_bindings : 0;
  for (uint32_t i = 0; i < n; ++i) {
    names[i] = vars->scope->bindings[i].name;
  }
  char hint[128];
  const char* nearest =
    diags_suggest(vars->diags, ref->name, names, n, hint, sizeof hint);
  if (!nearest) {
    nearest =
      names_suggest(&vars->names, vars->diags, ref->name, hint, sizeof hint);
  }
  diags_add(vars->diags, SEVERITY_ERROR, code_undefined_variable, ref->place,
            nearest ? nearest : "declare it under 'vars'", NULL,
            "variable '%.80s' is not defined", ref->name);
  ref->failed = 1;
}

static const char*
find_binding(const struct scope* scope, const char* name)
{
  for (uint32_t i = 0; scope && i < scope->n_bindings; ++i) {
    if (!strcmp(scope->bindings[i].name, name)) {
      return scope->bindings[i].value;
    }
  }
  return NULL;
}

enum status
vars_find(void* arg, struct subst_ref* ref)
{
  struct vars* const vars = arg;
  if (ref->is_env) {
    find_in_environment(vars, ref);
    return STATUS_OK;
  }
  if (ref->is_file) {
    return find_in_file(vars, ref);
  }
  if ((ref->value = find_binding(vars->scope, ref->name))) {
    return STATUS_OK;
  }
  struct var_entry* const entry = vars_find_entry(vars, ref->name);
  if (!entry) {
    if (!ref->has_default) {
      complain_undefined(vars, ref);
    }
    return STATUS_OK;
  }
  entry->is_used = 1;
  const enum status st = vars_resolve(vars, entry);
  ref->failed = entry->state == VAR_FAILED;
  ref->value = entry->var.value;
  if (!st && !ref->failed && !ref->value && !ref->has_default) {
    complain_empty(vars, ref->name, ref->place);
    ref->failed = 1;
  }
  return st;
}

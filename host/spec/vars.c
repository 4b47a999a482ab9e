// SPDX-License-Identifier: ISC
#include "spec/vars.h"

#include "base/mem.h"
#include "base/text.h"
#include "spec/codes.h"
#include "spec/names.h"
#include "spec/subst.h"
#include "spec/utf8.h"
#include "spec/var_type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CHAIN = 32 };

// Set by -i and -o, so graphs may use them without saying so.
static const char* const builtins[] = { "input", "output" };
enum { N_BUILTINS = sizeof builtins / sizeof builtins[0] };

enum state { STATE_NEW, STATE_BUSY, STATE_DONE, STATE_FAILED };

struct entry {
  struct spec_var var;
  struct word default_value;
  enum state state;
  int is_builtin;
  int is_used;
};

struct vars {
  struct diags* diags;
  struct store* store;
  const char* file;
  struct entry* entries;
  uint32_t n_entries;
  struct names names;
  const struct scope* scope;       // of the word in work
  const char* chain[MAX_CHAIN];    // names being worked out, outermost first
  unsigned n_chain;
};

static struct entry*
find_entry(const struct vars* vars, const char* name)
{
  const struct name* const it = names_find(&vars->names, name);
  return it ? &vars->entries[it->index] : NULL;
}

static void
read_required(const struct vars* vars, const struct document_var* from,
              struct spec_var* to)
{
  const struct word* const word = &from->required;
  if (!word->text || !strcmp(word->text, "false")) {
    return;
  }
  to->required = !strcmp(word->text, "true");
  if (!to->required) {
    diags_add(vars->diags, SEVERITY_ERROR, code_bad_value, word->place,
              "write true or false", NULL, "'required' cannot be '%.80s'",
              word->text);
  }
}

static enum status
add_declared(struct vars* vars, const struct document_var* from)
{
  struct entry* const entry = &vars->entries[vars->n_entries++];
  struct spec_var* const var = &entry->var;
  var->name = from->name;
  var->type = from->type.text;
  if (var->type) {
    var_type_check_name(&from->type, vars->diags);
  } else if (!(var->type = store_strdup(vars->store, "string"))) {
    return STATUS_NO_MEMORY;
  }
  var->help = from->help.text;
  entry->default_value = from->default_value;
  read_required(vars, from, var);
  return names_add(&vars->names, &var->name);
}

static int
is_declared(const struct document* document, const char* name)
{
  for (uint32_t i = 0; i < document->n_vars; ++i) {
    if (!strcmp(document->vars[i].name.text, name)) {
      return 1;
    }
  }
  return 0;
}

static enum status
add_builtin(struct vars* vars, const char* name)
{
  struct entry* const entry = &vars->entries[vars->n_entries++];
  entry->is_builtin = 1;
  entry->var.name.place.file = vars->file;
  entry->var.name.text = store_strdup(vars->store, name);
  entry->var.type = store_strdup(vars->store, "path");
  if (!entry->var.name.text || !entry->var.type) {
    return STATUS_NO_MEMORY;
  }
  return names_add(&vars->names, &entry->var.name);
}

static enum status
add_all(struct vars* vars, const struct document* document)
{
  enum status st = STATUS_OK;
  for (uint32_t i = 0; !st && i < document->n_vars; ++i) {
    st = add_declared(vars, &document->vars[i]);
  }
  for (int i = 0; !st && i < N_BUILTINS; ++i) {
    if (!is_declared(document, builtins[i])) {
      st = add_builtin(vars, builtins[i]);
    }
  }
  names_sort(&vars->names, NULL, NULL, NULL); // the document was checked
  return st;
}

static enum status
set(struct vars* vars, const struct spec_setting* setting)
{
  struct entry* const entry = find_entry(vars, setting->name);
  if (entry) {
    entry->var.value = store_strdup(vars->store, setting->value);
    return entry->var.value ? STATUS_OK : STATUS_NO_MEMORY;
  }
  char hint[128];
  const char* const nearest = names_suggest(&vars->names, vars->diags,
                                            setting->name, hint, sizeof hint);
  diags_add(vars->diags, SEVERITY_ERROR, code_unknown_setting,
            (struct place){ vars->file, 0, 0, 0 },
            nearest ? nearest : "declare it under 'vars'", NULL,
            "the graph has no variable '%.80s' to set", setting->name);
  return STATUS_OK;
}

enum status
vars_new(const struct document* document, const char* file,
         const struct spec_setting* settings, uint32_t n_settings,
         struct diags* diags, struct store* store, struct vars** out)
{
  struct vars* const vars = mem_new(struct vars);
  if (!vars) {
    return STATUS_NO_MEMORY;
  }
  *vars = (struct vars){ .diags = diags, .store = store, .file = file };
  vars->entries = store_alloc(store, (size_t)document->n_vars + N_BUILTINS,
                              sizeof *vars->entries);
  enum status st = vars->entries ? add_all(vars, document) : STATUS_NO_MEMORY;
  for (uint32_t i = 0; !st && i < n_settings; ++i) {
    st = set(vars, &settings[i]);
  }
  if (st) {
    vars_free(vars);
    return st;
  }
  *out = vars;
  return STATUS_OK;
}

void
vars_free(struct vars* vars)
{
  if (vars) {
    names_fini(&vars->names);
    mem_free(vars);
  }
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
complain_chain(const struct vars* vars, const struct entry* entry)
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
              "more than %d variables refer to each other in a row", MAX_CHAIN);
  } else {
    diags_add(vars->diags, SEVERITY_ERROR, code_variable_loop,
              entry->default_value.place, NULL, NULL,
              "variables refer to each other in a circle: %.800s%.64s",
              text_get(&chain), name);
  }
  text_fini(&chain);
}

static enum status
find(void* arg, struct subst_ref* ref);

static enum status
expand_default(struct vars* vars, struct entry* entry)
{
  const struct scope* const scope = vars->scope;
  const struct subst subst = { vars->diags, vars->store, find, vars };
  const uint32_t n_errors = diags_count(vars->diags, SEVERITY_ERROR);
  vars->scope = NULL; // the parameters of a template are no business of it
  vars->chain[vars->n_chain++] = entry->var.name.text;
  const enum status st = subst_word(&subst, &entry->default_value);
  --vars->n_chain;
  vars->scope = scope;
  if (n_errors != diags_count(vars->diags, SEVERITY_ERROR)) {
    entry->state = STATE_FAILED;
  }
  return st;
}

static void
complain_required(const struct vars* vars, const struct entry* entry)
{
  const char* const name = entry->var.name.text;
  char hint[128];
  snprintf(hint, sizeof hint, "give it with --set %.64s=VALUE%s", name,
           !strcmp(name, builtins[0])   ? " or -i FILE"
           : !strcmp(name, builtins[1]) ? " or -o FILE"
                                        : "");
  diags_add(vars->diags, SEVERITY_ERROR, code_no_value, entry->var.name.place,
            hint, NULL, "variable '%.64s' has no value", name);
}

// Works out the value of one variable, once.
static enum status
resolve(struct vars* vars, struct entry* entry)
{
  struct spec_var* const var = &entry->var;
  if (entry->state == STATE_BUSY || vars->n_chain == MAX_CHAIN) {
    complain_chain(vars, entry);
    entry->state = STATE_FAILED;
  }
  if (entry->state != STATE_NEW) {
    return STATUS_OK;
  }
  entry->state = STATE_BUSY;
  const enum status st = expand_default(vars, entry);
  if (st) {
    return st;
  }
  const int is_given = var->value != NULL;
  var->default_value = entry->default_value.text;
  var->value = is_given ? var->value : var->default_value;
  if (entry->state == STATE_FAILED) {
    return STATUS_OK;
  }
  entry->state = STATE_DONE;
  if (!var->value && var->required) {
    complain_required(vars, entry);
    entry->state = STATE_FAILED;
  } else if (var->value) {
    const struct place place =
      is_given ? var->name.place : entry->default_value.place;
    if (!var_type_check(var, var->value, place, vars->diags)) {
      entry->state = STATE_FAILED;
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

static void
complain_empty(const struct vars* vars, const struct entry* entry,
               struct subst_ref* ref)
{
  char hint[128];
  snprintf(hint, sizeof hint, "give it with %s%.64s%s",
           entry->is_builtin ? "-" : "--set ",
           entry->is_builtin ? (ref->name[0] == 'i' ? "i" : "o") : ref->name,
           entry->is_builtin ? " FILE" : "=VALUE");
  diags_add(vars->diags, SEVERITY_ERROR, code_no_value, ref->place, hint, NULL,
            "variable '%.64s' has no value", ref->name);
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

static enum status
find(void* arg, struct subst_ref* ref)
{
  struct vars* const vars = arg;
  if (ref->is_env) {
    find_in_environment(vars, ref);
    return STATUS_OK;
  }
  if ((ref->value = find_binding(vars->scope, ref->name))) {
    return STATUS_OK;
  }
  struct entry* const entry = find_entry(vars, ref->name);
  if (!entry) {
    if (!ref->has_default) {
      complain_undefined(vars, ref);
    }
    return STATUS_OK;
  }
  entry->is_used = 1;
  const enum status st = resolve(vars, entry);
  ref->failed = entry->state == STATE_FAILED;
  ref->value = entry->var.value;
  if (!st && !ref->failed && !ref->value && !ref->has_default) {
    complain_empty(vars, entry, ref);
  }
  return st;
}

enum status
vars_expand(struct vars* vars, const struct scope* scope, struct word* word)
{
  const struct subst subst = { vars->diags, vars->store, find, vars };
  vars->scope = scope;
  return subst_word(&subst, word);
}

static void
complain_unread(const struct vars* vars, const struct entry* entry)
{
  diags_add(vars->diags, SEVERITY_ERROR, code_unknown_setting,
            (struct place){ vars->file, 0, 0, 0 }, NULL, NULL,
            "'%s' is set, but nothing in the graph reads $(%s)",
            entry->var.name.text, entry->var.name.text);
}

enum status
vars_finish(struct vars* vars, struct spec_var** out, uint32_t* n_out)
{
  struct spec_var* const items =
    store_alloc(vars->store, vars->n_entries, sizeof *items);
  if (!items) {
    return STATUS_NO_MEMORY;
  }
  uint32_t n = 0;
  for (uint32_t i = 0; i < vars->n_entries; ++i) {
    struct entry* const entry = &vars->entries[i];
    if (entry->is_builtin && !entry->is_used) {
      if (entry->var.value) {
        complain_unread(vars, entry);
      }
      continue;
    }
    const enum status st = resolve(vars, entry);
    if (st) {
      return st;
    }
    items[n++] = entry->var;
  }
  *out = items;
  *n_out = n;
  return STATUS_OK;
}

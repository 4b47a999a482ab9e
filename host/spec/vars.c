// SPDX-License-Identifier: ISC
#include "spec/vars_work.h"

#include "base/mem.h"
#include "spec/codes.h"
#include "spec/var_type.h"

#include <string.h>

// Set by -i and -o, so graphs may use them without saying so.
static const char* const builtins[] = { "input", "output" };
enum { N_BUILTINS = sizeof builtins / sizeof builtins[0] };

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
  struct var_entry* const entry = &vars->entries[vars->n_entries++];
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
  struct var_entry* const entry = &vars->entries[vars->n_entries++];
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
  struct var_entry* const entry = vars_find_entry(vars, setting->name);
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

enum status
vars_expand(struct vars* vars, const struct scope* scope, struct word* word)
{
  const struct subst subst = { vars->diags, vars->store, vars_find, vars };
  int is_failed;
  vars->scope = scope;
  return subst_word(&subst, word, &is_failed);
}

static void
complain_unread(const struct vars* vars, const struct var_entry* entry)
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
    struct var_entry* const entry = &vars->entries[i];
    if (entry->is_builtin && !entry->is_used) {
      if (entry->var.value) {
        complain_unread(vars, entry);
      }
      continue;
    }
    const enum status st = vars_resolve(vars, entry);
    if (st) {
      return st;
    }
    items[n++] = entry->var;
  }
  *out = items;
  *n_out = n;
  return STATUS_OK;
}

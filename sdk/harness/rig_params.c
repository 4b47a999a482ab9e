// SPDX-License-Identifier: ISC
// Parameters of a rig: read from texts, kept until close.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // strndup
#endif
#include "fake_private.h"
#include "nearest.h"
#include "param_text.h"
#include "rig_private.h"

void*
rig_own(struct rig* rig, void* memory)
{
  // At each power of two it doubles.
  void** const owned =
    rig->n_owned & (rig->n_owned - 1)
      ? rig->owned
      : realloc(rig->owned, (2 * (size_t)rig->n_owned + 1) * sizeof *owned);
  if (!owned || !memory) {
    rig_breach(rig, "out of memory");
  }
  rig->owned = owned;
  rig->owned[rig->n_owned++] = memory;
  return memory;
}

uint32_t
rig_find_param(struct rig* rig, const char* symbol)
{
  const struct rill_node_desc* const desc = rig->desc;
  const char** const names = fake_zeroed(desc->n_params * sizeof *names);
  for (uint32_t i = 0; i < desc->n_params; ++i) {
    names[i] = desc->params[i]->symbol;
    if (!strcmp(names[i], symbol)) {
      free(names);
      return i;
    }
  }
  const char* const near = rill_nearest(symbol, names, desc->n_params);
  rig_breach(rig, "no parameter '%s'%s%s", symbol,
             near ? ", did you mean " : "", near ? near : "");
}

struct rill_value
rig_read_value(struct rig* rig, uint32_t param, const char* text)
{
  const struct rill_param_desc* const desc = rig->desc->params[param];
  struct rill_value value = {0};
  char error[512] = {0};
  text = rig_own(rig, strdup(text));
  if (rill_param_read(desc, text, &value, error, sizeof error)) {
    rig_breach(rig, "parameter '%s': %s", desc->symbol, error);
  }
  return value;
}

void
rig_set_list(struct rig* rig,
             const char* symbol,
             const char* const* items,
             uint32_t n_items)
{
  const uint32_t param = rig_find_param(rig, symbol);
  struct rill_value* const list =
    rig_own(rig, fake_zeroed(n_items * sizeof *list));
  if (!(rig->desc->params[param]->flags & RILL_PARAM_LIST)) {
    rig_breach(rig, "parameter '%s' does not take a list", symbol);
  }
  for (uint32_t i = 0; i < n_items; ++i) {
    list[i] = rig_read_value(rig, param, items[i]);
  }
  rig->params[param] = (struct rill_value){
    .type = RILL_TYPE_LIST, .n = n_items, .list = list};
}

// "[1, 2, 3]" or "1, 2, 3"; nested brackets are flattened, quotes dropped.
static void
set_list_text(struct rig* rig, const char* symbol, const char* text)
{
  const char** const items = fake_zeroed((strlen(text) + 1) * sizeof *items);
  uint32_t n = 0;
  for (const char* at = text; *at;) {
    at += strspn(at, " ,[]\"'");
    const size_t n_bytes = strcspn(at, ",[]\"'");
    if (n_bytes) {
      size_t n_item = n_bytes;
      while (n_item > 1 && at[n_item - 1] == ' ') {
        --n_item;
      }
      items[n++] = rig_own(rig, strndup(at, n_item));
    }
    at += n_bytes;
  }
  rig_set_list(rig, symbol, items, n);
  free(items);
}

void
rig_set(struct rig* rig, const char* symbol, const char* text)
{
  const uint32_t param = rig_find_param(rig, symbol);
  if (rig->is_active) {
    rig_breach(rig, "rig_set after the start: use rig_event_now");
  }
  if (rig->desc->params[param]->flags & RILL_PARAM_LIST) {
    set_list_text(rig, symbol, text);
  } else {
    rig->params[param] = rig_read_value(rig, param, text);
  }
}

void
rig_set_all(struct rig* rig, const char* const* pairs)
{
  for (; pairs && pairs[0]; pairs += 2) {
    rig_set(rig, pairs[0], pairs[1]);
  }
}

void
rig_fill_params(struct rig* rig)
{
  for (uint32_t i = 0; i < rig->desc->n_params; ++i) {
    const struct rill_param_desc* const desc = rig->desc->params[i];
    if (rig->params[i].type == RILL_TYPE_NONE) {
      if (!desc->def) {
        rig_breach(rig, "parameter '%s' has no default: set it", desc->symbol);
      }
      rig_set(rig, desc->symbol, desc->def);
    }
  }
}

const struct rill_value*
rig_param(struct rig* rig, const char* symbol)
{
  return &rig->params[rig_find_param(rig, symbol)];
}

// SPDX-License-Identifier: ISC
#include "plan/plan_node.h"

#include "base/mem.h"
#include "harness/param_text.h"
#include "plan/ports.h"
#include "plan/values.h"

uint64_t
plan_hash(const char* text)
{
  uint64_t hash = 0xcbf29ce484222325u;
  for (; *text; ++text) {
    hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
  }
  return hash;
}

static struct plan_slot*
new_slots(uint32_t n)
{
  struct plan_slot* const slots = mem_new_array(struct plan_slot, n);
  for (uint32_t i = 0; slots && i < n; ++i) {
    slots[i].slot.size = sizeof slots[i].slot;
    slots[i].link = -1;
  }
  return slots;
}

// Defaults have been read once when the graph was bound; those of converters
// are read here.
static struct rill_value*
new_defaults(const struct rill_node_desc* desc)
{
  struct rill_value* const values =
    mem_new_array(struct rill_value, desc->n_params);
  for (uint32_t i = 0; values && i < desc->n_params; ++i) {
    const struct rill_param_desc* const param = desc->params[i];
    if (param->def &&
        value_default(param, &values[i], NULL, 0) == STATUS_NO_MEMORY) {
      values_free(values, i);
      return NULL;
    }
  }
  return values;
}

enum status
plan_node_init(struct plan_node* node, const char* id,
               const struct rill_value* params)
{
  const struct rill_node_desc* const desc = node->type->desc;
  node->in = new_slots(node->n_in);
  node->out = new_slots(node->n_out);
  node->given = mem_new_array(uint8_t, desc->n_params);
  node->params =
    params ? values_copy(params, desc->n_params) : new_defaults(desc);
  if (!node->in || !node->out || !node->given || !node->params) {
    return STATUS_NO_MEMORY;
  }
  if (id) {
    plan_node_name(node, mem_strdup(id));
  }
  return id && !node->id ? STATUS_NO_MEMORY : STATUS_OK;
}

void
plan_node_name(struct plan_node* node, char* id)
{
  node->id = id;
  node->seed = id ? plan_hash(id) : 0;
}

enum status
plan_node_set(struct plan_node* node, const char* symbol, const char* text)
{
  const struct rill_node_desc* const desc = node->type->desc;
  const uint32_t k = param_find(desc, symbol);
  struct rill_value value = { 0 };

  if (k == desc->n_params ||
      rill_param_read(desc->params[k], text, &value, NULL, 0)) {
    return STATUS_USAGE;
  }
  if (value_own(&value)) {
    return STATUS_NO_MEMORY;
  }
  value_fini(&node->params[k]);
  node->params[k] = value;
  node->given[k] = 1;
  return STATUS_OK;
}

void
plan_node_fini(struct plan_node* node)
{
  if (node->type) {
    values_free(node->params, node->type->desc->n_params);
  }
  mem_free(node->id);
  mem_free(node->given);
  mem_free(node->in);
  mem_free(node->out);
  *node = (struct plan_node){ 0 };
}

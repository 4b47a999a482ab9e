// SPDX-License-Identifier: ISC
#include "plan/paste.h"

#include "harness/param_text.h"

#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 32, VALUE_BYTES = 256 };

static int
is_taken(const struct plan* plan, const char* id)
{
  for (uint32_t i = 0; i < plan->n_nodes; ++i) {
    if (!strcmp(plan->nodes[i].id, id)) {
      return 1;
    }
  }
  return 0;
}

// The next of conv1, conv2, ... that no node has.
static uint32_t
next_name(const struct plan* plan, uint32_t number, char* out)
{
  do {
    snprintf(out, NAME_BYTES, "conv%u", ++number);
  } while (is_taken(plan, out));
  return number;
}

// Only what the plan set: the rest are defaults.
static void
print_params(const struct plan_node* node, struct text* out)
{
  const struct rill_node_desc* const desc = node->type->desc;
  char value[VALUE_BYTES];
  int n = 0;
  for (uint32_t i = 0; i < desc->n_params; ++i) {
    if (node->given[i]) {
      rill_param_print(desc->params[i], &node->params[i], value, sizeof value);
      text_add(out, "%s%s: %s", n++ ? ", " : "", desc->params[i]->symbol,
               value);
    }
  }
}

// "src", or "vad.speech" for an output that is not the first.
static void
print_source(const struct plan* plan, const struct plan_link* link,
             struct text* out)
{
  const struct plan_node* const from = &plan->nodes[link->from];
  const uint32_t port = from->out[link->from_slot].slot.port;
  text_add(out, "%s", from->id);
  if (port != from->out[0].slot.port) {
    text_add(out, ".%s", from->type->desc->ports[port]->symbol);
  }
}

void
paste_chain(const struct plan* plan, const struct plan_link* link,
            const struct chain* chain, struct text* out)
{
  char name[NAME_BYTES] = "";
  char before[NAME_BYTES] = "";
  uint32_t number = 0;

  for (uint32_t i = 0; i < chain->n; ++i) {
    const struct plan_node* const node = &chain->nodes[i];
    memcpy(before, name, sizeof before);
    number = next_name(plan, number, name);
    text_add(out, "%s: {type: %s, in: ", name, node->type->desc->name);
    if (i) {
      text_add(out, "%s", before);
    } else {
      print_source(plan, link, out);
    }
    text_add(out, ", with: {");
    print_params(node, out);
    text_add(out, "}}\n");
  }
  text_add(out, "and let '%s' read %s", plan->nodes[link->to].id, name);
}

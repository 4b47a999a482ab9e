// SPDX-License-Identifier: ISC
#include "base/mem.h"
#include "base/text.h"
#include "report/plan_report.h"

#include <harness/param_text.h>

#include <stdio.h>
#include <string.h>

enum { MAX_ID = 64, NUMBER_BYTES = 128 };

// A node's name in the file: those of converters and of nodes in templates
// have characters that a file cannot have.
struct name {
  char text[MAX_ID + 1];
};

struct writer {
  const struct plan* plan;
  struct name* names; // by node
  uint32_t* order;    // nodes as they are written
  struct text out;
};

static int
is_plain(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static int
is_taken(const struct writer* w, uint32_t n_names, const char* name)
{
  for (uint32_t i = 0; i < n_names; ++i) {
    if (!strcmp(w->names[i].text, name)) {
      return 1;
    }
  }
  return 0;
}

static int
is_clean(const char* id)
{
  const char* c = id;
  while (is_plain(*c)) {
    ++c;
  }
  return !*c && c != id && c - id <= MAX_ID;
}

// Ids that a file can have stay; the others must not take one of theirs.
static void
name_node(struct writer* w, uint32_t node)
{
  const char* const id = w->plan->nodes[node].id;
  char base[MAX_ID - 7];
  size_t n = 0;
  for (const char* c = id; *c && n + 1 < sizeof base; ++c) {
    base[n++] = is_plain(*c) ? *c : '-';
  }
  base[n] = '\0';
  struct name name;
  snprintf(name.text, sizeof name.text, "%s", base);
  for (unsigned i = 2; is_taken(w, w->plan->n_nodes, name.text); ++i) {
    snprintf(name.text, sizeof name.text, "%s-%u", base, i);
  }
  w->names[node] = name;
}

static void
name_nodes(struct writer* w)
{
  for (uint32_t i = 0; i < w->plan->n_nodes; ++i) {
    if (is_clean(w->plan->nodes[i].id)) {
      snprintf(w->names[i].text, sizeof w->names[i].text, "%s",
               w->plan->nodes[i].id);
    }
  }
  for (uint32_t i = 0; i < w->plan->n_nodes; ++i) {
    if (!w->names[i].text[0]) {
      name_node(w, i);
    }
  }
}

// In double quotes, and with no variable in it.
static void
put_quoted(struct text* out, const char* text)
{
  text_add(out, "\"");
  for (const char* c = text; *c; ++c) {
    if (*c == '$' && (c[1] == '(' || c[1] == '{')) {
      text_add(out, "$$");
    } else if (*c == '"' || *c == '\\') {
      text_add(out, "\\%c", *c);
    } else if ((unsigned char)*c < 0x20 || *c == 0x7f) {
      text_add(out, "\\x%02x", (unsigned)(unsigned char)*c);
    } else {
      text_add_bytes(out, c, 1);
    }
  }
  text_add(out, "\"");
}

// JSON is YAML, but for variables: a $( in it is in a string.
static void
put_json(struct text* out, const char* text)
{
  for (const char* c = text; *c; ++c) {
    if (*c == '$' && (c[1] == '(' || c[1] == '{')) {
      text_add(out, "$");
    }
    text_add_bytes(out, *c == '\n' || *c == '\t' || *c == '\r' ? " " : c, 1);
  }
}

static void
put_value(struct text* out, const struct rill_param_desc* desc,
          const struct rill_value* value)
{
  char number[NUMBER_BYTES];
  if (value->type == RILL_TYPE_STRING || value->type == RILL_TYPE_ENUM) {
    put_quoted(out, value->text);
  } else if (value->type == RILL_TYPE_JSON) {
    put_json(out, value->text);
  } else if (value->type == RILL_TYPE_LIST) {
    text_add(out, "[");
    for (uint32_t i = 0; i < value->n; ++i) {
      text_add(out, i ? ", " : "");
      put_value(out, desc, &value->list[i]);
    }
    text_add(out, "]");
  } else {
    rill_param_print(desc, value, number, sizeof number);
    text_add(out, "%s", number);
  }
}

static void
put_params(struct writer* w, const struct plan_node* node)
{
  const struct rill_node_desc* const d = node->type->desc;
  int n = 0;
  for (uint32_t i = 0; i < d->n_params; ++i) {
    if (node->params[i].type != RILL_TYPE_NONE) {
      text_add(&w->out, "%s%s: ", n++ ? ", " : ", with: {",
               d->params[i]->symbol);
      put_value(&w->out, d->params[i], &node->params[i]);
    }
  }
  text_add(&w->out, n ? "}" : "");
}

static void
put_source(struct writer* w, const struct plan_slot* slot)
{
  const struct plan_link* const link = &w->plan->links[slot->link];
  const struct plan_node* const from = &w->plan->nodes[link->from];
  text_add(&w->out, "%s.%s", w->names[link->from].text,
           plan_slot_symbol(from, &from->out[link->from_slot]));
}

// All slots of one port; a list when there are several.
static uint32_t
put_port(struct writer* w, const struct plan_node* node, uint32_t first)
{
  const uint32_t port = node->in[first].slot.port;
  uint32_t end = first;
  while (end < node->n_in && node->in[end].slot.port == port) {
    ++end;
  }
  text_add(&w->out, "%s: %s", plan_slot_symbol(node, &node->in[first]),
           end - first > 1 ? "[" : "");
  for (uint32_t i = first; i < end; ++i) {
    text_add(&w->out, i > first ? ", " : "");
    put_source(w, &node->in[i]);
  }
  text_add(&w->out, end - first > 1 ? "]" : "");
  return end;
}

static void
put_inputs(struct writer* w, const struct plan_node* node)
{
  int n = 0;
  for (uint32_t i = 0; i < node->n_in;) {
    if (node->in[i].link < 0) {
      ++i;
      continue;
    }
    text_add(&w->out, n++ ? ", " : ", in: {");
    i = put_port(w, node, i);
  }
  text_add(&w->out, n ? "}" : "");
}

static void
put_node(struct writer* w, uint32_t index)
{
  const struct plan_node* const node = &w->plan->nodes[index];
  text_add(&w->out, "  %s: {type: %s", w->names[index].text,
           node->type->desc->name);
  put_inputs(w, node);
  put_params(w, node);
  text_add(&w->out, "}\n");
}

static uint32_t
position(const struct writer* w, uint32_t node)
{
  uint32_t i = 0;
  while (w->order[i] != node) {
    ++i;
  }
  return i;
}

// The slots of an output that takes several links are given out in the order
// of the file: so the node on the first slot must stand first.
static void
order_readers(struct writer* w, const struct plan_link* a)
{
  for (uint32_t i = 0; i < w->plan->n_links; ++i) {
    const struct plan_link* const b = &w->plan->links[i];
    const uint32_t at_a = position(w, a->to);
    const uint32_t at_b = position(w, b->to);
    if (b->from == a->from && b->from_slot > a->from_slot && at_b < at_a) {
      w->order[at_a] = b->to;
      w->order[at_b] = a->to;
    }
  }
}

static void
order_nodes(struct writer* w)
{
  for (uint32_t i = 0; i < w->plan->n_nodes; ++i) {
    w->order[i] = i;
  }
  for (uint32_t i = 0; i < w->plan->n_links; ++i) {
    const struct plan_link* const link = &w->plan->links[i];
    const struct plan_node* const from = &w->plan->nodes[link->from];
    const uint32_t port = from->out[link->from_slot].slot.port;
    if (from->type->desc->ports[port]->flags & RILL_PORT_MULTI) {
      order_readers(w, link);
    }
  }
}

static void
put_graph(struct writer* w)
{
  text_add(&w->out, "rill: 1\nname: ");
  put_quoted(&w->out, w->plan->name);
  text_add(&w->out, "\nconvert: explicit\nrun: {block: %u}\nnodes:\n",
           w->plan->block);
  name_nodes(w);
  order_nodes(w);
  for (uint32_t i = 0; i < w->plan->n_nodes; ++i) {
    put_node(w, w->order[i]);
  }
}

enum status
plan_print_yaml(const struct plan* plan, FILE* to)
{
  struct writer w = { .plan = plan };
  enum status st = STATUS_NO_MEMORY;
  w.names = mem_new_array(struct name, plan->n_nodes);
  w.order = mem_new_array(uint32_t, plan->n_nodes);
  if (w.names && w.order) {
    put_graph(&w);
    st = w.out.failed                               ? STATUS_NO_MEMORY
         : fputs(text_get(&w.out), to) == EOF ? STATUS_BAD_OUTPUT
                                              : STATUS_OK;
  }
  text_fini(&w.out);
  mem_free(w.order);
  mem_free(w.names);
  return st;
}

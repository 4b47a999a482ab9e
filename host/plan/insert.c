// SPDX-License-Identifier: ISC
#include "plan/insert.h"

#include "base/mem.h"
#include "base/text.h"
#include "plan/plan_node.h"

#include <rill/helpers.h>

#include <string.h>

static const uint32_t nobody = UINT32_MAX;

// An output slot of the new plan.
struct source {
  uint32_t node;
  uint32_t slot;
};

// The new plan while it grows.
struct mover {
  struct draft* draft;
  struct plan_node* nodes;
  struct plan_link* links;
  uint32_t n_nodes;
  uint32_t n_links;
  uint32_t* moved;  // where each old node went
  uint32_t* newest; // of each new node: the converter that reads it, added last
  uint32_t* older;  // of each new node: the one that was added before it
};

static uint32_t
count_converters(const struct draft* draft)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < draft->plan->n_links; ++i) {
    n += draft->chains[i] ? draft->chains[i]->n : 0;
  }
  return n;
}

static enum status
mover_init(struct mover* m, struct draft* draft)
{
  const struct plan* const plan = draft->plan;
  const uint32_t n_more = count_converters(draft);
  const size_t n = (size_t)plan->n_nodes + n_more;
  m->draft = draft;
  m->nodes = mem_new_array(struct plan_node, n);
  m->links = mem_new_array(struct plan_link, (size_t)plan->n_links + n_more);
  m->moved = mem_new_array(uint32_t, plan->n_nodes);
  m->newest = mem_new_array(uint32_t, n);
  m->older = mem_new_array(uint32_t, n);
  if (!m->nodes || !m->links || !m->moved || !m->newest || !m->older) {
    return STATUS_NO_MEMORY;
  }
  for (size_t i = 0; i < n; ++i) {
    m->newest[i] = nobody;
  }
  return STATUS_OK;
}

static void
mover_fini(struct mover* m)
{
  mem_free(m->nodes);
  mem_free(m->links);
  mem_free(m->moved);
  mem_free(m->newest);
  mem_free(m->older);
}

static void
add_link(struct mover* m, const struct plan_link* like, struct source from,
         uint32_t to, uint32_t to_slot)
{
  struct plan_link* const link = &m->links[m->n_links];
  *link = *like;
  link->from = from.node;
  link->from_slot = from.slot;
  link->to = to;
  link->to_slot = to_slot;
  m->nodes[to].in[to_slot].link = (int32_t)m->n_links++;
}

// A converter that makes the same of the same output, or nobody.
static uint32_t
find_equal(const struct mover* m, struct source from,
           const struct plan_node* wanted)
{
  for (uint32_t i = m->newest[from.node]; i != nobody; i = m->older[i]) {
    const struct plan_node* const node = &m->nodes[i];
    const struct plan_link* const link = &m->links[node->in[0].link];
    if (link->from_slot == from.slot && node->type == wanted->type &&
        rill_same_format(&node->out[0].slot.format,
                         &wanted->out[0].slot.format)) {
      return i;
    }
  }
  return nobody;
}

static int
is_taken(const struct mover* m, const char* id)
{
  const uint64_t seed = plan_hash(id);
  for (uint32_t i = 0; i < m->n_nodes; ++i) {
    if (m->nodes[i].seed == seed && !strcmp(m->nodes[i].id, id)) {
      return 1;
    }
  }
  return 0;
}

// "src>fft.in:resample"; a second one of a kind gets a number.
static char*
make_id(const struct mover* m, const struct plan_link* link, const char* type)
{
  const struct plan* const plan = m->draft->plan;
  const struct plan_node* const to = &plan->nodes[link->to];
  const uint32_t port = to->in[link->to_slot].slot.port;

  // Ids of nodes before it stand in the new plan only.
  const char* const from_id = m->nodes[m->moved[link->from]].id;
  for (uint32_t number = 1;; ++number) {
    struct text id = { 0 };
    text_add(&id, "%s>%s.%s:%s", from_id, to->id,
             to->type->desc->ports[port]->symbol, type);
    if (number > 1) {
      text_add(&id, "%u", number);
    }
    char* const made = text_take(&id);
    if (!made || !is_taken(m, made)) {
      return made;
    }
    mem_free(made);
  }
}

static enum status
move_converter(struct mover* m, const struct plan_link* link,
               struct plan_node* from, struct source* at)
{
  char* const id = make_id(m, link, from->type->desc->name);
  if (!id) {
    return STATUS_NO_MEMORY;
  }
  const uint32_t index = m->n_nodes++;
  struct plan_node* const node = &m->nodes[index];
  *node = *from;
  *from = (struct plan_node){ 0 };
  plan_node_name(node, id);
  node->place = link->place;
  add_link(m, link, *at, index, 0);
  m->older[index] = m->newest[at->node];
  m->newest[at->node] = index;
  *at = (struct source){ index, 0 };
  return STATUS_OK;
}

// Puts the chain of a link in front of its consumer; *at* becomes its end.
static enum status
move_chain(struct mover* m, uint32_t link_index, struct source* at)
{
  const struct plan_link* const link = &m->draft->plan->links[link_index];
  struct chain* const chain = m->draft->chains[link_index];
  for (uint32_t i = 0; chain && i < chain->n; ++i) {
    const uint32_t equal = find_equal(m, *at, &chain->nodes[i]);
    if (equal != nobody) {
      *at = (struct source){ equal, 0 };
    } else if (move_converter(m, link, &chain->nodes[i], at)) {
      return STATUS_NO_MEMORY;
    }
  }
  return STATUS_OK;
}

static enum status
find_sources(struct mover* m, const struct plan_node* node,
             struct source* sources)
{
  for (uint32_t i = 0; i < node->n_in; ++i) {
    const int32_t l = node->in[i].link;
    if (l >= 0) {
      const struct plan_link* const link = &m->draft->plan->links[l];
      sources[i] = (struct source){ m->moved[link->from], link->from_slot };
      if (move_chain(m, (uint32_t)l, &sources[i])) {
        return STATUS_NO_MEMORY;
      }
    }
  }
  return STATUS_OK;
}

static enum status
move_node(struct mover* m, uint32_t old)
{
  struct plan* const plan = m->draft->plan;
  struct plan_node* const from = &plan->nodes[old];
  struct source* const sources = mem_new_array(struct source, from->n_in);
  if (!sources || find_sources(m, from, sources)) {
    mem_free(sources);
    return STATUS_NO_MEMORY;
  }
  const uint32_t index = m->n_nodes++;
  m->moved[old] = index;
  m->nodes[index] = *from;
  *from = (struct plan_node){ 0 };
  for (uint32_t i = 0; i < m->nodes[index].n_in; ++i) {
    const int32_t l = m->nodes[index].in[i].link;
    if (l >= 0) {
      add_link(m, &plan->links[l], sources[i], index, i);
    }
  }
  mem_free(sources);
  return STATUS_OK;
}

static enum status
move_all(struct mover* m)
{
  for (uint32_t i = 0; i < m->draft->plan->n_nodes; ++i) {
    if (move_node(m, i)) {
      return STATUS_NO_MEMORY;
    }
  }
  return STATUS_OK;
}

enum status
insert_converters(struct draft* draft)
{
  struct plan* const plan = draft->plan;
  struct mover m = { 0 };
  enum status st = mover_init(&m, draft);
  st = st ? st : move_all(&m);
  if (st) {
    for (uint32_t i = 0; m.nodes && i < m.n_nodes; ++i) {
      plan_node_fini(&m.nodes[i]);
    }
  } else {
    // The old arrays are freed with the mover.
    struct plan_node* const nodes = plan->nodes;
    struct plan_link* const links = plan->links;
    plan->nodes = m.nodes;
    plan->links = m.links;
    plan->n_nodes = m.n_nodes;
    plan->n_links = m.n_links;
    m.nodes = nodes;
    m.links = links;
  }
  mover_fini(&m);
  return st;
}

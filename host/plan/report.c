// SPDX-License-Identifier: ISC
// What negotiation found wrong, in words.
#include "harness/param_text.h"
#include "plan/demands.h"
#include "plan/ends.h"
#include "plan/negotiate.h"
#include "spec/codes.h"

#include <string.h>

// "cut.audio gives f32 1ch 16000 Hz; feat.in takes f32 1ch [8000 Hz]"
static void
print_sides(const struct ends* e, struct text* out)
{
  char given[ENDS_FORMAT_BYTES];
  struct format_sets sets;

  format_print(&e->given->slot.format, given, sizeof given);
  demands_resolve(e->to, e->taken, &sets);
  text_add(out, "%s.%s gives %s; %s.%s takes ", e->from->id,
           ends_symbol(e->from, e->given), given, e->to->id,
           ends_symbol(e->to, e->taken));
  format_sets_print(&sets, out);
}

static int
has_kind(const struct rill_port_desc* port, uint32_t kind)
{
  for (uint32_t i = 0; i < port->n_formats; ++i) {
    if (port->formats[i]->kind == kind) {
      return 1;
    }
  }
  return 0;
}

// Whether a type takes one kind of data and makes another.
static int
leads(const struct rill_node_desc* desc, uint32_t from, uint32_t to)
{
  int takes = 0;
  int makes = 0;
  for (uint32_t i = 0; i < desc->n_ports; ++i) {
    const struct rill_port_desc* const port = desc->ports[i];
    takes |= port->direction == RILL_IN && has_kind(port, from);
    makes |= port->direction == RILL_OUT && has_kind(port, to);
  }
  return takes && makes;
}

// Node types that could stand between.
static void
print_bridges(const struct draft* draft, const struct ends* e, struct text* out)
{
  struct registry* const registry = draft->converters.registry;
  struct format_sets sets;
  uint32_t n = 0;

  demands_resolve(e->to, e->taken, &sets);
  for (uint32_t i = 0; i < registry_n(registry) && n < 3; ++i) {
    const struct node_type* const type = registry_get(registry, i);
    int fits = 0;
    for (uint32_t k = 0; type && k < sets.n; ++k) {
      const struct rill_node_desc* const desc = type->desc;
      fits |= sets.at[k].kind != e->given->slot.format.kind &&
              leads(desc, e->given->slot.format.kind, sets.at[k].kind);
    }
    if (fits) {
      text_add(out, "%s'%s'", n ? ", " : "\nput one of these between: ",
               type->desc->name);
      ++n;
    }
  }
}

// "'resample' with rate 8kHz", from what the link would have become.
static void
print_missing(const struct chain* chain, struct text* out)
{
  char rate[64];
  const struct rill_format* const to = &chain->goal;
  text_add(out, "'%s' with ", converter_name(chain->why));
  switch (chain->why) {
    case CONVERTER_RESAMPLE:
      rill_number_print(RILL_UNIT_HZ, to->rate, rate, sizeof rate);
      text_add(out, "rate %s", rate);
      break;
    case CONVERTER_REMIX: text_add(out, "channels %u", to->channels); break;
    default:
      text_add(out, "encoding %s, packing %s", encoding_name(to->encoding),
               packing_name(to->packing));
  }
}

static int
is_lossy(const struct rill_format* from, const struct rill_format* to)
{
  return chain_loses(from, to, RILL_FIELD_RATE) ||
         chain_loses(from, to, RILL_FIELD_CHANNELS) ||
         chain_loses(from, to, RILL_FIELD_ENCODING);
}

static void
print_cure(const struct draft* draft, const struct ends* e, struct text* out)
{
  if (!e->chain) {
    print_bridges(draft, e, out);
    return;
  }
  text_add(out, "\n");
  print_missing(e->chain, out);
  if (e->chain->result == CHAIN_NO_TYPE) {
    text_add(out, " between them would fit%s, but no plugin offers it",
             is_lossy(&e->given->slot.format, &e->chain->goal) ? " (lossy)"
                                                               : "");
  } else {
    text_add(out, " between them is not possible");
  }
}

static void
report_mismatch(struct draft* draft, const struct ends* e)
{
  struct text what = { 0 };
  struct text hint = { 0 };
  ends_print(e, &what);
  print_sides(e, &hint);
  print_cure(draft, e, &hint);
  const struct finding f = { .code = code_no_common_format,
                             .place = e->link->place,
                             .hint = text_get(&hint) };
  verdict_refuse(&draft->verdict, &f, "no common format on %s",
                 text_get(&what));
  text_fini(&what);
  text_fini(&hint);
}

static void
report_inputs(struct draft* draft, const struct plan_node* node)
{
  const int is_explicit = draft->graph->spec->convert == SPEC_CONVERT_EXPLICIT;
  for (uint32_t i = 0; i < node->n_in; ++i) {
    if (node->in[i].link < 0) {
      continue;
    }
    const struct ends e = ends_of(draft, (uint32_t)node->in[i].link);
    if (e.given->slot.format.kind == RILL_KIND_NONE) {
      continue; // its producer is the one to be blamed
    }
    if (e.taken->slot.format.kind == RILL_KIND_NONE) {
      report_mismatch(draft, &e);
    } else if (e.chain && is_explicit) {
      ends_report_explicit(draft, &e);
    } else if (e.chain) {
      ends_report_loss(draft, &e);
    }
  }
}

// A file that cannot be read is best shown where the graph names it.
static struct place
place_of_path(const struct draft* draft, const struct plan_node* node)
{
  const struct graph* const graph = draft->graph;
  const struct rill_node_desc* const desc = node->type->desc;
  for (uint32_t i = 0; i < graph->n_nodes; ++i) {
    const struct graph_node* const from = &graph->nodes[i];
    for (uint32_t k = 0; !strcmp(from->id, node->id) && k < desc->n_params;
         ++k) {
      if (desc->params[k]->unit == RILL_UNIT_PATH &&
          from->param_places[k].line) {
        return from->param_places[k];
      }
    }
  }
  return node->place;
}

static void
report_node(struct draft* draft, const struct plan_node* node,
            const struct node_state* state)
{
  char given[ENDS_FORMAT_BYTES];
  struct finding f = { .place = node->place };
  const struct plan_slot* const slot =
    node->n_out ? &node->out[state->slot] : NULL;

  switch (state->trouble) {
    case TROUBLE_DERIVE:
      f.code = code_source_failed;
      f.place = place_of_path(draft, node);
      f.status = state->status;
      verdict_refuse(&draft->verdict, &f, "node '%s': %s", node->id,
                     state->reason);
      break;
    case TROUBLE_OUTPUT:
      f.code = code_no_output;
      f.hint = "its parameters leave none, or its input has a kind that it "
               "cannot pass on";
      verdict_refuse(&draft->verdict, &f, "node '%s' has no format for its "
                     "output '%s'", node->id, ends_symbol(node, slot));
      break;
    case TROUBLE_NONSENSE:
      f.code = code_plugin_nonsense;
      f.hint = "this is a fault of the plugin";
      f.status = STATUS_BAD_PLUGIN;
      format_print(&slot->slot.format, given, sizeof given);
      verdict_refuse(&draft->verdict, &f, "node '%s' says that its output "
                     "'%s' gives %s, which its type does not allow", node->id,
                     ends_symbol(node, slot), given);
      break;
    default: break;
  }
}

void
negotiate_report(struct draft* draft)
{
  for (uint32_t i = 0; i < draft->plan->n_nodes; ++i) {
    const struct plan_node* const node = &draft->plan->nodes[i];
    report_inputs(draft, node);
    report_node(draft, node, &draft->states[i]);
  }
}

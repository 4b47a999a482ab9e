// SPDX-License-Identifier: ISC
// From a document to the nodes of a spec: variables put in, templates written
// out.
#ifndef SPEC_EXPAND_H
#define SPEC_EXPAND_H

#include "spec/document.h"
#include "spec/vars.h"

/// One use of a template, whose nodes are "id/...".
struct instance {
  struct word id;
  const struct document_template* it;
};

/// The work.
struct expansion {
  const struct document* document;
  struct vars* vars;
  struct diags* diags;
  struct store* store;
  struct spec* spec;
  uint32_t n_links;
  struct instance* instances;
  uint32_t n_instances;
};

/// Where nodes are written out: at the top, or in an instance.
struct frame {
  const struct frame* parent;        // null at the top
  const struct document_template* it;   // null at the top
  const char* prefix;                // "" or "id/"
  struct scope scope;                // parameters of the template
  const struct spec_input* inputs;   // what the instance reads
  uint32_t n_inputs;
  unsigned depth;
};

struct inputs {
  struct spec_input* items; // in the store
  uint32_t n;
};

/// Fills the nodes of x->spec. STATUS_OK although there were complaints;
/// another status ends the work.
enum status
expand_all(struct expansion* x);

/// The nodes of one frame.
enum status
expand_nodes(struct expansion* x, const struct frame* frame,
             const struct document_node* nodes, uint32_t n_nodes);

/// What *node* reads, with full ids, in the store.
enum status
expand_inputs(struct expansion* x, const struct frame* frame,
              const struct document_node* node, struct inputs* inputs);

#endif

// SPDX-License-Identifier: ISC
// Templates: a subgraph that is written once and used under several ids.
#ifndef SPEC_TEMPLATE_H
#define SPEC_TEMPLATE_H

#include "spec/expand.h"

enum { TEMPLATE_MAX_DEPTH = 8 };

/// Writes out the nodes of the instance *node*.
enum status
template_instantiate(struct expansion* x, const struct frame* frame,
                     const struct document_node* node);

/// Whether `in` and `out` of all templates name nodes that they have.
enum status
template_check_all(struct expansion* x);

/// The input of *it* that *port* means ("" is the first one), or null after a
/// complaint at *word*.
const char*
template_find_input(struct expansion* x, const struct document_template* it,
                    const struct word* word, const char* port);

/// Whether *it* has the node that *source* begins with. *reader* is the node
/// that reads it.
int
template_check_source(struct expansion* x, const struct document_template* it,
                      const struct word* word, const char* source,
                      const char* reader);

/// When all is written out: who reads an instance reads the node inside that
/// its template's `out` names.
enum status
template_link_outputs(struct expansion* x);

#endif

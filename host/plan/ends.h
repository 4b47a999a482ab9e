// SPDX-License-Identifier: ISC
// A link as messages speak of it.
#ifndef PLAN_ENDS_H
#define PLAN_ENDS_H

#include "plan/draft.h"

enum { ENDS_FORMAT_BYTES = 256 };

struct ends {
  const struct plan_link* link;
  const struct plan_node* from;
  const struct plan_slot* given;
  const struct plan_node* to;
  const struct plan_slot* taken;
  const struct chain* chain; // or null
};

struct ends
ends_of(const struct draft* draft, uint32_t link);

const char*
ends_symbol(const struct plan_node* node, const struct plan_slot* slot);

/// "cut.audio -> feat.in"
void
ends_print(const struct ends* ends, struct text* out);

/// Says that the link needs converters, in a graph that wants none, with the
/// lines to paste.
void
ends_report_explicit(struct draft* draft, const struct ends* ends);

/// Says what the converters of the link lose that nobody asked for.
void
ends_report_loss(struct draft* draft, const struct ends* ends);

#endif

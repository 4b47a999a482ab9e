// SPDX-License-Identifier: ISC
// What makes a graph as dangerous as a program: it asks for code to be run,
// and only the user can allow that.
#include "plan/bind.h"
#include "spec/codes.h"

#include <string.h>

static const char*
first_text(const struct rill_value* value)
{
  const struct rill_value* const v =
    value->type == RILL_TYPE_LIST && value->n ? value->list : value;
  return v->text ? v->text : "";
}

static void
refuse(struct bind* b, const struct graph_node* node, uint32_t k, int is_exec)
{
  const struct finding f = {
    .code = is_exec ? code_needs_allow_exec : code_needs_allow_path,
    .place = node->param_places[k],
    .hint = is_exec ? "read what the graph runs; if it may, add --allow-exec"
                    : "if you trust that file, add --allow-path; without, "
                      "write the name of one that is installed",
  };
  verdict_refuse(&b->verdict, &f, "node '%s': '%s' %s '%.200s', and nobody has "
                 "allowed it", node->id, node->type->desc->params[k]->symbol,
                 is_exec ? "runs the program" : "loads the code in",
                 first_text(&node->params[k]));
}

void
bind_check_allowed(struct bind* b, const struct graph_node* node, uint32_t k)
{
  const uint32_t flags = node->type->desc->params[k]->flags;
  const char* const text = first_text(&node->params[k]);
  const unsigned allows = b->spec->allows;
  if ((flags & RILL_PARAM_EXEC) && *text && !(allows & SPEC_ALLOW_EXEC)) {
    refuse(b, node, k, 1);
  }
  if ((flags & RILL_PARAM_CODE) && strchr(text, '/') &&
      !(allows & SPEC_ALLOW_PATH)) {
    refuse(b, node, k, 0);
  }
}

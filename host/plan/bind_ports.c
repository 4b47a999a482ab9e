// SPDX-License-Identifier: ISC
#include "base/mem.h"
#include "base/text.h"
#include "plan/bind.h"
#include "plan/ports.h"
#include "spec/codes.h"

// "'vad' has the outputs audio, speech"
static char*
list_ports(const struct rill_node_desc* desc, uint32_t direction)
{
  struct text list = { 0 };
  const char* const what = direction == RILL_IN ? "input" : "output";
  const uint32_t n = port_count(desc, direction);

  text_add(&list, "'%s' has ", desc->name);
  text_add(&list, n ? "the %s%s " : "no %s%s", what, n == 1 ? "" : "s");
  for (uint32_t i = 0, k = 0; i < desc->n_ports; ++i) {
    if (desc->ports[i]->direction == direction) {
      text_add(&list, "%s%s", k++ ? ", " : "", desc->ports[i]->symbol);
    }
  }
  return text_take(&list);
}

static void
refuse_port(struct bind* b, const struct search* s)
{
  const struct rill_node_desc* const desc = s->node->type->desc;
  const int is_in = s->direction == RILL_IN;
  const char* const what = is_in ? "input" : "output";
  const uint32_t other = is_in ? RILL_OUT : RILL_IN;
  char* const hint = list_ports(desc, s->direction);
  struct finding f = { .code = code_missing_port,
                       .place = s->place,
                       .hint = hint };

  if (!s->symbol[0]) {
    f.code = is_in ? code_no_input : code_wrong_port;
    verdict_refuse(&b->verdict, &f, "node '%s' has no %s", s->node->id, what);
  } else if (port_find(desc, other, s->symbol) < desc->n_ports) {
    f.code = code_wrong_port;
    verdict_refuse(&b->verdict, &f, "'%s' of node '%s' is an %s, not an %s",
                   s->symbol, s->node->id, is_in ? "output" : "input", what);
  } else {
    verdict_refuse(&b->verdict, &f, "node '%s' has no %s '%s'", s->node->id,
                   what, s->symbol);
  }
  mem_free(hint);
}

uint32_t
bind_port(struct bind* b, const struct search* s)
{
  const struct rill_node_desc* const desc = s->node->type->desc;
  const uint32_t port = port_find(desc, s->direction, s->symbol);
  if (port == desc->n_ports) {
    refuse_port(b, s);
  }
  return port;
}

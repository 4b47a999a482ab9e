// SPDX-License-Identifier: ISC
#include "plan/ends.h"

#include "plan/demands.h"
#include "plan/paste.h"
#include "spec/codes.h"

struct ends
ends_of(const struct draft* draft, uint32_t index)
{
  const struct plan* const plan = draft->plan;
  const struct plan_link* const link = &plan->links[index];
  const struct plan_node* const from = &plan->nodes[link->from];
  const struct plan_node* const to = &plan->nodes[link->to];
  return (struct ends){ link,
                        from,
                        &from->out[link->from_slot],
                        to,
                        &to->in[link->to_slot],
                        draft->chains[index] };
}

const char*
ends_symbol(const struct plan_node* node, const struct plan_slot* slot)
{
  return node->type->desc->ports[slot->slot.port]->symbol;
}

void
ends_print(const struct ends* e, struct text* out)
{
  text_add(out, "%s.%s -> %s.%s", e->from->id, ends_symbol(e->from, e->given),
           e->to->id, ends_symbol(e->to, e->taken));
}

void
ends_report_explicit(struct draft* draft, const struct ends* e)
{
  struct text what = { 0 };
  struct text lines = { 0 };
  char given[ENDS_FORMAT_BYTES];
  char taken[ENDS_FORMAT_BYTES];

  format_print(&e->given->slot.format, given, sizeof given);
  format_print(&e->taken->slot.format, taken, sizeof taken);
  ends_print(e, &what);
  text_add(&what, " needs a conversion from %s to %s, and the graph says "
           "'convert: explicit'", given, taken);
  text_add(&lines, "write\n");
  paste_chain(draft->plan, e->link, e->chain, &lines);
  const struct finding f = { .code = code_explicit,
                             .place = e->link->place,
                             .hint = text_get(&lines) };
  verdict_refuse(&draft->verdict, &f, "%s", text_get(&what));
  text_fini(&what);
  text_fini(&lines);
}

static void
add_loss(const struct ends* e, uint32_t field, struct text* out)
{
  const struct rill_format* const from = &e->given->slot.format;
  const struct rill_format* const to = &e->taken->slot.format;
  if (!chain_loses(from, to, field) ||
      demands_is_asked(e->to, e->taken, field)) {
    return;
  }
  text_add(out, out->n ? ", " : "");
  switch (field) {
    case RILL_FIELD_RATE:
      text_add(out, "%u Hz become %u Hz", from->rate, to->rate);
      break;
    case RILL_FIELD_CHANNELS:
      text_add(out, "%u channels become %u", from->channels, to->channels);
      break;
    default:
      text_add(out, "%s becomes %s", encoding_name(from->encoding),
               encoding_name(to->encoding));
  }
}

// Samples can lose bits on the way although both ends have room for them.
static void
add_loss_inside(const struct ends* e, struct text* out)
{
  const struct rill_format* const from = &e->given->slot.format;
  const struct rill_format* const to = &e->taken->slot.format;
  for (uint32_t i = 0; i < e->chain->n; ++i) {
    const struct rill_format* const here =
      &e->chain->nodes[i].out[0].slot.format;
    if (chain_loses(from, here, RILL_FIELD_ENCODING) &&
        !chain_loses(from, to, RILL_FIELD_ENCODING)) {
      text_add(out, "%s%s passes through %s", out->n ? ", " : "",
               encoding_name(from->encoding), encoding_name(here->encoding));
      return;
    }
  }
}

void
ends_report_loss(struct draft* draft, const struct ends* e)
{
  static const uint32_t fields[] = { RILL_FIELD_RATE, RILL_FIELD_CHANNELS,
                                     RILL_FIELD_ENCODING };
  struct text loss = { 0 };
  struct text what = { 0 };
  struct text lines = { 0 };

  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; ++i) {
    add_loss(e, fields[i], &loss);
  }
  add_loss_inside(e, &loss);
  if (loss.failed) {
    verdict_no_memory(&draft->verdict); // a loss must not go unsaid
  } else if (loss.n) {
    text_add(&what, "the automatic conversion on ");
    ends_print(e, &what);
    text_add(&what, " is lossy: %s", text_get(&loss));
    text_add(&lines, "to say that you want it, write\n");
    paste_chain(draft->plan, e->link, e->chain, &lines);
    const struct finding f = { .code = code_lossy,
                               .place = e->link->place,
                               .hint = text_get(&lines) };
    if (draft->options->strict) {
      verdict_refuse(&draft->verdict, &f, "%s", text_get(&what));
    } else {
      verdict_warn(&draft->verdict, &f, "%s", text_get(&what));
    }
  }
  text_fini(&loss);
  text_fini(&what);
  text_fini(&lines);
}

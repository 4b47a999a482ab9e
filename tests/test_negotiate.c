// SPDX-License-Identifier: ISC
// Negotiation: formats for all links, converters where two ends differ.
#include "base/mem.h"
#include "tests/plan_rig.h"
#include "tests/plan_types.h"
#include "tests/suite.h"

#include <rill/rill.h>

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct rig rig;

static void
set_up(void)
{
  rig_init(&rig);
  types_add(&rig);
}

static void
tear_down(void)
{
  rig_fini(&rig);
  types_forget();
}

static void
expect(const char* got, const char* fragment)
{
  if (!strstr(got, fragment)) {
    ck_abort_msg("\"%s\" lacks \"%s\"", got, fragment);
  }
}

static void
expect_fine(void)
{
  ck_assert_str_eq(rig_first(&rig, SEVERITY_ERROR), "");
  ck_assert_int_eq(rig.status, STATUS_OK);
}

static const char*
input_of(const char* id)
{
  static char text[256];
  format_print(&rig_node(&rig, id)->in[0].slot.format, text, sizeof text);
  return text;
}

static const char*
output_of(const char* id)
{
  static char text[256];
  format_print(&rig_node(&rig, id)->out[0].slot.format, text, sizeof text);
  return text;
}

// "remix 1, convert s16 planar": the inserted nodes in order.
static const char*
chain(void)
{
  static struct text text;
  text_fini(&text);
  for (uint32_t i = 0; i < rig.plan->n_nodes; ++i) {
    const struct plan_node* const n = &rig.plan->nodes[i];
    if (n->origin != PLAN_CONVERTER) {
      continue;
    }
    text_add(&text, "%s%s", text.n ? ", " : "", n->type->desc->name);
    for (uint32_t p = 0; p < n->type->desc->n_params; ++p) {
      if (n->params[p].text) {
        text_add(&text, " %s", n->params[p].text);
      } else {
        text_add(&text, " %d", (int)n->params[p].i);
      }
    }
  }
  return text_get(&text);
}

// --- two ends and what is put between: ports in the words of plan_types.h

static const struct {
  const char* gives;
  const char* takes;
  const char* chain; // "-": no way
  const char* format; // what arrives
} ends[] = {
  // no way
  { "json", "f32", "-", "" },
  { "f32", "json or text", "-", "" },
  { "tensor f32", "tensor s16", "-", "" },
  { "s64", "f32", "-", "" },                        // no converter makes it
  { "f32 2ch 44100", "s64", "-", "" },
  // no need
  { "json", "json", "", "json" },
  { "any", "any", "", "f32 planar 1ch 48000 Hz" },
  { "any", "16000", "", "f32 planar 1ch 16000 Hz" }, // the source adapts
  { "f32|s16", "s16", "", "s16 planar 1ch 48000 Hz" },
  { "f32 8000..96000", "11025|16000", "", "f32 planar 1ch 11025 Hz" },
  { "json or f32", "f32", "", "f32 planar 1ch 48000 Hz" },
  { "s16 8000 or f32 16000", "f32", "", "f32 planar 1ch 16000 Hz" },
  { "1..8ch", "2|6ch", "", "f32 planar 2ch 48000 Hz" },
  { "tensor f32", "anything", "", "tensor f32 []" },
  { "s24 interleaved 3ch 7000", "anything", "",
    "s24 interleaved 3ch 7000 Hz" },
  // one converter
  { "s16", "f32", "convert f32 planar", "f32 planar 1ch 48000 Hz" },
  { "f32 planar 2ch", "interleaved", "convert f32 interleaved",
    "f32 interleaved 2ch 48000 Hz" },
  { "s16 interleaved 2ch", "f32 planar", "convert f32 planar",
    "f32 planar 2ch 48000 Hz" },
  { "f32 44100", "f32 16000", "resample 16000", "f32 planar 1ch 16000 Hz" },
  { "f32 2ch", "f32 1ch", "remix 1", "f32 planar 1ch 48000 Hz" },
  { "f32 1ch", "f32 2ch", "remix 2", "f32 planar 2ch 48000 Hz" },
  // what is nearest, rather more than less
  { "s16", "s24|f64|u8", "convert s24 planar", "s24 planar 1ch 48000 Hz" },
  { "s16", "f32|s24", "convert f32 planar", "f32 planar 1ch 48000 Hz" },
  { "f64", "s16|s32|u8", "convert s32 planar", "s32 planar 1ch 48000 Hz" },
  { "f32 44100", "8000|48000|96000", "resample 48000",
    "f32 planar 1ch 48000 Hz" },
  { "f32 96000", "8000..48000", "resample 48000", "f32 planar 1ch 48000 Hz" },
  { "f32 3ch", "1..2ch", "remix 2", "f32 planar 2ch 48000 Hz" },
  { "f32 44100", "s16 44100 or f32 48000", "resample 48000",
    "f32 planar 1ch 48000 Hz" }, // the one that loses nothing
  { "f32 44100", "s24 44100 or f32 48000", "convert s24 planar",
    "s24 planar 1ch 44100 Hz" }, // the one that costs less
  // least work: few channels while the rate changes
  { "f32 2ch 44100", "f32 1ch 16000", "remix 1, resample 16000",
    "f32 planar 1ch 16000 Hz" },
  { "f32 1ch 44100", "f32 2ch 16000", "resample 16000, remix 2",
    "f32 planar 2ch 16000 Hz" },
  // planar f32 in between, and never two converts where one does
  { "s16 interleaved 2ch 44100", "f32 planar 1ch 16000",
    "convert f32 planar, remix 1, resample 16000", "f32 planar 1ch 16000 Hz" },
  { "f32 planar 2ch 44100", "s16 interleaved 1ch 16000",
    "remix 1, resample 16000, convert s16 interleaved",
    "s16 interleaved 1ch 16000 Hz" },
  { "s16 2ch", "s16 1ch", "convert f32 planar, remix 1, convert s16 planar",
    "s16 planar 1ch 48000 Hz" },
  { "f32 interleaved 2ch", "f32 interleaved 1ch",
    "convert f32 planar, remix 1, convert f32 interleaved",
    "f32 interleaved 1ch 48000 Hz" },
};

START_TEST(two_ends_meet)
{
  types_set("from", ends[_i].gives, NULL);
  types_set("to", NULL, ends[_i].takes);
  rig_plan(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n");
  if (!strcmp(ends[_i].chain, "-")) {
    ck_assert_int_eq(rig.status, STATUS_BAD_GRAPH);
    expect(rig_first(&rig, SEVERITY_ERROR),
           "G034 4:21 no common format on a.out -> b.in");
    return;
  }
  expect_fine();
  ck_assert_str_eq(chain(), ends[_i].chain);
  ck_assert_str_eq(input_of("b"), ends[_i].format);
}
END_TEST

START_TEST(a_mismatch_names_both_ends_and_a_cure)
{
  types_set("from", "json", NULL);
  types_set("to", NULL, "f32 1ch 8000|16000");
  types_set("say", "f32", "json");
  rig_plan(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n");
  expect(rig_hint(&rig),
         "a.out gives json; b.in takes audio f32 1ch [8000, 16000] Hz\n"
         "put one of these between: 'say'");
}
END_TEST

START_TEST(a_missing_converter_is_named)
{
  types_without("resample");
  types_set("from", "f32 44100", NULL);
  types_set("to", NULL, "8000");
  rig_plan(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n");
  expect(rig_first(&rig, SEVERITY_ERROR), "G034");
  expect(rig_hint(&rig), "'resample' with rate 8kHz between them would fit "
                         "(lossy), but no plugin offers it");
}
END_TEST

// --- wishes

START_TEST(a_wish_passes_through_nodes_that_keep_the_field)
{
  types_set("from", "8000..96000", NULL);
  types_set("to", NULL, "22050 3ch");
  rig_plan(&rig, "  a: {type: from}\n  g: {type: gain, in: a}\n"
                 "  h: {type: gain, in: g}\n  b: {type: to, in: h}\n");
  expect_fine();
  ck_assert_str_eq(chain(), "");
  ck_assert_str_eq(output_of("a"), "f32 planar 3ch 22050 Hz");
  ck_assert_str_eq(input_of("b"), "f32 planar 3ch 22050 Hz");
}
END_TEST

START_TEST(the_wish_of_one_does_not_cost_the_others)
{
  types_set("from", "f32|s16", NULL);
  types_set("to", NULL, "s16");
  types_set("too", NULL, "f32");
  rig_plan(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n"
                 "  c: {type: too, in: a}\n  d: {type: too, in: a}\n");
  expect_fine();
  ck_assert_str_eq(output_of("a"), "f32 planar 1ch 48000 Hz");
  ck_assert_str_eq(chain(), "convert s16 planar");
}
END_TEST

START_TEST(a_set_that_pleases_all_is_found)
{
  types_set("from", "any", NULL);
  types_set("to", NULL, "8000|16000|48000");
  types_set("too", NULL, "44100|16000");
  rig_plan(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n"
                 "  c: {type: too, in: a}\n");
  expect_fine();
  ck_assert_str_eq(chain(), "");
  ck_assert_str_eq(output_of("a"), "f32 planar 1ch 16000 Hz");
}
END_TEST

// --- sharing

START_TEST(consumers_that_want_the_same_share_a_chain)
{
  types_set("from", "s16 2ch 44100", NULL);
  types_set("to", NULL, "f32 1ch 16000");
  types_set("too", NULL, "f32 1ch 8000");
  rig_plan(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n"
                 "  c: {type: to, in: a}\n  d: {type: too, in: a}\n");
  expect_fine();
  // the third shares what comes before its own rate
  ck_assert_str_eq(chain(), "convert f32 planar, remix 1, resample 16000, "
                            "resample 8000");
  ck_assert_uint_eq(rig.plan->n_links, 7); // four into converters
  const struct plan_node* const c = rig_node(&rig, "c");
  const struct plan_link* const link = &rig.plan->links[c->in[0].link];
  ck_assert_str_eq(rig.plan->nodes[link->from].id, "a>b.in:resample");
  rig_node(&rig, "a>d.in:resample");
}
END_TEST

START_TEST(a_second_converter_of_a_kind_has_a_number)
{
  types_set("from", "s16 2ch", NULL);
  types_set("to", NULL, "s16 1ch");
  rig_plan(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n");
  expect_fine();
  ck_assert_str_eq(rig.plan->nodes[1].id, "a>b.in:convert");
  ck_assert_str_eq(rig.plan->nodes[2].id, "a>b.in:remix");
  ck_assert_str_eq(rig.plan->nodes[3].id, "a>b.in:convert2");
}
END_TEST

START_TEST(links_stay_consistent)
{
  types_set("from", "s16 2ch 44100", NULL);
  types_set("to", NULL, "f32 1ch 16000");
  rig_plan(&rig, "  b: {type: to, in: m}\n  a: {type: from}\n"
                 "  m: {type: mix, in: [a, a, z]}\n  z: {type: from}\n");
  expect_fine();
  for (uint32_t i = 0; i < rig.plan->n_links; ++i) {
    const struct plan_link* const l = &rig.plan->links[i];
    const struct plan_slot* const to = &rig.plan->nodes[l->to].in[l->to_slot];
    const struct plan_slot* const from =
      &rig.plan->nodes[l->from].out[l->from_slot];
    ck_assert_uint_lt(l->from, l->to);
    ck_assert_int_eq(to->link, (int32_t)i);
    ck_assert(rill_same_format(&from->slot.format, &to->slot.format));
    ck_assert_uint_eq(l->capacity, PLAN_QUEUE);
    ck_assert_uint_eq(to->slot.max_frames, from->slot.max_frames);
    ck_assert_uint_ge(to->slot.max_frames, 1);
  }
}
END_TEST

// --- loss

static const struct {
  const char* node; // the consumer; it takes what its parameters say
  const char* warning;
} losses[] = {
  { "{type: want, in: a, with: {channels: 2, rate: 48kHz, encoding: f32}}",
    "" }, // nothing is lost
  { "{type: want, in: a, with: {channels: 1, rate: 8kHz, encoding: u8}}",
    "" }, // it was asked for
  { "{type: to, in: a}", // it was not
    "G039 4:21 the automatic conversion on a.out -> b.in is lossy: 48000 Hz "
    "become 8000 Hz, 2 channels become 1, f32 becomes s16" },
};

START_TEST(a_loss_that_nobody_asked_for_is_a_warning)
{
  char nodes[256];
  types_set("from", "f32 2ch 48000", NULL);
  types_set("to", NULL, "s16 1ch 8000");
  snprintf(nodes, sizeof nodes, "  a: {type: from}\n  b: %s\n",
           losses[_i].node);
  rig_plan(&rig, nodes);
  expect_fine();
  if (losses[_i].warning[0]) {
    ck_assert_str_eq(rig_first(&rig, SEVERITY_WARNING), losses[_i].warning);
    expect(rig_hint(&rig),
           "conv1: {type: remix, in: a, with: {channels: 1}}\n"
           "conv2: {type: resample, in: conv1, with: {rate: 8kHz}}\n"
           "conv3: {type: convert, in: conv2, with: {encoding: s16, "
           "packing: planar}}");
  } else {
    ck_assert_str_eq(rig_first(&rig, SEVERITY_WARNING), "");
  }
}
END_TEST

START_TEST(a_loss_is_an_error_when_strict)
{
  types_set("from", "f32 48000", NULL);
  types_set("to", NULL, "8000");
  rig.options.strict = 1;
  rig_plan(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n");
  ck_assert_int_eq(rig.status, STATUS_BAD_GRAPH);
  expect(rig_first(&rig, SEVERITY_ERROR), "G039 4:21");
}
END_TEST

START_TEST(bits_that_get_lost_on_the_way_count)
{
  types_set("from", "s32 2ch", NULL);
  types_set("to", NULL, "s32 1ch");
  rig_plan(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n");
  expect_fine();
  expect(rig_first(&rig, SEVERITY_WARNING), "s32 passes through f32");
}
END_TEST

// --- convert: explicit

START_TEST(explicit_shows_the_lines_to_paste)
{
  types_set("from", "f32 44100 2ch", NULL);
  types_set("to", NULL, "16000 1ch");
  rig_plan(&rig, "convert: explicit\nnodes:\n  conv1: {type: from}\n"
                 "  b: {type: to, in: conv1}\n");
  ck_assert_int_eq(rig.status, STATUS_BAD_GRAPH);
  expect(rig_first(&rig, SEVERITY_ERROR),
         "G040 5:21 conv1.out -> b.in needs a conversion from "
         "f32 planar 2ch 44100 Hz to f32 planar 1ch 16000 Hz");
  expect(rig_hint(&rig),
         "conv2: {type: remix, in: conv1, with: {channels: 1}}\n"
         "conv3: {type: resample, in: conv2, with: {rate: 16kHz}}\n");
}
END_TEST

START_TEST(explicit_is_content_when_all_fits)
{
  rig_plan(&rig, "convert: explicit\nnodes:\n  a: {type: from}\n"
                 "  b: {type: to, in: a}\n");
  expect_fine();
}
END_TEST

// --- inputs that belong together

START_TEST(aligned_inputs_get_one_rate)
{
  types_set("from", "f32 44100", NULL);
  types_set("other", "f32 48000", NULL);
  rig_plan(&rig, "  a: {type: from}\n  o: {type: other}\n"
                 "  m: {type: mix, in: [a, o]}\n  b: {type: to, in: m}\n");
  expect_fine();
  ck_assert_str_eq(chain(), "resample 44100");
  ck_assert_str_eq(output_of("m"), "f32 planar 1ch 44100 Hz");
  ck_assert_uint_eq(rig_node(&rig, "m")->n_in, 2);
}
END_TEST

START_TEST(a_source_that_can_choose_follows_its_neighbour)
{
  types_set("from", "f32 44100 2ch", NULL);
  types_set("other", "f32", NULL);
  rig_plan(&rig, "  a: {type: from}\n  o: {type: other}\n"
                 "  m: {type: mix, in: [a, o]}\n  b: {type: to, in: m}\n");
  expect_fine();
  ck_assert_str_eq(chain(), "");
  ck_assert_str_eq(output_of("o"), "f32 planar 2ch 44100 Hz");
}
END_TEST

START_TEST(two_that_can_choose_do_not_run_after_each_other)
{
  types_set("from", "44100|48000", NULL);
  types_set("other", "48000|44100", NULL);
  rig_plan(&rig, "  a: {type: from}\n  o: {type: other}\n"
                 "  m: {type: mix, in: [a, o]}\n  b: {type: to, in: m}\n");
  expect_fine();
  ck_assert_str_eq(chain(), "");
  ck_assert_str_eq(output_of("o"), "f32 planar 1ch 44100 Hz");
}
END_TEST

START_TEST(an_input_follows_one_that_demands_it)
{
  types_set("from", "f32 2ch 44100", NULL);
  types_set("other", "f32 5ch 48000", NULL);
  rig_plan(&rig, "  a: {type: from}\n  o: {type: other}\n"
                 "  m: {type: pair, in: {first: a, second: o}}\n"
                 "  b: {type: to, in: m}\n");
  expect_fine();
  ck_assert_str_eq(chain(), "remix 2");
  ck_assert_str_eq(output_of("m"), "f32 planar 2ch 48000 Hz");
}
END_TEST

START_TEST(aligned_inputs_that_cannot_meet_are_refused)
{
  types_set("from", "f32 44100", NULL);
  types_set("other", "tensor f32 100", NULL);
  rig_plan(&rig, "  a: {type: from}\n  o: {type: other}\n"
                 "  m: {type: zip, in: {left: a, right: o}}\n"
                 "  b: {type: to, in: m}\n");
  expect(rig_first(&rig, SEVERITY_ERROR),
         "G034 5:39 no common format on o.out -> m.right");
  expect(rig_hint(&rig), "m.right takes anything at 44100/s");
}
END_TEST

// --- derive

START_TEST(derive_says_what_a_file_holds)
{
  rig_plan(&rig, "  f: {type: file, with: {path: a.wav}}\n"
                 "  s: {type: fft, in: f, with: {size: 512}}\n"
                 "  b: {type: sink, in: s}\n");
  expect_fine();
  ck_assert_str_eq(output_of("f"), "f32 planar 2ch 44100 Hz");
  ck_assert_uint_eq(rig_node(&rig, "f")->media_frames, 88200);
  ck_assert_str_eq(input_of("b"), "tensor f32 [2, 257] 100/s");
  ck_assert_uint_eq(rig_node(&rig, "b")->in[0].slot.max_frames, 11);
}
END_TEST

START_TEST(derive_is_not_asked_the_same_again)
{
  types_n_asked = 0;
  rig_plan(&rig, "  f: {type: file, with: {path: a.wav}}\n"
                 "  b: {type: sink, in: f}\n");
  expect_fine();
  ck_assert_int_eq(types_n_asked, 1);
}
END_TEST

START_TEST(what_derive_refuses_is_told_at_the_path)
{
  rig_plan(&rig, "  f: {type: file, with: {path: missing.wav}}\n"
                 "  g: {type: gain, in: f}\n  b: {type: sink, in: g}\n");
  ck_assert_int_eq(rig.status, STATUS_BAD_INPUT);
  ck_assert_str_eq(rig_first(&rig, SEVERITY_ERROR),
                   "G042 3:32 node 'f': missing.wav: no such file");
  ck_assert_uint_eq(diags_count(rig.diags, SEVERITY_ERROR), 1);
}
END_TEST

START_TEST(what_derive_cannot_mean_is_its_fault)
{
  rig_plan(&rig, "  f: {type: file, with: {path: nonsense.wav}}\n"
                 "  b: {type: sink, in: f}\n");
  ck_assert_int_eq(rig.status, STATUS_BAD_PLUGIN);
  expect(rig_first(&rig, SEVERITY_ERROR), "G043 3:3 node 'f'");
}
END_TEST

// --- ports of any number, ports that pass on

START_TEST(a_port_that_passes_on_keeps_every_kind)
{
  static const char* const kinds[] = { "json", "tensor f32 100",
                                       "s16 interleaved 3ch 7000" };
  types_set("from", kinds[_i], NULL);
  rig_plan(&rig, "  a: {type: from}\n  p: {type: pass, in: a}\n"
                 "  b: {type: sink, in: p}\n");
  expect_fine();
  const struct plan_node* const a = rig_node(&rig, "a");
  const struct plan_node* const b = rig_node(&rig, "b");
  ck_assert(
    rill_same_format(&a->out[0].slot.format, &b->in[0].slot.format));
}
END_TEST

START_TEST(each_link_of_a_multi_output_has_a_slot)
{
  types_set("from", "f32 3ch", NULL);
  rig_plan(&rig, "  a: {type: from}\n  p: {type: fan, in: a}\n"
                 "  b: {type: sink, in: p.parts}\n"
                 "  c: {type: sink, in: p.parts}\n"
                 "  d: {type: sink, in: p.rest}\n");
  expect_fine();
  const struct plan_node* const p = rig_node(&rig, "p");
  ck_assert_uint_eq(p->n_out, 3);
  ck_assert_uint_eq(p->out[0].slot.port, 1);
  ck_assert_uint_eq(p->out[1].slot.port, 2);
  ck_assert_uint_eq(p->out[2].slot.port, 2);
  const struct plan_node* const c = rig_node(&rig, "c");
  ck_assert_uint_eq(rig.plan->links[c->in[0].link].from_slot, 2);
}
END_TEST

// An output that must be there has a format, or the node could not write.
START_TEST(open_inputs_have_slots_without_format)
{
  types_set("from", "f32", NULL);
  rig_plan(&rig, "  a: {type: from}\n  z: {type: zip, in: {left: a}}\n"
                 "  b: {type: sink, in: z}\n");
  expect_fine();
  const struct plan_node* const z = rig_node(&rig, "z");
  ck_assert_uint_eq(z->n_in, 2);
  ck_assert_uint_eq(z->in[1].slot.connected, 0);
  ck_assert_uint_eq(z->in[1].slot.format.kind, RILL_KIND_NONE);
  ck_assert_int_eq(z->in[1].link, -1);
  const struct plan_node* const b = rig_node(&rig, "b");
  ck_assert_uint_eq(b->n_out, 1);
  ck_assert_uint_eq(b->out[0].slot.connected, 1);
  ck_assert_uint_eq(b->out[0].slot.format.kind, RILL_KIND_AUDIO);
}
END_TEST

// --- cycles (23, 24)

static const struct {
  const char* nodes;
  const char* error;
} cycles[] = {
  { "  a: {type: gain, in: c}\n  b: {type: gain, in: a}\n"
    "  c: {type: gain, in: b}\n  n: {type: sink, in: c}\n",
    "G035 3:23 the links form a cycle: a -> b -> c -> a" },
  { "  s: {type: from}\n  a: {type: mix, in: [s, b]}\n"
    "  b: {type: gain, in: a}\n  n: {type: sink, in: b}\n",
    "G035 4:26 the links form a cycle: a -> b -> a" },
  { "  a: {type: gain, in: a}\n  n: {type: sink, in: a}\n",
    "G036 3:23 node 'a' reads its own output" },
};

START_TEST(a_cycle_is_printed_whole)
{
  rig_plan(&rig, cycles[_i].nodes);
  ck_assert_int_eq(rig.status, STATUS_BAD_GRAPH);
  ck_assert_str_eq(rig_first(&rig, SEVERITY_ERROR), cycles[_i].error);
}
END_TEST

START_TEST(a_long_cycle_is_printed_whole_too)
{
  struct text text = { 0 };
  enum { N = 500 };
  for (int i = 0; i < N; ++i) {
    text_add(&text, "  node%d: {type: gain, in: node%d}\n", i,
             (i + N - 1) % N);
  }
  text_add(&text, "  n: {type: sink, in: node0}\n");
  rig_plan(&rig, text_get(&text));
  expect(rig_first(&rig, SEVERITY_ERROR), "G035 3:27 the links form a cycle");
  expect(rig_hint(&rig), "node0 -> node1 -> ");
  expect(rig_hint(&rig), "node498 -> node499 -> node0");
  text_fini(&text);
}
END_TEST

// --- the rest of a plan

START_TEST(blocks_and_seeds)
{
  rig_plan(&rig, "run: {block: 512}\nnodes:\n  abc: {type: from}\n"
                 "  b: {type: to, in: abc}\n");
  expect_fine();
  ck_assert_uint_eq(rig.plan->block, 512);
  ck_assert_uint_eq(rig.plan->threads, 1);
  ck_assert(rig.plan->nodes[0].seed == 0xe71fa2190541574bu);
  ck_assert_uint_eq(rig.plan->nodes[0].out[0].slot.max_frames, 512);
}
END_TEST

START_TEST(a_plan_prints)
{
  struct text text = { 0 };
  types_set("from", "s16 2ch 44100", NULL);
  types_set("to", NULL, "f32");
  rig_plan(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n");
  expect_fine();
  rig.plan->nodes[1].latency_frames = 441;
  plan_print(rig.plan, &text);
  ck_assert_str_eq(
    text_get(&text),
    "t: 3 nodes (1 inserted, marked *), 2 links, block 4096, 1 thread, "
    "buffers up to 480.0 KiB\n"
    "   1  a  from\n"
    "       out  out: s16 planar 2ch 44100 Hz, up to 4096 frames\n"
    "*  2  a>b.in:convert  convert\n"
    "       with encoding: f32, packing: planar\n"
    "       in   in: s16 planar 2ch 44100 Hz, up to 4096 frames, from a.out, "
    "queue 8\n"
    "       out  out: f32 planar 2ch 44100 Hz, up to 4096 frames\n"
    "       latency 441 frames, tail 0 frames, 10.0 ms behind the source\n"
    "   3  b  to\n"
    "       in   in: f32 planar 2ch 44100 Hz, up to 4096 frames, from "
    "a>b.in:convert.out, queue 8\n");
  text_fini(&text);
}
END_TEST

START_TEST(planning_survives_lack_of_memory)
{
  types_set("from", "s16 2ch 44100", NULL);
  types_set("to", NULL, "f32 1ch 16000");
  rig_bind(&rig, "  a: {type: from}\n  b: {type: to, in: a}\n"
                 "  f: {type: file, with: {path: a.wav}}\n"
                 "  m: {type: mix, in: [f, a]}\n  c: {type: sink, in: m}\n");
  expect_fine();
  for (uint64_t n = 1;; ++n) {
    struct plan* plan = NULL;
    ck_assert_uint_lt(n, 2000);
    mem_fail_at(n, 0);
    const enum status st =
      plan_make(rig.graph, rig.registry, &rig.options, rig.diags, &plan);
    mem_fail_at(0, 0);
    plan_free(plan);
    if (st == STATUS_OK) {
      break;
    }
    ck_assert_int_eq(st, STATUS_NO_MEMORY);
    ck_assert_ptr_null(plan);
  }
}
END_TEST

START_TEST(refusing_survives_lack_of_memory)
{
  static const char* const graphs[] = {
    "  a: {type: from}\n  b: {type: to, in: a}\n",
    "  g: {type: gain, in: h}\n  h: {type: gain, in: g}\n"
    "  n: {type: sink, in: h}\n",
    "  f: {type: file, with: {path: missing.wav}}\n"
    "  b: {type: sink, in: f}\n",
  };
  types_set("from", "s16 2ch 44100", NULL);
  types_set("to", NULL, "f32 1ch 16000");
  rig.options.strict = 1;
  rig_bind(&rig, graphs[_i]);
  expect_fine();
  for (uint64_t n = 1; n < 300; ++n) {
    struct diags* const diags = diags_new();
    struct plan* plan = NULL;
    mem_fail_at(n, n % 2);
    const enum status st =
      plan_make(rig.graph, rig.registry, &rig.options, diags, &plan);
    mem_fail_at(0, 0);
    ck_assert_int_ne(st, STATUS_OK);
    ck_assert_ptr_null(plan);
    diags_free(diags);
  }
}
END_TEST

START_TEST(a_large_graph_is_planned_in_no_time)
{
  enum { N = 2000 };
  struct text text = { 0 };
  types_set("from", "s16 2ch 44100", NULL);
  types_set("to", NULL, "f32 1ch 16000");
  text_add(&text, "  n0: {type: from}\n");
  for (int i = 1; i < N; ++i) {
    text_add(&text, "  n%d: {type: %s, in: n%d}\n", i,
             i % 2 ? "gain" : "to", i % 2 ? 0 : i - 1);
  }
  rig_plan(&rig, text_get(&text));
  expect_fine();
  text_fini(&text);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, set_up, tear_down);
  tcase_add_loop_test(tcase, two_ends_meet, 0, COUNT(ends));
  tcase_add_test(tcase, a_mismatch_names_both_ends_and_a_cure);
  tcase_add_test(tcase, a_missing_converter_is_named);
  tcase_add_test(tcase, a_wish_passes_through_nodes_that_keep_the_field);
  tcase_add_test(tcase, the_wish_of_one_does_not_cost_the_others);
  tcase_add_test(tcase, a_set_that_pleases_all_is_found);
  tcase_add_test(tcase, consumers_that_want_the_same_share_a_chain);
  tcase_add_test(tcase, a_second_converter_of_a_kind_has_a_number);
  tcase_add_test(tcase, links_stay_consistent);
  tcase_add_loop_test(tcase, a_loss_that_nobody_asked_for_is_a_warning, 0,
                      COUNT(losses));
  tcase_add_test(tcase, a_loss_is_an_error_when_strict);
  tcase_add_test(tcase, bits_that_get_lost_on_the_way_count);
  tcase_add_test(tcase, explicit_shows_the_lines_to_paste);
  tcase_add_test(tcase, explicit_is_content_when_all_fits);
  tcase_add_test(tcase, aligned_inputs_get_one_rate);
  tcase_add_test(tcase, a_source_that_can_choose_follows_its_neighbour);
  tcase_add_test(tcase, two_that_can_choose_do_not_run_after_each_other);
  tcase_add_test(tcase, an_input_follows_one_that_demands_it);
  tcase_add_test(tcase, aligned_inputs_that_cannot_meet_are_refused);
  tcase_add_test(tcase, derive_says_what_a_file_holds);
  tcase_add_test(tcase, derive_is_not_asked_the_same_again);
  tcase_add_test(tcase, what_derive_refuses_is_told_at_the_path);
  tcase_add_test(tcase, what_derive_cannot_mean_is_its_fault);
  tcase_add_loop_test(tcase, a_port_that_passes_on_keeps_every_kind, 0, 3);
  tcase_add_test(tcase, each_link_of_a_multi_output_has_a_slot);
  tcase_add_test(tcase, open_inputs_have_slots_without_format);
  tcase_add_loop_test(tcase, a_cycle_is_printed_whole, 0, COUNT(cycles));
  tcase_add_test(tcase, a_long_cycle_is_printed_whole_too);
  tcase_add_test(tcase, blocks_and_seeds);
  tcase_add_test(tcase, a_plan_prints);
  tcase_add_test(tcase, planning_survives_lack_of_memory);
  tcase_add_loop_test(tcase, refusing_survives_lack_of_memory, 0, 3);
  tcase_add_test(tcase, a_large_graph_is_planned_in_no_time);
}

int
main(void)
{
  return suite_run("negotiate", 20, add_tests);
}

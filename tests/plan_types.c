// SPDX-License-Identifier: ISC
#include "tests/plan_types.h"

#include "plan/formats.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MAX_SETS = 4, MAX_LIST = 8, MAX_PORTS = 4 };

// A port with room for what its words say.
struct words_port {
  uint32_t lists[MAX_SETS][FORMAT_FIELDS][MAX_LIST];
  struct rill_constraint constraints[MAX_SETS][FORMAT_FIELDS];
  struct rill_format_set sets[MAX_SETS];
  const struct rill_format_set* set_pointers[MAX_SETS];
  struct rill_port_desc port;
};

struct words_type {
  struct words_port in;
  struct words_port out;
  const struct rill_port_desc* ports[2];
  struct rill_node_desc desc;
};

static const char* const free_names[] = { "from", "to", "too", "other", "say" };
static struct words_type free_types[COUNT(free_names)];
static struct rig* rig;

int types_n_asked;

// --- reading words

static uint32_t
field_of(const char* word)
{
  const size_t n = strlen(word);
  if (!strncmp(word, "planar", 6) || !strncmp(word, "interleaved", 11)) {
    return RILL_FIELD_PACKING;
  }
  if (n > 2 && !strcmp(word + n - 2, "ch")) {
    return RILL_FIELD_CHANNELS;
  }
  return word[0] >= '0' && word[0] <= '9' ? RILL_FIELD_RATE
                                          : RILL_FIELD_ENCODING;
}

static uint32_t
value_of(uint32_t field, const char* word)
{
  char name[32];
  const size_t n = strcspn(word, "|");
  memcpy(name, word, n);
  name[n] = '\0';
  switch (field) {
    case RILL_FIELD_PACKING: return packing_find(name);
    case RILL_FIELD_ENCODING: return encoding_find(name);
    default: return (uint32_t)strtoul(name, NULL, 10);
  }
}

static void
read_word(struct words_port* p, uint32_t set, const char* word)
{
  struct rill_format_set* const s = &p->sets[set];
  struct rill_constraint* const c = &p->constraints[set][s->n_constraints];
  uint32_t* const list = p->lists[set][s->n_constraints];
  const char* const range = strstr(word, "..");

  *c = (struct rill_constraint){ .field = field_of(word), .op = RILL_ONE_OF };
  if (range) {
    c->op = RILL_RANGE;
    c->min = value_of(c->field, word);
    c->max = (uint32_t)strtoul(range + 2, NULL, 10);
  } else {
    c->values = list;
    for (; word; word = strchr(word, '|') ? strchr(word, '|') + 1 : NULL) {
      list[c->n_values++] = value_of(c->field, word);
    }
  }
  ++s->n_constraints;
}

static uint32_t
kind_of(const char* word)
{
  return !strcmp(word, "json")     ? RILL_KIND_JSON
         : !strcmp(word, "text")   ? RILL_KIND_TEXT
         : !strcmp(word, "tensor") ? RILL_KIND_TENSOR
                                   : RILL_KIND_AUDIO;
}

static void
start_set(struct words_port* p, uint32_t set, const char* first)
{
  p->sets[set] = (struct rill_format_set){
    .size = sizeof p->sets[set],
    .kind = kind_of(first),
    .constraints = p->constraints[set],
  };
  p->set_pointers[set] = &p->sets[set];
  p->port.n_formats = set + 1;
}

static void
read_port(struct words_port* p, uint32_t direction, const char* words)
{
  char text[128];
  uint32_t set = 0;
  int is_first = 1;

  p->port = (struct rill_port_desc){
    .size = sizeof p->port,
    .id = direction,
    .direction = direction,
    .symbol = direction == RILL_IN ? "in" : "out",
    .formats = p->set_pointers,
  };
  ck_assert_uint_lt(strlen(words), sizeof text);
  strcpy(text, words);
  for (char* w = strtok(text, " "); w; w = strtok(NULL, " ")) {
    if (!strcmp(w, "anything")) {
      return;
    }
    if (!strcmp(w, "or")) {
      ++set;
      is_first = 1;
      continue;
    }
    if (is_first) {
      start_set(p, set, w);
    }
    if (strcmp(w, "any") && (!is_first || kind_of(w) == RILL_KIND_AUDIO)) {
      read_word(p, set, w);
    }
    is_first = 0;
  }
}

static struct words_type*
find_free(const char* name)
{
  for (size_t i = 0; i < COUNT(free_names); ++i) {
    if (!strcmp(free_names[i], name)) {
      return &free_types[i];
    }
  }
  ck_abort_msg("no type %s", name);
  return NULL;
}

void
types_set(const char* name, const char* gives, const char* takes)
{
  struct words_type* const t = find_free(name);
  uint32_t n = 0;
  memset(t, 0, sizeof *t);
  if (takes) {
    read_port(&t->in, RILL_IN, takes);
    t->ports[n++] = &t->in.port;
  }
  if (gives) {
    read_port(&t->out, RILL_OUT, gives);
    t->ports[n++] = &t->out.port;
  }
  t->desc = (struct rill_node_desc){ .size = sizeof t->desc,
                                     .id = name,
                                     .name = name,
                                     .ports = t->ports,
                                     .n_ports = n };
}

// --- fixed types

static const uint32_t samples[] = { RILL_ENC_F32, RILL_ENC_U8,  RILL_ENC_S16,
                                    RILL_ENC_S24, RILL_ENC_S32, RILL_ENC_F64,
                                    RILL_ENC_S8 };
static const char* const sample_names[] = { "f32", "u8",  "s16", "s24",
                                            "s32", "f64", "s8" };
static const char* const packing_names[] = { "planar", "interleaved" };

#define PARAM .size = sizeof(struct rill_param_desc)
static const struct rill_param_desc encoding_param = {
  PARAM, .symbol = "encoding", .type = RILL_TYPE_ENUM, .def = "f32",
  .names = sample_names, .n_names = COUNT(sample_names)
};
static const struct rill_param_desc packing_param = {
  PARAM, .symbol = "packing", .type = RILL_TYPE_ENUM, .def = "planar",
  .names = packing_names, .n_names = COUNT(packing_names)
};
static const struct rill_param_desc rate_param = {
  PARAM, .symbol = "rate", .type = RILL_TYPE_INT, .unit = RILL_UNIT_HZ,
  .def = "0"
};
static const struct rill_param_desc channels_param = {
  PARAM, .symbol = "channels", .type = RILL_TYPE_INT, .def = "0"
};
static const struct rill_param_desc size_param = {
  PARAM, .symbol = "size", .type = RILL_TYPE_INT, .def = "256"
};
static const struct rill_param_desc path_param = {
  PARAM, .symbol = "path", .type = RILL_TYPE_STRING, .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_REQUIRED
};

static const struct rill_param_desc* const convert_params[] = {
  &encoding_param, &packing_param
};
static const struct rill_param_desc* const resample_params[] = { &rate_param };
static const struct rill_param_desc* const remix_params[] = {
  &channels_param
};
static const struct rill_param_desc* const want_params[] = {
  &encoding_param, &rate_param, &channels_param
};
static const struct rill_param_desc* const file_params[] = { &path_param };
static const struct rill_param_desc* const fft_params[] = { &size_param };

static const struct rill_constraint convert_takes[] = {
  RILL_AMONG(RILL_FIELD_ENCODING, samples)
};
static const struct rill_constraint convert_gives[] = {
  RILL_FROM(RILL_FIELD_ENCODING, "encoding"),
  RILL_FROM(RILL_FIELD_PACKING, "packing"), RILL_SAME(RILL_FIELD_RATE, 1),
  RILL_SAME(RILL_FIELD_CHANNELS, 1)
};
static const struct rill_constraint resample_gives[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_FROM(RILL_FIELD_RATE, "rate"),
  RILL_SAME(RILL_FIELD_CHANNELS, 1)
};
static const struct rill_constraint remix_gives[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_SAME(RILL_FIELD_RATE, 1),
  RILL_FROM(RILL_FIELD_CHANNELS, "channels")
};
static const struct rill_constraint mix_takes[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_SAME(RILL_FIELD_CHANNELS, 1)
};
static const struct rill_constraint want_takes[] = {
  RILL_FROM(RILL_FIELD_ENCODING, "encoding"),
  RILL_FROM(RILL_FIELD_RATE, "rate"),
  RILL_FROM(RILL_FIELD_CHANNELS, "channels")
};
static const struct rill_constraint pair_takes[] = {
  RILL_SAME(RILL_FIELD_CHANNELS, 3)
};
static const struct rill_constraint pair_gives[] = {
  RILL_SAME(RILL_FIELD_RATE, 3), RILL_SAME(RILL_FIELD_CHANNELS, 3)
};
static const struct rill_constraint fft_gives[] = { RILL_IS_F32 };

#define SETS(name, kind, demands)                                              \
  static const struct rill_format_set name##_set = RILL_SET(kind, demands);    \
  static const struct rill_format_set* const name[] = { &name##_set }
SETS(convert_in_sets, RILL_KIND_AUDIO, convert_takes);
SETS(convert_out_sets, RILL_KIND_AUDIO, convert_gives);
SETS(resample_out_sets, RILL_KIND_AUDIO, resample_gives);
SETS(remix_out_sets, RILL_KIND_AUDIO, remix_gives);
SETS(mix_in_sets, RILL_KIND_AUDIO, mix_takes);
SETS(pair_in_sets, RILL_KIND_AUDIO, pair_takes);
SETS(pair_out_sets, RILL_KIND_AUDIO, pair_gives);
SETS(want_in_sets, RILL_KIND_AUDIO, want_takes);
SETS(fft_out_sets, RILL_KIND_TENSOR, fft_gives);
static const struct rill_format_set any_audio_set = RILL_ANY(RILL_KIND_AUDIO);
static const struct rill_format_set* const any_audio[] = { &any_audio_set };

#define PORT(number, way, flag, name)                                          \
  .size = sizeof(struct rill_port_desc), .id = number, .direction = way,       \
  .flags = flag, .symbol = name
#define ACCEPTS(sets) .formats = sets, .n_formats = COUNT(sets)

static const struct rill_port_desc convert_ports[] = {
  { PORT(1, RILL_IN, 0, "in"), ACCEPTS(convert_in_sets) },
  { PORT(2, RILL_OUT, 0, "out"), ACCEPTS(convert_out_sets) },
};
static const struct rill_port_desc resample_ports[] = {
  { PORT(1, RILL_IN, 0, "in"), ACCEPTS(rill_f32_in_sets) },
  { PORT(2, RILL_OUT, 0, "out"), ACCEPTS(resample_out_sets) },
};
static const struct rill_port_desc remix_ports[] = {
  { PORT(1, RILL_IN, 0, "in"), ACCEPTS(rill_f32_in_sets) },
  { PORT(2, RILL_OUT, 0, "out"), ACCEPTS(remix_out_sets) },
};
static const struct rill_port_desc mix_ports[] = {
  { PORT(1, RILL_IN, RILL_PORT_MULTI | RILL_PORT_ALIGNED, "in"),
    ACCEPTS(mix_in_sets) },
  { PORT(2, RILL_OUT, 0, "out"), ACCEPTS(rill_f32_out_sets) },
};
static const struct rill_port_desc zip_ports[] = {
  { PORT(1, RILL_IN, RILL_PORT_ALIGNED, "left") },
  { PORT(3, RILL_IN, RILL_PORT_ALIGNED | RILL_PORT_OPTIONAL, "right") },
  { PORT(2, RILL_OUT, 0, "out"), ACCEPTS(rill_f32_out_sets) },
};
// The first demands what the second has; the output is like the second.
static const struct rill_port_desc pair_ports[] = {
  { PORT(1, RILL_IN, 0, "first"), ACCEPTS(pair_in_sets) },
  { PORT(3, RILL_IN, 0, "second") },
  { PORT(2, RILL_OUT, 0, "out"), ACCEPTS(pair_out_sets) },
};
static const struct rill_port_desc want_ports[] = {
  { PORT(1, RILL_IN, 0, "in"), ACCEPTS(want_in_sets) },
};
static const struct rill_port_desc file_ports[] = {
  { PORT(2, RILL_OUT, 0, "out"), ACCEPTS(any_audio) },
};
static const struct rill_port_desc fft_ports[] = {
  { PORT(1, RILL_IN, 0, "in"), ACCEPTS(rill_f32_in_sets) },
  { PORT(2, RILL_OUT, 0, "out"), ACCEPTS(fft_out_sets) },
};
static const struct rill_port_desc pass_ports[] = {
  { PORT(1, RILL_IN, 0, "in") },
  { PORT(2, RILL_OUT, RILL_PORT_PASSTHROUGH, "out") },
};
static const struct rill_port_desc fan_ports[] = {
  { PORT(1, RILL_IN, 0, "in") },
  { PORT(2, RILL_OUT, 0, "rest") },
  { PORT(3, RILL_OUT, RILL_PORT_MULTI, "parts") },
};
static const struct rill_port_desc sink_ports[] = {
  { PORT(1, RILL_IN, 0, "in") },
  { PORT(2, RILL_OUT, 0, "log") },
};

#define LIST2(p) { &(p)[0], &(p)[1] }
static const struct rill_port_desc* const convert_list[] = LIST2(convert_ports);
static const struct rill_port_desc* const resample_list[] =
  LIST2(resample_ports);
static const struct rill_port_desc* const remix_list[] = LIST2(remix_ports);
static const struct rill_port_desc* const mix_list[] = LIST2(mix_ports);
static const struct rill_port_desc* const zip_list[] = {
  &zip_ports[0], &zip_ports[1], &zip_ports[2]
};
static const struct rill_port_desc* const pair_list[] = {
  &pair_ports[0], &pair_ports[1], &pair_ports[2]
};
static const struct rill_port_desc* const want_list[] = { &want_ports[0] };
static const struct rill_port_desc* const file_list[] = { &file_ports[0] };
static const struct rill_port_desc* const fft_list[] = LIST2(fft_ports);
static const struct rill_port_desc* const pass_list[] = LIST2(pass_ports);
static const struct rill_port_desc* const fan_list[] = {
  &fan_ports[0], &fan_ports[1], &fan_ports[2]
};
static const struct rill_port_desc* const sink_list[] = LIST2(sink_ports);

// Every file is two seconds of stereo.
static int32_t
file_derive(struct rill_lib* lib, const struct rill_node_desc* desc,
            const struct rill_host* host, struct rill_derivation* d)
{
  struct rill_format* const f = &d->out[0]->format;
  (void)lib;
  (void)desc;
  ++types_n_asked;
  if (!strcmp(d->params[0].text, "missing.wav")) {
    host->set_error(host, RILL_ERR_INPUT, "missing.wav: no such file");
    return RILL_ERR_INPUT;
  }
  const int is_nonsense = !strcmp(d->params[0].text, "nonsense.wav");
  f->rate = is_nonsense ? 2000000000 : 44100;
  f->channels = 2;
  d->n_frames = 88200;
  return RILL_OK;
}

static int32_t
fft_derive(struct rill_lib* lib, const struct rill_node_desc* desc,
           const struct rill_host* host, struct rill_derivation* d)
{
  struct rill_format* const f = &d->out[0]->format;
  (void)lib;
  (void)desc;
  (void)host;
  f->rate = 100;
  f->rate_den = 1;
  f->rank = 2;
  f->shape[0] = d->in[0]->format.channels;
  f->shape[1] = (uint32_t)d->params[0].i / 2 + 1;
  return RILL_OK;
}

#define TYPE(type_name, port_list)                                             \
  .size = sizeof(struct rill_node_desc), .id = "test." type_name,              \
  .name = type_name, .ports = port_list, .n_ports = COUNT(port_list)
#define PARAMS(list) .params = list, .n_params = COUNT(list)

static const struct rill_node_desc fixed_types[] = {
  { TYPE("convert", convert_list), PARAMS(convert_params) },
  { TYPE("resample", resample_list), PARAMS(resample_params) },
  { TYPE("remix", remix_list), PARAMS(remix_params) },
  { TYPE("gain", rill_f32_ports) },
  { TYPE("mix", mix_list) },
  { TYPE("zip", zip_list) },
  { TYPE("pair", pair_list) },
  { TYPE("want", want_list), PARAMS(want_params) },
  { TYPE("file", file_list), PARAMS(file_params), .derive = file_derive },
  { TYPE("fft", fft_list), PARAMS(fft_params), .derive = fft_derive },
  { TYPE("pass", pass_list) },
  { TYPE("fan", fan_list) },
  { TYPE("sink", sink_list), .flags = RILL_NODE_COMMITS },
};

static void
add_all(const char* but)
{
  for (size_t i = 0; i < COUNT(fixed_types); ++i) {
    if (!but || strcmp(fixed_types[i].name, but)) {
      rig_add(rig, &fixed_types[i]);
    }
  }
  for (size_t i = 0; i < COUNT(free_names); ++i) {
    rig_add(rig, &free_types[i].desc);
  }
}

void
types_add(struct rig* to)
{
  rig = to;
  types_set("from", "any", NULL);
  types_set("other", "any", NULL);
  types_set("to", NULL, "any");
  types_set("too", NULL, "any");
  types_set("say", "any", "any");
  add_all(NULL);
}

void
types_without(const char* name)
{
  registry_free(rig->registry);
  ck_assert_int_eq(registry_new_empty(&rig->registry), STATUS_OK);
  add_all(name);
}

void
types_forget(void)
{
  rig = NULL;
}

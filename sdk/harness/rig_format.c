// SPDX-License-Identifier: ISC
// Formats of a rig's outputs: the first set of each port, then derive.
#include "fake_private.h"
#include "rig_private.h"

int
rig_is_payload(const struct rill_format* format)
{
  return format->kind == RILL_KIND_TEXT || format->kind == RILL_KIND_JSON ||
         format->kind == RILL_KIND_BYTES || format->kind == RILL_KIND_CUSTOM;
}

static uint32_t*
field_of(struct rill_format* f, uint32_t field)
{
  switch (field) {
    case RILL_FIELD_ENCODING: return &f->encoding;
    case RILL_FIELD_RATE: return &f->rate;
    case RILL_FIELD_CHANNELS: return &f->channels;
    case RILL_FIELD_PACKING: return &f->packing;
    case RILL_FIELD_WIDTH: return &f->width;
    case RILL_FIELD_HEIGHT: return &f->height;
    case RILL_FIELD_RANK: return &f->rank;
    default: return NULL;
  }
}

// The first connected input, whose format free fields follow.
static const struct rill_format*
model_of(const struct rig* rig)
{
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    if (rig->in[i].slot.connected) {
      return &rig->in[i].slot.format;
    }
  }
  return NULL;
}

static void
fill_free_fields(struct rill_format* f, const struct rill_format* model)
{
  if (model && model->kind == f->kind) {
    *f = *model;
    return;
  }
  f->rate = model ? model->rate : 0;
  f->rate_den = model ? model->rate_den : 0;
  if (f->kind == RILL_KIND_AUDIO) {
    f->encoding = RILL_ENC_F32;
    f->rate = f->rate ? f->rate : 48000;
    f->rate_den = 1;
    f->channels = 1;
  } else if (f->kind == RILL_KIND_TENSOR) {
    f->encoding = RILL_ENC_F32;
  }
}

static uint32_t
encoding_of(const char* name)
{
  static const struct {
    const char* name;
    uint32_t encoding;
  } names[] = {
    {"u8", RILL_ENC_U8},   {"s8", RILL_ENC_S8},   {"s16", RILL_ENC_S16},
    {"s24", RILL_ENC_S24}, {"s32", RILL_ENC_S32}, {"s64", RILL_ENC_S64},
    {"f16", RILL_ENC_F16}, {"f32", RILL_ENC_F32}, {"f64", RILL_ENC_F64},
  };
  for (size_t i = 0; i < RILL_COUNT(names); ++i) {
    if (!strcmp(names[i].name, name)) {
      return names[i].encoding;
    }
  }
  return RILL_ENC_NONE;
}

// What a parameter says of a field; 0: nothing.
static uint32_t
param_wish(struct rig* rig, const struct rill_constraint* c)
{
  const struct rill_value* const v =
    &rig->params[rig_find_param(rig, c->param)];
  if (v->type == RILL_TYPE_ENUM || v->type == RILL_TYPE_STRING) {
    if (c->field == RILL_FIELD_PACKING) {
      return !strcmp(v->text, "interleaved") ? RILL_INTERLEAVED : 0;
    }
    return encoding_of(v->text);
  }
  return v->i > 0 && v->i <= UINT32_MAX ? (uint32_t)v->i : 0;
}

static uint32_t
nearest_in_range(const struct rill_constraint* c, uint32_t value)
{
  value = c->prefer ? c->prefer : value;
  return value < c->min ? c->min : value > c->max ? c->max : value;
}

static void
apply(struct rig* rig, struct rill_format* f, const struct rill_constraint* c)
{
  uint32_t* const field = field_of(f, c->field);
  uint32_t slot = 0;
  if (!field) {
    rig_breach(rig, "a constraint speaks of an unknown field %u", c->field);
  }
  switch (c->op) {
    case RILL_RANGE: *field = nearest_in_range(c, *field); break;
    case RILL_ONE_OF: *field = c->n_values ? c->values[0] : *field; break;
    case RILL_SAME_AS:
      slot = rig_in_of_id(rig, c->port);
      if (slot < rig->n_in && rig->in[slot].slot.connected) {
        *field = *field_of(&rig->in[slot].slot.format, c->field);
        f->rate_den = c->field == RILL_FIELD_RATE
                        ? rig->in[slot].slot.format.rate_den
                        : f->rate_den;
      }
      break;
    case RILL_PARAM: {
      const uint32_t wish = param_wish(rig, c);
      *field = wish ? wish : *field;
      break;
    }
    default:
      rig_breach(rig, "a constraint has an unknown operation %u", c->op);
  }
  if (c->field == RILL_FIELD_RATE && c->op != RILL_SAME_AS) {
    f->rate_den = f->rate ? 1 : 0;
  }
}

static void
solve(struct rig* rig, struct rig_out* out)
{
  const struct rill_port_desc* const port = rig->desc->ports[out->port];
  const struct rill_format* const model = model_of(rig);
  struct rill_format f = {0};

  if (!port->n_formats) {
    // Anything: what the input that it follows has.
    const uint32_t pair = rig_in_of_id(rig, port->in_place_pair);
    f = pair < rig->n_in ? rig->in[pair].slot.format
        : model          ? *model
                         : f;
  } else {
    const struct rill_format_set* const set = port->formats[0];
    f.kind = set->kind;
    fill_free_fields(&f, model);
    for (uint32_t i = 0; i < set->n_constraints; ++i) {
      apply(rig, &f, &set->constraints[i]);
    }
    f.uri = set->uri ? set->uri : f.uri;
    if (model && f.channels != model->channels) {
      f.layout = 0; // positions of other channels
    }
  }
  out->slot.format = f;
}

static int32_t
derive(struct rig* rig)
{
  const struct rill_slot** const in = fake_zeroed(rig->n_in * sizeof *in);
  struct rill_slot** const out = fake_zeroed(rig->n_out * sizeof *out);
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    in[i] = &rig->in[i].slot;
  }
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    out[i] = &rig->out[i].slot;
  }
  struct rill_derivation d = {.size = sizeof d,
                              .n_params = rig->desc->n_params,
                              .params = rig->params,
                              .n_in = rig->n_in,
                              .n_out = rig->n_out,
                              .in = in,
                              .out = out};
  rig_where(rig, "derive");
  const int32_t status =
    rig->desc->derive(rig->lib, rig->desc, fake_host_lib_table(rig->host), &d);
  free(in);
  free(out);
  return status;
}

int32_t
rig_solve_outputs(struct rig* rig)
{
  int32_t status = RILL_OK;
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    rig->out[i].slot.connected = !rig->out[i].unlinked;
    solve(rig, &rig->out[i]);
  }
  if (RILL_HAS(rig->desc, derive) && rig->desc->derive) {
    status = derive(rig);
  }
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    if (rig->out[i].unlinked) {
      rig->out[i].slot.format = (struct rill_format){0};
    }
  }
  return status;
}

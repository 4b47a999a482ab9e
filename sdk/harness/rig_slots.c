// SPDX-License-Identifier: ISC
// What a test says about the slots of a rig before it starts.
#include "fake_private.h"
#include "nearest.h"
#include "rig_private.h"

uint32_t
rig_find_port(struct rig* rig,
              enum rill_direction direction,
              const char* symbol)
{
  const char* names[64] = {0};
  for (uint32_t i = 0; i < rig->desc->n_ports; ++i) {
    const struct rill_port_desc* const port = rig->desc->ports[i];
    if (port->direction == (uint32_t)direction) {
      if (!strcmp(port->symbol, symbol)) {
        return i;
      }
      names[i % RILL_COUNT(names)] = port->symbol;
    }
  }
  const char* const near = rill_nearest(symbol, names, RILL_COUNT(names));
  rig_breach(rig, "no port '%s'%s%s", symbol, near ? ", did you mean " : "",
             near ? near : "");
}

const struct rill_port_desc*
rig_in_port(const struct rig* rig, uint32_t slot)
{
  return rig->desc->ports[rig->in[slot].port];
}

const struct rill_port_desc*
rig_out_port(const struct rig* rig, uint32_t slot)
{
  return rig->desc->ports[rig->out[slot].port];
}

uint32_t
rig_in_of_id(const struct rig* rig, uint32_t id)
{
  uint32_t slot = 0;
  while (slot < rig->n_in && rig_in_port(rig, slot)->id != id) {
    ++slot;
  }
  return slot;
}

struct rig_in*
rig_in_at(struct rig* rig, uint32_t slot)
{
  if (slot >= rig->n_in) {
    rig_breach(rig, "input slot %u: the rig has %u", slot, rig->n_in);
  }
  return &rig->in[slot];
}

struct rig_out*
rig_out_at(const struct rig* rig, uint32_t slot)
{
  if (slot >= rig->n_out) {
    rig_breach(rig, "output slot %u: the rig has %u", slot, rig->n_out);
  }
  return &rig->out[slot];
}

static void
check_not_started(struct rig* rig)
{
  if (rig->node) {
    rig_breach(rig, "slots are chosen before the start");
  }
}

// The last port takes n slots from its place on.
static uint32_t
slots_of(struct rig* rig, uint32_t direction, uint32_t port, uint32_t n_links)
{
  uint32_t first = 0;
  for (uint32_t i = 0; i < port; ++i) {
    first += rig->desc->ports[i]->direction == direction;
  }
  if (!(rig->desc->ports[port]->flags & RILL_PORT_MULTI)) {
    rig_breach(rig, "port '%s' is not MULTI", rig->desc->ports[port]->symbol);
  }
  return first + n_links;
}

static void
link_inputs(struct rig* rig, uint32_t port, uint32_t n_links)
{
  const uint32_t n = slots_of(rig, RILL_IN, port, n_links);
  struct rig_in* const in = fake_zeroed(n * sizeof *in);
  for (uint32_t i = 0; i < n; ++i) {
    if (i < rig->n_in) {
      in[i] = rig->in[i];
    }
    in[i].port = i < port ? i : port;
  }
  free(rig->in);
  rig->in = in;
  rig->n_in = n;
}

static void
link_outputs(struct rig* rig, uint32_t port, uint32_t n_links)
{
  const uint32_t n = slots_of(rig, RILL_OUT, port, n_links);
  const uint32_t first_port = port - (n - n_links);
  struct rig_out* const out = fake_zeroed(n * sizeof *out);
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t p = first_port + i;
    out[i].port = p < port ? p : port;
  }
  free(rig->out);
  rig->out = out;
  rig->n_out = n;
}

void
rig_links(struct rig* rig, const char* symbol, uint32_t n_links)
{
  check_not_started(rig);
  for (uint32_t i = 0; i < rig->desc->n_ports; ++i) {
    if (!strcmp(rig->desc->ports[i]->symbol, symbol)) {
      if (rig->desc->ports[i]->direction == RILL_IN) {
        link_inputs(rig, i, n_links);
      } else {
        link_outputs(rig, i, n_links);
      }
      return;
    }
  }
  rig_find_port(rig, RILL_IN, symbol); // says what there is
}

void
rig_format(struct rig* rig, uint32_t slot, const struct rill_format* format)
{
  check_not_started(rig);
  struct rig_in* const in = rig_in_at(rig, slot);
  in->slot.format = *format;
  in->slot.connected = format->kind != RILL_KIND_NONE;
}

void
rig_audio(struct rig* rig, uint32_t slot, uint32_t rate, uint32_t channels)
{
  rig_format(rig, slot,
             &(struct rill_format){.kind = RILL_KIND_AUDIO,
                                   .encoding = RILL_ENC_F32,
                                   .rate = rate,
                                   .rate_den = 1,
                                   .channels = channels});
}

void
rig_payload(struct rig* rig, uint32_t slot, enum rill_kind kind, uint32_t rate)
{
  rig_format(rig, slot,
             &(struct rill_format){
               .kind = kind, .rate = rate, .rate_den = rate ? 1 : 0});
}

void
rig_rows(struct rig* rig, uint32_t slot, uint32_t rate, uint32_t n_values)
{
  rig_format(rig, slot,
             &(struct rill_format){.kind = RILL_KIND_TENSOR,
                                   .encoding = RILL_ENC_F32,
                                   .rate = rate,
                                   .rate_den = rate ? 1 : 0,
                                   .rank = 1,
                                   .shape = {n_values}});
}

void
rig_unlink_out(struct rig* rig, uint32_t slot)
{
  check_not_started(rig);
  rig_out_at(rig, slot)->unlinked = 1;
}

void
rig_in_place(struct rig* rig, uint32_t on)
{
  rig->want_in_place = on;
}

void
rig_disorder(struct rig* rig, uint32_t on)
{
  rig->want_disorder = on;
}

void
rig_realtime(struct rig* rig, uint32_t on)
{
  rig->want_realtime = on;
}

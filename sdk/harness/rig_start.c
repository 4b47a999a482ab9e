// SPDX-License-Identifier: ISC
// From a chosen type to an active instance, and back.
#include "fake_private.h"
#include "rig_private.h"

#include <stdio.h>

void
rig_where(struct rig* rig, const char* call)
{
  char where[256] = {0};
  snprintf(where, sizeof where, "node '%s', %s", rig->desc->name, call);
  fake_host_set_where(rig->host, where);
}

static uint32_t
default_frames(const struct rig* rig, const struct rill_slot* slot)
{
  return rig_is_payload(&slot->format) ? RIG_PAYLOAD_BYTES : rig->max_frames;
}

static void
prepare_inputs(struct rig* rig)
{
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    struct rig_in* const in = &rig->in[i];
    in->slot.size = sizeof in->slot;
    in->slot.port = in->port;
    in->slot.max_frames = default_frames(rig, &in->slot);
    if (!in->slot.connected &&
        !(rig_in_port(rig, i)->flags & RILL_PORT_OPTIONAL)) {
      rig_breach(rig, "input %u ('%s') has no format: choose one with "
                      "rig_audio or rig_format", i,
                 rig_in_port(rig, i)->symbol);
    }
  }
}

static void
prepare_outputs(struct rig* rig)
{
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    struct rig_out* const out = &rig->out[i];
    const struct rill_format* const f = &out->slot.format;
    out->slot.size = sizeof out->slot;
    out->slot.port = out->port;
    out->slot.max_frames = default_frames(rig, &out->slot);
    out->n_lanes = f->kind == RILL_KIND_AUDIO ? f->channels : 1;
    free(out->lanes);
    out->lanes = fake_zeroed(out->n_lanes * sizeof *out->lanes);
    free(out->planes_before);
    out->planes_before =
      fake_zeroed(out->n_lanes * sizeof *out->planes_before);
  }
}

static int32_t
create(struct rig* rig)
{
  const struct rill_setup setup = {.size = sizeof setup,
                                   .n_params = rig->desc->n_params,
                                   .params = rig->params,
                                   .node_id = "rig",
                                   .seed = 1};
  const struct rill_host* const host = fake_host_table(rig->host);
  struct rill_node* node = NULL;

  rig_where(rig, "create");
  const int32_t status =
    rig->desc->create(rig->lib, rig->desc, host, &setup, &node);
  if (status < RILL_OK && node) {
    rig_breach(rig, "failed, yet gave a node");
  }
  if (status >= RILL_OK && (!node || !node->ops || node->host != host)) {
    rig_breach(rig, "gave no node, or one without ops, or of another host");
  }
  if (node && (!node->ops->size || !node->ops->process ||
               !node->ops->destroy)) {
    rig_breach(rig, "ops lack size, process or destroy");
  }
  rig->node = node;
  return status;
}

static int32_t
configure(struct rig* rig)
{
  const struct rill_slot** const in = fake_zeroed(rig->n_in * sizeof *in);
  const struct rill_slot** const out = fake_zeroed(rig->n_out * sizeof *out);
  const struct rill_config config = {.size = sizeof config,
                                     .n_in = rig->n_in,
                                     .n_out = rig->n_out,
                                     .in = in,
                                     .out = out};
  int32_t status = RILL_OK;
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    in[i] = &rig->in[i].slot;
  }
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    out[i] = &rig->out[i].slot;
  }
  rig_where(rig, "configure");
  if (rig->node->ops->configure) {
    status = rig->node->ops->configure(rig->node, &config);
  }
  free(in);
  free(out);
  return status;
}

static void
prepare_activation(struct rig* rig)
{
  struct rill_activation* const a = &rig->activation;
  uint32_t* const frames =
    rig_own(rig, fake_zeroed((rig->n_out + 1) * sizeof *frames));
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    frames[i] = rig->out[i].slot.max_frames;
  }
  *a = (struct rill_activation){
    .size = sizeof *a,
    .flags = rig->want_realtime ? 0 : RILL_ACTIVATE_OFFLINE,
    .max_in_frames = rig->max_frames,
    .n_out = rig->n_out,
    .out_frames = frames};
}

static void
prepare_run(struct rig* rig)
{
  const size_t n_scratch = (size_t)rig->activation.scratch_bytes;
  free(rig->scratch);
  // A canary of 64 bytes behind it.
  rig->scratch = aligned_alloc(64, (n_scratch + 127) / 64 * 64);
  free(rig->in_ios);
  free(rig->out_ios);
  rig->in_ios = fake_zeroed(rig->n_in * sizeof *rig->in_ios);
  rig->out_ios = fake_zeroed(rig->n_out * sizeof *rig->out_ios);
  for (uint32_t i = 0; i < rig->n_in; ++i) {
    rig->in[i].io.size = sizeof rig->in[i].io;
    rig->in_ios[i] = &rig->in[i].io;
  }
  for (uint32_t i = 0; i < rig->n_out; ++i) {
    rig->out[i].io.size = sizeof rig->out[i].io;
    rig->out_ios[i] = &rig->out[i].io;
  }
}

static int32_t
activate(struct rig* rig)
{
  int32_t status = RILL_OK;
  prepare_activation(rig);
  rig_where(rig, "activate");
  if (rig->node->ops->activate) {
    status = rig->node->ops->activate(rig->node, &rig->activation);
  }
  if (status >= RILL_OK) {
    prepare_run(rig);
    rig->is_active = 1;
  }
  return status;
}

void
rig_stop(struct rig* rig)
{
  if (rig->is_active && rig->node->ops->deactivate) {
    rig_where(rig, "deactivate");
    if (rig->node->ops->deactivate(rig->node) < RILL_OK) {
      rig_breach(rig, "failed: %s", rig_error(rig));
    }
  }
  if (rig->node) {
    rig_where(rig, "destroy");
    rig->node->ops->destroy(rig->node);
  }
  rig->node = NULL;
  rig->is_active = 0;
}

int32_t
rig_try_start(struct rig* rig, uint32_t max_frames)
{
  int32_t status = RILL_OK;
  rig_where(rig, "start");
  if (rig->node) {
    rig_breach(rig, "started twice");
  }
  fake_host_clear_error(rig->host);
  rig->max_frames = max_frames;
  rig->block_frames = max_frames;
  rig_fill_params(rig);
  prepare_inputs(rig);
  if ((status = rig_solve_outputs(rig)) < RILL_OK) {
    return status;
  }
  prepare_outputs(rig);
  if ((status = create(rig)) < RILL_OK ||
      (status = configure(rig)) < RILL_OK ||
      (status = activate(rig)) < RILL_OK) {
    rig_stop(rig);
    return status;
  }
  return RILL_OK;
}

void
rig_start(struct rig* rig, uint32_t max_frames)
{
  const int32_t status = rig_try_start(rig, max_frames);
  if (status < RILL_OK) {
    rig_breach(rig, "failed with %d: %s", status, rig_error(rig));
  }
}

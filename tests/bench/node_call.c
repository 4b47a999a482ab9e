// SPDX-License-Identifier: ISC
#include "node_call.h"

#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t
next_random(uint32_t* state)
{
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

static void
fill(const struct rill_buffer* b)
{
  const uint32_t size = rill_sample_bytes(b->format->encoding);
  uint32_t state = 2463534242u;
  for (uint32_t c = 0; c < b->n_planes; ++c) {
    char* at = b->planes[c].data;
    for (uint32_t i = 0; i < b->n_frames; ++i, at += b->planes[c].step) {
      const uint32_t bits = next_random(&state);
      const float f = (float)((double)bits / 4294967296.0 * 2.1 - 1.05);
      if (b->format->encoding == RILL_ENC_F32) {
        memcpy(at, &f, sizeof f);
      } else {
        memcpy(at, &bits, size < 4 ? size : 4);
      }
    }
  }
}

static void
bind(struct node_call* call, uint32_t n_frames, uint32_t unread)
{
  const struct rill_host* const host = fake_host_table(rig_host(call->rig));
  const struct rill_activation* const a = rig_activation(call->rig);
  for (uint32_t i = 0; i < a->n_out; ++i) {
    const struct rill_format* const f = rig_out_format(call->rig, i);
    const uint32_t n = a->out_frames[i] ? a->out_frames[i] : n_frames;
    call->out[i] = f->kind == RILL_KIND_NONE || unread >> i & 1
                     ? NULL
                     : host->buffers->alloc(host, f, n);
    call->out_io[i].size = sizeof call->out_io[i];
    call->outs[i] = &call->out_io[i];
  }
  call->in_io = (struct rill_io){ sizeof call->in_io, 0, call->in };
  call->ins[0] = &call->in_io;
  call->scratch = aligned_alloc(64, (a->scratch_bytes + 127) / 64 * 64);
  call->block = (struct rill_process){
    .size = sizeof call->block,
    .flags = RILL_PROCESS_OFFLINE,
    .n_frames = n_frames,
    .n_in = 1,
    .n_out = a->n_out,
    .in = call->ins,
    .out = call->outs,
    .scratch = call->scratch,
    .scratch_bytes = a->scratch_bytes,
  };
}

void
node_call_open(struct node_call* call,
               const char* plugin,
               const char* type,
               const char* const* params,
               const struct rill_format* in,
               uint32_t n_frames,
               uint32_t unread)
{
  *call = (struct node_call){ .rig = rig_open(plugin, type) };
  rig_set_all(call->rig, params);
  rig_format(call->rig, 0, in);
  for (uint32_t i = 0; unread >> i; ++i) {
    if (unread >> i & 1) {
      rig_unlink_out(call->rig, i);
    }
  }
  rig_start(call->rig, n_frames);
  call->node = rig_node(call->rig);
  const struct rill_host* const host = fake_host_table(rig_host(call->rig));
  call->in = host->buffers->alloc(host, in, n_frames);
  call->in->n_frames = n_frames;
  fill(call->in);
  bind(call, n_frames, unread);
}

void
node_call_close(struct node_call* call)
{
  const struct rill_host* const host = fake_host_table(rig_host(call->rig));
  host->buffers->unref(host, call->in);
  for (uint32_t i = 0; i < call->block.n_out; ++i) {
    host->buffers->unref(host, call->out[i]);
  }
  free(call->scratch);
  rig_close(call->rig);
}

void
node_call_run(void* arg)
{
  struct node_call* const call = arg;
  for (uint32_t i = 0; i < call->block.n_out; ++i) {
    call->out_io[i].buffer = call->out[i];
    if (call->out[i]) {
      call->out[i]->n_frames = 0;
    }
  }
  const int32_t st = call->node->ops->process(call->node, &call->block);
  if (st < 0 || st == RILL_MORE) {
    fprintf(stderr, "process gave %d: %s\n", st, rig_error(call->rig));
    abort();
  }
  call->in->media_pos += call->block.n_frames;
  ++call->block.block;
}

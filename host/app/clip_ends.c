// SPDX-License-Identifier: ISC
#include "app/clip_ends.h"

#include "base/mem.h"

/// The types' descriptors lie in a struct clip_ends, so that an instance finds
/// it.
struct end {
  struct rill_node node;
  const struct clip_ends* ends;
  struct rill_plane* planes; // clip.in: of the block that is sent
  uint32_t pos;              // clip.in: frames sent
};

static const struct clip_ends*
ends_of_in(const struct rill_node_desc* desc)
{
  return (const struct clip_ends*)desc;
}

static const struct clip_ends*
ends_of_out(const struct rill_node_desc* desc)
{
  return (const struct clip_ends*)(const void*)((const char*)desc -
                                                offsetof(struct clip_ends, out));
}

static int32_t
reset(struct rill_node* node)
{
  ((struct end*)node)->pos = 0;
  return RILL_OK;
}

// clip.in --------------------------------------------------------------------

static int32_t
derive(struct rill_lib* lib, const struct rill_node_desc* desc,
       const struct rill_host* host, struct rill_derivation* d)
{
  (void)lib;
  (void)host;
  d->out[0]->format = ends_of_in(desc)->format;
  return RILL_OK;
}

static void
show_from(const struct clip* clip, uint32_t pos, struct rill_plane* planes)
{
  for (uint32_t i = 0; i < clip->format.channels; ++i) {
    const int64_t n_bytes = (int64_t)pos * clip->planes[i].step;
    planes[i] = clip->planes[i];
    planes[i].data = (char*)planes[i].data + n_bytes;
    planes[i].capacity -= (uint64_t)n_bytes;
  }
}

static int32_t
in_process(struct rill_node* node, const struct rill_process* block)
{
  struct end* const self = (struct end*)node;
  const struct clip* const clip = self->ends->clip;
  const uint32_t left = clip->n_frames - self->pos;
  const uint32_t n = left < block->n_frames ? left : block->n_frames;
  if (!n) {
    return RILL_DRAINED;
  }
  show_from(clip, self->pos, self->planes);
  struct rill_buffer* const b = node->host->buffers->wrap(
    node->host, &clip->format, n, self->planes, clip->format.channels, NULL, NULL);
  if (!b) {
    return RILL_ERR_NO_MEMORY;
  }
  b->media_pos = self->pos;
  b->pts_ns = rill_frames_to_ns(self->pos, clip->format.rate, 1);
  b->duration_ns = rill_frames_to_ns(n, clip->format.rate, 1);
  b->seq = block->block;
  block->out[0]->buffer = b;
  self->pos += n;
  return self->pos == clip->n_frames ? RILL_DRAINED : RILL_OK;
}

static void
in_destroy(struct rill_node* node)
{
  mem_free(((struct end*)node)->planes);
  rill_free_node(node);
}

static const struct rill_node_ops in_ops = {
  .size = sizeof in_ops,
  .process = in_process,
  .reset = reset,
  .destroy = in_destroy,
};

static int32_t
in_create(struct rill_lib* lib, const struct rill_node_desc* desc,
          const struct rill_host* host, const struct rill_setup* setup,
          struct rill_node** out)
{
  (void)lib;
  (void)setup;
  struct rill_node* node = NULL;
  if (rill_new_node(sizeof(struct end), &in_ops, host, &node)) {
    return RILL_ERR_NO_MEMORY;
  }
  struct end* const self = (struct end*)node;
  self->ends = ends_of_in(desc);
  self->planes = mem_new_array(struct rill_plane, self->ends->format.channels);
  if (!self->planes) {
    in_destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  *out = node;
  return RILL_OK;
}

static const struct rill_format_set audio = RILL_ANY(RILL_KIND_AUDIO);
static const struct rill_format_set* const audio_sets[] = { &audio };
static const struct rill_port_desc source_port = {
  .size = sizeof source_port,
  .id = 1,
  .direction = RILL_OUT,
  .flags = RILL_PORT_PASSTHROUGH,
  .symbol = "out",
  .doc = "the frames of the clip",
  .formats = audio_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const source_ports[] = { &source_port };

// clip.out -------------------------------------------------------------------

static int32_t
out_process(struct rill_node* node, const struct rill_process* block)
{
  const struct clip_taker* const taker = &((struct end*)node)->ends->taker;
  const struct rill_buffer* const b = block->in[0]->buffer;
  return b && taker->take ? taker->take(taker->arg, b) : RILL_OK;
}

static const struct rill_node_ops out_ops = {
  .size = sizeof out_ops,
  .process = out_process,
  .reset = reset,
  .destroy = rill_free_node,
};

static int32_t
out_create(struct rill_lib* lib, const struct rill_node_desc* desc,
           const struct rill_host* host, const struct rill_setup* setup,
           struct rill_node** out)
{
  (void)lib;
  (void)setup;
  const int32_t rc = rill_new_node(sizeof(struct end), &out_ops, host, out);
  if (!rc) {
    ((struct end*)*out)->ends = ends_of_out(desc);
  }
  return rc;
}

static const struct rill_port_desc sink_port = {
  .size = sizeof sink_port,
  .id = 1,
  .direction = RILL_IN,
  .symbol = "in",
  .doc = "anything",
};
static const struct rill_port_desc* const sink_ports[] = { &sink_port };

// ----------------------------------------------------------------------------

static const struct rill_node_desc in_desc = {
  .size = sizeof in_desc,
  .id = "org.rill.clip.in",
  .name = "clip.in",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Audio from memory.",
  .categories = "audio source",
  .ports = source_ports,
  .n_ports = RILL_COUNT(source_ports),
  .exec = RILL_EXEC_RT,
  .derive = derive,
  .create = in_create,
};

static const struct rill_node_desc out_desc = {
  .size = sizeof out_desc,
  .id = "org.rill.clip.out",
  .name = "clip.out",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Hands on what comes.",
  .categories = "sink",
  .ports = sink_ports,
  .n_ports = RILL_COUNT(sink_ports),
  .exec = RILL_EXEC_RT,
  .create = out_create,
};

enum status
clip_ends_add(struct clip_ends* ends, struct registry* registry)
{
  *ends = (struct clip_ends){ .in = in_desc, .out = out_desc };
  const enum status st = registry_add(registry, &ends->in);
  return st ? st : registry_add(registry, &ends->out);
}

// SPDX-License-Identifier: ISC
// Voice activity: a verdict for each hop, as rows of a tensor and as metas of
// the audio, which passes through.
#include "marks.h"
#include "vad.h"

struct vad {
  struct rill_node node;
  struct detector_options options;
  uint32_t rate;
  uint32_t marks_wanted; // `out` is connected
  uint32_t is_taken; // the input of a call that is repeated
  uint32_t is_begun;
  int64_t pts_ns; // of the first frame
  int64_t first_row; // the hop of the source that the first frame lies in
  uint64_t n_rows; // given so far
  struct verdicts rows; // of this call
  uint32_t max_rows;
  struct detector detector;
  struct marks marks;
};

static int32_t
vad_configure(struct rill_node* node, const struct rill_config* config)
{
  struct vad* const self = (struct vad*)node;
  self->rate = config->in[VAD_IN]->format.rate;
  self->marks_wanted = config->out[VAD_OUT]->connected;
  return RILL_OK;
}

// -- life -------------------------------------------------------------------

static int32_t
vad_reset(struct rill_node* node)
{
  struct vad* const self = (struct vad*)node;
  detector_reset(&self->detector);
  marks_reset(&self->marks);
  self->n_rows = 0;
  self->is_taken = 0;
  self->is_begun = 0;
  self->first_row = 0;
  self->pts_ns = 0;
  return RILL_OK;
}

static int32_t
vad_deactivate(struct rill_node* node)
{
  struct vad* const self = (struct vad*)node;
  detector_fini(&self->detector);
  marks_fini(&self->marks);
  free(self->rows.at);
  self->rows.at = NULL;
  return RILL_OK;
}

// Frames whose verdict can be open.
static uint32_t
open_frames(const struct detector* d)
{
  const uint64_t n =
    (uint64_t)(1 + detector_ahead(d) + d->gate.n_least) * d->hop + d->window;
  return n < UINT32_MAX / 2 ? (uint32_t)n : UINT32_MAX / 2;
}

static int32_t
vad_activate(struct rill_node* node, struct rill_activation* a)
{
  struct vad* const self = (struct vad*)node;
  if (!detector_init(&self->detector, &self->options, self->rate)) {
    return RILL_ERR_NO_MEMORY;
  }
  self->max_rows = detector_max_verdicts(&self->detector, a->max_in_frames);
  self->rows.at = calloc(self->max_rows, sizeof *self->rows.at);
  if (!self->rows.at) {
    detector_fini(&self->detector);
    return RILL_ERR_NO_MEMORY;
  }
  self->marks = (struct marks){ .host = node->host,
                                .hop = self->detector.hop };
  a->out_frames[VAD_SPEECH] = self->max_rows;
  if (self->marks_wanted) {
    const uint32_t n = open_frames(&self->detector);
    a->tail_frames = n + a->max_in_frames;
    a->held_buffers = n / (a->max_in_frames ? a->max_in_frames : 1) + 2;
  }
  return vad_reset(node);
}

static void
vad_destroy(struct rill_node* node)
{
  vad_deactivate(node);
  rill_free_node(node);
}

// -- process ----------------------------------------------------------------

// The mean of all channels, in the order of channels.
VAD_FAST static void
mix(const struct rill_buffer* b, uint32_t first, uint32_t n, float* restrict to)
{
  const float part = 1.0f / (float)b->n_planes;
  for (uint32_t c = 0; c < b->n_planes; ++c) {
    const float* restrict from = (const float*)b->planes[c].data + first;
    for (uint32_t i = 0; i < n; ++i) {
      to[i] = c ? to[i] + from[i] : from[i];
    }
  }
  for (uint32_t i = 0; b->n_planes > 1 && i < n; ++i) {
    to[i] *= part;
  }
}

static int32_t
take(struct vad* self, struct rill_buffer* b)
{
  if (!self->is_begun) {
    self->is_begun = 1;
    self->pts_ns = b->pts_ns;
    self->first_row = b->media_pos / self->detector.hop;
  }
  for (uint32_t done = 0; done < b->n_frames;) {
    uint32_t n = b->n_frames - done;
    float* const room = detector_room(&self->detector, &n);
    mix(b, done, n, room);
    detector_advance(&self->detector, n, &self->rows);
    done += n;
  }
  return self->marks_wanted ? marks_hold(&self->marks, b) : RILL_OK;
}

static void
give_rows(struct vad* self, const struct rill_io* io)
{
  struct rill_buffer* const b = io->buffer;
  const uint32_t n = self->rows.n;
  const uint32_t hop = self->detector.hop;
  if (b && n) {
    for (uint32_t i = 0; i < n; ++i) {
      char* const row =
        (char*)b->planes[0].data + (int64_t)i * b->planes[0].row_stride;
      memcpy(row, &self->rows.at[i], sizeof(struct verdict));
    }
    b->n_frames = n;
    b->media_pos = self->first_row + (int64_t)self->n_rows;
    b->pts_ns = self->pts_ns +
                rill_frames_to_ns((int64_t)self->n_rows, self->rate, hop);
    b->duration_ns = rill_frames_to_ns(n, self->rate, hop);
  }
  self->n_rows += n;
}

static int32_t
give_marked(struct vad* self, struct rill_io* io)
{
  if (!self->marks_wanted || !marks_ready(&self->marks)) {
    return RILL_OK;
  }
  io->buffer = marks_take(&self->marks);
  return io->buffer ? RILL_OK : RILL_ERR_NO_MEMORY;
}

// What is new in this call; nothing when it is repeated for its outputs.
static int32_t
take_in(struct vad* self, const struct rill_process* block)
{
  const int draining = (block->flags & RILL_PROCESS_DRAINING) != 0;
  int32_t st = RILL_OK;
  self->rows.n = 0;
  if (!self->is_taken && block->in[VAD_IN]->buffer) {
    st = take(self, block->in[VAD_IN]->buffer);
  }
  if (draining && !self->marks.is_over) {
    detector_end(&self->detector, &self->rows);
    self->marks.is_over = 1;
  }
  if (!st && self->marks_wanted) {
    st = marks_add(&self->marks, self->rows.at, self->rows.n);
  }
  return st;
}

static int32_t
vad_process(struct rill_node* node, const struct rill_process* block)
{
  struct vad* const self = (struct vad*)node;
  int32_t st = take_in(self, block);
  give_rows(self, block->out[VAD_SPEECH]);
  if (!st) {
    st = give_marked(self, block->out[VAD_OUT]);
  }
  if (st) {
    return rill_fail(node, st, "out of memory for verdicts: use smaller blocks "
                               "or fewer nodes");
  }
  self->is_taken = self->marks_wanted && marks_ready(&self->marks);
  if (block->flags & RILL_PROCESS_DRAINING) {
    return self->is_taken ? RILL_TAIL : RILL_DRAINED;
  }
  return self->is_taken ? RILL_MORE : RILL_OK;
}

// -- table ------------------------------------------------------------------

static const struct rill_node_ops vad_ops = {
  .size = sizeof vad_ops,
  .configure = vad_configure,
  .activate = vad_activate,
  .process = vad_process,
  .reset = vad_reset,
  .deactivate = vad_deactivate,
  .destroy = vad_destroy,
};

int32_t
vad_create(struct rill_lib* lib,
           const struct rill_node_desc* desc,
           const struct rill_host* host,
           const struct rill_setup* setup,
           struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const int32_t st = rill_new_node(sizeof(struct vad), &vad_ops, host, out);
  if (!st) {
    ((struct vad*)*out)->options = vad_options(setup->params);
    ((struct vad*)*out)->marks.host = host;
  }
  return st;
}

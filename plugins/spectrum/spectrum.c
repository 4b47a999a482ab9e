// SPDX-License-Identifier: ISC
// Spectrum: audio to rows of a tensor, as powers of a short-time Fourier
// transform or as levels of mel bands.
#include "spectrum.h"

#include <stdio.h>

enum { MAX_OUT_BYTES = 1 << 20 }; // of one buffer, if that is more than a row

// How far the stream has come.
struct position {
  uint64_t n_in;   // frames of input so far
  uint64_t n_rows; // rows so far
  uint64_t skip;   // frames to drop before the next window
  uint32_t n_kept; // samples in each window
  uint32_t n_used; // frames of an input that is given again
  uint32_t is_begun;
  uint32_t reserved0;
  int64_t pts_ns;    // of the first frame
  int64_t first_row; // the hop of the source that it lies in
};

struct spectrum {
  struct rill_node node;
  struct spectrum_options options;
  uint32_t n_channels;
  uint32_t hop;
  uint32_t width;     // numbers of one channel in a row
  uint32_t max_rows;  // of one call
  struct frames frames;
  float* windows; // size samples of each channel
  struct position at;
};

static int32_t
spectrum_configure(struct rill_node* node, const struct rill_config* config)
{
  struct spectrum* const self = (struct spectrum*)node;
  const struct rill_format* const f = &config->in[0]->format;
  self->n_channels = f->channels;
  self->hop = spectrum_hop(&self->options, f->rate);
  self->width = frames_width(&self->options.frame);
  spectrum_set_rate(&self->options, f->rate);
  return spectrum_check(&self->options, node->host);
}

// -- life -------------------------------------------------------------------

static int32_t
spectrum_reset(struct rill_node* node)
{
  struct spectrum* const self = (struct spectrum*)node;
  const uint32_t size = self->options.frame.mel.size;
  self->at = (struct position){ 0 };
  self->at.n_kept = self->options.align == ALIGN_CENTRE ? size / 2 : 0;
  memset(self->windows, 0,
         (size_t)self->n_channels * size * sizeof *self->windows);
  return RILL_OK;
}

static int32_t
spectrum_deactivate(struct rill_node* node)
{
  struct spectrum* const self = (struct spectrum*)node;
  frames_fini(&self->frames);
  free(self->windows);
  self->windows = NULL;
  return RILL_OK;
}

static void
warn_of_empty_bands(const struct spectrum* self)
{
  const struct rill_host* const host = self->node.host;
  char text[160];
  if (self->frames.mel.n_empty) {
    snprintf(text, sizeof text, "%u of %u bands are narrower than a bin and "
             "stay empty: use a larger size or fewer bands",
             self->frames.mel.n_empty, self->frames.mel.n_bands);
    host->log(host, RILL_LOG_WARNING, text);
  }
}

// Enough rows for a block, unless they are large: then a block takes several
// calls.
static uint32_t
rows_a_call(const struct spectrum* self, uint32_t max_frames)
{
  const uint64_t row_bytes =
    (uint64_t)self->n_channels * self->width * sizeof(float);
  const uint64_t fit = MAX_OUT_BYTES / row_bytes;
  const uint64_t want = max_frames / self->hop + 2;
  const uint64_t n = want < fit ? want : fit;
  return n ? (uint32_t)n : 1;
}

static int32_t
spectrum_activate(struct rill_node* node, struct rill_activation* a)
{
  struct spectrum* const self = (struct spectrum*)node;
  const uint32_t size = self->options.frame.mel.size;
  self->windows =
    calloc((size_t)self->n_channels * size, sizeof *self->windows);
  if (!self->windows || !frames_init(&self->frames, &self->options.frame)) {
    spectrum_deactivate(node);
    return rill_fail(node, RILL_ERR_NO_MEMORY,
                     "out of memory for windows: use a smaller size");
  }
  warn_of_empty_bands(self);
  self->max_rows = rows_a_call(self, a->max_in_frames);
  a->out_frames[0] = self->max_rows;
  a->tail_frames = size / self->hop + 2;
  return spectrum_reset(node);
}

static void
spectrum_destroy(struct rill_node* node)
{
  spectrum_deactivate(node);
  rill_free_node(node);
}

// -- process ----------------------------------------------------------------

static float*
window_of(const struct spectrum* self, uint32_t channel)
{
  return self->windows + (size_t)channel * self->options.frame.mel.size;
}

static void
give_row(struct spectrum* self, struct rill_buffer* out)
{
  char* const row = (char*)out->planes[0].data +
                    (int64_t)out->n_frames * out->planes[0].row_stride;
  for (uint32_t c = 0; c < self->n_channels; ++c) {
    frames_row(&self->frames, window_of(self, c),
               (float*)(void*)row + (size_t)c * self->width);
  }
  ++out->n_frames;
  ++self->at.n_rows;
}

// The next window begins one hop later, perhaps beyond this one.
static void
move_on(struct spectrum* self)
{
  const uint32_t size = self->options.frame.mel.size;
  const uint32_t step = self->hop < size ? self->hop : size;
  for (uint32_t c = 0; c < self->n_channels; ++c) {
    float* const w = window_of(self, c);
    memmove(w, w + step, (size_t)(size - step) * sizeof *w);
  }
  self->at.n_kept = size - step;
  self->at.skip = self->hop - step;
}

// As much of the input as the windows take; gives how many frames.
static uint32_t
fill_windows(struct spectrum* self, const struct rill_buffer* b, uint32_t first)
{
  struct position* const at = &self->at;
  const uint32_t left = b->n_frames - first;
  const uint32_t skip = at->skip < left ? (uint32_t)at->skip : left;
  const uint32_t room = self->options.frame.mel.size - at->n_kept;
  const uint32_t n = left - skip < room ? left - skip : room;
  for (uint32_t c = 0; c < self->n_channels; ++c) {
    const float* const in = (const float*)b->planes[c].data + first + skip;
    memcpy(window_of(self, c) + at->n_kept, in, n * sizeof *in);
  }
  at->skip -= skip;
  at->n_kept += n;
  at->n_in += skip + n;
  return skip + n;
}

// Gives whether all of the input was used; if not, *out* is full.
static int
take(struct spectrum* self, const struct rill_buffer* b, struct rill_buffer* out)
{
  struct position* const at = &self->at;
  if (!at->is_begun) {
    at->is_begun = 1;
    at->pts_ns = b->pts_ns;
    at->first_row = b->media_pos / self->hop;
  }
  while (at->n_used < b->n_frames) {
    if (out->n_frames == self->max_rows) {
      return 0;
    }
    at->n_used += fill_windows(self, b, at->n_used);
    if (at->n_kept == self->options.frame.mel.size) {
      give_row(self, out);
      move_on(self);
    }
  }
  at->n_used = 0;
  return 1;
}

// Rows whose hop has begun, with zeros after the end. Gives whether that was
// all.
static int
finish(struct spectrum* self, struct rill_buffer* out)
{
  const uint32_t size = self->options.frame.mel.size;
  struct position* const at = &self->at;
  while (at->n_rows * self->hop < at->n_in) {
    if (out->n_frames == self->max_rows) {
      return 0;
    }
    for (uint32_t c = 0; c < self->n_channels; ++c) {
      memset(window_of(self, c) + at->n_kept, 0,
             (size_t)(size - at->n_kept) * sizeof(float));
    }
    give_row(self, out);
    move_on(self);
  }
  return 1;
}

static void
place(const struct spectrum* self, struct rill_buffer* out)
{
  const uint32_t rate = self->options.frame.mel.rate;
  const int64_t row = (int64_t)(self->at.n_rows - out->n_frames);
  out->media_pos = self->at.first_row + row;
  out->pts_ns = self->at.pts_ns + rill_frames_to_ns(row, rate, self->hop);
  out->duration_ns = rill_frames_to_ns(out->n_frames, rate, self->hop);
}

static int32_t
spectrum_process(struct rill_node* node, const struct rill_process* block)
{
  struct spectrum* const self = (struct spectrum*)node;
  const struct rill_buffer* const in = block->in[0]->buffer;
  struct rill_buffer* const out = block->out[0]->buffer;
  const int draining = (block->flags & RILL_PROCESS_DRAINING) != 0;
  int32_t st = RILL_OK;
  if (!out) { // nobody reads it
    return draining ? RILL_DRAINED : RILL_OK;
  }
  out->n_frames = 0;
  if (in && !take(self, in, out)) {
    st = RILL_MORE;
  } else if (draining) {
    st = finish(self, out) ? RILL_DRAINED : RILL_TAIL;
  }
  place(self, out);
  return st;
}

// -- table ------------------------------------------------------------------

static const struct rill_node_ops spectrum_ops = {
  .size = sizeof spectrum_ops,
  .configure = spectrum_configure,
  .activate = spectrum_activate,
  .process = spectrum_process,
  .reset = spectrum_reset,
  .deactivate = spectrum_deactivate,
  .destroy = spectrum_destroy,
};

int32_t
spectrum_create(struct rill_lib* lib,
                const struct rill_node_desc* desc,
                const struct rill_host* host,
                const struct rill_setup* setup,
                struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const int32_t st =
    rill_new_node(sizeof(struct spectrum), &spectrum_ops, host, out);
  if (!st) {
    ((struct spectrum*)*out)->options = spectrum_options(setup->params);
  }
  return st;
}

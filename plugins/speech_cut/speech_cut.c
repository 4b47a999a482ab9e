// SPDX-License-Identifier: ISC
// speech.cut: cuts the speech out of audio, each utterance a stream of its own.
#include "speech_cut.h"

#include "segment.h"

#include <math.h>

struct speech_cut {
  struct rill_node node;
  double seconds[CUT_N_PARAMS];
  struct rill_format audio;
  struct rill_format speech;
  uint32_t audio_wanted;
  uint32_t is_taken; // the input of a call that is repeated
  struct cut next;   // what the next call gives, or no buffer
  struct cutter cutter;
};

// -- formats ----------------------------------------------------------------

static int32_t
cut_configure(struct rill_node* node, const struct rill_config* config)
{
  struct speech_cut* const self = (struct speech_cut*)node;
  self->audio = config->in[IN_AUDIO]->format;
  self->speech = config->in[IN_SPEECH]->format;
  self->audio_wanted = config->out[OUT_AUDIO]->connected;
  if (!self->speech.rate || self->speech.shape[0] != 2) {
    return rill_fail(node, RILL_ERR_BAD_FORMAT,
                     "'speech' takes rows of two numbers with a rate: connect "
                     "it to the output 'speech' of a vad");
  }
  return RILL_OK;
}

// -- life -------------------------------------------------------------------

static int32_t
cut_reset(struct rill_node* node)
{
  struct speech_cut* const self = (struct speech_cut*)node;
  cutter_reset(&self->cutter);
  if (self->next.buffer) {
    node->host->buffers->unref(node->host, self->next.buffer);
    self->next.buffer = NULL;
  }
  self->is_taken = 0;
  return RILL_OK;
}

static int32_t
cut_deactivate(struct rill_node* node)
{
  cut_reset(node);
  cutter_fini(&((struct speech_cut*)node)->cutter);
  return RILL_OK;
}

static int64_t
frames_of(const struct speech_cut* self, uint32_t param)
{
  return llround(self->seconds[param] * self->audio.rate);
}

static int32_t
cut_activate(struct rill_node* node, struct rill_activation* a)
{
  struct speech_cut* const self = (struct speech_cut*)node;
  struct cutter* const c = &self->cutter;
  cutter_init(c, node->host);
  c->spans.pad = frames_of(self, CUT_PAD);
  c->spans.min_gap = frames_of(self, CUT_MIN_GAP);
  c->spans.min_length = frames_of(self, CUT_MIN_LENGTH);
  c->max_length = frames_of(self, CUT_MAX_LENGTH);
  if (self->seconds[CUT_MAX_LENGTH] > 0.0 && !c->max_length) {
    c->max_length = 1;
  }
  // What can be uncertain, and the blocks at both ends of it.
  const int64_t open =
    2 * c->spans.pad + c->spans.min_gap + c->spans.min_length;
  const int64_t block = a->max_in_frames ? a->max_in_frames : 1;
  a->tail_frames = (uint32_t)(open + 4 * block < INT32_MAX ? open + 4 * block
                                                           : INT32_MAX);
  a->held_buffers = (uint32_t)(open / block) + 4;
  a->out_frames[OUT_SEGMENTS] = SEGMENT_BYTES;
  return cut_reset(node);
}

static void
cut_destroy(struct rill_node* node)
{
  struct speech_cut* const self = (struct speech_cut*)node;
  if (self->cutter.host) {
    cut_deactivate(node);
  }
  rill_free_node(node);
}

// -- input ------------------------------------------------------------------

__extension__ typedef __int128 wide; // a product of rates and a position

// The audio frame with which row *row* begins, rounded down.
static int64_t
frame_of_row(const struct speech_cut* self, int64_t row)
{
  const wide num = (wide)row * self->speech.rate_den * self->audio.rate;
  return (int64_t)(num / self->speech.rate);
}

static int32_t
take_rows(struct speech_cut* self, const struct rill_buffer* b)
{
  int32_t st = RILL_OK;
  for (uint32_t i = 0; !st && i < b->n_frames; ++i) {
    float row[2];
    memcpy(row, (const char*)b->planes[0].data +
                  (int64_t)i * b->planes[0].row_stride, sizeof row);
    const struct verdict v = {
      .begin = frame_of_row(self, b->media_pos + i),
      .end = frame_of_row(self, b->media_pos + i + 1),
      .is_speech = row[0] > 0.5f,
      .confidence = row[1] >= 0.0f && row[1] <= 1.0f ? row[1] : 0.0f,
    };
    st = cutter_judge(&self->cutter, &v);
  }
  return st;
}

static int32_t
take(struct speech_cut* self, const struct rill_process* block)
{
  const struct rill_io* const audio = block->in[IN_AUDIO];
  const struct rill_io* const speech = block->in[IN_SPEECH];
  int32_t st = RILL_OK;
  if (audio->buffer && audio->buffer->n_frames) {
    st = cutter_hold(&self->cutter, audio->buffer);
  }
  if (!st && speech->buffer) {
    st = take_rows(self, speech->buffer);
  }
  const int draining = (block->flags & RILL_PROCESS_DRAINING) != 0;
  if (draining || (speech->flags & RILL_IO_END)) {
    cutter_end_verdicts(&self->cutter);
  }
  if (draining || (audio->flags & RILL_IO_END)) {
    cutter_end_audio(&self->cutter);
  }
  return st;
}

// -- output -----------------------------------------------------------------

static void
give_segment(const struct speech_cut* self,
             const struct cut* cut,
             struct rill_buffer* to,
             const char* json,
             uint32_t n_bytes)
{
  const int64_t length = cut->segment.end - cut->segment.begin;
  memcpy(to->planes[0].data, json, n_bytes);
  to->planes[0].used = n_bytes;
  to->n_frames = 1;
  to->media_pos = cut->segment.begin;
  to->pts_ns = cut->pts_ns;
  to->duration_ns =
    rill_frames_to_ns(length, self->audio.rate, self->audio.rate_den);
  to->stream_id = cut->buffer->stream_id;
}

static int32_t
give(struct speech_cut* self, const struct rill_process* block)
{
  const struct rill_host* const host = self->node.host;
  struct cut* const cut = &self->next;
  int32_t st = RILL_OK;
  if (cut->is_last) {
    char json[SEGMENT_BYTES];
    const uint32_t n = segment_print(cut, self->audio.rate, json);
    const struct rill_meta meta = { .size = sizeof meta,
                                    .kind = RILL_META_JSON,
                                    .n_frames = cut->buffer->n_frames,
                                    .data = json,
                                    .data_bytes = n };
    st = host->buffers->add_meta(host, cut->buffer, &meta);
    if (block->out[OUT_SEGMENTS]->buffer) {
      give_segment(self, cut, block->out[OUT_SEGMENTS]->buffer, json, n);
    }
  }
  if (self->audio_wanted) {
    block->out[OUT_AUDIO]->buffer = cut->buffer;
  } else {
    host->buffers->unref(host, cut->buffer);
  }
  cut->buffer = NULL;
  return st;
}

static int32_t
cut_process(struct rill_node* node, const struct rill_process* block)
{
  struct speech_cut* const self = (struct speech_cut*)node;
  int32_t st = self->is_taken ? RILL_OK : take(self, block);
  self->is_taken = 0;
  if (!st && !self->next.buffer) {
    st = cutter_next(&self->cutter, &self->next);
  }
  if (!st && self->next.buffer) {
    st = give(self, block);
    st = st ? st : cutter_next(&self->cutter, &self->next);
  }
  if (st) {
    return rill_fail(node, st, "out of memory for audio that waits: use a "
                               "shorter pad, min_gap or min_length");
  }
  if (block->flags & RILL_PROCESS_DRAINING) {
    return self->next.buffer ? RILL_TAIL : RILL_DRAINED;
  }
  self->is_taken = self->next.buffer != NULL;
  return self->is_taken ? RILL_MORE : RILL_OK;
}

// -- table ------------------------------------------------------------------

static const struct rill_node_ops cut_ops = {
  .size = sizeof cut_ops,
  .configure = cut_configure,
  .activate = cut_activate,
  .process = cut_process,
  .reset = cut_reset,
  .deactivate = cut_deactivate,
  .destroy = cut_destroy,
};

int32_t
cut_create(struct rill_lib* lib,
           const struct rill_node_desc* desc,
           const struct rill_host* host,
           const struct rill_setup* setup,
           struct rill_node** out)
{
  (void)lib;
  (void)desc;
  struct rill_node* node = NULL;
  const int32_t st =
    rill_new_node(sizeof(struct speech_cut), &cut_ops, host, &node);
  if (st) {
    return st;
  }
  for (uint32_t i = 0; i < CUT_N_PARAMS; ++i) {
    ((struct speech_cut*)node)->seconds[i] = setup->params[i].f;
  }
  *out = node;
  return RILL_OK;
}

// SPDX-License-Identifier: ISC
// file.write: a stream as an audio file, or as one file for each segment.
#include "write.h"

#include "codec.h"
#include "numbered.h"
#include "report.h"
#include "sink.h"

#include <inttypes.h>
#include <rill/rill.h>

// By index of the parameter.
static const uint32_t encoding_values[] = {
  RILL_ENC_NONE, RILL_ENC_U8,  RILL_ENC_S16, RILL_ENC_S24,
  RILL_ENC_S32,  RILL_ENC_F32, RILL_ENC_F64,
};

struct file_write {
  struct rill_node node;
  char* path;
  uint32_t container; // as chosen, index of the parameter
  uint32_t encoding;  // as chosen, NONE: auto
  int is_numbered;
  struct sink_setup setup;
  struct rill_format files_format;
  int has_reader; // of files
  struct sink sink;
  char* file_path; // of the open file
  uint64_t n_files;
  uint32_t stream_id;  // of the open file
  int64_t first;       // position of its first frame
  char* object;        // the last JSON that came with this stream
  size_t object_bytes;
};

static int32_t
fail(const struct file_write* self, int32_t status, const struct why* why)
{
  return rill_fail(&self->node, status, why->text);
}

static int32_t
configure(struct rill_node* node, const struct rill_config* config)
{
  struct file_write* const self = (struct file_write*)node;
  struct sink_setup* const setup = &self->setup;
  struct why why;
  setup->in = config->in[0]->format;
  self->has_reader = config->out[0]->connected != 0;
  self->files_format = config->out[0]->format;

  if (numbered_count(self->path) > 1) {
    why_set(&why, RILL_ERR_BAD_PARAM,
            "%s: only one place for a number (%%d) is possible", self->path);
    return fail(self, RILL_ERR_BAD_PARAM, &why);
  }
  self->is_numbered = numbered_count(self->path) == 1;
  int32_t st =
    container_find(self->container, self->path, &setup->container, &why);
  st = st ? st : container_choose(setup->container, self->encoding, &setup->in,
                                  &setup->encoding, &why);
  // Now rather than with the first file: nothing runs yet.
  st = st || setup->container->flags & CONTAINER_OWN ? st : codec_load(&why);
  return st ? fail(self, st, &why) : RILL_OK;
}

// Only regular files are written.
static int32_t
activate(struct rill_node* node, struct rill_activation* activation)
{
  (void)node;
  activation->flags |= RILL_ACTIVATE_PROMPT;
  return RILL_OK;
}

static int32_t
open_file(struct file_write* self, const struct rill_buffer* in)
{
  struct why why;
  ++self->n_files;
  self->stream_id = in ? in->stream_id : 0;
  self->first = in ? in->media_pos : 0;
  self->file_path = numbered_path(self->path, self->n_files);
  if (!self->file_path) {
    return RILL_ERR_NO_MEMORY;
  }
  const int32_t st =
    sink_open(&self->sink, &self->setup, self->file_path, &why);
  return st ? fail(self, st, &why) : RILL_OK;
}

static void
forget_file(struct file_write* self)
{
  sink_discard(&self->sink);
  free(self->file_path);
  free(self->object);
  self->file_path = NULL;
  self->object = NULL;
  self->object_bytes = 0;
}

static void
say_counts(const struct file_write* self)
{
  const struct words* const w = &self->sink.words;
  char text[WHY_BYTES];
  if (w->n_clipped || w->n_nan) {
    snprintf(text, sizeof text,
             "%s: %" PRIu64 " samples were louder than full scale and are "
             "clipped, %" PRIu64 " were NaN and are 0",
             self->file_path, w->n_clipped, w->n_nan);
    self->node.host->log(self->node.host, RILL_LOG_WARNING, text);
  }
}

static int32_t
report_file(const struct file_write* self, const struct rill_process* block)
{
  const struct rill_host* const host = self->node.host;
  const struct report report = {
    .path = self->file_path,
    .first = self->first,
    .n_frames = self->sink.n_frames,
    .rate = self->setup.in.rate,
    .channels = self->setup.in.channels,
    .object = self->object,
    .object_bytes = self->object_bytes,
  };
  char* const text = report_text(&report);
  const size_t n = text ? strlen(text) : 0;
  struct rill_buffer* const out =
    text ? host->buffers->alloc(host, &self->files_format, (uint32_t)n) : NULL;
  if (out) {
    memcpy(out->planes[0].data, text, n);
    out->planes[0].used = n;
    out->n_frames = 1;
    out->stream_id = self->stream_id;
    out->pts_ns = rill_frames_to_ns(self->first, report.rate, 1);
    out->duration_ns =
      rill_frames_to_ns((int64_t)report.n_frames, report.rate, 1);
    out->media_pos = out->pts_ns;
    block->out[0]->buffer = out;
  }
  free(text);
  return out ? RILL_OK : RILL_ERR_NO_MEMORY;
}

static int32_t
commit_file(struct file_write* self, const struct rill_process* block)
{
  struct why why;
  int32_t st = sink_commit(&self->sink, &why);
  if (st) {
    return fail(self, st, &why);
  }
  say_counts(self);
  st = self->has_reader ? report_file(self, block) : RILL_OK;
  forget_file(self);
  return st;
}

static int32_t
keep_meta(struct file_write* self, const struct rill_buffer* in)
{
  for (uint32_t i = 0; self->has_reader && i < in->n_metas; ++i) {
    const struct rill_meta* const m = in->metas[i];
    if (m->kind != RILL_META_JSON || !m->data_bytes) {
      continue;
    }
    char* const copy = malloc(m->data_bytes);
    if (!copy) {
      return RILL_ERR_NO_MEMORY;
    }
    free(self->object);
    self->object = memcpy(copy, m->data, m->data_bytes);
    self->object_bytes = m->data_bytes;
  }
  return RILL_OK;
}

static int32_t
write_frames(struct file_write* self, const struct rill_buffer* in)
{
  struct why why;
  int32_t st = sink_is_open(&self->sink) ? RILL_OK : open_file(self, in);
  st = st ? st : keep_meta(self, in);
  if (st) {
    return st;
  }
  st = sink_write(&self->sink, in, &why);
  return st ? fail(self, st, &why) : RILL_OK;
}

// Everything has come: also a stream without a frame is a file.
static int32_t
drain(struct file_write* self, const struct rill_process* block)
{
  int32_t st = RILL_OK;
  if (!sink_is_open(&self->sink) && !self->n_files && !self->is_numbered) {
    st = open_file(self, NULL);
  }
  if (!st && sink_is_open(&self->sink)) {
    st = commit_file(self, block);
  }
  return st ? st : RILL_DRAINED;
}

static int32_t
process(struct rill_node* node, const struct rill_process* block)
{
  struct file_write* const self = (struct file_write*)node;
  const struct rill_buffer* const in = block->in[0]->buffer;
  if (block->flags & RILL_PROCESS_DRAINING) {
    return drain(self, block);
  }
  if (!in || (!in->n_frames && !sink_is_open(&self->sink))) {
    return RILL_OK;
  }
  if (self->is_numbered && sink_is_open(&self->sink) &&
      in->stream_id != self->stream_id) {
    const int32_t st = commit_file(self, block);
    if (st || self->has_reader) {
      return st ? st : RILL_MORE; // the same input again: a new file
    }
  }
  const int32_t st = write_frames(self, in);
  return st ? st
         : self->is_numbered && in->flags & RILL_BUFFER_END
           ? commit_file(self, block)
           : RILL_OK;
}

static int32_t
reset(struct rill_node* node)
{
  struct file_write* const self = (struct file_write*)node;
  forget_file(self);
  self->n_files = 0;
  return RILL_OK;
}

static void
destroy(struct rill_node* node)
{
  struct file_write* const self = (struct file_write*)node;
  forget_file(self);
  sink_fini(&self->sink);
  free(self->path);
  free(self);
}

static const struct rill_node_ops ops = {
  .size = sizeof ops,
  .configure = configure,
  .activate = activate,
  .process = process,
  .reset = reset,
  .deactivate = reset,
  .destroy = destroy,
};

int32_t
write_create(struct rill_lib* lib,
       const struct rill_node_desc* desc,
       const struct rill_host* host,
       const struct rill_setup* setup,
       struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const struct rill_value* const p = setup->params;
  struct rill_node* node = NULL;
  const int32_t st =
    rill_new_node(sizeof(struct file_write), &ops, host, &node);
  if (st) {
    return st;
  }
  struct file_write* const self = (struct file_write*)node;
  self->container = (uint32_t)p[WRITE_CONTAINER].i;
  self->encoding = encoding_values[p[WRITE_ENCODING].i];
  self->setup.quality = p[WRITE_QUALITY].f;
  self->setup.dither = p[WRITE_DITHER].i != 0;
  self->setup.seed = setup->seed;
  self->setup.file_flags = (p[WRITE_OVERWRITE].i ? 0 : RILL_ATOMIC_KEEP) |
                           (p[WRITE_SYNC].i ? RILL_ATOMIC_SYNC : 0);
  if (!(self->path = strdup(p[WRITE_PATH].text))) {
    destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  *out = node;
  return RILL_OK;
}

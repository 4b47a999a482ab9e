// SPDX-License-Identifier: ISC
// file.read: an audio file as a stream.
#include "read.h"

#include <inttypes.h>
#include <rill/rill.h>

int32_t
read_fail(const struct file_read* self, int32_t status, const struct why* why)
{
  char text[WHY_BYTES + 512];
  snprintf(text, sizeof text, "%s: %s", self->path, why->text);
  return rill_fail(&self->node, status, text);
}

static void
warn(const struct file_read* self, const char* what)
{
  char text[WHY_BYTES + 512];
  snprintf(text, sizeof text, "%s: %s", self->path, what);
  self->node.host->log(self->node.host, RILL_LOG_WARNING, text);
}

static void
pass_on_note(struct file_read* self)
{
  if (self->source.header.note[0]) {
    warn(self, self->source.header.note);
    self->source.header.note[0] = '\0';
  }
}

static struct rill_format
format_of(const struct header* h, int is_s16)
{
  return (struct rill_format){
    .kind = RILL_KIND_AUDIO,
    .encoding = is_s16 ? RILL_ENC_S16 : RILL_ENC_F32,
    .rate = h->rate,
    .rate_den = 1,
    .channels = h->channels,
    .packing = is_s16 ? RILL_INTERLEAVED : RILL_PLANAR,
    .layout = h->layout,
  };
}

int32_t
read_derive(struct rill_lib* lib,
       const struct rill_node_desc* desc,
       const struct rill_host* host,
       struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  char text[WHY_BYTES + 512];
  struct source source;
  struct why why;
  const struct rill_value* const p = d->params;

  int32_t st = source_open(&source, p[READ_PATH].text,
                           p[READ_TRUNCATED].i != 0, &why);
  st = st ? st : source_set_range(&source, p[READ_START].f, p[READ_LENGTH].f, &why);
  if (!st) {
    const int is_known = source.end != INT64_MAX;
    d->out[0]->format = format_of(&source.header, p[READ_ENCODING].i == 2);
    d->n_frames = is_known ? (uint64_t)(source.end - source.next) : 0;
  } else {
    snprintf(text, sizeof text, "%s: %s", p[READ_PATH].text, why.text);
    host->set_error(host, st, text);
  }
  source_close(&source);
  return st;
}

static int32_t
configure(struct rill_node* node, const struct rill_config* config)
{
  struct file_read* const self = (struct file_read*)node;
  self->format = config->out[0]->format;
  return RILL_OK;
}

// The plan was made from the header as it was then.
static int32_t
open_source(struct file_read* self)
{
  struct why why;
  struct source* const s = &self->source;
  int32_t st = source_open(s, self->path, self->accept_truncated, &why);
  st = st ? st : source_set_range(s, self->start, self->length, &why);
  if (!st) {
    const struct rill_format now =
      format_of(&s->header, self->format.encoding == RILL_ENC_S16);
    if (!rill_same_format(&now, &self->format)) {
      st = why_set(&why, RILL_ERR_INPUT,
                   "rate, channels or layout have changed since the plan was "
                   "made: run again");
    }
  }
  if (st) {
    source_close(s);
    return read_fail(self, st, &why);
  }
  return RILL_OK;
}

static void
say_counts(struct file_read* self)
{
  char text[80];
  pass_on_note(self);
  if (self->n_nonfinite) {
    snprintf(text, sizeof text, "%" PRIu64 " samples were NaN or infinite%s",
             self->n_nonfinite,
             self->nan_mode == NAN_ZERO ? " and are now 0" : "");
    warn(self, text);
    self->n_nonfinite = 0;
  }
}

// Up to *n_frames* to *out*, or nowhere when it is null.
static int32_t
read_frames(struct file_read* self,
            const struct rill_buffer* out,
            uint32_t n_frames,
            uint32_t* done)
{
  struct source* const s = &self->source;
  struct why why;
  while (*done < n_frames) {
    int32_t st = source_fill(s, &why);
    if (st) {
      return st < 0 ? read_fail(self, st, &why) : st;
    }
    const uint32_t left = n_frames - *done;
    const uint32_t there = source_n_available(s);
    const uint32_t n = there < left ? there : left;
    st = out ? deliver_frames(self, out, *done, n) : RILL_OK;
    if (st) {
      return st;
    }
    source_use(s, n);
    *done += n;
  }
  return RILL_OK;
}

static int32_t
process(struct rill_node* node, const struct rill_process* block)
{
  struct file_read* const self = (struct file_read*)node;
  struct rill_buffer* const out = block->out[0]->buffer;
  uint32_t done = 0;
  int32_t st = self->source.is_open ? RILL_OK : open_source(self);
  if (!st) {
    pass_on_note(self);
    st = read_frames(self, out, block->n_frames, &done);
  }
  if (st >= 0 && out) {
    out->n_frames = done;
  }
  if (st == RILL_DRAINED) {
    say_counts(self);
  }
  return st == RILL_DRAINED && done ? RILL_OK : st;
}

// Only regular files are read.
static int32_t
activate(struct rill_node* node, struct rill_activation* activation)
{
  (void)node;
  activation->flags |= RILL_ACTIVATE_PROMPT;
  return RILL_OK;
}

static int32_t
reset(struct rill_node* node)
{
  struct file_read* const self = (struct file_read*)node;
  source_close(&self->source);
  self->n_nonfinite = 0;
  return RILL_OK;
}

static void
destroy(struct rill_node* node)
{
  struct file_read* const self = (struct file_read*)node;
  source_close(&self->source);
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
read_create(struct rill_lib* lib,
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
    rill_new_node(sizeof(struct file_read), &ops, host, &node);
  if (st) {
    return st;
  }
  struct file_read* const self = (struct file_read*)node;
  self->start = p[READ_START].f;
  self->length = p[READ_LENGTH].f;
  self->nan_mode = (enum nan_mode)p[READ_NAN].i;
  self->accept_truncated = p[READ_TRUNCATED].i != 0;
  if (!(self->path = strdup(p[READ_PATH].text))) {
    destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  *out = node;
  return RILL_OK;
}

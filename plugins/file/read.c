// SPDX-License-Identifier: ISC
// file.read: an audio file as a stream.
#include "nodes.h"
#include "planar.h"
#include "source.h"
#include "words.h"

#include <rill/rill.h>

#include <inttypes.h>
#include <math.h>

enum { PATH, ENCODING, START, LENGTH, NAN_MODE, ACCEPT_TRUNCATED, N_PARAMS };
enum nan_mode { NAN_ERROR, NAN_ZERO, NAN_PASS };

static const struct rill_param_desc path_param = {
  .size = sizeof path_param,
  .type = RILL_TYPE_STRING,
  .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_REQUIRED | RILL_PARAM_STRUCTURAL,
  .symbol = "path",
  .doc = "the file: WAV, RF64, W64, FLAC, Ogg Vorbis, Opus, MP3, AIFF, CAF",
  .example = "speech.wav",
};
static const char* const encoding_names[] = { "auto", "f32", "s16" };
static const struct rill_param_desc encoding_param = {
  .size = sizeof encoding_param,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "encoding",
  .doc = "of the output: f32 (auto) planar, s16 interleaved",
  .def = "auto",
  .names = encoding_names,
  .n_names = RILL_COUNT(encoding_names),
};
static const struct rill_param_desc start_param = {
  .size = sizeof start_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "start",
  .doc = "where to begin",
  .min = 0.0,
  .max = 1e9,
  .def = "0s",
  .example = "1.5s",
};
static const struct rill_param_desc length_param = {
  .size = sizeof length_param,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "length",
  .doc = "how much to read at most; 0 is all",
  .min = 0.0,
  .max = 1e9,
  .def = "0s",
  .example = "10s",
};
static const char* const nan_names[] = { "error", "zero", "pass" };
static const struct rill_param_desc nan_param = {
  .size = sizeof nan_param,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "nan",
  .doc = "what to do with NaN and infinity in files with float samples",
  .def = "error",
  .names = nan_names,
  .n_names = RILL_COUNT(nan_names),
};
static const struct rill_param_desc truncated_param = {
  .size = sizeof truncated_param,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "accept_truncated",
  .doc = "read what is there of a file that lacks its end",
  .def = "false",
};
static const struct rill_param_desc* const params[] = {
  [PATH] = &path_param,     [ENCODING] = &encoding_param,
  [START] = &start_param,   [LENGTH] = &length_param,
  [NAN_MODE] = &nan_param,  [ACCEPT_TRUNCATED] = &truncated_param,
};

static const struct rill_format_set any_audio = RILL_ANY(RILL_KIND_AUDIO);
static const struct rill_format_set* const out_sets[] = { &any_audio };
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 1,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "what the file holds; rate, channels and layout are those of the file",
  .formats = out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const ports[] = { &out_port };

enum { PIECE = 4096 }; // samples on their way to s16

struct file_read {
  struct rill_node node;
  char* path;
  double start;
  double length;
  int accept_truncated;
  enum nan_mode nan_mode;
  struct rill_format format; // as planned
  int is_open;
  struct source source;
  uint64_t n_nonfinite;
  float* planes[HEADER_MAX_CHANNELS];
  float piece[PIECE];
};

static int32_t
fail(const struct file_read* self, int32_t status, const struct why* why)
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

static int32_t
derive(struct rill_lib* lib,
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

  int32_t st = source_open(&source, p[PATH].text,
                           p[ACCEPT_TRUNCATED].i != 0, &why);
  st = st ? st : source_set_range(&source, p[START].f, p[LENGTH].f, &why);
  if (!st) {
    const int is_known = source.end != INT64_MAX;
    d->out[0]->format = format_of(&source.header, p[ENCODING].i == 2);
    d->n_frames = is_known ? (uint64_t)(source.end - source.next) : 0;
  } else {
    snprintf(text, sizeof text, "%s: %s", p[PATH].text, why.text);
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

// Samples of a channel, or of all channels interleaved, from a frame on.
struct run {
  float* samples;
  uint32_t n;
  uint32_t n_channels; // interleaved
  uint32_t channel;    // of the first
  uint32_t frame;      // of the first, in the chunk
};

static int32_t
refuse_sample(struct file_read* self, const struct run* run, uint32_t i)
{
  struct why why;
  const struct source* const s = &self->source;
  const int64_t first = s->next - source_n_available(s);
  why_set(&why, RILL_ERR_INPUT,
          "%s at frame %" PRId64 ", channel %" PRIu32
          " (nan: zero silences it, nan: pass lets it through)",
          isnan(run->samples[i]) ? "NaN" : "an infinite sample",
          first + run->frame + i / run->n_channels,
          run->channel + i % run->n_channels);
  return fail(self, RILL_ERR_INPUT, &why);
}

static int32_t
check_samples(struct file_read* self, const struct run* run)
{
  if (!self->source.is_float || !planar_has_nonfinite(run->samples, run->n)) {
    return RILL_OK;
  }
  for (uint32_t i = 0; i < run->n; ++i) {
    if (!isfinite(run->samples[i])) {
      if (self->nan_mode == NAN_ERROR) {
        return refuse_sample(self, run, i);
      }
      ++self->n_nonfinite;
      run->samples[i] = self->nan_mode == NAN_ZERO ? 0.0f : run->samples[i];
    }
  }
  return RILL_OK;
}

static int32_t
read_f32(struct file_read* self,
         const struct rill_buffer* out,
         uint32_t first,
         uint32_t n)
{
  const struct source* const s = &self->source;
  int32_t st = RILL_OK;
  for (uint32_t c = 0; c < out->n_planes; ++c) {
    self->planes[c] = out->planes[s->is_permuted ? s->plane_of[c] : c].data;
  }
  planar_from(s->header.encoding, source_frames(s), out->n_planes, n,
              self->planes, first);
  for (uint32_t c = 0; c < out->n_planes && !st; ++c) {
    const struct run run = { self->planes[c] + first, n, 1, c, 0 };
    st = check_samples(self, &run);
  }
  return st;
}

static void
permute(const struct source* s, int16_t* frames, uint32_t n_frames)
{
  int16_t frame[SOURCE_MAX_MAPPED];
  const uint32_t n = s->header.channels;
  for (uint32_t i = 0; i < n_frames; ++i, frames += n) {
    memcpy(frame, frames, n * sizeof *frame);
    for (uint32_t c = 0; c < n; ++c) {
      frames[s->plane_of[c]] = frame[c];
    }
  }
}

// By way of f32, a piece at a time.
static int32_t
convert_s16(struct file_read* self, int16_t* out, uint32_t n_frames)
{
  const struct source* const s = &self->source;
  const uint32_t n_channels = s->header.channels;
  const uint32_t most = PIECE / n_channels;
  const char* const from = source_frames(s);
  float* const piece = self->piece;

  for (uint32_t i = 0; i < n_frames; i += most) {
    const uint32_t n = n_frames - i < most ? n_frames - i : most;
    const struct run run = { piece, n * n_channels, n_channels, 0, i };
    planar_from(s->header.encoding, from + (uint64_t)i * s->header.frame_bytes,
                1, run.n, &run.samples, 0);
    const int32_t st = check_samples(self, &run);
    if (st) {
      return st;
    }
    words_s16_from(piece, run.n, out + (uint64_t)i * n_channels);
  }
  return RILL_OK;
}

static int32_t
read_s16(struct file_read* self,
         const struct rill_buffer* out,
         uint32_t first,
         uint32_t n)
{
  const struct source* const s = &self->source;
  int16_t* const to =
    (int16_t*)out->planes[0].data + (uint64_t)first * s->header.channels;
  int32_t st = RILL_OK;
  if (s->header.encoding == RILL_ENC_S16) {
    memcpy(to, source_frames(s), (uint64_t)n * s->header.frame_bytes);
  } else {
    st = convert_s16(self, to, n);
  }
  if (s->is_permuted) {
    permute(s, to, n);
  }
  return st;
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
    return fail(self, st, &why);
  }
  self->is_open = 1;
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
      return st < 0 ? fail(self, st, &why) : st;
    }
    const uint32_t left = n_frames - *done;
    const uint32_t there = source_n_available(s);
    const uint32_t n = there < left ? there : left;
    st = !out ? RILL_OK
         : self->format.encoding == RILL_ENC_S16
           ? read_s16(self, out, *done, n)
           : read_f32(self, out, *done, n);
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
  int32_t st = self->is_open ? RILL_OK : open_source(self);
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

static int32_t
reset(struct rill_node* node)
{
  struct file_read* const self = (struct file_read*)node;
  source_close(&self->source);
  self->is_open = 0;
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
  .process = process,
  .reset = reset,
  .deactivate = reset,
  .destroy = destroy,
};

static int32_t
create(struct rill_lib* lib,
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
  self->start = p[START].f;
  self->length = p[LENGTH].f;
  self->nan_mode = (enum nan_mode)p[NAN_MODE].i;
  self->accept_truncated = p[ACCEPT_TRUNCATED].i != 0;
  if (!(self->path = strdup(p[PATH].text))) {
    destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  *out = node;
  return RILL_OK;
}

const struct rill_node_desc file_read_desc = {
  .size = sizeof file_read_desc,
  .id = "org.rill.file.read",
  .name = "file.read",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Reads an audio file.",
  .categories = "audio source file",
  .ports = ports,
  .params = params,
  .n_ports = 1,
  .n_params = N_PARAMS,
  .exec = RILL_EXEC_BLOCKING,
  .derive = derive,
  .create = create,
};

// SPDX-License-Identifier: ISC
// Spectrum: audio to rows of a tensor, as powers of a short-time Fourier
// transform or as levels of mel bands.
#include "frames.h"

#include <rill/rill.h>

#include <math.h>
#include <stdio.h>

enum {
  P_VIEW,
  P_SIZE,
  P_HOP,
  P_HOP_FRAMES,
  P_WINDOW,
  P_ALIGN,
  P_VALUES,
  P_BANDS,
  P_LOW,
  P_HIGH,
  P_FLOOR
};
enum { ALIGN_CENTRE, ALIGN_LEFT };
enum { MAX_OUT_BYTES = 1 << 20 }; // of one buffer, if that is more than a row

static const uint32_t out_ranks[] = { 1, 2 };
static const struct rill_constraint out_demands[] = {
  RILL_IS_F32, RILL_AMONG(RILL_FIELD_RANK, out_ranks)
};
static const struct rill_format_set out_set =
  RILL_SET(RILL_KIND_TENSOR, out_demands);
static const struct rill_format_set* const out_sets[] = { &out_set };
static const struct rill_port_desc out_port = {
  .size = sizeof out_port,
  .id = 2,
  .direction = RILL_OUT,
  .symbol = "out",
  .doc = "a row of numbers for each hop: [bins], or [channels, bins] of more "
         "than one channel",
  .formats = out_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const spectrum_ports[] = {
  &rill_f32_in_port, &out_port
};

static const char* const view_names[] = { "stft", "logmel" };
static const char* const window_names[] = { "hann", "hamming", "rect" };
static const char* const align_names[] = { "centre", "left" };
static const char* const values_names[] = { "power", "magnitude" };

static const struct rill_param_desc p_view = {
  .size = sizeof p_view,
  .type = RILL_TYPE_ENUM,
  .symbol = "view",
  .doc = "stft: all bins, linear; logmel: levels of mel bands in dB",
  .def = "stft",
  .names = view_names,
  .n_names = RILL_COUNT(view_names),
  .example = "logmel",
};
static const struct rill_param_desc p_size = {
  .size = sizeof p_size,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_FRAMES,
  .symbol = "size",
  .doc = "length of the transform and of its window; any number, those with "
         "small factors are fast",
  .min = 2,
  .max = 1048576,
  .def = "512",
  .example = "400",
};
static const struct rill_param_desc p_hop = {
  .size = sizeof p_hop,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_S,
  .symbol = "hop",
  .doc = "time from row to row, rounded to whole frames",
  .min = 0.00001,
  .max = 60.0,
  .def = "10ms",
  .example = "12.5ms",
};
static const struct rill_param_desc p_hop_frames = {
  .size = sizeof p_hop_frames,
  .type = RILL_TYPE_INT,
  .unit = RILL_UNIT_FRAMES,
  .symbol = "hop_frames",
  .doc = "the same in frames, instead of hop; 0: hop counts",
  .min = 0,
  .max = 46080000,
  .def = "0",
  .example = "160",
};
static const struct rill_param_desc p_window = {
  .size = sizeof p_window,
  .type = RILL_TYPE_ENUM,
  .symbol = "window",
  .doc = "the periodic form of each",
  .def = "hann",
  .names = window_names,
  .n_names = RILL_COUNT(window_names),
};
static const struct rill_param_desc p_align = {
  .size = sizeof p_align,
  .type = RILL_TYPE_ENUM,
  .symbol = "align",
  .doc = "where the time of a row stands in its window: at the centre or the "
         "left end",
  .def = "centre",
  .names = align_names,
  .n_names = RILL_COUNT(align_names),
};
static const struct rill_param_desc p_values = {
  .size = sizeof p_values,
  .type = RILL_TYPE_ENUM,
  .symbol = "values",
  .doc = "power: |X|^2; magnitude: |X|",
  .def = "power",
  .names = values_names,
  .n_names = RILL_COUNT(values_names),
};
static const struct rill_param_desc p_bands = {
  .size = sizeof p_bands,
  .type = RILL_TYPE_INT,
  .symbol = "bands",
  .doc = "logmel: how many bands",
  .min = 1,
  .max = 1024,
  .def = "40",
  .example = "80",
};
static const struct rill_param_desc p_low = {
  .size = sizeof p_low,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_HZ,
  .symbol = "low",
  .doc = "logmel: where the first band begins",
  .min = 0.0,
  .max = 384000.0,
  .def = "0Hz",
  .example = "20Hz",
};
static const struct rill_param_desc p_high = {
  .size = sizeof p_high,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_HZ,
  .symbol = "high",
  .doc = "logmel: where the last band ends; 0: half the rate",
  .min = 0.0,
  .max = 384000.0,
  .def = "0Hz",
  .example = "7600Hz",
};
static const struct rill_param_desc p_floor = {
  .size = sizeof p_floor,
  .type = RILL_TYPE_FLOAT,
  .unit = RILL_UNIT_DB,
  .symbol = "floor",
  .doc = "logmel: the lowest level that is given",
  .min = -1000.0,
  .max = 200.0,
  .def = "-100dB",
  .example = "-80dB",
};
static const struct rill_param_desc* const spectrum_params[] = {
  [P_VIEW] = &p_view,     [P_SIZE] = &p_size,
  [P_HOP] = &p_hop,       [P_HOP_FRAMES] = &p_hop_frames,
  [P_WINDOW] = &p_window, [P_ALIGN] = &p_align,
  [P_VALUES] = &p_values, [P_BANDS] = &p_bands,
  [P_LOW] = &p_low,       [P_HIGH] = &p_high,
  [P_FLOOR] = &p_floor,
};

// What is asked, apart from the rate.
struct options {
  struct frame_options frame;
  double hop_s;
  uint32_t hop_frames;
  uint32_t align;
};

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
  struct options options;
  uint32_t n_channels;
  uint32_t hop;
  uint32_t width;     // numbers of one channel in a row
  uint32_t max_rows;  // of one call
  struct frames frames;
  float* windows; // size samples of each channel
  struct position at;
};

static struct options
options_of(const struct rill_value* params)
{
  return (struct options){
    .frame = { .view = (uint32_t)params[P_VIEW].i,
               .window = (uint32_t)params[P_WINDOW].i,
               .values = (uint32_t)params[P_VALUES].i,
               .floor_db = params[P_FLOOR].f,
               .mel = { .size = (uint32_t)params[P_SIZE].i,
                        .n_bands = (uint32_t)params[P_BANDS].i,
                        .low_hz = params[P_LOW].f,
                        .high_hz = params[P_HIGH].f } },
    .hop_s = params[P_HOP].f,
    .hop_frames = (uint32_t)params[P_HOP_FRAMES].i,
    .align = (uint32_t)params[P_ALIGN].i,
  };
}

static void
set_rate(struct options* o, uint32_t rate)
{
  o->frame.mel.rate = rate;
  if (o->frame.mel.high_hz <= 0.0) {
    o->frame.mel.high_hz = rate / 2.0;
  }
}

static uint32_t
hop_of(const struct options* o, uint32_t rate)
{
  const long hop = o->hop_frames ? (long)o->hop_frames
                                 : lround(o->hop_s * rate);
  return hop < 1 ? 1 : (uint32_t)hop;
}

// -- formats ----------------------------------------------------------------

static int32_t
check_bands(const struct options* o, const struct rill_host* host)
{
  const struct mel_options* const mel = &o->frame.mel;
  char text[160];
  if (o->frame.view != VIEW_LOGMEL) {
    return RILL_OK;
  }
  if (mel->high_hz > mel->rate / 2.0) {
    snprintf(text, sizeof text, "high is above half the rate of the input, "
             "%u Hz: use high: 0 for exactly that", mel->rate / 2);
  } else if (mel->low_hz >= mel->high_hz) {
    snprintf(text, sizeof text, "low is not below high: choose a lower low or "
             "a higher high, of %u Hz at most", mel->rate / 2);
  } else {
    return RILL_OK;
  }
  host->set_error(host, RILL_ERR_BAD_PARAM, text);
  return RILL_ERR_BAD_PARAM;
}

static int32_t
spectrum_derive(struct rill_lib* lib,
                const struct rill_node_desc* desc,
                const struct rill_host* host,
                struct rill_derivation* d)
{
  (void)lib;
  (void)desc;
  struct options o = options_of(d->params);
  const uint32_t rate = d->in[0]->format.rate;
  const uint32_t channels = d->in[0]->format.channels;
  set_rate(&o, rate);
  const int32_t st = check_bands(&o, host);
  if (!st && d->out[0]->connected) {
    struct rill_format f = { .kind = RILL_KIND_TENSOR,
                             .encoding = RILL_ENC_F32,
                             .rate = rate,
                             .rate_den = hop_of(&o, rate),
                             .rank = channels > 1 ? 2 : 1 };
    f.shape[0] = channels;
    f.shape[f.rank - 1] = frames_width(&o.frame);
    d->out[0]->format = f;
  }
  return st;
}

static int32_t
spectrum_configure(struct rill_node* node, const struct rill_config* config)
{
  struct spectrum* const self = (struct spectrum*)node;
  const struct rill_format* const f = &config->in[0]->format;
  self->n_channels = f->channels;
  self->hop = hop_of(&self->options, f->rate);
  self->width = frames_width(&self->options.frame);
  set_rate(&self->options, f->rate);
  return check_bands(&self->options, node->host);
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

static int32_t
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
    ((struct spectrum*)*out)->options = options_of(setup->params);
  }
  return st;
}

static const struct rill_node_desc spectrum_desc = {
  .size = sizeof spectrum_desc,
  .id = "org.rill.spectrum",
  .name = "spectrum",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC AND GPL-2.0-or-later",
  .doc = "Spectra of audio, as bins or mel bands, for plots and models.",
  .categories = "audio analysis",
  .ports = spectrum_ports,
  .params = spectrum_params,
  .n_ports = RILL_COUNT(spectrum_ports),
  .n_params = RILL_COUNT(spectrum_params),
  .exec = RILL_EXEC_COMPUTE,
  .derive = spectrum_derive,
  .create = spectrum_create,
};

// Plans of other instances, and of other plugins with the same library, may be
// made at the same time.
static int32_t
spectrum_open(const struct rill_host* host,
              const char* origin_path,
              struct rill_lib** out)
{
  (void)host;
  (void)origin_path;
  *out = NULL;
  fftwf_make_planner_thread_safe();
  return RILL_OK;
}

// Never unloaded: FFTW, which another plugin may keep in memory, has been given
// functions of its thread library, which only this one keeps there.
static const struct rill_node_desc* const spectrum_nodes[] = { &spectrum_desc };
RILL_PLUGIN_ENTRY(spectrum_nodes, spectrum_open, NULL, RILL_ENTRY_RESIDENT);

// SPDX-License-Identifier: ISC
// plot: a picture of audio, as waveform and spectrogram, with marks over it.
//
// Audio is reduced to columns as it comes, marks are kept; the picture is
// painted when all has come.
#include "colour.h"
#include "layout.h"
#include "marks.h"
#include "mixdown.h"
#include "picture.h"
#include "png_file.h"
#include "ports.h"

#include <rill/rill.h>
#include <rill/util/atomic_file.h>

enum { MAX_GAP_SECONDS = 86400 };

struct plot {
  struct rill_node node;
  char* path;
  char* title;
  int width;
  int height;
  enum view view;
  double range_db;
  uint32_t fft;
  uint32_t rate;
  uint32_t n_channels;
  struct layout layout;
  struct wave wave;
  struct spectro spectro;
  struct marks marks;
  struct mixdown mixdown;
  struct rill_atomic_file file;
  int is_begun;
  int64_t first_pos; // of the first frame
  int64_t next_pos;  // where the stream goes on
  uint64_t n_odd;    // samples that were no numbers
};

static int32_t
fail(struct plot* self, int32_t status)
{
  return rill_fail(&self->node, status,
                   status == RILL_ERR_NO_MEMORY
                     ? "out of memory: make the picture smaller"
                     : self->file.why);
}

static int
has_spectro(const struct plot* self)
{
  return self->view != VIEW_WAVEFORM;
}

// -- life -------------------------------------------------------------------

static int32_t
plot_configure(struct rill_node* node, const struct rill_config* config)
{
  struct plot* const self = (struct plot*)node;
  self->rate = config->in[AUDIO]->format.rate;
  self->n_channels = config->in[AUDIO]->format.channels;
  layout_make(&self->layout, self->width, self->height, self->view,
              config->in[MARKS]->connected != 0);
  return RILL_OK;
}

static int32_t
plot_reset(struct rill_node* node)
{
  struct plot* const self = (struct plot*)node;
  rill_atomic_discard(&self->file);
  marks_fini(&self->marks);
  wave_reset(&self->wave);
  if (has_spectro(self)) {
    spectro_reset(&self->spectro);
  }
  self->is_begun = 0;
  self->n_odd = 0;
  return RILL_OK;
}

static int32_t
plot_deactivate(struct rill_node* node)
{
  struct plot* const self = (struct plot*)node;
  rill_atomic_discard(&self->file);
  marks_fini(&self->marks);
  wave_fini(&self->wave);
  spectro_fini(&self->spectro);
  return RILL_OK;
}

// Twice as many columns as pixels, so that there are enough after pairing up.
static int32_t
plot_activate(struct rill_node* node, struct rill_activation* activation)
{
  struct plot* const self = (struct plot*)node;
  const uint32_t n = 2 * (uint32_t)self->layout.panels.w;
  (void)activation;
  if (!wave_init(&self->wave, n) ||
      (has_spectro(self) &&
       !spectro_init(&self->spectro, self->fft, n,
                     (uint32_t)self->layout.spectro.h))) {
    plot_deactivate(node);
    return fail(self, RILL_ERR_NO_MEMORY);
  }
  return plot_reset(node);
}

static void
plot_destroy(struct rill_node* node)
{
  struct plot* const self = (struct plot*)node;
  plot_deactivate(node);
  free(self->path);
  free(self->title);
  free(self);
}

// -- input ------------------------------------------------------------------

static void
take_mixdown(struct plot* self, uint32_t n)
{
  const struct mixdown* const m = &self->mixdown;
  wave_add(&self->wave, &(struct frames){ m->lo, m->hi, m->power, n });
  if (has_spectro(self)) {
    spectro_add(&self->spectro, m->mean, n);
  }
}

static void
take_silence(struct plot* self, int64_t n_frames)
{
  memset(&self->mixdown, 0, sizeof self->mixdown);
  for (; n_frames > 0; n_frames -= MIXDOWN_FRAMES) {
    take_mixdown(self, n_frames < MIXDOWN_FRAMES ? (uint32_t)n_frames
                                                 : MIXDOWN_FRAMES);
  }
}

// Marks speak of times in the source, so what was left out must leave a gap.
static void
fill_gap(struct plot* self, const struct rill_buffer* b)
{
  const int64_t gap = b->media_pos - self->next_pos;
  if (!self->is_begun) {
    self->is_begun = 1;
    self->first_pos = b->media_pos;
  } else if (b->flags & (RILL_BUFFER_DISCONT | RILL_BUFFER_GAP) && gap > 0 &&
             gap <= (int64_t)self->rate * MAX_GAP_SECONDS) {
    take_silence(self, gap);
  }
  self->next_pos = b->media_pos + b->n_frames;
}

static void
take_audio(struct plot* self, const struct rill_buffer* b)
{
  const float* channels[PLOT_MAX_CHANNELS];
  fill_gap(self, b);
  for (uint32_t i = 0; i < b->n_frames; i += MIXDOWN_FRAMES) {
    const uint32_t left = b->n_frames - i;
    const uint32_t n = left < MIXDOWN_FRAMES ? left : MIXDOWN_FRAMES;
    for (uint32_t c = 0; c < self->n_channels; ++c) {
      channels[c] = (const float*)b->planes[c].data + i;
    }
    self->n_odd += mixdown_make(&self->mixdown, channels, self->n_channels, n);
    take_mixdown(self, n);
  }
}

static int32_t
refuse_mark(struct plot* self, const struct rill_plane* plane, const char* why)
{
  enum { SHOWN = 120 };
  const int is_long = plane->used > SHOWN;
  char text[512];
  snprintf(text, sizeof text,
           "a mark is malformed: %s: '%.*s%s': marks look like "
           "{\"start\": 1.5, \"end\": 2}",
           why, is_long ? SHOWN : (int)plane->used, (const char*)plane->data,
           is_long ? "..." : "");
  return rill_fail(&self->node, RILL_ERR_INPUT, text);
}

static int32_t
take_mark(struct plot* self, const struct rill_plane* plane)
{
  const char* why;
  switch (marks_add(&self->marks, (const char*)plane->data,
                    (size_t)plane->used, &why)) {
    case MARK_OK: return RILL_OK;
    case MARK_NO_MEMORY:
      return rill_fail(&self->node, RILL_ERR_NO_MEMORY,
                       "out of memory: there are too many marks");
    default: return refuse_mark(self, plane, why);
  }
}

// -- output -----------------------------------------------------------------

static int32_t
write_to_file(void* arg, const void* data, size_t n_bytes)
{
  return rill_atomic_write((struct rill_atomic_file*)arg, data, n_bytes);
}

static int32_t
paint(struct plot* self, struct canvas* canvas)
{
  const struct picture picture = {
    .layout = &self->layout,
    .title = self->title,
    .range_db = self->range_db,
    .rate = self->rate,
    .n_channels = self->n_channels,
    .start = (double)self->first_pos / self->rate,
    .wave = &self->wave,
    .spectro = has_spectro(self) ? &self->spectro : NULL,
    .marks = &self->marks,
  };
  const struct png_sink sink = { write_to_file, &self->file };
  return picture_paint(&picture, canvas) ? png_file_write(canvas, &sink)
                                         : RILL_ERR_NO_MEMORY;
}

static void
warn_of_odd(const struct plot* self)
{
  char text[128];
  if (self->n_odd) {
    snprintf(text, sizeof text,
             "%llu samples are no finite numbers: NaN is drawn as 0",
             (unsigned long long)self->n_odd);
    self->node.host->log(self->node.host, RILL_LOG_WARNING, text);
  }
}

static int32_t
finish(struct plot* self)
{
  struct canvas canvas;
  warn_of_odd(self);
  marks_sort(&self->marks);
  if (has_spectro(self)) {
    spectro_end(&self->spectro);
  }
  if (!canvas_init(&canvas, self->width, self->height, PAPER)) {
    return fail(self, RILL_ERR_NO_MEMORY);
  }
  int32_t rc = paint(self, &canvas);
  canvas_fini(&canvas);
  rc = rc < 0 ? rc : rill_atomic_commit(&self->file);
  return rc < 0 ? fail(self, rc) : RILL_DRAINED;
}

// A plan makes instances too, so no file is touched before the first call.
static int32_t
open_once(struct plot* self)
{
  const int32_t rc = self->file.is_open
                       ? RILL_OK
                       : rill_atomic_open(&self->file, self->path, 0);
  return rc < 0 ? fail(self, rc) : rc;
}

static int32_t
plot_process(struct rill_node* node, const struct rill_process* block)
{
  struct plot* const self = (struct plot*)node;
  const struct rill_buffer* const audio = block->in[AUDIO]->buffer;
  const struct rill_buffer* const mark = block->in[MARKS]->buffer;
  int32_t rc = open_once(self);
  if (rc >= 0 && audio && audio->n_frames) {
    take_audio(self, audio);
  }
  if (rc >= 0 && mark && mark->n_frames) {
    rc = take_mark(self, &mark->planes[0]);
  }
  return rc >= 0 && block->flags & RILL_PROCESS_DRAINING ? finish(self) : rc;
}

// -- table ------------------------------------------------------------------

static const struct rill_node_ops plot_ops = {
  .size = sizeof plot_ops,
  .configure = plot_configure,
  .activate = plot_activate,
  .process = plot_process,
  .reset = plot_reset,
  .deactivate = plot_deactivate,
  .destroy = plot_destroy,
};

static int32_t
check_path(const struct rill_host* host, const char* path)
{
  const size_t n = strlen(path);
  if (n > 4 && !strcmp(path + n - 4, ".png")) {
    return RILL_OK;
  }
  host->set_error(host, RILL_ERR_BAD_PARAM,
                  "path: the picture is a PNG: let its name end in .png");
  return RILL_ERR_BAD_PARAM;
}

static void
set_options(struct plot* self, const struct rill_value* params)
{
  self->path = strdup(params[P_PATH].text);
  self->title = strdup(params[P_TITLE].text);
  self->width = (int)params[P_WIDTH].i;
  self->height = (int)params[P_HEIGHT].i;
  self->view = (enum view)params[P_VIEW].i;
  self->range_db = params[P_RANGE].f;
  self->fft = (uint32_t)params[P_FFT].i;
}

static int32_t
plot_create(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            const struct rill_setup* setup,
            struct rill_node** out)
{
  (void)lib;
  (void)desc;
  struct rill_node* node;
  int32_t rc = check_path(host, setup->params[P_PATH].text);
  rc = rc < 0 ? rc : rill_new_node(sizeof(struct plot), &plot_ops, host, &node);
  if (rc < 0) {
    return rc;
  }
  struct plot* const self = (struct plot*)node;
  set_options(self, setup->params);
  if (!self->path || !self->title) {
    plot_destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  *out = node;
  return RILL_OK;
}

static const struct rill_node_desc plot_desc = {
  .size = sizeof plot_desc,
  .flags = RILL_NODE_COMMITS,
  .id = "org.rill.plot",
  .name = "plot",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC AND GPL-2.0-or-later",
  .doc = "Draws audio as waveform and spectrogram into a PNG, with marks.",
  .categories = "audio sink file analysis",
  .ports = plot_ports,
  .params = plot_params,
  .n_ports = N_PORTS,
  .n_params = N_PARAMS,
  .exec = RILL_EXEC_BLOCKING,
  .create = plot_create,
};

// Plans of other instances, and of other plugins with the same library, may be
// made at the same time.
static int32_t
plot_open(const struct rill_host* host,
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
static const struct rill_node_desc* const plot_nodes[] = { &plot_desc };
RILL_PLUGIN_ENTRY(plot_nodes, plot_open, NULL, RILL_ENTRY_RESIDENT);

// SPDX-License-Identifier: ISC
// Jobs through the whole engine: a source of memory, the nodes, a sink that
// takes each block and drops it, as the next node of a graph would.
#include "base/mem.h"
#include "base/sys.h"
#include "base/text.h"
#include "bench/seed.h"

#include <string.h>

/// The same graph twice: as it is used, and with each call timed.
struct way {
  const struct seed_job* job;
  struct text text;
  struct clip_graph* warm;
  struct clip_graph* profiled;
  char* heap; // where what comes out is gathered
  size_t n_heap;
  size_t heap_bytes;
};

static enum status
start(const struct way* self, int profile, struct clip_graph** out)
{
  const struct clip_options options = {
    .format = self->job->clip.clip.format,
    .threads = 1,
    .engine = { .profile = profile, .checks = 1 },
  };
  const enum status st =
    clips_plan(self->job->clips, text_get(&self->text), &options, out);
  return st ? st : clips_start(*out);
}

static void
close_way(void* arg)
{
  struct way* const self = arg;
  clips_close(self->warm);
  clips_close(self->profiled);
  text_fini(&self->text);
  mem_free(self->heap);
  mem_free(self);
}

enum { SLACK_BYTES = 1 << 16 };

// No case makes more bytes than twice what it reads.
static enum status
make_heap(struct way* self)
{
  const struct clip* const clip = &self->job->clip.clip;
  const size_t n = (size_t)clip->n_frames * clip->format.channels *
                   rill_sample_bytes(clip->format.encoding);
  self->heap_bytes = 2 * n + SLACK_BYTES;
  self->heap = mem_zeroed(1, self->heap_bytes);
  return self->heap ? STATUS_OK : STATUS_NO_MEMORY;
}

static int32_t
gather(void* arg, const struct rill_buffer* b)
{
  struct way* const self = arg;
  const size_t n = b->format->kind == RILL_KIND_AUDIO
                     ? (size_t)b->n_frames * rill_sample_bytes(b->format->encoding)
                     : b->n_frames * rill_tensor_row_bytes(b->format);
  for (uint32_t i = 0; i < b->n_planes; ++i) {
    if (n > self->heap_bytes - self->n_heap) {
      return RILL_ERR_OUTPUT;
    }
    memcpy(self->heap + self->n_heap, b->planes[i].data, n);
    self->n_heap += n;
  }
  return RILL_OK;
}

static enum status
open_graph(const struct seed_job* job, const char* nodes, void** out)
{
  struct way* const self = mem_new(struct way);
  if (!self) {
    return STATUS_NO_MEMORY;
  }
  self->job = job;
  text_add(&self->text, "rill: 1\nname: %s\nnodes:\n  a: {type: clip.in}\n%s",
           job->what->name, nodes);
  enum status st = self->text.failed ? STATUS_NO_MEMORY : STATUS_OK;
  if (!st) {
    st = make_heap(self);
  }
  if (!st) {
    st = start(self, 0, &self->warm);
  }
  if (!st) {
    st = start(self, 1, &self->profiled);
  }
  if (st) {
    close_way(self);
  } else {
    *out = self;
  }
  return st;
}

static enum status
run(const struct way* self, struct clip_graph* graph)
{
  return clips_run(graph, &self->job->clip.clip, NULL);
}

// A set-up of its own for one clip.
static enum status
time_new(const struct way* self, double* ns)
{
  const struct clip_options options = {
    .format = self->job->clip.clip.format,
    .threads = 1,
    .engine = { .checks = 1 },
  };
  struct clip_graph* graph = NULL;
  const int64_t begin = sys.now_ns();
  enum status st =
    clips_plan(self->job->clips, text_get(&self->text), &options, &graph);
  const int64_t planned = sys.now_ns();
  st = st ? st : clips_start(graph);
  const int64_t started = sys.now_ns();
  st = st ? st : run(self, graph);
  clips_close(graph);
  ns[SEED_TOTAL] = (double)(sys.now_ns() - begin);
  ns[SEED_NODE] = (double)(started - planned);
  ns[SEED_SET_UP] = (double)(started - begin);
  return st;
}

static enum status
time_warm(const struct way* self, double* ns)
{
  enum status st = run(self, self->warm);
  const int64_t begin = sys.now_ns();
  st = st ? st : run(self, self->warm);
  ns[SEED_FULL] = (double)(sys.now_ns() - begin);
  return st;
}

static enum status
time_gathered(struct way* self, double* ns)
{
  const struct clip_taker taker = { gather, self };
  self->n_heap = 0;
  const int64_t begin = sys.now_ns();
  const enum status st =
    clips_run(self->warm, &self->job->clip.clip, &taker);
  ns[SEED_GATHERED] = (double)(sys.now_ns() - begin);
  return st;
}

// A legacy node's own account of its calls: all parts but the call are JSON.
static void
split(const struct engine_parts* parts, double* ns)
{
  for (uint32_t i = 0; i < parts->n; ++i) {
    const int step = !strcmp(parts->names[i], "encode")   ? SEED_JSON
                     : !strcmp(parts->names[i], "decode") ? SEED_OUTPUT
                                                          : SEED_PROCESS;
    ns[step] = (ns[step] > 0 ? ns[step] : 0) + (double)parts->ns[i];
  }
}

// What the nodes between the ends took.
static enum status
time_calls(const struct way* self, double* ns)
{
  const enum status st = run(self, self->profiled);
  const struct plan* const plan = clips_get_plan(self->profiled);
  ns[SEED_PROCESS] = 0;
  for (uint32_t i = 0; !st && i < plan->n_nodes; ++i) {
    struct engine_stats stats;
    struct engine_parts parts;
    engine_get_stats(clips_get_engine(self->profiled), i, &stats);
    engine_get_parts(clips_get_engine(self->profiled), i, &parts);
    if (parts.n) {
      split(&parts, ns);
    } else if (strncmp(plan->nodes[i].type->desc->name, "clip.", 5) != 0) {
      ns[SEED_PROCESS] += (double)stats.busy_ns;
    }
  }
  return st;
}

static enum status
turn(void* arg, double* ns)
{
  enum status st = time_new(arg, ns);
  st = st ? st : time_warm(arg, ns);
  st = st ? st : time_gathered(arg, ns);
  return st ? st : time_calls(arg, ns);
}

static enum status
open_native(const struct seed_job* job, void** out)
{
  return open_graph(job, job->what->native, out);
}

const struct seed_way seed_native = { "native", 0, open_native, turn, close_way };

static enum status
open_shim(const struct seed_job* job, void** out)
{
  const int is_here =
    job->what->legacy && clips_find_plugin(job->clips, "json.lib");
  return is_here ? open_graph(job, job->what->legacy, out) : STATUS_OK;
}

const struct seed_way seed_shim = { "shim", 1, open_shim, turn, close_way };

// SPDX-License-Identifier: ISC
// The old nodes as the old system ran them: JSON values from node to node in
// one process, and no text before the end. Takes its turns for `rill bench`:
//   steps JOB FRAMES
// answers each line on stdin with the nanoseconds of one untimed and one timed
// run: value from samples, nodes, init, processing, text from the last value.
#include "audio.h"
#include "classes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_NODES = 3, RATE = 44100 };

enum step { VALUE, NODES, INIT, PROCESS, TEXT, N_STEPS };

struct stage {
  const struct legacy_class* is;
  const char* params;
};

static const char vad_params[] = "{\"sample_rate\":44100,\"frame_duration_ms\":30,"
                                 "\"energy_threshold\":0.01}";
static const char rate_params[] = "{\"source_rate\":44100,\"target_rate\":16000,"
                                  "\"quality\":\"Medium\",\"channels\":2}";

static const struct job {
  const char* name;
  int channels;
  const char* format;
  struct stage stages[MAX_NODES];
} jobs[] = {
  { "convert", 1, "F32", { { &convert_class, "{\"target_format\":\"I16\"}" } } },
  { "s16-f32", 1, "I16", { { &convert_class, "{\"target_format\":\"F32\"}" } } },
  { "f32-s32", 1, "F32", { { &convert_class, "{\"target_format\":\"I32\"}" } } },
  { "s16-s32", 1, "I16", { { &convert_class, "{\"target_format\":\"I32\"}" } } },
  { "resample", 2, "F32", { { &resample_class, rate_params } } },
  { "vad", 2, "F32", { { &vad_class, vad_params } } },
  { "pipeline", 2, "F32",
    { { &vad_class, vad_params },
      { &resample_class, rate_params },
      { &convert_class, "{\"target_format\":\"I16\"}" } } },
};

static int64_t
now_ns(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

// Takes the time since the last call.
static void
lap(int64_t* since, int64_t* ns)
{
  const int64_t now = now_ns();
  *ns += now - *since;
  *since = now;
}

static json_t*
make_value(const struct job* job, const double* samples, size_t n)
{
  const int format = strcmp(job->format, "F32") ? AUDIO_I16 : AUDIO_F32;
  return json_pack("{s:o, s:i, s:i, s:s}", "data",
                   audio_write_data(samples, n, format), "sample_rate", RATE,
                   "channels", job->channels, "format", job->format);
}

static struct rill_legacy_node*
make_node(const struct legacy_class* is)
{
  struct rill_legacy_node* const node = calloc(1, is->n_bytes);
  if (node) {
    node->is = is;
  }
  return node;
}

static void
free_node(struct rill_legacy_node* node)
{
  if (node && node->is->fini) {
    node->is->fini(node);
  }
  free(node);
}

static int
init_node(struct rill_legacy_node* node, const char* text)
{
  json_t* const params = json_loads(text, 0, NULL);
  const int rc = params && node ? node->is->init(node, params) : -1;
  json_decref(params);
  return rc;
}

// The numbers of *more* behind those of *value*: a clip and its tail are one.
static void
append(json_t* value, const json_t* more)
{
  json_array_extend(json_object_get(value, "data"),
                    json_object_get(more, "data"));
}

// What the node makes of *value*, whose reference it takes, with its tail.
static json_t*
pass_on(struct rill_legacy_node* node, json_t* value)
{
  json_t* const outputs = value ? node->is->process(node, value) : NULL;
  json_t* const first = json_incref(json_array_get(outputs, 0));
  json_decref(outputs);
  json_decref(value);
  if (first && node->is->finish) {
    json_t* const rest = node->is->finish(node);
    append(first, json_array_get(rest, 0));
    json_decref(rest);
  }
  return first;
}

// One clip from samples to text.
static int
run(const struct job* job, const double* samples, size_t n, int64_t* ns)
{
  struct rill_legacy_node* nodes[MAX_NODES] = { NULL };
  int rc = 0;
  int64_t since = now_ns();
  json_t* value = make_value(job, samples, n);
  lap(&since, &ns[VALUE]);
  for (int i = 0; i < MAX_NODES && job->stages[i].is; ++i) {
    nodes[i] = make_node(job->stages[i].is);
  }
  lap(&since, &ns[NODES]);
  for (int i = 0; i < MAX_NODES && job->stages[i].is; ++i) {
    rc |= init_node(nodes[i], job->stages[i].params);
  }
  lap(&since, &ns[INIT]);
  for (int i = 0; !rc && i < MAX_NODES && nodes[i]; ++i) {
    value = pass_on(nodes[i], value);
  }
  lap(&since, &ns[PROCESS]);
  char* const text = json_dumps(value, JSON_COMPACT);
  lap(&since, &ns[TEXT]);
  rc |= !text;
  free(text);
  json_decref(value);
  for (int i = 0; i < MAX_NODES; ++i) {
    free_node(nodes[i]);
  }
  return rc ? -1 : 0;
}

static int
take_turns(const struct job* job, const double* samples, size_t n)
{
  for (int c; (c = getchar()) != EOF;) {
    int64_t ns[N_STEPS] = { 0 };
    if (c != '\n') {
      continue;
    }
    if (run(job, samples, n, ns)) {
      return EXIT_FAILURE;
    }
    memset(ns, 0, sizeof ns);
    if (run(job, samples, n, ns)) {
      return EXIT_FAILURE;
    }
    for (int i = 0; i < N_STEPS; ++i) {
      printf("%lld%c", (long long)ns[i], i + 1 < N_STEPS ? ' ' : '\n');
    }
    fflush(stdout);
  }
  return EXIT_SUCCESS;
}

int
main(int argc, char** argv)
{
  const struct job* job = NULL;
  for (size_t i = 0; argc == 3 && i < sizeof jobs / sizeof jobs[0]; ++i) {
    job = strcmp(jobs[i].name, argv[1]) ? job : &jobs[i];
  }
  const long n_frames = job ? atol(argv[2]) : 0;
  if (n_frames < 1) {
    fprintf(stderr, "usage: steps JOB FRAMES\n");
    return 2;
  }
  const size_t n = (size_t)n_frames * (size_t)job->channels;
  double* const samples = malloc(n * sizeof *samples);
  if (!samples) {
    return EXIT_FAILURE;
  }
  const double full = strcmp(job->format, "F32") ? 32767 : 1;
  for (size_t i = 0; i < n; ++i) {
    samples[i] = full * (float)(0.7 * sin((double)i * 0.06));
  }
  const int rc = take_turns(job, samples, n);
  free(samples);
  return rc;
}

// SPDX-License-Identifier: ISC
#include "resample_peers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_SOXR
#include <soxr.h>
#endif
#ifdef HAVE_SAMPLERATE
#include <samplerate.h>
#endif
#ifdef HAVE_SPEEXDSP
#include <speex/speex_resampler.h>
#endif
#ifdef HAVE_SWRESAMPLE
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
#endif

struct peer {
  const char* name;
  int quality;
  void* (*open)(const struct peer_job* job, int quality);
  void (*close)(void* state);
  void (*run)(struct peer_job* job, uint32_t n_frames); // 0: flush
};

#ifdef HAVE_SOXR

// Interleaved, as most of its users have it; with planes it is a tenth faster
// in stereo. What the samples are does not change its time.
static void*
soxr_new(const struct peer_job* job, int quality)
{
  const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
  const soxr_quality_spec_t spec =
    soxr_quality_spec((unsigned long)quality, 0);
  const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
  return soxr_create(job->in_rate, job->out_rate, job->channels, NULL, &io,
                     &spec, &runtime);
}

static void
soxr_free(void* state)
{
  soxr_delete(state);
}

static void
soxr_block(struct peer_job* job, uint32_t n_frames)
{
  size_t n = 0;
  soxr_process(job->state, n_frames ? job->woven : NULL, n_frames, NULL,
               job->out[0], PEER_OUT_FRAMES, &n);
}

#endif
#ifdef HAVE_SWRESAMPLE

static void*
swr_new(const struct peer_job* job, int quality)
{
  AVChannelLayout layout;
  struct SwrContext* s = NULL;
  (void)quality;
  av_channel_layout_default(&layout, (int)job->channels);
  swr_alloc_set_opts2(&s, &layout, AV_SAMPLE_FMT_FLTP, (int)job->out_rate,
                      &layout, AV_SAMPLE_FMT_FLTP, (int)job->in_rate, 0, NULL);
  if (swr_init(s) < 0) {
    swr_free(&s);
  }
  return s;
}

static void
swr_end(void* state)
{
  struct SwrContext* s = state;
  swr_free(&s);
}

static void
swr_block(struct peer_job* job, uint32_t n_frames)
{
  const uint8_t** const in = (const uint8_t**)job->in;
  swr_convert(job->state, (uint8_t**)job->out, PEER_OUT_FRAMES,
              n_frames ? in : NULL, (int)n_frames);
}

#endif
#ifdef HAVE_SPEEXDSP

static void*
speex_new(const struct peer_job* job, int quality)
{
  int error = 0;
  return speex_resampler_init(job->channels, job->in_rate, job->out_rate,
                              quality, &error);
}

static void
speex_free(void* state)
{
  speex_resampler_destroy(state);
}

static void
speex_block(struct peer_job* job, uint32_t n_frames)
{
  static const float silence[4096];
  for (uint32_t c = 0; c < job->channels; ++c) {
    spx_uint32_t n_in = n_frames ? n_frames : 512;
    spx_uint32_t n_out = PEER_OUT_FRAMES;
    speex_resampler_process_float(job->state, c,
                                  n_frames ? job->in[c] : silence, &n_in,
                                  job->out[c], &n_out);
  }
}

#endif
#ifdef HAVE_SAMPLERATE

static void*
lsr_new(const struct peer_job* job, int quality)
{
  int error = 0;
  return src_new(quality, (int)job->channels, &error);
}

static void
lsr_free(void* state)
{
  src_delete(state);
}

// It knows interleaved samples only.
static void
lsr_block(struct peer_job* job, uint32_t n_frames)
{
  SRC_DATA data = { .data_in = job->woven,
                    .data_out = job->out[0],
                    .input_frames = (long)n_frames,
                    .output_frames = PEER_OUT_FRAMES,
                    .end_of_input = !n_frames,
                    .src_ratio = (double)job->out_rate / job->in_rate };
  while (!src_process(job->state, &data) && data.input_frames_used) {
    data.data_in += data.input_frames_used * (long)job->channels;
    data.input_frames -= data.input_frames_used;
  }
}

#endif

static const struct peer peers[] = {
#ifdef HAVE_SOXR
  { "libsoxr LQ", SOXR_LQ, soxr_new, soxr_free, soxr_block },
  { "libsoxr MQ", SOXR_MQ, soxr_new, soxr_free, soxr_block },
  { "libsoxr HQ", SOXR_HQ, soxr_new, soxr_free, soxr_block },
  { "libsoxr VHQ", SOXR_VHQ, soxr_new, soxr_free, soxr_block },
#endif
#ifdef HAVE_SWRESAMPLE
  { "libswresample", 0, swr_new, swr_end, swr_block },
#endif
#ifdef HAVE_SPEEXDSP
  { "speexdsp q5", 5, speex_new, speex_free, speex_block },
#endif
#ifdef HAVE_SAMPLERATE
  { "libsamplerate fastest", SRC_SINC_FASTEST, lsr_new, lsr_free, lsr_block },
#endif
  { NULL, 0, NULL, NULL, NULL },
};

const struct peer*
peer_find(const char* name)
{
  const struct peer* p = peers;
  while (p->name && strcmp(p->name, name)) {
    ++p;
  }
  return p->name ? p : NULL;
}

static void
weave(struct peer_job* job)
{
  for (uint32_t c = 0; c < job->channels; ++c) {
    for (uint32_t i = 0; i < job->n_frames; ++i) {
      job->woven[(size_t)i * job->channels + c] = job->in[c][i];
    }
  }
}

void
peer_open(struct peer_job* job, const struct peer* peer)
{
  float* const out =
    calloc((size_t)job->channels * PEER_OUT_FRAMES, sizeof *out);
  job->peer = peer;
  job->woven = calloc((size_t)job->channels * job->n_frames, sizeof(float));
  job->state = peer->open(job, peer->quality);
  if (!out || !job->woven || !job->state) {
    fprintf(stderr, "%s does not open\n", peer->name);
    exit(EXIT_FAILURE);
  }
  weave(job);
  for (uint32_t c = 0; c < job->channels; ++c) {
    job->out[c] = out + (size_t)c * PEER_OUT_FRAMES;
  }
}

void
peer_close(struct peer_job* job)
{
  job->peer->close(job->state);
  free(job->out[0]);
  free(job->woven);
}

void
peer_run(struct peer_job* job)
{
  job->peer->run(job, job->n_frames);
}

void
peer_flush(struct peer_job* job)
{
  job->peer->run(job, 0);
}

// SPDX-License-Identifier: ISC
#include "swr.h"

#ifdef HAVE_SWRESAMPLE

#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <stdlib.h>

static enum AVSampleFormat
format_of(const struct rill_format* f)
{
  const int planar = f->packing == RILL_PLANAR;
  switch (f->encoding) {
    case RILL_ENC_U8: return planar ? AV_SAMPLE_FMT_U8P : AV_SAMPLE_FMT_U8;
    case RILL_ENC_S16: return planar ? AV_SAMPLE_FMT_S16P : AV_SAMPLE_FMT_S16;
    case RILL_ENC_S32: return planar ? AV_SAMPLE_FMT_S32P : AV_SAMPLE_FMT_S32;
    case RILL_ENC_F32: return planar ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT;
    case RILL_ENC_F64: return planar ? AV_SAMPLE_FMT_DBLP : AV_SAMPLE_FMT_DBL;
    default: return AV_SAMPLE_FMT_NONE; // it has no packed s24
  }
}

int
swr_job_open(struct swr_job* job,
             const struct rill_buffer* in,
             struct rill_buffer* out,
             int dither)
{
  const enum AVSampleFormat from = format_of(in->format);
  const enum AVSampleFormat to = format_of(out->format);
  AVChannelLayout layout;
  struct SwrContext* context = NULL;
  *job = (struct swr_job){ .in = in, .out = out };
  if (from == AV_SAMPLE_FMT_NONE || to == AV_SAMPLE_FMT_NONE) {
    return 0;
  }
  av_channel_layout_default(&layout, (int)in->n_planes);
  swr_alloc_set_opts2(&context, &layout, to, 48000, &layout, from, 48000, 0,
                      NULL);
  if (dither) {
    av_opt_set_int(context, "dither_method", SWR_DITHER_TRIANGULAR, 0);
  }
  if (swr_init(context) < 0) {
    swr_free(&context);
    return 0;
  }
  job->context = context;
  return 1;
}

void
swr_job_close(struct swr_job* job)
{
  struct SwrContext* context = job->context;
  swr_free(&context);
}

void
swr_job_run(void* arg)
{
  struct swr_job* const job = arg;
  const uint8_t* in[64];
  uint8_t* out[64];
  for (uint32_t c = 0; c < job->in->n_planes && c < 64; ++c) {
    in[c] = job->in->planes[c].data;
    out[c] = job->out->planes[c].data;
  }
  const int n = (int)job->in->n_frames;
  if (swr_convert(job->context, out, n, in, n) != n) {
    abort();
  }
}

const char*
swr_version(void)
{
  return swresample_license() ? AV_STRINGIFY(LIBSWRESAMPLE_VERSION) : NULL;
}

#else

int
swr_job_open(struct swr_job* job,
             const struct rill_buffer* in,
             struct rill_buffer* out,
             int dither)
{
  (void)dither;
  *job = (struct swr_job){ .in = in, .out = out };
  return 0;
}

void
swr_job_close(struct swr_job* job)
{
  (void)job;
}

void
swr_job_run(void* job)
{
  (void)job;
}

const char*
swr_version(void)
{
  return NULL;
}

#endif

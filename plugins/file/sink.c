// SPDX-License-Identifier: ISC
#include "sink.h"

#include "codec.h"
#include "encoder.h"
#include "wave_head.h"

#include <inttypes.h>
#include <rill/helpers.h>

// One write call: large enough that the call costs nothing.
enum { BUFFER_BYTES = 1 << 17 };

static int32_t
fail_file(const struct sink* s, int32_t status, struct why* why)
{
  return status == RILL_ERR_NO_MEMORY
           ? why_set(why, status, "out of memory")
           : why_set(why, status, "%s", s->file.why);
}

static struct wave_head
head_of(const struct sink* s)
{
  return (struct wave_head){
    .encoding = s->setup->encoding,
    .rate = s->setup->in.rate,
    .channels = s->setup->in.channels,
    .layout = s->setup->in.layout,
    .n_frames = s->n_frames,
    .always_64 = !strcmp(s->setup->container->name, "rf64"),
  };
}

static int32_t
begin_wave(struct sink* s, struct why* why)
{
  uint8_t head[WAVE_HEAD_BYTES];
  const struct wave_head h = head_of(s);
  s->words.encoding = s->setup->encoding;
  s->words.bits = 8 * rill_sample_bytes(s->setup->encoding);
  const int32_t st =
    rill_atomic_write(&s->file, head, wave_head_write(&h, head));
  return st ? fail_file(s, st, why) : RILL_OK;
}

static int32_t
end_wave(struct sink* s, struct why* why)
{
  uint8_t head[WAVE_HEAD_BYTES];
  const struct wave_head h = head_of(s);
  const uint32_t n_head = wave_head_write(&h, head);
  const size_t n_pad = s->n_frames * s->frame_bytes & 1;
  int32_t st = rill_atomic_write(&s->file, "", n_pad);
  st = st ? st : rill_atomic_write_at(&s->file, head, n_head, 0);
  return st ? fail_file(s, st, why) : RILL_OK;
}

static int
is_own(const struct sink* s)
{
  return s->setup->container->flags & CONTAINER_OWN;
}

int32_t
sink_open(struct sink* s,
          const struct sink_setup* setup,
          const char* path,
          struct why* why)
{
  s->setup = setup;
  s->encoder = NULL;
  s->n_used = 0;
  s->n_frames = 0;
  s->has_failed = 0;
  s->words = (struct words){ .dither = setup->dither, .seed = setup->seed };
  if (!s->buffer && !(s->buffer = malloc(BUFFER_BYTES))) {
    return why_set(why, RILL_ERR_NO_MEMORY, "out of memory");
  }
  int32_t st = rill_atomic_open(&s->file, path, setup->file_flags);
  if (st) {
    return fail_file(s, st, why);
  }
  st = is_own(s) ? begin_wave(s, why) : encoder_open(s, why);
  s->frame_bytes = rill_sample_bytes(s->words.encoding) * setup->in.channels;
  if (st) {
    sink_discard(s);
  }
  return st;
}

static int32_t
flush(struct sink* s, struct why* why)
{
  const uint32_t n_frames = s->n_used / s->frame_bytes;
  int32_t st = RILL_OK;
  if (s->n_used && is_own(s)) {
    st = rill_atomic_write(&s->file, s->buffer, s->n_used);
    st = st ? fail_file(s, st, why) : RILL_OK;
  } else if (s->n_used) {
    st = encoder_write(s, s->buffer, n_frames, why);
  }
  s->n_used = 0;
  return st;
}

static int32_t
check_room(const struct sink* s, uint32_t n_frames, struct why* why)
{
  const struct container* const c = s->setup->container;
  const uint64_t n_bytes = (s->n_frames + n_frames) * s->setup->in.channels *
                           rill_sample_bytes(s->setup->encoding);
  if (!c->max_bytes || n_bytes <= c->max_bytes) {
    return RILL_OK;
  }
  return why_set(why, RILL_ERR_OUTPUT,
                 "%s: a file of type %s cannot become larger than 2 GiB: use "
                 ".wav, .w64, .caf or .flac",
                 s->file.path, c->name);
}

static void
fill(struct sink* s, const struct rill_buffer* in, uint32_t first, uint32_t n)
{
  uint8_t* const out = s->buffer + s->n_used;
  if (words_are_same(&s->words, in->format)) {
    memcpy(out,
           (const char*)in->planes[0].data + (uint64_t)first * s->frame_bytes,
           (uint64_t)n * s->frame_bytes);
  } else {
    words_from(&s->words, in, first, n, out);
  }
  s->n_used += n * s->frame_bytes;
}

int32_t
sink_write(struct sink* s, const struct rill_buffer* in, struct why* why)
{
  int32_t st = check_room(s, in->n_frames, why);
  for (uint32_t done = 0; !st && done < in->n_frames;) {
    const uint32_t room = (BUFFER_BYTES - s->n_used) / s->frame_bytes;
    const uint32_t left = in->n_frames - done;
    const uint32_t n = left < room ? left : room;
    fill(s, in, done, n);
    done += n;
    if (n == room) {
      st = flush(s, why);
    }
  }
  s->n_frames += in->n_frames;
  return st;
}

int32_t
sink_commit(struct sink* s, struct why* why)
{
  int32_t st = flush(s, why);
  st = st ? st : is_own(s) ? end_wave(s, why) : encoder_close(s, why);
  if (!st && (st = rill_atomic_commit(&s->file))) {
    st = fail_file(s, st, why);
  }
  sink_discard(s);
  return st;
}

void
sink_discard(struct sink* s)
{
  if (s->encoder) {
    codec.sf_close(s->encoder);
    s->encoder = NULL;
  }
  rill_atomic_discard(&s->file);
}

void
sink_fini(struct sink* s)
{
  sink_discard(s);
  free(s->buffer);
  s->buffer = NULL;
}

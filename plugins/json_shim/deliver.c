// SPDX-License-Identifier: ISC
#include "deliver.h"

#include "base64.h"

#include <jansson.h>

#include <string.h>

enum { NOTHING = 0, GIVEN = 1 };

void
delivery_init(struct delivery* d, const struct rill_host* host,
              const struct rill_format* format, uint32_t max_frames)
{
  *d = (struct delivery){ .host = host, .format = *format,
                          .max_frames = max_frames };
}

void
delivery_begin(struct delivery* d, const struct document* doc)
{
  d->doc = doc;
  d->index = 0;
  d->n = json_array_size(reply_outputs(doc));
  d->is_open = 0;
}

void
delivery_forget_place(struct delivery* d)
{
  d->has_place = 0;
}

int
delivery_is_done(const struct delivery* d)
{
  return d->index == d->n;
}

static int32_t
blame(const struct delivery* d, int32_t rc, struct why* why)
{
  char reason[400];
  snprintf(reason, sizeof reason, "%.399s", why->text);
  return why_set(why, rc, "outputs[%zu]: %s", d->index, reason);
}

static const char*
encoding_word(uint32_t encoding)
{
  return encoding == RILL_ENC_F32   ? "F32"
         : encoding == RILL_ENC_S16 ? "I16"
         : encoding == RILL_ENC_S32 ? "I32"
                                    : "?";
}

static int32_t
check_format(const struct delivery* d, struct why* why)
{
  const struct rill_format* const is = &d->audio.format;
  const struct rill_format* const f = &d->format;
  if (is->encoding == f->encoding && is->channels == f->channels &&
      (uint64_t)is->rate * f->rate_den == f->rate) {
    return RILL_OK;
  }
  return why_set(why, RILL_ERR_BAD_FORMAT,
                 "this is %s, %u channels, %u Hz, but the graph was planned "
                 "for %s, %u channels, %u Hz: say what the node gives with "
                 "out_encoding, out_channels and out_rate",
                 encoding_word(is->encoding), is->channels, is->rate,
                 encoding_word(f->encoding), f->channels,
                 f->rate_den ? f->rate / f->rate_den : 0);
}

static void
place(struct delivery* d, struct rill_buffer* b)
{
  if (d->has_place) {
    b->media_pos = d->next_pos;
  }
  b->pts_ns = rill_frames_to_ns(b->media_pos, d->format.rate,
                                d->format.rate_den);
  b->flags &= ~(uint32_t)RILL_BUFFER_SILENT;
  d->has_place = 1;
  d->next_pos = b->media_pos + b->n_frames;
}

static int32_t
open_audio(struct delivery* d, const struct json_t* value, struct why* why)
{
  int32_t rc = value_audio_open(&d->audio, d->doc, value, why);
  rc = rc < 0 ? rc : check_format(d, why);
  d->is_open = rc >= 0;
  return rc;
}

static int32_t
give_audio(struct delivery* d, const struct json_t* value, struct rill_io* io,
           struct why* why)
{
  uint32_t n_done = 0;
  int32_t rc = d->is_open ? RILL_OK : open_audio(d, value, why);
  if (rc >= 0) {
    rc = value_audio_read(&d->audio, io->buffer, d->max_frames, &n_done, why);
  }
  if (rc < 0) {
    return rc;
  }
  if (d->audio.next_frame >= d->audio.n_frames || !n_done) {
    d->is_open = 0;
    ++d->index;
  }
  io->buffer->n_frames = n_done;
  if (n_done) {
    place(d, io->buffer);
  }
  return n_done ? GIVEN : NOTHING;
}

// A payload of *n* bytes: the host's buffer, or a larger one of our own.
static char*
payload_room(struct delivery* d, struct rill_io* io, size_t n)
{
  struct rill_buffer* b = io->buffer;
  if (n > b->planes[0].capacity) {
    if (n > UINT32_MAX ||
        !(b = d->host->buffers->alloc(d->host, &d->format, (uint32_t)n))) {
      return NULL;
    }
    d->host->buffers->copy_props(d->host, b, io->buffer);
    io->buffer = b;
  }
  b->planes[0].used = n;
  b->n_frames = 1;
  return (char*)b->planes[0].data;
}

static int32_t
give_bytes(struct delivery* d, struct rill_io* io, const struct span* from,
           struct why* why)
{
  char* const room = payload_room(d, io, from->n);
  if (!room) {
    return why_set(why, RILL_ERR_NO_MEMORY, "out of memory for an output");
  }
  memcpy(room, from->at, from->n);
  ++d->index;
  return GIVEN;
}

static int32_t
give_text(struct delivery* d, const struct json_t* value, struct rill_io* io,
          struct why* why)
{
  if (!document_is_text(d->doc, value)) {
    return why_set(why, RILL_ERR_CORRUPT,
                   "the graph expects a text, and this is none");
  }
  const struct span text = { json_string_value(value),
                             json_string_length(value) };
  return give_bytes(d, io, &text, why);
}

static int32_t
give_base64(struct delivery* d, const struct json_t* value, struct rill_io* io,
            struct why* why)
{
  const struct part* const part =
    document_part(d->doc, json_object_get(value, "base64"));
  if (!part || part->is_array) {
    return why_set(why, RILL_ERR_CORRUPT,
                   "the graph expects bytes: {\"base64\": \"...\"}");
  }
  const int64_t n = base64_bytes(part->text.at, part->text.n);
  if (n < 0) {
    return why_set(why, RILL_ERR_CORRUPT, "'base64' has a wrong length");
  }
  char* const room = payload_room(d, io, (size_t)n);
  if (!room) {
    return why_set(why, RILL_ERR_NO_MEMORY, "out of memory for an output");
  }
  const char* const bad = base64_decode(room, part->text.at, part->text.n);
  if (bad) {
    return why_set(why, RILL_ERR_CORRUPT, "'base64' is wrong at character %zu",
                   (size_t)(bad - part->text.at));
  }
  ++d->index;
  return GIVEN;
}

static int32_t
give(struct delivery* d, struct rill_io* io, struct why* why)
{
  const struct json_t* const value =
    json_array_get(reply_outputs(d->doc), d->index);
  switch (d->format.kind) {
    case RILL_KIND_AUDIO: return give_audio(d, value, io, why);
    case RILL_KIND_TEXT: return give_text(d, value, io, why);
    case RILL_KIND_BYTES: return give_base64(d, value, io, why);
    case RILL_KIND_JSON: return give_bytes(d, io, &d->doc->items[d->index], why);
    default: d->index = d->n; return NOTHING;
  }
}

int32_t
delivery_next(struct delivery* d, struct rill_io* io, struct why* why)
{
  int32_t rc = NOTHING;
  while (rc == NOTHING && !delivery_is_done(d)) {
    rc = give(d, io, why);
  }
  return rc < 0 && rc != RILL_ERR_NO_MEMORY ? blame(d, rc, why) : rc;
}

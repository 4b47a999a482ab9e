// SPDX-License-Identifier: ISC
// The place and the history, so that another instance of the same settings
// gives exactly the frames that this one would have given.
#include "resample.h"

enum { VERSION = 1 };

struct head {
  uint32_t in_rate;
  uint32_t out_rate;
  uint32_t channels;
  uint32_t quality;
  uint32_t low_latency;
  uint32_t reserved0;
  struct place now;
};

static struct head
head_of(const struct resample* self)
{
  return (struct head){ .in_rate = self->stream.in_rate,
                        .out_rate = self->stream.out_rate,
                        .channels = self->stream.channels,
                        .quality = self->quality,
                        .low_latency = self->low_latency,
                        .now = self->stream.now };
}

static int32_t
export_state(const struct rill_node* node, const struct rill_writer* to)
{
  const struct resample* const self = (const struct resample*)node;
  const struct stream* const s = &self->stream;
  const struct head head = head_of(self);
  int32_t st = to->write(to->arg, &head, sizeof head);

  for (uint32_t c = 0; st >= 0 && s->history && c < s->channels; ++c) {
    st = to->write(to->arg, s->history + (size_t)c * s->capacity,
                   s->now.held * sizeof(float));
  }
  return st;
}

static int
same_settings(const struct head* a, const struct head* b)
{
  return a->in_rate == b->in_rate && a->out_rate == b->out_rate &&
         a->channels == b->channels && a->quality == b->quality &&
         a->low_latency == b->low_latency;
}

static int32_t
refuse(const struct rill_node* node, const char* why)
{
  return rill_fail(node, RILL_ERR_BAD_STATE_BLOB, why);
}

static void
read_history(struct stream* s, const struct place* now, const char* data)
{
  s->now = *now;
  for (uint32_t c = 0; s->history && c < s->channels; ++c) {
    memcpy(s->history + (size_t)c * s->capacity,
           data + (size_t)c * now->held * sizeof(float),
           now->held * sizeof(float));
  }
}

static int32_t
import_state(struct rill_node* node,
             uint32_t version,
             const void* data,
             uint64_t n_bytes)
{
  struct resample* const self = (struct resample*)node;
  const struct head own = head_of(self);
  struct head head;
  if (version != VERSION || n_bytes < sizeof head) {
    return refuse(node, "the saved state is not one of resample, version 1");
  }
  memcpy(&head, data, sizeof head);
  if (!same_settings(&own, &head)) {
    return refuse(node, "the saved state is of other rates, channels, quality "
                        "or latency: start without it");
  }
  const uint64_t n_samples =
    self->stream.history ? (uint64_t)head.now.held * head.channels : 0;
  if (n_bytes != sizeof head + n_samples * sizeof(float) ||
      !stream_fits(&self->stream, &head.now)) {
    return refuse(node, "the saved state is damaged: start without it");
  }

  read_history(&self->stream, &head.now, (const char*)data + sizeof head);
  return RILL_OK;
}

// All of it: where the windows lie counts from the first frame.
static uint64_t
history_frames(const struct rill_node* node)
{
  (void)node;
  return 0;
}

const struct rill_state_ops resample_state_ops = {
  .size = sizeof resample_state_ops,
  .export_state = export_state,
  .import_state = import_state,
  .history_frames = history_frames,
};

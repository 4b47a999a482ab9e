// SPDX-License-Identifier: ISC
// Inline helpers that keep plugins short. Nothing here is part of the binary
// contract: it is compiled into the plugin.
#ifndef RILL_HELPERS_H
#define RILL_HELPERS_H

#include "entry.h"

#include <stdlib.h>
#include <string.h>

#define RILL_UNUSED __attribute__((unused))
#define RILL_COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

/// Zeroed memory for an instance that starts with a struct rill_node.
static inline int32_t
rill_new_node(size_t n_bytes,
              const struct rill_node_ops* ops,
              const struct rill_host* host,
              struct rill_node** out)
{
  struct rill_node* const node = (struct rill_node*)calloc(1, n_bytes);
  if (!node) {
    return RILL_ERR_NO_MEMORY;
  }
  node->ops = ops;
  node->host = host;
  *out = node;
  return RILL_OK;
}

/// The destroy of a node that owns nothing else.
static inline void
rill_free_node(struct rill_node* node)
{
  free(node);
}

/// Says why and gives the status back, to be returned.
static inline int32_t
rill_fail(const struct rill_node* node, int32_t status, const char* text)
{
  node->host->set_error(node->host, status, text);
  return status;
}

/// Channels of the audio buffer on a slot; 0 when there is none.
static inline uint32_t
rill_channels(const struct rill_io* io)
{
  return io->buffer ? io->buffer->n_planes : 0;
}

/// Samples of one channel of a planar f32 input. The slot has a buffer.
static inline const float*
rill_f32_in(const struct rill_process* block, uint32_t slot, uint32_t channel)
{
  return (const float*)block->in[slot]->buffer->planes[channel].data;
}

/// The same of an output.
static inline float*
rill_f32_out(const struct rill_process* block, uint32_t slot, uint32_t channel)
{
  return (float*)block->out[slot]->buffer->planes[channel].data;
}

/// Bytes of one sample of an audio encoding or of one number of a tensor; 0
/// for anything else.
static inline uint32_t
rill_sample_bytes(uint32_t encoding)
{
  switch (encoding) {
    case RILL_ENC_U8:
    case RILL_ENC_S8: return 1;
    case RILL_ENC_S16:
    case RILL_ENC_F16: return 2;
    case RILL_ENC_S24: return 3;
    case RILL_ENC_S32:
    case RILL_ENC_F32: return 4;
    case RILL_ENC_F64:
    case RILL_ENC_S64: return 8;
    default: return 0;
  }
}

/// Bytes of one frame of a tensor.
static inline uint64_t
rill_tensor_row_bytes(const struct rill_format* f)
{
  uint64_t n = rill_sample_bytes(f->encoding);
  for (uint32_t i = 0; i < f->rank && i < RILL_MAX_RANK; ++i) {
    n *= f->shape[i];
  }
  return n;
}

static inline int
rill_same_format(const struct rill_format* a, const struct rill_format* b)
{
  struct rill_format x = *a;
  x.uri = b->uri;
  return !memcmp(&x, b, sizeof x) &&
         (a->uri == b->uri || (a->uri && b->uri && !strcmp(a->uri, b->uri)));
}

/// Frames at rate/rate_den as nanoseconds, rounded down, without overflow for
/// any position below 2^63 ns (292 years).
static inline int64_t
rill_frames_to_ns(int64_t frames, uint32_t rate, uint32_t rate_den)
{
  const int64_t den = rate_den ? rate_den : 1;
  if (!rate) {
    return 0;
  }
  // frames * den / rate in whole seconds and the rest apart
  const int64_t n = frames * den;
  return n / rate * 1000000000 + n % rate * 1000000000 / rate;
}

// Ports of the common case: planar f32, any rate and number of channels, and
// an output that has those of the input and may share its memory.

static const uint32_t rill_list_f32[] RILL_UNUSED = { RILL_ENC_F32 };
static const uint32_t rill_list_planar[] RILL_UNUSED = { RILL_PLANAR };

/// For the constraints of a port: planar f32.
#define RILL_IS_F32                                                            \
  { RILL_FIELD_ENCODING, RILL_ONE_OF, 0, 0, 0, 0, 1, 0, rill_list_f32, 0,      \
    { 0, 0 } }
#define RILL_IS_PLANAR                                                         \
  { RILL_FIELD_PACKING, RILL_ONE_OF, 0, 0, 0, 0, 1, 0, rill_list_planar, 0,    \
    { 0, 0 } }
/// *field* is that of the port with id *port_id*.
#define RILL_SAME(field, port_id)                                              \
  { field, RILL_SAME_AS, 0, 0, 0, port_id, 0, 0, 0, 0, { 0, 0 } }
/// *field* is what the parameter *symbol* says.
#define RILL_FROM(field, symbol)                                               \
  { field, RILL_PARAM, 0, 0, 0, 0, 0, 0, 0, symbol, { 0, 0 } }
/// *field* lies in lo .. hi, nearest to *best*.
#define RILL_BETWEEN(field, lo, hi, best)                                      \
  { field, RILL_RANGE, lo, hi, best, 0, 0, 0, 0, 0, { 0, 0 } }
/// *field* is in the array *list*.
#define RILL_AMONG(field, list)                                                \
  { field, RILL_ONE_OF, 0, 0, 0, 0, RILL_COUNT(list), 0, list, 0, { 0, 0 } }
/// A format set of *kind* with the demands in the array *demands*.
#define RILL_SET(kind, demands)                                                \
  { sizeof(struct rill_format_set), kind, RILL_COUNT(demands), 0, demands, 0 }
/// A format set of *kind* that takes anything.
#define RILL_ANY(kind) { sizeof(struct rill_format_set), kind, 0, 0, 0, 0 }

static const struct rill_constraint rill_f32_in_demands[] RILL_UNUSED = {
  RILL_IS_F32, RILL_IS_PLANAR
};
static const struct rill_constraint rill_f32_out_demands[] RILL_UNUSED = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_SAME(RILL_FIELD_RATE, 1),
  RILL_SAME(RILL_FIELD_CHANNELS, 1)
};
static const struct rill_format_set rill_f32_in_set RILL_UNUSED =
  RILL_SET(RILL_KIND_AUDIO, rill_f32_in_demands);
static const struct rill_format_set rill_f32_out_set RILL_UNUSED =
  RILL_SET(RILL_KIND_AUDIO, rill_f32_out_demands);
static const struct rill_format_set* const rill_f32_in_sets[] RILL_UNUSED = {
  &rill_f32_in_set
};
static const struct rill_format_set* const rill_f32_out_sets[] RILL_UNUSED = {
  &rill_f32_out_set
};
static const struct rill_port_desc rill_f32_in_port RILL_UNUSED = {
  sizeof(struct rill_port_desc), 1, RILL_IN, 0, "in", "audio",
  rill_f32_in_sets, 1, 0
};
static const struct rill_port_desc rill_f32_out_port RILL_UNUSED = {
  sizeof(struct rill_port_desc), 2, RILL_OUT, 0, "out", "audio",
  rill_f32_out_sets, 1, 1
};
/// One planar f32 input (id 1) and one output (id 2) of the same shape.
static const struct rill_port_desc* const rill_f32_ports[] RILL_UNUSED = {
  &rill_f32_in_port, &rill_f32_out_port
};

#endif

// SPDX-License-Identifier: ISC
#include "engine/outputs.h"

#include "engine/layout.h"
#include "engine/state.h"
#include "engine/wide.h"

static int
link_asks_for_room(struct link* link)
{
  if (link_has_room(link)) {
    return 1;
  }
  atomic_store(&link->want_room, 1);
  if (link_has_room(link)) {
    atomic_store(&link->want_room, 0);
    return 1;
  }
  return 0;
}

int
outputs_have_room(struct node* node)
{
  for (uint32_t i = 0; i < node->n_out; ++i) {
    for (uint32_t k = 0; k < node->out[i].n_links; ++k) {
      if (!link_asks_for_room(node->out[i].links[k])) {
        return 0;
      }
    }
  }
  return 1;
}

static const struct rill_buffer*
leading_input(const struct node* node)
{
  for (uint32_t i = 0; i < node->n_in; ++i) {
    if (node->in[i].taken) {
      return &node->in[i].taken->shown;
    }
  }
  return NULL;
}

static int
same_rate(const struct rill_format* a, const struct rill_format* b)
{
  return a->rate == b->rate && a->rate_den == b->rate_den && a->kind == b->kind;
}

// The same time in frames of another rate, rounded down.
static int64_t
rescale(int64_t pos, const struct rill_format* from, const struct rill_format* to)
{
  const uint64_t a = (uint64_t)to->rate * from->rate_den;
  const uint64_t b = (uint64_t)from->rate * to->rate_den;
  return a && b ? (int64_t)((wide)pos * (wide)a / (wide)b) : pos;
}

void
outputs_preset(const struct out_slot* out, const struct rill_buffer* from,
               uint32_t n_frames, struct buffer* b)
{
  if (!from) {
    b->shown.media_pos = out->next_pos;
    b->shown.stream_id = out->stream_id;
  } else if (same_rate(from->format, out->format)) {
    buffer_copy_place(b, from);
    if (from->n_metas) {
      buffer_copy_metas(b, from, 0, from->n_frames);
    }
  } else {
    b->shown.media_pos = rescale(from->media_pos, from->format, out->format);
    b->shown.stream_id = from->stream_id;
    b->shown.pts_ns = from->pts_ns;
  }
  if (from) {
    b->shown.media_pos -= out->shift;
  }
  b->shown.n_frames = out->paired ? n_frames : 0;
}

static struct buffer*
in_place(const struct node* node, const struct out_slot* out)
{
  struct buffer* const b = out->in_place < 0 ? NULL : node->in[out->in_place].taken;
  return b && !node->again && buffer_is_sole(b) ? b : NULL;
}

enum status
outputs_bind(struct node* node)
{
  for (uint32_t i = 0; i < node->n_out; ++i) {
    struct out_slot* const out = &node->out[i];
    struct rill_io* const io = node->io_pointers[node->n_in + i];
    out->bound = NULL;
    io->buffer = NULL;
    if (out->passthrough) {
      continue;
    }
    if (!(out->bound = in_place(node, out))) {
      if (!(out->bound = pool_take(&out->pool))) {
        return STATUS_NO_MEMORY;
      }
      outputs_preset(out, leading_input(node), node->block.n_frames, out->bound);
    } else {
      out->bound->shown.media_pos -= out->shift;
    }
    io->buffer = &out->bound->shown;
  }
  return STATUS_OK;
}

static struct in_slot*
input_with(struct node* node, const struct rill_buffer* shown)
{
  for (uint32_t i = 0; i < node->n_in; ++i) {
    if (node->in[i].taken && &node->in[i].taken->shown == shown) {
      return &node->in[i];
    }
  }
  return NULL;
}

static void
give_back_bound(struct node* node, struct out_slot* out)
{
  if (out->bound && !input_with(node, &out->bound->shown)) {
    buffer_unref(out->bound);
  }
  out->bound = NULL;
}

void
outputs_drop(struct node* node, uint32_t i)
{
  struct out_slot* const out = &node->out[i];
  struct rill_io* const io = node->io_pointers[node->n_in + i];
  if (io->buffer && (!out->bound || io->buffer != &out->bound->shown) &&
      !input_with(node, io->buffer)) {
    buffer_unref(buffer_of(io->buffer));
  }
  io->buffer = NULL;
  give_back_bound(node, out);
}

// What the host can see of a buffer that came out of a plugin.
static const char*
find_breach(const struct node* node, const struct out_slot* out,
            const struct rill_buffer* b)
{
  const uint32_t kind = b->format->kind;
  if (kind == RILL_KIND_AUDIO || kind == RILL_KIND_TENSOR
        ? b->n_frames > b->capacity_frames
        : b->n_planes && b->planes[0].used > b->planes[0].capacity) {
    return "process produced more than the buffer has room for";
  }
  if (out->bound && &out->bound->shown == b &&
      (b->planes != out->bound->planes || b->format != &out->bound->format ||
       b->size != sizeof *b)) {
    return "process changed the planes, format or size of its output buffer";
  }
  if (node->engine->options.checks && out->bound && out->bound->memory &&
      !buffer_canary_intact(out->bound)) {
    return "process wrote past the end of its output buffer";
  }
  return NULL;
}

void
outputs_number(const struct out_slot* out, struct buffer* b)
{
  const struct rill_format* const f = b->shown.format;
  b->shown.seq = out->n_sent;
  if (f->rate) {
    b->shown.pts_ns = rill_frames_to_ns(b->shown.media_pos, f->rate, f->rate_den);
    b->shown.duration_ns = rill_frames_to_ns(b->shown.n_frames, f->rate, f->rate_den);
  }
}

static void
send(struct out_slot* out, struct buffer* b)
{
  // Noted first: once sent, the buffer is the consumers'.
  const uint32_t n_frames = b->shown.n_frames;
  const int64_t next_pos = b->shown.media_pos + n_frames;
  const uint32_t stream_id = b->shown.stream_id;
  for (uint32_t k = 0; k + 1 < out->n_links; ++k) {
    buffer_ref(b);
  }
  if (!out->n_links) {
    buffer_unref(b);
  }
  for (uint32_t k = 0; k < out->n_links; ++k) {
    link_push(out->links[k], b);
  }
  ++out->n_sent;
  out->n_produced += n_frames;
  out->next_pos = next_pos;
  out->stream_id = stream_id;
}

// The reference that goes onto the links: the host's own buffer, the node's,
// or that of an input, moved where the input is not needed any more.
static struct buffer*
claim(struct node* node, struct out_slot* out, struct rill_buffer* shown,
      int keep_inputs)
{
  struct buffer* const b = buffer_of(shown);
  struct in_slot* const in = input_with(node, shown);
  if (out->bound != b) {
    give_back_bound(node, out);
  }
  if (in && !keep_inputs) {
    in->taken = NULL; // moved; a second output of the same buffer is no input
    node->moved = b;
  } else if (in || node->moved == b) {
    buffer_ref(b);
  }
  return b;
}

int
outputs_collect(struct node* node, int keep_inputs, const char** breach)
{
  int n_sent = 0;
  node->moved = NULL;
  for (uint32_t i = 0; i < node->n_out; ++i) {
    struct out_slot* const out = &node->out[i];
    struct rill_buffer* const shown = node->io_pointers[node->n_in + i]->buffer;
    if (!shown || !shown->n_frames) {
      outputs_drop(node, i); // an empty buffer of the node's own too
      continue;
    }
    if (!*breach) {
      *breach = find_breach(node, out, shown);
    }
    struct buffer* const b = claim(node, out, shown, keep_inputs);
    if (*breach) {
      node->io_pointers[node->n_in + i]->buffer = NULL;
      buffer_unref(b);
      continue;
    }
    if (out->bound == b) {
      outputs_number(out, b);
    }
    out->bound = NULL;
    node->io_pointers[node->n_in + i]->buffer = NULL;
    send(out, b);
    node->noted_out = 1;
    ++n_sent;
  }
  if (n_sent) {
    atomic_store_explicit(&node->stats.frames_out,
                          (uint64_t)node->out[0].n_produced,
                          memory_order_relaxed);
    stat_add(&node->stats.buffers_out, (uint64_t)n_sent);
  }
  return n_sent;
}

void
outputs_discard(struct node* node)
{
  for (uint32_t i = 0; i < node->n_out; ++i) {
    outputs_drop(node, i);
  }
}

const char*
outputs_breach(const struct node* node, uint32_t i)
{
  const struct rill_buffer* const b = node->io_pointers[node->n_in + i]->buffer;
  return b && b->n_frames ? find_breach(node, &node->out[i], b) : NULL;
}

void
outputs_end(struct node* node)
{
  for (uint32_t i = 0; i < node->n_out; ++i) {
    for (uint32_t k = 0; k < node->out[i].n_links; ++k) {
      atomic_store_explicit(&node->out[i].links[k]->ended, 1, memory_order_release);
    }
  }
  node->noted_out = 1;
}

// SPDX-License-Identifier: ISC
#include "tests/fake_nodes.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

enum { MAX_SEEN = 16, MAX_PARAMS = 4, RATE = 48000 };

static struct seen seen[MAX_SEEN];
static int n_seen;
static pthread_mutex_t seen_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int n_alive;
static atomic_int n_met;

struct fake {
  struct rill_node node;
  int64_t params[MAX_PARAMS];
  int64_t n_done; // frames, or calls
  struct seen* seen;
  float ring[64];
  struct rill_buffer* held[4];
  uint32_t n_used; // of the input that is called again
};

const struct seen*
fake_seen(const char* id)
{
  for (int i = 0; i < n_seen; ++i) {
    if (!strcmp(seen[i].id, id)) {
      return &seen[i];
    }
  }
  return NULL;
}

void
fake_nodes_reset(void)
{
  n_seen = 0;
  memset(seen, 0, sizeof seen);
}

int
fake_nodes_alive(void)
{
  return atomic_load(&n_alive);
}

// Sources --------------------------------------------------------------------

static int32_t
count_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  const int64_t left = self->params[0] - self->n_done;
  const uint32_t n = left < block->n_frames ? (uint32_t)left : block->n_frames;
  float* const out = rill_f32_out(block, 0, 0);
  for (uint32_t i = 0; i < n; ++i) {
    out[i] = (float)((self->n_done + i) * self->params[1] % (1 << 24));
  }
  block->out[0]->buffer->n_frames = n;
  self->n_done += n;
  return self->n_done == self->params[0] ? RILL_DRAINED : RILL_OK;
}

static int32_t
stall_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  (void)block;
  return RILL_OK;
}

// Filters --------------------------------------------------------------------

static int32_t
add_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  for (uint32_t c = 0; c < rill_channels(block->in[0]); ++c) {
    const float* const in = rill_f32_in(block, 0, c);
    float* const out = rill_f32_out(block, 0, c);
    for (uint32_t i = 0; i < block->n_frames; ++i) {
      out[i] = in[i] + (float)self->params[0];
    }
  }
  return RILL_OK;
}

static int32_t
pass_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  block->out[0]->buffer = block->in[0]->buffer;
  return RILL_OK;
}

static void
burn(uint64_t n)
{
  volatile uint64_t x = n;
  for (uint64_t i = 0; i < n; ++i) {
    x = x * 6364136223846793005u + 1;
  }
}

static int32_t
dear_process(struct rill_node* node, const struct rill_process* block)
{
  burn(block->in[0]->buffer ? (uint64_t)((struct fake*)node)->params[0] : 0);
  return pass_process(node, block);
}

// PARALLEL: copies, in a time that depends on the input; fails at its frame.
static int32_t
uneven_process(struct rill_node* node, const struct rill_process* block)
{
  const struct fake* const self = (const struct fake*)node;
  if (!block->in[0]->buffer) {
    return RILL_OK;
  }
  const int64_t pos = block->in[0]->buffer->media_pos;
  burn((uint64_t)self->params[0] * (uint64_t)(1 + pos / 64 * 7 % 5));
  if (self->params[1] && pos >= self->params[1]) {
    return rill_fail(node, RILL_ERR_FAILED, "failed as it was told to");
  }
  memcpy(rill_f32_out(block, 0, 0), rill_f32_in(block, 0, 0),
         block->n_frames * sizeof(float));
  block->out[0]->buffer->n_frames = block->n_frames;
  return RILL_OK;
}

// PARALLEL: once it is warm it waits, for a while, until two calls have met.
static int32_t
meet_process(struct rill_node* node, const struct rill_process* block)
{
  static atomic_int n_here;
  const int waits = ((struct fake*)node)->params[0] > 1;
  const int limit = waits ? 5000 : 0;
  if (atomic_fetch_add(&n_here, 1) + 1 == 2) {
    atomic_store(&n_met, 1);
  }
  burn(waits ? 300000 : 60000);
  for (int i = 0; i < limit && block->block > 40 && !atomic_load(&n_met); ++i) {
    nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
  }
  atomic_fetch_sub(&n_here, 1);
  return pass_process(node, block);
}

int
fake_nodes_met(void)
{
  return atomic_exchange(&n_met, 0);
}

static int32_t
copy_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  if (block->in[0]->buffer) {
    memcpy(rill_f32_out(block, 0, 0), rill_f32_in(block, 0, 0),
           block->n_frames * sizeof(float));
    block->out[0]->buffer->n_frames = block->n_frames;
  }
  return RILL_OK;
}

static int32_t
sum_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  uint32_t n = 0;
  float* const out = rill_f32_out(block, 0, 0);
  for (uint32_t s = 0; s < block->n_in; ++s) {
    if (!block->in[s]->buffer) {
      continue;
    }
    const float* const in = rill_f32_in(block, s, 0);
    for (uint32_t i = 0; i < block->in[s]->buffer->n_frames; ++i) {
      out[i] = i < n ? out[i] + in[i] : in[i];
    }
    n = block->in[s]->buffer->n_frames;
  }
  block->out[0]->buffer->n_frames = n;
  return RILL_OK;
}

// One frame for each buffer that comes: the slot it came on.
static int32_t
order_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  uint32_t n = 0;
  for (uint32_t s = 0; s < block->n_in; ++s) {
    if (block->in[s]->buffer) {
      rill_f32_out(block, 0, 0)[n++] =
        (float)(s * 1000000 + (uint32_t)block->in[s]->buffer->media_pos);
    }
  }
  block->out[0]->buffer->n_frames = n;
  return RILL_OK;
}

static int32_t
late_activate(struct rill_node* node, struct rill_activation* activation)
{
  activation->latency_frames = (uint32_t)((struct fake*)node)->params[0];
  activation->tail_frames = activation->latency_frames;
  if (activation->out_frames[0] < activation->latency_frames) {
    activation->out_frames[0] = activation->latency_frames;
  }
  return RILL_OK;
}

static int32_t
late_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  const int64_t late = self->params[0];
  const int draining = (block->flags & RILL_PROCESS_DRAINING) != 0;
  const uint32_t n = draining ? (uint32_t)late : block->n_frames;
  float* const out = rill_f32_out(block, 0, 0);
  for (uint32_t i = 0; i < n; ++i, ++self->n_done) {
    float* const place = &self->ring[self->n_done % late];
    const float in = draining ? 0 : rill_f32_in(block, 0, 0)[i];
    out[i] = *place;
    *place = in;
  }
  block->out[0]->buffer->n_frames = n;
  return RILL_OK;
}

// Each sample three times, into outputs as large as the input.
static int32_t
triple_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  if (!block->in[0]->buffer) {
    return RILL_OK;
  }
  struct rill_buffer* const out = block->out[0]->buffer;
  const uint32_t total = block->n_frames * 3;
  uint32_t n = 0;
  for (; n < out->capacity_frames && self->n_used < total; ++n) {
    rill_f32_out(block, 0, 0)[n] = rill_f32_in(block, 0, 0)[self->n_used++ / 3];
  }
  out->n_frames = n;
  if (self->n_used < total) {
    return RILL_MORE;
  }
  self->n_used = 0;
  return RILL_OK;
}

static int32_t
halve_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  uint32_t n = 0;
  for (uint32_t i = 0; i < block->n_frames; ++i, ++self->n_done) {
    if (self->n_done % 2 == 0) {
      rill_f32_out(block, 0, 0)[n++] = rill_f32_in(block, 0, 0)[i];
    }
  }
  block->out[0]->buffer->n_frames = n;
  return RILL_OK;
}

static int32_t
fail_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  if (self->n_done++ == self->params[0]) {
    return rill_fail(node, RILL_ERR_FAILED, "failed as it was told to");
  }
  block->out[0]->buffer = block->in[0]->buffer;
  return RILL_OK;
}

// Passes on what came four calls ago.
static int32_t
hold_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  struct rill_buffer* const in = block->in[0]->buffer;
  const uint32_t place = (uint32_t)(self->n_done++ % 4);
  block->out[0]->buffer = self->held[place];
  self->held[place] = in ? node->host->buffers->ref(node->host, in) : NULL;
  int any = 0;
  for (int i = 0; i < 4; ++i) {
    any |= self->held[i] != NULL;
  }
  return any ? RILL_TAIL : RILL_OK;
}

static int32_t
floats_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
#if defined(__SSE__)
  _mm_setcsr(_mm_getcsr() | 0x8040); // flush denormals, both ways
#endif
  block->out[0]->buffer = block->in[0]->buffer;
  return RILL_OK;
}

// Sinks ----------------------------------------------------------------------

static void
see(struct seen* s, float x)
{
  unsigned char bytes[sizeof x];
  memcpy(bytes, &x, sizeof x);
  for (size_t i = 0; i < sizeof x; ++i) {
    s->hash = (s->hash ^ bytes[i]) * 1099511628211u;
  }
  s->in_order = s->in_order && (!s->n_frames || x == s->last + 1);
  s->first = s->n_frames ? s->first : x;
  s->last = x;
  ++s->n_frames;
}

static int32_t
hash_process(struct rill_node* node, const struct rill_process* block)
{
  struct fake* const self = (struct fake*)node;
  const struct rill_buffer* const in = block->in[0]->buffer;
  for (uint32_t i = 0; in && i < in->n_frames; ++i) {
    see(self->seen, rill_f32_in(block, 0, 0)[i]);
  }
  self->seen->n_buffers += in != NULL;
  return RILL_OK;
}

static int32_t
drop_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  (void)block;
  return RILL_OK;
}

// Life -----------------------------------------------------------------------

static void
let_go(struct rill_node* node)
{
  struct fake* const self = (struct fake*)node;
  for (int i = 0; i < 4; ++i) {
    node->host->buffers->unref(node->host, self->held[i]);
    self->held[i] = NULL;
  }
}

static void
see_anew(struct seen* s)
{
  s->n_frames = s->n_buffers = 0;
  s->first = s->last = 0;
  s->hash = 14695981039346656037u;
  s->in_order = 1;
}

static int32_t
reset(struct rill_node* node)
{
  struct fake* const self = (struct fake*)node;
  let_go(node);
  self->n_done = 0;
  self->n_used = 0;
  memset(self->ring, 0, sizeof self->ring);
  if (self->seen) {
    see_anew(self->seen);
  }
  return RILL_OK;
}

static int32_t
refuse_reset(struct rill_node* node)
{
  return rill_fail(node, RILL_ERR_FAILED, "has seen too much");
}

static void
destroy(struct rill_node* node)
{
  let_go(node);
  atomic_fetch_sub(&n_alive, 1);
  free(node);
}

// As a node that reads or writes a file would.
static int32_t
prompt_activate(struct rill_node* node, struct rill_activation* activation)
{
  (void)node;
  activation->flags |= RILL_ACTIVATE_PROMPT;
  return RILL_OK;
}

#define OPS(name, activate_fn)                                                 \
  static const struct rill_node_ops name##_ops = {                             \
    .size = sizeof name##_ops,                                                 \
    .activate = activate_fn,                                                   \
    .process = name##_process,                                                 \
    .reset = reset,                                                            \
    .destroy = destroy,                                                        \
  };
OPS(count, prompt_activate)
OPS(stall, NULL)
OPS(add, NULL)
OPS(pass, NULL)
OPS(dear, NULL)
OPS(uneven, NULL)
OPS(meet, NULL)
OPS(copy, NULL)
OPS(sum, NULL)
OPS(order, NULL)
OPS(late, late_activate)
OPS(triple, NULL)
OPS(halve, NULL)
OPS(fail, NULL)
OPS(hold, NULL)
OPS(floats, NULL)
OPS(hash, prompt_activate)
OPS(drop, NULL)
static const struct rill_node_ops stubborn_ops = {
  .size = sizeof stubborn_ops,
  .process = pass_process,
  .reset = refuse_reset,
  .destroy = destroy,
};

static struct seen*
new_seen(const char* id)
{
  pthread_mutex_lock(&seen_lock);
  struct seen* const s = &seen[n_seen++ % MAX_SEEN];
  see_anew(s);
  snprintf(s->id, sizeof s->id, "%s", id);
  pthread_mutex_unlock(&seen_lock);
  return s;
}

static const struct {
  const char* name;
  const struct rill_node_ops* ops;
} behaviours[] = {
  { "count", &count_ops },   { "count.blocking", &count_ops },
  { "stall", &stall_ops },   { "add", &add_ops },
  { "pass", &pass_ops },     { "copy", &copy_ops },
  { "sum", &sum_ops },       { "order", &order_ops },
  { "late", &late_ops },     { "triple", &triple_ops },
  { "halve", &halve_ops },   { "fail", &fail_ops },
  { "hold", &hold_ops },     { "floats", &floats_ops },
  { "hash", &hash_ops },     { "hash.blocking", &hash_ops },
  { "drop", &drop_ops },     { "stubborn", &stubborn_ops },
  { "dear", &dear_ops },     { "drop.blocking", &drop_ops },
  { "uneven", &uneven_ops }, { "meet", &meet_ops },
};

static int32_t
create(struct rill_lib* lib, const struct rill_node_desc* desc,
       const struct rill_host* host, const struct rill_setup* setup,
       struct rill_node** out)
{
  (void)lib;
  const struct rill_node_ops* ops = NULL;
  for (uint32_t i = 0; i < RILL_COUNT(behaviours); ++i) {
    ops = strcmp(behaviours[i].name, desc->name) ? ops : behaviours[i].ops;
  }
  const int32_t rc = rill_new_node(sizeof(struct fake), ops, host, out);
  if (rc < 0) {
    return rc;
  }
  struct fake* const self = (struct fake*)*out;
  for (uint32_t i = 0; i < setup->n_params; ++i) {
    self->params[i] = setup->params[i].i;
  }
  if (ops == &hash_ops) {
    self->seen = new_seen(setup->node_id);
  }
  atomic_fetch_add(&n_alive, 1);
  return RILL_OK;
}

// Descriptors ----------------------------------------------------------------

static const struct rill_constraint source_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR, RILL_BETWEEN(RILL_FIELD_RATE, RATE, RATE, RATE),
  RILL_BETWEEN(RILL_FIELD_CHANNELS, 1, 1, 1)
};
static const struct rill_format_set source_set =
  RILL_SET(RILL_KIND_AUDIO, source_demands);
static const struct rill_format_set* const source_sets[] = { &source_set };
static const struct rill_constraint halved_demands[] = {
  RILL_IS_F32, RILL_IS_PLANAR,
  RILL_BETWEEN(RILL_FIELD_RATE, RATE / 2, RATE / 2, RATE / 2),
  RILL_SAME(RILL_FIELD_CHANNELS, 1)
};
static const struct rill_format_set halved_set =
  RILL_SET(RILL_KIND_AUDIO, halved_demands);
static const struct rill_format_set* const halved_sets[] = { &halved_set };

#define PORT(name, port_id, dir, port_flags, sym, port_sets, pair)             \
  static const struct rill_port_desc name = {                                  \
    sizeof(struct rill_port_desc), port_id, dir, port_flags, sym, "",          \
    port_sets, 1, pair                                                         \
  };
PORT(source_out, 2, RILL_OUT, 0, "out", source_sets, 0)
PORT(other_out, 2, RILL_OUT, 0, "out", rill_f32_out_sets, 0)
PORT(halved_out, 2, RILL_OUT, 0, "out", halved_sets, 0)
PORT(pass_out, 2, RILL_OUT, RILL_PORT_PASSTHROUGH, "out", rill_f32_out_sets, 1)
PORT(aligned_in, 1, RILL_IN, RILL_PORT_ALIGNED | RILL_PORT_MULTI, "in",
     rill_f32_in_sets, 0)
PORT(multi_in, 1, RILL_IN, RILL_PORT_MULTI, "in", rill_f32_in_sets, 0)

static const struct rill_port_desc* const source_ports[] = { &source_out };
static const struct rill_port_desc* const other_ports[] = { &rill_f32_in_port,
                                                            &other_out };
static const struct rill_port_desc* const pass_ports[] = { &rill_f32_in_port,
                                                           &pass_out };
static const struct rill_port_desc* const halved_ports[] = { &rill_f32_in_port,
                                                             &halved_out };
static const struct rill_port_desc* const sum_ports[] = { &aligned_in,
                                                          &other_out };
static const struct rill_port_desc* const order_ports[] = { &multi_in,
                                                            &other_out };
static const struct rill_port_desc* const sink_ports[] = { &rill_f32_in_port };

#define INT_PARAM(name, sym, default_text)                                     \
  static const struct rill_param_desc name = {                                 \
    .size = sizeof name, .type = RILL_TYPE_INT, .symbol = sym, .doc = "",      \
    .def = default_text                                                        \
  };
INT_PARAM(frames, "frames", "1000")
INT_PARAM(step, "step", "1")
INT_PARAM(amount, "amount", "1")
INT_PARAM(at, "at", "3")
INT_PARAM(latency, "latency", "10")
INT_PARAM(work, "work", "5000")

static const struct rill_param_desc* const count_params[] = { &frames, &step };
static const struct rill_param_desc* const add_params[] = { &amount };
static const struct rill_param_desc* const fail_params[] = { &at };
static const struct rill_param_desc* const late_params[] = { &latency };
static const struct rill_param_desc* const dear_params[] = { &work };
INT_PARAM(fail_frame, "fail", "0")
static const struct rill_param_desc* const uneven_params[] = { &work, &fail_frame };

#define TYPE(ident, type_name, its_ports, its_params, n, exec_class, its_flags) \
  static const struct rill_node_desc ident = {                                 \
    .size = sizeof ident, .flags = its_flags, .id = "test." type_name,         \
    .name = type_name, .version = "1", .vendor = "test", .licence = "ISC",     \
    .doc = "", .categories = "test", .ports = its_ports,                       \
    .params = its_params, .n_ports = RILL_COUNT(its_ports), .n_params = n,     \
    .exec = exec_class, .create = create,                                      \
  };
TYPE(count_type, "count", source_ports, count_params, 2, RILL_EXEC_COMPUTE, 0)
TYPE(count_blocking_type, "count.blocking", source_ports, count_params, 2,
     RILL_EXEC_BLOCKING, 0)
TYPE(stall_type, "stall", source_ports, NULL, 0, RILL_EXEC_COMPUTE, 0)
TYPE(add_type, "add", rill_f32_ports, add_params, 1, RILL_EXEC_RT, 0)
TYPE(pass_type, "pass", pass_ports, NULL, 0, RILL_EXEC_RT, 0)
TYPE(dear_type, "dear", pass_ports, dear_params, 1, RILL_EXEC_RT, 0)
TYPE(uneven_type, "uneven", other_ports, uneven_params, 2, RILL_EXEC_COMPUTE,
     RILL_NODE_PARALLEL)
TYPE(meet_type, "meet", pass_ports, dear_params, 1, RILL_EXEC_COMPUTE,
     RILL_NODE_PARALLEL)
TYPE(copy_type, "copy", other_ports, NULL, 0, RILL_EXEC_RT, 0)
TYPE(sum_type, "sum", sum_ports, NULL, 0, RILL_EXEC_RT, 0)
TYPE(order_type, "order", order_ports, NULL, 0, RILL_EXEC_RT, 0)
TYPE(late_type, "late", other_ports, late_params, 1, RILL_EXEC_RT, 0)
TYPE(triple_type, "triple", other_ports, NULL, 0, RILL_EXEC_COMPUTE, 0)
TYPE(halve_type, "halve", halved_ports, NULL, 0, RILL_EXEC_COMPUTE, 0)
TYPE(fail_type, "fail", pass_ports, fail_params, 1, RILL_EXEC_COMPUTE, 0)
TYPE(hold_type, "hold", pass_ports, NULL, 0, RILL_EXEC_COMPUTE, 0)
TYPE(floats_type, "floats", pass_ports, NULL, 0, RILL_EXEC_COMPUTE, 0)
TYPE(hash_type, "hash", sink_ports, NULL, 0, RILL_EXEC_COMPUTE, 0)
TYPE(hash_blocking_type, "hash.blocking", sink_ports, NULL, 0,
     RILL_EXEC_BLOCKING, 0)

TYPE(stubborn_type, "stubborn", pass_ports, NULL, 0, RILL_EXEC_COMPUTE, 0)
TYPE(drop_type, "drop", sink_ports, NULL, 0, RILL_EXEC_RT, 0)
TYPE(drop_blocking_type, "drop.blocking", sink_ports, NULL, 0,
     RILL_EXEC_BLOCKING, 0)

const struct rill_node_desc* const fake_nodes[] = {
  &count_type, &count_blocking_type, &stall_type, &add_type,  &pass_type,
  &copy_type,  &sum_type,            &order_type, &late_type, &triple_type,
  &halve_type, &fail_type,           &hold_type,  &floats_type, &hash_type,
  &hash_blocking_type, &drop_type, &drop_blocking_type, &stubborn_type,
  &dear_type, &uneven_type, &meet_type,
};
const uint32_t n_fake_nodes = RILL_COUNT(fake_nodes);

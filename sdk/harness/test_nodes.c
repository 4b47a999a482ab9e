// SPDX-License-Identifier: ISC
// Nodes that behave, one for each thing that a rig has to do for a node.
#include <rill/rill.h>

#include <stdio.h>

// -- sum: aligned inputs on a MULTI port ------------------------------------

static int32_t
sum_process(struct rill_node* node, const struct rill_process* block)
{
  (void)node;
  for (uint32_t i = 0; block->out[0]->buffer && i < block->n_frames; ++i) {
    float sum = 0.0f;
    for (uint32_t s = 0; s < block->n_in; ++s) {
      sum += block->in[s]->buffer ? rill_f32_in(block, s, 0)[i] : 0.0f;
    }
    rill_f32_out(block, 0, 0)[i] = sum;
  }
  if (block->out[0]->buffer) {
    block->out[0]->buffer->n_frames = block->n_frames;
  }
  return RILL_OK;
}

static const struct rill_node_ops sum_ops = {
  .size = sizeof sum_ops, .process = sum_process, .destroy = rill_free_node};

static int32_t
sum_create(struct rill_lib* lib,
           const struct rill_node_desc* desc,
           const struct rill_host* host,
           const struct rill_setup* setup,
           struct rill_node** out)
{
  (void)lib, (void)desc, (void)setup;
  return rill_new_node(sizeof(struct rill_node), &sum_ops, host, out);
}

static const struct rill_port_desc sum_in = {
  .size = sizeof sum_in,
  .id = 1,
  .direction = RILL_IN,
  .flags = RILL_PORT_ALIGNED | RILL_PORT_MULTI,
  .symbol = "in",
  .formats = rill_f32_in_sets,
  .n_formats = 1};
static const struct rill_port_desc sum_out = {.size = sizeof sum_out,
                                              .id = 2,
                                              .direction = RILL_OUT,
                                              .symbol = "out",
                                              .formats = rill_f32_out_sets,
                                              .n_formats = 1};
static const struct rill_port_desc* const sum_ports[] = {&sum_in, &sum_out};
static const struct rill_node_desc sum = {.size = sizeof sum,
                                          .id = "org.example.sum",
                                          .name = "sum",
                                          .ports = sum_ports,
                                          .n_ports = 2,
                                          .create = sum_create};

// -- late: 100 frames of delay, so a tail; a factor that events change ------

enum { LATE_FRAMES = 100, LATE_PIECE = 30 };

struct late {
  struct rill_node node;
  float line[LATE_FRAMES];
  uint32_t at;
  uint32_t n_drained;
  float initial;
  float factor;
};

static int32_t
late_reset(struct rill_node* node)
{
  struct late* const self = (struct late*)node;
  memset(self->line, 0, sizeof self->line);
  self->at = 0;
  self->n_drained = 0;
  self->factor = self->initial;
  return RILL_OK;
}

static int32_t
late_activate(struct rill_node* node, struct rill_activation* activation)
{
  activation->latency_frames = LATE_FRAMES;
  activation->tail_frames = LATE_FRAMES;
  activation->scratch_bytes = 100;
  return late_reset(node);
}

static float
late_step(struct late* self, float in)
{
  const float out = self->line[self->at];
  self->line[self->at] = in;
  self->at = (self->at + 1) % LATE_FRAMES;
  return out;
}

static int32_t
late_drain(struct late* self, const struct rill_process* block)
{
  uint32_t n = 0;
  while (n < LATE_PIECE && self->n_drained < LATE_FRAMES) {
    rill_f32_out(block, 0, 0)[n++] = late_step(self, 0.0f);
    ++self->n_drained;
  }
  block->out[0]->buffer->n_frames = n;
  return self->n_drained < LATE_FRAMES ? RILL_TAIL : RILL_DRAINED;
}

static int32_t
late_process(struct rill_node* node, const struct rill_process* block)
{
  struct late* const self = (struct late*)node;
  uint32_t e = 0;
  memset(block->scratch, 0, (size_t)block->scratch_bytes);
  if (block->flags & RILL_PROCESS_DRAINING) {
    return late_drain(self, block);
  }
  for (uint32_t i = 0; i < block->n_frames || e < block->n_events; ++i) {
    for (; e < block->n_events && block->events[e].offset <= i; ++e) {
      self->factor = (float)block->events[e].value.f;
    }
    if (i < block->n_frames) {
      rill_f32_out(block, 0, 0)[i] =
        late_step(self, self->factor * rill_f32_in(block, 0, 0)[i]);
    }
  }
  return RILL_OK;
}

static const struct rill_node_ops late_ops = {.size = sizeof late_ops,
                                              .activate = late_activate,
                                              .process = late_process,
                                              .reset = late_reset,
                                              .destroy = rill_free_node};

static int32_t
late_create(struct rill_lib* lib,
            const struct rill_node_desc* desc,
            const struct rill_host* host,
            const struct rill_setup* setup,
            struct rill_node** out)
{
  (void)lib, (void)desc;
  const int32_t status = rill_new_node(sizeof(struct late), &late_ops, host,
                                       out);
  if (status == RILL_OK) {
    ((struct late*)*out)->initial = (float)setup->params[0].f;
  }
  return status;
}

static const struct rill_param_desc late_factor = {
  .size = sizeof late_factor,
  .type = RILL_TYPE_FLOAT,
  .flags = RILL_PARAM_LIVE,
  .symbol = "factor",
  .def = "1"};
static const struct rill_param_desc* const late_params[] = {&late_factor};
static const struct rill_node_desc late = {.size = sizeof late,
                                           .id = "org.example.late",
                                           .name = "late",
                                           .ports = rill_f32_ports,
                                           .n_ports = 2,
                                           .params = late_params,
                                           .n_params = 1,
                                           .create = late_create};

// -- words: each word of a text is a text of its own, with a meta -----------

struct words {
  struct rill_node node;
  uint64_t at;
};

static int32_t
words_process(struct rill_node* node, const struct rill_process* block)
{
  struct words* const self = (struct words*)node;
  const struct rill_buffer* const in = block->in[0]->buffer;
  struct rill_buffer* const out = block->out[0]->buffer;
  const struct rill_meta meta = {
    .size = sizeof meta, .n_frames = 1, .value = (double)self->at};
  if (!in) {
    return RILL_OK;
  }
  const char* const text = in->planes[0].data;
  const uint64_t n = in->planes[0].used;
  uint64_t end = self->at;
  while (end < n && text[end] != ' ') {
    ++end;
  }
  memcpy(out->planes[0].data, text + self->at, (size_t)(end - self->at));
  out->planes[0].used = end - self->at;
  out->n_frames = 1;
  node->host->buffers->add_meta(node->host, out, &meta);
  self->at = end < n ? end + 1 : 0;
  return self->at ? RILL_MORE : RILL_OK;
}

static const struct rill_node_ops words_ops = {.size = sizeof words_ops,
                                               .process = words_process,
                                               .destroy = rill_free_node};

static int32_t
words_create(struct rill_lib* lib,
             const struct rill_node_desc* desc,
             const struct rill_host* host,
             const struct rill_setup* setup,
             struct rill_node** out)
{
  (void)lib, (void)desc, (void)setup;
  return rill_new_node(sizeof(struct words), &words_ops, host, out);
}

static const struct rill_format_set text_set = RILL_ANY(RILL_KIND_TEXT);
static const struct rill_format_set* const text_sets[] = {&text_set};
static const struct rill_port_desc text_in = {.size = sizeof text_in,
                                              .id = 1,
                                              .direction = RILL_IN,
                                              .symbol = "in",
                                              .formats = text_sets,
                                              .n_formats = 1};
static const struct rill_port_desc text_out = {.size = sizeof text_out,
                                               .id = 9,
                                               .direction = RILL_OUT,
                                               .symbol = "out",
                                               .formats = text_sets,
                                               .n_formats = 1};
static const struct rill_port_desc* const words_ports[] = {&text_in,
                                                           &text_out};
static const struct rill_node_desc words = {.size = sizeof words,
                                            .id = "org.example.words",
                                            .name = "words",
                                            .ports = words_ports,
                                            .n_ports = 2,
                                            .create = words_create};

// -- order: says which slots a call had -------------------------------------

static int32_t
order_process(struct rill_node* node, const struct rill_process* block)
{
  struct rill_plane* const plane = block->out[0]->buffer->planes;
  char* const text = plane->data;
  size_t n = 0;
  (void)node;
  for (uint32_t i = 0; i < block->n_in; ++i) {
    const struct rill_io* const io = block->in[i];
    if (io->buffer) {
      n += (size_t)snprintf(text + n, 100, "%u@%lld+%u%s ", i,
                            (long long)io->buffer->pts_ns,
                            io->buffer->n_frames,
                            io->flags & RILL_IO_END ? "!" : "");
    }
  }
  plane->used = n;
  block->out[0]->buffer->n_frames = n > 0;
  return RILL_OK;
}

static const struct rill_node_ops order_ops = {.size = sizeof order_ops,
                                               .process = order_process,
                                               .destroy = rill_free_node};

static int32_t
order_create(struct rill_lib* lib,
             const struct rill_node_desc* desc,
             const struct rill_host* host,
             const struct rill_setup* setup,
             struct rill_node** out)
{
  (void)lib, (void)desc, (void)setup;
  return rill_new_node(sizeof(struct rill_node), &order_ops, host, out);
}

#define AUDIO_IN(number, port_flags, name)                                     \
  {                                                                            \
    .size = sizeof(struct rill_port_desc), .id = number, .direction = RILL_IN, \
    .flags = port_flags, .symbol = name, .formats = rill_f32_in_sets,          \
    .n_formats = 1                                                             \
  }
static const struct rill_port_desc order_a =
  AUDIO_IN(2, RILL_PORT_ALIGNED, "a");
static const struct rill_port_desc order_b =
  AUDIO_IN(3, RILL_PORT_ALIGNED | RILL_PORT_OPTIONAL, "b");
static const struct rill_port_desc order_text = {
  .size = sizeof order_text,
  .id = 1,
  .direction = RILL_IN,
  .flags = RILL_PORT_UNORDERED,
  .symbol = "text",
  .formats = text_sets,
  .n_formats = 1};
static const struct rill_port_desc* const order_ports[] = {
  &order_a, &order_b, &order_text, &text_out};
static const struct rill_node_desc order = {.size = sizeof order,
                                            .id = "org.example.order",
                                            .name = "order",
                                            .ports = order_ports,
                                            .n_ports = 4,
                                            .create = order_create};

// -- count: a source of tensor rows whose shape derive knows ----------------

struct count {
  struct rill_node node;
  uint32_t width;
  uint32_t n_rows;
  uint32_t row;
};

static int32_t
count_process(struct rill_node* node, const struct rill_process* block)
{
  struct count* const self = (struct count*)node;
  struct rill_buffer* const out = block->out[0]->buffer;
  uint32_t n = 0;
  for (; n < block->n_frames && self->row < self->n_rows; ++n, ++self->row) {
    const struct rill_plane* const plane = out->planes;
    char* const row = (char*)plane->data + n * plane->row_stride;
    for (uint32_t i = 0; i < self->width; ++i) {
      ((float*)(void*)row)[i] = (float)(self->row * self->width + i);
    }
  }
  out->n_frames = n;
  return self->row < self->n_rows ? RILL_OK : RILL_DRAINED;
}

static const struct rill_node_ops count_ops = {.size = sizeof count_ops,
                                               .process = count_process,
                                               .destroy = rill_free_node};

static int32_t
count_derive(struct rill_lib* lib,
             const struct rill_node_desc* desc,
             const struct rill_host* host,
             struct rill_derivation* d)
{
  struct rill_format* const f = &d->out[0]->format;
  (void)lib, (void)desc, (void)host;
  f->rate = 100;
  f->rate_den = 1;
  f->rank = 1;
  f->shape[0] = (uint32_t)d->params[1].i;
  d->n_frames = (uint64_t)d->params[0].i;
  return RILL_OK;
}

static int32_t
count_create(struct rill_lib* lib,
             const struct rill_node_desc* desc,
             const struct rill_host* host,
             const struct rill_setup* setup,
             struct rill_node** out)
{
  (void)lib, (void)desc;
  if (setup->params[0].i > 1000) {
    host->set_error(host, RILL_ERR_BAD_PARAM, "rows: more than 1000");
    return RILL_ERR_BAD_PARAM;
  }
  const int32_t status =
    rill_new_node(sizeof(struct count), &count_ops, host, out);
  if (status == RILL_OK) {
    ((struct count*)*out)->n_rows = (uint32_t)setup->params[0].i;
    ((struct count*)*out)->width = (uint32_t)setup->params[1].i;
  }
  return status;
}

static const struct rill_param_desc count_rows = {
  .size = sizeof count_rows, .type = RILL_TYPE_INT, .symbol = "rows"};
static const struct rill_param_desc count_width = {.size = sizeof count_width,
                                                   .type = RILL_TYPE_INT,
                                                   .symbol = "width",
                                                   .def = "3"};
static const struct rill_param_desc count_list = {.size = sizeof count_list,
                                                  .type = RILL_TYPE_FLOAT,
                                                  .unit = RILL_UNIT_S,
                                                  .flags = RILL_PARAM_LIST,
                                                  .symbol = "times",
                                                  .def = "[1s, 20ms]"};
static const struct rill_param_desc* const count_params[] = {
  &count_rows, &count_width, &count_list};
static const struct rill_format_set rows_set = RILL_ANY(RILL_KIND_TENSOR);
static const struct rill_format_set* const rows_sets[] = {&rows_set};
static const struct rill_port_desc rows_out = {.size = sizeof rows_out,
                                               .id = 1,
                                               .direction = RILL_OUT,
                                               .symbol = "out",
                                               .formats = rows_sets,
                                               .n_formats = 1};
static const struct rill_port_desc* const count_ports[] = {&rows_out};
static const struct rill_node_desc count = {.size = sizeof count,
                                            .id = "org.example.count",
                                            .name = "count",
                                            .ports = count_ports,
                                            .params = count_params,
                                            .n_ports = 1,
                                            .n_params = 3,
                                            .derive = count_derive,
                                            .create = count_create};

RILL_PLUGIN(&sum, &late, &words, &order, &count);

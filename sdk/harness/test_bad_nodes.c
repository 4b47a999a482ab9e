// SPDX-License-Identifier: ISC
// A node that breaks the contract in the way its parameter says.
#include <rill/rill.h>

static const char* const ways[] = {
  "overrun", "scribble", "props",   "frames", "plane",  "status",
  "tail",    "more",     "endless", "leak",   "unref",  "twice",
  "scratch", "fail",     "drained", "format", "lent_meta",
  "silent"};

struct bad {
  struct rill_node node;
  const char* way;
};

static int
is_way(const struct rill_node* node, const char* way)
{
  return !strcmp(((const struct bad*)node)->way, way);
}

static void
touch_memory(struct rill_node* node, const struct rill_process* block)
{
  struct rill_buffer* const in = block->in[0]->buffer;
  struct rill_buffer* const out = block->out[0]->buffer;
  if (is_way(node, "overrun")) {
    ((float*)out->planes[0].data)[out->capacity_frames] = 0.0f;
  } else if (is_way(node, "scribble")) {
    ((float*)in->planes[0].data)[in->n_frames - 1] += 1.0f;
  } else if (is_way(node, "props")) {
    ++in->media_pos;
  } else if (is_way(node, "frames")) {
    out->n_frames = out->capacity_frames + 1;
  } else if (is_way(node, "plane")) {
    out->planes[0].step *= 2;
  } else if (is_way(node, "silent")) {
    ((float*)out->planes[0].data)[out->n_frames - 1] = 1.0f;
    out->flags |= RILL_BUFFER_SILENT;
  } else if (is_way(node, "scratch")) {
    ((char*)block->scratch)[block->scratch_bytes] = 0;
  }
}

static void
touch_references(struct rill_node* node, const struct rill_process* block)
{
  const struct rill_host* const host = node->host;
  struct rill_buffer* const in = block->in[0]->buffer;
  const struct rill_meta meta = {.size = sizeof meta};
  struct rill_format format = *in->format;
  if (is_way(node, "leak")) {
    host->buffers->ref(host, in);
  } else if (is_way(node, "unref")) {
    host->buffers->unref(host, in);
  } else if (is_way(node, "twice")) {
    struct rill_buffer* const own = host->buffers->alloc(host, &format, 8);
    host->buffers->unref(host, own);
    host->buffers->unref(host, own);
  } else if (is_way(node, "format")) {
    ++format.rate;
    block->out[0]->buffer = host->buffers->alloc(host, &format, 8);
  } else if (is_way(node, "lent_meta")) {
    host->buffers->add_meta(host, in, &meta);
  }
}

static int32_t
bad_process(struct rill_node* node, const struct rill_process* block)
{
  if (block->flags & RILL_PROCESS_DRAINING) {
    const int too_much = is_way(node, "drained");
    block->out[0]->buffer->n_frames = too_much;
    return is_way(node, "endless") ? RILL_TAIL : RILL_DRAINED;
  }
  memset(block->out[0]->buffer->planes[0].data, 0, 4 * block->n_frames);
  touch_memory(node, block);
  touch_references(node, block);
  if (is_way(node, "more")) {
    block->out[0]->buffer->n_frames = 0;
    return RILL_MORE;
  }
  if (is_way(node, "fail")) {
    return rill_fail(node, RILL_ERR_CORRUPT, "the frame is broken");
  }
  return is_way(node, "status") ? 99 : is_way(node, "tail") ? RILL_TAIL
                                                            : RILL_OK;
}

static int32_t
bad_activate(struct rill_node* node, struct rill_activation* activation)
{
  (void)node;
  activation->scratch_bytes = 64;
  return RILL_OK;
}

static const struct rill_node_ops ops = {.size = sizeof ops,
                                         .activate = bad_activate,
                                         .process = bad_process,
                                         .destroy = rill_free_node};

static int32_t
create(struct rill_lib* lib,
       const struct rill_node_desc* desc,
       const struct rill_host* host,
       const struct rill_setup* setup,
       struct rill_node** out)
{
  (void)lib;
  const int32_t status = rill_new_node(sizeof(struct bad), &ops, host, out);
  if (status == RILL_OK) {
    ((struct bad*)*out)->way = desc->params[0]->names[setup->params[0].i];
  }
  return status;
}

static const struct rill_param_desc way = {.size = sizeof way,
                                           .type = RILL_TYPE_ENUM,
                                           .symbol = "way",
                                           .names = ways,
                                           .n_names = RILL_COUNT(ways)};
static const struct rill_param_desc* const params[] = {&way};
static const struct rill_node_desc bad = {.size = sizeof bad,
                                          .id = "org.example.bad",
                                          .name = "bad",
                                          .ports = rill_f32_ports,
                                          .n_ports = 2,
                                          .params = params,
                                          .n_params = 1,
                                          .create = create};
RILL_PLUGIN(&bad);

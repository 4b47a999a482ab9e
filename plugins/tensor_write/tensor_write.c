// SPDX-License-Identifier: ISC
// tensor.write: the rows of a tensor as one NumPy file (.npy).
#include "npy.h"

#include <rill/rill.h>
#include <rill/util/atomic_file.h>

struct tensor_write {
  struct rill_node node;
  struct rill_atomic_file file;
  struct rill_format format;
  uint64_t n_rows;
  char* path;
};

static const struct rill_param_desc path_param = {
  .size = sizeof path_param,
  .type = RILL_TYPE_STRING,
  .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_REQUIRED | RILL_PARAM_STRUCTURAL,
  .symbol = "path",
  .doc = "the file to write, whole or not at all",
  .example = "features.npy",
};
static const struct rill_param_desc* const params[] = { &path_param };

static const struct rill_format_set tensor_set = RILL_ANY(RILL_KIND_TENSOR);
static const struct rill_format_set* const sets[] = { &tensor_set };
static const struct rill_port_desc in_port = {
  .size = sizeof in_port,
  .id = 1,
  .direction = RILL_IN,
  .symbol = "in",
  .doc = "rows of numbers",
  .formats = sets,
  .n_formats = RILL_COUNT(sets),
};
static const struct rill_port_desc* const ports[] = { &in_port };

static int32_t
fail(struct tensor_write* self, int32_t status)
{
  return rill_fail(&self->node, status,
                   status == RILL_ERR_NO_MEMORY ? "out of memory"
                                                : self->file.why);
}

static int32_t
configure(struct rill_node* node, const struct rill_config* config)
{
  struct tensor_write* const self = (struct tensor_write*)node;
  char header[NPY_HEADER_BYTES];
  self->format = config->in[0]->format;
  return npy_header(&self->format, 0, header)
           ? rill_fail(node, RILL_ERR_BAD_FORMAT,
                       "NumPy has no numbers of this encoding: use f32 or f64")
           : RILL_OK;
}

// The header is written last, when the number of rows is known; its place is
// kept by a first one.
static int32_t
open_once(struct tensor_write* self)
{
  if (self->file.is_open) {
    return RILL_OK;
  }
  char header[NPY_HEADER_BYTES];
  npy_header(&self->format, 0, header);
  const int32_t rc = rill_atomic_open(&self->file, self->path, 0);
  return rc < 0 ? rc : rill_atomic_write(&self->file, header, sizeof header);
}

static int32_t
write_rows(struct tensor_write* self, const struct rill_buffer* b)
{
  const uint64_t row = rill_tensor_row_bytes(&self->format);
  const char* data = (const char*)b->planes[0].data;
  self->n_rows += b->n_frames;
  if ((uint64_t)b->planes[0].row_stride == row) {
    return rill_atomic_write(&self->file, data, row * b->n_frames);
  }
  int32_t rc = RILL_OK;
  for (uint32_t i = 0; rc >= 0 && i < b->n_frames; ++i) {
    rc = rill_atomic_write(&self->file, data, row);
    data += b->planes[0].row_stride;
  }
  return rc;
}

static int32_t
finish(struct tensor_write* self)
{
  char header[NPY_HEADER_BYTES];
  npy_header(&self->format, self->n_rows, header);
  int32_t rc = rill_atomic_write_at(&self->file, header, sizeof header, 0);
  rc = rc < 0 ? rc : rill_atomic_commit(&self->file);
  return rc < 0 ? fail(self, rc) : RILL_DRAINED;
}

static int32_t
process(struct rill_node* node, const struct rill_process* block)
{
  struct tensor_write* const self = (struct tensor_write*)node;
  const struct rill_buffer* const b = block->in[0]->buffer;
  int32_t rc = open_once(self);
  if (rc >= 0 && b && b->n_frames) {
    rc = write_rows(self, b);
  }
  if (rc < 0) {
    return fail(self, rc);
  }
  return block->flags & RILL_PROCESS_DRAINING ? finish(self) : RILL_OK;
}

static int32_t
reset(struct rill_node* node)
{
  struct tensor_write* const self = (struct tensor_write*)node;
  rill_atomic_discard(&self->file);
  self->n_rows = 0;
  return RILL_OK;
}

static void
destroy(struct rill_node* node)
{
  struct tensor_write* const self = (struct tensor_write*)node;
  rill_atomic_discard(&self->file);
  free(self->path);
  free(self);
}

static const struct rill_node_ops ops = {
  .size = sizeof ops,
  .configure = configure,
  .process = process,
  .reset = reset,
  .deactivate = reset,
  .destroy = destroy,
};

static int32_t
create(struct rill_lib* lib, const struct rill_node_desc* desc,
       const struct rill_host* host, const struct rill_setup* setup,
       struct rill_node** out)
{
  (void)lib;
  (void)desc;
  struct rill_node* node;
  const int32_t rc =
    rill_new_node(sizeof(struct tensor_write), &ops, host, &node);
  if (rc < 0) {
    return rc;
  }
  struct tensor_write* const self = (struct tensor_write*)node;
  self->path = strdup(setup->params[0].text);
  if (!self->path) {
    destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  *out = node;
  return RILL_OK;
}

static const struct rill_node_desc tensor_write = {
  .size = sizeof tensor_write,
  .flags = RILL_NODE_COMMITS,
  .id = "org.rill.tensor.write",
  .name = "tensor.write",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Writes the rows of a tensor as a NumPy file.",
  .categories = "data sink file",
  .ports = ports,
  .params = params,
  .n_ports = RILL_COUNT(ports),
  .n_params = RILL_COUNT(params),
  .exec = RILL_EXEC_BLOCKING,
  .create = create,
};

RILL_PLUGIN(&tensor_write);

// SPDX-License-Identifier: ISC
// raw.write: the bytes of a link as they are.
#include "nodes.h"

#include <rill/rill.h>
#include <rill/util/atomic_file.h>

enum { PATH, ENCODING, OVERWRITE, SYNC, N_PARAMS };

static const struct rill_param_desc path_param = {
  .size = sizeof path_param,
  .type = RILL_TYPE_STRING,
  .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_REQUIRED | RILL_PARAM_STRUCTURAL,
  .symbol = "path",
  .doc = "a file, FIFO or device, or - for standard output",
  .example = "-",
};
static const struct rill_param_desc encoding_param = {
  .size = sizeof encoding_param,
  .type = RILL_TYPE_ENUM,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "encoding",
  .doc = "of the samples, little-endian; auto: as they come",
  .def = "auto",
  .names = raw_encoding_names,
  .n_names = RAW_N_ENCODINGS,
};
static const struct rill_param_desc overwrite_param = {
  .size = sizeof overwrite_param,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "overwrite",
  .doc = "replace a file that is there already; false: that is an error",
  .def = "true",
};
static const struct rill_param_desc sync_param = {
  .size = sizeof sync_param,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "sync",
  .doc = "wait until the disk has the file before it gets its name",
  .def = "false",
};
static const struct rill_param_desc* const params[] = {
  [PATH] = &path_param,
  [ENCODING] = &encoding_param,
  [OVERWRITE] = &overwrite_param,
  [SYNC] = &sync_param,
};

static const uint32_t interleaved[] = { RILL_INTERLEAVED };
static const struct rill_constraint in_demands[] = {
  RILL_FROM(RILL_FIELD_ENCODING, "encoding"),
  RILL_AMONG(RILL_FIELD_PACKING, interleaved),
};
static const struct rill_format_set in_set =
  RILL_SET(RILL_KIND_AUDIO, in_demands);
static const struct rill_format_set* const in_sets[] = { &in_set };
static const struct rill_port_desc in_port = {
  .size = sizeof in_port,
  .id = 1,
  .direction = RILL_IN,
  .symbol = "in",
  .doc = "audio, channels side by side",
  .formats = in_sets,
  .n_formats = 1,
};
static const struct rill_port_desc* const ports[] = { &in_port };

struct raw_write {
  struct rill_node node;
  char* path;
  uint32_t file_flags;
  uint64_t frame_bytes;
  struct rill_atomic_file file;
};

static int32_t
configure(struct rill_node* node, const struct rill_config* config)
{
  struct raw_write* const self = (struct raw_write*)node;
  const struct rill_format* const f = &config->in[0]->format;
  self->frame_bytes = (uint64_t)f->channels * rill_sample_bytes(f->encoding);
  return RILL_OK;
}

static int32_t
check(const struct raw_write* self, int32_t st)
{
  return st == RILL_ERR_OUTPUT ? rill_fail(&self->node, st, self->file.why)
                               : st;
}

static int32_t
process(struct rill_node* node, const struct rill_process* block)
{
  struct raw_write* const self = (struct raw_write*)node;
  const struct rill_buffer* const in = block->in[0]->buffer;
  const int is_end = (block->flags & RILL_PROCESS_DRAINING) != 0;
  int32_t st = RILL_OK;
  if (!self->file.is_open && (is_end || in)) {
    st = rill_atomic_open(&self->file, self->path, self->file_flags);
  }
  if (!st && in) {
    st = rill_atomic_write(&self->file, in->planes[0].data,
                           in->n_frames * self->frame_bytes);
  }
  if (!st && is_end) {
    st = rill_atomic_commit(&self->file);
  }
  return st ? check(self, st) : is_end ? RILL_DRAINED : RILL_OK;
}

static int32_t
reset(struct rill_node* node)
{
  rill_atomic_discard(&((struct raw_write*)node)->file);
  return RILL_OK;
}

static void
destroy(struct rill_node* node)
{
  struct raw_write* const self = (struct raw_write*)node;
  reset(node);
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
create(struct rill_lib* lib,
       const struct rill_node_desc* desc,
       const struct rill_host* host,
       const struct rill_setup* setup,
       struct rill_node** out)
{
  (void)lib;
  (void)desc;
  const struct rill_value* const p = setup->params;
  struct rill_node* node = NULL;
  const int32_t st =
    rill_new_node(sizeof(struct raw_write), &ops, host, &node);
  if (st) {
    return st;
  }
  struct raw_write* const self = (struct raw_write*)node;
  self->file_flags = RILL_ATOMIC_STREAMS |
                     (p[OVERWRITE].i ? 0 : RILL_ATOMIC_KEEP) |
                     (p[SYNC].i ? RILL_ATOMIC_SYNC : 0);
  if (!(self->path = strdup(p[PATH].text))) {
    destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  *out = node;
  return RILL_OK;
}

const struct rill_node_desc raw_write_desc = {
  .size = sizeof raw_write_desc,
  .flags = RILL_NODE_COMMITS,
  .id = "org.rill.raw.write",
  .name = "raw.write",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Writes samples without a header.",
  .categories = "audio sink file",
  .ports = ports,
  .params = params,
  .n_ports = 1,
  .n_params = N_PARAMS,
  .exec = RILL_EXEC_BLOCKING,
  .create = create,
};

// SPDX-License-Identifier: ISC
// json.write: one line of text for each JSON value or text that comes in.
#include <rill/rill.h>
#include <rill/util/atomic_file.h>

struct json_write {
  struct rill_node node;
  struct rill_atomic_file file;
  char* path;
  int flush;    // each line is written as soon as it is there
  char* lines;  // not yet written
  size_t n_bytes;
  size_t room;
};

enum { PATH, FLUSH, N_PARAMS };
enum { WRITE_AT_BYTES = 65536 };

static const struct rill_param_desc path_param = {
  .size = sizeof path_param,
  .type = RILL_TYPE_STRING,
  .unit = RILL_UNIT_PATH,
  .flags = RILL_PARAM_REQUIRED | RILL_PARAM_STRUCTURAL,
  .symbol = "path",
  .doc = "the file to write, whole or not at all; - is standard output",
  .example = "segments.ndjson",
};
static const struct rill_param_desc flush_param = {
  .size = sizeof flush_param,
  .type = RILL_TYPE_BOOL,
  .flags = RILL_PARAM_STRUCTURAL,
  .symbol = "flush",
  .doc = "write each line at once, for a reader that waits",
  .def = "false",
  .example = "true",
};
static const struct rill_param_desc* const params[] = { &path_param,
                                                        &flush_param };

static const struct rill_format_set json_set = RILL_ANY(RILL_KIND_JSON);
static const struct rill_format_set text_set = RILL_ANY(RILL_KIND_TEXT);
static const struct rill_format_set* const sets[] = { &json_set, &text_set };
static const struct rill_port_desc in_port = {
  .size = sizeof in_port,
  .id = 1,
  .direction = RILL_IN,
  .flags = RILL_PORT_MULTI,
  .symbol = "in",
  .doc = "JSON values or texts; those of several links in media time",
  .formats = sets,
  .n_formats = RILL_COUNT(sets),
};
static const struct rill_port_desc* const ports[] = { &in_port };

static int32_t
fail(struct json_write* self, int32_t status)
{
  return rill_fail(&self->node, status,
                   status == RILL_ERR_NO_MEMORY ? "out of memory"
                                                : self->file.why);
}

// A plan makes instances too, so no file is touched before the first call.
static int32_t
open_once(struct json_write* self)
{
  return self->file.is_open
           ? RILL_OK
           : rill_atomic_open(&self->file, self->path, RILL_ATOMIC_STREAMS);
}

static int32_t
write_lines(struct json_write* self)
{
  const int32_t rc = rill_atomic_write(&self->file, self->lines, self->n_bytes);
  self->n_bytes = 0;
  return rc;
}

static int32_t
need_room(struct json_write* self, uint64_t n_more)
{
  const uint64_t wanted = self->n_bytes + n_more;
  if (wanted > self->room) {
    char* const lines = (char*)realloc(self->lines, wanted * 2);
    if (!lines) {
      return RILL_ERR_NO_MEMORY;
    }
    self->lines = lines;
    self->room = wanted * 2;
  }
  return RILL_OK;
}

// A value has no line breaks that mean anything (in strings they are escaped),
// and a line must hold a whole one.
static int32_t
add_line(struct json_write* self, const struct rill_plane* plane)
{
  const char* const text = (const char*)plane->data;
  const int32_t rc = need_room(self, plane->used + 1);
  if (rc < 0) {
    return rc;
  }
  char* out = self->lines + self->n_bytes;
  for (uint64_t i = 0; i < plane->used; ++i) {
    *out++ = text[i] == '\n' || text[i] == '\r' ? ' ' : text[i];
  }
  *out = '\n';
  self->n_bytes += plane->used + 1;
  return self->flush || self->n_bytes >= WRITE_AT_BYTES ? write_lines(self)
                                                        : RILL_OK;
}

static int32_t
finish(struct json_write* self)
{
  int32_t rc = write_lines(self);
  rc = rc < 0 ? rc : rill_atomic_commit(&self->file);
  return rc < 0 ? fail(self, rc) : RILL_DRAINED;
}

static int32_t
process(struct rill_node* node, const struct rill_process* block)
{
  struct json_write* const self = (struct json_write*)node;
  int32_t rc = open_once(self);
  for (uint32_t i = 0; rc >= 0 && i < block->n_in; ++i) {
    const struct rill_buffer* const b = block->in[i]->buffer;
    if (b && b->n_frames) {
      rc = add_line(self, &b->planes[0]);
    }
  }
  if (rc < 0) {
    return fail(self, rc);
  }
  return block->flags & RILL_PROCESS_DRAINING ? finish(self) : RILL_OK;
}

static int32_t
reset(struct rill_node* node)
{
  struct json_write* const self = (struct json_write*)node;
  rill_atomic_discard(&self->file);
  self->n_bytes = 0;
  return RILL_OK;
}

static void
destroy(struct rill_node* node)
{
  struct json_write* const self = (struct json_write*)node;
  rill_atomic_discard(&self->file);
  free(self->lines);
  free(self->path);
  free(self);
}

static const struct rill_node_ops ops = {
  .size = sizeof ops,
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
  const int32_t rc = rill_new_node(sizeof(struct json_write), &ops, host, &node);
  if (rc < 0) {
    return rc;
  }
  struct json_write* const self = (struct json_write*)node;
  self->flush = setup->params[FLUSH].i != 0;
  self->path = strdup(setup->params[PATH].text);
  if (!self->path) {
    destroy(node);
    return RILL_ERR_NO_MEMORY;
  }
  *out = node;
  return RILL_OK;
}

static const struct rill_node_desc json_write = {
  .size = sizeof json_write,
  .flags = RILL_NODE_COMMITS,
  .id = "org.rill.json.write",
  .name = "json.write",
  .version = "0.9.0",
  .vendor = "rill",
  .licence = "ISC",
  .doc = "Writes JSON values or texts, one a line.",
  .categories = "data sink file",
  .ports = ports,
  .params = params,
  .n_ports = RILL_COUNT(ports),
  .n_params = N_PARAMS,
  .exec = RILL_EXEC_BLOCKING,
  .create = create,
};

RILL_PLUGIN(&json_write);

// SPDX-License-Identifier: ISC
#include "engine/edit_state.h"

#include "base/mem.h"
#include "engine/services.h"

#include <rill/ext/state.h>
#include <stdio.h>
#include <string.h>

/// What export writes to.
struct sink {
  char* data;
  size_t n;
  size_t capacity;
  int is_too_large;
};

static int32_t
write_state(void* arg, const void* data, uint64_t n_bytes)
{
  struct sink* const sink = arg;
  if (n_bytes > STATE_MAX_BYTES - sink->n) {
    sink->is_too_large = 1;
    return RILL_ERR_NO_MEMORY;
  }
  if (sink->n + n_bytes > sink->capacity) {
    const size_t capacity = (sink->n + n_bytes) * 2;
    char* const grown = mem_resize(sink->data, capacity, 1);
    if (!grown) {
      return RILL_ERR_NO_MEMORY;
    }
    sink->data = grown;
    sink->capacity = capacity;
  }
  if (n_bytes) {
    memcpy(sink->data + sink->n, data, n_bytes);
  }
  sink->n += n_bytes;
  return RILL_OK;
}

static const struct rill_state_ops*
ops_of(const struct node* node)
{
  const struct rill_node_ops* const ops = node->instance->ops;
  const struct rill_state_ops* const state =
    RILL_HAS(ops, get_extension) && ops->get_extension
      ? ops->get_extension(node->instance, RILL_EXT_STATE)
      : NULL;
  return state && state->export_state && state->import_state ? state : NULL;
}

int
state_can(const struct node* from, const struct node* to)
{
  return !strcmp(from->plan->type->desc->id, to->plan->type->desc->id) &&
         ops_of(from) && ops_of(to);
}

uint64_t
state_history(const struct node* node)
{
  const struct rill_state_ops* const ops = ops_of(node);
  return ops && RILL_HAS(ops, history_frames) && ops->history_frames
           ? ops->history_frames(node->instance)
           : 0;
}

static enum status
say(const struct node* node, const char* what, char* error, size_t error_bytes)
{
  const char* const said = node->services->error_text;
  snprintf(error, error_bytes, "%s%s%s", what, said[0] ? ": " : "", said);
  return STATUS_REFUSED;
}

enum status
state_carry(const struct node* from, struct node* to, char* error,
            size_t error_bytes)
{
  struct sink sink = { 0 };
  const struct rill_writer writer = { .size = sizeof writer,
                                      .write = write_state,
                                      .arg = &sink };
  enum status st = STATUS_OK;
  from->services->error_text[0] = '\0';
  if (ops_of(from)->export_state(from->instance, &writer) < 0) {
    st = say(from, sink.is_too_large ? "the state is larger than 64 MiB"
                                     : "the state could not be exported",
             error, error_bytes);
  } else if (ops_of(to)->import_state(to->instance,
                                      from->plan->type->desc->state_version,
                                      sink.data, sink.n) < 0) {
    st = say(to, "the state was not accepted", error, error_bytes);
  }
  from->services->error_text[0] = '\0';
  mem_free(sink.data);
  return st;
}

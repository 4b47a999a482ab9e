// SPDX-License-Identifier: ISC
// The JSON shim: nodes that speak JSON among nodes that do not.
#include "shim.h"

#include "child.h"
#include "desc.h"
#include "folder.h"
#include "reply.h"
#include "request.h"

#include <rill/ext/profile.h>

static int32_t
fail(struct shim* self, int32_t status)
{
  // Whatever is wrong, nothing of it goes on: the rest would be out of step.
  self->peer->ops->stop(self->peer);
  // What a peer says is not the input of the graph: a reply that is wrong is a
  // node that is.
  return rill_fail(&self->node,
                   status == RILL_ERR_CORRUPT ? RILL_ERR_FAILED : status,
                   self->why.text[0] ? self->why.text : "out of memory");
}

// Not before the first call: a plan is made with instances too.
static int32_t
start_once(struct shim* self)
{
  return self->peer->is_up ? RILL_OK
                           : self->peer->ops->start(self->peer, &self->why);
}

// Says whose reply it was that is wrong.
static int32_t
blame(struct shim* self, int32_t rc)
{
  return rc == RILL_ERR_NO_MEMORY
           ? rc : self->peer->ops->blame(self->peer, rc, &self->why);
}

static int32_t
read_reply(struct shim* self, const struct span* reply)
{
  int32_t rc = reply->n ? reply_read(&self->reply, reply, &self->why) : RILL_OK;
  if (!reply->n) {
    document_clear(&self->reply);
  }
  delivery_begin(&self->delivery, &self->reply);
  return rc < 0 ? blame(self, rc)
         : reply->n ? self->peer->ops->check(self->peer, &self->reply,
                                             &self->why)
                    : rc;
}

static int32_t
ask(struct shim* self, const struct rill_buffer* in)
{
  struct peer* const peer = self->peer;
  struct span reply = { 0 };
  int64_t t = child_now_ns();
  self->request.n = 0;
  int32_t rc = peer->ops->begin(peer, &self->request);
  rc = rc < 0 ? rc
              : request_add(&self->request, in, peer->coding, &self->scratch,
                            &self->why);
  t = times_add(&self->times, TIMES_ENCODE, t);
  rc = rc < 0 ? rc : peer->ops->ask(peer, &self->request, &reply, &self->why);
  t = times_add(&self->times, TIMES_CALL, t);
  rc = rc < 0 ? rc : read_reply(self, &reply);
  times_add(&self->times, TIMES_DECODE, t);
  return rc;
}

static int32_t
finish(struct shim* self)
{
  struct span reply = { 0 };
  const int64_t t = child_now_ns();
  self->request.n = 0;
  self->is_finished = 1;
  const int32_t rc = self->peer->ops->finish(self->peer, &self->request,
                                             &reply, &self->why);
  times_add(&self->times, TIMES_CALL, t);
  return rc < 0 ? rc : read_reply(self, &reply);
}

// A stream that jumps takes its outputs with it.
static void
follow(struct shim* self, const struct rill_buffer* in)
{
  if (in->flags & RILL_BUFFER_DISCONT) {
    delivery_forget_place(&self->delivery);
  }
}

// Brings the next reply, if there is one to bring.
static int32_t
turn(struct shim* self, const struct rill_process* block)
{
  const struct rill_buffer* const in = block->in[0]->buffer;
  int32_t rc = RILL_OK;
  if (in && in->n_frames) {
    follow(self, in);
    rc = start_once(self);
    rc = rc < 0 ? rc : ask(self, in);
    self->is_answered = rc >= 0;
  } else if ((block->flags & RILL_PROCESS_DRAINING) && !self->is_finished) {
    rc = start_once(self);
    rc = rc < 0 ? rc : finish(self);
    self->is_answered = rc >= 0;
  }
  return rc;
}

static int32_t
outcome(struct shim* self, const struct rill_process* block)
{
  const int drains = (block->flags & RILL_PROCESS_DRAINING) != 0;
  self->is_answered = self->is_answered && !delivery_is_done(&self->delivery);
  if (self->is_answered) {
    return drains && !block->in[0]->buffer ? RILL_TAIL : RILL_MORE;
  }
  return drains && self->is_finished ? RILL_DRAINED : RILL_OK;
}

static int32_t
process(struct rill_node* node, const struct rill_process* block)
{
  struct shim* const self = (struct shim*)node;
  self->why.text[0] = '\0';
  int32_t rc = self->is_answered ? RILL_OK : turn(self, block);
  if (rc >= 0 && self->is_answered) {
    const int64_t t = child_now_ns();
    rc = delivery_next(&self->delivery, block->out[0], &self->why);
    rc = rc < 0 ? blame(self, rc) : rc;
    times_add(&self->times, TIMES_DECODE, t);
  }
  return rc < 0 ? fail(self, rc) : outcome(self, block);
}

static int32_t
configure(struct rill_node* node, const struct rill_config* config)
{
  struct shim* const self = (struct shim*)node;
  self->in = config->in[0]->format;
  delivery_init(&self->delivery, node->host, &config->out[0]->format, 0);
  return RILL_OK;
}

enum { LEAST_FRAMES = 1024 };

static int32_t
activate(struct rill_node* node, struct rill_activation* a)
{
  struct shim* const self = (struct shim*)node;
  const uint32_t n =
    a->max_in_frames > LEAST_FRAMES ? a->max_in_frames : LEAST_FRAMES;
  self->delivery.max_frames = n;
  if (self->delivery.format.kind == RILL_KIND_AUDIO) {
    a->out_frames[0] = n;
    a->tail_frames = UINT32_MAX;
  }
  return RILL_OK;
}

static int32_t
reset(struct rill_node* node)
{
  struct shim* const self = (struct shim*)node;
  self->peer->ops->reset(self->peer);
  delivery_forget_place(&self->delivery);
  self->is_answered = self->is_finished = 0;
  self->times = (struct times){ { 0 } };
  return RILL_OK;
}

static int32_t
deactivate(struct rill_node* node)
{
  struct shim* const self = (struct shim*)node;
  reset(node);
  self->peer->ops->stop(self->peer);
  return RILL_OK;
}

static const void*
get_extension(const struct rill_node* node, const char* id)
{
  (void)node;
  return strcmp(id, RILL_EXT_PROFILE) ? NULL : &times_ops;
}

static void
destroy(struct rill_node* node)
{
  struct shim* const self = (struct shim*)node;
  if (self->peer) {
    self->peer->ops->free(self->peer);
  }
  text_free(&self->request);
  document_free(&self->scratch);
  document_free(&self->reply);
  free(self);
}

static const struct rill_node_ops ops = {
  .size = sizeof ops,
  .configure = configure,
  .activate = activate,
  .process = process,
  .reset = reset,
  .deactivate = deactivate,
  .destroy = destroy,
  .get_extension = get_extension,
};

// What makes the peer, and where it finds what it needs.
struct maker {
  int32_t (*make)(const struct rill_setup* setup, const char* place,
                  struct peer** out, struct why* why);
  const char* place;
};

static int32_t
create(const struct rill_host* host, const struct rill_setup* setup,
       struct maker maker, struct rill_node** out)
{
  struct rill_node* node;
  struct why why = { { 0 } };
  if (rill_new_node(sizeof(struct shim), &ops, host, &node) < 0) {
    return RILL_ERR_NO_MEMORY;
  }
  struct shim* const self = (struct shim*)node;
  const int32_t rc = maker.make(setup, maker.place, &self->peer, &why);
  if (rc < 0) {
    host->set_error(host, rc, why.text);
    destroy(node);
    return rc;
  }
  self->peer->node = node;
  *out = node;
  return RILL_OK;
}

int32_t
shim_create_exec(struct rill_lib* lib, const struct rill_node_desc* desc,
                 const struct rill_host* host, const struct rill_setup* setup,
                 struct rill_node** out)
{
  (void)desc;
  return create(host, setup,
                (struct maker){ exec_new, folder_launcher(lib) }, out);
}

int32_t
shim_create_lib(struct rill_lib* lib, const struct rill_node_desc* desc,
                const struct rill_host* host, const struct rill_setup* setup,
                struct rill_node** out)
{
  (void)desc;
  return create(host, setup, (struct maker){ lib_new, folder_legacy(lib) },
                out);
}

static const struct rill_node_desc* const nodes[] = { &exec_desc, &lib_desc };

RILL_PLUGIN_ENTRY(nodes, folder_open, folder_close, RILL_ENTRY_UNLOAD_SAFE);

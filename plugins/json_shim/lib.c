// SPDX-License-Identifier: ISC
// json.lib: a legacy node in a shared object, see rill/legacy.h.
#include "desc.h"
#include "object.h"
#include "peer.h"

#include <stdlib.h>
#include <string.h>

struct lib {
  struct peer peer;
  struct object object;
  struct rill_legacy_node* node;
  char* params;
  char* reply; // the object's, until it is given back
  char name[72];
};

static struct lib*
lib_of(struct peer* peer)
{
  return (struct lib*)peer;
}

static void
give_back(struct lib* self)
{
  if (self->reply) {
    self->object.type.free_text(self->reply);
    self->reply = NULL;
  }
}

static int32_t
fail(const struct lib* self, struct why* why, const char* call,
     const char* reason)
{
  return why_set(why, RILL_ERR_CORRUPT, "%s of legacy node '%s' %s", call,
                 self->name, reason);
}

// What the object says of its text is looked at before the text is read; the
// NUL behind it shows that the length is meant.
static int32_t
take_reply(struct lib* self, const char* call, uint64_t n, struct span* reply,
           struct why* why)
{
  if (n > self->peer.plan.max_line_bytes) {
    return fail(self, why, call, "gave a text longer than max_line");
  }
  if (self->reply[n]) {
    return fail(self, why, call, "gave a text without a NUL at its length");
  }
  *reply = (struct span){ self->reply, (size_t)n };
  return RILL_OK;
}

// *reply is {"error": "..."}, or whatever else a failed create says.
static int32_t
refuse_params(struct lib* self, uint64_t n, struct why* why)
{
  struct span text = { 0 };
  if (!self->reply) {
    return fail(self, why, "create", "gave nothing, and no reason");
  }
  int32_t rc = take_reply(self, "create", n, &text, why);
  if (rc >= 0) {
    rc = why_set(why, RILL_ERR_BAD_PARAM,
                 "legacy node '%s' cannot be created: %.*s", self->name,
                 (int)(text.n < 400 ? text.n : 400), text.at);
    why_clean(why->text);
  }
  return rc;
}

static int32_t
lib_start(struct peer* peer, struct why* why)
{
  struct lib* const self = lib_of(peer);
  uint64_t n = 0;
  char* reply = NULL;
  self->node = self->object.type.create(self->params, strlen(self->params),
                                        &reply, &n);
  self->reply = reply;
  const int32_t rc = self->node ? RILL_OK : refuse_params(self, n, why);
  give_back(self);
  const int takes = (self->object.type.flags & RILL_LEGACY_BASE64) != 0;
  peer->coding = takes ? peer->plan.wanted : VALUE_NUMBERS;
  peer->is_up = rc >= 0;
  if (rc >= 0 && peer->coding != peer->plan.wanted) {
    const struct rill_host* const host = peer->node->host;
    host->log(host, RILL_LOG_WARNING, "the legacy node does not say that it "
              "takes base64: samples travel as numbers");
  }
  return rc;
}

static int32_t
lib_begin(struct peer* peer, struct text* request)
{
  (void)request;
  give_back(lib_of(peer));
  return RILL_OK;
}

static int32_t
lib_ask(struct peer* peer, struct text* request, struct span* reply,
        struct why* why)
{
  struct lib* const self = lib_of(peer);
  uint64_t n = 0;
  if (text_add(request, "", 1) < 0) {
    return why_set(why, RILL_ERR_NO_MEMORY, "out of memory for a request");
  }
  self->reply =
    self->object.type.process(self->node, request->at, request->n - 1, &n);
  return self->reply ? take_reply(self, "process", n, reply, why)
                     : fail(self, why, "process", "gave no reply (null)");
}

static int32_t
lib_finish(struct peer* peer, struct text* request, struct span* reply,
           struct why* why)
{
  struct lib* const self = lib_of(peer);
  uint64_t n = 0;
  (void)request;
  give_back(self);
  *reply = (struct span){ 0 };
  if (self->object.type.finish) {
    self->reply = self->object.type.finish(self->node, &n);
  }
  return self->reply ? take_reply(self, "finish", n, reply, why) : RILL_OK;
}

static void
lib_stop(struct peer* peer)
{
  struct lib* const self = lib_of(peer);
  give_back(self);
  if (self->node) {
    self->object.type.destroy(self->node);
    self->node = NULL;
  }
  peer->is_up = 0;
}

static int32_t
lib_check(struct peer* peer, const struct document* reply, struct why* why)
{
  (void)peer;
  (void)reply;
  (void)why;
  return RILL_OK;
}

static int32_t
lib_blame(struct peer* peer, int32_t status, struct why* why)
{
  char reason[600];
  snprintf(reason, sizeof reason, "%.599s", why->text);
  why_clean(reason); // it may quote what the object wrote
  return why_set(why, status, "legacy node '%s': %s", lib_of(peer)->name,
                 reason);
}

static void
lib_free(struct peer* peer)
{
  struct lib* const self = lib_of(peer);
  lib_stop(peer);
  object_close(&self->object);
  free(self->params);
  free(self);
}

// A new stream is a new node: the contract has no other way back.
static const struct peer_ops ops = {
  .start = lib_start,
  .begin = lib_begin,
  .ask = lib_ask,
  .finish = lib_finish,
  .reset = lib_stop,
  .check = lib_check,
  .blame = lib_blame,
  .stop = lib_stop,
  .free = lib_free,
};

int32_t
lib_new(const struct rill_setup* setup, const char* folder, struct peer** out,
        struct why* why)
{
  const struct rill_value* const p = setup->params;
  struct lib* const self = (struct lib*)calloc(1, sizeof *self);
  if (!self || !(self->params = strdup(p[SHIM_PARAMS].text))) {
    free(self);
    return why_set(why, RILL_ERR_NO_MEMORY, "out of memory");
  }
  const int32_t rc = object_open(&self->object, p[LIB_LIBRARY].text,
                                 p[LIB_NODE].text, folder, why);
  if (rc < 0) {
    lib_free(&self->peer);
    return rc;
  }
  snprintf(self->name, sizeof self->name, "%s", self->object.type.name);
  self->peer.ops = &ops;
  self->peer.plan = desc_peer_plan(setup);
  *out = &self->peer;
  return RILL_OK;
}

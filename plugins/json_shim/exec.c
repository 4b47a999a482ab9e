// SPDX-License-Identifier: ISC
// json.exec: a child process in any language, a line of JSON each way.
//
// Some children know more than the contract and say so in their answer to
// init: "samples": "base64" (when asked for), "ids": true (each request has an
// "id", and its answer the same), "reset": true (an op before the next stream).
#include "child.h"
#include "desc.h"
#include "peer.h"
#include "reply.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

struct exec {
  struct peer peer;
  struct child_plan child_plan;
  struct child child;
  struct document doc; // of the answers to init and reset
  struct text request; // of init and reset
  const char** argv;
  char* params;
  uint64_t id; // of the request
  int has_ids;
  int can_reset;
};

static struct exec*
exec_of(struct peer* peer)
{
  return (struct exec*)peer;
}

// {"op":"process","id":7
static int32_t
open_op(struct exec* self, struct text* request, const char* op)
{
  char id[32];
  int32_t rc = text_add_string(request, "{\"op\":\"");
  rc = rc < 0 ? rc : text_add_string(request, op);
  rc = rc < 0 ? rc : text_add_string(request, "\"");
  if (rc >= 0 && self->has_ids) {
    snprintf(id, sizeof id, ",\"id\":%llu", (unsigned long long)++self->id);
    rc = text_add_string(request, id);
  }
  return rc;
}

static int32_t
talk(struct exec* self, struct text* request, int64_t patience_ns,
     struct span* reply, struct why* why)
{
  const int32_t rc = text_add_string(request, "}\n");
  if (rc < 0) {
    return why_set(why, rc, "out of memory for a request");
  }
  return child_talk(&self->child, request->at, request->n,
                    child_now_ns() + patience_ns, reply, why);
}

static int32_t
check_id(struct exec* self, const struct document* reply, struct why* why)
{
  const json_t* const id = json_object_get(reply->root, "id");
  if (!self->has_ids) {
    return RILL_OK;
  }
  if (!id) {
    return child_fail(&self->child, why, RILL_ERR_CORRUPT,
                      "answered without an id: %llu is expected",
                      (unsigned long long)self->id);
  }
  return json_is_integer(id) && json_integer_value(id) == (json_int_t)self->id
           ? RILL_OK
           : child_fail(&self->child, why, RILL_ERR_CORRUPT,
                        "answered with another id than %llu, which was asked",
                        (unsigned long long)self->id);
}

// Puts the child and its last words behind a reason that came from its answer.
static int32_t
exec_blame(struct peer* peer, int32_t status, struct why* why)
{
  char reason[240];
  snprintf(reason, sizeof reason, "%.239s", why->text);
  return child_fail(&exec_of(peer)->child, why, status, "answered: %s", reason);
}

// An answer without outputs, to init or reset.
static int32_t
read_consent(struct exec* self, const struct span* reply, struct why* why)
{
  const int32_t rc = reply_read(&self->doc, reply, why);
  if (rc < 0) {
    return exec_blame(&self->peer, rc, why);
  }
  return json_array_size(reply_outputs(&self->doc))
           ? child_fail(&self->child, why, RILL_ERR_CORRUPT,
                        "gave outputs before it got any input")
           : check_id(self, &self->doc, why);
}

static void
read_abilities(struct exec* self)
{
  const json_t* const root = self->doc.root;
  const char* const samples =
    json_string_value(json_object_get(root, "samples"));
  const int agrees = samples && !strcmp(samples, "base64");
  const int wanted = self->peer.plan.wanted == VALUE_BASE64;
  const struct rill_host* const host = self->peer.node->host;
  self->peer.coding = wanted && agrees ? VALUE_BASE64 : VALUE_NUMBERS;
  self->has_ids = json_is_true(json_object_get(root, "ids"));
  self->can_reset = json_is_true(json_object_get(root, "reset"));
  if (wanted && !agrees) {
    host->log(host, RILL_LOG_WARNING, "the child did not say that it takes "
              "base64: samples travel as numbers");
  }
}

static int32_t
send_init(struct exec* self, struct why* why)
{
  struct span reply;
  self->request.n = 0;
  self->has_ids = self->can_reset = 0;
  self->id = 0;
  int32_t rc = text_add_string(&self->request, "{\"op\":\"init\",\"params\":");
  rc = rc < 0 ? rc : text_add_string(&self->request, self->params);
  if (rc >= 0 && self->peer.plan.wanted == VALUE_BASE64) {
    rc = text_add_string(&self->request, ",\"samples\":\"base64\"");
  }
  rc = rc < 0 ? why_set(why, rc, "out of memory for a request")
              : talk(self, &self->request, self->peer.plan.start_ns, &reply,
                     why);
  rc = rc < 0 ? rc : read_consent(self, &reply, why);
  if (rc >= 0) {
    read_abilities(self);
  }
  document_clear(&self->doc);
  return rc;
}

static int32_t
exec_start(struct peer* peer, struct why* why)
{
  struct exec* const self = exec_of(peer);
  int32_t rc = child_start(&self->child, why);
  rc = rc < 0 ? rc : send_init(self, why);
  peer->is_up = rc >= 0;
  return rc;
}

static int32_t
exec_begin(struct peer* peer, struct text* request)
{
  const int32_t rc = open_op(exec_of(peer), request, "process");
  return rc < 0 ? rc : text_add_string(request, ",\"input\":");
}

static int32_t
exec_ask(struct peer* peer, struct text* request, struct span* reply,
         struct why* why)
{
  return talk(exec_of(peer), request, peer->plan.call_ns, reply, why);
}

static int32_t
exec_finish(struct peer* peer, struct text* request, struct span* reply,
            struct why* why)
{
  struct exec* const self = exec_of(peer);
  int32_t rc = open_op(self, request, "finish");
  if (rc < 0) {
    return why_set(why, rc, "out of memory for a request");
  }
  rc = talk(self, request, peer->plan.call_ns, reply, why);
  // One that can be reset is kept for the next stream.
  return rc < 0 || self->can_reset
           ? rc
           : child_finish(&self->child, child_now_ns() + peer->plan.call_ns,
                          why);
}

static void
exec_stop(struct peer* peer)
{
  child_stop(&exec_of(peer)->child);
  peer->is_up = 0;
}

static void
exec_reset(struct peer* peer)
{
  struct exec* const self = exec_of(peer);
  struct why why;
  struct span reply;
  self->request.n = 0;
  if (!peer->is_up || !self->can_reset || child_has_ended(&self->child, 0) ||
      open_op(self, &self->request, "reset") < 0 ||
      talk(self, &self->request, peer->plan.call_ns, &reply, &why) < 0 ||
      read_consent(self, &reply, &why) < 0) {
    exec_stop(peer); // the next stream gets a new one
  }
  document_clear(&self->doc);
}

static int32_t
exec_check(struct peer* peer, const struct document* reply, struct why* why)
{
  return check_id(exec_of(peer), reply, why);
}

static void
exec_free(struct peer* peer)
{
  struct exec* const self = exec_of(peer);
  child_fini(&self->child);
  document_free(&self->doc);
  text_free(&self->request);
  for (size_t i = 0; self->argv && self->argv[i]; ++i) {
    free((char*)self->argv[i]);
  }
  free(self->argv);
  free(self->params);
  free(self);
}

static const struct peer_ops ops = {
  .start = exec_start,
  .begin = exec_begin,
  .ask = exec_ask,
  .finish = exec_finish,
  .reset = exec_reset,
  .check = exec_check,
  .blame = exec_blame,
  .stop = exec_stop,
  .free = exec_free,
};

// On one line: outside of strings, JSON has no line breaks that mean anything,
// and inside it has none.
static char*
copy_line(const char* text)
{
  char* const copy = strdup(text);
  for (char* c = copy; c && *c; ++c) {
    *c = *c == '\n' || *c == '\r' ? ' ' : *c;
  }
  return copy;
}

static int
copy_command(struct exec* self, const struct rill_value* command)
{
  self->argv = (const char**)calloc(command->n + 1, sizeof *self->argv);
  for (uint32_t i = 0; self->argv && i < command->n; ++i) {
    if (!(self->argv[i] = strdup(command->list[i].text))) {
      return 0;
    }
  }
  return self->argv != NULL;
}

int32_t
exec_new(const struct rill_setup* setup, const char* launcher,
         struct peer** out, struct why* why)
{
  const struct rill_value* const p = setup->params;
  if (!p[EXEC_COMMAND].n || !*p[EXEC_COMMAND].list[0].text) {
    return why_set(why, RILL_ERR_BAD_PARAM, "'command' is empty: write a "
                   "program and its arguments, [python3, denoise.py]");
  }
  struct exec* const self = (struct exec*)calloc(1, sizeof *self);
  if (!self) {
    return why_set(why, RILL_ERR_NO_MEMORY, "out of memory");
  }
  child_init(&self->child, &self->child_plan);
  self->peer.ops = &ops;
  self->params = copy_line(p[SHIM_PARAMS].text);
  if (!self->params || !copy_command(self, &p[EXEC_COMMAND])) {
    exec_free(&self->peer);
    return why_set(why, RILL_ERR_NO_MEMORY, "out of memory");
  }
  self->peer.plan = desc_peer_plan(setup);
  self->peer.plan.params = self->params;
  self->peer.plan.start_ns = (int64_t)(p[EXEC_START_TIMEOUT].f * 1e9);
  self->peer.plan.call_ns = (int64_t)(p[EXEC_TIMEOUT].f * 1e9);
  self->child_plan = (struct child_plan){
    .argv = self->argv,
    .launcher = launcher,
    .max_line_bytes = self->peer.plan.max_line_bytes,
  };
  *out = &self->peer;
  return RILL_OK;
}

// SPDX-License-Identifier: ISC
// One node of a built plugin, called as the engine calls it: buffers bound,
// process, nothing else. Aborts on any failure.
#ifndef TESTS_BENCH_NODE_CALL_H
#define TESTS_BENCH_NODE_CALL_H

#include <rill/rill.h>

enum { NODE_CALL_MAX_OUT = 4 };

struct rig;

struct node_call {
  struct rig* rig;
  struct rill_node* node;
  struct rill_buffer* in;
  struct rill_buffer* out[NODE_CALL_MAX_OUT]; // made by the host; or null
  struct rill_io in_io;
  struct rill_io out_io[NODE_CALL_MAX_OUT];
  struct rill_io* ins[1];
  struct rill_io* outs[NODE_CALL_MAX_OUT];
  struct rill_process block;
  void* scratch;
};

/// *params*: symbol, text, ..., null; or null. The input is random: f32 within
/// -1.05 .. 1.05, any bits else. Nobody reads the outputs whose bits are set in
/// *unread*.
void
node_call_open(struct node_call* call,
               const char* plugin,
               const char* type,
               const char* const* params,
               const struct rill_format* in,
               uint32_t n_frames,
               uint32_t unread);

void
node_call_close(struct node_call* call);

/// One process call over all frames. *call* is a struct node_call.
void
node_call_run(void* call);

#endif

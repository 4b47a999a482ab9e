// SPDX-License-Identifier: ISC
// The node of both types: buffers become requests, replies become buffers.
#ifndef JSON_SHIM_SHIM_H
#define JSON_SHIM_SHIM_H

#include "deliver.h"
#include "peer.h"
#include "times.h"

struct shim {
  struct rill_node node;
  struct peer* peer;
  struct text request;
  struct document scratch; // of JSON on its way in
  struct document reply;
  struct delivery delivery;
  struct rill_format in;
  uint32_t max_out_frames;
  int is_answered; // what has come back is being given out
  int is_finished;
  struct times times;
  struct why why;
};

int32_t
shim_create_exec(struct rill_lib* lib, const struct rill_node_desc* desc,
                 const struct rill_host* host, const struct rill_setup* setup,
                 struct rill_node** out);

int32_t
shim_create_lib(struct rill_lib* lib, const struct rill_node_desc* desc,
                const struct rill_host* host, const struct rill_setup* setup,
                struct rill_node** out);

#endif

// SPDX-License-Identifier: ISC
// What the node types declare, and their parameters as the shim uses them.
#ifndef JSON_SHIM_DESC_H
#define JSON_SHIM_DESC_H

#include "peer.h"

/// Parameters by index: those of both types, then those of each.
enum {
  SHIM_PARAMS,
  SHIM_SAMPLES,
  SHIM_IN_ENCODING,
  SHIM_IN_RATE,
  SHIM_IN_CHANNELS,
  SHIM_OUT,
  SHIM_OUT_ENCODING,
  SHIM_OUT_RATE,
  SHIM_OUT_CHANNELS,
  SHIM_MAX_LINE,
  N_SHIM_PARAMS,
  EXEC_COMMAND = N_SHIM_PARAMS,
  EXEC_START_TIMEOUT,
  EXEC_TIMEOUT,
  N_EXEC_PARAMS,
  LIB_LIBRARY = N_SHIM_PARAMS,
  LIB_NODE,
  N_LIB_PARAMS
};

extern const struct rill_node_desc exec_desc;
extern const struct rill_node_desc lib_desc;

/// The part that both kinds of peers have; *params* is not copied. Deadlines
/// are for the kind to set.
struct peer_plan
desc_peer_plan(const struct rill_setup* setup);

/// The format of the output: what the parameters say, and else the input's.
/// [L]
int32_t
desc_derive(struct rill_lib* lib, const struct rill_node_desc* desc,
            const struct rill_host* host, struct rill_derivation* d);

#endif

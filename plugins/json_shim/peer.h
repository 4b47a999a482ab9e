// SPDX-License-Identifier: ISC
// What answers in JSON: a child process (json.exec) or a shared object
// (json.lib). The node above turns buffers into values and back.
#ifndef JSON_SHIM_PEER_H
#define JSON_SHIM_PEER_H

#include "document.h"
#include "text.h"
#include "value_text.h"
#include "why.h"

#include <rill/rill.h>

struct peer;

/// Statuses are those of the ABI; *why* says the reason of a failure, after
/// which only stop follows.
struct peer_ops {
  /// A fresh peer that has been told its parameters; sets peer->coding.
  int32_t (*start)(struct peer* peer, struct why* why);

  /// Writes what stands before an input value. The text is empty.
  int32_t (*begin)(struct peer* peer, struct text* request);

  /// Ends the request, asks, and gives the reply, which is valid until the
  /// next call.
  int32_t (*ask)(struct peer* peer, struct text* request, struct span* reply,
                 struct why* why);

  /// The input has ended. An empty reply means no outputs.
  int32_t (*finish)(struct peer* peer, struct text* request,
                    struct span* reply, struct why* why);

  /// As after start, for the next stream, without a new start where the peer
  /// knows how. It may stop the peer instead.
  void (*reset)(struct peer* peer);

  /// Looks at a reply that has been read: what only this kind of peer has.
  int32_t (*check)(struct peer* peer, const struct document* reply,
                   struct why* why);

  /// Puts who it was behind the reason why a reply was not taken, and gives
  /// the status back.
  int32_t (*blame)(struct peer* peer, int32_t status, struct why* why);

  /// The peer is gone. Takes one that is not up.
  void (*stop)(struct peer* peer);

  /// Stops, frees.
  void (*free)(struct peer* peer);
};

/// What both kinds are told. Texts belong to the instance.
struct peer_plan {
  const char* params; // a JSON object
  enum value_coding wanted;
  int64_t start_ns; // how long a start may take
  int64_t call_ns;  // and any other call
  size_t max_line_bytes;
};

/// Kinds put their own data behind it.
struct peer {
  const struct peer_ops* ops;
  struct peer_plan plan;
  const struct rill_node* node; // for logs
  enum value_coding coding;     // what was agreed at the start
  int is_up;
};

/// Both read their own parameters from *setup*; see desc.h for the indices.
int32_t
exec_new(const struct rill_setup* setup, const char* launcher,
         struct peer** out, struct why* why);

int32_t
lib_new(const struct rill_setup* setup, const char* folder, struct peer** out,
        struct why* why);

#endif

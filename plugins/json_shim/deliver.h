// SPDX-License-Identifier: ISC
// The outputs of a reply as buffers, one for each call of the node.
#ifndef JSON_SHIM_DELIVER_H
#define JSON_SHIM_DELIVER_H

#include "reply.h"
#include "value_text.h"

#include <rill/rill.h>

struct delivery {
  const struct rill_host* host;
  const struct document* doc;
  struct rill_format format; // of the link; kind is NONE when there is none
  uint32_t max_frames;
  size_t index; // of the output that is being given
  size_t n;
  int is_open; // `audio` has been understood
  struct value_audio audio;
  int has_place; // next_pos holds: audio continues what came before
  int64_t next_pos;
};

/// The link that buffers go to.
void
delivery_init(struct delivery* d, const struct rill_host* host,
              const struct rill_format* format, uint32_t max_frames);

/// A new reply: its outputs are to be given.
void
delivery_begin(struct delivery* d, const struct document* doc);

/// The stream jumped, or begins again: what comes next stands where its input
/// does.
void
delivery_forget_place(struct delivery* d);

/// Fills *io* with the next buffer. Gives 1, 0 when all have been given, or a
/// failure with its reason. Without a link, all are looked at and dropped.
int32_t
delivery_next(struct delivery* d, struct rill_io* io, struct why* why);

int
delivery_is_done(const struct delivery* d);

#endif

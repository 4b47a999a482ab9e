// SPDX-License-Identifier: ISC
// What a node writes to, and how it gets onto the links.
#ifndef ENGINE_OUTPUTS_H
#define ENGINE_OUTPUTS_H

#include "base/status.h"
#include "engine/node.h"

/// Whether every link can take a buffer. If not, the producer is noted when
/// there is room again.
int
outputs_have_room(struct node* node);

/// Binds a buffer to each output of node->block. Fails when memory is out.
enum status
outputs_bind(struct node* node);

/// Checks what the call left, numbers it and sends it. Whether anything was
/// sent; *breach* is set to what is wrong (nothing more is sent then). With
/// *keep_inputs* the call will get the same inputs once more.
int
outputs_collect(struct node* node, int keep_inputs, const char** breach);

/// Says of a buffer that is lent to a call where it stands, as far as the host
/// knows: where the input *from* does (null: behind what was sent last).
void
outputs_preset(const struct out_slot* out, const struct rill_buffer* from,
               uint32_t n_frames, struct buffer* buffer);

/// Numbers and times what the host bound. Nobody else can see it yet.
void
outputs_number(const struct out_slot* out, struct buffer* buffer);

/// Instead of collecting: gives back what was bound and what the node put there.
void
outputs_discard(struct node* node);

/// The same for output *i*.
void
outputs_drop(struct node* node, uint32_t i);

/// What is wrong with what the call left on output *i*, or null.
const char*
outputs_breach(const struct node* node, uint32_t i);

/// Nothing comes after what was sent.
void
outputs_end(struct node* node);

#endif

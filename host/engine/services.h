// SPDX-License-Identifier: ISC
// The host table that a plugin's node sees.
#ifndef ENGINE_SERVICES_H
#define ENGINE_SERVICES_H

#include "engine/node.h"

/// Fills node->host. [control]
void
services_init(struct node* node);

/// All buffers that the node was given have come back. [control]
void
services_fini(struct node* node);

/// A shell from the node's own pool that shows frames of *of*; takes the
/// caller's reference on success. Null: memory is out. [any thread]
struct buffer*
services_slice(struct node* node, struct buffer* of, uint32_t first,
               uint32_t n_frames);

#endif

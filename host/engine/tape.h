// SPDX-License-Identifier: ISC
// What the last calls of a node were given, kept so that another instance can
// be given the same: to be primed, or to do again what a new one failed at.
#ifndef ENGINE_TAPE_H
#define ENGINE_TAPE_H

#include "base/status.h"
#include "engine/node.h"

/// One call. Its buffers are in the tape.
struct tape_call {
  uint32_t flags; // of the block
  uint32_t n_frames;
  uint32_t n_events;
  const struct rill_event* events;
};

struct tape {
  uint32_t n_in;
  uint32_t capacity; // calls
  uint32_t first;
  uint32_t n;
  uint64_t n_frames; // of all calls that are kept
  struct tape_call* calls;
  struct buffer** buffers; // n_in for each call; a reference each
  uint32_t* io_flags;
};

/// Room for *capacity* calls of *n_in* inputs. [control]
enum status
tape_init(struct tape* tape, uint32_t n_in, uint32_t capacity);

/// Takes a zeroed one.
void
tape_fini(struct tape* tape);

/// Keeps what *node* has been given for the call that runs; forgets the oldest
/// call when there is no room. [who has the node]
void
tape_push(struct tape* tape, const struct node* node);

/// Forgets the oldest *n* calls.
void
tape_drop(struct tape* tape, uint32_t n);

/// Gives *node* the *index*-th call, in place of what it was given.
/// [who has the node]
void
tape_present(const struct tape* tape, uint32_t index, struct node* node);

/// Moves all calls of *from* behind those of *to*, which has room.
void
tape_move(struct tape* to, struct tape* from);

#endif

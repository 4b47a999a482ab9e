// SPDX-License-Identifier: ISC
// What the files of the editor share: the editor, and a transaction in work.
#ifndef ENGINE_EDIT_WORK_H
#define ENGINE_EDIT_WORK_H

#include "engine/edit.h"
#include "engine/generation.h"
#include "engine/state.h"
#include "engine/trial.h"

#include <pthread.h>

enum { EDIT_EVENTS = 256 };

/// What is known of a node, by its index. The stream's threads never look.
struct record {
  struct plan_node* plan; // of the instance that runs
  struct generation* code; // of the instance; null: the registry's
  uint32_t generation;
  uint32_t n_rolled_back;
  char rolled_back_why[512];
  int is_inserted;
  char* own_id; // then: nobody else's
  int is_removed;
  struct plan_node* behind; // the node behind a bypass, or null
  struct generation* code_behind;
};

/// Parameter events that a node has been given; kept until it has read them.
struct gift {
  struct gift* next;
  struct node* node;
  struct rill_event* events;
  uint32_t n_events;         // older ones that were not read come first
  struct rill_value* values; // whose texts the events show
  uint32_t n;                // of values
  int is_read;
};

struct editor {
  struct engine* engine;
  struct edit_options options;

  pthread_mutex_t turn_lock; // guards n_waiting only
  uint32_t n_waiting;        // transactions that run or wait
  pthread_mutex_t lock;      // one transaction or snapshot; guards the rest
  struct generations generations;
  struct record* records;
  uint32_t n_records;
  struct trial* trials;
  struct node* retired;
  struct gift* gifts;
  uint64_t n_transactions;
  uint64_t n_swaps;
  uint64_t n_rolled_back;
  struct seat_job* hung; // instances that never came out of create
  int64_t max_stall_ns;

  pthread_mutex_t events_lock;
  uint64_t n_events;
  struct edit_event events[EDIT_EVENTS];
};

struct op;

/// How an edit of one kind is done.
struct op_kind {
  /// Beside the stream: reads what is wanted, makes what is new. [control]
  enum status (*prepare)(struct op* op);
  /// All nodes are held: what may still fail. Changes nothing yet. Optional.
  enum status (*carry)(struct op* op);
  /// All nodes are held: does it. Cannot fail.
  void (*publish)(struct op* op);
};

enum { OP_NODES = 4, OP_EVENTS = 64 };

/// One edit of a transaction. op_fini.
struct op {
  const struct op_kind* kind;
  struct editor* editor;
  const struct edit* edit;
  struct edit_reply* reply;
  struct node* nodes[OP_NODES]; // that it must have; the first is "the node"
  uint32_t n_nodes;
  // SWAP and its kin.
  enum edit_mode mode;
  const struct edit_param* params;
  uint32_t n_params;
  const struct plan_node* like; // what it was given stays, where it fits
  struct node* spare;
  struct trial* trial;
  struct trial_join join;
  int tried_state; // it was refused
  struct recorder* recorder;
  // SET.
  struct gift* gift;
  // INSERT, CONNECT.
  uint32_t n_before; // inserts of the same transaction
  struct link* link;
  struct node* made;
  char number[16]; // a parameter that the host gives
  struct edit_param own_param;
  struct plan_node* behind; // what a bypass puts away
};

/// All edits of one call of edit_apply.
struct transaction {
  struct editor* editor;
  struct op* ops;
  uint32_t n;
  struct node** held; // in the order in which they were borrowed
  uint32_t n_held;
};

/// Writes why *op* cannot be done and gives *status* back.
enum status
op_refuse(struct op* op, enum status status, const char* format, ...)
  __attribute__((format(printf, 3, 4)));

/// The node *id* that there is now, or null.
struct node*
editor_find(struct editor* editor, const char* id);

static inline struct record*
record_of(struct editor* editor, const struct node* node)
{
  return &editor->records[node->index];
}

/// Adds to the events. *op* may be null.
void
editor_tell(struct editor* editor, enum edit_event_kind kind, const struct op* op,
            const struct node* node, const char* text);

#endif

// SPDX-License-Identifier: ISC
// What calls cost: always a few of them, so that the scheduler knows what is
// worth a trip to another core; all of them when a profile is wanted.
#ifndef ENGINE_TIMING_H
#define ENGINE_TIMING_H

#include <stdint.h>

struct node;
struct thread;

/// How long a look at the clock takes.
int64_t
timing_clock_cost(void);

/// A call of *node* began and ended. [who has claimed the node]
void
timing_record(struct thread* thread, struct node* node, int64_t begin_ns,
              int64_t end_ns);

/// The same in two parts: its cost, and its place in the trace.
/// [who has claimed the node]
void
timing_add(struct node* node, int64_t begin_ns, int64_t end_ns);

/// [who made the call]
void
timing_keep(struct thread* thread, const struct node* node, int64_t begin_ns,
            int64_t end_ns, uint64_t block);

#endif

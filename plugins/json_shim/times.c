// SPDX-License-Identifier: ISC
#include "child.h" // the clock
#include "shim.h"

#include <rill/ext/profile.h>

int64_t
times_add(struct times* times, int part, int64_t since_ns)
{
  const int64_t now = child_now_ns();
  __atomic_fetch_add(&times->ns[part], (uint64_t)(now - since_ns),
                     __ATOMIC_RELAXED);
  return now;
}

static void
read_times(const struct rill_node* node, uint64_t* ns)
{
  const struct shim* const self = (const struct shim*)node;
  for (int i = 0; i < N_TIMES; ++i) {
    ns[i] = __atomic_load_n(&self->times.ns[i], __ATOMIC_RELAXED);
  }
}

static const char* const names[] = {
  [TIMES_ENCODE] = "encode", [TIMES_CALL] = "call", [TIMES_DECODE] = "decode"
};

const struct rill_profile_ops times_ops = {
  .size = sizeof times_ops,
  .n_parts = N_TIMES,
  .names = names,
  .read = read_times,
};

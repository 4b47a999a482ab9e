// SPDX-License-Identifier: ISC
// Sleeping on an atomic word of this process.
#ifndef ENGINE_FUTEX_H
#define ENGINE_FUTEX_H

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/// Sleeps while the word is *value*, at most *ns* (0: for ever); may wake early.
static inline void
futex_wait(atomic_int* word, int value, int64_t ns)
{
  const struct timespec limit = { ns / 1000000000, ns % 1000000000 };
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, ns ? &limit : NULL, NULL, 0);
}

static inline void
futex_wake(atomic_int* word)
{
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

#endif

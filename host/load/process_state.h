// SPDX-License-Identifier: ISC
// What a plugin may not change behind our back: taken before its code runs for
// the first time, compared and put back after.
#ifndef LOAD_PROCESS_STATE_H
#define LOAD_PROCESS_STATE_H

#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
  PROCESS_LOCALE_BYTES = 256,
  PROCESS_N_SIGNALS = 65,
  PROCESS_N_STREAMS = 3
};

struct process_state {
  uint32_t fp_control; // rounding, traps, flush to zero, of this thread
  struct sigaction handlers[PROCESS_N_SIGNALS];
  stack_t signal_stack; // of this thread
  sigset_t signal_mask;  // of this thread
  char locale[PROCESS_LOCALE_BYTES];
  int folder; // descriptor of the working folder, -1: none
  int file_mask; // see umask(2); -1: not known
  uint64_t environment; // a sum over all of it
  dev_t stream_dev[PROCESS_N_STREAMS]; // of descriptors 0, 1, 2
  ino_t stream_ino[PROCESS_N_STREAMS];
};

/// On the thread that will run the plugin's code. [control]
void
process_state_take(struct process_state* out);

/// Puts back what differs, as far as it can be (not the environment and not
/// descriptors), and says so in *changes* ("signal handlers, the
/// locale"; "" when all is as it was). Each take needs one. [same thread]
void
process_state_restore(struct process_state* state, char* changes,
                      size_t n_bytes);

/// Only the floating point mode: rounding, flush to zero. Cheap enough for
/// each call. [any thread]
uint32_t
process_fp_control(void);

void
process_set_fp_control(uint32_t control);

/// Threads of this process, or 0 when that cannot be told.
uint32_t
process_n_threads(void);

#endif

// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/process_state.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__x86_64__)
// The low six bits are flags of what has happened, not modes.
enum { FP_FLAGS = 0x3f };
uint32_t
process_fp_control(void)
{
  return __builtin_ia32_stmxcsr() & ~(uint32_t)FP_FLAGS;
}

void
process_set_fp_control(uint32_t control)
{
  const uint32_t flags = __builtin_ia32_stmxcsr() & FP_FLAGS;
  __builtin_ia32_ldmxcsr(control | flags);
}
#elif defined(__aarch64__)
uint32_t
process_fp_control(void)
{
  uint64_t fpcr;
  __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
  return (uint32_t)fpcr;
}

void
process_set_fp_control(uint32_t control)
{
  const uint64_t fpcr = control;
  __asm__ volatile("msr fpcr, %0" : : "r"(fpcr));
}
#else
uint32_t
process_fp_control(void)
{
  return 0;
}

void
process_set_fp_control(uint32_t control)
{
  (void)control;
}
#endif

static void
stat_stream(int fd, dev_t* dev, ino_t* ino)
{
  struct stat st;
  const int is_open = !fstat(fd, &st);
  *dev = is_open ? st.st_dev : 0;
  *ino = is_open ? st.st_ino : 0;
}

// The system tells the mask only when it is set: not while other threads may
// be making files.
static int
read_file_mask(void)
{
  if (process_n_threads() != 1) {
    return -1;
  }
  const mode_t mask = umask(077);
  umask(mask);
  return (int)mask;
}

static uint64_t
sum_environment(void)
{
  uint64_t sum = 0;
  for (char** e = environ; e && *e; ++e) {
    for (const char* p = *e; *p; ++p) {
      sum = sum * 31 + (unsigned char)*p;
    }
    sum = sum * 31 + 1;
  }
  return sum;
}

void
process_state_take(struct process_state* out)
{
  out->fp_control = process_fp_control();
  for (int i = 1; i < PROCESS_N_SIGNALS; ++i) {
    if (sigaction(i, NULL, &out->handlers[i])) {
      memset(&out->handlers[i], 0, sizeof out->handlers[i]); // the C library's
    }
  }
  sigaltstack(NULL, &out->signal_stack);
  pthread_sigmask(SIG_SETMASK, NULL, &out->signal_mask);
  const char* const locale = setlocale(LC_ALL, NULL);
  snprintf(out->locale, sizeof out->locale, "%s", locale ? locale : "C");
  out->folder = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  out->file_mask = read_file_mask();
  out->environment = sum_environment();
  for (int i = 0; i < PROCESS_N_STREAMS; ++i) {
    stat_stream(i, &out->stream_dev[i], &out->stream_ino[i]);
  }
}

static int
restore_fp(const struct process_state* state)
{
  if (process_fp_control() == state->fp_control) {
    return 0;
  }
  process_set_fp_control(state->fp_control);
  return 1;
}

static int
restore_handlers(const struct process_state* state)
{
  int n = 0;
  for (int i = 1; i < PROCESS_N_SIGNALS; ++i) {
    const struct sigaction* const old = &state->handlers[i];
    struct sigaction now;
    if (!sigaction(i, NULL, &now) && now.sa_handler != old->sa_handler) {
      n += !sigaction(i, old, NULL);
    }
  }
  return n;
}

static int
restore_signal_stack(const struct process_state* state)
{
  stack_t now;
  if (sigaltstack(NULL, &now) || now.ss_sp == state->signal_stack.ss_sp) {
    return 0;
  }
  return !sigaltstack(&state->signal_stack, NULL);
}

static int
restore_signal_mask(const struct process_state* state)
{
  sigset_t now;
  pthread_sigmask(SIG_SETMASK, NULL, &now);
  for (int i = 1; i < PROCESS_N_SIGNALS; ++i) {
    if (sigismember(&now, i) != sigismember(&state->signal_mask, i)) {
      return !pthread_sigmask(SIG_SETMASK, &state->signal_mask, NULL);
    }
  }
  return 0;
}

static int
restore_locale(const struct process_state* state)
{
  const char* const now = setlocale(LC_ALL, NULL);
  if (now && !strcmp(now, state->locale)) {
    return 0;
  }
  return setlocale(LC_ALL, state->locale) != NULL;
}

static int
restore_folder(const struct process_state* state)
{
  struct stat now;
  struct stat old;
  if (state->folder < 0 || stat(".", &now) || fstat(state->folder, &old) ||
      (now.st_dev == old.st_dev && now.st_ino == old.st_ino)) {
    return 0;
  }
  return !fchdir(state->folder);
}

static int
restore_file_mask(const struct process_state* state)
{
  const int now = state->file_mask < 0 ? -1 : read_file_mask();
  if (now < 0 || now == state->file_mask) {
    return 0;
  }
  umask((mode_t)state->file_mask);
  return 1;
}

static int
streams_differ(const struct process_state* state)
{
  int n = 0;
  for (int i = 0; i < PROCESS_N_STREAMS; ++i) {
    dev_t dev;
    ino_t ino;
    stat_stream(i, &dev, &ino);
    n += dev != state->stream_dev[i] || ino != state->stream_ino[i];
  }
  return n;
}

void
process_state_restore(struct process_state* state, char* changes,
                      size_t n_bytes)
{
  const struct {
    int changed;
    const char* what;
  } rows[] = {
    { restore_fp(state), "the floating point mode" },
    { restore_handlers(state), "signal handlers" },
    { restore_signal_stack(state), "the signal stack" },
    { restore_signal_mask(state), "the signal mask" },
    { restore_locale(state), "the locale" },
    { restore_folder(state), "the working folder" },
    { restore_file_mask(state), "the umask" },
    { sum_environment() != state->environment, "the environment" },
    { streams_differ(state), "descriptors 0 to 2" },
  };
  size_t n = 0;
  changes[0] = '\0';
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
    if (rows[i].changed && n < n_bytes) {
      n += (size_t)snprintf(changes + n, n_bytes - n, "%s%s", n ? ", " : "",
                            rows[i].what);
    }
  }
  if (state->folder >= 0) {
    close(state->folder);
    state->folder = -1;
  }
}

// A program that is watched by the thread sanitizer has a thread more, which
// is not ours.
#ifdef __SANITIZE_THREAD__
static const uint32_t n_foreign = 1;
#else
static const uint32_t n_foreign = 0;
#endif

uint32_t
process_n_threads(void)
{
  struct stat st; // one link each, and . and ..
  if (stat("/proc/self/task", &st) || st.st_nlink < 3) {
    return 0;
  }
  const uint32_t n = (uint32_t)st.st_nlink - 2;
  return n > n_foreign ? n - n_foreign : 1;
}

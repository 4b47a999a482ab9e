// SPDX-License-Identifier: ISC
#include "config.h"
#include "engine/crash.h"

#include "base/mem.h"
#include "base/status.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Thread_local struct thread* current_thread;

// Only what may be called in a signal handler: write, and own formatting.
struct line {
  char text[512];
  size_t n;
};

static void
add(struct line* line, const char* text)
{
  while (*text && line->n < sizeof line->text - 1) {
    line->text[line->n++] = *text++;
  }
}

static void
add_number(struct line* line, uint64_t n)
{
  char digits[24];
  size_t i = sizeof digits;
  digits[--i] = '\0';
  do {
    digits[--i] = (char)('0' + n % 10);
  } while (n /= 10);
  add(line, digits + i);
}

static void
say(const struct thread* thread, const char* what, const char* detail)
{
  const struct node* const node =
    thread ? atomic_load_explicit(&thread->current, memory_order_relaxed) : NULL;
  struct line line = { .n = 0 };
  add(&line, "rill: error: ");
  if (node) {
    add(&line, "node '");
    add(&line, node->plan->id);
    add(&line, "' (");
    add(&line, node->plan->type->desc->name);
    add(&line, ", ");
    add(&line, node->plan->type->path);
    add(&line, ") ");
  } else {
    add(&line, "rill itself ");
  }
  add(&line, what);
  add(&line, detail);
  if (node) {
    add(&line, " in block ");
    add_number(&line, stat_get(&node->stats.n_calls));
  }
  add(&line, node ? "; no output was committed\n" : "\n");
  const ssize_t n = write(STDERR_FILENO, line.text, line.n);
  (void)n; // there is nowhere left to say that it failed
}

#ifndef RILL_SANITIZED
static const struct {
  int number;
  const char* name;
} fatal[] = {
  { SIGSEGV, "SIGSEGV" }, { SIGBUS, "SIGBUS" },   { SIGFPE, "SIGFPE" },
  { SIGILL, "SIGILL" },   { SIGABRT, "SIGABRT" }, { SIGSYS, "SIGSYS" },
};

static void
on_crash(int number)
{
  const char* name = "a signal";
  for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; ++i) {
    name = fatal[i].number == number ? fatal[i].name : name;
  }
  say(current_thread, "crashed with ", name);
  raise(number); // SA_RESETHAND: the default action this time
}
#endif

// A plugin has no business ending the process; what it would have committed is
// dropped with it.
static void
on_exit_call(void)
{
  struct thread* const thread = current_thread;
  if (thread && atomic_load(&thread->current)) {
    say(thread, "called exit()", "");
    _exit(status_exit_code(STATUS_BAD_PLUGIN));
  }
}

void
crash_thread_lost(void* arg)
{
  say(arg, "ended the thread that it was lent", "");
  _exit(status_exit_code(STATUS_BAD_PLUGIN));
}

void
crash_install(void)
{
  static int installed;
  if (installed) {
    return;
  }
  installed = 1;
  atexit(on_exit_call);
#ifndef RILL_SANITIZED
  struct sigaction action = { .sa_handler = on_crash,
                              .sa_flags = SA_ONSTACK | (int)SA_RESETHAND };
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; ++i) {
    sigaction(fatal[i].number, &action, NULL);
  }
#endif
}

void
crash_thread_begin(struct thread* thread)
{
  current_thread = thread;
#ifndef RILL_SANITIZED
  thread->crash_stack = mem_aligned(CRASH_STACK_BYTES);
  if (thread->crash_stack) {
    const stack_t stack = { .ss_sp = thread->crash_stack,
                            .ss_size = CRASH_STACK_BYTES };
    sigaltstack(&stack, NULL);
  }
#endif
}

void
crash_thread_end(struct thread* thread)
{
  current_thread = NULL;
#ifndef RILL_SANITIZED
  const stack_t none = { .ss_flags = SS_DISABLE };
  sigaltstack(&none, NULL);
  mem_free_aligned(thread->crash_stack);
  thread->crash_stack = NULL;
#else
  (void)thread;
#endif
}

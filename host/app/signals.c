// SPDX-License-Identifier: ISC
#include "app/signals.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/sys.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { DRAIN_S = 10, GRACE_S = 2 };

static const int64_t second_ns = 1000000000;
static const int64_t never = INT64_MAX;

// How far the end has been pressed for.
enum urgency { RUNNING, DRAINING, STOPPING };

struct signals {
  struct engine* engine;
  pthread_t thread;
  sigset_t before;       // what was blocked
  int signal_fd;
  int end_fd;            // readable: stop watching
  int64_t deadline_ns;   // when patience ends; never: it does not
  enum urgency urgency;
  _Atomic enum status asked;
};

static void
press(struct signals* s, enum urgency urgency, int64_t patience_s)
{
  s->urgency = urgency;
  s->deadline_ns = sys.now_ns() + patience_s * second_ns;
  engine_stop(s->engine,
              urgency == DRAINING ? ENGINE_STOP_DRAIN : ENGINE_STOP_NOW);
}

static void
take_signal(struct signals* s)
{
  struct signalfd_siginfo info;
  if (read(s->signal_fd, &info, sizeof info) != sizeof info) {
    return;
  }
  const int is_int = info.ssi_signo == SIGINT;
  if (s->urgency == RUNNING) {
    s->asked = is_int ? STATUS_SIGINT : STATUS_SIGTERM;
    log_info("%s: finishing what was read; once more to stop at once",
             is_int ? "interrupted" : "terminated");
    press(s, DRAINING, DRAIN_S);
  } else if (s->urgency == DRAINING) {
    log_info("stopped; outputs that were not finished are not written");
    press(s, STOPPING, GRACE_S);
  }
}

static void
take_deadline(struct signals* s)
{
  if (s->urgency == STOPPING) {
    log_error("a node does not return: giving up; nothing half is left");
    _exit(status_exit_code(s->asked));
  }
  if (s->urgency == DRAINING) {
    log_error("not finished within %d s: stopped; outputs that were not "
              "finished are not written",
              DRAIN_S);
  } else {
    s->asked = STATUS_LIMIT;
    log_error("stopped by --timeout; outputs that were not finished are not "
              "written");
  }
  press(s, STOPPING, GRACE_S);
}

static int
wait_ms(const struct signals* s)
{
  if (s->deadline_ns == never) {
    return -1;
  }
  const int64_t left = s->deadline_ns - sys.now_ns();
  const int64_t ms = left / 1000000 + 1;
  return left <= 0 ? 0 : ms < INT32_MAX ? (int)ms : INT32_MAX;
}

static void*
watch(void* arg)
{
  struct signals* const s = arg;
  struct pollfd fds[] = { { s->signal_fd, POLLIN, 0 },
                          { s->end_fd, POLLIN, 0 } };
  for (;;) {
    const int n = poll(fds, 2, wait_ms(s));
    if (n > 0 && fds[1].revents) {
      return NULL;
    }
    if (n > 0 && fds[0].revents) {
      take_signal(s);
    } else if (s->deadline_ns != never && sys.now_ns() >= s->deadline_ns) {
      take_deadline(s);
    }
  }
}

static void
close_all(struct signals* s)
{
  if (s->signal_fd >= 0) {
    close(s->signal_fd);
  }
  if (s->end_fd >= 0) {
    close(s->end_fd);
  }
  pthread_sigmask(SIG_SETMASK, &s->before, NULL);
  mem_free(s);
}

enum status
signals_start(struct engine* engine, double timeout_s, struct signals** out)
{
  sigset_t set;
  struct signals* const s = mem_new(struct signals);
  if (!s) {
    return STATUS_NO_MEMORY;
  }
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, &s->before);
  s->engine = engine;
  s->deadline_ns = timeout_s > 0
                     ? sys.now_ns() + (int64_t)(timeout_s * second_ns)
                     : never;
  s->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  s->end_fd = eventfd(0, EFD_CLOEXEC);
  if (s->signal_fd < 0 || s->end_fd < 0) {
    log_error("signals cannot be watched: %s", strerror(errno));
    close_all(s);
    return STATUS_INTERNAL;
  }
  const int failed = sys.thread_create(&s->thread, watch, s);
  if (failed) {
    log_error("no thread can be started: %s", strerror(failed));
    close_all(s);
    return STATUS_INTERNAL;
  }
  *out = s;
  return STATUS_OK;
}

enum status
signals_stop(struct signals* signals)
{
  if (!signals) {
    return STATUS_OK;
  }
  const uint64_t one = 1;
  while (write(signals->end_fd, &one, sizeof one) < 0 && errno == EINTR) {
  }
  pthread_join(signals->thread, NULL);
  const enum status asked = signals->asked;
  close_all(signals);
  return asked;
}

// SPDX-License-Identifier: ISC
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

extern char** environ;

enum { PIPE_BYTES = 1 << 20, MAX_ARGS = 1024 };

// The ends of the three pipes: [0] is read, [1] is written.
struct pipes {
  int in[2];
  int out[2];
  int err[2];
};

void
child_init(struct child* child, const struct child_plan* plan)
{
  child->plan = plan;
  child->pid = 0;
  child->pidfd = child->to = child->to_guard = child->from = child->words = -1;
}

static void
close_pair(int pair[2])
{
  for (int i = 0; i < 2; ++i) {
    if (pair[i] >= 0) {
      close(pair[i]);
    }
  }
}

static void
pipes_close(struct pipes* p)
{
  close_pair(p->in);
  close_pair(p->out);
  close_pair(p->err);
}

static int
pipes_open(struct pipes* p)
{
  *p = (struct pipes){ { -1, -1 }, { -1, -1 }, { -1, -1 } };
  return !pipe2(p->in, O_CLOEXEC) && !pipe2(p->out, O_CLOEXEC) &&
         !pipe2(p->err, O_CLOEXEC);
}

// Larger pipes make fewer turns; the system may say no.
static void
prepare_end(int fd)
{
  const int flags = fcntl(fd, F_GETFL);
  fcntl(fd, F_SETFL, flags | O_NONBLOCK);
  fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
}

// Signals as a program finds them at its start, whatever the host ignores or
// blocks; a group of its own.
static int
set_attributes(posix_spawnattr_t* a)
{
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  int rc = posix_spawnattr_setflags(
    a, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  rc = rc ? rc : posix_spawnattr_setpgroup(a, 0);
  rc = rc ? rc : posix_spawnattr_setsigdefault(a, &all);
  return rc ? rc : posix_spawnattr_setsigmask(a, &none);
}

static int
set_actions(posix_spawn_file_actions_t* a, const struct pipes* p)
{
  int rc = posix_spawn_file_actions_adddup2(a, p->in[0], STDIN_FILENO);
  rc = rc ? rc : posix_spawn_file_actions_adddup2(a, p->out[1], STDOUT_FILENO);
  rc = rc ? rc : posix_spawn_file_actions_adddup2(a, p->err[1], STDERR_FILENO);
  return rc ? rc : posix_spawn_file_actions_addclosefrom_np(a, 3);
}

// The launcher, the host's pid, then the command itself.
static void
fill_args(const struct child_plan* plan, char* host, size_t n_bytes,
          const char** args)
{
  size_t n = 0;
  if (plan->launcher) {
    snprintf(host, n_bytes, "%ld", (long)getpid());
    args[n++] = plan->launcher;
    args[n++] = host;
  }
  for (size_t i = 0; plan->argv[i] && n < MAX_ARGS + 2; ++i) {
    args[n++] = plan->argv[i];
  }
  args[n] = NULL;
}

static int
spawn(struct child* child, const struct pipes* p)
{
  const char* args[MAX_ARGS + 3];
  char host[24];
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  fill_args(child->plan, host, sizeof host, args);
  int rc = posix_spawn_file_actions_init(&actions);
  if (rc) {
    return rc;
  }
  if (!(rc = posix_spawnattr_init(&attributes))) {
    rc = set_attributes(&attributes);
    rc = rc ? rc : set_actions(&actions, p);
    rc = rc ? rc
            : posix_spawnp(&child->pid, args[0], &actions, &attributes,
                           (char* const*)args, environ);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return rc;
}

static int32_t
refuse(struct child* child, struct pipes* p, int error, struct why* why)
{
  pipes_close(p);
  child->pid = 0;
  return why_set(why, error == ENOMEM ? RILL_ERR_NO_MEMORY : RILL_ERR_FAILED,
                 "cannot start '%s': %s", child->plan->argv[0],
                 strerror(error));
}

int32_t
child_start(struct child* child, struct why* why)
{
  struct pipes p;
  child->is_over = child->status = 0;
  child->inbox.n = child->n_taken = child->n_scanned = 0;
  child->tail.n = 0;
  if (!pipes_open(&p)) {
    return refuse(child, &p, errno, why);
  }
  prepare_end(p.in[1]);
  prepare_end(p.out[0]);
  prepare_end(p.err[0]);
  const int rc = spawn(child, &p);
  if (rc) {
    return refuse(child, &p, rc, why);
  }
  close(p.out[1]);
  close(p.err[1]);
  child->to = p.in[1];
  child->to_guard = p.in[0];
  child->from = p.out[0];
  child->words = p.err[0];
  child->pidfd = pidfd_open(child->pid, 0);
  if (child->pidfd < 0) {
    why_set(why, RILL_ERR_FAILED, "cannot watch '%s': %s",
            child->plan->argv[0], strerror(errno));
    child_stop(child);
    return RILL_ERR_FAILED;
  }
  return RILL_OK;
}

// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/scan.h"

#include "base/sys.h"
#include "load/process_state.h"
#include "load/report.h"
#include "load/scan_child.h"
#include "load/scan_verdict.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

const struct scan_limits scan_default_limits = { 10 * INT64_C(1000000000),
                                                 UINT64_C(4) << 30 };

static atomic_int is_scanner; // main calls scan_main

struct child {
  pid_t pid;
  int pid_fd; // readable when it has ended, or -1
  int pipe;   // what it sends
};

static pid_t
spawn_self(const char* path, uint64_t memory_bytes, int to_parent)
{
  char memory[32];
  char name[] = "rill";
  char argument[] = SCAN_ARGUMENT;
  char* const argv[] = { name, argument, (char*)(uintptr_t)path, memory, NULL };
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  sigset_t all;
  sigset_t none;
  pid_t pid = -1;
  snprintf(memory, sizeof memory, "%llu", (unsigned long long)memory_bytes);
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  for (int i = 0; i < SCAN_FD; ++i) {
    posix_spawn_file_actions_addopen(&files, i, "/dev/null", O_RDWR, 0);
  }
  posix_spawn_file_actions_adddup2(&files, to_parent, SCAN_FD);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF |
                                          POSIX_SPAWN_SETSIGMASK |
                                          POSIX_SPAWN_SETPGROUP);
  const int failed = posix_spawn(&pid, "/proc/self/exe", &files, &attributes,
                                 argv, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  errno = failed;
  return failed ? -1 : pid;
}

static pid_t
fork_self(const char* path, uint64_t memory_bytes, int to_parent)
{
  if (process_n_threads() > 1) {
    errno = ENOTSUP;
    return -1;
  }
  const pid_t pid = fork();
  if (!pid) {
    scan_child_isolate(to_parent);
    _exit(scan_child(path, memory_bytes));
  }
  if (pid > 0) {
    setpgid(pid, pid); // both do, whoever is first
  }
  return pid;
}

static int
start(const char* path, const struct scan_limits* limits, struct child* out)
{
  int ends[2];
  if (pipe2(ends, O_CLOEXEC)) {
    return 0;
  }
  // Not where the file actions put the null device.
  const int to_parent = fcntl(ends[1], F_DUPFD_CLOEXEC, SCAN_FD + 1);
  close(ends[1]);
  out->pid = atomic_load(&is_scanner)
               ? spawn_self(path, limits->memory_bytes, to_parent)
               : fork_self(path, limits->memory_bytes, to_parent);
  const int e = errno;
  close(to_parent);
  if (out->pid < 0) {
    close(ends[0]);
    errno = e;
    return 0;
  }
  out->pipe = ends[0];
  out->pid_fd = pidfd_open(out->pid, 0);
  return 1;
}

// More from the pipe; 0 at its end.
static int
receive(struct child* child, struct text* got)
{
  char bytes[4096];
  const ssize_t n = read(child->pipe, bytes, sizeof bytes);
  if (n > 0) {
    text_add_bytes(got, bytes, (size_t)n);
  }
  return (n > 0 && !got->failed && got->n < SCAN_MAX_BYTES) ||
         (n < 0 && errno == EINTR);
}

// A grandchild may hold the pipe open, and a plugin may close it: what ends the
// wait is a whole report, the end of the child, or the deadline.
static int
listen_until(struct child* child, int64_t deadline_ns, struct text* got)
{
  struct pollfd fds[2] = { { child->pipe, POLLIN, 0 },
                           { child->pid_fd, POLLIN, 0 } };
  while (!scan_verdict_is_complete(got)) {
    const int64_t left_ns = deadline_ns - sys.now_ns();
    if (left_ns <= 0) {
      return 0;
    }
    const int n = poll(fds, 2, (int)(left_ns / 1000000) + 1);
    if (n <= 0) {
      continue;
    }
    if (!fds[0].revents) {
      break; // nothing left to read, and nobody who writes
    }
    if (!receive(child, got)) {
      fds[0].fd = -1;
      fds[0].revents = 0;
      if (child->pid_fd < 0) {
        break;
      }
    }
  }
  return 1;
}

static void
finish(struct child* child, int* wait_status)
{
  // What has ended keeps its own fate; what has not is ended, with its family.
  kill(-child->pid, SIGKILL);
  while (waitpid(child->pid, wait_status, 0) < 0) {
    if (errno != EINTR) {
      *wait_status = 0;
      break;
    }
  }
  close(child->pipe);
  if (child->pid_fd >= 0) {
    close(child->pid_fd);
  }
}

enum status
scan_file(const char* path, const struct scan_limits* limits, struct text* out)
{
  struct child child;
  struct scan_result result = { .limits = limits };
  if (!start(path, limits, &child)) {
    return scan_verdict_not_started(errno, out);
  }
  result.timed_out = !listen_until(&child, sys.now_ns() + limits->time_ns,
                                   &result.got);
  finish(&child, &result.wait_status);
  const enum status st = scan_verdict(&result, out);
  text_fini(&result.got);
  return st;
}

int
scan_main(int argc, char** argv)
{
  if (argc != 4 || strcmp(argv[1], SCAN_ARGUMENT) != 0) {
    atomic_store(&is_scanner, 1);
    return -1;
  }
  return scan_child(argv[2], strtoull(argv[3], NULL, 10));
}

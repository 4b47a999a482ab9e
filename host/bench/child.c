// SPDX-License-Identifier: ISC
#include "config.h"

#include "bench/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

static pid_t
spawn(const char* const* argv, int in, int out)
{
  posix_spawn_file_actions_t actions;
  pid_t pid = 0;
  if (posix_spawn_file_actions_init(&actions)) {
    return 0;
  }
  if (posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO) ||
      posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) ||
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                       O_WRONLY, 0) ||
      posix_spawn(&pid, argv[0], &actions, NULL, (char* const*)argv, environ)) {
    pid = 0;
  }
  posix_spawn_file_actions_destroy(&actions);
  return pid;
}

static void
close_both(const int* fds)
{
  close(fds[0]);
  close(fds[1]);
}

enum status
child_open(struct child* child, const char* const* argv)
{
  int to[2], from[2];
  *child = (struct child){ 0 };
  if (pipe2(to, O_CLOEXEC)) {
    return STATUS_BAD_INPUT;
  }
  if (pipe2(from, O_CLOEXEC)) {
    close_both(to);
    return STATUS_BAD_INPUT;
  }
  child->pid = spawn(argv, to[0], from[1]);
  close(to[0]);
  close(from[1]);
  child->to = fdopen(to[1], "w");
  child->from = fdopen(from[0], "r");
  if (child->pid && child->to && child->from) {
    return STATUS_OK;
  }
  child_close(child);
  return STATUS_BAD_INPUT;
}

enum status
child_ask(struct child* child, char* answer, int n_bytes)
{
  if (fputc('\n', child->to) == EOF || fflush(child->to) ||
      !fgets(answer, n_bytes, child->from)) {
    return STATUS_BAD_INPUT;
  }
  answer[strcspn(answer, "\n")] = '\0';
  return STATUS_OK;
}

void
child_close(struct child* child)
{
  if (child->to) {
    fclose(child->to); // it sees the end of its input, and ends
  }
  if (child->from) {
    fclose(child->from);
  }
  if (child->pid) {
    waitpid(child->pid, NULL, 0);
  }
  *child = (struct child){ 0 };
}

// SPDX-License-Identifier: ISC
// json_child HOST-PID COMMAND [ARG...]: runs COMMAND and ends as it does. When
// the host dies, by whatever signal, it kills the process group that it leads,
// so that nothing which COMMAND has started outlives the host.
//
// The system could kill COMMAND itself (PR_SET_PDEATHSIG), but does so when the
// thread of the host ends that has started it, and that may be long before.
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CANNOT_RUN = 126, NOT_FOUND = 127 };

static int
run(char** argv)
{
  prctl(PR_SET_PDEATHSIG, SIGKILL); // should this program be killed itself
  execvp(argv[0], argv);
  const int error = errno;
  fprintf(stderr, "cannot run '%s': %s%s\n", argv[0], strerror(error),
          error != ENOENT || access(argv[0], F_OK)
            ? "" : " (the interpreter that its first line names)");
  return error == ENOENT ? NOT_FOUND : CANNOT_RUN;
}

// Until COMMAND ends, or the host does.
static void
watch(pid_t host, pid_t child)
{
  struct pollfd p[2] = { { pidfd_open(host, 0), POLLIN, 0 },
                         { pidfd_open(child, 0), POLLIN, 0 } };
  int n = getppid() == host ? 0 : -1; // else the number is somebody else's
  while (!n && p[1].fd >= 0) {
    n = poll(p, 2, -1) < 0 && errno == EINTR ? 0 : 1;
    if (n && p[0].revents) {
      n = -1;
    }
  }
  if (n < 0) {
    kill(0, SIGKILL);
  }
}

// As COMMAND has ended: by the same signal, or with the same status.
static int
end_like(int status)
{
  if (WIFSIGNALED(status)) {
    prctl(PR_SET_DUMPABLE, 0); // one core file is enough
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
  }
  return WEXITSTATUS(status);
}

// Ends of pipes that this program kept would hide that COMMAND has closed them.
static void
close_pipes(void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    close(fd);
  }
}

int
main(int argc, char** argv)
{
  int status = 0;
  if (argc < 3) {
    fputs("usage: json_child HOST-PID COMMAND [ARG...]\n", stderr);
    return CANNOT_RUN;
  }
  const pid_t child = fork();
  if (child < 0) {
    fprintf(stderr, "cannot start '%s': %s\n", argv[2], strerror(errno));
    return CANNOT_RUN;
  }
  if (!child) {
    return run(argv + 2);
  }
  // A polite request to the group is for COMMAND, which this waits for.
  signal(SIGTERM, SIG_IGN);
  close_pipes();
  watch((pid_t)atol(argv[1]), child);
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return end_like(status);
}

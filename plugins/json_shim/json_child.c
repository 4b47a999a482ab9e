// SPDX-License-Identifier: ISC
// json_child HOST-PID COMMAND [ARG...]: becomes COMMAND, which dies when the
// host does. posix_spawn cannot ask the system for that; this program can.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { CANNOT_RUN = 126, NOT_FOUND = 127 };

int
main(int argc, char** argv)
{
  if (argc < 3) {
    fputs("usage: json_child HOST-PID COMMAND [ARG...]\n", stderr);
    return CANNOT_RUN;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != (pid_t)atol(argv[1])) {
    return CANNOT_RUN; // it died in between
  }
  execvp(argv[2], argv + 2);
  const int error = errno;
  fprintf(stderr, "cannot run '%s': %s%s\n", argv[2], strerror(error),
          error != ENOENT || access(argv[2], F_OK)
            ? "" : " (the interpreter that its first line names)");
  return error == ENOENT ? NOT_FOUND : CANNOT_RUN;
}

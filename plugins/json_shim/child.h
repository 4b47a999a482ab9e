// SPDX-License-Identifier: ISC
// A child process that is asked in lines and answers in lines.
//
// It leads a process group of its own, which ends with it: whatever it has
// started is killed too. It is told to end when the host dies. All descriptors
// are close-on-exec, and the child gets three: its stdin, stdout and stderr.
// No signal is needed or changed: this side keeps the reading end of the
// child's stdin open, so that a write can never raise SIGPIPE, and learns of
// the end from a pidfd.
#ifndef JSON_SHIM_CHILD_H
#define JSON_SHIM_CHILD_H

#include "document.h" // struct span
#include "tail.h"
#include "text.h"
#include "why.h"

#include <sys/types.h>

/// What is run, and how patient one is. Not copied.
struct child_plan {
  const char* const* argv; // ends with null
  const char* launcher;    // what ties its life to the host's; null: nothing
  size_t max_line_bytes;
};

struct child {
  const struct child_plan* plan;
  pid_t pid;     // 0: there is none
  int pidfd;     // all are -1 when closed
  int to;        // its stdin
  int to_guard;  // the other end of that
  int from;      // its stdout
  int words;     // its stderr
  int is_over;   // it has ended: `status` says how
  int status;    // as waitpid gives it
  struct text inbox;
  size_t n_taken;   // bytes of the inbox that have been given out
  size_t n_scanned; // of the rest: hold no line break
  struct tail tail;
};

void
child_init(struct child* child, const struct child_plan* plan);

/// Starts it. A program that cannot be run is told by what happens next: the
/// child exits with 126 or 127.
int32_t
child_start(struct child* child, struct why* why);

/// Sends *request*, *n* bytes that end with a line break, and waits until
/// *deadline_ns* for one line that is not blank. *line* is without its break
/// and valid until the next call. Both pipes may be full: both are served, and
/// what the child says on stderr is kept at any time. On failure *why* has the
/// child's pid and name, how it ended, and its last words.
int32_t
child_talk(struct child* child, const char* request, size_t n,
           int64_t deadline_ns, struct span* line, struct why* why);

/// Closes its stdin and waits until *deadline_ns* for its end. A status other
/// than 0, a signal, or a further line is RILL_ERR_FAILED; one that does not
/// end is killed, which is RILL_ERR_TIMEOUT.
int32_t
child_finish(struct child* child, int64_t deadline_ns, struct why* why);

/// Ends its process group: SIGTERM, a moment later SIGKILL. Reaps it and closes
/// all descriptors. Takes one that is not there. The room is kept.
void
child_stop(struct child* child);

/// child_stop, and frees the room.
void
child_fini(struct child* child);

/// "child 4711 (python3)", *what*, then how it ended if it has, and its last
/// words; gives the status back.
__attribute__((format(printf, 4, 5))) int32_t
child_fail(struct child* child, struct why* why, int32_t status,
           const char* what, ...);

/// Takes what is on its stderr without waiting.
void
child_listen(struct child* child);

/// Looks whether it has ended, waiting until *deadline_ns* at most (0: not).
/// Reaps nothing: the pid stays its own until child_stop.
int
child_has_ended(struct child* child, int64_t deadline_ns);

int64_t
child_now_ns(void);

#endif

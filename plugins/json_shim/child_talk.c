// SPDX-License-Identifier: ISC
// One request and one line of answer, with both pipes served all the time.
#include "child.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { READ_BYTES = 1 << 18, WORDS_BYTES = 8192, WORDS_READS = 64 };

// What is left to write, and what has come.
struct turn {
  const char* at;
  size_t n_left;
  int64_t deadline_ns;
  int is_end; // nothing more will come
};

int64_t
child_now_ns(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

// A child that only talks must not keep us from seeing the deadline.
void
child_listen(struct child* child)
{
  char bytes[WORDS_BYTES];
  ssize_t n = 1;
  for (int i = 0; child->words >= 0 && n > 0 && i < WORDS_READS; ++i) {
    n = read(child->words, bytes, sizeof bytes);
    if (n > 0) {
      tail_add(&child->tail, bytes, (size_t)n);
    } else if (!n || (errno != EAGAIN && errno != EINTR)) {
      close(child->words);
      child->words = -1;
    }
  }
}

// Gives what is blank up to the first that is not.
static size_t
count_blank(const char* at, size_t n)
{
  size_t i = 0;
  while (i < n && strchr(" \t\r\n", at[i]) && at[i]) {
    ++i;
  }
  return i;
}

// Cuts the next line that is not blank off the inbox; at the end of all input
// the last one needs no line break.
static int
take_line(struct child* child, int is_end, struct span* line)
{
  char* const all = child->inbox.at;
  for (;;) {
    const size_t n_there = child->inbox.n - child->n_taken;
    const size_t from = child->n_taken + child->n_scanned;
    const char* const nl =
      n_there > child->n_scanned
        ? memchr(all + from, '\n', child->inbox.n - from) : NULL;
    if (!nl && (!is_end || !n_there)) {
      child->n_scanned = n_there;
      return 0;
    }
    const char* const at = all + child->n_taken;
    const size_t n = nl ? (size_t)(nl - at) : n_there;
    child->n_taken += n + (nl != NULL);
    child->n_scanned = 0;
    if (count_blank(at, n) < n) {
      *line = (struct span){ at, n };
      return 1;
    }
  }
}

static void
drop_taken(struct child* child)
{
  const size_t n = child->inbox.n - child->n_taken;
  if (child->n_taken) {
    memmove(child->inbox.at, child->inbox.at + child->n_taken, n);
    child->inbox.n = n;
    child->n_taken = 0;
  }
}

static int32_t
too_long(struct child* child, struct why* why)
{
  return child_fail(child, why, RILL_ERR_CORRUPT,
                    "wrote a line of more than %zu bytes (max_line)",
                    child->plan->max_line_bytes);
}

// Reads once; gives 0 when nothing more will ever come.
static int32_t
receive(struct child* child, struct turn* turn, struct why* why)
{
  if (child->inbox.n - child->n_taken > child->plan->max_line_bytes) {
    return too_long(child, why);
  }
  char* const room = text_room(&child->inbox, READ_BYTES);
  if (!room) {
    return why_set(why, RILL_ERR_NO_MEMORY, "out of memory for a reply");
  }
  const ssize_t n = read(child->from, room, READ_BYTES);
  if (n > 0) {
    child->inbox.n += (size_t)n;
  } else if (!n || (errno != EAGAIN && errno != EINTR)) {
    turn->is_end = 1;
  }
  return RILL_OK;
}

static void
send_some(struct child* child, struct turn* turn)
{
  const ssize_t n = write(child->to, turn->at, turn->n_left);
  if (n > 0) {
    turn->at += n;
    turn->n_left -= (size_t)n;
  }
}

static int
wait_for(struct child* child, const struct turn* turn, struct pollfd p[4])
{
  const int64_t left = turn->deadline_ns - child_now_ns();
  const struct timespec timeout = { left > 0 ? left / 1000000000 : 0,
                                    left > 0 ? left % 1000000000 : 0 };
  p[0] = (struct pollfd){ child->from, POLLIN, 0 };
  p[1] = (struct pollfd){ child->words, POLLIN, 0 };
  p[2] = (struct pollfd){ child->pidfd, POLLIN, 0 };
  p[3] = (struct pollfd){ turn->n_left ? child->to : -1, POLLOUT, 0 };
  return ppoll(p, 4, &timeout, NULL);
}

// What an end means: others may hold the pipe open, so the child's own end
// counts, after all that it wrote has been read.
static int32_t
look_for_end(struct child* child, struct turn* turn, struct why* why)
{
  int32_t rc = RILL_OK;
  size_t before;
  do {
    before = child->inbox.n;
    rc = receive(child, turn, why);
  } while (rc >= 0 && !turn->is_end && child->inbox.n > before);
  turn->is_end = 1;
  return rc;
}

static int32_t
serve(struct child* child, struct turn* turn, struct why* why)
{
  struct pollfd p[4];
  const int n = wait_for(child, turn, p);
  if (n <= 0) {
    return !n && child_now_ns() >= turn->deadline_ns
             ? child_fail(child, why, RILL_ERR_TIMEOUT,
                          turn->n_left ? "stopped reading its input"
                                       : "did not answer in time")
             : RILL_OK;
  }
  if (p[1].revents) {
    child_listen(child);
  }
  if (p[3].revents) {
    send_some(child, turn);
  }
  if (p[2].revents) {
    return look_for_end(child, turn, why);
  }
  return p[0].revents ? receive(child, turn, why) : RILL_OK;
}

// Nothing may stand in the inbox before a request: it would be taken for the
// answer.
static int32_t
expect_silence(struct child* child, struct why* why)
{
  struct turn turn = { 0 };
  struct span line;
  drop_taken(child);
  const int32_t rc = receive(child, &turn, why);
  if (rc >= 0 && take_line(child, turn.is_end, &line)) {
    return child_fail(child, why, RILL_ERR_CORRUPT,
                      "wrote a line that nobody asked for: '%.*s'",
                      (int)(line.n < 60 ? line.n : 60), line.at);
  }
  return rc;
}

int32_t
child_talk(struct child* child, const char* request, size_t n,
           int64_t deadline_ns, struct span* line, struct why* why)
{
  struct turn turn = { request, n, deadline_ns, 0 };
  int32_t rc = expect_silence(child, why);
  while (rc >= 0 && !take_line(child, turn.is_end, line)) {
    if (turn.is_end) {
      return child_fail(child, why, RILL_ERR_FAILED,
                        "ended without an answer");
    }
    rc = serve(child, &turn, why);
    if (rc >= 0 && child_now_ns() > deadline_ns) {
      rc = child_fail(child, why, RILL_ERR_TIMEOUT, "did not answer in time");
    }
  }
  return rc >= 0 && line->n > child->plan->max_line_bytes
           ? too_long(child, why) : rc;
}

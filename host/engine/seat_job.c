// SPDX-License-Identifier: ISC
#include "engine/seat_job.h"

#include "base/mem.h"
#include "base/sys.h"
#include "engine/futex.h"
#include "engine/instance.h"
#include "engine/seat.h"

struct seat_job {
  struct seat_job* next;
  struct node* spare;
  pthread_t thread;
  enum status status;
  atomic_int is_done;
};

static void*
start(void* arg)
{
  struct seat_job* const job = arg;
  job->status = instance_start(job->spare);
  atomic_store(&job->is_done, 1);
  futex_wake(&job->is_done);
  return NULL;
}

// Whether it came back.
static int
wait_for(struct seat_job* job, int64_t deadline_ns)
{
  int64_t left = deadline_ns - sys.now_ns();
  while (!atomic_load(&job->is_done) && left > 0) {
    futex_wait(&job->is_done, 0, left);
    left = deadline_ns - sys.now_ns();
  }
  return atomic_load(&job->is_done);
}

enum status
seat_start_within(int64_t limit_ns, struct node* spare, struct seat_job** hung)
{
  struct seat_job* const job = mem_new(struct seat_job);
  if (!job) {
    return STATUS_NO_MEMORY;
  }
  job->spare = spare;
  if (sys.thread_create(&job->thread, start, job)) {
    mem_free(job);
    return instance_start(spare); // without a limit, rather than not at all
  }
  if (!wait_for(job, sys.now_ns() + limit_ns)) {
    job->next = *hung;
    *hung = job;
    return STATUS_LIMIT;
  }
  pthread_join(job->thread, NULL);
  const enum status st = job->status;
  mem_free(job);
  return st;
}

void
seat_wait_hung(struct seat_job** hung, int64_t limit_ns)
{
  const int64_t deadline = sys.now_ns() + limit_ns;
  while (*hung) {
    struct seat_job* const job = *hung;
    *hung = job->next;
    if (wait_for(job, deadline)) {
      pthread_join(job->thread, NULL);
      seat_free(job->spare);
      mem_free(job);
    } else {
      pthread_detach(job->thread);
    }
  }
}

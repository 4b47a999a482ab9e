// SPDX-License-Identifier: ISC
#include "engine/seat_job.h"

#include "base/mem.h"
#include "base/sys.h"
#include "engine/futex.h"
#include "engine/generation.h"
#include "plan/plan_node.h"

#include <stdio.h>

enum job_state { JOB_RUNS, JOB_DONE, JOB_ABANDONED };

struct job {
  struct node* node;
  struct plan_node plan;
  struct generation* generation;
  struct node* spare;
  enum status status;
  char error[512];
  atomic_int state;
};

// An abandoned instance is never destroyed: nobody waits for that any more.
static void*
make(void* arg)
{
  struct job* const job = arg;
  int expected = JOB_RUNS;
  job->status = seat_new(job->node, &job->plan, job->generation, &job->spare,
                         job->error, sizeof job->error);
  if (atomic_compare_exchange_strong(&job->state, &expected, JOB_DONE)) {
    futex_wake(&job->state);
  }
  return NULL;
}

static int
wait_for(struct job* job, int64_t limit_ns)
{
  const int64_t deadline = sys.now_ns() + limit_ns;
  int64_t left = limit_ns;
  while (atomic_load(&job->state) == JOB_RUNS && left > 0) {
    futex_wait(&job->state, JOB_RUNS, left);
    left = deadline - sys.now_ns();
  }
  int expected = JOB_RUNS;
  return !atomic_compare_exchange_strong(&job->state, &expected, JOB_ABANDONED);
}

static enum status
finish(struct job* job, struct node** out, char* error, size_t error_bytes)
{
  const enum status st = job->status;
  snprintf(error, error_bytes, "%s", job->error);
  *out = st ? NULL : job->spare;
  mem_free(job);
  return st;
}

enum status
seat_new_within(int64_t limit_ns, struct node* node, struct plan_node* plan,
                struct generation* generation, struct node** out, char* error,
                size_t error_bytes)
{
  pthread_t thread;
  struct job* const job = mem_new(struct job);
  if (!job) {
    plan->id = NULL;
    plan_node_fini(plan);
    generation_unref(generation);
    snprintf(error, error_bytes, "%s", status_text(STATUS_NO_MEMORY));
    return STATUS_NO_MEMORY;
  }
  *job = (struct job){ .node = node, .plan = *plan, .generation = generation };
  if (sys.thread_create(&thread, make, job)) {
    make(job); // without a limit, rather than not at all
    return finish(job, out, error, error_bytes);
  }
  if (wait_for(job, limit_ns)) {
    pthread_join(thread, NULL);
    return finish(job, out, error, error_bytes);
  }
  pthread_detach(thread);
  snprintf(error, error_bytes, "create did not return within %.3g s",
           (double)limit_ns / 1e9);
  return STATUS_LIMIT;
}

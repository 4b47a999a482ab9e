// SPDX-License-Identifier: ISC
#include "ways.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

static int32_t
behave(const struct rill_process* block)
{
  (void)block;
  return RILL_OK;
}

static int32_t
touch_nothing(const struct rill_process* block)
{
  (void)block;
  int* volatile nowhere = NULL;
  *(volatile int*)nowhere = 1;
  return RILL_OK;
}

static int32_t
divide(const struct rill_process* block)
{
  (void)block;
  raise(SIGFPE);
  return RILL_OK;
}

static int32_t
abort_it(const struct rill_process* block)
{
  (void)block;
  abort();
}

// Each call needs what the next one gives, so none can be made a jump.
__attribute__((noinline)) static int
deeper(volatile char* above)
{
  volatile char here[4096];
  here[0] = above[0];
  return above[0] ? deeper(here) + here[0] : 0; // it never is 0
}

static int32_t
overflow(const struct rill_process* block)
{
  (void)block;
  volatile char first = 1;
  return deeper(&first) ? RILL_OK : RILL_MORE;
}

static int32_t
spin(const struct rill_process* block)
{
  (void)block;
  for (volatile int i = 0; i >= 0; i = i ? 0 : 1) {
  }
  return RILL_OK; // never
}

static int32_t
overstate(const struct rill_process* block)
{
  struct rill_buffer* const out = block->out[0]->buffer;
  out->n_frames = out->capacity_frames + 1;
  return RILL_OK;
}

static int32_t
write_past(const struct rill_process* block)
{
  struct rill_buffer* const out = block->out[0]->buffer;
  char* const end =
    (char*)out->planes[0].data + (uint64_t)out->capacity_frames * sizeof(float);
  for (int i = 0; i < 64; ++i) {
    ((volatile char*)end)[i] = 1;
  }
  return RILL_OK;
}

static int32_t
answer_garbage(const struct rill_process* block)
{
  (void)block;
  return 12345;
}

static int32_t
answer_negative(const struct rill_process* block)
{
  (void)block;
  return -12345;
}

static int32_t
swap_planes(const struct rill_process* block)
{
  static struct rill_plane own;
  own = block->out[0]->buffer->planes[0];
  block->out[0]->buffer->planes = &own;
  return RILL_OK;
}

static int32_t
exit_it(const struct rill_process* block)
{
  (void)block;
  exit(0);
}

static int32_t
end_thread(const struct rill_process* block)
{
  (void)block;
  pthread_exit(NULL);
}

static int32_t
want_more(const struct rill_process* block)
{
  block->out[0]->buffer->n_frames = 0;
  return RILL_MORE;
}

static int32_t
flush_denormals(const struct rill_process* block)
{
  (void)block;
#if defined(__SSE__)
  _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
  return RILL_OK;
}

static int32_t
talk(const struct rill_process* block)
{
  (void)block;
  printf("noise\n");
  fflush(stdout);
  return RILL_OK;
}

static int32_t
close_streams(const struct rill_process* block)
{
  (void)block;
  for (int fd = 0; fd < 3; ++fd) {
    close(fd);
  }
  return RILL_OK;
}

static int32_t
give_denormals(const struct rill_process* block)
{
  for (uint32_t i = 0; i < block->n_frames; ++i) {
    rill_f32_out(block, 0, 0)[i] = 1e-40f;
  }
  return RILL_OK;
}

const struct way ways[N_WAYS] = {
  { "none", behave },
  { "segv", touch_nothing },
  { "fpe", divide },
  { "abort", abort_it },
  { "overflow", overflow },
  { "spin", spin },
  { "overstate", overstate },
  { "write_past", write_past },
  { "garbage", answer_garbage },
  { "negative", answer_negative },
  { "planes", swap_planes },
  { "exit", exit_it },
  { "end_thread", end_thread },
  { "more", want_more },
  { "ftz", flush_denormals },
  { "talk", talk },
  { "close", close_streams },
  { "denormals", give_denormals },
};

// SPDX-License-Identifier: ISC
#include "report/progress.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/sys.h"

#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { DEFAULT_COLUMNS = 80 };

static const int64_t second_ns = 1000000000;

struct progress {
  const struct plan* plan;
  const struct engine* engine;
  struct progress_look look;
  int64_t start_ns;
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  int must_end; // under lock
};

int
locale_is_utf8(void)
{
  const locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
  if (!locale) {
    return 0;
  }
  const int yes = !strcmp(nl_langinfo_l(CODESET, locale), "UTF-8");
  freelocale(locale);
  return yes;
}

static uint32_t
terminal_columns(void)
{
  struct winsize size;
  return !ioctl(STDERR_FILENO, TIOCGWINSZ, &size) && size.ws_col
           ? size.ws_col
           : DEFAULT_COLUMNS;
}

// One write each, so that lines of other threads stay whole. A terminal that
// has gone is not worth a word.
// Lines of the log go where the bar is; the bar comes back below them.
static void
log_over_bar(void* arg, enum log_level level, const char* line)
{
  char wiped[2100];
  (void)arg;
  (void)level;
  const int n = snprintf(wiped, sizeof wiped, "\r\033[K%s", line);
  log_raw(wiped, n < (int)sizeof wiped ? (size_t)n : sizeof wiped - 1);
}

static double
source_media(const struct progress* p, uint32_t node)
{
  const struct plan_node* const n = &p->plan->nodes[node];
  struct engine_stats stats;
  if (n->n_in || !n->n_out || !n->out[0].slot.format.rate) {
    return -1;
  }
  const struct rill_format* const f = &n->out[0].slot.format;
  engine_get_stats(p->engine, node, &stats);
  return (double)stats.frames_out * (f->rate_den ? f->rate_den : 1) / f->rate;
}

static struct progress_sample
sample(const struct progress* p, int is_last)
{
  struct progress_sample s = {
    .name = p->plan->name,
    .part = engine_get_progress(p->engine),
    .media_s = -1,
    .elapsed_s = (double)(sys.now_ns() - p->start_ns) / 1e9,
    .is_last = is_last
  };
  for (uint32_t i = 0; i < p->plan->n_nodes; ++i) {
    const double media_s = source_media(p, i);
    s.media_s = media_s > s.media_s ? media_s : s.media_s;
  }
  return s;
}

static void
show_sample(struct progress* p, int is_last)
{
  struct text line = { 0 };
  const struct progress_sample s = sample(p, is_last);
  const int is_bar = p->look.mode == PROGRESS_BAR;
  if (is_bar) {
    p->look.columns = terminal_columns();
  }
  text_add(&line, is_bar ? "\r\033[K" : "");
  progress_line(&s, &p->look, &line);
  text_add(&line, is_bar && !is_last ? "" : "\n");
  log_raw(text_get(&line), line.n);
  text_fini(&line);
}

static int64_t
period_ns(enum progress_mode mode)
{
  return mode == PROGRESS_BAR    ? second_ns / 10
         : mode == PROGRESS_JSON ? second_ns / 2
                                 : second_ns;
}

static void*
run(void* arg)
{
  struct progress* const p = arg;
  pthread_mutex_lock(&p->lock);
  while (!p->must_end) {
    const int64_t at = sys.now_ns() + period_ns(p->look.mode);
    const struct timespec until = { at / second_ns, at % second_ns };
    while (!p->must_end &&
           !pthread_cond_timedwait(&p->changed, &p->lock, &until)) {
    }
    if (!p->must_end) {
      show_sample(p, 0);
    }
  }
  pthread_mutex_unlock(&p->lock);
  return NULL;
}

static void
init_lock(struct progress* p)
{
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&p->changed, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_mutex_init(&p->lock, NULL);
}

// A signal to the process is not for this thread.
static int
start_thread(struct progress* p)
{
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const int failed = sys.thread_create(&p->thread, run, p);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return failed;
}

enum status
progress_start(const struct plan* plan, const struct engine* engine,
               enum progress_mode mode, struct progress** out)
{
  struct progress* p = NULL;
  *out = NULL;
  if (mode == PROGRESS_NONE || !(p = mem_new(struct progress))) {
    return mode == PROGRESS_NONE ? STATUS_OK : STATUS_NO_MEMORY;
  }
  p->plan = plan;
  p->engine = engine;
  p->look.mode = mode == PROGRESS_BAR && !isatty(STDERR_FILENO)
                   ? PROGRESS_PLAIN
                   : mode;
  p->look.is_utf8 = locale_is_utf8();
  p->start_ns = sys.now_ns();
  init_lock(p);
  if (p->look.mode == PROGRESS_BAR) {
    log_set_sink(log_over_bar, NULL);
  }
  if (start_thread(p)) {
    log_warning("no progress is shown: a thread cannot be started");
    log_set_sink(NULL, NULL);
    mem_free(p);
    return STATUS_OK;
  }
  *out = p;
  return STATUS_OK;
}

void
progress_stop(struct progress* progress)
{
  if (!progress) {
    return;
  }
  pthread_mutex_lock(&progress->lock);
  progress->must_end = 1;
  pthread_cond_signal(&progress->changed);
  pthread_mutex_unlock(&progress->lock);
  pthread_join(progress->thread, NULL);
  show_sample(progress, 1);
  if (progress->look.mode == PROGRESS_BAR) {
    log_set_sink(NULL, NULL);
  }
  pthread_cond_destroy(&progress->changed);
  pthread_mutex_destroy(&progress->lock);
  mem_free(progress);
}

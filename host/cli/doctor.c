// SPDX-License-Identifier: ISC
// What of this machine and this installation matters to rill.
#include "config.h"

#include "app/output.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/verbs.h"
#include "load/cache_disk.h"
#include "load/registry.h"
#include "load/run_dir.h"
#include "report/table.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum verdict { FINE, WARNING, FAILED };

static const char* const verdict_names[] = { "ok", "warning", "failed" };

struct finding {
  enum verdict verdict;
  const char* about;
  char* text;
};

struct findings {
  struct finding* items;
  size_t n;
  size_t capacity;
  int failed; // memory ran out
};

static void
add(struct findings* all, enum verdict verdict, const char* about,
    struct text* text)
{
  struct finding* const items =
    mem_grow(all->items, all->n, &all->capacity, sizeof *items);
  char* const taken = text_take(text);
  if (!items || !taken) {
    all->items = items ? items : all->items;
    mem_free(taken);
    all->failed = 1;
    return;
  }
  all->items = items;
  items[all->n++] = (struct finding){ verdict, about, taken };
}

static void
check_program(struct findings* all)
{
  struct text text = { 0 };
  text_add(&text, "%s %s, plugin ABI %u.%u", PACKAGE_NAME, PACKAGE_VERSION,
           RILL_ABI_VERSION >> 16, RILL_ABI_VERSION & 0xffffu);
  add(all, FINE, "program", &text);
}

static void
check_processors(struct findings* all)
{
  struct text text = { 0 };
  text_add(&text, "%ld online", sysconf(_SC_NPROCESSORS_ONLN));
#if defined(__x86_64__)
  static const char* const none = "SSE2 only: slow";
  text_add(&text, ", %s", __builtin_cpu_supports("avx512f") ? "AVX-512"
                          : __builtin_cpu_supports("avx2")  ? "AVX2"
                          : __builtin_cpu_supports("sse4.2") ? "SSE4.2"
                                                             : none);
#endif
  add(all, FINE, "processors", &text);
}

// The nearest folder above that exists says whether *path* could be made.
static int
can_write(char* path)
{
  while (access(path, F_OK) && errno == ENOENT) {
    char* const slash = strrchr(path, '/');
    if (!slash || slash == path) {
      return !access(slash ? "/" : ".", W_OK | X_OK);
    }
    *slash = '\0';
  }
  return !access(path, W_OK | X_OK);
}

static void
check_folder(struct findings* all, const char* about, struct text* path,
             const char* else_text)
{
  struct text text = { 0 };
  char* const copy = mem_strdup(text_get(path));
  const int fine = copy && can_write(copy);
  text_add(&text, "%s%s", text_get(path), fine ? "" : " cannot be written; ");
  text_add(&text, "%s", fine ? "" : else_text);
  add(all, fine ? FINE : WARNING, about, &text);
  mem_free(copy);
  text_fini(path);
}

static void
check_folders(struct findings* all)
{
  char cache[PATH_MAX] = "";
  struct text path = { 0 };
  struct text text = { 0 };
  if (cache_disk_folder(cache)) {
    text_add(&path, "%s", cache);
    check_folder(all, "cache folder", &path,
                 "every start looks at all plugins anew: set RILL_CACHE_DIR");
  } else {
    text_add(&text, "none: every start looks at all plugins anew; set "
                    "RILL_CACHE_DIR");
    add(all, WARNING, "cache folder", &text);
  }
  const struct run_dir* const run = run_dir_enter();
  text_add(&text, "%s", run ? run->path : "none that may hold code: plugins "
                                          "are copied to memory");
  add(all, FINE, "runtime folder", &text);
  if (run) {
    run_dir_leave();
  }
}

static void
add_limit(struct text* text, const char* name, int resource)
{
  struct rlimit limit;
  if (getrlimit(resource, &limit)) {
    return;
  }
  text_add(text, "%s%s ", text->n ? ", " : "", name);
  if (limit.rlim_cur == RLIM_INFINITY) {
    text_add(text, "unlimited");
  } else {
    text_add(text, "%llu", (unsigned long long)limit.rlim_cur);
  }
}

static void
check_limits(struct findings* all)
{
  struct text text = { 0 };
  struct rlimit files;
  add_limit(&text, "open files", RLIMIT_NOFILE);
  add_limit(&text, "memory", RLIMIT_AS);
  add_limit(&text, "file size", RLIMIT_FSIZE);
  add_limit(&text, "real-time priority", RLIMIT_RTPRIO);
  const int few = !getrlimit(RLIMIT_NOFILE, &files) && files.rlim_cur < 64;
  text_add(&text, few ? "; few open files: ulimit -n 1024" : "");
  add(all, few ? WARNING : FINE, "limits", &text);
}

static void
check_plugins(struct findings* all, const struct registry* registry)
{
  struct text text = { 0 };
  const uint32_t n = registry_n(registry);
  for (uint32_t i = 0; i < registry_n_folders(registry); ++i) {
    text_add(&text, "%s", registry_get_folder(registry, i));
    add(all, FINE, "plugin folder", &text);
  }
  if (n) {
    text_add(&text, "%u; 'rill list' shows them", n);
  } else {
    text_add(&text, "none: RILL_PLUGIN_PATH should name their folder");
  }
  add(all, n ? FINE : FAILED, "node types", &text);
  for (uint32_t i = 0; i < registry_n_failures(registry); ++i) {
    const struct registry_failure* const f = registry_get_failure(registry, i);
    text_add(&text, "%s: %s", f->path, f->reason);
    add(all, FAILED, "plugin", &text);
  }
}

static enum status
print_table(const struct findings* all)
{
  struct table table;
  table_begin(&table, "|about|finding");
  for (size_t i = 0; i < all->n; ++i) {
    table_add(&table, "%s", verdict_names[all->items[i].verdict]);
    table_add(&table, "%s", all->items[i].about);
    table_add(&table, "%s", all->items[i].text);
  }
  return table_print(&table, 0, output());
}

static enum status
print_json(const struct findings* all)
{
  struct json json = { 0 };
  json_begin(&json, "rill.doctor/1");
  json_open_array(&json, "findings");
  for (size_t i = 0; i < all->n; ++i) {
    json_open_object(&json, NULL);
    json_put_text(&json, "verdict", verdict_names[all->items[i].verdict]);
    json_put_text(&json, "about", all->items[i].about);
    json_put_text(&json, "text", all->items[i].text);
    json_close(&json);
  }
  return json_print(&json, output());
}

static enum status
judge(const struct findings* all)
{
  for (size_t i = 0; i < all->n; ++i) {
    if (all->items[i].verdict == FAILED) {
      return STATUS_BAD_PLUGIN;
    }
  }
  return all->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status
verb_doctor(const struct args* args)
{
  struct registry* registry = NULL;
  struct findings all = { 0 };
  enum status st = registry_new(NULL, &registry);
  if (!st) {
    check_program(&all);
    check_processors(&all);
    check_folders(&all);
    check_limits(&all);
    check_plugins(&all, registry);
    st = args_has(args, OPTION_JSON) ? print_json(&all) : print_table(&all);
  }
  const enum status judged = judge(&all);
  for (size_t i = 0; i < all.n; ++i) {
    mem_free(all.items[i].text);
  }
  mem_free(all.items);
  registry_free(registry);
  return st ? st : judged;
}

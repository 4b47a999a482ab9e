// SPDX-License-Identifier: ISC
// What the registry remembers of plugins, what it tries again, and what it does
// when a file changes meanwhile.
#include "load/library.h"
#include "load/plugin.h"
#include "load/registry.h"
#include "tests/plugin_box.h"
#include "tests/suite.h"

#include <pthread.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void
set_up(void)
{
  box_set_up();
  ck_assert_int_eq(mkdir(box_path("plugins"), 0755), 0);
}

static struct registry*
open_registry(void)
{
  struct registry* registry = NULL;
  ck_assert_int_eq(registry_new(NULL, &registry), STATUS_OK);
  return registry;
}

// What is remembered: with a second thread, no child can be made, so that all
// that is known must come from the cache.

static void*
wait_for_end(void* arg)
{
  pthread_mutex_lock(arg);
  pthread_mutex_unlock(arg);
  return NULL;
}

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_t thread;

static void
forbid_children(void)
{
  pthread_mutex_lock(&gate);
  ck_assert_int_eq(pthread_create(&thread, NULL, wait_for_end, &gate), 0);
}

static void
allow_children(void)
{
  pthread_mutex_unlock(&gate);
  pthread_join(thread, NULL);
}

/// "" for a file that gives types.
static const char*
reason_of(const struct registry* registry, const char* path)
{
  for (uint32_t i = 0; i < registry_n_failures(registry); ++i) {
    const struct registry_failure* const f = registry_get_failure(registry, i);
    if (!strcmp(f->path, path)) {
      return f->reason;
    }
  }
  return "";
}

#define NOT_TRIED                                                              \
  "cannot be tried: a program with threads cannot fork safely"

static const struct {
  const char* plugin;
  const char* remembered; // what is known without a child
} memories[] = {
  { "good", "" },
  { "crash_load", "crashed at load (SIGSEGV)" },
  { "desc_null", "node type 0 is null" },
  { "open_fails", NOT_TRIED }, // what may pass is tried each time
  { "unresolved", NOT_TRIED },
};

START_TEST(what_was_learnt_is_remembered)
{
  box_put(memories[_i].plugin, "plugins/x.so");
  registry_free(open_registry());
  forbid_children();
  struct registry* const registry = open_registry();
  ck_assert_str_eq(reason_of(registry, box_path("plugins/x.so")),
                   memories[_i].remembered);
  registry_free(registry);
  allow_children();
}
END_TEST

START_TEST(a_copy_of_what_is_known_is_known)
{
  box_put("good", "plugins/x.so");
  registry_free(open_registry());
  box_put("good", "plugins/y.so");
  ck_assert_int_eq(unlink(box_path("plugins/x.so")), 0);
  forbid_children();
  struct registry* const registry = open_registry();
  ck_assert_str_eq(registry_find(registry, "zoo")->path,
                   box_path("plugins/y.so"));
  registry_free(registry);
  allow_children();
}
END_TEST

START_TEST(a_changed_file_is_not_known)
{
  box_put_named("plugins/x.so", "abc");
  registry_free(open_registry());
  box_put_named("plugins/x.so", "xyz");
  struct registry* registry = open_registry();
  ck_assert_ptr_null(registry_find(registry, "abc"));
  ck_assert_ptr_nonnull(registry_find(registry, "xyz"));
  registry_free(registry);

  box_put_named("plugins/x.so", "def");
  forbid_children();
  registry = open_registry();
  ck_assert_str_eq(reason_of(registry, box_path("plugins/x.so")), NOT_TRIED);
  registry_free(registry);
  allow_children();
}
END_TEST

/// Does something to the cache's file; test_cache does worse to its bytes.
static void
spoil_cache(int how)
{
  const char* const path = box_path("cache/plugins.cache");
  switch (how) {
    case 0: ck_assert_int_eq(truncate(path, 200), 0); break;
    case 1: ck_assert_int_eq(truncate(path, 0), 0); break;
    case 2: box_write("cache/plugins.cache", "no cache at all", 15); break;
    case 3: ck_assert_int_eq(chmod(path, 0666), 0); break;
    default: ck_assert_int_eq(unlink(path), 0); break;
  }
}

START_TEST(a_spoiled_cache_is_no_cache)
{
  box_put("good", "plugins/x.so");
  registry_free(open_registry());
  spoil_cache(_i);
  forbid_children();
  struct registry* registry = open_registry();
  ck_assert_str_eq(reason_of(registry, box_path("plugins/x.so")), NOT_TRIED);
  registry_free(registry);
  allow_children();

  // The thread sanitizer starts one more thread with the first of ours, and
  // keeps it: from there on no child can be forked to try a plugin.
#ifdef __SANITIZE_THREAD__
  return;
#endif
  registry_free(open_registry()); // makes it anew
  forbid_children();
  registry = open_registry();
  ck_assert_str_eq(reason_of(registry, box_path("plugins/x.so")), "");
  ck_assert_ptr_nonnull(registry_find(registry, "zoo"));
  registry_free(registry);
  allow_children();
}
END_TEST

START_TEST(without_a_cache_everything_still_works)
{
  static const char* const places[] = { "/proc/nowhere", "/dev/null", "" };
  setenv("RILL_CACHE_DIR", places[_i], 1);
  unsetenv("XDG_CACHE_HOME");
  unsetenv("HOME");
  box_put("good", "plugins/x.so");
  for (int i = 0; i < 2; ++i) {
    struct registry* const registry = open_registry();
    ck_assert_ptr_nonnull(registry_find(registry, "zoo"));
    registry_free(registry);
  }
}
END_TEST

START_TEST(the_cache_is_ours_alone_and_leaves_nothing_beside_it)
{
  struct stat st;
  box_put("good", "plugins/x.so");
  registry_free(open_registry());
  ck_assert_int_eq(stat(box_path("cache/plugins.cache"), &st), 0);
  ck_assert_uint_eq(st.st_mode & 07777, 0600);
  ck_assert_int_eq(box_count(box_path("cache")), 1);
}
END_TEST

START_TEST(processes_that_start_at_once_do_not_hurt_each_other)
{
  box_put("good", "plugins/x.so");
  box_put("crash_load", "plugins/y.so");
  box_put("list_late", "plugins/z.so");
  for (int i = 0; i < 4; ++i) {
    if (!fork()) {
      int ok = 1;
      for (int k = 0; k < 5; ++k) {
        unlink(box_path("cache/plugins.cache"));
        struct registry* const registry = open_registry();
        ok &= registry_find(registry, "zoo") != NULL &&
              registry_find(registry, "zoo.late") != NULL;
        registry_free(registry);
      }
      _exit(!ok);
    }
  }
  for (int i = 0; i < 4; ++i) {
    int status = 1;
    ck_assert_int_gt(wait(&status), 0);
    ck_assert_int_eq(status, 0);
  }
}
END_TEST

// A file that changes between the scan and the load

START_TEST(a_rebuilt_plugin_with_the_same_types_is_taken)
{
  char error[256] = "";
  size_t n;
  box_put("good", "plugins/x.so");
  struct registry* const registry = open_registry();
  struct node_type* const type = registry_find(registry, "zoo");
  char old[65];
  snprintf(old, sizeof old, "%s", type->hash);

  char* const data = box_read_zoo("good", &n);
  data[n] = 0; // one byte longer: other content, the same meaning
  box_write("plugins/x.so", data, n + 1);
  free(data);
  ck_assert_int_eq(registry_load(registry, type, error, sizeof error),
                   STATUS_OK);
  ck_assert_str_ne(type->hash, old);
  ck_assert_str_eq(type->hash, library_hash(type->library));
  registry_free(registry);
}
END_TEST

static const struct {
  const char* plugin; // what comes instead; null: nothing
  const char* error;
} changes[] = {
  { NULL, "does not exist" },
  { "crash_load", "crashed at load (SIGSEGV)" },
  { "list_late", "has changed on disk since it was looked at, and so have its "
                 "node types: run again" },
  { "no_entry", "is no rill plugin: it does not export rill_entry_v1 (see "
                "RILL_PLUGIN in rill/entry.h)" },
};

START_TEST(a_plugin_that_became_another_is_refused)
{
  char error[256] = "";
  box_put("good", "plugins/x.so");
  struct registry* const registry = open_registry();
  struct node_type* const type = registry_find(registry, "zoo");
  if (changes[_i].plugin) {
    box_put(changes[_i].plugin, "plugins/x.so");
  } else {
    unlink(box_path("plugins/x.so"));
  }
  ck_assert_int_eq(registry_load(registry, type, error, sizeof error),
                   STATUS_BAD_PLUGIN);
  ck_assert_str_eq(error, changes[_i].error);
  ck_assert_ptr_null(type->live);
  registry_free(registry);
}
END_TEST

// One file

START_TEST(a_file_can_be_inspected_wherever_it_lies)
{
  struct plugin* plugin = NULL;
  box_put("nodelete", "x.so");
  ck_assert_int_eq(registry_inspect_file(box_path("x.so"), &plugin), STATUS_OK);
  ck_assert_uint_eq(plugin->report.n_types, 1);
  ck_assert_str_eq(plugin->report.types[0].desc->name, "zoo");
  ck_assert_str_eq(plugin->report.pinned, "NODELETE");
  plugin_free(plugin);
}
END_TEST

START_TEST(inspecting_tries_again_what_failed)
{
  struct plugin* plugin = NULL;
  box_put("crash_load", "x.so");
  ck_assert_int_eq(registry_inspect_file(box_path("x.so"), &plugin), STATUS_OK);
  ck_assert_str_eq(plugin->report.reason, "crashed at load (SIGSEGV)");
  plugin_free(plugin);
  forbid_children();
  ck_assert_int_eq(registry_inspect_file(box_path("x.so"), &plugin), STATUS_OK);
  ck_assert_str_eq(plugin->report.reason, NOT_TRIED);
  plugin_free(plugin);
  allow_children();
}
END_TEST

START_TEST(inspecting_a_missing_file_says_so)
{
  struct plugin* plugin = NULL;
  ck_assert_int_eq(registry_inspect_file(box_path("x.so"), &plugin), STATUS_OK);
  ck_assert_str_eq(plugin->report.reason, "does not exist");
  plugin_free(plugin);
}
END_TEST

#define N(array) ((int)(sizeof(array) / sizeof((array)[0])))

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, set_up, box_tear_down);
  tcase_add_loop_test(tcase, what_was_learnt_is_remembered, 0, N(memories));
  tcase_add_test(tcase, a_copy_of_what_is_known_is_known);
  tcase_add_test(tcase, a_changed_file_is_not_known);
  tcase_add_loop_test(tcase, a_spoiled_cache_is_no_cache, 0, 5);
  tcase_add_loop_test(tcase, without_a_cache_everything_still_works, 0, 3);
  tcase_add_test(tcase, the_cache_is_ours_alone_and_leaves_nothing_beside_it);
  tcase_add_test(tcase, processes_that_start_at_once_do_not_hurt_each_other);
  tcase_add_test(tcase, a_rebuilt_plugin_with_the_same_types_is_taken);
  tcase_add_loop_test(tcase, a_plugin_that_became_another_is_refused, 0,
                      N(changes));
  tcase_add_test(tcase, a_file_can_be_inspected_wherever_it_lies);
  tcase_add_test(tcase, inspecting_tries_again_what_failed);
  tcase_add_test(tcase, inspecting_a_missing_file_says_so);
}

int
main(void)
{
  return suite_run("remember", 60, add_tests);
}

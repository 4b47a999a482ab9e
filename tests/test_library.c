// SPDX-License-Identifier: ISC
// Code that is mapped: the facts of the loader that staging is there for, what
// is unmapped when, and what a plugin may not change.
#include "config.h" // _GNU_SOURCE

#include "base/mem.h"
#include "load/library_steps.h"
#include "load/neighbour.h"
#include "load/process_state.h"
#include "tests/plugin_box.h"
#include "tests/suite.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <sys/wait.h>

// Staging and the loader

static struct library*
load(const char* name, enum staging staging)
{
  const char* const path = box_path(name);
  const struct library_source source = { .path = path, .staging = staging };
  struct reason reason = { 0 };
  struct library* library = NULL;
  ck_assert_msg(library_begin(&source, &library, &reason) == STATUS_OK, "%s",
                reason.text);
  return library;
}

static const char*
type_id(const struct library* library)
{
  return library_get_type(library, 0)->id;
}

static void
put_version(const char* name, const char* id)
{
  size_t n;
  char* const data = box_read_zoo("good", &n);
  ck_assert_int_gt(box_patch(data, n, "org.rill.zoo", id, 12), 0);
  box_write(name, data, n);
  free(data);
}

START_TEST(the_loader_gives_old_code_for_a_replaced_file)
{
  put_version("x.so", "org.rill.one");
  void* const one = dlopen(box_path("x.so"), RTLD_NOW | RTLD_LOCAL);
  put_version("x.so.new", "org.rill.two");
  ck_assert_int_eq(rename(box_path("x.so.new"), box_path("x.so")), 0);
  void* const two = dlopen(box_path("x.so"), RTLD_NOW | RTLD_LOCAL);
  ck_assert_ptr_nonnull(one);
  ck_assert_ptr_eq(one, two); // the fact that staging is there for
  dlclose(two);
  dlclose(one);
}
END_TEST

START_TEST(staging_gives_new_code_for_a_replaced_file)
{
  const enum staging kind = _i ? STAGING_MEMORY : STAGING_FILE;
  put_version("x.so", "org.rill.one");
  struct library* const one = load("x.so", kind);
  put_version("x.so.new", "org.rill.two");
  ck_assert_int_eq(rename(box_path("x.so.new"), box_path("x.so")), 0);
  struct library* const two = load("x.so", kind);
  struct library* const again = load("x.so", kind);
  ck_assert_str_eq(type_id(one), "org.rill.one");
  ck_assert_str_eq(type_id(two), "org.rill.two");
  ck_assert_ptr_ne(library_get_type(two, 0), library_get_type(again, 0));
  ck_assert_str_ne(library_hash(one), library_hash(two));
  library_close(one);
  library_close(two);
  library_close(again);
}
END_TEST

START_TEST(an_overwritten_original_does_not_matter)
{
  const enum staging kind = _i ? STAGING_MEMORY : STAGING_FILE;
  put_version("x.so", "org.rill.one");
  struct library* const library = load("x.so", kind);
  box_write("x.so", "", 0);
  ck_assert_str_eq(type_id(library), "org.rill.one");
  library_close(library);
}
END_TEST

START_TEST(a_descriptor_number_used_again_does_not_bring_old_code_back)
{
  // The second one cannot be unmapped, so that its name stays taken.
  static const char* const plugins[] = { "good", "nodelete", "local_dtor" };
  put_version("two.so", "org.rill.two");
  box_put(plugins[_i], "one.so");
  for (int i = 0; i < 3; ++i) {
    library_close(load("one.so", STAGING_MEMORY));
    struct library* const two = load("two.so", STAGING_MEMORY);
    ck_assert_str_eq(type_id(two), "org.rill.two");
    library_close(two);
  }
}
END_TEST

static int
is_mapped(const char* name)
{
  char line[PATH_MAX + 128];
  FILE* const maps = fopen("/proc/self/maps", "r");
  int found = 0;
  while (fgets(line, sizeof line, maps)) {
    found |= strstr(line, name) != NULL;
  }
  fclose(maps);
  return found;
}

static const struct {
  const char* plugin;
  int stays;
} unloads[] = {
  { "good", 0 },
  { "abi_future", 1 }, // does not say UNLOAD_SAFE
  { "nodelete", 1 },   { "static_tls", 1 }, { "unique", 1 },
  { "local_dtor", 1 }, // a thread-local destructor waits for the thread's end
};

START_TEST(code_is_unmapped_only_when_that_is_safe)
{
  char name[64];
  snprintf(name, sizeof name, "-%s.so", unloads[_i].plugin);
  box_put(unloads[_i].plugin, name + 1);
  struct library* const library = load(name + 1, STAGING_FILE);
  ck_assert(is_mapped(name));
  library_close(library);
  ck_assert_int_eq(is_mapped(name), unloads[_i].stays);
  ck_assert_int_eq(access(box_path("run"), F_OK), 0);
  ck_assert_int_eq(box_count(box_path("run")), 0); // no file is left
}
END_TEST

START_TEST(a_private_copy_has_a_name_that_debuggers_can_open)
{
  struct stat st;
  box_put("good", "x.so");
  struct library* const library = load("x.so", STAGING_FILE);
  ck_assert_int_eq(stat(library->staged.path, &st), 0);
  ck_assert_uint_eq(st.st_mode & 07777, 0500);
  ck_assert_ptr_nonnull(strstr(library->staged.path, "x.so"));
  ck_assert_int_eq(stat(box_path("run"), &st), 0);
  ck_assert_uint_eq(st.st_mode & 07777, 0700);
  library_close(library);
}
END_TEST

START_TEST(without_a_safe_folder_the_copy_is_in_memory)
{
  box_put("good", "x.so");
  ck_assert_int_eq(mkdir(box_path("open"), 0777), 0);
  ck_assert_int_eq(chmod(box_path("open"), 0777), 0);
  setenv("RILL_RUNTIME_DIR", box_path("open"), 1);
  struct library* const library = load("x.so", STAGING_FILE);
  ck_assert_int_eq(library->staged.kind, STAGING_MEMORY);
  ck_assert_int_eq(box_count(box_path("open")), 0);
  ck_assert_int_eq(
    fcntl(library->staged.fd, F_GET_SEALS) & F_SEAL_WRITE, F_SEAL_WRITE);
  library_close(library);
}
END_TEST

START_TEST(what_a_killed_process_left_is_removed)
{
  box_put("good", "x.so");
  ck_assert_int_eq(mkdir(box_path("run"), 0700), 0);
  ck_assert_int_eq(mkdir(box_path("run/rill-run-dead00"), 0700), 0);
  box_write("run/rill-run-dead00/0-x.so", "x", 1);
  ck_assert_int_eq(mkdir(box_path("run/other"), 0700), 0);
  struct library* const library = load("x.so", STAGING_FILE);
  ck_assert_int_eq(access(box_path("run/rill-run-dead00"), F_OK), -1);
  ck_assert_int_eq(access(box_path("run/other"), F_OK), 0);
  ck_assert_int_eq(box_count(box_path("run")), 2); // ours, and the other
  library_close(library);
}
END_TEST

START_TEST(a_child_leaves_the_files_of_its_parent)
{
  box_put("good", "x.so");
  struct library* const library = load("x.so", STAGING_FILE);
  const pid_t pid = fork();
  if (!pid) {
    struct library* const own = load("x.so", STAGING_FILE);
    library_close(library);
    library_close(own);
    _exit(0);
  }
  int status = 1;
  ck_assert_int_eq(waitpid(pid, &status, 0), pid);
  ck_assert_int_eq(status, 0);
  ck_assert_int_eq(access(library->staged.path, R_OK), 0);
  library_close(library);
  ck_assert_int_eq(box_count(box_path("run")), 0);
}
END_TEST

// The build puts its own folder in front of the search path: out with it.
static void
put_with_friend(void)
{
  size_t n;
  char* const data = box_read_zoo("with_friend", &n);
  const char* const folder = getenv("top_builddir");
  char* const nowhere = strdup(folder);
  nowhere[1] = '!';
  ck_assert_int_gt(box_patch(data, n, folder, nowhere, strlen(folder)), 0);
  box_write("x.so", data, n);
  free(nowhere);
  free(data);
}

START_TEST(a_plugin_may_bring_libraries_along)
{
  box_make_folder("friends");
  put_with_friend();
  box_put("libzoo_friend", "friends/libzoo_friend.so");
  struct library* const library = load("x.so", _i ? STAGING_MEMORY
                                                  : STAGING_FILE);
  ck_assert_uint_eq(library->n_neighbours, 1);
  ck_assert(is_mapped("friends/libzoo_friend.so"));
  library_close(library);
  ck_assert(!is_mapped("friends/libzoo_friend.so"));
}
END_TEST

START_TEST(a_library_that_was_not_brought_along_is_named)
{
  struct library* library = NULL;
  char error[256] = "";
  put_with_friend();
  ck_assert_int_eq(
    library_open(box_path("x.so"), &library, error, sizeof error),
    STATUS_BAD_PLUGIN);
  ck_assert_str_eq(error,
                   "needs the library libzoo_friend.so, which is not found");
}
END_TEST

static const struct {
  const char* plugin;
  const char* search;
  const char* found; // "": nothing
} searches[] = {
  { "/x/p.so", "$ORIGIN/friends", "" },
  { "%/x.so", "$ORIGIN/friends", "%/friends/lib" },
  { "%/x.so", "${ORIGIN}/friends", "%/friends/lib" },
  { "%/friends/x.so", "$ORIGIN", "%/friends/lib" },
  { "%/a/x.so", "$ORIGIN/../friends", "%/a/../friends/lib" },
  { "%/x.so", "/usr/lib::/tmp:$ORIGIN/none:$ORIGIN/friends:", "%/friends/lib" },
  { "%/x.so", "$ORIGINAL/friends:/a$ORIGIN/friends", "" },
  { "%/x.so", "", "" },
};

static const char*
expand(const char* text, char out[PATH_MAX])
{
  snprintf(out, PATH_MAX, "%s%s", *text == '%' ? box : "",
           *text == '%' ? text + 1 : text);
  return out;
}

START_TEST(a_search_path_begins_at_the_original)
{
  char plugin[PATH_MAX];
  char wanted[PATH_MAX];
  char found[PATH_MAX] = "";
  box_make_folder("friends");
  box_make_folder("a");
  box_write("friends/lib", "x", 1);
  const int ok = neighbour_find(expand(searches[_i].plugin, plugin),
                                searches[_i].search, "lib", found);
  ck_assert_int_eq(ok, *searches[_i].found != '\0');
  if (ok) {
    ck_assert_str_eq(found, expand(searches[_i].found, wanted));
  }
}
END_TEST

// What a plugin may not change

START_TEST(the_floating_point_mode_survives_fast_math)
{
  const uint32_t before = process_fp_control();
  box_put("fast_math", "x.so");
  void* const handle = dlopen(box_path("x.so"), RTLD_NOW | RTLD_LOCAL);
  ck_assert_ptr_nonnull(handle);
#if defined(__x86_64__)
  ck_assert_uint_ne(process_fp_control(), before); // the fact
#endif
  process_set_fp_control(before);
  dlclose(handle);

  struct library* const library = load("x.so", STAGING_FILE);
  ck_assert_uint_eq(process_fp_control(), before);
  const volatile float tiny = 1e-38f;
  ck_assert(tiny * 0.01f > 0.0f);
  library_close(library);
  ck_assert_uint_eq(process_fp_control(), before);
}
END_TEST

static void
on_signal(int number)
{
  (void)number;
}

START_TEST(what_a_plugin_changed_is_put_back)
{
  struct sigaction now;
  char before[PATH_MAX];
  char after[PATH_MAX];
  sigset_t mask;
  signal(SIGUSR1, on_signal);
  umask(022);
  ck_assert_ptr_nonnull(getcwd(before, sizeof before));
  static const char* const plugins[] = { "handler", "change_dir",
                                         "block_signals", "set_locale",
                                         "set_umask" };
  box_put(plugins[_i], "x.so");
  struct library* const library = load("x.so", STAGING_FILE);
  ck_assert_int_eq(sigaction(SIGUSR1, NULL, &now), 0);
  ck_assert(now.sa_handler == on_signal);
  ck_assert_ptr_nonnull(getcwd(after, sizeof after));
  ck_assert_str_eq(before, after);
  pthread_sigmask(SIG_SETMASK, NULL, &mask);
  ck_assert_int_eq(sigismember(&mask, SIGTERM), 0);
  ck_assert_uint_eq(umask(077), 022);
  umask(022);
  ck_assert_str_eq(setlocale(LC_ALL, NULL), "C");
  ck_assert_str_ne(library_warning(library), "");
  library_close(library);
}
END_TEST

// One that fails may have no effect: the copy is then made in memory.
START_TEST(every_allocation_may_fail)
{
  enum { N_TRIED = 40 };
  const struct library_source source = { .path = box_path("x.so") };
  box_put("good", "x.so");
  enum status st = STATUS_OK;
  int n_failed = 0;
  for (int n = 1; n <= N_TRIED; ++n) {
    struct reason reason = { 0 };
    struct library* library = NULL;
    mem_fail_at((uint64_t)n, _i);
    st = library_begin(&source, &library, &reason);
    mem_fail_at(0, 0);
    ck_assert_msg(!st == (library != NULL), "%d: %s", n, reason.text);
    n_failed += st != STATUS_OK;
    library_close(library);
  }
  ck_assert_int_eq(st, STATUS_OK);
  ck_assert_int_ge(n_failed, 5);
  ck_assert_int_eq(box_count(box_path("run")), 0);
}
END_TEST

#define N(array) ((int)(sizeof(array) / sizeof((array)[0])))

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, box_set_up, box_tear_down);
  tcase_add_test(tcase, the_loader_gives_old_code_for_a_replaced_file);
  tcase_add_loop_test(tcase, staging_gives_new_code_for_a_replaced_file, 0, 2);
  tcase_add_loop_test(tcase, an_overwritten_original_does_not_matter, 0, 2);
  tcase_add_loop_test(
    tcase, a_descriptor_number_used_again_does_not_bring_old_code_back, 0, 3);
  tcase_add_loop_test(tcase, code_is_unmapped_only_when_that_is_safe, 0,
                      N(unloads));
  tcase_add_test(tcase, a_private_copy_has_a_name_that_debuggers_can_open);
  tcase_add_test(tcase, without_a_safe_folder_the_copy_is_in_memory);
  tcase_add_test(tcase, what_a_killed_process_left_is_removed);
  tcase_add_test(tcase, a_child_leaves_the_files_of_its_parent);
  tcase_add_loop_test(tcase, a_plugin_may_bring_libraries_along, 0, 2);
  tcase_add_test(tcase, a_library_that_was_not_brought_along_is_named);
  tcase_add_loop_test(tcase, a_search_path_begins_at_the_original, 0,
                      N(searches));
  tcase_add_test(tcase, the_floating_point_mode_survives_fast_math);
  tcase_add_loop_test(tcase, what_a_plugin_changed_is_put_back, 0, 5);
  tcase_add_loop_test(tcase, every_allocation_may_fail, 0, 2);
}

int
main(void)
{
  return suite_run("library", 30, add_tests);
}

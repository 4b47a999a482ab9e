// SPDX-License-Identifier: ISC
// From folders to live node types.
#include "base/log.h"
#include "base/mem.h"
#include "load/library.h"
#include "load/registry.h"
#include "tests/plugin_box.h"
#include "tests/suite.h"

#include <sys/stat.h>

static char last_warning[512];

static void
keep_warning(void* arg, enum log_level level, const char* line)
{
  (void)arg;
  if (level == LOG_WARNING) {
    snprintf(last_warning, sizeof last_warning, "%s", line);
  }
}

static void
set_up(void)
{
  box_set_up();
  ck_assert_int_eq(mkdir(box_path("plugins"), 0755), 0);
  last_warning[0] = '\0';
  log_set_sink(keep_warning, NULL);
}

static void
tear_down(void)
{
  log_set_sink(NULL, NULL);
  box_tear_down();
}

static struct registry*
open_registry(void)
{
  struct registry* registry = NULL;
  ck_assert_int_eq(registry_new(NULL, &registry), STATUS_OK);
  return registry;
}

// From folder to type

START_TEST(a_folder_leads_to_a_live_type)
{
  char error[256] = "";
  box_put("good", "plugins/good.so");
  struct registry* const registry = open_registry();
  ck_assert_str_eq(registry_get_folder(registry, 0), box_path("plugins"));

  struct node_type* const type = registry_find(registry, "zoo");
  ck_assert_ptr_nonnull(type);
  ck_assert_ptr_eq(registry_find(registry, "org.rill.zoo"), type);
  ck_assert_str_eq(type->desc->name, "zoo");
  ck_assert_str_eq(type->path, box_path("plugins/good.so"));
  ck_assert_uint_eq(strlen(type->hash), 64);
  ck_assert_ptr_null(type->live);
  ck_assert(!type->desc->create);

  ck_assert_int_eq(registry_load(registry, type, error, sizeof error),
                   STATUS_OK);
  ck_assert(type->live->create != NULL);
  ck_assert_str_eq(library_hash(type->library), type->hash);
  ck_assert_ptr_null(library_pinned(type->library));
  ck_assert_int_eq(registry_load(registry, type, error, sizeof error),
                   STATUS_OK);
  registry_free(registry);
}
END_TEST

START_TEST(types_of_one_file_share_its_code)
{
  char error[256] = "";
  box_put("list_late", "plugins/x.so");
  struct registry* const registry = open_registry();
  struct node_type* const zoo = registry_find(registry, "zoo");
  struct node_type* const late = registry_find(registry, "zoo.late");
  ck_assert_int_eq(registry_load(registry, late, error, sizeof error), 0);
  ck_assert_int_eq(registry_load(registry, zoo, error, sizeof error), 0);
  ck_assert_ptr_eq(zoo->library, late->library);
  ck_assert_ptr_ne(zoo->live, late->live);
  registry_free(registry);
}
END_TEST

START_TEST(what_does_not_load_is_kept_with_its_reason)
{
  box_write("plugins/text.so", "hello, world\n", 13);
  struct registry* const registry = open_registry();
  ck_assert_uint_ge(registry_n_failures(registry), 1); // the box comes first
  const struct registry_failure* const f = registry_get_failure(registry, 0);
  ck_assert_str_eq(f->path, box_path("plugins/text.so"));
  ck_assert_str_eq(f->reason, "is a text, not a shared object");
  registry_free(registry);
}
END_TEST

START_TEST(a_type_that_memory_is_out_for_is_not_called_unknown)
{
  box_put("good", "plugins/good.so");
  struct registry* const registry = open_registry();
  registry_free(registry);
  struct registry* const again = open_registry(); // only remembers
  ck_assert_ptr_null(registry_find(again, "none"));
  ck_assert_int_eq(registry_status(again), STATUS_OK);
  mem_fail_at(1, 1);
  ck_assert_ptr_null(registry_find(again, "zoo"));
  mem_fail_at(0, 0);
  ck_assert_int_eq(registry_status(again), STATUS_NO_MEMORY);
  ck_assert_str_eq(registry_find(again, "zoo")->desc->name, "zoo");
  registry_free(again);
}
END_TEST

START_TEST(a_mistyped_name_gets_a_suggestion)
{
  box_put("good", "plugins/good.so");
  struct registry* const registry = open_registry();
  ck_assert_ptr_null(registry_find(registry, "zoi"));
  ck_assert_str_eq(registry_suggest(registry, "zoi"), "zoo");
  ck_assert_ptr_null(registry_suggest(registry, "nothing.like.it"));
  registry_free(registry);
}
END_TEST

START_TEST(types_are_in_order_of_name)
{
  box_put_named("plugins/a.so", "mno");
  box_put_named("plugins/b.so", "abc");
  box_put_named("plugins/c.so", "xyz");
  struct registry* const registry = open_registry();
  const char* before = "";
  for (uint32_t i = 0; i < registry_n(registry); ++i) {
    const char* const name = registry_get(registry, i)->desc->name;
    ck_assert_int_lt(strcmp(before, name), 0);
    ck_assert_ptr_eq(registry_find(registry, name), registry_get(registry, i));
    before = name;
  }
  registry_free(registry);
}
END_TEST

// Folders

START_TEST(the_first_of_two_types_of_one_name_wins)
{
  struct registry* registry = NULL;
  ck_assert_int_eq(mkdir(box_path("mine"), 0755), 0);
  box_put("good", "plugins/good.so");
  box_put("good", "plugins/later.so");
  ck_assert_int_eq(registry_new(NULL, &registry), STATUS_OK);
  ck_assert_str_eq(registry_find(registry, "zoo")->path,
                   box_path("plugins/good.so"));
  registry_free(registry);

  box_put("good", "mine/good.so");
  ck_assert_int_eq(registry_new(box_path("mine"), &registry), STATUS_OK);
  ck_assert_str_eq(registry_get_folder(registry, 0), box_path("mine"));
  ck_assert_str_eq(registry_get_folder(registry, 1), box_path("plugins"));
  ck_assert_str_eq(registry_find(registry, "zoo")->path,
                   box_path("mine/good.so"));
  registry_free(registry);
}
END_TEST

START_TEST(a_search_path_has_colons_and_gaps)
{
  char path[PATH_MAX];
  ck_assert_int_eq(mkdir(box_path("a"), 0755), 0);
  ck_assert_int_eq(mkdir(box_path("b"), 0755), 0);
  snprintf(path, sizeof path, "::%s:%s::%s:%s:", box_path("b"),
           box_path("missing"), box_path("a"), box_path("b"));
  setenv("RILL_PLUGIN_PATH", path, 1);
  struct registry* const registry = open_registry();
  ck_assert_str_eq(registry_get_folder(registry, 0), box_path("b"));
  ck_assert_str_eq(registry_get_folder(registry, 1), box_path("a"));
  for (uint32_t i = 2; i < registry_n_folders(registry); ++i) {
    ck_assert_str_ne(registry_get_folder(registry, i), box_path("b"));
  }
  registry_free(registry);
}
END_TEST

START_TEST(a_folder_that_anybody_may_write_to_is_not_searched)
{
  box_put("good", "plugins/good.so");
  ck_assert_int_eq(chmod(box_path("plugins"), 0777), 0);
  struct registry* const registry = open_registry();
  ck_assert_ptr_null(registry_find(registry, "zoo"));
  ck_assert_ptr_nonnull(strstr(last_warning, "anybody may write to it"));
  ck_assert_ptr_nonnull(strstr(last_warning, box_path("plugins")));
  registry_free(registry);
}
END_TEST

START_TEST(a_user_has_a_folder_of_his_own)
{
  box_make_folder("data/rill/plugins/1");
  box_put("good", "data/rill/plugins/1/good.so");
  struct registry* const registry = open_registry();
  ck_assert_ptr_nonnull(registry_find(registry, "zoo"));
  registry_free(registry);
}
END_TEST

START_TEST(other_files_are_no_plugins)
{
  box_put("good", "plugins/.good.so");
  box_put("good", "plugins/good.so.1");
  box_put("good", "plugins/good.soT");
  box_put("good", "plugins/.so");
  struct registry* const registry = open_registry();
  ck_assert_ptr_null(registry_find(registry, "zoo"));
  for (uint32_t i = 0; i < registry_n_failures(registry); ++i) {
    ck_assert_ptr_null(strstr(registry_get_failure(registry, i)->path, box));
  }
  registry_free(registry);
}
END_TEST

START_TEST(a_link_to_a_plugin_is_one)
{
  char error[256] = "";
  box_put("good", "elsewhere");
  ck_assert_int_eq(symlink(box_path("elsewhere"), box_path("plugins/x.so")), 0);
  struct registry* const registry = open_registry();
  ck_assert_int_eq(registry_load(registry, registry_find(registry, "zoo"),
                                 error, sizeof error), STATUS_OK);
  registry_free(registry);
}
END_TEST

START_TEST(built_modules_are_found_one_folder_deeper)
{
  box_make_folder("plugins/good/.libs");
  box_put("good", "plugins/good/.libs/good.so");
  struct registry* const registry = open_registry();
  ck_assert_ptr_nonnull(registry_find(registry, "zoo"));
  registry_free(registry);
}
END_TEST

// This program, copied to where it might be installed or built.

static const struct {
  const char* program;
  const char* plugins; // what it must search
} trees[] = {
  { "tree/bin", "tree/lib/rill/1" },
  { "tree/bin", "tree/lib/x86_64-linux-gnu/rill/1" },
  { "tree/build", "tree/build/plugins/good/.libs" },
  { "tree/build/tests", "tree/build/plugins/good/.libs" },
  { "tree/build/tests/.libs", "tree/build/plugins/good/.libs" },
};

static int
print_types(void)
{
  struct registry* registry = NULL;
  if (registry_new(NULL, &registry)) {
    return 1;
  }
  for (uint32_t i = 0; i < registry_n(registry); ++i) {
    puts(registry_get(registry, i)->path);
  }
  registry_free(registry);
  return 0;
}

START_TEST(a_program_finds_the_plugins_of_its_tree)
{
  char command[PATH_MAX];
  char line[PATH_MAX] = "";
  char plugin[PATH_MAX];
  box_make_folder(trees[_i].program);
  box_make_folder(trees[_i].plugins);
  snprintf(plugin, sizeof plugin, "%s/good.so", trees[_i].plugins);
  box_put("good", plugin);
  snprintf(command, sizeof command,
           "cp /proc/%d/exe %s/x && exec %s/x --print-types", (int)getpid(),
           box_path(trees[_i].program), box_path(trees[_i].program));
  FILE* const out = popen(command, "r");
  ck_assert_ptr_nonnull(out);
  ck_assert_ptr_nonnull(fgets(line, sizeof line, out));
  ck_assert_int_eq(pclose(out), 0);
  line[strcspn(line, "\n")] = '\0';
  ck_assert_str_eq(line, box_path(plugin));
}
END_TEST

// By hand

static const struct rill_node_desc own = { .size = sizeof own,
                                           .id = "org.rill.own",
                                           .name = "own" };

START_TEST(a_type_of_this_program_is_live_at_once)
{
  struct registry* registry = NULL;
  char error[64];
  ck_assert_int_eq(registry_new_empty(&registry), STATUS_OK);
  ck_assert_uint_eq(registry_n(registry), 0);
  ck_assert_int_eq(registry_add(registry, &own), STATUS_OK);
  struct node_type* const type = registry_find(registry, "own");
  ck_assert_ptr_eq(type->live, &own);
  ck_assert_str_eq(type->path, "");
  ck_assert_str_eq(type->hash, "");
  ck_assert_int_eq(registry_load(registry, type, error, sizeof error),
                   STATUS_OK);
  registry_free(registry);
  registry_free(NULL);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
  enum status st = STATUS_NO_MEMORY;
  box_put("good", "plugins/x.so");
  box_put("no_entry", "plugins/y.so");
  registry_free(open_registry()); // a child's allocations would fail as well
  for (uint64_t n = 1; st; ++n) {
    struct registry* registry = NULL;
    mem_fail_at(n, _i);
    st = registry_new(NULL, &registry);
    mem_fail_at(0, 0);
    ck_assert_int_eq(!st, registry != NULL);
    if (st) {
      ck_assert_int_eq(st, STATUS_NO_MEMORY);
    }
    registry_free(registry);
  }
}
END_TEST

#define N(array) ((int)(sizeof(array) / sizeof((array)[0])))

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, set_up, tear_down);
  tcase_add_test(tcase, a_folder_leads_to_a_live_type);
  tcase_add_test(tcase, types_of_one_file_share_its_code);
  tcase_add_test(tcase, what_does_not_load_is_kept_with_its_reason);
  tcase_add_test(tcase, a_type_that_memory_is_out_for_is_not_called_unknown);
  tcase_add_test(tcase, a_mistyped_name_gets_a_suggestion);
  tcase_add_test(tcase, types_are_in_order_of_name);
  tcase_add_test(tcase, the_first_of_two_types_of_one_name_wins);
  tcase_add_test(tcase, a_search_path_has_colons_and_gaps);
  tcase_add_test(tcase, a_folder_that_anybody_may_write_to_is_not_searched);
  tcase_add_test(tcase, a_user_has_a_folder_of_his_own);
  tcase_add_test(tcase, other_files_are_no_plugins);
  tcase_add_test(tcase, a_link_to_a_plugin_is_one);
  tcase_add_test(tcase, built_modules_are_found_one_folder_deeper);
  tcase_add_loop_test(tcase, a_program_finds_the_plugins_of_its_tree, 0,
                      N(trees));
  tcase_add_test(tcase, a_type_of_this_program_is_live_at_once);
  tcase_add_loop_test(tcase, every_allocation_may_fail, 0, 2);
}

int
main(int argc, char** argv)
{
  if (argc == 2 && !strcmp(argv[1], "--print-types")) {
    return print_types();
  }
  return suite_run("registry", 60, add_tests);
}

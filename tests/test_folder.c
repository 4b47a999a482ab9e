// SPDX-License-Identifier: ISC
// What is in a folder, read or remembered.
#include "base/mem.h"
#include "load/folder.h"
#include "tests/plugin_box.h"
#include "tests/suite.h"

#include <sys/stat.h>

static struct cache* cache;

static void
set_up(void)
{
  box_set_up();
  ck_assert_int_eq(cache_open(&cache), STATUS_OK);
}

static void
tear_down(void)
{
  cache_close(cache);
  box_tear_down();
}

static int
compare(const void* a, const void* b)
{
  return strcmp(*(const char* const*)a, *(const char* const*)b);
}

/// The names in order, with a space after each.
static const char*
names_of(const char* folder)
{
  static char line[1024];
  const char* names[64];
  size_t n = 0;
  struct text text = { 0 };
  ck_assert_int_eq(folder_names(folder, cache, &text), STATUS_OK);
  for (const char* p = NULL; (p = folder_next(&text, p)); ++n) {
    ck_assert_uint_lt(n, 64);
    names[n] = p;
  }
  qsort(names, n, sizeof *names, compare);
  line[0] = '\0';
  for (size_t i = 0; i < n; ++i) {
    strcat(strcat(line, names[i]), " ");
  }
  text_fini(&text);
  return line;
}

static int
is_remembered(const char* folder)
{
  struct cache_key key;
  struct cache_value value;
  ck_assert_int_eq(cache_key_of(folder, &key), 1);
  return cache_find(cache, &key, &value);
}

START_TEST(plugins_and_folders_are_named)
{
  ck_assert_str_eq(names_of(box_path("none")), "");
  box_make_folder("f");
  ck_assert_str_eq(names_of(box_path("f")), "");
  box_write("f/a.so", "", 0);
  box_write("f/.b.so", "", 0);
  box_write("f/.so", "", 0);
  box_write("f/c.so.1", "", 0);
  box_make_folder("f/d");
  box_make_folder("f/.e");
  ck_assert_str_eq(names_of(box_path("f")), "a.so d/ ");
  ck_assert_str_eq(names_of(box_path("f/a.so")), "");
}
END_TEST

START_TEST(names_tell_what_they_are)
{
  ck_assert_int_eq(folder_is_folder("a/"), 1);
  ck_assert_int_eq(folder_is_folder("a.so"), 0);
}
END_TEST

START_TEST(a_folder_that_did_not_change_is_not_read)
{
  static const char known[] = "ghost.so";
  const struct cache_value value = { known, sizeof known };
  struct cache_key key;
  box_make_folder("f");
  ck_assert_int_eq(cache_key_of(box_path("f"), &key), 1);
  ck_assert_int_eq(cache_put(cache, &key, "", &value), STATUS_OK);
  ck_assert_str_eq(names_of(box_path("f")), "ghost.so ");
  do { // until the clock of the file system moves on
    box_write("f/a.so", "", 0);
    unlink(box_path("f/a.so"));
  } while (is_remembered(box_path("f")));
  ck_assert_str_eq(names_of(box_path("f")), "");
}
END_TEST

START_TEST(only_a_folder_that_is_at_rest_is_remembered)
{
  box_make_folder("f");
  names_of(box_path("f"));
  ck_assert_int_eq(is_remembered(box_path("f")), 0);
  names_of("/usr");
  ck_assert_int_eq(is_remembered("/usr"), 1);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
  enum status st = STATUS_NO_MEMORY;
  box_make_folder("f");
  box_write("f/a.so", "", 0);
  for (uint64_t n = 1; st; ++n) {
    struct text text = { 0 };
    mem_fail_at(n, _i);
    st = folder_names(box_path("f"), cache, &text);
    mem_fail_at(0, 0);
    ck_assert(!st || st == STATUS_NO_MEMORY);
    text_fini(&text);
  }
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, set_up, tear_down);
  tcase_add_test(tcase, plugins_and_folders_are_named);
  tcase_add_test(tcase, names_tell_what_they_are);
  tcase_add_test(tcase, a_folder_that_did_not_change_is_not_read);
  tcase_add_test(tcase, only_a_folder_that_is_at_rest_is_remembered);
  tcase_add_loop_test(tcase, every_allocation_may_fail, 0, 2);
}

int
main(void)
{
  return suite_run("folder", 10, add_tests);
}

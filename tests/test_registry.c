// SPDX-License-Identifier: ISC
#include "load/library.h"
#include "load/registry.h"
#include "tests/suite.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/rill-test-XXXXXX";
static char path[PATH_MAX];

static const char*
in_folder(const char* name)
{
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static void
write_file(const char* name, const void* data, size_t n_bytes)
{
  FILE* const f = fopen(in_folder(name), "w");
  ck_assert_ptr_nonnull(f);
  ck_assert_uint_eq(fwrite(data, 1, n_bytes, f), n_bytes);
  ck_assert_int_eq(fclose(f), 0);
}

// Copies a module of the zoo.
static void
put_plugin(const char* zoo, const char* name)
{
  static char data[1 << 20];
  char from[PATH_MAX];
  snprintf(from, sizeof from, "%s/tests/zoo/.libs/%s.so",
           getenv("top_builddir"), zoo);
  FILE* const f = fopen(from, "r");
  ck_assert_msg(f != NULL, "%s", from);
  const size_t n = fread(data, 1, sizeof data, f);
  ck_assert_int_eq(fclose(f), 0);
  write_file(name, data, n);
}

static void
set_up(void)
{
  ck_assert_ptr_nonnull(mkdtemp(folder));
  ck_assert_int_eq(setenv("RILL_RUNTIME_DIR", folder, 1), 0);
  ck_assert_int_eq(setenv("RILL_PLUGIN_PATH", folder, 1), 0);
  ck_assert_int_eq(setenv("XDG_DATA_HOME", folder, 1), 0);
  ck_assert_int_eq(setenv("RILL_CACHE_DIR", folder, 1), 0);
}

static void
tear_down(void)
{
  char command[64];
  snprintf(command, sizeof command, "rm -r %s", folder);
  ck_assert_int_eq(system(command), 0);
}

START_TEST(a_folder_leads_to_a_live_type)
{
  struct registry* registry = NULL;
  char error[256] = "";
  put_plugin("good", "good.so");
  ck_assert_int_eq(registry_new(NULL, &registry), STATUS_OK);
  ck_assert_str_eq(registry_get_folder(registry, 0), folder);

  struct node_type* const type = registry_find(registry, "zoo");
  ck_assert_ptr_nonnull(type);
  ck_assert_ptr_eq(registry_find(registry, "org.rill.zoo"), type);
  ck_assert_str_eq(type->desc->name, "zoo");
  ck_assert_str_eq(type->path, in_folder("good.so"));
  ck_assert_uint_eq(strlen(type->hash), 64);
  ck_assert_ptr_null(type->live);
  ck_assert(!type->desc->create);

  ck_assert_int_eq(registry_load(registry, type, error, sizeof error),
                   STATUS_OK);
  ck_assert(type->live->create != NULL);
  ck_assert_str_eq(library_hash(type->library), type->hash);
  ck_assert_ptr_null(library_pinned(type->library));
  registry_free(registry);
}
END_TEST

START_TEST(what_does_not_load_is_kept_with_its_reason)
{
  struct registry* registry = NULL;
  write_file("text.so", "hello, world\n", 13);
  ck_assert_int_eq(registry_new(NULL, &registry), STATUS_OK);
  ck_assert_uint_ge(registry_n_failures(registry), 1);
  const struct registry_failure* const f = registry_get_failure(registry, 0);
  ck_assert_str_eq(f->path, in_folder("text.so"));
  ck_assert_str_eq(f->reason, "is a text, not a shared object");
  registry_free(registry);
}
END_TEST

START_TEST(a_mistyped_name_gets_a_suggestion)
{
  struct registry* registry = NULL;
  put_plugin("good", "good.so");
  ck_assert_int_eq(registry_new(NULL, &registry), STATUS_OK);
  ck_assert_ptr_null(registry_find(registry, "zoi"));
  ck_assert_str_eq(registry_suggest(registry, "zoi"), "zoo");
  registry_free(registry);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, set_up, tear_down);
  tcase_add_test(tcase, a_folder_leads_to_a_live_type);
  tcase_add_test(tcase, what_does_not_load_is_kept_with_its_reason);
  tcase_add_test(tcase, a_mistyped_name_gets_a_suggestion);
}

int
main(void)
{
  return suite_run("registry", 30, add_tests);
}

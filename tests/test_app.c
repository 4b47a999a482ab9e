// SPDX-License-Identifier: ISC
// From a graph's name to instances of its nodes, and what happens when memory
// runs out on the way.
#include "app/app.h"
#include "app/find_graph.h"
#include "app/outcome.h"
#include "base/log.h"
#include "base/mem.h"
#include "load/scan.h"
#include "tests/suite.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/rill-test-app-XXXXXX";

static void
write_file(const char* path, const char* text)
{
  FILE* const file = fopen(path, "w");
  ck_assert_ptr_nonnull(file);
  ck_assert_int_ge(fputs(text, file), 0);
  fclose(file);
}

static void
set_up(void)
{
  char plugins[4096];
  const char* const build = getenv("top_builddir");
  snprintf(plugins, sizeof plugins, "%s/plugins", build ? build : ".");
  ck_assert_ptr_nonnull(mkdtemp(folder));
  ck_assert_int_eq(chdir(folder), 0);
  ck_assert_int_eq(mkdir("shelf", 0755), 0);
  setenv("RILL_PLUGIN_PATH", plugins, 1);
  setenv("RILL_CACHE_DIR", folder, 1);
  setenv("RILL_GRAPH_PATH", "none::shelf", 1);
}

static void
tear_down(void)
{
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", folder);
  ck_assert_int_eq(chdir("/"), 0);
  ck_assert_int_eq(system(command), 0);
}

static const struct {
  const char* name;
  const char* found;
} names[] = {
  { "nowhere", "nowhere" }, // reading it says what is wrong
  { "-", "-" },
  { "here", "here" },
  { "./shelved", "./shelved" }, // a path is never looked for
  { "shelved", "shelf/shelved" },
  { "named", "shelf/named.yaml" },
  { "both", "both" }, // the current folder comes first
};

START_TEST(a_name_becomes_a_file)
{
  char* path = NULL;
  write_file("here", "");
  write_file("both", "");
  write_file("shelf/both", "");
  write_file("shelf/shelved", "");
  write_file("shelf/named.yaml", "");
  ck_assert_int_eq(find_graph(names[_i].name, &path), STATUS_OK);
  ck_assert_str_eq(path, names[_i].found);
  mem_free(path);
}
END_TEST

static const char graph[] =
  "rill: 1\n"
  "nodes:\n"
  "  src: {type: tone, with: {length: 1s, channels: 2}}\n"
  "  cv:  {type: convert, in: src, with: {encoding: s16}}\n"
  "  up:  {type: gain, in: cv}\n"
  "  dst: {type: raw.write, in: up, with: {path: '-'}}\n";

static void
drop_line(void* arg, enum log_level level, const char* line)
{
  (void)arg;
  (void)level;
  (void)line;
}

START_TEST(lack_of_memory_leaves_nothing_behind)
{
  const struct app_options options = { .graph = "g.yaml", .block = 512 };
  struct registry* registry = NULL;
  enum status st = STATUS_NO_MEMORY;
  uint64_t n = 0;
  write_file("g.yaml", graph);
  ck_assert_int_eq(registry_new(NULL, &registry), STATUS_OK);
  log_set_sink(drop_line, NULL);
  while (st) {
    struct app app = { 0 };
    mem_fail_at(++n, 0);
    st = app_open(&options, registry, &app);
    mem_fail_at(0, 0);
    ck_assert_msg(st == STATUS_OK || st == STATUS_NO_MEMORY,
                  "allocation %d: %s", (int)n, status_text(st));
    app_close(&app);
    ck_assert_uint_lt(n, 100000);
  }
  ck_assert_uint_gt(n, 60);
  registry_free(registry);
}
END_TEST

START_TEST(a_graph_that_writes_to_stdout_is_known)
{
  struct registry* registry = NULL;
  struct app app = { 0 };
  const struct app_options options = { .graph = "g.yaml" };
  write_file("g.yaml", graph);
  ck_assert_int_eq(registry_new(NULL, &registry), STATUS_OK);
  const enum status st = app_open(&options, registry, &app);
  app_print_diags(&app);
  ck_assert_int_eq(st, STATUS_OK);
  ck_assert_str_eq(outcome_find_stdout(app.graph), "dst");
  app_close(&app);
  registry_free(registry);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_checked_fixture(tcase, set_up, tear_down);
  tcase_add_loop_test(tcase, a_name_becomes_a_file, 0,
                      sizeof names / sizeof names[0]);
  tcase_add_test(tcase, lack_of_memory_leaves_nothing_behind);
  tcase_add_test(tcase, a_graph_that_writes_to_stdout_is_known);
}

int
main(int argc, char** argv)
{
  const int scanned = scan_main(argc, argv);
  return scanned >= 0 ? scanned : suite_run("app", 60, add_tests);
}

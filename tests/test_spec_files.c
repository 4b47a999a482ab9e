// SPDX-License-Identifier: ISC
// Graphs that come from files: what can be read, and what can be included.
#include "spec/beneath.h"
#include "spec/diag.h"
#include "spec/spec.h"
#include "tests/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define NODES "nodes: {a: {type: x}}\n"

static char folder[64];

static void
enter_folder(void)
{
  strcpy(folder, "/tmp/rill-spec-XXXXXX");
  ck_assert_ptr_nonnull(mkdtemp(folder));
  ck_assert_int_eq(chdir(folder), 0);
}

static void
leave_folder(void)
{
  char command[128];
  ck_assert_int_eq(chdir("/"), 0);
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  ck_assert_int_eq(system(command), 0);
}

static void
write_file(const char* path, const char* text)
{
  FILE* const to = fopen(path, "w");
  ck_assert_ptr_nonnull(to);
  fputs(text, to);
  fclose(to);
}

static void
make_socket(const char* path)
{
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  strcpy(address.sun_path, path);
  ck_assert_int_eq(bind(fd, (struct sockaddr*)&address, sizeof address), 0);
  close(fd);
}

// In "g": the graph; beside it whatever it should not be led astray by.
static void
make_house(void)
{
  ck_assert_int_eq(mkdir("g", 0700), 0);
  ck_assert_int_eq(mkdir("g/sub", 0700), 0);
  ck_assert_int_eq(mkfifo("g/fifo.yaml", 0600), 0);
  make_socket("g/socket.yaml");
  write_file("outside.yaml", "rill: 1\n" NODES);
  write_file("g/ok.yaml", "rill: 1\n" NODES);
  write_file("g/sub/deep.yaml", "rill: 1\ninclude: more.yaml\n");
  write_file("g/sub/more.yaml", "rill: 1\nnodes: {m: {type: x}}\n");
  write_file("g/sub/up.yaml", "rill: 1\ninclude: ../ok.yaml\n");
  write_file("g/broken.yaml", "rill: 1\nnodes: {a: {typ: x}}\n");
  write_file("g/syntax.yaml", "rill: 1\nnodes: {a: {\n");
  write_file("g/run.yaml", "rill: 1\nrun: {block: 1}\n" NODES);
  write_file("g/noversion.yaml", NODES);
  write_file("g/empty.yaml", "");
  write_file("g/loop1.yaml", "rill: 1\ninclude: loop2.yaml\n");
  write_file("g/loop2.yaml", "rill: 1\ninclude: sub/../loop1.yaml\n");
  write_file("g/self.yaml", "rill: 1\ninclude: main.yaml\n");
  write_file("g/vars.yaml", "rill: 1\nvars: {v: 1}\ntemplates: {t: {nodes: "
                            "{n: {type: $(v)}}}}\n");
  write_file("g/secret.yaml", "rill: 1\n" NODES);
  chmod("g/secret.yaml", 0);
  ck_assert_int_eq(symlink("ok.yaml", "g/link.yaml"), 0);
  ck_assert_int_eq(symlink("sub", "g/linked"), 0);
  ck_assert_int_eq(symlink("../outside.yaml", "g/out.yaml"), 0);
}

// A main file that includes something, and the first diagnostic.
static const struct {
  const char* text;
  const char* code; // null: none
  const char* file;
  uint32_t line;
  uint32_t column;
  const char* says;
} includes[] = {
  { "include: none.yaml\n", "G080", "g/main.yaml", 2, 10, "No such file" },
  { "include: ''\n", "G080", "g/main.yaml", 2, 10, "''" },
  { "include: sub\n", "G080", "g/main.yaml", 2, 10, "folder" },
  { "include: fifo.yaml\n", "G080", "g/main.yaml", 2, 10, "pipe" },
  { "include: socket.yaml\n", "G080", "g/main.yaml", 2, 10, "socket" },
  { "include: $(d)/x.yaml\n", "G080", "g/main.yaml", 2, 10, "variables" },
  { "include: ../outside.yaml\n", "G081", "g/main.yaml", 2, 10, "below" },
  { "include: /dev/null\n", "G081", "g/main.yaml", 2, 10, "below" },
  { "include: out.yaml\n", "G081", "g/main.yaml", 2, 10, "symbolic link" },
  { "include: link.yaml\n", "G081", "g/main.yaml", 2, 10, "symbolic link" },
  { "include: linked/more.yaml\n", "G081", "g/main.yaml", 2, 10, "link" },
  { "include: sub/../../outside.yaml\n", "G081", "g/main.yaml", 2, 10, "below" },
  { "include: {a: b}\n" NODES, "G006", "g/main.yaml", 2, 10, "list" },
  { "include: loop1.yaml\n", "G082", "g/loop2.yaml", 2, 10,
    "g/loop1.yaml -> g/loop2.yaml -> g/loop1.yaml" },
  { "include: self.yaml\n", "G082", "g/self.yaml", 2, 10,
    "g/main.yaml -> g/self.yaml -> g/main.yaml" },
  { "include: main.yaml\n", "G082", "g/main.yaml", 2, 10,
    "g/main.yaml -> g/main.yaml" },
  { "include: broken.yaml\n", "G011", "g/broken.yaml", 2, 13, "'type'" },
  { "include: syntax.yaml\n", "G004", "g/syntax.yaml", 3, 1, "" },
  { "include: run.yaml\n", "G011", "g/run.yaml", 2, 1, "included file" },
  { "include: noversion.yaml\n", "G010", "g/noversion.yaml", 1, 1, "first" },
  { "include: empty.yaml\n", "G005", "g/empty.yaml", 1, 1, "no graph" },
  { "include: ok.yaml\n" NODES, "G013", "g/ok.yaml", 2, 9, "'a'" },
  { "include: vars.yaml\nvars: {v: 2}\n" NODES, "G012", "g/vars.yaml", 2, 8,
    "variable 'v'" },
  { "include: vars.yaml\n", "G015", "g/main.yaml", 0, 0, "no nodes" },
  { "include: ok.yaml\n", NULL, NULL, 0, 0, "a" },
  { "include:\n" NODES, NULL, NULL, 0, 0, "a" },
  { "include: []\n" NODES, NULL, NULL, 0, 0, "a" },
  { "include: [ok.yaml, sub/deep.yaml]\n", NULL, NULL, 0, 0, "a m" },
  { "include: [sub/up.yaml, ok.yaml, ./ok.yaml]\n", NULL, NULL, 0, 0, "a" },
  { "include: vars.yaml\nnodes: {i: {template: t}}\n", NULL, NULL, 0, 0, "i/n" },
};

static void
check_refusal(const struct diags* diags, int row)
{
  const struct diag* const d = diags_get(diags, 0);
  ck_assert_msg(d != NULL, "accepted: %s", includes[row].text);
  ck_assert_msg(!strcmp(d->code, includes[row].code) &&
                  !strcmp(d->place.file, includes[row].file) &&
                  d->place.line == includes[row].line &&
                  d->place.column == includes[row].column &&
                  strstr(d->text, includes[row].says) + (d->hint != NULL),
                "for: %s\ngot: %s:%u:%u: %s: %s", includes[row].text,
                d->place.file, d->place.line, d->place.column, d->code,
                d->text);
}

static void
check_nodes(const struct spec* spec, const char* ids)
{
  char text[256] = "";
  for (uint32_t i = 0; i < spec->n_nodes; ++i) {
    strcat(text, i ? " " : "");
    strcat(text, spec->nodes[i].id.text);
  }
  ck_assert_str_eq(text, ids);
}

START_TEST(files_are_included_or_refused)
{
  enter_folder();
  make_house();
  char text[512];
  snprintf(text, sizeof text, "rill: 1\n%s", includes[_i].text);
  write_file("g/main.yaml", text);
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  const enum status st = spec_read("g/main.yaml", NULL, 0, diags, &spec);
  if (includes[_i].code) {
    ck_assert_int_eq(st, STATUS_BAD_GRAPH);
    check_refusal(diags, _i);
  } else {
    ck_assert_msg(!st, "%s: %s", text,
                  st ? diags_get(diags, 0)->text : "");
    check_nodes(spec, includes[_i].says);
  }
  spec_free(spec);
  diags_free(diags);
  leave_folder();
}
END_TEST

static uint32_t
count_errors(const char* path)
{
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  spec_read(path, NULL, 0, diags, &spec);
  const uint32_t n = diags_count(diags, SEVERITY_ERROR);
  if (n) {
    ck_assert_str_eq(diags_get(diags, 0)->code, "G083");
  }
  spec_free(spec);
  diags_free(diags);
  return n;
}

START_TEST(includes_are_eight_deep_at_most)
{
  enter_folder();
  for (int i = 0; i < 10; ++i) {
    char path[32];
    char text[64];
    snprintf(path, sizeof path, "%d.yaml", i);
    snprintf(text, sizeof text, "rill: 1\ninclude: %d.yaml\n", i + 1);
    write_file(path, i < 9 ? text : "rill: 1\n" NODES);
  }
  ck_assert_uint_eq(count_errors("1.yaml"), 0);
  ck_assert_uint_eq(count_errors("0.yaml"), 1);
  leave_folder();
}
END_TEST

// n files in lists that are short enough.
static void
write_lists(unsigned n)
{
  FILE* const main_file = fopen("main.yaml", "w");
  FILE* const list = fopen("list.yaml", "w");
  fputs("rill: 1\n" NODES "include: [list.yaml", main_file);
  fputs("rill: 1\ninclude: [", list);
  for (unsigned i = 0; i + 1 < n; ++i) {
    char path[32];
    snprintf(path, sizeof path, "%u.yaml", i);
    write_file(path, "rill: 1\n");
    fprintf(i % 2 ? main_file : list, "%s%u.yaml", i ? ", " : "", i);
  }
  fputs("]\n", main_file);
  fputs("]\n", list);
  fclose(main_file);
  fclose(list);
}

START_TEST(there_are_256_included_files_at_most)
{
  enter_folder();
  write_lists(256);
  ck_assert_uint_eq(count_errors("main.yaml"), 0);
  write_lists(257);
  ck_assert_uint_eq(count_errors("main.yaml"), 1);
  leave_folder();
}
END_TEST

START_TEST(all_files_together_have_a_limit)
{
  enter_folder();
  char* const comment = malloc(1000001);
  memset(comment, '#', 1000000);
  comment[1000000] = '\0';
  write_file("main.yaml", "rill: 1\n" NODES "include: [0, 1, 2, 3, 4]\n");
  for (int i = 0; i < 5; ++i) {
    const char path[] = { (char)('0' + i), '\0' };
    FILE* const to = fopen(path, "w");
    fprintf(to, "rill: 1\n%s\n", comment);
    fclose(to);
  }
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  ck_assert_int_eq(spec_read("main.yaml", NULL, 0, diags, &spec),
                   STATUS_BAD_GRAPH);
  ck_assert_str_eq(diags_get(diags, 0)->code, "G002");
  ck_assert_uint_eq(diags_get(diags, 0)->place.column, 23);
  diags_free(diags);
  free(comment);
  leave_folder();
}
END_TEST

// What is not a file, or not one to read.
static const struct {
  const char* path;
  const char* code;
  const char* says;
} paths[] = {
  { "g/none.yaml", "G001", "No such file" },
  { "g/none/x.yaml", "G001", "No such file" },
  { "g/ok.yaml/x", "G001", "Not a directory" },
  { "", "G001", "No such file" },
  { "g", "G001", "folder" },
  { "g/fifo.yaml", "G001", "pipe" },
  { "g/socket.yaml", "G001", "socket" },
  { "/dev/zero", "G001", "device" },
  { "/dev/tty", "G001", "" },
  { "big.yaml", "G002", "1 MiB" },
};

START_TEST(what_is_no_file_is_refused)
{
  enter_folder();
  make_house();
  FILE* const big = fopen("big.yaml", "w");
  ck_assert_int_eq(ftruncate(fileno(big), 1024 * 1024 + 1), 0);
  fclose(big);
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  ck_assert_int_eq(spec_read(paths[_i].path, NULL, 0, diags, &spec),
                   STATUS_BAD_GRAPH);
  const struct diag* const d = diags_get(diags, 0);
  ck_assert_str_eq(d->code, paths[_i].code);
  ck_assert_str_eq(d->place.file, paths[_i].path);
  ck_assert_uint_eq(d->place.line, 0);
  ck_assert_msg(strstr(d->text, paths[_i].says) != NULL, "%s", d->text);
  diags_free(diags);
  leave_folder();
}
END_TEST

START_TEST(a_file_without_permission_is_refused)
{
  if (!geteuid()) {
    return; // root may read everything
  }
  enter_folder();
  make_house();
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  spec_read("g/secret.yaml", NULL, 0, diags, &spec);
  ck_assert_str_eq(diags_get(diags, 0)->code, "G001");
  ck_assert_ptr_nonnull(strstr(diags_get(diags, 0)->text, "Permission"));
  diags_free(diags);
  leave_folder();
}
END_TEST

// Feeds *text* to standard input, in two pieces.
static void
feed(const char* text)
{
  int ends[2];
  ck_assert_int_eq(pipe(ends), 0);
  if (!fork()) {
    const size_t n = strlen(text) / 2;
    ssize_t done = write(ends[1], text, n);
    usleep(20000);
    done += write(ends[1], text + n, strlen(text) - n);
    _exit(done != (ssize_t)strlen(text));
  }
  close(ends[1]);
  // Some shells leave their terminal like this.
  ck_assert_int_eq(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
  ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
  close(ends[0]);
}

START_TEST(a_dash_is_standard_input)
{
  feed("rill: 1\n" NODES);
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  ck_assert_int_eq(spec_read("-", NULL, 0, diags, &spec), STATUS_OK);
  ck_assert_str_eq(spec->name, "stdin");
  ck_assert_str_eq(spec->file, "<stdin>");
  spec_free(spec);
  diags_free(diags);
}
END_TEST

START_TEST(standard_input_includes_from_the_working_folder)
{
  enter_folder();
  make_house();
  feed("rill: 1\ninclude: g/sub/deep.yaml\n");
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  ck_assert_int_eq(spec_read("-", NULL, 0, diags, &spec), STATUS_OK);
  check_nodes(spec, "m");
  spec_free(spec);
  diags_free(diags);
  leave_folder();
}
END_TEST

static const struct {
  const char* path;
  int error; // 0: opens
} steps[] = {
  { "ok.yaml", 0 },
  { "./ok.yaml", 0 },
  { "sub//deep.yaml", 0 },
  { "sub", 0 },
  { "link.yaml", ELOOP },
  { "linked/more.yaml", ENOTDIR },
  { "out.yaml", ELOOP },
  { "../outside.yaml", EXDEV },
  { "sub/../ok.yaml", EXDEV },
  { "/etc/passwd", EXDEV },
  { "none", ENOENT },
  { "ok.yaml/x", ENOTDIR },
};

START_TEST(old_kernels_are_as_careful)
{
  enter_folder();
  make_house();
  const int at = open("g", O_RDONLY | O_DIRECTORY);
  const int fd = beneath_open(at, steps[_i].path, BENEATH_BY_STEPS);
  ck_assert_int_eq(fd < 0 ? errno : 0, steps[_i].error);
  close(fd);
  close(at);
  leave_folder();
}
END_TEST

// The example of the manual.
START_TEST(the_readme_is_right)
{
  const char* const top = getenv("top_srcdir");
  if (!top) {
    return; // run by hand
  }
  char path[4096];
  snprintf(path, sizeof path, "%s/host/spec/README.md", top);
  FILE* const from = fopen(path, "r");
  ck_assert_ptr_nonnull(from);
  enter_folder();
  ck_assert_int_eq(mkdir("parts", 0700), 0);
  write_file("parts/filters.yaml", "rill: 1\n");
  FILE* const to = fopen("graph.yaml", "w");
  char line[512];
  int is_inside = 0;
  while (fgets(line, sizeof line, from) && (!is_inside || line[0] != '`')) {
    if (is_inside) {
      fputs(line, to);
    }
    is_inside |= !strcmp(line, "```yaml\n");
  }
  fclose(from);
  fclose(to);
  static const struct spec_setting settings[] = { { "input", "a" },
                                                  { "output", "b" } };
  struct diags* const diags = diags_new();
  struct spec* spec = NULL;
  ck_assert_int_eq(spec_read("graph.yaml", settings, 2, diags, &spec),
                   STATUS_OK);
  check_nodes(spec, "src low/cut low/gain dst");
  spec_free(spec);
  diags_free(diags);
  leave_folder();
}
END_TEST

static int
count_descriptors(void)
{
  int n = 0;
  for (int fd = 0; fd < 1024; ++fd) {
    n += fcntl(fd, F_GETFD) >= 0;
  }
  return n;
}

START_TEST(no_descriptor_stays_open)
{
  enter_folder();
  make_house();
  const int n = count_descriptors();
  for (size_t i = 0; i < sizeof includes / sizeof includes[0]; ++i) {
    char text[512];
    snprintf(text, sizeof text, "rill: 1\n%s", includes[i].text);
    write_file("g/main.yaml", text);
    struct diags* const diags = diags_new();
    struct spec* spec = NULL;
    spec_read("g/main.yaml", NULL, 0, diags, &spec);
    spec_free(spec);
    diags_free(diags);
  }
  ck_assert_int_eq(count_descriptors(), n);
  leave_folder();
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, files_are_included_or_refused, 0,
                      sizeof includes / sizeof includes[0]);
  tcase_add_test(tcase, includes_are_eight_deep_at_most);
  tcase_add_test(tcase, there_are_256_included_files_at_most);
  tcase_add_test(tcase, all_files_together_have_a_limit);
  tcase_add_loop_test(tcase, what_is_no_file_is_refused, 0,
                      sizeof paths / sizeof paths[0]);
  tcase_add_test(tcase, a_file_without_permission_is_refused);
  tcase_add_test(tcase, a_dash_is_standard_input);
  tcase_add_test(tcase, standard_input_includes_from_the_working_folder);
  tcase_add_loop_test(tcase, old_kernels_are_as_careful, 0,
                      sizeof steps / sizeof steps[0]);
  tcase_add_test(tcase, the_readme_is_right);
  tcase_add_test(tcase, no_descriptor_stays_open);
}

int
main(void)
{
  return suite_run("spec_files", 30, add_tests);
}

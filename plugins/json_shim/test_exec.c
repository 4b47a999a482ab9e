// SPDX-License-Identifier: ISC
// json.exec with children that behave and children that do not: a small shell
// script each. Area 5 of the list of faults, by its numbers.
#include "sdk/harness/fake_host.h"
#include "sdk/harness/rig.h"
#include "tests/suite.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { RATE = 16000, N = 8 };

static const float samples[N] = { 0.0f, 0.5f, -0.5f, 1.0f,
                                  -1.0f, 0.1f, 1e-30f, -0.0f };

static struct rig*
open_command(const char* const* argv, uint32_t n)
{
  struct rig* const rig = rig_open("plugins/json_shim/json_shim", "json.exec");
  rig_set_list(rig, "command", argv, n);
  return rig;
}

// A shell script, which finds *argument* in $1.
static struct rig*
open_shell(const char* script, const char* argument)
{
  const char* const argv[] = { "sh", "-c", script, "sh", argument };
  return open_command(argv, 5);
}

static int32_t
run(struct rig* rig)
{
  rig_audio(rig, 0, RATE, 1);
  rig_start(rig, 64);
  rig_push_f32(rig, 0, samples, N);
  const int32_t rc = rig_try_run(rig);
  return rc < 0 ? rc : rig_try_drain(rig);
}

static void
expect_text(struct rig* rig, const char* fragment)
{
  if (!strstr(rig_error(rig), fragment)) {
    ck_abort_msg("\"%s\" lacks \"%s\"", rig_error(rig), fragment);
  }
}

// -- replies ----------------------------------------------------------------

#define AUDIO(rest) "{\"outputs\":[{\"data\":[1,2]," rest "}]}\\n"
#define WHOLE "\"sample_rate\":16000"

static const char answering[] =
  "read a; echo '{}'; read a; printf '%b' \"$1\"; read a; echo '{}'; read a; :";

static const struct {
  const char* reply; // with the escapes of printf
  int32_t status;
  const char* text;
} replies[] = {
  // 110 what is not JSON, or no reply
  { "hello\\n", RILL_ERR_FAILED, "the reply 'hello' is not JSON" },
  { "{\"outputs\":[}\\n", RILL_ERR_FAILED, "is not JSON" },
  { "{\"outputs\":\\n", RILL_ERR_FAILED, "is not JSON" },
  { "[1]\\n", RILL_ERR_FAILED, "the reply is no object" },
  { "null\\n", RILL_ERR_FAILED, "the reply is no object" },
  { "{\"outputs\":1}\\n", RILL_ERR_FAILED, "'outputs' is no list" },
  { "{\"error\":\"the model is gone\"}\\n", RILL_ERR_FAILED,
    "the model is gone" },
  { "{\"error\":7}\\n", RILL_ERR_FAILED, "'error' is no text" },
  // 111 two values on a line, two lines
  { "{\"outputs\":[]} {\"outputs\":[]}\\n", RILL_ERR_FAILED, "is not JSON" },
  { "{\"outputs\":[]}\\n{\"outputs\":[]}\\n", RILL_ERR_FAILED,
    "a line that nobody asked for" },
  // 114 numbers that are none
  { "{\"outputs\":[{\"data\":[NaN]," WHOLE "}]}\\n", RILL_ERR_FAILED, "NaN" },
  { "{\"outputs\":[{\"data\":[1,Infinity]," WHOLE "}]}\\n", RILL_ERR_FAILED,
    "1" },
  { "{\"outputs\":[{\"data\":[0,1,1e999]," WHOLE "}]}\\n", RILL_ERR_FAILED,
    "element 2" },
  { "{\"outputs\":[{\"data\":[1e39]," WHOLE "}]}\\n", RILL_ERR_FAILED,
    "[0]" },
  // 115 what is no UTF-8, or cannot be text
  { "{\"outputs\":[\"\\0377\"]}\\n", RILL_ERR_FAILED, "is not JSON" },
  { "{\"outputs\":[\"\\\\ud800\"]}\\n", RILL_ERR_FAILED, "is not JSON" },
  { "{\"outputs\":[\"\\\\u0000\"]}\\n", RILL_ERR_FAILED, "is not JSON" },
  { "\\0357\\0273\\0277{\"outputs\":[]}\\n", RILL_ERR_FAILED, "is not JSON" },
  // 116 a member twice
  { "{\"outputs\":[],\"outputs\":[]}\\n", RILL_ERR_FAILED, "is not JSON" },
  // what would steer a terminal, or look like a message of ours
  { "{\"error\":\"a\\\\u001b[31mb\\\\nrill: c\\\\u009bd\"}\\n", RILL_ERR_FAILED,
    "a?[31mb?rill: c??d" },
  { "x\\033[2Jy\\n", RILL_ERR_FAILED, "the reply 'x?[2Jy' is not JSON" },
  { "{\"error\":[1,2]}\\n", RILL_ERR_FAILED, "'error' is no text" },
  { "{\"output\\\\u0073\":[{}]}\\n", RILL_ERR_FAILED, "written with escapes" },
  // 117 a wrong type in each field
  { "{\"outputs\":[1]}\\n", RILL_ERR_FAILED, "outputs[0]: " },
  { "{\"outputs\":[{" WHOLE "}]}\\n", RILL_ERR_FAILED,
    "Missing audio data array" },
  { "{\"outputs\":[{\"data\":\"x\"," WHOLE "}]}\\n", RILL_ERR_FAILED,
    "data" },
  { AUDIO("\"channels\":1"), RILL_ERR_FAILED, "Missing sample_rate" },
  { AUDIO("\"sample_rate\":\"16k\""), RILL_ERR_FAILED, "sample_rate" },
  { AUDIO("\"sample_rate\":-1"), RILL_ERR_FAILED, "sample_rate" },
  { AUDIO(WHOLE ",\"channels\":0"), RILL_ERR_FAILED, "channels" },
  { AUDIO(WHOLE ",\"channels\":\"1\""), RILL_ERR_FAILED, "channels" },
  { AUDIO(WHOLE ",\"format\":\"F64\""), RILL_ERR_FAILED, "format" },
  { AUDIO(WHOLE ",\"format\":3"), RILL_ERR_FAILED, "format" },
  { "{\"outputs\":[{\"data\":[1,\"x\"]," WHOLE "}]}\\n", RILL_ERR_FAILED,
    "[1]" },
  { "{\"outputs\":[{\"data\":[1,null]," WHOLE "}]}\\n", RILL_ERR_FAILED,
    "[1]" },
  // 117 another format than the graph was planned for: both are named
  { AUDIO("\"sample_rate\":8000"), RILL_ERR_BAD_FORMAT,
    "F32, 1 channels, 8000 Hz, but the graph was planned for F32, 1 channels, "
    "16000 Hz" },
  { AUDIO(WHOLE ",\"channels\":2"), RILL_ERR_BAD_FORMAT, "2 channels" },
  { AUDIO(WHOLE ",\"format\":\"I16\""), RILL_ERR_BAD_FORMAT, "I16" },
  { "{\"outputs\":[{\"data\":[1,2,3]," WHOLE ",\"channels\":2}]}\\n",
    RILL_ERR_FAILED, "outputs[0]: " },
};

START_TEST(a_wrong_reply_ends_the_run)
{
  struct rig* const rig = open_shell(answering, replies[_i].reply);
  ck_assert_int_eq(run(rig), replies[_i].status);
  expect_text(rig, replies[_i].text);
  expect_text(rig, "child ");
  expect_text(rig, "(sh)");
  rig_close(rig);
}
END_TEST

static const struct {
  const char* reply;
  uint64_t n_frames;
} fine[] = {
  { "{\"outputs\":[]}\\n", 0 },
  { "{}\\n", 0 },
  { "{\"outputs\":[],\"error\":null,\"more\":{}}\\n", 0 },
  { AUDIO(WHOLE), 2 },
  { AUDIO(WHOLE ",\"more\":[true]"), 2 },
  { "{\"outputs\":[{\"data\":[]," WHOLE "}]}\\n", 0 },
  // 111 CRLF, blank lines
  { "{\"outputs\":[]}\\r\\n", 0 },
  { "\\n \\n\\r\\n{\"outputs\":[]}\\n\\n", 0 },
  // 114 numbers that look odd and are some
  { "{\"outputs\":[{\"data\":[-0,1e-999,-0.0e0,1E+2]," WHOLE "}]}\\n", 4 },
  // three values, one of them empty
  { "{\"outputs\":[{\"data\":[1]," WHOLE "},{\"data\":[]," WHOLE "},"
    "{\"data\":[2,3]," WHOLE "}]}\\n", 3 },
};

START_TEST(a_right_reply_is_taken)
{
  struct rig* const rig = open_shell(answering, fine[_i].reply);
  ck_assert_int_eq(run(rig), RILL_OK);
  ck_assert_uint_eq(rig_out_frames(rig, 0), fine[_i].n_frames);
  rig_close(rig);
}
END_TEST

#define MANY(n, c) "head -c " #n " /dev/zero | tr '\\0' '" c "'; "

static const struct {
  const char* reply; // a script that writes the output's text
  int32_t status;
  const char* text;
} large[] = {
  // 112: the object and its list are two levels
  { MANY(62, "[") MANY(62, "]"), RILL_OK, "" },
  { MANY(63, "[") MANY(63, "]"), RILL_ERR_FAILED, "64" },
  { MANY(1000000, "["), RILL_ERR_FAILED, "64" },
  { MANY(1000000, "[") MANY(1000000, "]"), RILL_ERR_FAILED, "64" },
  // 113: with 16 bytes around it, 2 MiB is the longest line
  { "printf '\"'; " MANY(2097136, "x") "printf '\"'; ", RILL_OK, "" },
  { "printf '\"'; " MANY(2097137, "x") "printf '\"'; ", RILL_ERR_FAILED,
    "more than 2097152 bytes (max_line)" },
  // 114: as many digits as one likes, but a double must hold it
  { "printf 0.; " MANY(400, "3"), RILL_OK, "" },
  { MANY(300, "3"), RILL_ERR_FAILED, "too big integer" },
  { MANY(400, "3"), RILL_ERR_FAILED, "is not JSON" },
};

START_TEST(large_replies_have_their_limits)
{
  char script[512];
  snprintf(script, sizeof script,
           "read a; echo '{}'; read a; printf '{\"outputs\":['; %s echo ']}'; "
           "read a; echo '{}'; read a; :", large[_i].reply);
  struct rig* const rig = open_shell(script, "");
  rig_set(rig, "out", "json");
  rig_set(rig, "max_line", "2MiB");
  rig_payload(rig, 0, RILL_KIND_TEXT, 0);
  rig_start(rig, 64);
  rig_push_text(rig, 0, "a", 0);
  int32_t rc = rig_try_run(rig);
  rc = rc < 0 ? rc : rig_try_drain(rig);
  ck_assert_int_eq(rc, large[_i].status);
  expect_text(rig, large[_i].text);
  ck_assert_uint_eq(rig_out_items(rig, 0), rc < 0 ? 0 : 1);
  rig_close(rig);
}
END_TEST

// -- how children end -------------------------------------------------------

#define READY "read a; echo '{}'; read a; "

static const struct {
  const char* script;
  int32_t status;
  const char* text;
  const char* more;
} deaths[] = {
  // 118 dies at its start, in a block, with a status, without, by a signal
  { "echo no model >&2; exit 3", RILL_ERR_FAILED, "exit status 3",
    "no model" },
  { READY "echo one >&2; echo two >&2; exit 4", RILL_ERR_FAILED,
    "exit status 4", "one\n    two" },
  { READY "exit 0", RILL_ERR_FAILED, "ended without an answer",
    "exit status 0" },
  { READY "kill -9 $$", RILL_ERR_FAILED, "killed by SIGKILL", "" },
  { READY "kill -SEGV $$", RILL_ERR_FAILED, "killed by SIGSEGV", "" },
  { READY "echo '{}'; exit 0", RILL_ERR_FAILED, "exit status 0", "" },
  { READY "echo '{}'; read a; echo '{}'; exit 5", RILL_ERR_FAILED,
    "failed at its end (exit status 5)", "" },
  { READY "printf '{\"outp'; exit 0", RILL_ERR_FAILED, "is not JSON", "" },
  // 117 a reply before the request, and after the last
  { "printf '{}\\n{}\\n'; read a; sleep 10", RILL_ERR_FAILED,
    "nobody asked for", "" },
  { READY "echo '{}'; read a; printf '{}\\n{}\\n'; read a", RILL_ERR_FAILED,
    "wrote more than one answer", "" },
  { "echo banner; read a; sleep 10", RILL_ERR_FAILED, "banner", "" },
  { "read a; echo '{\"outputs\":[1]}'; sleep 10", RILL_ERR_FAILED,
    "outputs before it got any input", "" },
  { "read a; echo '{\"error\":\"no licence\"}'; sleep 10", RILL_ERR_FAILED,
    "no licence", "" },
  // 119 hangs, crawls, does not end
  { READY "sleep 1000", RILL_ERR_TIMEOUT, "did not answer in time",
    "it runs on, and is killed" },
  { "sleep 1000", RILL_ERR_TIMEOUT, "did not answer in time", "" },
  { READY "while :; do printf x; sleep 0.05; done", RILL_ERR_TIMEOUT,
    "did not answer in time", "" },
  { READY "while :; do echo; done", RILL_ERR_TIMEOUT, "did not answer", "" },
  { READY "echo '{}'; read a; echo '{}'; sleep 1000", RILL_ERR_TIMEOUT,
    "does not end although its input has", "" },
  { READY "exec >&-; sleep 1000", RILL_ERR_FAILED, "ended without an answer",
    "it runs on, and is killed" },
  // 120 talks without end
  { READY "yes", RILL_ERR_FAILED, "is not JSON", "" },
  { READY "tr '\\0' x </dev/zero", RILL_ERR_FAILED, "more than 65536 bytes",
    "max_line" },
  { READY "tr '\\0' x </dev/zero >&2", RILL_ERR_TIMEOUT,
    "did not answer in time", "xxxxxxxx" },
  // 121 others hold the pipe open, or will not go
  { READY "sleep 1000 & exit 6", RILL_ERR_FAILED, "exit status 6", "" },
  { "trap '' TERM; " READY "while :; do sleep 1; done", RILL_ERR_TIMEOUT,
    "did not answer in time", "" },
};

START_TEST(a_child_that_fails_is_named_with_its_last_words)
{
  struct rig* const rig = open_shell(deaths[_i].script, "");
  if (deaths[_i].status == RILL_ERR_TIMEOUT) {
    rig_set(rig, "timeout", "800ms");
    rig_set(rig, "start_timeout", "800ms");
  }
  rig_set(rig, "max_line", "64KiB");
  ck_assert_int_eq(run(rig), deaths[_i].status);
  expect_text(rig, deaths[_i].text);
  expect_text(rig, deaths[_i].more);
  expect_text(rig, "child ");
  rig_close(rig);
}
END_TEST

static const struct {
  const char* program;
  const char* text;
} programs[] = {
  { "/nowhere/program", "cannot run '/nowhere/program': No such file" },
  { "no-such-program-anywhere", "exit status 127" },
  { "/etc/passwd", "cannot run '/etc/passwd': Permission denied" },
  { "/tmp", "exit status 126" },
};

// 118
START_TEST(a_program_that_cannot_run_says_why)
{
  struct rig* const rig = open_command(&programs[_i].program, 1);
  ck_assert_int_eq(run(rig), RILL_ERR_FAILED);
  expect_text(rig, programs[_i].text);
  expect_text(rig, programs[_i].program);
  rig_close(rig);
}
END_TEST

// 118
START_TEST(a_script_without_its_interpreter_says_so)
{
  char path[] = "/tmp/rill-exec-XXXXXX";
  const int fd = mkstemp(path);
  const char* const argv[] = { path };
  ck_assert_int_eq(write(fd, "#!/nowhere/python9\n", 19), 19);
  ck_assert_int_eq(fchmod(fd, 0700), 0);
  close(fd);
  struct rig* const rig = open_command(argv, 1);
  ck_assert_int_eq(run(rig), RILL_ERR_FAILED);
  expect_text(rig, "the interpreter that its first line names");
  rig_close(rig);
  unlink(path);
}
END_TEST

START_TEST(an_empty_command_is_refused)
{
  const char* const argv[] = { "" };
  struct rig* const rig = open_command(argv, 1);
  rig_audio(rig, 0, RATE, 1);
  ck_assert_int_eq(rig_try_start(rig, 64), RILL_ERR_BAD_PARAM);
  expect_text(rig, "'command' is empty");
  rig_close(rig);
}
END_TEST

static pid_t
read_pid(const char* path)
{
  long pid = 0;
  FILE* const file = fopen(path, "r");
  ck_assert_ptr_nonnull(file);
  ck_assert_int_eq(fscanf(file, "%ld", &pid), 1);
  fclose(file);
  return (pid_t)pid;
}

// Killed and reaped by init, or by whoever is.
static void
expect_gone(pid_t pid)
{
  char path[64], state = 'Z';
  for (int i = 0; i < 200; ++i) {
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    FILE* const file = fopen(path, "r");
    const int n = file ? fscanf(file, "%*d (%*[^)]) %c", &state) : 0;
    if (file) {
      fclose(file);
    }
    if (n < 1 || state == 'Z') {
      return;
    }
    usleep(10000);
  }
  ck_abort_msg("process %ld lives on (%c)", (long)pid, state);
}

// 121
START_TEST(nothing_of_a_group_is_left)
{
  char path[] = "/tmp/rill-exec-XXXXXX";
  close(mkstemp(path));
  struct rig* const rig = open_shell(
    "trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & echo $! >$1; "
    READY "while :; do sleep 1; done", path);
  rig_set(rig, "timeout", "100ms");
  ck_assert_int_eq(run(rig), RILL_ERR_TIMEOUT);
  expect_gone(read_pid(path));
  rig_close(rig);
  unlink(path);
}
END_TEST

static int
count_descriptors(void)
{
  int n = 0;
  DIR* const dir = opendir("/proc/self/fd");
  while (readdir(dir)) {
    ++n;
  }
  closedir(dir);
  return n;
}

static const char* const endings[] = {
  "read a; echo '{}'; read a; echo '{}'; read a; echo '{}'",
  READY "exit 1", READY "sleep 1000", "exit 1", READY "echo x",
};

// No zombie, no descriptor, however it ends; and the child has only its own.
START_TEST(nothing_is_left_behind)
{
  const int before = count_descriptors();
  struct rig* const rig = open_shell(endings[_i], "");
  rig_set(rig, "timeout", "100ms");
  run(rig);
  rig_close(rig);
  ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
  ck_assert_int_eq(errno, ECHILD);
  ck_assert_int_eq(count_descriptors(), before);
}
END_TEST

START_TEST(a_child_sees_three_descriptors_and_no_signal_ignored)
{
  char path[] = "/tmp/rill-exec-XXXXXX";
  unsigned long long blocked, ignored;
  const int leak = dup(0); // not close-on-exec
  close(mkstemp(path));
  signal(SIGPIPE, SIG_IGN);
  struct rig* const rig = open_shell(
    "(ls /proc/self/fd; grep -E 'SigIgn|SigBlk' /proc/self/status) "
    "| tr '\\n\\t' '  ' >$1; read a; echo '{}'; read a; echo '{}'; read a; "
    "echo '{}'", path);
  ck_assert_int_eq(run(rig), RILL_OK);
  rig_close(rig);
  FILE* const file = fopen(path, "r");
  // The fourth descriptor is that of ls itself. The two signals of the C
  // library's own are never default in what it spawns.
  ck_assert_int_eq(fscanf(file, "0 1 2 3 SigBlk: %llx SigIgn: %llx", &blocked,
                          &ignored), 2);
  fclose(file);
  ck_assert_uint_eq(blocked, 0);
  ck_assert_uint_eq(ignored & 0x7fffffff, 0);
  close(leak);
  unlink(path);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  tcase_add_loop_test(tcase, a_wrong_reply_ends_the_run, 0, COUNT(replies));
  tcase_add_loop_test(tcase, a_right_reply_is_taken, 0, COUNT(fine));
  tcase_add_loop_test(tcase, large_replies_have_their_limits, 0, COUNT(large));
  tcase_add_loop_test(tcase, a_child_that_fails_is_named_with_its_last_words,
                      0, COUNT(deaths));
  tcase_add_loop_test(tcase, a_program_that_cannot_run_says_why, 0,
                      COUNT(programs));
  tcase_add_test(tcase, a_script_without_its_interpreter_says_so);
  tcase_add_test(tcase, an_empty_command_is_refused);
  tcase_add_test(tcase, nothing_of_a_group_is_left);
  tcase_add_loop_test(tcase, nothing_is_left_behind, 0, COUNT(endings));
  tcase_add_test(tcase, a_child_sees_three_descriptors_and_no_signal_ignored);
}

int
main(void)
{
  return suite_run("json_exec", 60, add_tests);
}

// SPDX-License-Identifier: ISC
// Broken plugins, one a row, and exactly what rill says of each.
#include "config.h" // RILL_SANITIZED

#include "load/report.h"
#include "load/scan.h"
#include "tests/suite.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static const struct {
  const char* plugin;
  const char* reason;  // begins so; "" is a plugin that loads
  const char* pinned;  // why its code is never unmapped
  const char* warning; // begins so
} zoo[] = {
  // The file
  { "no_entry", "is no rill plugin: it does not export rill_entry_v1", "", "" },
  { "entry_function", "exports rill_entry_v1, but not as a global", "", "" },
  { "entry_small", "exports a rill_entry_v1 of 4 bytes, too small", "", "" },
  { "unresolved", "uses the symbol zoo_nobody_has_this, which nei", "", "" },
  // What happens when it is loaded
  { "crash_load", "crashed at load (SIGSEGV)", "", "" },
  { "abort_load", "crashed at load (SIGABRT)", "", "" },
  { "exit_load", "called exit(3) at load", "", "" },
  { "quick_exit_load", "called exit(0) at load", "", "" },
  { "hang_load", "did not return in 0.5 s at load", "", "" },
  { "flood_load", "spoiled the report about itself", "", "" },
  { "close_fds", "closed descriptors that are not its own", "", "" },
  { "orphan", "crashed at load (SIGSEGV)", "", "" },
  // The entry
  { "wrong_magic", "its entry begins with 0x21212121 instead of", "", "" },
  { "size_zero", "its entry says that it has 0 bytes", "", "" },
  { "size_huge", "its entry says that it has 4096 bytes", "", "" },
  { "abi_newer", "wants ABI 2.4, this host has 0.9", "", "" },
  { "abi_old", "was made for ABI 0.5, the oldest that this host runs is 0.9",
    "", "" },
  { "no_types", "offers no node types", "", "" },
  { "nodes_null", "offers 1 node types, and its nodes are null", "", "" },
  { "too_many_types", "offers 4000000000 node types, the limit is 1024", "",
    "" },
  { "desc_null", "node type 0 is null", "", "" },
  { "desc_wild", "crashed when its descriptions were read (SIGSEGV)", "", "" },
  // Its functions
  { "crash_open", "crashed in its open (SIGSEGV)", "", "" },
  { "hang_open", "did not return in 0.5 s in its open", "", "" },
  { "open_fails", "its open failed: no licence on this machine", "", "" },
  { "open_fails_mute", "its open failed with status -5 and did not say why", "",
    "" },
  { "open_garbage", "its open failed with status -123456", "", "" },
#ifndef RILL_SANITIZED // no limit of memory there
  { "greedy_open", "its open failed with status -2", "", "" },
#endif
  { "crash_close", "crashed in its close (SIGSEGV)", "", "" },
  { "crash_unload", "crashed in its close (SIGSEGV)", "", "" },
  { "list_endless", "its list does not end after 1024 node types", "", "" },
  { "list_fails", "its list failed with status -1", "", "" },
  { "list_null", "node type 0 is null", "", "" },
  // What loads, and has to be known
  { "good", "", "", "" },
  { "abi_future", "", "no UNLOAD_SAFE flag", "" },
  { "list_late", "", "no UNLOAD_SAFE flag", "" },
  { "static_tls", "", "static TLS", "" },
  { "nodelete", "", "NODELETE", "" },
  { "unique", "", "GNU_UNIQUE symbols", "exports 1 more than" },
  { "local_dtor", "", "", "" },
  { "extra_export", "", "", "exports 1 more than rill_entry_v1 (zoo_extra)" },
  { "exec_stack", "", "", "has an executable stack" },
  { "thread_left", "", "a thread of its own", "left a thread running" },
  { "handler", "", "", "changed signal handlers when it was loaded" },
  { "set_locale", "", "", "changed the locale when it was loaded" },
  { "set_umask", "", "", "changed the umask when it was loaded" },
  { "set_env", "", "", "changed the environment when it was loaded" },
  { "change_dir", "", "", "changed the working folder when it was loaded" },
  { "block_signals", "", "", "changed the signal mask when it was loaded" },
  { "close_stdin", "", "", "changed descriptors 0 to 2 when it was loaded" },
#if defined(__x86_64__) && !defined(__clang__)
  { "fast_math", "", "", "changed the floating point mode when it was loaded" },
#endif
};

static void
check_row(int i)
{
  const struct scan_limits limits = { 500 * INT64_C(1000000),
                                      scan_default_limits.memory_bytes };
  char path[PATH_MAX];
  struct text bytes = { 0 };
  struct report report = { 0 };
  struct reason reason = { 0 };
  snprintf(path, sizeof path, "%s/tests/zoo/.libs/%s.so",
           getenv("top_builddir"), zoo[i].plugin);
  ck_assert_int_eq(scan_file(path, &limits, &bytes), STATUS_OK);
  ck_assert_int_eq(report_read(bytes.data, bytes.n, &report, &reason),
                   STATUS_OK);
  ck_assert_msg(!strncmp(report.reason, zoo[i].reason, strlen(zoo[i].reason)) &&
                  !*report.reason == !*zoo[i].reason,
                "%s: '%s'", zoo[i].plugin, report.reason);
  ck_assert_int_eq(!report.status, !*zoo[i].reason);
  ck_assert_str_eq(report.pinned, zoo[i].pinned);
  ck_assert_msg(
    !strncmp(report.warning, zoo[i].warning, strlen(zoo[i].warning)) &&
      !*report.warning == !*zoo[i].warning,
    "%s: '%s'", zoo[i].plugin, report.warning);
  report_fini(&report);
  text_fini(&bytes);
}

START_TEST(a_plugin_is_judged_in_a_forked_child)
{
  check_row(_i);
}
END_TEST

START_TEST(a_plugin_is_judged_by_this_program_anew)
{
  char name[] = "test_zoo";
  char* argv[] = { name, NULL };
  ck_assert_int_eq(scan_main(1, argv), -1);
  check_row(_i);
}
END_TEST

static void
add_tests(TCase* tcase)
{
  const int n = sizeof zoo / sizeof zoo[0];
  tcase_add_loop_test(tcase, a_plugin_is_judged_in_a_forked_child, 0, n);
  tcase_add_loop_test(tcase, a_plugin_is_judged_by_this_program_anew, 0, n);
}

int
main(int argc, char** argv)
{
  const int scanned = argc > 1 ? scan_main(argc, argv) : -1;
  return scanned >= 0 ? scanned : suite_run("zoo", 10, add_tests);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-call.h"

static void
test_table_is_whole (void)
{
  g_test_summary (
      "Every call has a row with names, at most three numbers, and is found by its name");

  for (guint i = SWB_CALL_NONE + 1; i < SWB_N_CALLS; i++)
    {
      const SwbCallInfo *info = swb_call_get_info (i);

      g_assert_nonnull (info->name);
      g_assert_nonnull (info->syscall);
      g_assert_cmpuint (info->n_ints, <=, 3);
      g_assert_cmpint (swb_call_from_name (info->name), ==, i);
    }
}

static void
test_syscalls (void)
{
  g_test_summary ("The names that strace prints differ where the kernel's calls do");

  g_assert_cmpstr (swb_call_get_info (SWB_CALL_ACCEPT)->syscall, ==, "accept4");
  g_assert_cmpstr (swb_call_get_info (SWB_CALL_SEND)->syscall, ==, "sendto");
  g_assert_cmpstr (swb_call_get_info (SWB_CALL_RECV)->syscall, ==, "recvfrom");
  g_assert_cmpstr (swb_call_get_info (SWB_CALL_BIND)->syscall, ==, "bind");
  g_assert_false (swb_call_get_info (SWB_CALL_UNLINK)->has_fd);
  g_assert_false (swb_call_get_info (SWB_CALL_SOCKET)->has_fd);
  g_assert_cmpint (swb_call_get_info (SWB_CALL_CONNECT)->address, ==, SWB_ADDRESS_IN);
  g_assert_cmpint (swb_call_get_info (SWB_CALL_RECVFROM)->address, ==, SWB_ADDRESS_OUT);
}

static void
test_outside (void)
{
  g_test_summary ("Numbers and names outside the table give the row of none");

  g_assert_cmpstr (swb_call_get_info (SWB_CALL_NONE)->name, ==, "?");
  g_assert_cmpstr (swb_call_get_info (SWB_N_CALLS)->name, ==, "?");
  g_assert_cmpstr (swb_call_get_info (G_MAXINT)->name, ==, "?");
  g_assert_cmpstr (swb_call_get_info ((SwbCall)-1)->name, ==, "?");
  g_assert_cmpint (swb_call_from_name ("?"), ==, SWB_CALL_NONE);
  g_assert_cmpint (swb_call_from_name (""), ==, SWB_CALL_NONE);
  g_assert_cmpint (swb_call_from_name ("Bind"), ==, SWB_CALL_NONE);
  g_assert_cmpint (swb_call_from_name ("accept4"), ==, SWB_CALL_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call/table-is-whole", test_table_is_whole);
  g_test_add_func ("/call/syscalls", test_syscalls);
  g_test_add_func ("/call/outside", test_outside);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-errno.h"
#include "net/swb-errno-table.h"

#include <errno.h>
#include <string.h>

static void
test_names (void)
{
  g_test_summary ("Names and numbers are inverse for every errno, with and without a name");

  g_assert_cmpstr (swb_errno_name (EADDRINUSE), ==, "EADDRINUSE");
  g_assert_cmpstr (swb_errno_name (524), ==, "ENOTSUPP");
  g_assert_cmpstr (swb_errno_name (4242), ==, "ERRNO_4242");
  g_assert_cmpstr (swb_errno_name (G_MAXINT), ==, "ERRNO_9999");
  g_assert_cmpint (swb_errno_from_name ("EWOULDBLOCK"), ==, EAGAIN);
  g_assert_cmpint (swb_errno_from_name ("ENOTSUP"), ==, EOPNOTSUPP);

  for (int error = 1; error < 1500; error++)
    g_assert_cmpint (swb_errno_from_name (swb_errno_name (error)), ==, error);
}

static void
test_unknown_names (void)
{
  static const char *const names[]
      = { "",        "E",        "econnrefused", "EFOO",        "ERRNO_",
          "ERRNO_0", "ERRNO_-1", "ERRNO_1x",     "ERRNO_10000", "ERRNO_99999999999",
          "0" };

  g_test_summary ("What is no errno's name gives 0");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (swb_errno_from_name (names[i]), ==, 0);
}

/* The ERRORS sections of the man pages. */
static const struct
{
  SwbCall call;
  int errors[24];
} documented[] = {
  { SWB_CALL_SOCKET,
    { EACCES, EAFNOSUPPORT, EINVAL, EMFILE, ENFILE, ENOBUFS, ENOMEM, EPROTONOSUPPORT } },
  { SWB_CALL_SOCKETPAIR,
    { EAFNOSUPPORT, EFAULT, EMFILE, ENFILE, EOPNOTSUPP, EPROTONOSUPPORT } },
  { SWB_CALL_BIND,
    { EACCES, EADDRINUSE, EBADF, EINVAL, ENOTSOCK, EADDRNOTAVAIL, EFAULT, ELOOP,
      ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR, EROFS } },
  { SWB_CALL_LISTEN, { EADDRINUSE, EBADF, ENOTSOCK, EOPNOTSUPP } },
  { SWB_CALL_ACCEPT,
    { EAGAIN, EBADF, ECONNABORTED, EFAULT, EINTR, EINVAL, EMFILE, ENFILE, ENOBUFS, ENOMEM,
      ENOTSOCK, EOPNOTSUPP, EPERM, EPROTO } },
  { SWB_CALL_CONNECT,
    { EACCES, EPERM, EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EAGAIN, EALREADY, EBADF,
      ECONNREFUSED, EFAULT, EINPROGRESS, EINTR, EISCONN, ENETUNREACH, ENOTSOCK, EPROTOTYPE,
      ETIMEDOUT, ECANCELED } },
  { SWB_CALL_SEND,
    { EACCES, EAGAIN, EALREADY, EBADF, ECONNRESET, EDESTADDRREQ, EFAULT, EINTR, EINVAL,
      EISCONN, EMSGSIZE, ENOBUFS, ENOMEM, ENOTCONN, ENOTSOCK, EOPNOTSUPP, EPIPE } },
  { SWB_CALL_RECV,
    { EAGAIN, EBADF, ECONNREFUSED, EFAULT, EINTR, EINVAL, ENOMEM, ENOTCONN, ENOTSOCK } },
  { SWB_CALL_SHUTDOWN, { EBADF, EINVAL, ENOTCONN, ENOTSOCK } },
  { SWB_CALL_CLOSE, { EBADF, EINTR, EIO, ENOSPC, EDQUOT } },
  { SWB_CALL_SETSOCKOPT, { EBADF, EFAULT, EINVAL, ENOPROTOOPT, ENOTSOCK } },
  { SWB_CALL_GETSOCKOPT, { EBADF, EFAULT, EINVAL, ENOPROTOOPT, ENOTSOCK } },
  { SWB_CALL_GETSOCKNAME, { EBADF, EFAULT, EINVAL, ENOBUFS, ENOTSOCK } },
  { SWB_CALL_GETPEERNAME, { EBADF, EFAULT, EINVAL, ENOBUFS, ENOTCONN, ENOTSOCK } },
  { SWB_CALL_UNLINK,
    { EACCES, EBUSY, EFAULT, EIO, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR,
      EPERM, EROFS } },
};

static void
test_documented (void)
{
  g_test_summary ("Every errno that a man page names for a call has a sentence of its own");

  for (guint i = 0; i < G_N_ELEMENTS (documented); i++)
    for (guint j = 0;
         j < G_N_ELEMENTS (documented[i].errors) && documented[i].errors[j] != 0; j++)
      {
        const char *sentence
            = swb_errno_explain (documented[i].call, documented[i].errors[j]);

        g_assert_cmpstr (sentence, !=, g_strerror (documented[i].errors[j]));
        g_assert_true (g_str_has_suffix (sentence, "."));
      }
}

static void
test_table (void)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_test_summary ("No row stands twice, and every text is one or more whole sentences");

  for (guint i = 0; swb_errno_tables[i] != NULL; i++)
    for (const SwbErrnoRow *row = swb_errno_tables[i]; row->meaning != NULL; row++)
      {
        g_autofree char *key = g_strdup_printf ("%d %d", row->call, row->error);

        g_assert_true (g_str_has_suffix (row->meaning, "."));
        g_assert_true (row->remedy == NULL || g_str_has_suffix (row->remedy, "."));
        g_assert_true (g_hash_table_add (seen, g_steal_pointer (&key)));
      }
}

static void
test_fallbacks (void)
{
  g_test_summary (
      "A call falls back to its sibling, then to all calls, then to the C library");

  g_assert_cmpstr (swb_errno_explain (SWB_CALL_SENDTO, EPIPE), ==,
                   swb_errno_explain (SWB_CALL_SEND, EPIPE));
  g_assert_cmpstr (swb_errno_explain (SWB_CALL_LISTEN, EINTR), ==,
                   swb_errno_explain (SWB_CALL_NONE, EINTR));
  g_assert_cmpstr (swb_errno_explain (SWB_CALL_BIND, ENOTBLK), ==, g_strerror (ENOTBLK));
  g_assert_nonnull (swb_errno_explain (SWB_N_CALLS, 99999));
}

static void
test_remedies (void)
{
  g_test_summary ("A remedy says what to do where there is something to do");

  g_assert_nonnull (strstr (swb_errno_remedy (SWB_CALL_BIND, EACCES), "1024"));
  g_assert_nonnull (strstr (swb_errno_remedy (SWB_CALL_BIND, EADDRINUSE), "SO_REUSEADDR"));
  g_assert_nonnull (strstr (swb_errno_remedy (SWB_CALL_CONNECT, ECONNREFUSED), "server"));
  g_assert_nonnull (strstr (swb_errno_remedy (SWB_CALL_SENDTO, EACCES), "SO_BROADCAST"));
  g_assert_null (swb_errno_remedy (SWB_CALL_CLOSE, EINTR));
  g_assert_null (swb_errno_remedy (SWB_CALL_CLOSE, 99999));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/errno/names", test_names);
  g_test_add_func ("/errno/unknown-names", test_unknown_names);
  g_test_add_func ("/errno/documented", test_documented);
  g_test_add_func ("/errno/table", test_table);
  g_test_add_func ("/errno/fallbacks", test_fallbacks);
  g_test_add_func ("/errno/remedies", test_remedies);
  return g_test_run ();
}

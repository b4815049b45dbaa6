/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/swb-fresh-options.h"
#include "engine/swb-probe.h"
#include "kernel/loaded-modules.h"
#include "net/swb-error.h"
#include "net/swb-prediction.h"

static void
test_before (void)
{
  g_test_summary ("before the probe nothing is known");
  g_assert_cmpint (swb_probe_get (AF_INET, SOCK_STREAM, 0), ==, -1);
  g_assert_cmpint (swb_probe_get_domain (AF_INET), ==, -1);
}

static void
test_truth (void)
{
  g_autoptr (SwbKernel) kernel = swb_kernel_get ();
  guint n_domains, n_types, n_protocols;
  const SwbConstant *domains = swb_catalog_get_domains (&n_domains);
  const SwbConstant *types = swb_catalog_get_types (&n_types);

  g_test_summary ("every answer of the probe is what socket() says here");
  swb_probe_run ();
  loaded_modules_changed ();
  for (guint d = 0; d < n_domains; d++)
    for (guint t = 0; t < n_types; t++)
      {
        const SwbConstant *protocols
            = swb_catalog_get_all_protocols (domains[d].value, &n_protocols);

        for (guint p = 0; p < n_protocols; p++)
          {
            int fd, error, answer;
            SwbReason reason
                = swb_predict (kernel, domains[d].value, types[t].value, protocols[p].value)
                      .reason;

            /* To ask would load a module; or the kernel looks for one each time, which
             * takes long, and no further than that. */
            if (reason == SWB_REASON_LOADS
                || (protocols[p].value != 0
                    && (reason == SWB_REASON_NO_DOMAIN || reason == SWB_REASON_GONE
                        || reason == SWB_REASON_NO_SOCKETS)))
              continue;
            answer = swb_probe_get (domains[d].value, types[t].value, protocols[p].value);
            fd = socket (domains[d].value, types[t].value | SOCK_CLOEXEC,
                         protocols[p].value);
            error = fd < 0 ? errno : 0;
            if (fd >= 0)
              close (fd);
            g_assert_cmpint (answer, ==, error);
            /* Also where it refuses a triple, the kernel may have loaded a module for it.
             */
            if (loaded_modules_changed ())
              swb_probe_again ();
          }
      }
  g_assert_cmpint (swb_probe_get_domain (AF_UNIX), ==, 0);
  g_assert_cmpint (swb_probe_get_type (AF_UNIX, SOCK_SEQPACKET), ==, 0);
}

static void
test_again (void)
{
  g_test_summary ("asked again, the kernel is read and probed anew");
  swb_probe_again ();
  g_assert_cmpint (swb_probe_get (AF_INET, SOCK_STREAM, 0), ==, 0);
  g_assert_cmpint (swb_probe_get (46, SOCK_STREAM, 0), ==, EAFNOSUPPORT);
}

static void
test_fresh (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbFreshOptions) tcp
      = swb_fresh_options_read (AF_INET, SOCK_STREAM, 0, TRUE, &error);
  g_autoptr (SwbFreshOptions) again
      = swb_fresh_options_read (AF_INET, SOCK_STREAM, 0, FALSE, &error);
  GBytes *value;
  int answer = -1;

  g_test_summary (
      "a fresh socket tells its options, those aside whose reading has an effect");
  g_assert_no_error (error);
  g_assert_true (tcp == again);
  value = swb_fresh_options_get (tcp, swb_option_find (SOL_SOCKET, SO_TYPE), &answer);
  g_assert_cmpint (answer, ==, 0);
  g_assert_cmpuint (g_bytes_get_size (value), ==, sizeof (int));
  g_assert_cmpint (*(const int *)g_bytes_get_data (value, NULL), ==, SOCK_STREAM);
  g_assert_null (
      swb_fresh_options_get (tcp, swb_option_find (SOL_SOCKET, SO_ERROR), &answer));
  g_assert_cmpint (answer, ==, 0);
  /* A level that is not of this socket. */
  g_assert_null (swb_fresh_options_get (tcp, swb_option_find (SOL_NETLINK, 3), &answer));

  g_assert_null (swb_fresh_options_read (46, SOCK_STREAM, 0, TRUE, &error));
  g_assert_error (error, SWB_ERRNO, EAFNOSUPPORT);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (swb_probe_run_finish (result, &error));
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static void
test_async (void)
{
  gboolean done = FALSE;

  g_test_summary ("the probe in a worker comes back on this context");
  swb_probe_run_async (NULL, done_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/before", test_before);
  g_test_add_func ("/probe/truth", test_truth);
  g_test_add_func ("/probe/async", test_async);
  g_test_add_func ("/probe/again", test_again);
  g_test_add_func ("/probe/fresh", test_fresh);
  return g_test_run ();
}

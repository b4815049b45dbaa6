/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <adwaita.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/pane/swb-failure-bar.h"
#include "app/pane/swb-pane-view.h"

#include "pane-fixture.h"

static gboolean
has_command (PaneFixture *fixture, const char *line)
{
  SwbJournal *journal = swb_bench_get_journal (fixture->bench);
  SwbRecord record;

  for (guint64 i = 0; swb_journal_read (journal, i, &record); i++)
    if (record.kind == SWB_RECORD_COMMAND && record.n_data == strlen (line)
        && memcmp (record.data, line, record.n_data) == 0)
      return TRUE;
  return FALSE;
}

static void
test_broadcast (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "u AF_INET SOCK_DGRAM 0");

  g_test_summary ("Broadcast sets nothing behind the person's back: EACCES is shown, and "
                  "the remedy sets SO_BROADCAST as a command and sends again");
  pane_show (fixture, card);
  pane_run (fixture, "u sendto 127.255.255.255:9 \"hello\" expect EACCES");
  pane_wait (pane_has_label (card, "sendto: EACCES"));
  pane_wait (pane_has_label (card, "127.255.255.255:9 is a broadcast address"));
  g_assert_cmpuint (pane_count_calls (fixture, SWB_CALL_SENDTO, 0), ==, 0);
  pane_press (card, "Set SO__BROADCAST");
  pane_wait (pane_count_calls (fixture, SWB_CALL_SENDTO, EACCES) == 1
             && pane_count_calls (fixture, SWB_CALL_SETSOCKOPT, 0) > 0);
  pane_wait (pane_count_calls (fixture, SWB_CALL_SENDTO, 0) == 1);
  /* What the script expected is not expected of the button. */
  g_assert_true (has_command (fixture, "u sendto 127.255.255.255:9 \"hello\""));
  pane_unshow (fixture, card);
}

static void
test_low_port (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  g_autofree char *first = NULL;

  g_test_summary ("A port below the limit is explained, and a higher one can be had");
  pane_show (fixture, card);
  if (geteuid () == 0
      || !g_file_get_contents ("/proc/sys/net/ipv4/ip_unprivileged_port_start", &first,
                               NULL, NULL)
      || atoi (first) < 100)
    g_test_skip ("this user may bind every port");
  else
    {
      pane_run (fixture, "server bind 127.0.0.1:81");
      pane_wait (pane_has_label (card, "bind: EACCES"));
      pane_wait (pane_has_label (card, "CAP_NET_BIND_SERVICE"));
      pane_press (card, "Use _port 8081");
      pane_wait (pane_count_calls (fixture, SWB_CALL_BIND, EACCES) == 1
                 && pane_count_calls (fixture, SWB_CALL_BIND, 0)
                            + pane_count_calls (fixture, SWB_CALL_BIND, EADDRINUSE)
                        == 1);
    }
  pane_unshow (fixture, card);
}

static void
test_not_here (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");

  g_test_summary ("Another machine's address: this one's are listed, and loopback offered");
  pane_show (fixture, card);
  pane_run (fixture, "server bind 192.0.2.77:0");
  pane_wait (pane_has_label (card, "bind: EADDRNOTAVAIL"));
  pane_wait (pane_has_label (card, "127.0.0.1"));
  pane_press (card, "_Bind to 127.0.0.1");
  pane_wait (swb_pane_get_state (pane_of_card (card)) == SWB_STATE_BOUND);
  pane_wait (pane_find (card, SWB_TYPE_FAILURE_BAR, 0) == NULL);
  pane_unshow (fixture, card);
}

static gboolean
was_given (SwbPane *pane, const char *address)
{
  g_autofree char *text = swb_pane_dup_connect_text (pane);

  return g_strcmp0 (text, address) == 0;
}

static void
test_scope (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "c AF_INET6 SOCK_STREAM 0 as client");

  g_test_summary ("A link-local address without its interface: each can be added");
  pane_show (fixture, card);
  pane_run (fixture, "c connect [fe80::1]:9");
  pane_wait (swb_pane_get_failure (pane_of_card (card))->call != SWB_CALL_NONE);
  if (!pane_has_label (card, "connect: EINVAL"))
    g_test_skip ("this kernel has no IPv6");
  else
    {
      pane_wait (pane_has_label (card, "is link-local"));
      pane_press (card, "Add %lo");
      pane_wait (was_given (pane_of_card (card), "[fe80::1%lo]:9"));
    }
  pane_run (fixture, "c close");
  pane_unshow (fixture, card);
}

static void
test_next (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *server = pane_make (fixture, "server AF_INET SOCK_STREAM 0 as server");
  GtkWidget *card = pane_make_card (fixture, "c AF_INET6 SOCK_STREAM 0 as client");
  g_autofree char *line = NULL;

  g_test_summary ("When the first address of a name fails, the next one is a button");
  pane_listen (fixture, server);
  pane_show (fixture, card);
  line = g_strdup_printf (
      "c connect localhost:%u",
      swb_address_get_port (swb_connection_get_local (swb_pane_get_socket (server))));
  pane_run (fixture, line);
  pane_wait (pane_has_label (card, "connect: ECONNREFUSED"));
  pane_press (card, "_Try ::ffff:127.0.0.1 next");
  pane_wait (swb_pane_get_state (pane_of_card (card)) == SWB_STATE_CONNECTED);
  pane_wait (pane_find (card, SWB_TYPE_FAILURE_BAR, 0) == NULL);
  pane_unshow (fixture, card);
}

static void
test_listeners (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *server = pane_make (fixture, "the_server AF_INET SOCK_STREAM 0 as server");
  GtkWidget *card = pane_make_card (fixture, "c AF_INET SOCK_STREAM 0 as client");

  g_test_summary ("Where nobody listens, a pane that does is offered");
  pane_listen (fixture, server);
  pane_show (fixture, card);
  pane_run (fixture, "c connect 127.0.0.1:1");
  pane_wait (pane_has_label (card, "Nothing listens on port 1"));
  pane_press (card, "Connect to the__server");
  pane_wait (swb_pane_get_state (pane_of_card (card)) == SWB_STATE_CONNECTED);
  pane_unshow (fixture, card);
}

static void
test_no_domain (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "x AF_X25 SOCK_SEQPACKET 0");

  g_test_summary ("A domain that this kernel lacks says why, and what would change that");
  pane_show (fixture, card);
  pane_run (fixture, "x socket");
  pane_wait (swb_pane_get_n_calls (pane_of_card (card)) > 0);
  if (swb_pane_get_failure (pane_of_card (card))->error == 0)
    g_test_skip ("this kernel has X.25");
  else
    {
      pane_wait (pane_has_label (card, "socket: EAFNOSUPPORT"));
      pane_wait (pane_has_label (card, "CONFIG_X25")
                 || pane_has_label (card, "modprobe x25"));
    }
  pane_unshow (fixture, card);
}

static void
test_again (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "c AF_INET SOCK_STREAM 0 as client");
  guint n_sockets;

  g_test_summary ("After a connect that failed, a new socket is a button");
  pane_show (fixture, card);
  pane_run (fixture, "c connect 127.0.0.1:1");
  pane_wait (pane_has_label (card, "connect: ECONNREFUSED"));
  n_sockets = pane_count_calls (fixture, SWB_CALL_SOCKET, 0);
  pane_run (fixture, "c connect 127.0.0.1:1");
  pane_wait (pane_find_button (card, "Connect _anew") != NULL);
  pane_press (card, "Connect _anew");
  pane_wait (pane_count_calls (fixture, SWB_CALL_SOCKET, 0) == n_sockets + 1);
  pane_wait (pane_has_label (card, "connect: ECONNREFUSED"));
  pane_unshow (fixture, card);
}

static void
test_rights (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "ping AF_INET SOCK_DGRAM IPPROTO_ICMP");
  SwbPane *pane = pane_of_card (card);

  g_test_summary ("What an administrator has to do is a command that can be copied");
  pane_show (fixture, card);
  pane_run (fixture, "ping socket");
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_CREATED
             || swb_pane_get_failure (pane)->error != 0);
  if (swb_pane_get_state (pane) == SWB_STATE_CREATED)
    g_test_skip ("This user is in net.ipv4.ping_group_range");
  else
    {
      pane_wait (pane_find_button (card, "Copy the _command") != NULL);
      pane_press (card, "Copy the _command");
    }
  pane_unshow (fixture, card);
}

static void
test_any6 (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "s AF_INET6 SOCK_STREAM 0 as server");

  g_test_summary (":: shows what it also takes, and IPV6_V6ONLY changes that");
  pane_show (fixture, card);
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), "[::]:7000");
  pane_wait (pane_has_label (card, "IPV6_V6ONLY"));
  pane_run (fixture, "s setsockopt IPPROTO_IPV6 IPV6_V6ONLY 1");
  pane_wait (pane_has_label (card, "Takes IPv6 only"));
  pane_run (fixture, "s setsockopt IPPROTO_IPV6 IPV6_V6ONLY 0");
  pane_wait (pane_has_label (card, "Takes IPv4 too"));
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), "[::ffff:127.0.0.1]:7000");
  pane_wait (pane_has_label (card, "127.0.0.1 of IPv4"));
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), "[::1]:7000");
  pane_wait (!pane_has_label (card, "IPv4"));
  pane_run (fixture, "s close");
  pane_run (fixture, "s bind [::]:0");
  pane_wait (swb_pane_get_state (pane_of_card (card)) == SWB_STATE_BOUND);
  pane_wait (pane_has_label (card, "IPV6_V6ONLY is o"));
  g_assert_false (pane_has_label (card, "unless"));
  pane_unshow (fixture, card);
}

static void
test_frames_of (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "f AF_PACKET SOCK_RAW 0");

  g_test_summary ("The address of frames says the interface by its name");
  pane_show (fixture, card);
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), "packet 1:ETH_P_ALL");
  pane_wait (pane_has_label (card, "Frames of the interface lo"));
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), "packet 0:ETH_P_ALL");
  pane_wait (pane_has_label (card, "Frames of all interfaces"));
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), "packet 2000000000:ETH_P_ALL");
  pane_wait (pane_has_label (card, "There is no interface of this number"));
  pane_unshow (fixture, card);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  pane_test_add ("/remedies/broadcast", test_broadcast);
  pane_test_add ("/remedies/low-port", test_low_port);
  pane_test_add ("/remedies/not-here", test_not_here);
  pane_test_add ("/remedies/scope", test_scope);
  pane_test_add ("/remedies/next", test_next);
  pane_test_add ("/remedies/listeners", test_listeners);
  pane_test_add ("/remedies/no-domain", test_no_domain);
  pane_test_add ("/remedies/again", test_again);
  pane_test_add ("/remedies/rights", test_rights);
  pane_test_add ("/remedies/any6", test_any6);
  pane_test_add ("/remedies/frames-of", test_frames_of);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <sys/socket.h>
#include <unistd.h>

#include "app/conversation/swb-chip.h"
#include "app/composer/swb-composer.h"
#include "app/conversation/swb-connection-finder.h"
#include "app/conversation/swb-connection-strip.h"
#include "pane-fixture.h"

#define N_MANY 300

typedef struct
{
  GtkWidget *card;
  SwbPane *pane;
  SwbConnectionStrip *strip;
  int fds[N_MANY];
  guint n_fds;
} Server;

static guint
count_open (Server *server)
{
  return g_list_model_get_n_items (swb_pane_get_connections (server->pane));
}

static void
connect_clients (Server *server, guint n)
{
  const SwbAddress *local = swb_connection_get_local (swb_pane_get_socket (server->pane));

  for (guint i = 0; i < n; i++)
    {
      int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

      g_assert_cmpint (connect (fd, &local->sa, local->length), ==, 0);
      server->fds[server->n_fds++] = fd;
    }
  pane_wait (count_open (server) == n);
}

static void
serve (PaneFixture *fixture, Server *server, guint n)
{
  *server = (Server){ 0 };
  server->pane = pane_make (fixture, "server AF_INET SOCK_STREAM 0 as server");
  server->card = swb_pane_view_new (fixture->bench, server->pane);
  pane_run (fixture, "server bind 127.0.0.1:0");
  pane_run (fixture, "server reply echo");
  pane_run (fixture, "server listen 512");
  pane_wait (swb_pane_get_state (server->pane) == SWB_STATE_LISTENING);
  pane_show (fixture, server->card);
  server->strip
      = SWB_CONNECTION_STRIP (pane_find (server->card, SWB_TYPE_CONNECTION_STRIP, 0));
  connect_clients (server, n);
}

static void
close_clients (Server *server, guint n)
{
  while (n-- > 0)
    close (server->fds[--server->n_fds]);
  pane_wait (count_open (server) == server->n_fds);
}

static void
end (PaneFixture *fixture, Server *server)
{
  close_clients (server, server->n_fds);
  pane_wait_for_tooltip (server->card);
  pane_unshow (fixture, server->card);
}

static void
test_few (PaneFixture *fixture, gconstpointer data)
{
  Server server;

  g_test_summary ("Few are chips: one is chosen and sent to; it closes");
  serve (fixture, &server, 3);
  pane_wait (pane_has_label (server.card, "3 connections"));
  pane_wait (pane_count (server.card, SWB_TYPE_CHIP) == 3);
  g_assert_null (pane_find_button (server.card, "Find…"));

  g_assert_cmpuint (swb_connection_strip_get_chosen (server.strip), ==, SWB_CONNECTION_ALL);
  swb_connection_strip_choose (server.strip, 2);
  g_assert_cmpuint (swb_connection_strip_get_chosen (server.strip), ==, 2);
  pane_write (server.card, "to one");
  pane_press (server.card, "send");
  pane_wait (swb_pane_get_n_sent (server.pane) == 7);
  g_assert_cmpuint (swb_connection_get_n_sent (swb_pane_find_connection (server.pane, 2)),
                    ==, 7);

  pane_run (fixture, "server#2 close");
  pane_wait (swb_connection_strip_get_chosen (server.strip) == SWB_CONNECTION_ALL);
  pane_wait (pane_has_label (server.card, "2 open · 1 closed"));
  close (server.fds[1]);
  server.fds[1] = server.fds[--server.n_fds];
  end (fixture, &server);
}

static void
test_queue (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  SwbPane *pane = pane_of_card (card);
  const SwbAddress *local;
  int fds[2];

  g_test_summary ("Who waits for accept is counted, and a full queue is said to be full");
  pane_run (fixture, "server accept manual");
  pane_run (fixture, "server bind 127.0.0.1:0");
  pane_run (fixture, "server listen 1");
  pane_show (fixture, card);
  pane_wait (swb_pane_get_state (pane) == SWB_STATE_LISTENING);
  local = swb_connection_get_local (swb_pane_get_socket (pane));
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      fds[i] = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      g_assert_cmpint (connect (fds[i], &local->sa, local->length), ==, 0);
      pane_wait (pane_has_label (card, i == 0 ? "1 of 1 waits" : "2 of 1 wait · full"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  pane_wait_for_tooltip (card);
  pane_unshow (fixture, card);
}

static guint16
get_port (Server *server, guint number)
{
  SwbConnection *connection = swb_pane_find_connection (server->pane, number);

  return swb_address_get_port (swb_connection_get_peer (connection));
}

static void
type_and_enter (GtkWidget *finder, const char *text)
{
  GtkWidget *search = pane_find (finder, GTK_TYPE_SEARCH_ENTRY, 0);

  gtk_editable_set_text (GTK_EDITABLE (search), text);
  g_signal_emit_by_name (search, "search-changed");
  g_signal_emit_by_name (search, "activate");
}

static GtkWidget *
open_finder (Server *server)
{
  GtkWidget *finder;

  g_assert_true (swb_connection_strip_find (server->strip));
  pane_wait ((finder = pane_find (server->card, SWB_TYPE_CONNECTION_FINDER, 0)) != NULL);
  return finder;
}

static void
test_many (PaneFixture *fixture, gconstpointer data)
{
  g_autofree char *port_text = NULL;
  g_autofree char *number_text = NULL;
  GtkWidget *finder;
  Server server;

  g_test_summary ("Many are a count and a list to search: by port, by number; when few are "
                  "left they are chips again, and what was chosen stays");
  serve (fixture, &server, N_MANY);
  pane_wait (pane_has_label (server.card, "300 connections"));
  g_assert_cmpuint (pane_count (server.card, SWB_TYPE_CHIP), ==, 0);

  finder = open_finder (&server);
  port_text = g_strdup_printf (":%u", get_port (&server, 123));
  type_and_enter (finder, port_text);
  pane_wait (swb_connection_strip_get_chosen (server.strip) == 123);
  pane_wait (pane_find (server.card, SWB_TYPE_CONNECTION_FINDER, 0) == NULL);
  number_text = g_strdup_printf ("#123 · 127.0.0.1:%u", get_port (&server, 123));
  g_assert_true (pane_has_label (server.card, number_text));

  /* A number is the number where there is one, although ports begin with it, too. */
  type_and_enter (open_finder (&server), "3");
  pane_wait (swb_connection_strip_get_chosen (server.strip) == 3);
  pane_wait (pane_find (server.card, SWB_TYPE_CONNECTION_FINDER, 0) == NULL);

  finder = open_finder (&server);
  type_and_enter (finder, "nobody");
  pane_wait (pane_has_label (finder, "No open connection is like this"));
  gtk_popover_popdown (GTK_POPOVER (finder));
  g_assert_cmpuint (swb_connection_strip_get_chosen (server.strip), ==, 3);

  close_clients (&server, 200);
  pane_wait (pane_has_label (server.card, "100 open · 200 closed"));
  close_clients (&server, 90);
  pane_wait (pane_count (server.card, SWB_TYPE_CHIP) == 10);
  g_assert_cmpuint (swb_connection_strip_get_chosen (server.strip), ==, 3);
  close_clients (&server, 10);
  pane_wait (pane_has_label (server.card, "0 open · 300 closed"));
  g_assert_cmpuint (swb_connection_strip_get_chosen (server.strip), ==, SWB_CONNECTION_ALL);
  end (fixture, &server);
}

static void
test_matches (PaneFixture *fixture, gconstpointer data)
{
  SwbConnection *first;
  g_autofree char *port = NULL;
  g_autofree char *with_colon = NULL;
  g_autofree char *longer = NULL;
  Server server;

  g_test_summary ("By the beginning of a number or port, or a part of the address");
  serve (fixture, &server, 1);
  first = swb_pane_find_connection (server.pane, 1);
  port = g_strdup_printf ("%u", get_port (&server, 1));
  with_colon = g_strdup_printf (":%.3s", port);
  longer = g_strdup_printf (":%s0", port);
  g_assert_true (swb_connection_finder_matches (first, ""));
  g_assert_true (swb_connection_finder_matches (first, "#"));
  g_assert_true (swb_connection_finder_matches (first, "#1"));
  g_assert_false (swb_connection_finder_matches (first, "#12"));
  g_assert_true (swb_connection_finder_matches (first, "1"));
  g_assert_true (swb_connection_finder_matches (first, port));
  g_assert_true (swb_connection_finder_matches (first, with_colon));
  g_assert_false (swb_connection_finder_matches (first, longer));
  g_assert_false (swb_connection_finder_matches (first, "127"));
  g_assert_true (swb_connection_finder_matches (first, "127.0"));
  g_assert_true (swb_connection_finder_matches (first, "0.1:"));
  g_assert_false (swb_connection_finder_matches (first, "::1"));
  g_assert_false (swb_connection_finder_matches (first, "#x"));
  end (fixture, &server);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  pane_test_add ("/connections/few", test_few);
  pane_test_add ("/connections/queue", test_queue);
  pane_test_add ("/connections/many", test_many);
  pane_test_add ("/connections/matches", test_matches);

  return g_test_run ();
}

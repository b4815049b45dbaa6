/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/pane/swb-address-row.h"
#include "pane-fixture.h"

/* The entries of a card in which addresses stand. */

static void
test_wrong_address (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  GtkWidget *row;

  g_test_summary ("A port out of range is told at its entry, and nothing is called");
  pane_show (fixture, card);
  row = pane_find (card, SWB_TYPE_ADDRESS_ROW, 0);
  swb_address_row_set_text (SWB_ADDRESS_ROW (row), "127.0.0.1:65535");
  g_assert_true (swb_address_row_is_valid (SWB_ADDRESS_ROW (row)));
  swb_address_row_set_text (SWB_ADDRESS_ROW (row), "127.0.0.1:65536");
  g_assert_false (swb_address_row_is_valid (SWB_ADDRESS_ROW (row)));
  g_assert_true (gtk_widget_has_css_class (pane_find (row, GTK_TYPE_ENTRY, 1), "error"));
  g_assert_false (gtk_widget_has_css_class (pane_find (row, GTK_TYPE_ENTRY, 0), "error"));
  pane_press (card, "bind");
  g_assert_cmpuint (pane_count_calls (fixture, SWB_CALL_BIND, -1), ==, 0);
  pane_unshow (fixture, card);
}

static void
test_exposed (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  g_autofree char *text = NULL;
  GtkWidget *row;

  g_test_summary ("The default is loopback; another address is warned of");
  pane_show (fixture, card);
  row = pane_find (card, SWB_TYPE_ADDRESS_ROW, 0);
  text = swb_address_row_dup_text (SWB_ADDRESS_ROW (row));
  g_assert_true (g_str_has_prefix (text, "127.0.0.1:"));
  g_assert_false (pane_has_label (row, "Reachable"));
  swb_address_row_set_text (SWB_ADDRESS_ROW (row), "0.0.0.0:7000");
  pane_wait (pane_has_label (row, "Reachable"));
  g_assert_true (pane_has_label (row, "sockaddr_in"));
  pane_unshow (fixture, card);
}

static gboolean
has_label_with (GtkWidget *root, const char *beginning)
{
  GtkWidget *label;

  for (guint i = 0; (label = pane_find (root, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (label)), beginning))
      return TRUE;
  return FALSE;
}

static void
test_named (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *server = pane_make (fixture, "server AF_INET SOCK_STREAM 0 as server");
  GtkWidget *card = pane_make_card (fixture, "client AF_INET SOCK_STREAM 0 as client");
  g_autofree char *wanted = NULL;
  guint16 port;

  g_test_summary ("A pane’s name shows the address that it stands for, once it has one");
  pane_show (fixture, card);
  swb_pane_view_set_connect_text (SWB_PANE_VIEW (card), "server");
  pane_wait (pane_has_label (card, "a pane or a host: looked up when it is used"));
  pane_run (fixture, "server bind 0.0.0.0:0");
  pane_wait (swb_pane_get_state (server) == SWB_STATE_BOUND);
  port = swb_address_get_port (swb_connection_get_local (swb_pane_get_socket (server)));
  wanted = g_strdup_printf ("127.0.0.1:%u · sockaddr_in · 16 B", port);
  pane_wait (has_label_with (card, wanted));
  pane_unshow (fixture, card);
}

static void
test_unbound (PaneFixture *fixture, gconstpointer data)
{
  SwbPane *server = pane_make (fixture, "server AF_INET SOCK_STREAM 0 as server");
  GtkWidget *card = pane_make_card (fixture, "client AF_INET SOCK_STREAM 0 as client");

  g_test_summary (
      "The port that the kernel chose is not offered to be bound the next time");
  pane_show (fixture, card);
  pane_listen (fixture, server);
  pane_connect (fixture, pane_of_card (card), server);
  pane_run (fixture, "client close");
  pane_wait (pane_has_label (card, "CLOSED"));
  g_assert_cmpuint (pane_count (card, SWB_TYPE_ADDRESS_ROW), ==, 1);
  pane_unshow (fixture, card);
}

static void
test_drafts (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "client AF_INET SOCK_STREAM 0 as client");
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) none = NULL;

  g_test_summary (
      "What stands in the entries is a draft; what was carried out or is wrong is none");
  pane_show (fixture, card);
  swb_pane_view_set_connect_text (SWB_PANE_VIEW (card), "127.0.0.1:7");
  drafts = swb_pane_view_dup_drafts (SWB_PANE_VIEW (card), FALSE);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (drafts, 0), ==, "client connect 127.0.0.1:7");
  swb_pane_view_set_bind_text (SWB_PANE_VIEW (card), "127.0.0.1:0");
  both = swb_pane_view_dup_drafts (SWB_PANE_VIEW (card), FALSE);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (both, 0), ==, "client bind 127.0.0.1:0");

  swb_pane_view_set_connect_text (SWB_PANE_VIEW (card), "127.0.0.1:x y");
  pane_run (fixture, "client bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (pane_of_card (card)) == SWB_STATE_BOUND);
  none = swb_pane_view_dup_drafts (SWB_PANE_VIEW (card), FALSE);
  g_assert_cmpuint (none->len, ==, 0);
  pane_unshow (fixture, card);
}

static void
test_typed (PaneFixture *fixture, gconstpointer data)
{
  GtkWidget *card = pane_make_card (fixture, "server AF_INET SOCK_STREAM 0 as server");
  g_autoptr (GPtrArray) given = NULL;
  g_autoptr (GPtrArray) run = NULL;
  g_autoptr (GPtrArray) typed = NULL;

  g_test_summary (
      "Of a pane of a file only what a person typed is a draft, whatever stands "
      "there by default or by a command");
  pane_show (fixture, card);
  given = swb_pane_view_dup_drafts (SWB_PANE_VIEW (card), TRUE);
  g_assert_cmpuint (given->len, ==, 0);

  pane_run (fixture, "server bind 127.0.0.1:0");
  pane_wait (swb_pane_get_state (pane_of_card (card)) == SWB_STATE_BOUND);
  pane_run (fixture, "server close");
  pane_wait (swb_pane_get_state (pane_of_card (card)) == SWB_STATE_CLOSED);
  run = swb_pane_view_dup_drafts (SWB_PANE_VIEW (card), TRUE);
  g_assert_cmpuint (run->len, ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (pane_find (card, GTK_TYPE_ENTRY, 1)), "7005");
  typed = swb_pane_view_dup_drafts (SWB_PANE_VIEW (card), TRUE);
  g_assert_cmpuint (typed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (typed, 0), ==, "server bind 127.0.0.1:7005");
  pane_unshow (fixture, card);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  pane_test_add ("/pane-address/wrong", test_wrong_address);
  pane_test_add ("/pane-address/exposed", test_exposed);
  pane_test_add ("/pane-address/named", test_named);
  pane_test_add ("/pane-address/unbound", test_unbound);
  pane_test_add ("/pane-address/drafts", test_drafts);
  pane_test_add ("/pane-address/typed", test_typed);

  return g_test_run ();
}

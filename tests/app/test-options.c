/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "app/options/swb-option-row.h"
#include "app/options/swb-options-window.h"
#include "net/swb-error.h"
#include "pane-fixture.h"
#include "support.h"

typedef struct
{
  PaneFixture pane;
  SwbPane *server;
  SwbOptionsWindow *window;
  SwbOptionsModel *model;
} Test;

static void
open_window (Test *test)
{
  test->window = swb_options_window_open (GTK_WINDOW (test->pane.window), test->pane.bench,
                                          test->server, SWB_CONNECTION_NONE);
  test->model = swb_options_window_get_model (test->window);
}

static SwbOptionItem *
find (Test *test, int level, int name)
{
  SwbOptionItem *item = swb_options_model_find (test->model, level, name);

  g_assert_nonnull (item);
  return item;
}

static gboolean
has_fresh (Test *test)
{
  return swb_option_item_get_value (find (test, SOL_SOCKET, SO_TYPE)) != NULL;
}

static gboolean
is_read (Test *test)
{
  return swb_option_item_is_read (find (test, IPPROTO_IP, IP_TTL)) && has_fresh (test);
}

/* A TCP pane; its socket is there where @data says so. */
static void
set_up (Test *test, gconstpointer data)
{
  pane_fixture_set_up (&test->pane, NULL);
  test->server = pane_make (&test->pane, "server AF_INET SOCK_STREAM 0");
  if (data != NULL)
    {
      pane_run (&test->pane, "server socket");
      pane_wait (swb_pane_get_state (test->server) == SWB_STATE_CREATED);
    }
  open_window (test);
  pane_wait (data != NULL ? is_read (test) : has_fresh (test));
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_object_ref (test->window);
  gtk_window_destroy (GTK_WINDOW (test->window));
  support_finalize (test->window);
  pane_fixture_tear_down (&test->pane, NULL);
}

static void
assert_text (SwbOptionItem *item, const char *expected)
{
  g_autofree char *text = swb_option_item_dup_text (item);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
has_text (SwbOptionItem *item, const char *expected)
{
  g_autofree char *text = swb_option_item_dup_text (item);

  return g_strcmp0 (text, expected) == 0;
}

/* Whether the sentence below it is of this kind and has @text. */
static gboolean
notes (SwbOptionItem *item, SwbOptionNote kind, const char *text)
{
  SwbOptionNote is = SWB_OPTION_NOTE_PLAIN;
  g_autofree char *note = swb_option_item_dup_note (item, &is);

  return note != NULL && is == kind && strstr (note, text) != NULL;
}

static void
change (Test *test, SwbOptionItem *item, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (swb_options_model_set (test->model, item, text, &error));
  g_assert_no_error (error);
}

/* The row that shows @item, scrolled into sight by a search for it. */
static SwbOptionRow *
find_row (Test *test, SwbOptionItem *item)
{
  SwbOptionRow *row = NULL;
  GtkWidget *found;

  swb_options_model_filter (test->model, swb_option_item_get_option (item)->constant, FALSE,
                            FALSE);
  pane_wait (pane_count (GTK_WIDGET (test->window), SWB_TYPE_OPTION_ROW) > 1);
  for (guint i = 0; row == NULL; i++)
    {
      found = pane_find (GTK_WIDGET (test->window), SWB_TYPE_OPTION_ROW, i);
      g_assert_nonnull (found);
      if (swb_option_row_get_item (SWB_OPTION_ROW (found)) == item)
        row = SWB_OPTION_ROW (found);
    }
  return row;
}

static void
test_read (Test *test, gconstpointer data)
{
  SwbOptionItem *error = find (test, SOL_SOCKET, SO_ERROR);

  g_test_summary (
      "All options are read when the window opens, but none whose reading has an "
      "effect, and no absent one is a failure of the pane");
  assert_text (find (test, SOL_SOCKET, SO_TYPE), "1");
  assert_text (find (test, SOL_SOCKET, SO_KEEPALIVE), "off");
  g_assert_false (swb_option_item_is_read (error));
  g_assert_cmpint (swb_pane_get_failure (test->server)->call, ==, SWB_CALL_NONE);
  g_assert_cmpuint (swb_options_model_get_n_differing (test->model), ==, 0);
  g_assert_cmpint (swb_options_model_get_read_time (test->model), >, 0);

  swb_options_model_read (test->model, error);
  pane_wait (swb_option_item_is_read (error));
  assert_text (error, "0");
}

static void
test_buffer (Test *test, gconstpointer data)
{
  SwbOptionItem *item = find (test, SOL_SOCKET, SO_RCVBUF);
  g_autoptr (GPtrArray) lines = NULL;

  g_test_summary ("The value that the kernel took is shown, and why it is another");
  change (test, item, "4096");
  pane_wait (has_text (item, "8192"));
  g_assert_true (notes (item, SWB_OPTION_NOTE_TOLD, "Asked for 4096"));
  g_assert_true (notes (item, SWB_OPTION_NOTE_TOLD, "doubles"));
  g_assert_true (swb_option_item_differs (item));

  lines = swb_pane_dup_option_lines (test->server);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpstr (lines->pdata[0], ==, "server setsockopt SOL_SOCKET SO_RCVBUF 4096");
}

static void
test_forced_buffer (Test *test, gconstpointer data)
{
  SwbOptionItem *item = find (test, SOL_SOCKET, SO_RCVBUFFORCE);
  SwbOptionItem *twin = find (test, SOL_SOCKET, SO_RCVBUF);

  g_test_summary ("What can only be written says that it was taken, or why it was not");
  change (test, item, "4096");
  if (geteuid () != 0)
    {
      pane_wait (notes (item, SWB_OPTION_NOTE_WRONG, "EPERM"));
      return;
    }
  pane_wait (notes (item, SWB_OPTION_NOTE_TOLD, "The kernel took 4096."));
  pane_wait (has_text (twin, "8192"));
  g_assert_true (notes (twin, SWB_OPTION_NOTE_TOLD, "Asked for 4096"));
}

static void
test_switch (Test *test, gconstpointer data)
{
  SwbOptionItem *item = find (test, SOL_SOCKET, SO_KEEPALIVE);
  SwbOptionRow *row = find_row (test, item);
  GtkWidget *toggle = pane_find (GTK_WIDGET (row), GTK_TYPE_SWITCH, 0);

  g_test_summary ("A switch asks the kernel, and moves when the kernel has taken it");
  g_assert_nonnull (toggle);
  g_assert_false (gtk_switch_get_state (GTK_SWITCH (toggle)));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  g_assert_false (gtk_switch_get_state (GTK_SWITCH (toggle)));
  pane_wait (gtk_switch_get_state (GTK_SWITCH (toggle)));
  g_assert_true (swb_option_item_differs (item));
  g_assert_true (notes (item, SWB_OPTION_NOTE_PLAIN, "A fresh socket has off."));

  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  pane_wait (!gtk_switch_get_state (GTK_SWITCH (toggle)));
  g_assert_false (swb_option_item_differs (item));
}

static void
test_chosen (Test *test, gconstpointer data)
{
  SwbOptionItem *item = find (test, IPPROTO_IP, IP_MTU_DISCOVER);
  GtkDropDown *choice = GTK_DROP_DOWN (
      pane_find (GTK_WIDGET (find_row (test, item)), GTK_TYPE_DROP_DOWN, 0));
  GtkStringObject *shown = gtk_drop_down_get_selected_item (choice);

  g_test_summary ("Values with names are chosen from them, one without is shown, too");
  g_assert_true (g_str_has_prefix (gtk_string_object_get_string (shown), "IP_PMTUDISC_"));
  gtk_drop_down_set_selected (choice, IP_PMTUDISC_PROBE);
  pane_wait (has_text (item, "3"));
  gtk_drop_down_set_selected (choice, IP_PMTUDISC_DO);
  pane_wait (has_text (item, "2"));
  g_assert_cmpuint (gtk_drop_down_get_selected (choice), ==, IP_PMTUDISC_DO);
}

static void
test_typed (Test *test, gconstpointer data)
{
  SwbOptionItem *item = find (test, IPPROTO_IP, IP_TTL);
  SwbOptionRow *row = find_row (test, item);
  GtkWidget *entry = pane_find (GTK_WIDGET (row), GTK_TYPE_ENTRY, 0);
  guint64 n_calls = swb_pane_get_n_calls (test->server);

  g_test_summary (
      "What is typed is judged in place; what the kernel refuses is told there");
  gtk_editable_set_text (GTK_EDITABLE (entry), "ten");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpuint (swb_pane_get_n_calls (test->server), ==, n_calls);

  gtk_editable_set_text (GTK_EDITABLE (entry), "300");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (swb_option_item_get_draft (item), ==, "300");
  g_signal_emit_by_name (entry, "activate");
  pane_wait (notes (item, SWB_OPTION_NOTE_WRONG, "EINVAL"));
  pane_wait (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "64"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "9");
  pane_press (GTK_WIDGET (row), "Set");
  pane_wait (has_text (item, "9"));
  g_assert_false (notes (item, SWB_OPTION_NOTE_WRONG, "EINVAL"));
  g_assert_null (swb_option_item_get_draft (item));
}

static void
test_unsupported (Test *test, gconstpointer data)
{
  SwbOptionItem *item = find (test, SOL_NETLINK, 3); /* NETLINK_PKTINFO */
  SwbOptionRow *row;
  GListModel *rows = swb_options_model_get_rows (test->model);
  guint n = g_list_model_get_n_items (rows);

  g_test_summary ("Levels of other sockets are shown on demand, with the errno they give");
  g_assert_false (swb_option_item_is_read (item));
  swb_options_model_filter (test->model, NULL, TRUE, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (rows), >, n);
  pane_wait (swb_option_item_is_read (item));
  g_assert_cmpint (swb_option_item_get_error (item), !=, 0);
  g_assert_true (notes (item, SWB_OPTION_NOTE_PLAIN, "getsockopt: E"));

  swb_options_model_filter (test->model, "NETLINK_PKTINFO", TRUE, FALSE);
  pane_wait (pane_count (GTK_WIDGET (test->window), SWB_TYPE_OPTION_ROW) == 2);
  row = SWB_OPTION_ROW (pane_find (GTK_WIDGET (test->window), SWB_TYPE_OPTION_ROW, 1));
  /* Nothing to change it with. */
  g_assert_null (pane_find (GTK_WIDGET (row), GTK_TYPE_SWITCH, 0));
  g_assert_null (pane_find (GTK_WIDGET (row), GTK_TYPE_ENTRY, 0));

  /* Its number is IPPROTO_TCP here, whose row tells the answer. */
  swb_options_model_filter (test->model, "L2CAP_LM", TRUE, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 0);
}

static void
test_filter (Test *test, gconstpointer data)
{
  GListModel *rows = swb_options_model_get_rows (test->model);
  SwbOptionItem *item = find (test, IPPROTO_TCP, TCP_NODELAY);
  GtkWidget *search = pane_find (GTK_WIDGET (test->window), GTK_TYPE_SEARCH_ENTRY, 0);

  g_test_summary ("Options are found by name and by what they do, below their level");
  gtk_editable_set_text (GTK_EDITABLE (search), "nodelay");
  pane_wait (g_list_model_get_n_items (rows) == 2);
  swb_options_model_filter (test->model, "silent peer", FALSE, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (rows), >=, 2);
  swb_options_model_filter (test->model, "carrier pigeon", FALSE, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 0);

  swb_options_model_filter (test->model, "", FALSE, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 0);
  change (test, item, "on");
  pane_wait (g_list_model_get_n_items (rows) == 2);
}

static void
test_no_socket (Test *test, gconstpointer data)
{
  SwbOptionItem *item = find (test, SOL_SOCKET, SO_REUSEADDR);

  g_test_summary ("Without a socket a fresh one's values are shown; a change makes the "
                  "socket, looking makes none");
  g_assert_cmpint (swb_pane_get_state (test->server), ==, SWB_STATE_NONE);
  g_assert_cmpuint (swb_pane_get_n_calls (test->server), ==, 0);
  assert_text (item, "off");
  g_assert_false (swb_option_item_is_read (item));
  g_assert_false (swb_options_model_has_socket (test->model));

  change (test, item, "1");
  pane_wait (is_read (test) && has_text (item, "on"));
  g_assert_cmpint (swb_pane_get_state (test->server), ==, SWB_STATE_CREATED);
  g_assert_true (swb_option_item_differs (item));

  pane_run (&test->pane, "server close");
  pane_wait (!swb_options_model_has_socket (test->model));
  assert_text (item, "off");
  g_assert_false (swb_option_item_differs (item));
}

static void
other_cb (SwbOptionsModel *model, const char *text, char **answer)
{
  g_free (*answer);
  *answer = g_strdup (text);
}

static void
test_other (Test *test, gconstpointer data)
{
  SwbOptionItem *item = find (test, IPPROTO_TCP, TCP_NODELAY);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("Any level and number can be read and set; the row of it follows");
  g_signal_connect (test->model, "other", G_CALLBACK (other_cb), &answer);
  g_assert_true (
      swb_options_model_set_other (test->model, "6", "1", "hex:01 00 00 00", &error));
  pane_wait (answer != NULL);
  g_assert_cmpstr (answer, ==, "setsockopt: 0");
  pane_wait (has_text (item, "on"));
  g_assert_false (notes (item, SWB_OPTION_NOTE_TOLD, "Asked for"));
  pane_run (&test->pane, "server setsockopt 6 1 hex:00000000");
  pane_wait (notes (item, SWB_OPTION_NOTE_TOLD, "Set to off since it was read."));
  g_assert_true (
      swb_options_model_read_other (test->model, "IPPROTO_TCP", "TCP_NODELAY", &error));
  pane_wait (g_str_equal (answer, "getsockopt: off"));
  g_assert_true (swb_options_model_read_other (test->model, "6", "9999", &error));
  pane_wait (strstr (answer, "ENOPROTOOPT") != NULL);

  g_assert_false (swb_options_model_read_other (test->model, "SOL_CAKE", "1", &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_false (swb_options_model_set_other (test->model, "1", "9", "hex:zz", &error));
  g_assert_nonnull (error);
}

static void
test_window (Test *test, gconstpointer data)
{
  SwbOptionsWindow *again;

  g_test_summary ("One window a socket, which has a name and goes with its parent");
  again = swb_options_window_open (GTK_WINDOW (test->pane.window), test->pane.bench,
                                   test->server, SWB_CONNECTION_NONE);
  g_assert_true (again == test->window);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (again)), ==, "Options of server");
  pane_run (&test->pane, "server title \"Echo server\"");
  pane_wait (
      g_str_equal (gtk_window_get_title (GTK_WINDOW (again)), "Options of Echo server"));
  pane_wait (pane_count (GTK_WIDGET (again), SWB_TYPE_OPTION_ROW) > 5);
}

static void
test_removed (Test *test, gconstpointer data)
{
  SwbOptionItem *item = find (test, SOL_SOCKET, SO_KEEPALIVE);
  g_autoptr (GError) error = NULL;
  SwbPane *second;

  g_test_summary ("The window of a pane that was closed leaves alone the next of its name");
  pane_run (&test->pane, "server remove");
  pane_wait (swb_pane_is_removed (test->server));
  second = pane_make (&test->pane, "server AF_INET SOCK_STREAM 0");
  g_assert_true (second != test->server);
  pane_wait (
      pane_has_label (GTK_WIDGET (test->window), "The pane of this socket is closed."));
  g_assert_false (swb_options_model_set (test->model, item, "1", &error));
  g_assert_error (error, SWB_ERROR, SWB_ERROR_UNKNOWN);
  for (guint i = 0; i < 20; i++)
    pane_fixture_turn ();
  g_assert_cmpuint (pane_count_calls (&test->pane, SWB_CALL_SETSOCKOPT, -1), ==, 0);
}

static void
tell_other_cb (SwbOptionsModel *model, const char *text, guint *n)
{
  (*n)++;
}

static void
test_other_wrong (Test *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before = swb_options_model_get_read_time (test->model);
  guint n = 0;

  g_test_summary (
      "What was not asked for, being wrong, is not answered by the next reading");
  g_signal_connect (test->model, "other", G_CALLBACK (tell_other_cb), &n);
  g_assert_false (swb_options_model_set_other (test->model, "SOL_SOCKET", "SO_KEEPALIVE",
                                               "perhaps", &error));
  g_assert_nonnull (error);
  swb_options_model_refresh (test->model);
  pane_wait (swb_options_model_get_read_time (test->model) != before);
  for (guint i = 0; i < 20; i++)
    pane_fixture_turn ();
  g_assert_cmpuint (n, ==, 0);
  g_signal_handlers_disconnect_by_data (test->model, &n);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, socket)                                                                  \
  g_test_add ("/options/" #name, Test, socket, set_up, test_##name, tear_down)
  ADD (read, "socket");
  ADD (buffer, "socket");
  ADD (forced_buffer, "socket");
  ADD (switch, "socket");
  ADD (chosen, "socket");
  ADD (typed, "socket");
  ADD (unsupported, "socket");
  ADD (filter, "socket");
  ADD (no_socket, NULL);
  ADD (other, "socket");
  ADD (other_wrong, "socket");
  ADD (removed, "socket");
  ADD (window, "socket");
#undef ADD

  return g_test_run ();
}

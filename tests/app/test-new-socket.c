/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include "app/swb-choice.h"
#include "app/swb-new-socket.h"
#include "app/swb-pane-maker.h"
#include "engine/swb-probe.h"

typedef struct
{
  Shell shell;
  SwbNewSocket *dialog;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  shell_set_up (&test->shell, data);
  test->dialog = SWB_NEW_SOCKET (
      swb_new_socket_new (test->shell.bench, GTK_WINDOW (test->shell.window)));
  g_object_ref (test->dialog);
  gtk_window_present (GTK_WINDOW (test->dialog));
  shell_wait (swb_probe_get (AF_INET, SOCK_STREAM, 0) != -1);
}

static void
tear_down (Test *test, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (test->dialog));
  shell_wait (G_OBJECT (test->dialog)->ref_count == 1);
  g_assert_finalize_object (test->dialog);
  shell_tear_down (&test->shell, data);
}

static void
test_first (Test *test, gconstpointer data)
{
  g_test_summary (
      "The dialog begins with what is most wanted: a TCP socket that can be had");
  g_assert_nonnull (strstr (swb_new_socket_get_explanation (test->dialog),
                            "socket(AF_INET, SOCK_STREAM, 0)"));
  swb_new_socket_create (test->dialog);
  shell_wait (shell_get_n_panes (&test->shell) == 1);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (test->dialog)));
}

static void
test_created (Test *test, gconstpointer data)
{
  SwbPane *pane;
  GtkWidget *entry = shell_find (GTK_WIDGET (test->dialog), GTK_TYPE_ENTRY, 0);

  g_test_summary (
      "What was chosen and typed is what the pane becomes, markup and quotes too");
  g_assert_true (swb_new_socket_choose (test->dialog, AF_UNIX, SOCK_DGRAM, 0));
  gtk_editable_set_text (GTK_EDITABLE (entry), "<b>\"odd\" \\ title</b>");
  gtk_widget_activate_action (GTK_WIDGET (test->dialog), "dialog.create", NULL);
  shell_wait (shell_get_n_panes (&test->shell) == 1);
  pane = swb_bench_find_pane (test->shell.bench, "server");
  g_assert_nonnull (pane);
  g_assert_cmpint (swb_pane_get_domain (pane), ==, AF_UNIX);
  g_assert_cmpint (swb_pane_get_socket_type (pane), ==, SOCK_DGRAM);
  g_assert_cmpstr (swb_pane_get_title (pane), ==, "<b>\"odd\" \\ title</b>");
  g_assert_cmpint (swb_pane_get_role (pane), ==, SWB_ROLE_SERVER);
}

static void
test_illegal (Test *test, gconstpointer data)
{
  GtkWidget *toggle = shell_find (GTK_WIDGET (test->dialog), GTK_TYPE_SWITCH, 0);

  g_test_summary (
      "A triple that does not exist can be chosen on purpose, with its errno foretold");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_assert_true (swb_new_socket_choose (test->dialog, AF_INET, SOCK_DGRAM, IPPROTO_TCP));
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_assert_nonnull (
      strstr (swb_new_socket_get_explanation (test->dialog), "EPROTONOSUPPORT"));

  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  g_assert_null (strstr (swb_new_socket_get_explanation (test->dialog), "IPPROTO_TCP"));
}

static void
test_depends (Test *test, gconstpointer data)
{
  GtkDropDown *domain
      = GTK_DROP_DOWN (shell_find (GTK_WIDGET (test->dialog), GTK_TYPE_DROP_DOWN, 0));
  GtkDropDown *protocol
      = GTK_DROP_DOWN (shell_find (GTK_WIDGET (test->dialog), GTK_TYPE_DROP_DOWN, 2));
  guint before = g_list_model_get_n_items (gtk_drop_down_get_model (protocol));

  g_test_summary ("Choosing another domain changes the lists that depend on it");
  g_assert_cmpuint (before, >, 1);
  gtk_drop_down_set_selected (domain, 2);
  g_assert_cmpint (swb_choice_get_value (gtk_drop_down_get_selected_item (domain)), ==,
                   AF_UNIX);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (protocol)), ==, 1);
}

static void
test_choices (Test *test, gconstpointer data)
{
  g_autoptr (GListStore) domains = swb_choice_list_domains ();
  g_autoptr (GListStore) legal = swb_choice_list_types (AF_UNIX, FALSE);
  g_autoptr (GListStore) wide = swb_choice_list_types (AF_UNIX, TRUE);
  g_autoptr (SwbChoice) inet = g_list_model_get_item (G_LIST_MODEL (domains), 0);
  g_autoptr (SwbChoice) last = NULL;
  guint n_wide = g_list_model_get_n_items (G_LIST_MODEL (wide));

  g_test_summary ("Lists have the constant with its word, and say what does not exist");
  g_assert_cmpstr (swb_choice_get_label (inet), ==, "AF_INET · IPv4");
  g_assert_null (swb_choice_get_note (inet));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (legal)), ==, 4);
  g_assert_cmpuint (n_wide, >, 4);
  last = g_list_model_get_item (G_LIST_MODEL (wide), n_wide - 1);
  g_assert_nonnull (swb_choice_get_note (last));
}

static void
test_titles (Test *test, gconstpointer data)
{
  const SwbPaneSpec specs[] = {
    { AF_INET, SOCK_STREAM, 0, SWB_ROLE_SERVER, NULL },
    { AF_INET, SOCK_DGRAM, IPPROTO_UDP, SWB_ROLE_CLIENT, NULL },
    { AF_UNIX, SOCK_STREAM, 0, SWB_ROLE_PLAIN, NULL },
  };
  const char *const titles[] = { "TCP server", "UDP client", "Unix socket" };

  g_test_summary ("A pane without a title gets one that says what it is");
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autofree char *title = swb_pane_maker_dup_title (&specs[i]);

      g_assert_cmpstr (title, ==, titles[i]);
    }
  g_assert_null (swb_pane_maker_find_pair ("carrier pigeon"));
}

int
main (int argc, char *argv[])
{
  shell_init (&argc, &argv);

#define ADD(name)                                                                          \
  g_test_add ("/new-socket/" #name, Test, NULL, set_up, test_##name, tear_down)
  ADD (first);
  ADD (created);
  ADD (illegal);
  ADD (depends);
  ADD (choices);
  ADD (titles);
#undef ADD

  return g_test_run ();
}

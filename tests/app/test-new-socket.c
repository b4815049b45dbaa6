/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "shell-fixture.h"

#include "app/pane/swb-choice-picker.h"
#include "app/document/swb-new-socket.h"
#include "app/document/swb-pane-maker.h"
#include "engine/swb-probe.h"
#include "support.h"

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
  support_finalize (test->dialog);
  shell_tear_down (&test->shell, data);
}

static SwbChoicePicker *
get_picker (Test *test, guint nth)
{
  return SWB_CHOICE_PICKER (
      shell_find (GTK_WIDGET (test->dialog), SWB_TYPE_CHOICE_PICKER, nth));
}

static GtkDropDown *
get_drop (Test *test, guint nth)
{
  return swb_choice_picker_get_drop (get_picker (test, nth));
}

static guint
find_row (GtkDropDown *drop, int value)
{
  GListModel *model = gtk_drop_down_get_model (drop);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SwbChoice) choice = g_list_model_get_item (model, i);

      if (!swb_choice_is_other (choice) && swb_choice_get_value (choice) == value)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
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
  GtkWidget *entry = shell_find (GTK_WIDGET (test->dialog), GTK_TYPE_ENTRY, 3);

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

/* 8 is EGP of IPv4 and of IPv6, and ETH_P_IP of frames. */
static void
test_other_domain (Test *test, gconstpointer data)
{
  GtkDropDown *domains = get_drop (test, 0);

  g_test_summary ("A protocol's number is kept where it means the same, and nowhere else");
  g_assert_true (swb_new_socket_choose (test->dialog, AF_INET, SOCK_RAW, 8));
  gtk_drop_down_set_selected (domains, find_row (domains, AF_INET6));
  g_assert_cmpint (swb_choice_picker_get_value (get_picker (test, 2)), ==, 8);
  gtk_drop_down_set_selected (domains, find_row (domains, AF_PACKET));
  g_assert_cmpint (swb_choice_picker_get_value (get_picker (test, 2)), ==, 0);
}

static void
test_gone (Test *test, gconstpointer data)
{
  GtkDropDown *domains = get_drop (test, 0);

  g_test_summary ("Of a domain that Linux has no more it is said what the kernel answers");
  gtk_drop_down_set_selected (domains, find_row (domains, AF_ASH));
  g_assert_nonnull (
      strstr (swb_new_socket_get_explanation (test->dialog), "socket(AF_ASH, SOCK_"));
  g_assert_nonnull (strstr (swb_new_socket_get_explanation (test->dialog), "EAFNOSUPPORT"));
  gtk_drop_down_set_selected (domains, find_row (domains, AF_INET));
  g_assert_nonnull (
      strstr (swb_new_socket_get_explanation (test->dialog), "socket(AF_INET, SOCK_"));
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
  GtkDropDown *domain = get_drop (test, 0);
  GtkDropDown *protocol = get_drop (test, 2);
  guint before = g_list_model_get_n_items (gtk_drop_down_get_model (protocol));

  g_test_summary ("Choosing another domain changes the lists that depend on it");
  g_assert_cmpuint (before, >, 2);
  gtk_drop_down_set_selected (domain, find_row (domain, AF_UNIX));
  g_assert_cmpint (swb_choice_picker_get_value (get_picker (test, 0)), ==, AF_UNIX);
  /* 0 and "Other number…" */
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (protocol)), ==, 2);
}

/* The list that the drop-down's search leaves. */
static GListModel *
get_found (GtkDropDown *drop)
{
  GtkWidget *list = shell_find (GTK_WIDGET (drop), GTK_TYPE_LIST_VIEW, 0);

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

static gboolean
finds (GtkDropDown *drop, const char *text, int value)
{
  GtkWidget *entry = shell_find (GTK_WIDGET (drop), GTK_TYPE_SEARCH_ENTRY, 0);
  GListModel *found = get_found (drop);
  gboolean has = FALSE;

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  found = get_found (drop);
  for (guint i = 0; i < g_list_model_get_n_items (found) && !has; i++)
    {
      g_autoptr (SwbChoice) choice = g_list_model_get_item (found, i);

      has = swb_choice_get_value (choice) == value;
    }
  return has && g_list_model_get_n_items (found) <= 3;
}

static void
test_search (Test *test, gconstpointer data)
{
  GtkDropDown *domain = get_drop (test, 0);

  g_test_summary ("The search of the domains finds constants and words, anywhere in them");
  g_assert_true (finds (domain, "X25", AF_X25));
  g_assert_true (finds (domain, "bluetooth", AF_BLUETOOTH));
  g_assert_true (finds (domain, "vsock", AF_VSOCK));
  g_assert_true (finds (domain, "virtual machines", AF_VSOCK));
  g_assert_false (finds (domain, "carrier pigeon", AF_VSOCK));

  /* Also after the list was replaced. */
  gtk_widget_activate_action (GTK_WIDGET (test->dialog), "dialog.ask", NULL);
  shell_wait (g_list_model_get_n_items (get_found (domain)) > 3);
  g_assert_true (finds (domain, "X25", AF_X25));
}

static void
test_search_return (Test *test, gconstpointer data)
{
  GtkDropDown *domain = get_drop (test, 0);
  GtkWidget *entry = shell_find (GTK_WIDGET (domain), GTK_TYPE_SEARCH_ENTRY, 0);

  g_test_summary ("Return in the search takes the first row found, and none where none is");
  gtk_widget_activate (GTK_WIDGET (domain));
  shell_wait (gtk_widget_get_mapped (entry));
  g_signal_emit_by_name (entry, "search-started");
  g_assert_true (
      gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)))));
  g_assert_true (finds (domain, "netlink", AF_NETLINK));
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (swb_choice_picker_get_value (get_picker (test, 0)), ==, AF_NETLINK);
  g_assert_false (finds (domain, "carrier pigeon", AF_VSOCK));
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (swb_choice_picker_get_value (get_picker (test, 0)), ==, AF_NETLINK);
}

static void
test_typed (Test *test, gconstpointer data)
{
  GtkDropDown *drop = get_drop (test, 0);
  GtkWidget *entry = shell_find (GTK_WIDGET (test->dialog), GTK_TYPE_ENTRY, 0);
  guint n = g_list_model_get_n_items (gtk_drop_down_get_model (drop));

  g_test_summary ("Any number can be typed; what is none is refused where it stands");
  g_assert_false (gtk_widget_get_visible (entry));
  gtk_drop_down_set_selected (drop, n - 1);
  g_assert_true (gtk_widget_get_visible (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "forty-two");
  g_assert_nonnull (swb_choice_picker_get_problem (get_picker (test, 0)));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_widget_activate_action (GTK_WIDGET (test->dialog), "dialog.create", NULL);
  swb_new_socket_create (test->dialog);
  g_assert_cmpuint (shell_get_n_panes (&test->shell), ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), "99");
  g_assert_null (swb_choice_picker_get_problem (get_picker (test, 0)));
  g_assert_nonnull (
      strstr (swb_new_socket_get_explanation (test->dialog), "socket(99, SOCK_STREAM"));
  g_assert_nonnull (strstr (swb_new_socket_get_explanation (test->dialog), "EAFNOSUPPORT"));
  /* A domain that nobody knows has all types. */
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (get_drop (test, 1))),
                    >, 6);

  swb_new_socket_create (test->dialog);
  shell_wait (shell_get_n_panes (&test->shell) == 1);
  g_assert_cmpint (swb_pane_get_domain (swb_bench_find_pane (test->shell.bench, "server")),
                   ==, 99);
}

static void
test_typed_digits (Test *test, gconstpointer data)
{
  GtkDropDown *drop = get_drop (test, 0);
  GtkWidget *entry = shell_find (GTK_WIDGET (test->dialog), GTK_TYPE_ENTRY, 0);

  g_test_summary ("A number on the way to another leaves no choice behind");
  gtk_drop_down_set_selected (
      drop, g_list_model_get_n_items (gtk_drop_down_get_model (drop)) - 1);
  gtk_editable_set_text (GTK_EDITABLE (entry), "4"); /* no type is known of it */
  gtk_editable_set_text (GTK_EDITABLE (entry), "40");
  g_assert_false (swb_choice_picker_is_typed (get_picker (test, 1)));
  g_assert_cmpint (swb_choice_picker_get_value (get_picker (test, 1)), ==, SOCK_STREAM);
}

static void
test_numbers (Test *test, gconstpointer data)
{
  g_test_summary ("A program chooses by number what no list has");
  g_assert_true (swb_new_socket_choose (test->dialog, AF_INET, SOCK_RAW, 200));
  g_assert_nonnull (strstr (swb_new_socket_get_explanation (test->dialog), "200"));
  g_assert_true (swb_new_socket_choose (test->dialog, 77, 9, 5));
  g_assert_nonnull (
      strstr (swb_new_socket_get_explanation (test->dialog), "socket(77, 9, 5)"));
  g_assert_true (swb_new_socket_choose (test->dialog, AF_INET, SOCK_STREAM, 0));
}

static void
test_order (Test *test, gconstpointer data)
{
  g_autoptr (GListStore) domains = swb_choice_list_domains ();
  guint n = g_list_model_get_n_items (G_LIST_MODEL (domains));
  gboolean was_available = TRUE;

  g_test_summary ("What this kernel has comes first, and each row says whether it has it");
  g_assert_cmpuint (n, >, 40);
  for (guint i = 0; i + 1 < n; i++)
    {
      g_autoptr (SwbChoice) choice = g_list_model_get_item (G_LIST_MODEL (domains), i);

      g_assert_false (swb_choice_is_other (choice));
      g_assert_nonnull (swb_choice_get_note (choice));
      g_assert_true (was_available || !swb_choice_is_available (choice));
      was_available = swb_choice_is_available (choice);
    }
}

static void
test_choices (Test *test, gconstpointer data)
{
  g_autoptr (GListStore) domains = swb_choice_list_domains ();
  g_autoptr (GListStore) legal = swb_choice_list_types (AF_UNIX, FALSE);
  g_autoptr (GListStore) wide = swb_choice_list_types (AF_UNIX, TRUE);
  g_autoptr (SwbChoice) inet = g_list_model_get_item (G_LIST_MODEL (domains), 0);
  g_autoptr (SwbChoice) last = NULL;
  g_autoptr (SwbChoice) odd = NULL;
  guint n_wide = g_list_model_get_n_items (G_LIST_MODEL (wide));

  g_test_summary ("Lists have the constant with its word, and say what does not exist");
  g_assert_cmpstr (swb_choice_get_label (inet), ==, "AF_INET · IPv4");
  g_assert_true (swb_choice_is_available (inet));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (legal)), ==, 5);
  g_assert_cmpuint (n_wide, >, 5);
  last = g_list_model_get_item (G_LIST_MODEL (wide), n_wide - 1);
  g_assert_true (swb_choice_is_other (last));
  odd = g_list_model_get_item (G_LIST_MODEL (wide), n_wide - 2);
  g_assert_nonnull (strstr (swb_choice_get_note (odd), "not exist"));
}

static void
test_roles (Test *test, gconstpointer data)
{
  SwbPane *pane;

  g_test_summary ("Where there are no servers and clients a pane is neither");
  g_assert_true (swb_new_socket_choose (test->dialog, AF_NETLINK, SOCK_RAW, 0));
  swb_new_socket_create (test->dialog);
  shell_wait (shell_get_n_panes (&test->shell) == 1);
  pane = swb_bench_find_pane (test->shell.bench, "sock");
  g_assert_nonnull (pane);
  g_assert_cmpint (swb_pane_get_role (pane), ==, SWB_ROLE_PLAIN);
  g_assert_true (swb_pane_maker_has_roles (AF_INET, SOCK_DGRAM));
  g_assert_false (swb_pane_maker_has_roles (AF_INET, SOCK_RAW));
}

static void
test_titles (Test *test, gconstpointer data)
{
  const SwbPaneSpec specs[] = {
    { AF_INET, SOCK_STREAM, 0, SWB_ROLE_SERVER, NULL },
    { AF_INET, SOCK_DGRAM, IPPROTO_UDP, SWB_ROLE_CLIENT, NULL },
    { AF_UNIX, SOCK_STREAM, 0, SWB_ROLE_PLAIN, NULL },
    { AF_NETLINK, SOCK_RAW, 0, SWB_ROLE_PLAIN, NULL },
    { AF_PACKET, SOCK_RAW, GUINT16_TO_BE (3), SWB_ROLE_PLAIN, NULL },
  };
  const char *const titles[] = { "TCP server", "UDP client", "Unix socket",
                                 "Netlink ROUTE socket", "Packet ALL socket" };

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
  ADD (other_domain);
  ADD (gone);
  ADD (illegal);
  ADD (depends);
  ADD (search);
  ADD (search_return);
  ADD (typed);
  ADD (typed_digits);
  ADD (numbers);
  ADD (order);
  ADD (choices);
  ADD (roles);
  ADD (titles);
#undef ADD

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/journal-view-fixture.h"
#include "app/journal/swb-journal-view-private.h"
#include "app/bytes/swb-payload-view.h"

#include <adwaita.h>

typedef JournalViewTest Test;

static GtkWidget *
find_by_type (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_by_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkAdjustment *
get_vadjustment (Test *test)
{
  return gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (journal_view_test_get_child (test, "scrolled")));
}

static gboolean
is_at_end (Test *test)
{
  GtkAdjustment *adjustment = get_vadjustment (test);

  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)
         >= gtk_adjustment_get_upper (adjustment) - 1;
}

/* Rows are laid out, the end is looked for, and what came of it is drawn. */
static void
draw (Test *test)
{
  journal_view_test_draw (test, 4);
}

static void
append_sends (Test *test, int n_records)
{
  for (int i = 0; i < n_records; i++)
    journal_fixture_append_send (&test->fixture, 1 + i % 2, "hello, bench\n");
  journal_view_test_publish (test);
  /* The first rows come a few a frame. */
  journal_view_test_draw (test, n_records > 8 ? 36 : 4);
}

static const char *
get_count (Test *test)
{
  return journal_view_test_get_label (test, "count_label");
}

static void
test_empty (Test *test, gconstpointer data)
{
  g_test_summary ("Without records there is an invitation, and nothing to press");
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 0);
  g_assert_cmpstr (get_count (test), ==, "");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (
                       GTK_STACK (journal_view_test_get_child (test, "stack"))),
                   ==, "empty");
  g_assert_false (
      gtk_widget_get_sensitive (journal_view_test_get_child (test, "pane_toggle")));
  swb_journal_view_show_record (test->view, 0);
  swb_journal_view_set_bench (test->view, NULL);
  swb_journal_view_show_record (test->view, 0);
}

static void
test_follows (Test *test, gconstpointer data)
{
  g_test_summary (
      "The end stays in sight until scrolled away, and again after a jump to it");
  append_sends (test, 1);
  g_assert_cmpstr (get_count (test), ==, "1 event · 13 B");
  append_sends (test, 999);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 1000);
  g_assert_true (is_at_end (test));
  g_assert_false (
      gtk_widget_get_sensitive (journal_view_test_get_child (test, "end_button")));

  gtk_adjustment_set_value (get_vadjustment (test), 100);
  draw (test);
  g_assert_true (
      gtk_widget_get_sensitive (journal_view_test_get_child (test, "end_button")));
  append_sends (test, 500);
  g_assert_false (is_at_end (test));
  g_assert_cmpfloat (gtk_adjustment_get_value (get_vadjustment (test)), ==, 100);

  g_signal_emit_by_name (journal_view_test_get_child (test, "end_button"), "clicked");
  draw (test);
  g_assert_true (is_at_end (test));
  g_assert_false (
      gtk_widget_get_sensitive (journal_view_test_get_child (test, "end_button")));
  append_sends (test, 500);
  g_assert_true (is_at_end (test));

  gtk_adjustment_set_value (get_vadjustment (test), 0);
  draw (test);
  gtk_adjustment_set_value (get_vadjustment (test), G_MAXDOUBLE);
  draw (test);
  g_assert_false (
      gtk_widget_get_sensitive (journal_view_test_get_child (test, "end_button")));
}

/* The first rows come a few a frame: without one there are few. */
static void
append_unseen (Test *test)
{
  for (guint i = 0; i < 2000; i++)
    journal_fixture_append_send (&test->fixture, 1, "hello, bench\n");
  journal_view_test_publish (test);
  g_assert_cmpuint (journal_view_test_count_rows (test), <, 100);
}

/* As where the oldest go while the journal is full: all rows are others, of no size yet,
 * and the end is where the list reckoned it. */
static void
replace_rows_cb (GdkFrameClock *clock, Test *test)
{
  GListModel *rows = G_LIST_MODEL (journal_view_test_get_rows (test));
  guint n_rows = g_list_model_get_n_items (rows);
  GtkAdjustment *adjustment = get_vadjustment (test);

  g_list_model_items_changed (rows, 0, n_rows, n_rows);
  gtk_adjustment_set_upper (adjustment, gtk_adjustment_get_upper (adjustment) + 1);
}

static void
test_replaced (Test *test, gconstpointer data)
{
  GdkFrameClock *clock;

  g_test_summary ("Rows that are others in each frame are followed once they rest");
  append_sends (test, 200);
  gtk_adjustment_set_value (get_vadjustment (test), 0);
  draw (test);
  g_assert_false (is_at_end (test));

  clock = gtk_widget_get_frame_clock (GTK_WIDGET (test->view));
  g_signal_connect (clock, "before-paint", G_CALLBACK (replace_rows_cb), test);
  g_signal_emit_by_name (journal_view_test_get_child (test, "end_button"), "clicked");
  journal_view_test_draw (test, 12);
  g_signal_handlers_disconnect_by_func (clock, replace_rows_cb, test);
  journal_view_test_draw (test, 12);
  g_assert_true (is_at_end (test));
}

static void
test_goes_early (Test *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_test_summary ("Who goes to a record does not wait until the list has its rows");
  append_unseen (test);
  g_assert_true (swb_journal_goto_run (test->view, "1,900", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 2000);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 1899));
}

static void
test_ends_early (Test *test, gconstpointer data)
{
  g_test_summary ("Who jumps to the end does not, either");
  swb_journal_view_follow (test->view, FALSE);
  append_unseen (test);
  journal_view_test_activate (test, "journal.jump-to-end");
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 2000);
}

static void
count_changes_cb (GListModel *rows, guint position, guint removed, guint added,
                  guint *n_changes)
{
  (*n_changes)++;
}

static void
test_paused (Test *test, gconstpointer data)
{
  guint n_changes = 0;

  g_test_summary ("A paused view stands still and catches up at once; recording goes on");
  append_sends (test, 3);
  g_signal_connect (journal_view_test_get_rows (test), "items-changed",
                    G_CALLBACK (count_changes_cb), &n_changes);
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.paused", NULL);
  g_assert_true (gtk_toggle_button_get_active (
      GTK_TOGGLE_BUTTON (journal_view_test_get_child (test, "pause_toggle"))));
  append_sends (test, 10);
  append_sends (test, 10);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 3);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_cmpuint (swb_journal_get_n_records (test->fixture.journal), ==, 23);

  g_object_set (test->view, "paused", FALSE, NULL);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 23);
  g_assert_cmpuint (n_changes, ==, 1);
  append_sends (test, 277);
  n_changes = 0;
  append_sends (test, 20000);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpstr (get_count (test), ==, "20,300 events · 263.9\u00a0kB");
  g_signal_handlers_disconnect_by_data (journal_view_test_get_rows (test), &n_changes);
}

static void
select_row (Test *test, guint index)
{
  gtk_selection_model_select_item (journal_view_test_get_rows (test), index, TRUE);
}

static void
test_show_paused (Test *test, gconstpointer data)
{
  gboolean is_paused;

  g_test_summary ("A view that stands still goes on for a record that it is to show");
  append_sends (test, 3);
  journal_view_test_activate (test, "journal.paused");
  append_sends (test, 3);
  swb_journal_view_show_record (test->view, 1);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 1));
  g_object_get (test->view, "paused", &is_paused, NULL);
  g_assert_true (is_paused);

  swb_journal_view_show_record (test->view, 4);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 4));
  g_object_get (test->view, "paused", &is_paused, NULL);
  g_assert_false (is_paused);
}

static void
test_show_gone (Test *test, gconstpointer data)
{
  SwbFilterBar *bar = SWB_FILTER_BAR (journal_view_test_get_child (test, "filter_bar"));
  SwbJournal *journal = test->fixture.journal;
  g_autofree char *bytes = g_strnfill (32768, 'x');

  g_test_summary ("A record that the journal forgot is not waited for: filters stay");
  swb_journal_set_limit (journal, SWB_JOURNAL_LIMIT_MIN, SWB_LIMIT_OLDEST);
  for (guint i = 0; i < 1000 && swb_journal_get_first (journal) == 0; i++)
    {
      journal_fixture_append_send (&test->fixture, 1, bytes);
      journal_view_test_publish (test);
    }
  g_assert_cmpuint (swb_journal_get_first (journal), >, 0);
  journal_fixture_append_send (&test->fixture, 1, "x");
  journal_view_test_publish (test);
  swb_journal_view_show_record (test->view, 0);
  journal_view_test_filter (test, "len = 1");
  journal_view_test_wait_for_rows (test, 1);
  g_assert_cmpstr (swb_filter_bar_get_text (bar), ==, "len = 1");
}

static void
test_payload (Test *test, gconstpointer data)
{
  SwbPayloadHex *hex;
  guint64 first;

  g_test_summary ("The selected row's bytes stand beside it, by mouse or by position");
  append_sends (test, 100);
  select_row (test, 7);
  hex = swb_payload_view_get_hex (
      SWB_PAYLOAD_VIEW (journal_view_test_get_child (test, "payload")));
  swb_byte_grid_select (SWB_BYTE_GRID (hex), 7, 5);
  g_assert_cmpuint (swb_byte_grid_get_selection (SWB_BYTE_GRID (hex), &first), ==, 5);
  draw (test);

  swb_journal_view_show_record (test->view, 50);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 50));
  g_assert_cmpuint (swb_byte_grid_get_selection (SWB_BYTE_GRID (hex), &first), ==, 0);
  draw (test);
  g_assert_false (is_at_end (test));
  g_assert_true (
      gtk_widget_get_sensitive (journal_view_test_get_child (test, "end_button")));
  swb_journal_view_show_record (test->view, 100);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 50));
}

static const char *
get_payload_title (SwbPayloadView *payload)
{
  return gtk_label_get_text (GTK_LABEL (gtk_widget_get_template_child (
      GTK_WIDGET (payload), SWB_TYPE_PAYLOAD_VIEW, "title")));
}

static void
test_several (Test *test, gconstpointer data)
{
  SwbPayloadView *payload
      = SWB_PAYLOAD_VIEW (journal_view_test_get_child (test, "payload"));
  SwbByteGrid *hex = SWB_BYTE_GRID (swb_payload_view_get_hex (payload));
  g_autofree char *text = NULL;

  g_test_summary ("Of several rows the bytes are shown as one, of one row its own again");
  journal_fixture_append_failure (&test->fixture, 1, SWB_CALL_LISTEN, EADDRINUSE);
  append_sends (test, 100);
  select_row (test, 7);
  g_assert_cmpstr (get_payload_title (payload), ==, "pane1 → · 13 bytes");
  gtk_selection_model_select_range (journal_view_test_get_rows (test), 7, 3, TRUE);
  g_assert_cmpstr (get_payload_title (payload), ==, "3 records · 39 bytes");
  text = swb_byte_grid_print (hex, SWB_COPY_TEXT);
  g_assert_cmpstr (text, ==, "hello, bench\nhello, bench\nhello, bench\n");
  draw (test);

  gtk_selection_model_select_all (journal_view_test_get_rows (test));
  g_assert_cmpstr (get_payload_title (payload), ==, "100 records · 1,300 bytes");
  select_row (test, 0);
  g_assert_cmpstr (get_payload_title (payload), ==, "pane1 · listen");
  gtk_selection_model_unselect_all (journal_view_test_get_rows (test));
  g_assert_null (swb_byte_grid_get_source (hex));
}

/* More of them than are gone through at once. */
static void
test_many (Test *test, gconstpointer data)
{
  SwbPayloadView *payload
      = SWB_PAYLOAD_VIEW (journal_view_test_get_child (test, "payload"));
  GtkLabel *title = GTK_LABEL (
      gtk_widget_get_template_child (GTK_WIDGET (payload), SWB_TYPE_PAYLOAD_VIEW, "title"));

  g_test_summary ("The bytes of very many rows are shown once a worker has looked at them");
  append_sends (test, 30000);
  journal_view_test_wait_for_rows (test, 30000);
  gtk_selection_model_select_all (journal_view_test_get_rows (test));
  journal_view_test_wait_for_label (test, title, "30,000 records · 390,000 bytes");
  draw (test);
}

static void
test_commands (Test *test, gconstpointer data)
{
  g_test_summary ("Commands are hidden until asked for, or until one is to be shown");
  journal_fixture_append_command (&test->fixture, 1, "client send \"x\"");
  append_sends (test, 4);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 4);
  select_row (test, 1);
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.commands", NULL);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 5);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 2));
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.commands", NULL);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 4);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 1));

  swb_journal_view_show_record (test->view, 0);
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, 5);
  g_assert_true (gtk_selection_model_is_selected (journal_view_test_get_rows (test), 0));
}

/* The text of the first cell with a time. */
static const char *
get_time (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "swb-time"))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *text = get_time (child);

      if (text != NULL)
        return text;
    }
  return NULL;
}

static void
test_time_format (Test *test, gconstpointer data)
{
  g_autofree char *format = NULL;
  GtkDropDown *choice;

  g_test_summary ("The drop-down and the property tell the times the same way");
  append_sends (test, 30);
  choice = GTK_DROP_DOWN (journal_view_test_get_child (test, "time_choice"));
  gtk_drop_down_set_selected (choice, 1);
  g_object_get (test->view, "time-format", &format, NULL);
  g_assert_cmpstr (format, ==, "relative");
  g_assert_cmpstr (get_time (journal_view_test_get_child (test, "column_view")), ==,
                   "+0.000 000");
  draw (test);
  g_object_set (test->view, "time-format", "delta", NULL);
  g_assert_cmpuint (gtk_drop_down_get_selected (choice), ==, 2);
  g_object_set (test->view, "time-format", "nonsense", NULL);
  g_assert_cmpuint (gtk_drop_down_get_selected (choice), ==, 0);
  g_assert_cmpuint (strlen (get_time (journal_view_test_get_child (test, "column_view"))),
                    ==, 16);
  draw (test);
}

static gboolean
has_state (gpointer data)
{
  SwbPane *pane = swb_bench_find_pane (data, "server");

  return pane != NULL && swb_pane_get_state (pane) == SWB_STATE_LISTENING;
}

static void
run (Test *test, const char *line)
{
  g_autoptr (GError) error = NULL;

  swb_bench_run_text (test->bench, &error, "%s", line);
  g_assert_no_error (error);
}

static void
test_pane (Test *test, gconstpointer data)
{
  SwbPane *server;
  guint n_all;

  g_test_summary ("A real bench's pane can be shown alone, and all of them again");
  run (test, "pane server AF_INET SOCK_STREAM 0 \"Echo server\"");
  run (test, "pane client AF_INET SOCK_STREAM 0");
  run (test, "client socket");
  run (test, "server bind 127.0.0.1:0");
  run (test, "server listen 5");
  journal_fixture_wait (has_state, test->bench);
  draw (test);
  n_all = journal_view_test_count_rows (test);
  g_assert_cmpuint (n_all, >=, 4);

  select_row (test, n_all - 1);
  server = swb_bench_find_pane (test->bench, "server");
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.only-pane", NULL);
  g_assert_cmpuint (journal_view_test_count_rows (test), <, n_all);
  g_assert_true (gtk_widget_get_visible (journal_view_test_get_child (test, "pane_chip")));
  g_assert_cmpstr (
      gtk_label_get_text (GTK_LABEL (journal_view_test_get_child (test, "pane_name"))), ==,
      swb_pane_get_title (server));
  draw (test);

  g_signal_emit_by_name (journal_view_test_get_child (test, "pane_chip"), "clicked");
  g_assert_cmpuint (journal_view_test_count_rows (test), ==, n_all);
  g_assert_false (gtk_widget_get_visible (journal_view_test_get_child (test, "pane_chip")));

  swb_journal_view_set_pane (test->view, swb_bench_find_pane (test->bench, "client"));
  swb_journal_view_show_record (test->view,
                                swb_journal_get_n_records (test->fixture.journal) - 1);
  g_assert_cmpuint (journal_view_test_count_rows (test), >=, n_all);
}

static void
read_text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  char **text = data;
  g_autoptr (GError) error = NULL;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_read (gpointer data)
{
  return *(char **)data != NULL;
}

static char *
copy (Test *test, const char *action)
{
  char *text = NULL;

  gtk_widget_activate_action (GTK_WIDGET (test->view), action, NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (test->view)), NULL,
                                 read_text_cb, &text);
  journal_fixture_wait (is_read, &text);
  return text;
}

static void
test_copy (Test *test, gconstpointer data)
{
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;
  g_autofree char *hex = NULL;

  g_test_summary ("A row is copied as strace prints it, its bytes as text or as hex");
  append_sends (test, 2);
  select_row (test, 1);
  line = copy (test, "journal.copy-line");
  g_assert_nonnull (strstr (line, "sendto(5, \"hello, bench\\n\", 13, 0, NULL, 0) = 13"));
  text = copy (test, "journal.copy-text");
  g_assert_cmpstr (text, ==, "hello, bench\n");
  hex = copy (test, "journal.copy-hex");
  g_assert_cmpstr (hex, ==, "68 65 6c 6c 6f 2c 20 62 65 6e 63 68 0a");
}

static void
test_menu (Test *test, gconstpointer data)
{
  GtkWidget *popover;

  g_test_summary ("The menu key opens the row's menu");
  append_sends (test, 2);
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.menu", NULL);
  popover = find_by_type (GTK_WIDGET (test->view), GTK_TYPE_POPOVER_MENU);
  g_assert_false (gtk_widget_get_visible (journal_view_test_get_child (test, "pane_chip")));
  select_row (test, 0);
  gtk_widget_activate_action (GTK_WIDGET (test->view), "journal.menu", NULL);
  g_assert_nonnull (popover);
  draw (test);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name)                                                                          \
  g_test_add ("/journal-view/" #name, Test, NULL, journal_view_test_set_up, test_##name,   \
              journal_view_test_tear_down)
  ADD (empty);
  ADD (follows);
  ADD (replaced);
  ADD (goes_early);
  ADD (ends_early);
  ADD (paused);
  ADD (show_paused);
  ADD (show_gone);
  ADD (payload);
  ADD (several);
  ADD (many);
  ADD (commands);
  ADD (time_format);
  ADD (pane);
  ADD (copy);
  ADD (menu);
#undef ADD
  return g_test_run ();
}

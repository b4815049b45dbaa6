/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/bytes/swb-follow-text.h"
#include "app/bytes/swb-follow-window.h"
#include "app/bytes/swb-payload-find.h"
#include "app/bytes/swb-payload-hex.h"
#include "pane-fixture.h"
#include "support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>

typedef struct
{
  SwbPane *server;
  SwbPane *client;
  SwbFollowWindow *window;
  SwbFollowText *text;
} Conversation;

static gpointer
get_child (SwbFollowWindow *window, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (window), SWB_TYPE_FOLLOW_WINDOW, name);
}

static guint64
get_n_bytes (Conversation *self, SwbConversationSide side)
{
  return swb_conversation_index_get_n_bytes (swb_follow_window_get_index (self->window),
                                             side);
}

static void
start (PaneFixture *fixture, Conversation *self)
{
  self->server = pane_make (fixture, "server AF_UNIX SOCK_STREAM 0 as server");
  self->client = pane_make (fixture, "client AF_UNIX SOCK_STREAM 0 as client");
  pane_listen (fixture, self->server);
  pane_connect (fixture, self->client, self->server);
  self->window = swb_follow_window_open (GTK_WINDOW (fixture->window), fixture->bench,
                                         swb_pane_get_id (self->client), 0);
  self->text = get_child (self->window, "text");
}

static void
stop (Conversation *self)
{
  g_object_ref (self->window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  support_finalize (self->window);
}

static void
exchange (PaneFixture *fixture, Conversation *self)
{
  pane_run (fixture, "client send \"GET /\\r\\n\"");
  pane_wait (get_n_bytes (self, SWB_CONVERSATION_SENT) == 7);
  pane_run (fixture, "server#1 send \"hello\\n\"");
  pane_wait (get_n_bytes (self, SWB_CONVERSATION_RECEIVED) == 6);
}

static char *
print (Conversation *self)
{
  swb_byte_grid_select (SWB_BYTE_GRID (self->text), 0, 0);
  return swb_byte_grid_print (SWB_BYTE_GRID (self->text), SWB_COPY_TEXT);
}

static void
test_live (PaneFixture *fixture, gconstpointer data)
{
  Conversation self;
  g_autofree char *both = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *received = NULL;
  g_autofree char *hex = NULL;
  GtkStack *stack;

  g_test_summary ("The conversation grows as bytes come, as a whole or one direction");
  start (fixture, &self);
  stack = get_child (self.window, "stack");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "empty");
  exchange (fixture, &self);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "text");
  both = print (&self);
  g_assert_cmpstr (both, ==, "GET /\r\nhello\n");
  g_assert_cmpstr (adw_window_title_get_subtitle (get_child (self.window, "title")), ==,
                   "7 bytes sent · 6 bytes received");

  gtk_drop_down_set_selected (get_child (self.window, "side"), 1);
  sent = print (&self);
  g_assert_cmpstr (sent, ==, "GET /\r\n");
  gtk_drop_down_set_selected (get_child (self.window, "side"), 2);
  received = print (&self);
  g_assert_cmpstr (received, ==, "hello\n");

  gtk_drop_down_set_selected (get_child (self.window, "style"), 1);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "hex");
  hex = swb_byte_grid_print (SWB_BYTE_GRID (get_child (self.window, "hex")), SWB_COPY_HEX);
  g_assert_cmpstr (hex, ==, "68 65 6c 6c 6f 0a");
  pane_run (fixture, "server#1 send \"more\"");
  pane_wait (get_n_bytes (&self, SWB_CONVERSATION_RECEIVED) == 10);
  g_free (g_steal_pointer (&hex));
  hex = swb_byte_grid_print (SWB_BYTE_GRID (get_child (self.window, "hex")), SWB_COPY_TEXT);
  g_assert_cmpstr (hex, ==, "hello\nmore");
  stop (&self);
}

static void
test_unkept (PaneFixture *fixture, gconstpointer data)
{
  SwbJournal *journal = swb_bench_get_journal (fixture->bench);
  g_autofree char *bytes = g_strnfill (50000, 'x');
  g_autofree char *line = g_strdup_printf ("client send \"%s\"", bytes);
  g_autofree char *text = NULL;
  SwbConversationIndex *index;
  guint64 n_unkept, n_bytes;
  Conversation self;

  g_test_summary ("Of a journal at its limit the window says how many bytes were not kept, "
                  "and what is copied has none in their place");
  start (fixture, &self);
  index = swb_follow_window_get_index (self.window);
  swb_journal_set_limit (journal, SWB_JOURNAL_LIMIT_MIN, SWB_LIMIT_PAYLOAD);
  for (guint i = 1; swb_conversation_index_get_n_unkept (index, SWB_CONVERSATION_SENT) == 0;
       i++)
    {
      g_assert_cmpuint (i, <, 100);
      pane_run (fixture, line);
      pane_wait (get_n_bytes (&self, SWB_CONVERSATION_SENT) == i * strlen (bytes));
    }
  n_unkept = swb_conversation_index_get_n_unkept (index, SWB_CONVERSATION_SENT);
  n_bytes = get_n_bytes (&self, SWB_CONVERSATION_SENT);
  g_assert_cmpuint (n_unkept, <, n_bytes);
  g_assert_nonnull (strstr (
      adw_window_title_get_subtitle (get_child (self.window, "title")), " were not kept"));
  text = print (&self);
  g_assert_cmpuint (strlen (text), ==, n_bytes - n_unkept);
  stop (&self);
}

static void
test_once (PaneFixture *fixture, gconstpointer data)
{
  Conversation self;
  SwbFollowWindow *again, *other;

  g_test_summary ("A connection has one window; its other end, if it's ours, has another");
  start (fixture, &self);
  again = swb_follow_window_open (GTK_WINDOW (fixture->window), fixture->bench,
                                  swb_pane_get_id (self.client), 0);
  g_assert_true (again == self.window);
  other = swb_follow_window_open (GTK_WINDOW (fixture->window), fixture->bench,
                                  swb_pane_get_id (self.server), 1);
  g_assert_true (other != self.window);
  exchange (fixture, &self);
  pane_wait (swb_conversation_index_get_n_bytes (swb_follow_window_get_index (other),
                                                 SWB_CONVERSATION_BOTH)
             == 13);
  g_assert_cmpuint (swb_conversation_index_get_n_bytes (swb_follow_window_get_index (other),
                                                        SWB_CONVERSATION_SENT),
                    ==, 6);
  gtk_window_destroy (GTK_WINDOW (other));
  stop (&self);
}

static gboolean
has_said (Conversation *self, const char *text)
{
  return g_str_equal (gtk_label_get_text (get_child (self->window, "status")), text);
}

static void
test_save (PaneFixture *fixture, gconstpointer data)
{
  Conversation self;
  g_autofree char *path = g_build_filename (fixture->folder, "saved.bin", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "such", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) wrong = g_file_new_for_path (nowhere);
  g_autofree char *contents = NULL;

  g_test_summary ("What is shown is saved, byte for byte; what goes wrong is said");
  start (fixture, &self);
  exchange (fixture, &self);
  swb_follow_window_save (self.window, file);
  pane_wait (has_said (&self, "Saved."));
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "GET /\r\nhello\n");
  g_clear_pointer (&contents, g_free);

  gtk_drop_down_set_selected (get_child (self.window, "side"), 2);
  swb_follow_window_save (self.window, file);
  g_assert_true (has_said (&self, "Saving…"));
  pane_wait (has_said (&self, "Saved."));
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "hello\n");

  swb_follow_window_save (self.window, wrong);
  pane_wait (gtk_widget_has_css_class (get_child (self.window, "status"), "error"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  stop (&self);
}

static gboolean
has_selection (Conversation *self)
{
  guint64 first;

  return swb_byte_grid_get_selection (SWB_BYTE_GRID (self->text), &first) > 0;
}

static void
test_find (PaneFixture *fixture, gconstpointer data)
{
  Conversation self;
  GtkWidget *find, *entry;
  guint64 first;

  g_test_summary ("Bytes are found also where they lie in two records");
  start (fixture, &self);
  pane_run (fixture, "client send \"nee\"");
  pane_wait (get_n_bytes (&self, SWB_CONVERSATION_SENT) == 3);
  pane_run (fixture, "client send \"dle\"");
  pane_wait (get_n_bytes (&self, SWB_CONVERSATION_SENT) == 6);
  gtk_widget_activate_action (GTK_WIDGET (self.window), "window.find", NULL);
  find = get_child (self.window, "find");
  g_assert_true (gtk_widget_get_visible (find));
  entry = GTK_WIDGET (gtk_widget_get_template_child (find, SWB_TYPE_PAYLOAD_FIND, "entry"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "EEDL");
  g_signal_emit_by_name (entry, "search-changed");
  pane_wait (has_selection (&self));
  g_assert_cmpuint (swb_byte_grid_get_selection (SWB_BYTE_GRID (self.text), &first), ==, 4);
  g_assert_cmpuint (first, ==, 1);
  stop (&self);
}

static SwbFollowText *
show_text (PaneFixture *fixture, SwbByteSource *source)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *text = swb_follow_text_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), text);
  gtk_widget_set_vexpand (scrolled, TRUE);
  swb_byte_grid_set_source (SWB_BYTE_GRID (text), source);
  pane_show (fixture, scrolled);
  return SWB_FOLLOW_TEXT (text);
}

static void
press_with (SwbFollowText *text, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (text));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
    }
  g_assert_true (handled);
}

static void
press (SwbFollowText *text, guint key)
{
  press_with (text, key, 0);
}

static void
test_huge (PaneFixture *fixture, gconstpointer data)
{
  const gsize n_bytes = (gsize)1 << 30;
  char *map = mmap (NULL, n_bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SwbByteSource) source = NULL;
  GtkAdjustment *adjustment;
  SwbFollowText *text;
  SwbFollowRow row;
  gint64 began;

  g_test_summary (
      "A GiB opens at its end and is scrolled all over, with no look at the rest");
  g_assert_true (map != MAP_FAILED);
  memcpy (map, "the beginning\n", 14);
  memcpy (map + n_bytes - 8, "\nthe end", 8);
  bytes = g_bytes_new_static (map, n_bytes);
  source = swb_byte_source_new_for_bytes (bytes);
  began = g_get_monotonic_time ();
  text = show_text (fixture, source);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (text));
  g_assert_true (swb_follow_text_is_at_end (text));
  press (text, GDK_KEY_Home);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (text));
  g_assert_true (swb_follow_text_get_top (text, &row));
  g_assert_cmpuint (row.offset, ==, 0);
  g_assert_cmpuint (row.n_bytes, ==, 14);
  g_assert_false (swb_follow_text_is_at_end (text));
  press (text, GDK_KEY_Down);
  g_assert_true (swb_follow_text_get_top (text, &row));
  g_assert_cmpuint (row.offset, ==, 14);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (text));
  gtk_adjustment_set_value (adjustment, (double)(n_bytes / 2));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (text));
  g_assert_true (swb_follow_text_get_top (text, &row));
  g_assert_cmpuint (row.offset, <=, n_bytes / 2);
  g_assert_cmpuint (row.offset + row.n_bytes, >, n_bytes / 2);
  press (text, GDK_KEY_End);
  g_assert_true (swb_follow_text_is_at_end (text));
  press (text, GDK_KEY_Page_Up);
  g_assert_false (swb_follow_text_is_at_end (text));
  press (text, GDK_KEY_Page_Down);
  g_assert_true (swb_follow_text_is_at_end (text));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (text));
  g_test_message ("all of it in %.1f ms", (double)(g_get_monotonic_time () - began) / 1000);
  gtk_widget_activate_action (GTK_WIDGET (text), "bytes.select-all", NULL);
  g_assert_null (swb_byte_grid_print (SWB_BYTE_GRID (text), SWB_COPY_TEXT));
  swb_byte_grid_set_source (SWB_BYTE_GRID (text), NULL);
  g_clear_object (&source);
  munmap (map, n_bytes);
}

static char *
describe (guint64 offset, gboolean brief, gpointer user_data)
{
  return g_strdup ("a record");
}

static gboolean
has_tooltip (SwbFollowText *text, int y)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean is_shown = FALSE;

  g_signal_emit_by_name (text, "query-tooltip", 100, y, FALSE, tooltip, &is_shown);
  return is_shown;
}

static void
test_few (PaneFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("one\ntwo\nthree", 13);
  g_autoptr (SwbByteSource) source = swb_byte_source_new_for_bytes (bytes);
  g_autofree char *some = NULL;
  SwbFollowText *text;
  SwbFollowRow row;

  g_test_summary ("Few rows stay where they are; a selection is copied and told");
  text = show_text (fixture, source);
  swb_follow_text_set_describe (text, describe, NULL);
  press (text, GDK_KEY_Down);
  press (text, GDK_KEY_Page_Down);
  g_assert_true (has_tooltip (text, 5));
  g_assert_false (has_tooltip (text, gtk_widget_get_height (GTK_WIDGET (text)) - 2));
  g_assert_true (swb_follow_text_get_top (text, &row));
  g_assert_cmpuint (row.offset, ==, 0);
  g_assert_true (swb_follow_text_is_at_end (text));
  swb_byte_grid_select (SWB_BYTE_GRID (text), 4, 3);
  some = swb_byte_grid_print (SWB_BYTE_GRID (text), SWB_COPY_TEXT);
  g_assert_cmpstr (some, ==, "two");
  gtk_test_accessible_assert_role (text, GTK_ACCESSIBLE_ROLE_LOG);
  gtk_test_accessible_assert_property (text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "3 bytes selected, from offset 0004 (4)");
  swb_follow_text_set_style (text, SWB_FOLLOW_STYLE_RAW);
  swb_byte_grid_set_encoding (SWB_BYTE_GRID (text), SWB_ENCODING_UTF16LE);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (text));
  swb_byte_grid_select (SWB_BYTE_GRID (text), 13, 1);
  g_assert_false (has_selection (&(Conversation){ .text = text }));
}

static void
assert_selected (SwbFollowText *text, guint64 first, guint64 n_bytes)
{
  guint64 actual_first,
      actual = swb_byte_grid_get_selection (SWB_BYTE_GRID (text), &actual_first);

  g_assert_cmpuint (actual, ==, n_bytes);
  g_assert_cmpuint (actual_first, ==, first);
}

static void
test_keys (PaneFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("one\nt\xc3\xa9o\nthree", 14);
  g_autoptr (SwbByteSource) source = swb_byte_source_new_for_bytes (bytes);
  g_autofree char *some = NULL;
  SwbFollowText *text;

  g_test_summary ("Keys with Shift select whole characters, and as far as there are any");
  text = show_text (fixture, source);
  press (text, GDK_KEY_Down);
  assert_selected (text, 0, 0);
  press_with (text, GDK_KEY_Right, GDK_SHIFT_MASK);
  assert_selected (text, 0, 1);
  press_with (text, GDK_KEY_Down, GDK_SHIFT_MASK);
  assert_selected (text, 0, 5);
  press_with (text, GDK_KEY_Right, GDK_SHIFT_MASK);
  assert_selected (text, 0, 7);
  some = swb_byte_grid_print (SWB_BYTE_GRID (text), SWB_COPY_TEXT);
  g_assert_cmpstr (some, ==, "one\nt\303\251");
  gtk_test_accessible_assert_property (text, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Conversation: t\303\251o");
  press_with (text, GDK_KEY_Left, GDK_SHIFT_MASK);
  assert_selected (text, 0, 5);
  press_with (text, GDK_KEY_End, GDK_SHIFT_MASK);
  assert_selected (text, 0, 9);
  press_with (text, GDK_KEY_Page_Down, GDK_SHIFT_MASK);
  assert_selected (text, 0, 14);
  press_with (text, GDK_KEY_Home, GDK_SHIFT_MASK);
  assert_selected (text, 0, 10);
  press_with (text, GDK_KEY_Home, GDK_SHIFT_MASK | GDK_CONTROL_MASK);
  assert_selected (text, 0, 1);
  press_with (text, GDK_KEY_End, GDK_SHIFT_MASK | GDK_CONTROL_MASK);
  assert_selected (text, 0, 14);
  press_with (text, GDK_KEY_Page_Up, GDK_SHIFT_MASK);
  assert_selected (text, 0, 1);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  pane_test_add ("/follow/live", test_live);
  pane_test_add ("/follow/unkept", test_unkept);
  pane_test_add ("/follow/once", test_once);
  pane_test_add ("/follow/save", test_save);
  pane_test_add ("/follow/find", test_find);
  pane_test_add ("/follow/huge", test_huge);
  pane_test_add ("/follow/few", test_few);
  pane_test_add ("/follow/keys", test_keys);
  return g_test_run ();
}

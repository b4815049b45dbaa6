/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/journal/swb-journal-model.h"
#include "app/bytes/swb-payload-find.h"
#include "app/bytes/swb-payload-view.h"
#include "app/test-journal-fixture.h"
#include "support.h"

#include <adwaita.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

typedef struct
{
  JournalFixture fixture;
  SwbJournalModel *model;
  GtkWindow *window;
  SwbPayloadView *view;
  SwbPayloadHex *hex;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  journal_fixture_init (&test->fixture);
  test->model = swb_journal_model_new (test->fixture.journal);
  test->view = SWB_PAYLOAD_VIEW (swb_payload_view_new ());
  test->hex = swb_payload_view_get_hex (test->view);
  test->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (test->window, 700, 300);
  gtk_window_set_child (test->window, GTK_WIDGET (test->view));
  gtk_window_present (test->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (test->view));
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_object_ref (test->view);
  gtk_window_destroy (test->window);
  support_finalize (test->view);
  support_finalize (test->model);
  journal_fixture_clear (&test->fixture);
}

static void
show (Test *test, guint index)
{
  g_autoptr (SwbJournalRow) row = NULL;

  journal_fixture_publish (&test->fixture);
  swb_journal_model_update (test->model);
  row = g_list_model_get_item (G_LIST_MODEL (test->model), index);
  swb_payload_view_set_row (test->view, row);
  gtk_widget_queue_draw (GTK_WIDGET (test->view));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (test->view));
}

static const char *
get_text (Test *test, const char *name)
{
  GObject *label = gtk_widget_get_template_child (GTK_WIDGET (test->view),
                                                  SWB_TYPE_PAYLOAD_VIEW, name);

  return gtk_label_get_text (GTK_LABEL (label));
}

static void
assert_selected (Test *test, gsize first, gsize n_bytes)
{
  guint64 actual_first;
  guint64 actual = swb_byte_grid_get_selection (SWB_BYTE_GRID (test->hex), &actual_first);

  g_assert_cmpuint (actual, ==, n_bytes);
  g_assert_cmpuint (actual_first, ==, first);
}

static void
test_selection (Test *test, gconstpointer data)
{
  g_autofree char *some = NULL;
  g_autofree char *all = NULL;

  g_test_summary ("Bytes are selected and copied; without a selection all of them are");
  journal_fixture_append_send (&test->fixture, 1, "hello, bench\n");
  show (test, 0);
  g_assert_cmpstr (get_text (test, "title"), ==, "pane1 → · 13 bytes");
  assert_selected (test, 0, 0);
  swb_byte_grid_select (SWB_BYTE_GRID (test->hex), 7, 5);
  assert_selected (test, 7, 5);
  g_assert_cmpstr (get_text (test, "selection"), ==,
                   "5 bytes selected, from offset 0007 (7) · u8 98");
  some = swb_byte_grid_print (SWB_BYTE_GRID (test->hex), SWB_COPY_TEXT);
  g_assert_cmpstr (some, ==, "bench");

  swb_byte_grid_select (SWB_BYTE_GRID (test->hex), 7, 500);
  assert_selected (test, 7, 6);
  swb_byte_grid_select (SWB_BYTE_GRID (test->hex), 13, 1);
  assert_selected (test, 0, 0);
  all = swb_byte_grid_print (SWB_BYTE_GRID (test->hex), SWB_COPY_TEXT);
  g_assert_cmpstr (all, ==, "hello, bench\n");
  gtk_widget_activate_action (GTK_WIDGET (test->hex), "bytes.select-all", NULL);
  assert_selected (test, 0, 13);
  gtk_test_accessible_assert_role (test->hex, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
}

static gboolean
press (Test *test, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers
      = gtk_widget_observe_controllers (GTK_WIDGET (test->hex));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
    }
  return handled;
}

static void
test_keys (Test *test, gconstpointer data)
{
  g_test_summary ("Arrows move, with Shift they extend, and nothing leaves the bytes");
  journal_fixture_append_send (&test->fixture, 1, "0123456789abcdef0123456789abcdefXYZ");
  show (test, 0);
  g_assert_true (press (test, GDK_KEY_Left, 0));
  assert_selected (test, 0, 1);
  press (test, GDK_KEY_Right, GDK_SHIFT_MASK);
  press (test, GDK_KEY_Right, GDK_SHIFT_MASK);
  assert_selected (test, 0, 3);
  press (test, GDK_KEY_End, GDK_CONTROL_MASK);
  assert_selected (test, 34, 1);
  press (test, GDK_KEY_Right, 0);
  press (test, GDK_KEY_Down, 0);
  press (test, GDK_KEY_Page_Down, 0);
  assert_selected (test, 34, 1);
  press (test, GDK_KEY_Home, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  assert_selected (test, 0, 35);
  press (test, GDK_KEY_Page_Up, 0);
  assert_selected (test, 0, 1);
  g_assert_false (press (test, GDK_KEY_x, 0));
  press (test, GDK_KEY_KP_Right, 0);
  press (test, GDK_KEY_KP_End, GDK_SHIFT_MASK);
  g_assert_true (press (test, GDK_KEY_KP_Left, GDK_SHIFT_MASK));
  assert_selected (test, 1, swb_payload_hex_get_per_line (test->hex) - 2);
}

static void
test_failure (Test *test, gconstpointer data)
{
  g_test_summary ("A call that failed stands in full, with its reason");
  journal_fixture_append_failure (&test->fixture, 1, SWB_CALL_LISTEN, EADDRINUSE);
  show (test, 0);
  g_assert_cmpstr (get_text (test, "title"), ==, "pane1 · listen");
  g_assert_true (
      g_str_has_prefix (get_text (test, "text"), "listen(5, 0) = -1 EADDRINUSE"));
  g_assert_true (g_str_has_prefix (get_text (test, "failure"), "EADDRINUSE: "));
  assert_selected (test, 0, 0);
}

static void
test_note (Test *test, gconstpointer data)
{
  g_test_summary ("A note is a sentence; what a stranger put into it is no markup");
  journal_fixture_append_note (&test->fixture, 0, "<b>bold</b>\nand \xe2\x80\xae turned");
  show (test, 0);
  g_assert_nonnull (strstr (get_text (test, "text"), "<b>bold</b>"));
  g_assert_null (strstr (get_text (test, "text"), "\xe2\x80\xae"));
  swb_payload_view_set_row (test->view, NULL);
  swb_payload_view_set_bench (test->view, NULL);
}

static void
test_packet (Test *test, gconstpointer data)
{
  const SwbRecord record = { .kind = SWB_RECORD_PACKET,
                             .packet = IPPROTO_UDP,
                             .pane = 1,
                             .connection = 1,
                             .fd = -1,
                             .result = 9,
                             .data = (const guint8 *)"\x01\x02packet",
                             .n_data = 8 };

  g_test_summary ("What an imported packet carried is bytes, too; not all were captured");
  swb_journal_append (test->fixture.journal, &record);
  show (test, 0);
  g_assert_nonnull (strstr (get_text (test, "title"), "← · 8 bytes · "));
  swb_byte_grid_select (SWB_BYTE_GRID (test->hex), 2, 6);
  assert_selected (test, 2, 6);
}

/* The largest record there is: opened, scrolled to its end and selected as quickly as a
 * small one. */
static void
test_large (Test *test, gconstpointer data)
{
  g_autofree guint8 *large = g_malloc (SWB_JOURNAL_DATA_MAX);
  g_autoptr (GBytes) bytes = NULL;
  gint64 began;

  g_test_summary ("Sixteen MiB open, scroll to their end and are selected; with -m perf in "
                  "a tenth of a second");
  for (gsize i = 0; i < SWB_JOURNAL_DATA_MAX; i++)
    large[i] = (guint8)(i * 31 + (i >> 8));
  bytes = g_bytes_new_static (large, SWB_JOURNAL_DATA_MAX);
  journal_fixture_append_send (&test->fixture, 1, "x");
  show (test, 0);
  began = g_get_monotonic_time ();
  swb_payload_hex_set_bytes (test->hex, bytes);
  swb_byte_grid_select (SWB_BYTE_GRID (test->hex), 0, 1);
  press (test, GDK_KEY_End, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  assert_selected (test, 0, SWB_JOURNAL_DATA_MAX);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (test->view));
  g_test_message ("%.1f ms", (double)(g_get_monotonic_time () - began) / 1000);
  if (g_test_perf ())
    g_assert_cmpint (g_get_monotonic_time () - began, <, 100000);
  swb_payload_hex_set_bytes (test->hex, NULL);
}

static GObject *
get_child (Test *test, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (test->view), SWB_TYPE_PAYLOAD_VIEW,
                                        name);
}

/* A GiB that is there, although no page of it has been touched but the last. */
static void
test_huge (Test *test, gconstpointer data)
{
  const gsize n_bytes = (gsize)1 << 30;
  char *map = mmap (NULL, n_bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gint64 began;

  g_test_summary ("A GiB opens, scrolls to its end, and is too much for the clipboard");
  g_assert_true (map != MAP_FAILED);
  memcpy (map + n_bytes - 8, "the end.", 8);
  journal_fixture_append_send (&test->fixture, 1, "x");
  show (test, 0);
  bytes = g_bytes_new_static (map, n_bytes);
  began = g_get_monotonic_time ();
  swb_payload_hex_set_bytes (test->hex, bytes);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (test->view));
  press (test, GDK_KEY_Right, 0);
  press (test, GDK_KEY_End, GDK_CONTROL_MASK);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (test->view));
  g_test_message ("opened and at the end after %.1f ms",
                  (double)(g_get_monotonic_time () - began) / 1000);
  assert_selected (test, n_bytes - 1, 1);
  gtk_widget_activate_action (GTK_WIDGET (test->hex), "bytes.select-all", NULL);
  assert_selected (test, 0, n_bytes);
  text = swb_byte_grid_print (SWB_BYTE_GRID (test->hex), SWB_COPY_HEX);
  g_assert_null (text);
  gtk_widget_activate_action (GTK_WIDGET (test->hex), "bytes.copy-hex", NULL);
  g_assert_nonnull (strstr (get_text (test, "selection"), "1,073,741,824"));
  swb_byte_grid_select (SWB_BYTE_GRID (test->hex), n_bytes - 8, 8);
  text = swb_byte_grid_print (SWB_BYTE_GRID (test->hex), SWB_COPY_TEXT);
  g_assert_cmpstr (text, ==, "the end.");
  swb_payload_hex_set_bytes (test->hex, NULL);
  munmap (map, n_bytes);
}

static gboolean
has_found (gpointer data)
{
  Test *test = data;
  guint64 first;

  return swb_byte_grid_get_selection (SWB_BYTE_GRID (test->hex), &first) > 0;
}

static const char *
get_count (GObject *find)
{
  return gtk_label_get_text (GTK_LABEL (
      gtk_widget_get_template_child (GTK_WIDGET (find), SWB_TYPE_PAYLOAD_FIND, "count")));
}

static void
look_for (Test *test, const char *text)
{
  GObject *entry = gtk_widget_get_template_child (GTK_WIDGET (get_child (test, "find")),
                                                  SWB_TYPE_PAYLOAD_FIND, "entry");

  swb_byte_grid_select (SWB_BYTE_GRID (test->hex), 0, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
}

static void
go_on (Test *test, const char *signal)
{
  g_signal_emit_by_name (
      gtk_widget_get_template_child (GTK_WIDGET (get_child (test, "find")),
                                     SWB_TYPE_PAYLOAD_FIND, "entry"),
      signal);
}

static void
test_find (Test *test, gconstpointer data)
{
  GObject *find;

  g_test_summary ("Text and bytes are found, one after the other and round the end");
  journal_fixture_append_send (&test->fixture, 1, "one two ONE\r\ntwo one");
  show (test, 0);
  g_assert_true (swb_payload_view_find (test->view));
  find = get_child (test, "find");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (find)));
  look_for (test, "one");
  journal_fixture_wait (has_found, test);
  assert_selected (test, 0, 3);
  g_assert_cmpstr (get_count (find), ==, "1 of 3");
  go_on (test, "next-match");
  assert_selected (test, 8, 3);
  go_on (test, "next-match");
  go_on (test, "next-match");
  assert_selected (test, 0, 3);
  go_on (test, "previous-match");
  assert_selected (test, 17, 3);
  g_assert_cmpstr (get_count (find), ==, "3 of 3");
  look_for (test, "hex:0d0a");
  journal_fixture_wait (has_found, test);
  assert_selected (test, 11, 2);
  look_for (test, "hex:0");
  g_assert_true (
      gtk_widget_has_css_class (GTK_WIDGET (gtk_widget_get_template_child (
                                    GTK_WIDGET (find), SWB_TYPE_PAYLOAD_FIND, "count")),
                                "error"));
  go_on (test, "stop-search");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (find)));
}

static void
test_encoding (Test *test, gconstpointer data)
{
  GObject *choice = get_child (test, "encoding");
  g_autofree char *text = NULL;

  g_test_summary ("A byte order mark chooses how the text is read");
  journal_fixture_append_send (&test->fixture, 1, "plain");
  journal_fixture_append_send (&test->fixture, 1, "\xfe\xff\x20\xac");
  show (test, 0);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==,
                    SWB_ENCODING_UTF8);
  show (test, 1);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==,
                    SWB_ENCODING_UTF16BE);
  text = swb_byte_grid_print (SWB_BYTE_GRID (test->hex), SWB_COPY_TEXT);
  g_assert_cmpstr (text, ==, "€");
}

static void
test_width (Test *test, gconstpointer data)
{
  GObject *choice = get_child (test, "width");
  static const guint expected[] = { 8, 16, 32 };

  g_test_summary ("Lines of as many bytes as was asked for");
  journal_fixture_append_send (&test->fixture, 1, "0123456789");
  show (test, 0);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), i + 1);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (test->view));
      g_assert_cmpuint (swb_payload_hex_get_per_line (test->hex), ==, expected[i]);
    }
}

static void
test_described (Test *test, gconstpointer data)
{
  g_test_summary ("What is selected is told to who can't see it, and as numbers");
  journal_fixture_append_send (&test->fixture, 1, "\x01\x02");
  show (test, 0);
  swb_byte_grid_select (SWB_BYTE_GRID (test->hex), 0, 2);
  gtk_test_accessible_assert_property (test->hex, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "2 bytes selected, from offset 0000 (0)");
  g_assert_cmpstr (get_text (test, "numbers"), ==, "LE  u16 513\nBE  u16 258");
}

static void
test_gone (Test *test, gconstpointer data)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_RECV,
                       .pane = 1,
                       .result = 6,
                       .ints = { 4096 },
                       .data = (const guint8 *)"abcd",
                       .n_data = 4 };

  g_test_summary ("Bytes that were not kept are no zeros, neither told nor as numbers");
  swb_journal_append (test->fixture.journal, &record);
  show (test, 0);
  swb_byte_grid_select (SWB_BYTE_GRID (test->hex), 4, 2);
  gtk_test_accessible_assert_property (test->hex, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "0000: 61 62 63 64 -- --: abcd");
  g_assert_cmpstr (get_text (test, "selection"), ==,
                   "2 bytes selected, from offset 0004 (4)");
  g_assert_cmpstr (get_text (test, "numbers"), ==, "");
  swb_byte_grid_select (SWB_BYTE_GRID (test->hex), 2, 1);
  g_assert_cmpstr (get_text (test, "numbers"), ==, "LE  u16 25699\nBE  u16 25444");
}

static void
test_right_to_left (Test *test, gconstpointer data)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle first, last;
  GtkWidget *hex;

  g_test_summary ("Digits alone run from left to right, also where words do not");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  hex = g_object_ref_sink (swb_payload_hex_new ());
  layout = gtk_widget_create_pango_layout (hex, "00 01");
  pango_layout_index_to_pos (layout, 0, &first);
  pango_layout_index_to_pos (layout, 3, &last);
  g_assert_cmpint (first.x, <, last.x);
  g_assert_finalize_object (hex);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_let_go (Test *test, gconstpointer data)
{
  SwbByteSource *source;

  g_test_summary ("A search that is open lets go of the bytes with the row");
  journal_fixture_append_send (&test->fixture, 1, "hello");
  show (test, 0);
  g_assert_true (swb_payload_view_find (test->view));
  source = swb_byte_grid_get_source (SWB_BYTE_GRID (test->hex));
  g_object_add_weak_pointer (G_OBJECT (source), (gpointer *)&source);
  swb_payload_view_set_row (test->view, NULL);
  g_assert_null (source);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name)                                                                          \
  g_test_add ("/payload-view/" #name, Test, NULL, set_up, test_##name, tear_down)
  ADD (selection);
  ADD (keys);
  ADD (failure);
  ADD (note);
  ADD (packet);
  ADD (large);
  ADD (huge);
  ADD (find);
  ADD (encoding);
  ADD (width);
  ADD (described);
  ADD (gone);
  ADD (right_to_left);
  ADD (let_go);
#undef ADD
  return g_test_run ();
}

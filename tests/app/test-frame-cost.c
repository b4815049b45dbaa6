/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <sys/socket.h>
#include <unistd.h>

#include "app/conversation/swb-conversation.h"
#include "app/journal/swb-journal-view.h"
#include "app/widgets/swb-row-ration.h"
#include "app/widgets/swb-still.h"
#include "shell-fixture.h"

/* What keeps a frame of the window cheap while its lists change in each of them. */

#define N_DATAGRAMS 100
#define RESOURCES "/io/github/socketworkbench/SocketWorkbench/"

typedef struct
{
  guint n_asked;
  int width;
  int height;
} Child;

static Child asked;

static void
measure_cb (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
            int *natural, int *minimum_baseline, int *natural_baseline)
{
  asked.n_asked++;
  *minimum = *natural = 300;
}

static void
allocate_cb (GtkWidget *widget, int width, int height, int baseline)
{
  asked.width = width;
  asked.height = height;
}

static void
test_asks_nothing (void)
{
  GtkWidget *still = g_object_ref_sink (
      g_object_new (SWB_TYPE_STILL, "width-request", 120, "height-request", 54, NULL));
  GtkWidget *child = g_object_new (ADW_TYPE_BIN, NULL);
  int minimum, natural;

  g_test_summary ("Around a list stands what never asks how large its rows are");
  asked = (Child){ 0 };
  gtk_widget_set_layout_manager (child,
                                 gtk_custom_layout_new (NULL, measure_cb, allocate_cb));
  adw_bin_set_child (ADW_BIN (still), child);
  gtk_widget_measure (still, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                      NULL);
  g_assert_cmpint (minimum, ==, 120);
  g_assert_cmpint (natural, ==, 120);
  gtk_widget_measure (still, GTK_ORIENTATION_VERTICAL, 120, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 54);
  g_assert_cmpint (natural, ==, 54);
  g_assert_cmpuint (asked.n_asked, ==, 0);

  gtk_widget_allocate (still, 500, 400, -1, NULL);
  g_assert_cmpint (asked.width, ==, 500);
  g_assert_cmpint (asked.height, ==, 400);
  g_assert_finalize_object (still);
}

static void
test_empty (void)
{
  GtkWidget *still = g_object_ref_sink (g_object_new (SWB_TYPE_STILL, NULL));
  int minimum;

  g_test_summary ("Without a child it wants nothing, and takes what it is given");
  gtk_widget_measure (still, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 0);
  gtk_widget_allocate (still, 10, 10, -1, NULL);
  g_assert_finalize_object (still);
}

static void
send_to_pane (Shell *shell, guint n_datagrams)
{
  const SwbAddress *address = swb_connection_get_local (
      swb_pane_get_socket (swb_bench_find_pane (shell->bench, "u")));
  int fd = socket (AF_INET, SOCK_DGRAM, 0);

  for (guint i = 0; i < n_datagrams; i++)
    g_assert_cmpint (sendto (fd, "hello", 5, 0, &address->sa, address->length), ==, 5);
  close (fd);
}

/* A pane that heard something, so that both lists have rows. */
static void
set_up (Shell *shell, gconstpointer data)
{
  SwbPane *pane = NULL;

  shell_set_up (shell, data);
  gtk_window_set_default_size (GTK_WINDOW (shell->window), 1280, 860);
  swb_bench_run_text (shell->bench, NULL, "pane u AF_INET SOCK_DGRAM 0");
  swb_bench_run_text (shell->bench, NULL, "u bind 127.0.0.1:0");
  shell_wait ((pane = swb_bench_find_pane (shell->bench, "u")) != NULL
              && swb_pane_get_state (pane) == SWB_STATE_BOUND);
  send_to_pane (shell, 1);
}

static GtkWidget *
wait_for_list (Shell *shell, GType view_type, GType list_type)
{
  GtkWidget *view = NULL, *list = NULL;

  shell_wait ((view = shell_find (GTK_WIDGET (shell->window), view_type, 0)) != NULL
              && (list = shell_find (view, list_type, 0)) != NULL
              && gtk_widget_get_mapped (list));
  return list;
}

static void
assert_stands_still (GtkWidget *list)
{
  GtkWidget *scroller = gtk_widget_get_parent (list);
  GtkWidget *still = gtk_widget_get_parent (scroller);

  g_assert_true (GTK_IS_SCROLLED_WINDOW (scroller));
  g_assert_true (SWB_IS_STILL (still));
}

static void
test_lists_stand_still (Shell *shell, gconstpointer data)
{
  g_test_summary ("Nothing asks the rows of the lists for their sizes");
  assert_stands_still (wait_for_list (shell, SWB_TYPE_CONVERSATION, GTK_TYPE_LIST_VIEW));
  assert_stands_still (wait_for_list (shell, SWB_TYPE_JOURNAL_VIEW, GTK_TYPE_COLUMN_VIEW));
}

typedef struct
{
  gboolean in_frame;
  guint n_changes;
  guint n_in_frame;
} Seen;

static void
begin_frame_cb (Seen *seen)
{
  seen->in_frame = TRUE;
}

static void
end_frame_cb (Seen *seen)
{
  seen->in_frame = FALSE;
}

static void
changed_cb (Seen *seen)
{
  seen->n_changes++;
  seen->n_in_frame += seen->in_frame;
}

static void
test_rows_between_frames (Shell *shell, gconstpointer data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (shell->window));
  GListModel *rows;
  Seen seen = { 0 };

  g_test_summary ("The first rows of a journal come a few at a time, between two frames");
  rows = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (
      wait_for_list (shell, SWB_TYPE_JOURNAL_VIEW, GTK_TYPE_COLUMN_VIEW))));
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (begin_frame_cb), &seen);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (end_frame_cb), &seen);
  g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (changed_cb), &seen);

  send_to_pane (shell, N_DATAGRAMS);
  shell_wait (g_list_model_get_n_items (rows) >= N_DATAGRAMS);
  g_assert_cmpuint (seen.n_changes, >=, N_DATAGRAMS / SWB_ROW_RATION_STEP);
  g_assert_cmpuint (seen.n_in_frame, ==, 0);
  g_signal_handlers_disconnect_by_data (rows, &seen);
  g_signal_handlers_disconnect_by_data (clock, &seen);
}

static GskRenderNode *
paint (Shell *shell)
{
  g_autoptr (GdkPaintable) paintable
      = gtk_widget_paintable_new (GTK_WIDGET (shell->window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, 1280, 860);
  return gtk_snapshot_free_to_node (snapshot);
}

/* In the text of a node a colour that all sides have is written once. */
static void
test_borders (Shell *shell, gconstpointer data)
{
  const char *const of_two_colours
      = "border \\{\\s*colors: [a-z]+\\([^;]*\\) [^;]*;[^}]*\\}";
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GBytes) text = NULL;
  gsize length;
  const char *bytes;

  g_test_summary ("No border is drawn as a mesh: its four sides are of one colour");
  wait_for_list (shell, SWB_TYPE_CONVERSATION, GTK_TYPE_LIST_VIEW);
  wait_for_list (shell, SWB_TYPE_JOURNAL_VIEW, GTK_TYPE_COLUMN_VIEW);
  shell_wait ((node = paint (shell)) != NULL);
  text = gsk_render_node_serialize (node);
  bytes = g_bytes_get_data (text, &length);
  g_assert_nonnull (g_strstr_len (bytes, (gssize)length, "border {"));

  regex = g_regex_new (of_two_colours, 0, 0, NULL);
  g_regex_match_full (regex, bytes, (gssize)length, 0, 0, &match, NULL);
  if (g_match_info_matches (match))
    g_error ("%s", g_match_info_fetch (match, 0));
}

static void
test_style_sheets (void)
{
  const char *const sheets[] = { "style.css", "pane.css", "journal.css" };

  g_test_summary ("No rule gives one side of a border a colour of its own");
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autofree char *path = g_strconcat (RESOURCES, sheets[i], NULL);
      g_autoptr (GBytes) sheet = NULL;
      g_autoptr (GError) error = NULL;

      sheet = g_resources_lookup_data (path, 0, &error);
      g_assert_no_error (error);
      g_assert_false (g_regex_match_simple ("border-(top|right|bottom|left)(-color)?:",
                                            g_bytes_get_data (sheet, NULL), 0, 0));
    }
}

int
main (int argc, char *argv[])
{
  shell_init (&argc, &argv);
  g_test_add_func ("/app/frame-cost/asks-nothing", test_asks_nothing);
  g_test_add_func ("/app/frame-cost/empty", test_empty);
  g_test_add_func ("/app/frame-cost/style-sheets", test_style_sheets);
  g_test_add ("/app/frame-cost/lists-stand-still", Shell, NULL, set_up,
              test_lists_stand_still, shell_tear_down);
  g_test_add ("/app/frame-cost/rows-between-frames", Shell, NULL, set_up,
              test_rows_between_frames, shell_tear_down);
  g_test_add ("/app/frame-cost/borders", Shell, NULL, set_up, test_borders,
              shell_tear_down);
  return g_test_run ();
}

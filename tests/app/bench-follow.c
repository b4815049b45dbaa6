/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/frame-watch.h"
#include "app/bytes/swb-follow-text.h"
#include "app/bytes/swb-payload-hex.h"
#include "journal/bytes/swb-conversation-index.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

/* A conversation of a GiB in a million records: how long until its end is on the screen,
 * and what the frames cost while it's scrolled, as text and as hex. */

#define N_RECORDS 1000000
#define N_BYTES 1073
#define N_STEPS 60
#define LIMIT_MS 33.0

static void
fill (SwbJournal *journal)
{
  static guint8 data[2][N_BYTES];

  for (guint i = 0; i < N_BYTES; i++)
    {
      data[0][i] = i % 70 == 69 ? '\n' : (guint8)('a' + i % 26);
      data[1][i] = (guint8)(i * 2654435761u >> 13);
    }
  for (guint i = 0; i < N_RECORDS; i++)
    {
      SwbRecord record = { .kind = SWB_RECORD_CALL,
                           .call = i % 2 == 0 ? SWB_CALL_SEND : SWB_CALL_RECV,
                           .pane = 1,
                           .fd = 5,
                           .result = N_BYTES,
                           .time_ns = i * G_GINT64_CONSTANT (1000),
                           .data = data[i % 8 == 7],
                           .n_data = N_BYTES };

      swb_journal_append (journal, &record);
      if (i % 1024 == 1023)
        g_assert_true (swb_journal_publish (journal, NULL));
    }
  g_assert_true (swb_journal_publish (journal, NULL));
}

static double
get_ms (gint64 since)
{
  return (double)(g_get_monotonic_time () - since) / 1000;
}

/* All over, from the beginning to the end. */
static void
scroll (GtkWidget *widget, const char *name)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
  double upper = gtk_adjustment_get_upper (adjustment);
  gint64 longest_turn = 0;
  FrameWatch watch;

  frame_watch_init (&watch);
  frame_watch_start (&watch, widget);
  for (int i = 0; i <= N_STEPS; i++)
    {
      gint64 turn = g_get_monotonic_time ();

      gtk_adjustment_set_value (adjustment, upper * i / N_STEPS);
      longest_turn = MAX (longest_turn, g_get_monotonic_time () - turn);
      gtk_test_widget_wait_for_draw (widget);
    }
  frame_watch_print (&watch, name, LIMIT_MS);
  g_print ("%s: a place is found in %.1f ms\n", name, (double)longest_turn / 1000);
  frame_watch_clear (&watch);
}

static void
show (GtkWidget *window, GtkWidget *widget)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), widget);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_test_widget_wait_for_draw (widget);
}

static void
open_text (GtkWidget *window, GtkWidget *text, SwbConversationIndex *index,
           SwbByteSource *source)
{
  gint64 began = g_get_monotonic_time ();

  swb_byte_grid_set_source (SWB_BYTE_GRID (text), source);
  show (window, text);
  g_print ("follow: drawn after %.1f ms\n", get_ms (began));
  while (swb_byte_source_get_length (source) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_print ("follow: first bytes known after %.1f ms\n", get_ms (began));
  while (!swb_conversation_index_is_complete (index))
    g_main_context_iteration (NULL, TRUE);
  g_print ("follow: a million records known after %.1f ms\n", get_ms (began));
  swb_byte_grid_grow (SWB_BYTE_GRID (text));
  gtk_test_widget_wait_for_draw (text);
  g_print ("follow: its end drawn after %.1f ms\n", get_ms (began));
}

static void
measure (SwbJournal *journal)
{
  GtkWidget *window = gtk_window_new ();
  g_autoptr (SwbConversationIndex) index = swb_conversation_index_new (journal, 1, 0);
  g_autoptr (SwbByteSource) source
      = swb_conversation_index_new_source (index, SWB_CONVERSATION_BOTH);
  GtkWidget *text = swb_follow_text_new ();
  GtkWidget *hex = swb_payload_hex_new ();
  FrameWatch watch;

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 800);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  frame_watch_init (&watch);
  frame_watch_start (&watch, window);
  open_text (window, text, index, source);
  frame_watch_print (&watch, "follow, text, opening", LIMIT_MS);
  scroll (text, "follow, text");
  frame_watch_reset (&watch);
  swb_byte_grid_set_source (SWB_BYTE_GRID (hex), source);
  show (window, hex);
  frame_watch_print (&watch, "follow, hex, opening", LIMIT_MS);
  frame_watch_clear (&watch);
  scroll (hex, "follow, hex");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autofree char *parent = g_dir_make_tmp ("swb-bench-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (parent, "journal", NULL);
  SwbJournal *journal;

  gtk_init ();
  adw_init ();
  journal = swb_journal_new (folder, NULL);
  g_assert_nonnull (journal);
  fill (journal);
  measure (journal);
  swb_journal_delete (journal);
  swb_journal_unref (journal);
  return g_rmdir (parent);
}

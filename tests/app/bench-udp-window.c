/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/frame-watch.h"
#include "journal/store/swb-follower.h"
#include "measure.h"
#include "shell-fixture.h"

/* A million datagrams as fast as another process sends them, into a pane of a window that
 * shows the journal meanwhile: how many the kernel threw away, which notes must account for
 * to the last one, and the time of each frame. SWB_BENCH_RECORDS: another number of them.
 */

#define N_DATAGRAMS 1000000
#define DATAGRAM_BYTES 64
#define PATIENCE_US (5 * G_USEC_PER_SEC) /* without news */
#define REST_MS 1000
#define LOST_PERCENT 1.0
#define LIMIT_MS 50.0

typedef struct
{
  guint64 n_kept;
  guint64 n_lost;
  gint64 heard_us; /* when there was news */
} Tally;

static gboolean
tally_cb (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data)
{
  Tally *tally = user_data;
  SwbRecord record;

  for (guint64 i = first; i < first + n_records; i++)
    {
      const SwbEntry *entry = swb_journal_peek_entry (journal, i);

      if (entry->kind == SWB_RECORD_CALL && entry->result >= 0
          && swb_call_get_info (entry->what)->data == SWB_DATA_IN)
        tally->n_kept++;
      else if (entry->kind == SWB_RECORD_NOTE && entry->what == SWB_NOTE_LOST
               && swb_journal_read (journal, i, &record))
        tally->n_lost += (guint64)record.ints[0];
    }
  tally->heard_us = g_get_monotonic_time ();
  return G_SOURCE_CONTINUE;
}

/* Another process from the beginning: forked from the window's it would share all pages
 * with it, and the first frames would pay for a copy of each that they write to. */
typedef struct
{
  pid_t pid;
  int orders; /* to it */
} Sender;

typedef struct
{
  SwbAddress to;
  guint64 n_datagrams;
} Order;

static void
send_all (const Order *order)
{
  char bytes[DATAGRAM_BYTES]
      = "a datagram of sixty-four bytes, sent as fast as one core can";
  int fd = socket (order->to.family, SOCK_DGRAM, 0);

  if (connect (fd, &order->to.sa, order->to.length) != 0)
    _exit (1);
  for (guint64 i = 0; i < order->n_datagrams; i++)
    if (send (fd, bytes, sizeof bytes, 0) != sizeof bytes)
      _exit (2);
  close (fd);
}

static Sender
start_sender (void)
{
  Sender sender;
  Order order;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  sender.pid = fork ();
  sender.orders = fds[1];
  g_assert_cmpint (sender.pid, >=, 0);
  if (sender.pid > 0)
    {
      close (fds[0]);
      return sender;
    }
  close (fds[1]);
  while (read (fds[0], &order, sizeof order) == sizeof order)
    send_all (&order);
  _exit (0);
}

static void
order_datagrams (Sender *sender, const SwbAddress *to, guint64 n_datagrams)
{
  Order order = { *to, n_datagrams };

  g_assert_cmpint (write (sender->orders, &order, sizeof order), ==, sizeof order);
}

static void
end_sender (Sender *sender)
{
  int status;

  close (sender->orders);
  g_assert_cmpint (waitpid (sender->pid, &status, 0), ==, sender->pid);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
rested_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The window is drawn, and waits. */
static void
rest (void)
{
  gboolean rested = FALSE;

  g_timeout_add (REST_MS, rested_cb, &rested);
  while (!rested)
    g_main_context_iteration (NULL, TRUE);
}

/* A window of its own, so that no run finds the rows of another. */
static Tally
run_window (FrameWatch *watch, Sender *sender, guint64 n_datagrams)
{
  g_autoptr (GSource) follower = NULL;
  SwbAddress address;
  Tally tally = { 0 };
  SwbPane *pane;
  Shell shell;

  shell_set_up (&shell, NULL);
  gtk_window_set_default_size (GTK_WINDOW (shell.window), 1280, 860);
  g_assert_cmpuint (swb_bench_run_text (shell.bench, NULL, "pane u AF_INET SOCK_DGRAM 0"),
                    !=, 0);
  g_assert_cmpuint (swb_bench_run_text (shell.bench, NULL, "u bind 127.0.0.1:0"), !=, 0);
  shell_wait ((pane = swb_bench_find_pane (shell.bench, "u")) != NULL
              && swb_pane_get_state (pane) == SWB_STATE_BOUND);
  rest ();
  address = *swb_connection_get_local (swb_pane_get_socket (pane));
  follower = swb_follower_new (swb_bench_get_journal (shell.bench), 0, 16667);
  g_source_set_callback (follower, G_SOURCE_FUNC (tally_cb), &tally, NULL);
  g_source_attach (follower, NULL);

  frame_watch_start (watch, GTK_WIDGET (shell.window));
  order_datagrams (sender, &address, n_datagrams);
  tally.heard_us = g_get_monotonic_time ();
  while (tally.n_kept + tally.n_lost < n_datagrams
         && g_get_monotonic_time () - tally.heard_us < PATIENCE_US)
    g_main_context_iteration (NULL, TRUE);
  frame_watch_stop (watch);
  g_source_destroy (follower);
  shell_tear_down (&shell, NULL);
  return tally;
}

static int
compare_lost (gconstpointer a, gconstpointer b)
{
  guint64 left = ((const Tally *)a)->n_lost, right = ((const Tally *)b)->n_lost;

  return (left > right) - (left < right);
}

int
main (int argc, char *argv[])
{
  guint64 n_datagrams = measure_get_number ("SWB_BENCH_RECORDS", N_DATAGRAMS);
  guint64 n_unaccounted = 0;
  Tally runs[MEASURE_RUNS];
  Sender sender = start_sender ();
  FrameWatch watch;

  shell_init (&argc, &argv);
  frame_watch_init (&watch);
  for (guint i = 0; i < MEASURE_RUNS; i++)
    {
      runs[i] = run_window (&watch, &sender, n_datagrams);
      n_unaccounted += n_datagrams - MIN (runs[i].n_kept + runs[i].n_lost, n_datagrams);
    }
  end_sender (&sender);
  qsort (runs, MEASURE_RUNS, sizeof (Tally), compare_lost);
  g_print ("%" G_GUINT64_FORMAT
           " datagrams of %d bytes, one a send, into a window of 1280 by "
           "860 that shows the journal; %d runs\n",
           n_datagrams, DATAGRAM_BYTES, MEASURE_RUNS);
  g_print ("  lost  median %" G_GUINT64_FORMAT ", least %" G_GUINT64_FORMAT
           ", most %" G_GUINT64_FORMAT "; unaccounted in all runs: %" G_GUINT64_FORMAT "\n",
           runs[MEASURE_RUNS / 2].n_lost, runs[0].n_lost, runs[MEASURE_RUNS - 1].n_lost,
           n_unaccounted);
  measure_print_at_most ("in gap records, median",
                         100.0 * (double)runs[MEASURE_RUNS / 2].n_lost
                             / (double)n_datagrams,
                         " %", LOST_PERCENT);
  fflush (stdout);
  frame_watch_print (&watch, "all runs", LIMIT_MS);
  frame_watch_clear (&watch);
  return n_unaccounted == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

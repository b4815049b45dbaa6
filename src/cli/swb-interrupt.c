/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-interrupt.h"

#include <glib-unix.h>
#include <signal.h>

static int caught; /* atomic */
static GMainContext *context;
static GCancellable *cancellable;

static gboolean
signal_cb (gpointer user_data)
{
  int number = GPOINTER_TO_INT (user_data);

  if (!g_atomic_int_compare_and_exchange (&caught, 0, number))
    {
      signal (number, SIG_DFL);
      raise (number);
    }
  g_cancellable_cancel (cancellable);
  g_main_context_wakeup (NULL);
  return G_SOURCE_CONTINUE;
}

/* A thread of its own, since the main thread may wait for a pipe. */
static gpointer
watch (gpointer user_data)
{
  for (;;)
    g_main_context_iteration (context, TRUE);
  return NULL;
}

void
swb_interrupt_init (void)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

  cancellable = g_cancellable_new ();
  context = g_main_context_new ();
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (GSource) source = g_unix_signal_source_new (signals[i]);

      g_source_set_callback (source, signal_cb, GINT_TO_POINTER (signals[i]), NULL);
      g_source_attach (source, context);
    }
  g_thread_unref (g_thread_new ("signals", watch, NULL));
}

int
swb_interrupt_get_signal (void)
{
  return g_atomic_int_get (&caught);
}

GCancellable *
swb_interrupt_get_cancellable (void)
{
  return cancellable;
}

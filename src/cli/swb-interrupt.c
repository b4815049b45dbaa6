/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-interrupt.h"

#include <signal.h>

static volatile sig_atomic_t caught;
static GCancellable *cancellable;

static void
signal_cb (int number)
{
  caught = number;
}

void
swb_interrupt_init (void)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  struct sigaction action = { .sa_handler = signal_cb, .sa_flags = (int)SA_RESETHAND };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &action, NULL);
}

int
swb_interrupt_get_signal (void)
{
  return caught;
}

GCancellable *
swb_interrupt_get_cancellable (void)
{
  if (cancellable == NULL)
    cancellable = g_cancellable_new ();
  return cancellable;
}

/* Not the handler itself: cancelling takes a lock. */
void
swb_interrupt_progress (guint64 done, guint64 total, gpointer user_data)
{
  if (caught != 0)
    g_cancellable_cancel (swb_interrupt_get_cancellable ());
}

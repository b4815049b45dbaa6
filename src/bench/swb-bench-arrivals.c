/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"

#include "config.h"

#include "bench/swb-bench-private.h"

#include <glib/gi18n.h>

#include "net/swb-catalog.h"
#include "net/swb-error.h"

/* Sockets that came with a message and that nobody asked for get panes of their own; those
 * of one socket that brings them at most SWB_BENCH_MAX_ARRIVALS. */

static guint64
get_way (const SwbRecord *note)
{
  return (guint64)note->pane << 32 | note->connection;
}

/* Panes that are still there. */
static guint
count_arrived (SwbBench *self, guint64 way)
{
  guint n = 0;

  for (guint i = 0; i < self->specs->len; i++)
    {
      SwbSpec *spec = self->specs->pdata[i];

      n += spec->came_over == way && swb_bench_find_spec (self, spec->name) == spec;
    }
  return n;
}

static gboolean
has_room (SwbBench *self, const SwbRecord *note, GError **error)
{
  if (count_arrived (self, get_way (note)) < SWB_BENCH_MAX_ARRIVALS)
    return TRUE;

  g_set_error (
      error, SWB_ERROR, SWB_ERROR_RANGE,
      _ ("at most %d panes are made for what came this way; where some of them are "
         "closed, others can come"),
      SWB_BENCH_MAX_ARRIVALS);
  return FALSE;
}

/* "received AF_INET SOCK_STREAM IPPROTO_TCP" */
static SwbCommand *
make_pane (SwbBench *self, const SwbRecord *note)
{
  SwbSpec *spec = swb_bench_get_spec (self, note->pane);
  g_autofree char *name = swb_bench_dup_free_name (self, "received");
  SwbCommand *command = swb_command_new (SWB_VERB_PANE, name, SWB_CONNECTION_NONE);

  command->numbers[0] = (int)(guint32)note->ints[1];
  command->numbers[1] = (int)(note->ints[1] >> 32);
  command->numbers[2] = (int)note->ints[2];
  /* Translators: the title of a pane for a socket that another pane, of this name, was sent
   */
  command->title = g_strdup_printf (_ ("Came to %s"), spec != NULL ? spec->name : "");
  return command;
}

static gboolean
take (SwbBench *self, const SwbRecord *note, GError **error)
{
  g_autoptr (SwbCommand) pane = make_pane (self, note);
  g_autoptr (SwbCommand) take
      = swb_command_new (SWB_VERB_TAKE, pane->pane, SWB_CONNECTION_NONE);

  take->numbers[0] = (int)note->ints[0];
  if (swb_bench_run (self, pane, error) == 0)
    return FALSE;
  swb_bench_find_spec (self, pane->pane)->came_over = get_way (note);
  return swb_bench_run (self, take, error) != 0;
}

/* It is closed, and named where it came. */
static void
turn_away (SwbBench *self, const SwbRecord *note, const char *reason)
{
  SwbOrder *order = swb_order_new (SWB_VERB_TAKE, 0, (guint)note->connection);
  int domain = (int)(guint32)note->ints[1];
  g_autofree char *domain_name = swb_catalog_print_domain (domain);
  g_autofree char *type = swb_catalog_print_type ((int)(note->ints[1] >> 32));
  g_autofree char *protocol = swb_catalog_print_protocol (domain, (int)note->ints[2]);
  /* Translators: a number, the domain, type and protocol of a socket, and why it was closed
   */
  char *text = g_strdup_printf (_ ("Descriptor %d, a socket %s %s %s, was closed: %s"),
                                (int)note->ints[0], domain_name, type, protocol, reason);

  order->numbers[0] = (int)note->ints[0];
  order->other_pane = note->pane;
  order->bytes = g_bytes_new_take (text, strlen (text));
  swb_engine_submit (self->engine, order);
}

void
swb_bench_welcome (SwbBench *self, const SwbRecord *note)
{
  g_autoptr (GError) error = NULL;

  if (!has_room (self, note, &error) || !take (self, note, &error))
    turn_away (self, note, error->message);
}

gboolean
swb_bench_is_arrival (SwbBench *self, SwbPane *pane)
{
  SwbSpec *spec;

  g_return_val_if_fail (SWB_IS_BENCH (self), FALSE);
  g_return_val_if_fail (SWB_IS_PANE (pane), FALSE);

  spec = swb_bench_get_spec (self, swb_pane_get_id (pane));
  return spec != NULL && spec->came_over != 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-bench"
#include "config.h"

#include "bench/swb-bench-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "journal/store/swb-source.h"
#include "net/swb-catalog.h"
#include "net/swb-error.h"
#include "net/swb-payload.h"

/* A command on its way to the engine. It waits in the queue until its name is resolved, its
 * file is read and those before it are gone. */
struct _SwbJob
{
  SwbBench *bench;
  guint64 id;
  SwbVerb verb;
  guint pane;
  SwbOrder *order;
  SwbSpec *peer; /* (nullable): the pane whose local address is meant */
  guint to;      /* the number of the peer that it answers, SWB_CONNECTION_ALL, or NONE */
  gboolean is_next; /* connects to the next address of the name */
  gint64 began_us;  /* when waiting began */
  GSource *timer;   /* (nullable): ends the waiting when the command's `within` is over */
  guint n_waiting;  /* answers that are still to come */
  GCancellable *cancellable;
  guint16 port;     /* behind the name */
  char *story;      /* how a name became an address; nullable */
  char *problem;    /* nullable */
  gboolean dropped; /* no longer in the queue: freed when the last answer came */
};

static void
job_free (SwbJob *self)
{
  swb_source_clear (&self->timer);
  swb_order_free (self->order);
  g_object_unref (self->cancellable);
  g_free (self->story);
  g_free (self->problem);
  g_free (self);
}

/* --- answers that are waited for --- */

static void
take_answer (SwbJob *self, GError *error)
{
  SwbBench *bench = self->bench;

  if (error != NULL && self->problem == NULL)
    self->problem = g_strdup (error->message);
  self->n_waiting--;

  if (!self->dropped)
    swb_job_pump (bench);
  else if (self->n_waiting == 0)
    job_free (self);
  g_object_unref (bench);
}

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwbJob *self = user_data;
  g_autoptr (GError) error = NULL;

  swb_address_resolve_finish (result, &self->order->address, &self->story, &error);
  take_answer (self, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwbJob *self = user_data;
  g_autoptr (GError) error = NULL;

  self->order->bytes = swb_payload_load_file_finish (result, &error);
  take_answer (self, error);
}

static gboolean
late_cb (gpointer user_data)
{
  SwbJob *self = user_data;

  if (self->problem == NULL)
    self->problem
        = g_strdup (_ ("The name was not resolved, or the file not read, in time"));
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

/* What is waited for here counts against the command's `within`. */
static void
begin_waiting (SwbJob *self)
{
  if (self->n_waiting == 0 && self->order->within_ns >= 0)
    {
      self->began_us = g_get_monotonic_time ();
      self->timer = g_timeout_source_new (
          (guint)MIN ((self->order->within_ns + 999999) / 1000000, G_MAXUINT));
      g_source_set_callback (self->timer, late_cb, self, NULL);
      g_source_attach (self->timer, self->bench->context);
    }
  g_object_ref (self->bench);
  self->n_waiting++;
}

/* --- making --- */

static gboolean
parse_address (SwbJob *self, const SwbCommand *command, SwbSpec *spec, char **host,
               GError **error)
{
  int domain = command->verb == SWB_VERB_UNLINK ? AF_UNIX : spec->domain;
  g_autoptr (GError) local = NULL;
  gsize position = 0;

  if (command->verb != SWB_VERB_UNLINK && command->verb != SWB_VERB_BIND)
    self->peer = swb_bench_find_spec (self->bench, command->address);
  if (self->peer != NULL
      || swb_address_parse (domain, spec->type, command->address, &self->order->address,
                            host, &position, &local))
    return TRUE;

  position = MIN (position, strlen (command->address));
  g_set_error (error, SWB_ERROR, local->code, _ ("%s (character %ld of the address “%s”)"),
               local->message,
               g_utf8_pointer_to_offset (command->address, command->address + position) + 1,
               command->address);
  return FALSE;
}

static void
fill_order (SwbOrder *order, const SwbCommand *command, guint64 id)
{
  order->id = id;
  order->text = swb_command_describe (command);
  order->within_ns = command->within_ns;
  memcpy (order->numbers, command->numbers, sizeof order->numbers);
  if (command->bytes != NULL)
    order->bytes = g_bytes_ref (command->bytes);
  order->path = g_strdup (command->sent_file);
  order->path_flags = command->sent_file_flags;
  order->has_credentials = command->has_credentials;
  memcpy (order->credentials, command->credentials, sizeof order->credentials);
}

/* Datagrams have no connections: "server#2 send" answers the second peer, from the pane's
 * own socket. */
static void
mean_peers (SwbJob *self, const SwbCommand *command, const SwbSpec *spec)
{
  if (command->verb != SWB_VERB_SEND || command->connection == SWB_CONNECTION_NONE
      || swb_catalog_has_connections (spec->domain, spec->type))
    return;

  self->to = command->connection;
  self->verb = self->order->verb = SWB_VERB_SENDTO;
  self->order->connection = SWB_CONNECTION_NONE;
}

/* @spec, @other: (nullable): of the panes that the command names */
static void
fill_from_panes (SwbJob *self, const SwbCommand *command, const SwbSpec *spec,
                 const SwbSpec *other)
{
  SwbOrder *order = self->order;

  if (spec != NULL)
    mean_peers (self, command, spec);
  self->is_next = command->verb == SWB_VERB_NEXT;
  if (self->is_next)
    self->verb = order->verb = SWB_VERB_CONNECT;
  if (other != NULL)
    order->other_pane = other->id;
  if (command->verb == SWB_VERB_SOCKETPAIR)
    {
      order->numbers[0] = spec->domain;
      order->numbers[1] = spec->type;
      order->numbers[2] = spec->protocol;
    }
}

SwbJob *
swb_job_new (SwbBench *bench, const SwbCommand *command, SwbSpec *spec, SwbSpec *other,
             guint64 id, GError **error)
{
  g_autofree char *host = NULL;
  SwbJob *self = g_new0 (SwbJob, 1);

  self->bench = bench;
  self->id = id;
  self->verb = command->verb;
  self->pane = spec ? spec->id : 0;
  self->cancellable = g_cancellable_new ();
  self->order = swb_order_new (command->verb, self->pane, command->connection);
  fill_order (self->order, command, id);
  fill_from_panes (self, command, spec, other);

  if (command->address != NULL && !parse_address (self, command, spec, &host, error))
    {
      job_free (self);
      return NULL;
    }
  if (host != NULL)
    {
      begin_waiting (self);
      self->port = swb_address_get_port (&self->order->address);
      swb_address_resolve_async (spec->domain, host, self->port, self->cancellable,
                                 resolved_cb, self);
    }
  if (command->file != NULL)
    {
      begin_waiting (self);
      swb_payload_load_file_async (command->file, self->cancellable, loaded_cb, self);
    }
  return self;
}

/* --- a pane's name as an address --- */

static gboolean
is_wildcard (const SwbAddress *address)
{
  if (address->family == AF_INET)
    return address->in.sin_addr.s_addr == htonl (INADDR_ANY);
  return address->family == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED (&address->in6.sin6_addr);
}

/* One cannot connect to "every address": the loopback address reaches the same socket. An
 * IPv6 socket on
 * :: takes IPv4 connections too: ipv6(7). */
static void
make_loopback (SwbAddress *address, int domain)
{
  guint16 port = htons (swb_address_get_port (address));

  if (domain == AF_INET)
    {
      *address = (SwbAddress){ .length = sizeof address->in };
      address->in.sin_family = AF_INET;
      address->in.sin_port = port;
      address->in.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
    }
  else
    address->in6.sin6_addr = (struct in6_addr)IN6ADDR_LOOPBACK_INIT;
}

static gboolean
has_place (const SwbAddress *address)
{
  gboolean has_port = address->family == AF_INET || address->family == AF_INET6;

  if (address->length <= sizeof (sa_family_t))
    return FALSE;
  return !has_port || swb_address_get_port (address) != 0;
}

/* The local address of a pane, and as it is given to who names it. */
static gboolean
find_place (SwbBench *bench, const SwbSpec *peer, int domain, SwbAddress *bound,
            SwbAddress *named)
{
  SwbPane *pane = swb_fold_get_pane (bench->fold, peer->id);

  if (pane == NULL)
    return FALSE;
  *bound = *named = *swb_connection_get_local (swb_pane_get_socket (pane));
  if (!has_place (bound))
    return FALSE;
  if (is_wildcard (bound))
    make_loopback (named, domain == AF_INET ? AF_INET : AF_INET6);
  return TRUE;
}

gboolean
swb_bench_get_named_address (SwbBench *self, int domain, const char *name,
                             SwbAddress *address)
{
  SwbSpec *spec = swb_bench_find_spec (self, name);
  SwbAddress bound;

  g_return_val_if_fail (SWB_IS_BENCH (self), FALSE);

  return spec != NULL && find_place (self, spec, domain, &bound, address);
}

static void
use_peer (SwbJob *self)
{
  SwbBench *bench = self->bench;
  SwbSpec *spec = swb_bench_get_spec (bench, self->pane);
  SwbAddress bound;

  if (!find_place (bench, self->peer, spec->domain, &bound, &self->order->address))
    {
      self->problem = g_strdup_printf (
          _ ("%s has no local address yet that one could name: bind it first"),
          self->peer->name);
      return;
    }

  if (is_wildcard (&bound))
    {
      g_autofree char *printed = swb_address_print (&bound);
      g_autofree char *chosen = swb_address_print (&self->order->address);

      self->story = g_strdup_printf (_ ("%s is bound to %s, every address of this machine; "
                                        "%s chosen: the loopback address"),
                                     self->peer->name, printed, chosen);
    }
}

/* --- submitting --- */

static void
submit_note (SwbJob *self, SwbNote note, int number, guint64 id, const char *sentence)
{
  SwbOrder *order = swb_order_new (SWB_VERB_NOTE, self->pane, self->order->connection);

  order->id = id;
  order->numbers[0] = note;
  order->numbers[1] = number;
  order->bytes = g_bytes_new (sentence, strlen (sentence));
  if (id != 0)
    order->text = g_strdup (self->order->text);
  swb_engine_submit (self->bench->engine, order);
}

gboolean
swb_job_may_move (SwbVerb verb)
{
  return verb == SWB_VERB_BIND || verb == SWB_VERB_GETSOCKNAME || verb == SWB_VERB_SENDTO
         || verb == SWB_VERB_LISTEN;
}

static void
submit (SwbJob *self)
{
  SwbBench *bench = self->bench;
  SwbSpec *spec = swb_bench_get_spec (bench, self->pane);

  if (self->story != NULL)
    submit_note (self, SWB_NOTE_RESOLVED, self->port, 0, self->story);
  if (self->problem != NULL)
    {
      g_hash_table_insert (bench->problems, GSIZE_TO_POINTER (self->id),
                           g_strdup (self->problem));
      submit_note (self, SWB_NOTE_PROBLEM, 0, self->id, self->problem);
      return;
    }

  if (self->timer != NULL)
    self->order->within_ns = MAX (
        self->order->within_ns - (g_get_monotonic_time () - self->began_us) * 1000, 0);
  if (spec != NULL && swb_job_may_move (self->verb))
    spec->n_binding++;
  g_hash_table_insert (bench->flights, GSIZE_TO_POINTER (self->id),
                       GUINT_TO_POINTER (self->pane << 8 | self->verb));
  swb_engine_submit (bench->engine, g_steal_pointer (&self->order));
}

void
swb_job_pump (SwbBench *bench)
{
  SwbJob *job;

  while (!bench->stopped && (job = g_queue_peek_head (&bench->jobs)) != NULL)
    {
      if (job->n_waiting > 0)
        return;
      if (job->peer != NULL && job->peer->n_binding > 0 && job->problem == NULL)
        return;

      if (job->peer != NULL && job->problem == NULL)
        use_peer (job);
      if (job->to != SWB_CONNECTION_NONE && job->problem == NULL)
        job->problem = swb_bench_aim_at_peer (bench, job->to, job->order);
      if (job->is_next && job->problem == NULL)
        job->problem = swb_bench_aim_at_next (bench, job->order);
      submit (job);
      g_queue_pop_head (&bench->jobs);
      job_free (job);
    }
}

gboolean
swb_job_cancel (SwbBench *bench, guint64 id)
{
  for (GList *l = bench->jobs.head; l != NULL; l = l->next)
    {
      SwbJob *job = l->data;

      if (job->id != id)
        continue;
      if (job->problem == NULL)
        job->problem = g_strdup (_ ("Cancelled before it began"));
      g_cancellable_cancel (job->cancellable);
      swb_job_pump (bench);
      return TRUE;
    }
  return FALSE;
}

void
swb_job_drop_all (SwbBench *bench)
{
  SwbJob *job;

  while ((job = g_queue_pop_head (&bench->jobs)) != NULL)
    {
      guint64 id = job->id;

      job->dropped = TRUE;
      g_cancellable_cancel (job->cancellable);
      if (job->n_waiting == 0)
        job_free (job);
      swb_bench_emit_outcome (bench, id, -1, _ ("The bench was stopped before it began"));
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-engine.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine/swb-descriptors.h"
#include "engine/swb-drops.h"
#include "engine/swb-pace.h"
#include "engine/swb-station.h"
#include "engine/swb-summary.h"
#include "journal/store/swb-source.h"
#include "net/swb-error.h"

#define EVENTS_PER_TURN 64

/* Sockets that are ready again at once have further turns, for no longer than this. Turning
 * the main loop and writing the journal, which come then, is shared by all of them. */
#define TURN_NS (200 * 1000)

/* --- what other threads ask for --- */

typedef struct
{
  SwbOrder *order;   /* to be performed, or */
  guint64 cancel_id; /* the order to be cancelled, or */
  gboolean stop;
} SwbRequest;

static void
request_free (gpointer data)
{
  SwbRequest *request = data;

  swb_order_free (request->order);
  g_free (request);
}

static void
push_request (SwbEngine *self, SwbRequest request)
{
  g_async_queue_push (self->requests, g_memdup2 (&request, sizeof (request)));
  g_source_set_ready_time (self->request_source, 0);
}

void
swb_engine_submit (SwbEngine *self, SwbOrder *order)
{
  g_return_if_fail (order != NULL && order->verb < SWB_N_VERBS);

  push_request (self, (SwbRequest){ .order = order });
}

void
swb_engine_cancel (SwbEngine *self, guint64 id)
{
  push_request (self, (SwbRequest){ .cancel_id = id });
}

static void
cancel (SwbEngine *self, guint64 id)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->tasks);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (((SwbTask *)key)->order->id == id)
      {
        swb_task_abort (key, ECANCELED);
        return;
      }
}

static gboolean
take_requests_cb (gpointer user_data)
{
  SwbEngine *self = user_data;
  SwbRequest *request;

  g_source_set_ready_time (self->request_source, -1);
  while (!self->stopping && (request = g_async_queue_try_pop (self->requests)) != NULL)
    {
      if (request->order != NULL)
        swb_engine_perform (self, g_steal_pointer (&request->order));
      else if (request->stop)
        self->stopping = TRUE;
      else
        cancel (self, request->cancel_id);
      request_free (request);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_requests (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs request_funcs = { .dispatch = dispatch_requests };

/* --- all sockets behind one epoll descriptor --- */

void
swb_engine_watch (SwbEngine *self, SwbSocket *socket, guint32 events)
{
  struct epoll_event event = { .events = events, .data.ptr = socket };
  int operation = events == 0           ? EPOLL_CTL_DEL
                  : socket->events == 0 ? EPOLL_CTL_ADD
                                        : EPOLL_CTL_MOD;

  if (events == 0 && socket->events == 0)
    return;
  if (epoll_ctl (self->epoll_fd, operation, socket->fd, &event) != 0)
    g_critical ("epoll_ctl of descriptor %d: %s", socket->fd, g_strerror (errno));
  socket->events = events;
}

static void
bury (SwbEngine *self)
{
  for (guint i = 0; i < self->graveyard->len; i++)
    swb_socket_free (g_ptr_array_index (self->graveyard, i));
  g_ptr_array_set_size (self->graveyard, 0);
}

static gboolean
dispatch_round (SwbEngine *self)
{
  struct epoll_event events[EVENTS_PER_TURN];
  int n_events = epoll_wait (self->epoll_fd, events, EVENTS_PER_TURN, 0);

  if (n_events <= 0)
    return FALSE;

  self->round++;
  self->has_polled = TRUE;
  self->is_crowded = n_events == EVENTS_PER_TURN;
  for (int i = 0; i < n_events; i++)
    if (events[i].data.ptr != NULL)
      swb_socket_dispatch (events[i].data.ptr, events[i].events);
    else
      swb_pace_beat (self);
  return TRUE;
}

static gboolean
poll_cb (gpointer user_data)
{
  SwbEngine *self = user_data;
  gint64 end_ns = swb_sys_now_ns () + TURN_NS;

  while (dispatch_round (self) && swb_sys_now_ns () < end_ns)
    ;
  return G_SOURCE_CONTINUE;
}

/* --- the thread --- */

void
swb_engine_append_note (SwbEngine *self, SwbRecord note, const char *text)
{
  note.kind = SWB_RECORD_NOTE;
  note.origin = SWB_ORIGIN_ENGINE;
  note.time_ns = swb_sys_now_ns ();
  note.fd = -1;
  note.data = (const guint8 *)text;
  note.n_data = strlen (text);
  swb_journal_append (self->journal, &note);
}

/* Records that could not be written are told of as soon as writing works again. */
static gboolean
tell_unrecorded (SwbEngine *self)
{
  guint64 n_lost = swb_journal_get_n_unrecorded (self->journal);
  guint64 n_unrecorded, n;
  g_autofree char *text = NULL;

  if (G_LIKELY (n_lost == self->n_unrecorded))
    return FALSE;

  swb_journal_append_owed (self->journal);
  n_unrecorded = swb_journal_get_n_unrecorded (self->journal);
  n = n_unrecorded - self->n_unrecorded;
  if (n == 0)
    return TRUE;

  text = g_strdup_printf ("%" G_GUINT64_FORMAT
                          " records could not be written and are lost: %s",
                          n, g_strerror (self->write_error));
  swb_engine_append_note (
      self,
      (SwbRecord){ .note = SWB_NOTE_UNRECORDED, .ints = { (gint64)n, self->write_error } },
      text);
  self->n_unrecorded = n_unrecorded;
  return TRUE;
}

static const char *
get_event_text (SwbLimitEvent event)
{
  switch (event)
    {
    case SWB_LIMIT_GONE:
      return "the journal is at its limit: its oldest records have gone";
    case SWB_LIMIT_STOPS:
      return "the journal is at its limit: bytes sent and received are not kept from here "
             "on, only calls";
    case SWB_LIMIT_AGAIN:
      return "bytes sent and received are kept again";
    case SWB_LIMIT_UNKEPT:
      return "bytes sent and received were not kept, since the journal was at its limit";
    case SWB_LIMIT_DELETED:
      return "another program deleted files of the journal: what they hold is lost when "
             "this one ends";
    case SWB_LIMIT_CUT:
    default:
      return "another program cut a file of the journal: bytes are lost";
    }
}

static gboolean
tell_limit (SwbEngine *self, gboolean all)
{
  gboolean told = FALSE;
  SwbLimitEvent event;
  gint64 number;

  while (swb_journal_next_event (self->journal, all, &event, &number))
    {
      swb_engine_append_note (
          self, (SwbRecord){ .note = SWB_NOTE_LIMIT, .ints = { event, number } },
          get_event_text (event));
      told = TRUE;
    }
  return told;
}

static void
publish (SwbEngine *self, gboolean all)
{
  guint64 n_told = self->n_unrecorded;
  g_autoptr (GError) error = NULL;

  /* A note that is lost itself leaves its number to the next one. */
  if (swb_journal_publish (self->journal, &error)
      && (tell_unrecorded (self) | tell_limit (self, all) | swb_summary_renew (self))
      && !swb_journal_publish (self->journal, &error))
    self->n_unrecorded = n_told;
  if (error != NULL)
    self->write_error = error->code;
}

void
swb_engine_publish (SwbEngine *self)
{
  publish (self, FALSE);
}

/* What is sent in answer to something is sent when that something is in the files: a peer
 * that has its answer can count on the journal, whatever becomes of this process. */
static void
flush_sockets (SwbEngine *self)
{
  if (self->flushing->len == 0)
    return;

  publish (self, FALSE);
  for (guint i = 0; i < self->flushing->len; i++)
    {
      SwbSocket *socket = g_ptr_array_index (self->flushing, i);

      socket->is_flushing = FALSE;
      if (socket->state != SWB_SOCKET_CLOSED)
        swb_socket_flush (socket);
    }
  g_ptr_array_set_size (self->flushing, 0);
}

static void
abort_all_tasks (SwbEngine *self)
{
  g_autofree gpointer *tasks = g_hash_table_get_keys_as_array (self->tasks, NULL);

  for (guint i = 0; tasks[i] != NULL; i++)
    if (g_hash_table_contains (self->tasks, tasks[i]))
      swb_task_abort (tasks[i], ECANCELED);
}

static gpointer
run (gpointer data)
{
  SwbEngine *self = data;
  sigset_t pipe;

  /* For domains that do not take MSG_NOSIGNAL. */
  sigemptyset (&pipe);
  sigaddset (&pipe, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &pipe, NULL);

  g_main_context_push_thread_default (self->context);
  while (!self->stopping)
    {
      g_main_context_iteration (self->context, swb_drops_may_sleep (self));
      swb_drops_look (self);
      flush_sockets (self);
      bury (self);
      publish (self, FALSE);
    }

  abort_all_tasks (self);
  while (self->n_lookups > 0)
    g_main_context_iteration (self->context, TRUE);
  g_hash_table_remove_all (self->stations);
  swb_descriptors_close_all (self);
  bury (self);
  publish (self, TRUE);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

SwbStation *
swb_engine_get_station (SwbEngine *self, guint pane)
{
  return g_hash_table_lookup (self->stations, GUINT_TO_POINTER (pane));
}

void
swb_engine_note (SwbEngine *self, guint pane, guint connection, SwbNote note, gint64 number,
                 const char *text)
{
  swb_engine_append_note (
      self,
      (SwbRecord){
          .note = note, .pane = pane, .connection = connection, .ints = { number } },
      text);
}

/* --- its life --- */

/* A workbench may hold ten thousand connections; the soft limit of a session is often 1024.
 */
static void
raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
    return;

  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static GSource *
attach_request_source (SwbEngine *self)
{
  GSource *source = g_source_new (&request_funcs, sizeof (GSource));

  g_source_set_static_name (source, "swb-engine requests");
  g_source_set_callback (source, take_requests_cb, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

static GSource *
attach_poll_source (SwbEngine *self)
{
  GSource *source = g_source_new (&request_funcs, sizeof (GSource));

  g_source_set_static_name (source, "swb-engine sockets");
  /* Or GLib takes its descriptor out and in again around each dispatch, and wakes itself up
   * both times: three system calls for nothing. Nobody turns this loop from within. */
  g_source_set_can_recurse (source, TRUE);
  g_source_add_unix_fd (source, self->epoll_fd, G_IO_IN);
  g_source_set_callback (source, poll_cb, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

SwbEngine *
swb_engine_new (SwbJournal *journal, GError **error)
{
  g_autoptr (SwbEngine) self = g_new0 (SwbEngine, 1);

  self->journal = swb_journal_ref (journal);
  self->context = g_main_context_new ();
  self->requests = g_async_queue_new_full (request_free);
  self->stations
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)swb_station_free);
  self->removed = g_hash_table_new (NULL, NULL);
  self->tasks = g_hash_table_new (NULL, NULL);
  self->parked = g_hash_table_new (NULL, NULL);
  self->pace_fd = -1;
  self->graveyard = g_ptr_array_new ();
  self->drained = g_ptr_array_new ();
  self->flushing = g_ptr_array_new ();
  raise_descriptor_limit ();
  self->spare_fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  if (self->epoll_fd < 0 || !swb_pace_init (self))
    {
      g_set_error (error, SWB_ERRNO, errno, "%s: %s",
                   self->epoll_fd < 0 ? "epoll_create1" : "timerfd_create",
                   g_strerror (errno));
      return NULL;
    }

  self->request_source = attach_request_source (self);
  self->poll_source = attach_poll_source (self);
  self->thread = g_thread_try_new ("swb-engine", run, self, error);
  return self->thread != NULL ? g_steal_pointer (&self) : NULL;
}

void
swb_engine_stop (SwbEngine *self)
{
  if (self->thread == NULL)
    return;

  push_request (self, (SwbRequest){ .stop = TRUE });
  g_thread_join (g_steal_pointer (&self->thread));
}

void
swb_engine_free (SwbEngine *self)
{
  if (self == NULL)
    return;

  swb_engine_stop (self);
  swb_source_clear (&self->request_source);
  swb_source_clear (&self->poll_source);
  swb_pace_clear (self);
  swb_sys_batch_free (self->batch);
  if (self->epoll_fd >= 0)
    close (self->epoll_fd);
  if (self->spare_fd >= 0)
    close (self->spare_fd);
  g_hash_table_unref (self->stations);
  g_hash_table_unref (self->removed);
  g_hash_table_unref (self->tasks);
  g_hash_table_unref (self->parked);
  g_ptr_array_unref (self->graveyard);
  g_ptr_array_unref (self->drained);
  g_ptr_array_unref (self->flushing);
  g_async_queue_unref (self->requests);
  g_main_context_unref (self->context);
  swb_journal_unref (self->journal);
  g_free (self);
}

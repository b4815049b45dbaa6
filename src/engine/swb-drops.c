/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-drops.h"

#include <glib/gi18n.h>
#include <linux/sock_diag.h>
#include <poll.h>
#include <sys/epoll.h>

#include "engine/swb-station.h"

/* What the kernel may count for a datagram besides twice its bytes: its structures and the
 * pages a network card wrote it into. */
#define OVERHEAD_MAX 4096

/* And what it counts at least: of small datagrams that came over the loopback. */
#define OVERHEAD_MIN 768

#ifndef SO_MEMINFO
#define SO_MEMINFO 55
#endif

static guint64
get_suspicious (const SwbDrops *drops)
{
  return drops->room / 4;
}

static void
watch (SwbSocket *socket)
{
  if (socket->drops.is_watched)
    return;

  socket->drops.is_watched = TRUE;
  g_ptr_array_add (socket->station->engine->drained, socket);
}

void
swb_drops_forget (SwbSocket *socket)
{
  if (!socket->drops.is_watched)
    return;

  socket->drops.is_watched = FALSE;
  g_ptr_array_remove_fast (socket->station->engine->drained, socket);
}

void
swb_drops_set_room (SwbSocket *socket, guint64 room)
{
  SwbDrops *drops = &socket->drops;

  if (!drops->counts)
    return;

  /* A buffer that was smaller may have been full. */
  if (socket->is_bound && room > drops->room)
    {
      drops->n_drained = room;
      watch (socket);
    }
  drops->room = room;
}

/* @n_unread: bytes of the kernel's memory that are lost with the socket. */
static void
note_lost (SwbSocket *socket, guint32 n_lost, guint32 n_unread, gint64 time_ns,
           const char *text)
{
  SwbRecord record = {
    .kind = SWB_RECORD_NOTE,
    .origin = SWB_ORIGIN_ENGINE,
    .note = SWB_NOTE_LOST,
    .time_ns = time_ns,
    .pane = socket->station->pane,
    .connection = socket->number,
    .fd = -1,
    .ints = { n_lost, n_unread },
    .data = (const guint8 *)text,
    .n_data = strlen (text),
  };

  swb_journal_append (socket->station->engine->journal, &record);
}

static void
tell (SwbSocket *socket, guint32 n_lost, gint64 time_ns)
{
  g_autofree char *text = g_strdup_printf (
      /* Translators: a gap in the list of datagrams that came */
      ngettext ("%u datagram lost here: the receive buffer was full",
                "%u datagrams lost here: the receive buffer was full", n_lost),
      n_lost);

  note_lost (socket, n_lost, 0, time_ns, text);
}

static void
tell_held (SwbSocket *socket)
{
  guint32 n_held = socket->drops.n_held;

  socket->drops.n_held = 0;
  socket->drops.held_bytes = 0;
  if (n_held > 0)
    tell (socket, n_held, swb_sys_now_ns ());
}

/* Returns: how much is lost that nobody has been told of. A message that lay in the queue
 * while the counter was asked knows of less. */
static guint32
take_lost (SwbDrops *drops, guint32 n_dropped)
{
  guint32 n_lost = n_dropped - drops->n_told;

  if (!drops->counts || n_lost > G_MAXINT32)
    return 0;

  drops->n_told = n_dropped;
  return n_lost;
}

void
swb_drops_drained (SwbSocket *socket, gsize n_bytes)
{
  SwbDrops *drops = &socket->drops;

  if (!drops->counts)
    return;

  drops->n_drained += 2 * n_bytes + OVERHEAD_MAX;
  drops->held_bytes -= MIN (drops->held_bytes, n_bytes + OVERHEAD_MIN);
  if (drops->held_bytes == 0)
    tell_held (socket);
  if (drops->n_drained >= get_suspicious (drops) / 2)
    watch (socket);
}

gboolean
swb_drops_heard (SwbSocket *socket, guint32 n_dropped, gint64 time_ns)
{
  guint32 n_lost = take_lost (&socket->drops, n_dropped);

  if (n_lost > 0)
    tell (socket, n_lost, time_ns);
  return n_lost > 0;
}

static void
hold (SwbSocket *socket, guint32 n_lost, guint32 n_unread)
{
  SwbDrops *drops = &socket->drops;

  if (drops->n_held == 0)
    drops->held_bytes = n_unread;
  drops->n_held += n_lost;
  if (drops->held_bytes == 0 || n_unread == 0)
    tell_held (socket);
  else if (drops->n_held > 0)
    watch (socket);
}

/* Returns: bytes of the kernel's memory that lie in the queue. */
static guint32
ask (SwbSocket *socket, gboolean is_final)
{
  SwbEngine *engine = socket->station->engine;
  guint32 info[SK_MEMINFO_VARS] = { 0 };
  gsize length = sizeof (info);

  socket->drops.n_drained = 0;
  if (swb_sys_getsockopt (engine->journal, swb_socket_who (socket, SWB_ORIGIN_ENGINE),
                          socket->fd, SOL_SOCKET, SO_MEMINFO, info, &length)
          != 0
      || length <= SK_MEMINFO_DROPS * sizeof (info[0]))
    return 0;

  /* More came since the queue was seen empty: those messages will tell, in place. */
  if (socket->drops.is_exact && !is_final && info[SK_MEMINFO_RMEM_ALLOC] > 0)
    {
      socket->drops.n_drained = socket->drops.room;
      watch (socket);
      return info[SK_MEMINFO_RMEM_ALLOC];
    }

  hold (socket, take_lost (&socket->drops, info[SK_MEMINFO_DROPS]),
        info[SK_MEMINFO_RMEM_ALLOC]);
  return info[SK_MEMINFO_RMEM_ALLOC];
}

void
swb_drops_pause (SwbSocket *socket)
{
  SwbDrops *drops = &socket->drops;

  /* With SO_RXQ_OVFL the messages in the queue will tell, at the right place. */
  if (drops->counts && !drops->is_exact && drops->n_drained >= get_suspicious (drops))
    ask (socket, FALSE);
}

static gboolean
is_readable (SwbSocket *socket)
{
  struct pollfd poll_fd = { .fd = socket->fd, .events = POLLIN };

  return poll (&poll_fd, 1, 0) == 1;
}

void
swb_drops_settle (SwbSocket *socket, gboolean is_last)
{
  SwbDrops *drops = &socket->drops;
  gboolean has_unread;
  guint32 n_unread;

  if (!drops->counts)
    return;

  has_unread = is_readable (socket);
  if (!has_unread && drops->n_drained < get_suspicious (drops))
    {
      tell_held (socket);
      return;
    }

  n_unread = ask (socket, TRUE);
  tell_held (socket);
  if (is_last && has_unread && n_unread > 0)
    {
      g_autofree char *text = g_strdup_printf (
          /* Translators: a number of bytes of the receive buffer of a socket that is closed
           */
          ngettext ("what lay unread in %u byte of the receive buffer goes with the socket",
                    "what lay unread in %u bytes of the receive buffer goes with the "
                    "socket",
                    n_unread),
          n_unread);

      note_lost (socket, 0, n_unread, swb_sys_now_ns (), text);
    }
}

/* --- queues that will run empty --- */

gboolean
swb_drops_may_sleep (SwbEngine *engine)
{
  for (guint i = 0; i < engine->drained->len; i++)
    if (!((SwbSocket *)g_ptr_array_index (engine->drained, i))->pace.is_paced)
      return FALSE;
  return TRUE;
}

/* An epoll that had no room for more events says nothing of those it left out. */
static gboolean
was_ready (SwbEngine *engine, const SwbSocket *socket)
{
  return engine->has_polled && (engine->is_crowded || socket->last_round == engine->round);
}

static void
settle_empty (SwbSocket *socket)
{
  if (socket->drops.n_drained >= get_suspicious (&socket->drops))
    {
      ask (socket, FALSE);
      return;
    }
  tell_held (socket);
  socket->drops.n_drained = 0;
}

void
swb_drops_look (SwbEngine *engine)
{
  for (guint i = engine->drained->len; i > 0; i--)
    {
      SwbSocket *socket = g_ptr_array_index (engine->drained, i - 1);
      gboolean is_read = (socket->events & EPOLLIN) != 0;

      if (socket->pace.is_paced)
        continue;
      if (is_read && was_ready (engine, socket))
        continue;

      /* A socket that nobody reads stays suspicious until somebody does. */
      swb_drops_forget (socket);
      if (is_read)
        settle_empty (socket);
    }
  engine->has_polled = FALSE;
}

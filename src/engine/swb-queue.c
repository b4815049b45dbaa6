/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-queue.h"

#include <errno.h>
#include <netinet/tcp.h>

#include "engine/swb-task.h"

static gboolean
is_tcp (const SwbStation *station)
{
  return (station->domain == AF_INET || station->domain == AF_INET6)
         && station->type == SOCK_STREAM
         && (station->protocol == 0 || station->protocol == IPPROTO_TCP);
}

gboolean
swb_queue_can_be_seen (const SwbSocket *self)
{
  return is_tcp (self->station)
         || (self->station->domain == AF_UNIX && self->station->type != SOCK_DGRAM);
}

/* Of a listener these two mean the queue: tcp_get_info() in the kernel. */
static int
ask_tcp (SwbSocket *self, SwbRecordOrigin origin, guint *n_queued, guint *limit)
{
  struct tcp_info info = { 0 };
  gsize length = sizeof (info);

  if (swb_sys_getsockopt (self->station->engine->journal, swb_socket_who (self, origin),
                          self->fd, IPPROTO_TCP, TCP_INFO, &info, &length)
      != 0)
    return errno;

  *n_queued = info.tcpi_unacked;
  *limit = info.tcpi_sacked;
  return 0;
}

/* Returns: 0 or an errno */
static int
ask (SwbSocket *self, SwbRecordOrigin origin, guint *n_queued, guint *limit)
{
  if (self->state != SWB_SOCKET_LISTENING)
    return EINVAL;
  if (is_tcp (self->station))
    return ask_tcp (self, origin, n_queued, limit);
  if (self->station->domain == AF_UNIX)
    return swb_sys_ask_unix_queue (self->fd, n_queued, limit);
  return EOPNOTSUPP;
}

static void
tell (SwbSocket *self, guint n_queued, guint limit)
{
  g_autofree char *waiting = n_queued == 1
                                 ? g_strdup ("1 connection waits")
                                 : g_strdup_printf ("%u connections wait", n_queued);
  g_autofree char *text
      = g_strdup_printf ("%s to be accepted; no more come in when more than %u wait%s",
                         waiting, limit, n_queued > limit ? ": the queue is full" : "");

  self->queue_told = (gint64)n_queued << 32 | limit;
  swb_engine_append_note (self->station->engine,
                          (SwbRecord){ .note = SWB_NOTE_QUEUE,
                                       .pane = self->station->pane,
                                       .ints = { n_queued, limit } },
                          text);
}

void
swb_queue_look (SwbSocket *self)
{
  guint n_queued, limit;

  if (!swb_queue_can_be_seen (self)
      || ask (self, SWB_ORIGIN_ENGINE, &n_queued, &limit) != 0)
    return;
  if (self->queue_told != ((gint64)n_queued << 32 | limit))
    tell (self, n_queued, limit);
}

void
swb_queue_do (SwbStation *station, SwbTask *task)
{
  guint n_queued, limit;
  int error = station->own != NULL
                  ? ask (station->own, SWB_ORIGIN_COMMAND, &n_queued, &limit)
                  : EINVAL;
  const char *problem = NULL;

  if (error == 0)
    tell (station->own, n_queued, limit);
  else if (error == EINVAL)
    problem = "this socket does not listen, so it has no queue of connections";
  else if (error == EOPNOTSUPP)
    problem
        = "the kernel does not tell how many connections wait for a socket of this kind";
  else if (error == ENOENT)
    problem = "the kernel does not tell: its module unix_diag is not there";
  if (problem != NULL)
    swb_engine_note (station->engine, station->pane, SWB_CONNECTION_NONE, SWB_NOTE_PROBLEM,
                     error, problem);
  swb_task_done (task, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-engine-private.h"

#include <errno.h>
#include <string.h>

#include "engine/swb-socket.h"
#include "engine/swb-station.h"
#include "engine/swb-task.h"

/* The orders that move bytes, and descriptors beside them. */

static void
complain (SwbSocket *socket, const char *text)
{
  swb_engine_note (socket->station->engine, socket->station->pane, socket->number,
                   SWB_NOTE_PROBLEM, 0, text);
}

/* The same bytes to each address; the last one's answer ends it. */
static void
send_to_all (SwbSocket *socket, GBytes *bytes, SwbTask *task)
{
  const SwbOrder *order = task->order;

  for (guint i = 0; i < order->n_addresses; i++)
    swb_socket_send (socket, bytes, order->numbers[0], &order->addresses[i],
                     SWB_ORIGIN_COMMAND, swb_task_share (task));
  swb_task_done (task, 0);
}

void
swb_engine_do_send (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  const SwbOrder *order = task->order;
  g_autoptr (GBytes) bytes
      = order->bytes ? g_bytes_ref (order->bytes) : g_bytes_new (NULL, 0);
  gboolean has_to = order->verb == SWB_VERB_SENDTO && order->address.length > 0;

  swb_task_start_timer (task);
  if (order->addresses != NULL)
    {
      send_to_all (socket, bytes, task);
      return;
    }
  swb_socket_send (socket, bytes, order->numbers[0], has_to ? &order->address : NULL,
                   SWB_ORIGIN_COMMAND, task);
}

/* The descriptor of another pane's own socket, as a control message: unix(7). Returns: its
 * length, 0 for none. */
static gsize
put_rights (SwbStation *other, guint8 *room, gsize n_room)
{
  struct msghdr message = { .msg_control = room, .msg_controllen = n_room };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);

  memset (room, 0, n_room);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof (int));
  memcpy (CMSG_DATA (header), &other->own->fd, sizeof (int));
  return n_room;
}

/* Made once, now: a descriptor that waited in the outbox might be closed until then. */
void
swb_engine_do_sendmsg (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  const SwbOrder *order = task->order;
  SwbStation *other = swb_engine_get_station (station->engine, order->other_pane);
  guint8 control[CMSG_SPACE (sizeof (int))] __attribute__ ((aligned (16)));
  gsize n_control = 0, length = 0;
  const void *data = order->bytes ? g_bytes_get_data (order->bytes, &length) : NULL;
  gssize n;

  if (!g_queue_is_empty (&socket->outbox.parcels))
    {
      complain (socket, "earlier bytes wait in the outbox: try again when they are gone");
      swb_task_done (task, EAGAIN);
      return;
    }
  if (order->other_pane != 0 && (other == NULL || other->own == NULL))
    {
      complain (socket, "the pane whose descriptor is to be sent has no socket");
      swb_task_done (task, EBADF);
      return;
    }
  if (order->other_pane != 0)
    n_control = put_rights (other, control, sizeof (control));

  do
    n = swb_sys_sendmsg (
        station->engine->journal, swb_socket_who (socket, SWB_ORIGIN_COMMAND), socket->fd,
        data ? data : "", length, order->numbers[0] | MSG_NOSIGNAL, control, n_control);
  while (n < 0 && errno == EINTR);

  if (n >= 0 && (gsize)n < length)
    {
      g_autoptr (GBytes) rest
          = g_bytes_new_from_bytes (order->bytes, (gsize)n, length - (gsize)n);

      swb_socket_send (socket, rest, order->numbers[0], NULL, SWB_ORIGIN_COMMAND, task);
    }
  else
    swb_task_done (task, n < 0 ? errno : 0);
}

void
swb_engine_do_recv (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  if (station->recv_auto && swb_socket_is_apart (task))
    swb_socket_recv_now (socket, task);
  else if (station->recv_auto && socket->n_unclaimed > 0)
    {
      socket->n_unclaimed = 0;
      swb_task_done (task, 0);
    }
  /* No event tells that the result of a cryptographic operation is there: it always is. */
  else if (socket->state != SWB_SOCKET_OPEN || station->domain == AF_ALG)
    swb_socket_recv_now (socket, task);
  else
    {
      g_queue_push_tail (&socket->recv_tasks, task);
      swb_task_start_timer (task);
      swb_socket_update (socket);
    }
}

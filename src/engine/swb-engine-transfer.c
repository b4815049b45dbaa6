/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-engine-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "engine/swb-flags.h"
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

/* What goes beside the bytes: unix(7). */
typedef struct
{
  guint8 room[CMSG_SPACE (2 * sizeof (int)) + CMSG_SPACE (sizeof (struct ucred))]
      __attribute__ ((aligned (16)));
  gsize n_bytes;
  int file; /* that was opened for it, or -1 */
} Control;

static void
put (Control *control, int type, const void *data, gsize length)
{
  struct cmsghdr *header = (struct cmsghdr *)(control->room + control->n_bytes);

  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = type;
  header->cmsg_len = CMSG_LEN (length);
  memcpy (CMSG_DATA (header), data, length);
  control->n_bytes += CMSG_SPACE (length);
}

/* Not to wait for the other end of a named pipe; who receives it gets it as open() makes
 * it. */
static int
open_file (SwbSocket *socket, const SwbOrder *order)
{
  int fd = open (order->path, order->path_flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  int error = errno;

  if (fd >= 0)
    {
      fcntl (fd, F_SETFL, fcntl (fd, F_GETFL) & ~O_NONBLOCK);
      return fd;
    }

  g_autofree char *shown = g_filename_display_name (order->path);
  g_autofree char *text
      = g_strdup_printf ("the file %s could not be opened: %s", shown, g_strerror (error));

  complain (socket, text);
  errno = error;
  return -1;
}

static void
put_credentials (Control *control, const SwbOrder *order)
{
  gboolean is_own = order->credentials[0] == 0;
  struct ucred credentials = {
    .pid = is_own ? getpid () : order->credentials[0],
    .uid = is_own ? getuid () : (uid_t)order->credentials[1],
    .gid = is_own ? getgid () : (gid_t)order->credentials[2],
  };

  put (control, SCM_CREDENTIALS, &credentials, sizeof (credentials));
}

/* Returns: 0 or an errno, with a note why */
static int
fill_control (SwbStation *station, SwbSocket *socket, const SwbOrder *order,
              Control *control)
{
  SwbStation *other = swb_engine_get_station (station->engine, order->other_pane);
  int fds[2];
  gsize n_fds = 0;

  if (order->other_pane != 0 && (other == NULL || other->own == NULL))
    {
      complain (socket, "the pane whose descriptor is to be sent has no socket");
      return EBADF;
    }
  if (order->other_pane != 0)
    fds[n_fds++] = other->own->fd;
  if (order->path != NULL)
    {
      control->file = open_file (socket, order);
      if (control->file < 0)
        return errno;
      fds[n_fds++] = control->file;
    }
  if (n_fds > 0)
    put (control, SCM_RIGHTS, fds, n_fds * sizeof (int));
  if (order->has_credentials)
    put_credentials (control, order);
  return 0;
}

/* What is sent at once must not overtake. Returns: whether @task is over. */
static gboolean
is_behind_others (SwbSocket *socket, SwbTask *task)
{
  if (g_queue_is_empty (&socket->outbox.parcels))
    return FALSE;

  complain (socket, "earlier bytes wait in the outbox: try again when they are gone");
  swb_task_done (task, EAGAIN);
  return TRUE;
}

/* Made once, now: a descriptor that waited in the outbox might be closed until then. */
static gssize
send_message (SwbSocket *socket, const SwbOrder *order, const Control *control)
{
  gsize length = 0;
  const void *data = order->bytes ? g_bytes_get_data (order->bytes, &length) : NULL;
  gssize n;

  do
    n = swb_sys_sendmsg (
        socket->station->engine->journal, swb_socket_who (socket, SWB_ORIGIN_COMMAND),
        socket->fd, data ? data : "", length,
        order->numbers[0] | swb_flags_get_sending (socket->station->domain), control->room,
        control->n_bytes);
  while (n < 0 && errno == EINTR);
  return n;
}

/* Sends what the kernel did not take of a message: it would be missing in the stream. */
static void
send_rest (SwbSocket *socket, GBytes *bytes, gsize n_sent, SwbTask *task)
{
  g_autoptr (GBytes) rest
      = g_bytes_new_from_bytes (bytes, n_sent, g_bytes_get_size (bytes) - n_sent);

  swb_socket_send (socket, rest, task->order->numbers[0], NULL, SWB_ORIGIN_COMMAND, task);
}

void
swb_engine_do_sendmsg (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  const SwbOrder *order = task->order;
  gsize length = order->bytes ? g_bytes_get_size (order->bytes) : 0;
  Control control = { .file = -1 };
  gssize n = -1;
  int error;

  if (is_behind_others (socket, task))
    return;

  error = fill_control (station, socket, order, &control);
  if (error == 0)
    n = send_message (socket, order, &control);
  if (error == 0 && n < 0)
    error = errno;
  if (control.file >= 0)
    close (control.file);

  if (error == 0 && (gsize)n < length)
    send_rest (socket, order->bytes, (gsize)n, task);
  else
    swb_task_done (task, error);
}

/* Made once, now; messages that did not go wait in the outbox, to be sent one by one. */
void
swb_engine_do_sendmmsg (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  const SwbOrder *order = task->order;
  g_autoptr (GBytes) bytes
      = order->bytes ? g_bytes_ref (order->bytes) : g_bytes_new_static ("", 0);
  gsize length, n_last;
  const void *data = g_bytes_get_data (bytes, &length);
  int n;

  if (is_behind_others (socket, task))
    return;
  do
    n = swb_sys_sendmmsg (
        station->engine->journal, swb_socket_who (socket, SWB_ORIGIN_COMMAND), socket->fd,
        data ? data : "", length,
        order->numbers[0] | swb_flags_get_sending (socket->station->domain),
        (guint)order->numbers[2], &n_last);
  while (n < 0 && errno == EINTR);

  if (n < 0 && errno != EAGAIN)
    {
      swb_task_done (task, errno);
      return;
    }
  if (n > 0 && n_last < length)
    send_rest (socket, bytes, n_last, swb_task_share (task));
  for (n = MAX (n, 0); n < order->numbers[2]; n++)
    swb_socket_send (socket, bytes, order->numbers[0], NULL, SWB_ORIGIN_COMMAND,
                     swb_task_share (task));
  swb_task_done (task, 0);
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
  else if (socket->state != SWB_SOCKET_OPEN || station->domain == AF_ALG
           || (task->order->numbers[1] & MSG_DONTWAIT) != 0)
    swb_socket_recv_now (socket, task);
  else
    {
      g_queue_push_tail (&socket->recv_tasks, task);
      swb_task_start_timer (task);
      swb_socket_update (socket);
    }
}

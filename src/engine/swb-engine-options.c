/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-engine-private.h"

#include <errno.h>
#include <string.h>

#include "engine/swb-descriptors.h"
#include "engine/swb-station.h"
#include "engine/swb-task.h"
#include "net/swb-option.h"

/* The orders that set and read what a socket is like. */

gboolean
swb_engine_is_rcvbuf (const SwbOrder *order)
{
  return order->verb == SWB_VERB_SETSOCKOPT && order->numbers[0] == SOL_SOCKET
         && (order->numbers[1] == SO_RCVBUF || order->numbers[1] == SO_RCVBUFFORCE)
         && order->bytes != NULL && g_bytes_get_size (order->bytes) == sizeof (int);
}

/* A receive buffer that a person asks for is the pane's: its next sockets ask for the same.
 */
static void
took_rcvbuf (SwbStation *station, SwbSocket *socket, const SwbOrder *order,
             gboolean succeeded)
{
  int asked;

  if (!swb_engine_is_rcvbuf (order) || socket != station->own
      || !swb_station_loses_datagrams (station))
    return;

  memcpy (&asked, g_bytes_get_data (order->bytes, NULL), sizeof (asked));
  if (succeeded)
    swb_station_set_rcvbuf (station, order->numbers[1], asked);
  swb_station_ask_given (station, socket);
}

/* As long as the queue of errors is not empty, epoll says so: it has to be read then. */
static void
took_recverr (SwbSocket *socket, const SwbOrder *order)
{
  const int *numbers = order->numbers;
  int value = 0;

  if (!(numbers[0] == IPPROTO_IP && numbers[1] == IP_RECVERR)
      && !(numbers[0] == IPPROTO_IPV6 && numbers[1] == IPV6_RECVERR))
    return;
  if (order->bytes != NULL && g_bytes_get_size (order->bytes) >= sizeof (value))
    memcpy (&value, g_bytes_get_data (order->bytes, NULL), sizeof (value));
  socket->has_errors = value != 0 || socket->has_errors;
}

void
swb_engine_do_setsockopt (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  GBytes *bytes = task->order->bytes;
  gsize length = 0;
  const void *value = bytes ? g_bytes_get_data (bytes, &length) : NULL;
  int result = swb_sys_setsockopt (station->engine->journal,
                                   swb_socket_who (socket, SWB_ORIGIN_COMMAND), socket->fd,
                                   swb_option_level_get_number (task->order->numbers[0]),
                                   task->order->numbers[1], value, length);
  int error = result < 0 ? errno : 0;

  took_rcvbuf (station, socket, task->order, result == 0);
  if (result == 0)
    took_recverr (socket, task->order);
  swb_task_done (task, error);
}

/* Returns: what the call returned. @value: (out): room of SWB_OPTION_ROOM bytes */
static int
read_option (SwbStation *station, SwbWho who, int fd, int level, int name, gsize room,
             guint8 *value)
{
  const SwbOption *option
      = swb_option_find (swb_option_level_in (station->domain, level), name);
  gsize length = room > 0 ? room : swb_option_get_room (option);

  memset (value, 0, SWB_OPTION_ROOM);
  length = MIN (length, SWB_OPTION_ROOM);
  return swb_sys_getsockopt (station->engine->journal, who, fd,
                             swb_option_level_get_number (level), name, value, &length);
}

/* All that a level has, as far as reading leaves it as it is. */
static void
read_level (SwbStation *station, SwbSocket *socket, int level)
{
  SwbWho who = swb_socket_who (socket, SWB_ORIGIN_SURVEY);
  guint8 value[SWB_OPTION_ROOM];
  guint n;
  const SwbOption *options
      = swb_option_get_level (swb_option_level_in (station->domain, level), &n);

  for (guint i = 0; i < n; i++)
    if ((options[i].flags & (SWB_OPTION_READ | SWB_OPTION_TAKES)) == SWB_OPTION_READ)
      read_option (station, who, socket->fd, level, options[i].name, 0, value);
}

/* The number of a process says little, and its name can be had only now. */
static void
tell_peer (SwbSocket *socket, const guint8 *value)
{
  struct ucred credentials;

  memcpy (&credentials, value, sizeof (credentials));
  swb_descriptors_tell_process (socket, &credentials, SWB_NOTE_PEER);
}

void
swb_engine_do_getsockopt (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  const int *numbers = task->order->numbers;
  guint8 value[SWB_OPTION_ROOM];
  int result, error;

  if (numbers[1] == SWB_OPTION_ALL)
    {
      read_level (station, socket, numbers[0]);
      swb_task_done (task, 0);
      return;
    }
  result = read_option (station, swb_socket_who (socket, SWB_ORIGIN_COMMAND), socket->fd,
                        numbers[0], numbers[1], (gsize)MAX (numbers[2], 0), value);
  error = errno;
  if (result == 0 && numbers[0] == SOL_SOCKET && numbers[1] == SO_PEERCRED)
    tell_peer (socket, value);
  swb_task_done (task, result < 0 ? error : 0);
}

void
swb_engine_do_ioctl (SwbStation *station, SwbSocket *socket, SwbTask *task)
{
  int value = 0, result;

  result = swb_sys_ioctl (station->engine->journal,
                          swb_socket_who (socket, SWB_ORIGIN_COMMAND), socket->fd,
                          task->order->numbers[0], &value);
  swb_task_done (task, result < 0 ? errno : 0);
}

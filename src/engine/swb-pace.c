/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-pace.h"

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "engine/swb-station.h"

/* So many datagrams are looked at together: were they quick, and few at a time? */
#define WINDOW 64

/* A datagram each 25 µs, or more. */
#define WINDOW_NS (WINDOW * 25 * 1000)

/* Read more at a time than this, on average, they are not worth a pause. */
#define FEW_A_SPELL 8

/* A buffer must hold what comes in a beat, many times over. */
#define ROOM_MIN (256u * 1024)

/* A beat that finds fewer than this is an idle one: 20,000 a second. */
#define IDLE_BELOW 4
#define IDLE_BEATS 3

/* Once: a beat follows when the reading of this one is over. */
static void
set_beat (SwbEngine *engine)
{
  struct itimerspec timer
      = { .it_value.tv_nsec = engine->paced->len > 0 ? SWB_PACE_BEAT_US * 1000 : 0 };

  timerfd_settime (engine->pace_fd, 0, &timer, NULL);
}

gboolean
swb_pace_init (SwbEngine *engine)
{
  /* By edges, so that nobody needs to read the timer. */
  struct epoll_event event = { .events = EPOLLIN | EPOLLET, .data.ptr = NULL };

  engine->paced = g_ptr_array_new ();
  engine->pace_fd = timerfd_create (CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  return engine->pace_fd >= 0
         && epoll_ctl (engine->epoll_fd, EPOLL_CTL_ADD, engine->pace_fd, &event) == 0;
}

void
swb_pace_clear (SwbEngine *engine)
{
  g_clear_pointer (&engine->paced, g_ptr_array_unref);
  if (engine->pace_fd >= 0)
    close (engine->pace_fd);
  engine->pace_fd = -1;
}

static void
start_window (SwbPace *pace)
{
  *pace = (SwbPace){ .is_paced = pace->is_paced, .since_ns = swb_sys_now_ns () };
}

static void
enter (SwbSocket *socket)
{
  SwbEngine *engine = socket->station->engine;

  socket->pace.is_paced = TRUE;
  g_ptr_array_add (engine->paced, socket);
  if (engine->paced->len == 1)
    set_beat (engine);
}

void
swb_pace_forget (SwbSocket *socket)
{
  SwbEngine *engine = socket->station->engine;

  if (!socket->pace.is_paced)
    return;

  g_ptr_array_remove_fast (engine->paced, socket);
  if (engine->paced->len == 0)
    set_beat (engine);
  socket->pace.is_paced = FALSE;
  start_window (&socket->pace);
}

/* A full budget leaves more than one beat can take: epoll goes on with it at once. */
static void
judge_beat (SwbSocket *socket, guint n_read, gboolean is_dry)
{
  SwbPace *pace = &socket->pace;

  pace->n_idle_beats = n_read < IDLE_BELOW ? pace->n_idle_beats + 1 : 0;
  if (!is_dry || pace->n_idle_beats >= IDLE_BEATS)
    swb_pace_forget (socket);
}

static gboolean
may_wait (const SwbSocket *socket)
{
  return socket->drops.counts && socket->drops.room >= ROOM_MIN
         && socket->station->recv_auto && socket->station->reply == SWB_REPLY_NONE;
}

static void
judge_spell (SwbSocket *socket, guint n_read)
{
  SwbPace *pace = &socket->pace;
  gboolean was_quick, were_few;

  pace->n_reads += n_read;
  pace->n_spells++;
  if (pace->n_reads < WINDOW)
    return;

  was_quick = swb_sys_now_ns () - pace->since_ns < WINDOW_NS;
  were_few = pace->n_reads < pace->n_spells * FEW_A_SPELL;
  start_window (pace);
  if (was_quick && were_few)
    enter (socket);
}

void
swb_pace_took (SwbSocket *socket, guint n_read, gboolean is_dry)
{
  if (socket->state != SWB_SOCKET_OPEN || !may_wait (socket))
    swb_pace_forget (socket);
  else if (socket->pace.is_paced)
    judge_beat (socket, n_read, is_dry);
  else
    judge_spell (socket, n_read);
}

void
swb_pace_beat (SwbEngine *engine)
{
  /* One that receives may leave, and others with it. */
  for (guint i = engine->paced->len; i > 0; i = MIN (i - 1, engine->paced->len))
    swb_socket_receive (g_ptr_array_index (engine->paced, i - 1));
  if (engine->paced->len > 0)
    set_beat (engine);
}

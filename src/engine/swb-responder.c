/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-responder.h"

#include "engine/swb-station.h"

/* RFC 864: 95 printing characters, turned by one from line to line, 72 to the line. */
#define CHARGEN_WIDTH 72
#define CHARGEN_LINE (CHARGEN_WIDTH + 2)
#define CHARGEN_CHARACTERS 95
#define CHARGEN_LINES_AT_ONCE 128
#define CHARGEN_DATAGRAM_MAX 512

static void
write_chargen_line (guint8 *line, guint64 number)
{
  for (guint i = 0; i < CHARGEN_WIDTH; i++)
    line[i] = (guint8)(' ' + (number + i) % CHARGEN_CHARACTERS);
  line[CHARGEN_WIDTH] = '\r';
  line[CHARGEN_WIDTH + 1] = '\n';
}

static GBytes *
make_chargen (SwbSocket *socket, guint n_lines)
{
  guint8 *text = g_malloc (n_lines * CHARGEN_LINE);

  for (guint i = 0; i < n_lines; i++)
    write_chargen_line (text + i * CHARGEN_LINE, socket->chargen_line++);
  return g_bytes_new_take (text, n_lines * CHARGEN_LINE);
}

/* "The UDP character generator service answers with a datagram of a random number (0 to
 * 512) of characters." */
static GBytes *
make_chargen_datagram (SwbSocket *socket)
{
  g_autoptr (GBytes) lines = make_chargen (socket, CHARGEN_DATAGRAM_MAX / CHARGEN_LINE + 1);

  return g_bytes_new_from_bytes (lines, 0,
                                 g_random_int_range (0, CHARGEN_DATAGRAM_MAX + 1));
}

/* RFC 867 asks for no particular form, but for ASCII, whatever the user's language; this is
 * the form it shows. */
static GBytes *
make_daytime (void)
{
  static const char *const days[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  };
  static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
  };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *rest = g_date_time_format (now, "%d, %Y %H:%M:%S-%Z");
  char *text
      = g_strdup_printf ("%s, %s %s\r\n", days[g_date_time_get_day_of_week (now) - 1],
                         months[g_date_time_get_month (now) - 1], rest);

  return g_bytes_new_take (text, strlen (text));
}

static void
say (SwbSocket *socket, GBytes *bytes, const SwbAddress *to)
{
  swb_socket_answer (socket, bytes, to);
}

static gboolean
is_chargen_stream (SwbSocket *socket)
{
  return socket->station->reply == SWB_REPLY_CHARGEN && socket->is_stream
         && socket->has_peer;
}

gboolean
swb_responder_wants_to_send (SwbSocket *socket)
{
  return socket->state == SWB_SOCKET_OPEN && is_chargen_stream (socket);
}

void
swb_responder_refill (SwbSocket *socket)
{
  g_autoptr (GBytes) lines = NULL;

  if (!swb_responder_wants_to_send (socket) || !g_queue_is_empty (&socket->outbox.parcels))
    return;

  lines = make_chargen (socket, CHARGEN_LINES_AT_ONCE);
  swb_outbox_push (&socket->outbox, lines, 0, NULL, SWB_ORIGIN_RESPONDER, NULL);
}

void
swb_responder_greet (SwbSocket *socket)
{
  if (socket->is_datagram || !socket->has_peer)
    return;

  if (socket->station->reply == SWB_REPLY_DAYTIME)
    {
      g_autoptr (GBytes) daytime = make_daytime ();

      socket->closes_when_drained = TRUE;
      say (socket, daytime, NULL);
    }
  else if (is_chargen_stream (socket))
    swb_socket_update (socket);
}

static GBytes *
make_answer (SwbSocket *socket, const guint8 *data, gsize length)
{
  switch (socket->station->reply)
    {
    case SWB_REPLY_ECHO:
      return g_bytes_new (data, length);
    case SWB_REPLY_FIXED:
      return g_bytes_ref (socket->station->reply_bytes);
    case SWB_REPLY_DAYTIME:
      return socket->is_datagram ? make_daytime () : NULL;
    case SWB_REPLY_CHARGEN:
      return socket->is_stream ? NULL : make_chargen_datagram (socket);
    case SWB_REPLY_NONE:
    case SWB_REPLY_DISCARD:
    case SWB_N_REPLIES:
    default:
      return NULL;
    }
}

static void
pause_reading (SwbSocket *socket)
{
  socket->is_paused = TRUE;
  swb_engine_note (socket->station->engine, socket->station->pane, socket->number,
                   SWB_NOTE_PAUSED, SWB_RESPONDER_LIMIT,
                   "reading stopped: the peer does not take the answers");
}

void
swb_responder_answer (SwbSocket *socket, const guint8 *data, gsize length,
                      const SwbAddress *from)
{
  g_autoptr (GBytes) answer = make_answer (socket, data, length);

  /* A unix datagram from an unnamed socket has no address to answer to. */
  if (answer == NULL || (from != NULL && from->length <= sizeof (sa_family_t)))
    return;

  say (socket, answer, from);
  if (socket->state == SWB_SOCKET_OPEN && socket->outbox.n_bytes > SWB_RESPONDER_LIMIT
      && !socket->is_paused)
    pause_reading (socket);
}

/* A peer that will say nothing more gets what is still on its way, then the connection
 * ends. */
void
swb_responder_end (SwbSocket *socket)
{
  if (socket->station->reply == SWB_REPLY_NONE || socket->number == SWB_CONNECTION_NONE)
    return;

  socket->closes_when_drained = TRUE;
  if (g_queue_is_empty (&socket->outbox.parcels))
    swb_socket_close (socket, SWB_ORIGIN_RESPONDER);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/conversation/swb-speech.h"

#include "app/conversation/swb-speech-details.h"
#include "app/journal/swb-journal-format.h"
#include "app/widgets/swb-local-time.h"
#include "bench/swb-bench-dissect.h"
#include "bench/swb-constants.h"
#include "journal/notation/swb-message-facts.h"
#include "journal/notation/swb-notation.h"
#include "journal/notation/swb-note-text.h"
#include "net/swb-errno.h"
#include "net/swb-payload.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <linux/sockios.h>

#define HEX_MAX_BYTES 48 /* shown below what a packet is */

struct _SwbSpeech
{
  GObject parent_instance;

  SwbBench *bench;
  SwbPane *pane;
  guint64 position;
  SwbReply reply;
  SwbRecord record; /* its data lies in the journal, which the bench keeps */
  gboolean is_gone; /* the journal has it no more */
};

G_DEFINE_FINAL_TYPE (SwbSpeech, swb_speech, G_TYPE_OBJECT)

static gboolean
is_payload_call (guint call)
{
  SwbDataUse use = swb_call_get_info (call)->data;

  return use == SWB_DATA_IN || use == SWB_DATA_OUT;
}

static gboolean
ends_peer (int error)
{
  return error == ECONNRESET || error == EPIPE || error == ECONNABORTED
         || error == ETIMEDOUT || error == ECONNREFUSED || error == EHOSTUNREACH
         || error == ENETUNREACH;
}

/* What a person asked the kernel, whose answer is all that there is of it. */
static gboolean
is_question (guint call)
{
  return call == SWB_CALL_IOCTL || call == SWB_CALL_GETSOCKNAME
         || call == SWB_CALL_GETPEERNAME || call == SWB_CALL_SOCKETPAIR;
}

gboolean
swb_speech_is_shown (const SwbEntry *entry)
{
  if (entry->kind == SWB_RECORD_PACKET)
    return entry->result > 0;
  if (entry->kind == SWB_RECORD_NOTE)
    return entry->what == SWB_NOTE_LOST || entry->what == SWB_NOTE_PROCESS
           || entry->what == SWB_NOTE_PEER || entry->what == SWB_NOTE_SENDER
           || entry->what == SWB_NOTE_DESCRIPTOR;
  if (entry->kind != SWB_RECORD_CALL)
    return FALSE;
  if (is_payload_call (entry->what))
    return entry->result >= 0 || ends_peer (-entry->result);
  if (entry->what == SWB_CALL_CONNECT)
    return entry->result >= 0 || ends_peer (-entry->result);
  if (is_question (entry->what))
    return entry->origin == SWB_ORIGIN_COMMAND && entry->result >= 0;
  /* The answer to a connect that was under way is read by SO_ERROR. */
  if (entry->what == SWB_CALL_GETSOCKOPT)
    return entry->origin == SWB_ORIGIN_ENGINE && entry->result >= 0;
  return (entry->what == SWB_CALL_ACCEPT || entry->what == SWB_CALL_SHUTDOWN
          || entry->what == SWB_CALL_CLOSE)
         && entry->result >= 0;
}

static void
swb_speech_dispose (GObject *object)
{
  SwbSpeech *self = SWB_SPEECH (object);

  g_clear_object (&self->bench);
  g_clear_object (&self->pane);

  G_OBJECT_CLASS (swb_speech_parent_class)->dispose (object);
}

static void
swb_speech_class_init (SwbSpeechClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_speech_dispose;
}

static void
swb_speech_init (SwbSpeech *self)
{
}

SwbSpeech *
swb_speech_new (SwbBench *bench, SwbPane *pane, guint64 position, SwbReply reply)
{
  SwbSpeech *self = g_object_new (SWB_TYPE_SPEECH, NULL);

  self->bench = g_object_ref (bench);
  self->pane = g_object_ref (pane);
  self->position = position;
  self->reply = reply;
  self->is_gone
      = !swb_journal_read (swb_bench_get_journal (bench), position, &self->record);
  if (self->is_gone)
    self->record.kind = SWB_RECORD_NOTE;
  return self;
}

guint64
swb_speech_get_position (SwbSpeech *self)
{
  return self->position;
}

/* By the call, not by the bytes: of an empty datagram there are none. */
static gboolean
came_in (SwbSpeech *self)
{
  if (self->record.kind == SWB_RECORD_PACKET)
    return swb_record_get_direction (&self->record) < 0;
  return swb_call_get_info (self->record.call)->data == SWB_DATA_IN;
}

static gboolean
is_eof (SwbSpeech *self)
{
  return self->record.result == 0 && came_in (self)
         && swb_pane_has_connections (self->pane);
}

SwbSpeechSide
swb_speech_get_side (SwbSpeech *self)
{
  gboolean has_payload
      = self->record.kind == SWB_RECORD_PACKET
        || (self->record.kind == SWB_RECORD_CALL && is_payload_call (self->record.call));

  if (!has_payload || self->record.result < 0 || is_eof (self))
    return SWB_SPEECH_EVENT;
  return came_in (self) ? SWB_SPEECH_IN : SWB_SPEECH_OUT;
}

char *
swb_speech_print_size (guint64 n_bytes)
{
  g_autofree char *count = swb_journal_format_number (n_bytes);

  return g_strdup_printf ("%s B", count);
}

static char *
dup_time (SwbSpeech *self)
{
  gint64 wall_ns
      = swb_journal_to_wall_ns (swb_bench_get_journal (self->bench), self->record.time_ns);
  gint64 ms = wall_ns / 1000000;
  g_autoptr (GDateTime) time = swb_local_time_new (ms / 1000);
  g_autofree char *seconds = time != NULL ? g_date_time_format (time, "%H:%M:%S") : NULL;

  if (seconds == NULL || self->is_gone)
    return g_strdup ("");
  return g_strdup_printf ("%s.%03d", seconds, (int)(ms % 1000));
}

/* The address in the record, else the peer that the socket is connected to. */
static char *
dup_peer (SwbSpeech *self)
{
  SwbConnection *connection;

  if (self->record.address.length > 0)
    return swb_bench_show_address (self->bench, &self->record.address);
  connection = swb_pane_find_connection (self->pane, self->record.connection);
  if (connection == NULL)
    return g_strdup ("");
  return swb_bench_show_address (self->bench, swb_connection_get_peer (connection));
}

/* What :: takes of IPv4 has such an address. */
static gboolean
is_mapped (SwbSpeech *self)
{
  const SwbAddress *address = &self->record.address;

  return address->family == AF_INET6 && address->length >= sizeof address->in6
         && IN6_IS_ADDR_V4MAPPED (&address->in6.sin6_addr);
}

static const char *
get_reply_word (SwbSpeech *self)
{
  /* Translators: an answer that a server pane sent by itself */
  return self->reply == SWB_REPLY_NONE ? _ ("reply") : swb_reply_get_name (self->reply);
}

static char *
dup_who (SwbSpeech *self, SwbSpeechSide side)
{
  if (self->record.origin == SWB_ORIGIN_RESPONDER)
    return g_strdup (get_reply_word (self));
  /* A client has one peer; a server says to whom. */
  if (side == SWB_SPEECH_OUT && self->record.connection == 0
      && self->record.address.length == 0)
    return g_strdup ("");
  if (side == SWB_SPEECH_IN && swb_speech_describe_frame (&self->record) != NULL)
    return g_strdup (swb_speech_describe_frame (&self->record));
  return dup_peer (self);
}

char *
swb_speech_dup_caption (SwbSpeech *self)
{
  SwbSpeechSide side = swb_speech_get_side (self);
  g_autofree char *time = dup_time (self);
  g_autofree char *size = NULL;
  g_autofree char *who = NULL;

  if (side == SWB_SPEECH_EVENT)
    return g_steal_pointer (&time);
  size = swb_speech_print_size (self->record.n_data
                                + swb_record_get_n_unkept (&self->record));
  who = dup_who (self, side);
  if (who[0] == '\0')
    return g_strdup_printf ("%s · %s", size, time);
  if (is_mapped (self))
    /* Translators: a datagram of an IPv4 sender on an IPv6 socket: %s are address, size and
     * time */
    return g_strdup_printf (_ ("%s (IPv4) · %s · %s"), who, size, time);
  return g_strdup_printf ("%s · %s · %s", who, size, time);
}

/* The engine's note of it stands right behind the call. */
static char *
dup_cut (SwbSpeech *self)
{
  SwbJournal *journal = swb_bench_get_journal (self->bench);
  g_autofree char *size = NULL;
  SwbRecord note;

  if (!came_in (self) || self->position + 1 >= swb_journal_get_n_records (journal)
      || !swb_journal_read (journal, self->position + 1, &note)
      || note.kind != SWB_RECORD_NOTE || note.note != SWB_NOTE_TRUNCATED
      || note.pane != self->record.pane || note.connection != self->record.connection)
    return NULL;
  size = swb_speech_print_size ((guint64)note.ints[0]);
  /* Translators: %s is how many bytes of a datagram did not fit */
  return g_strdup_printf (_ ("cut short: %s are gone"), size);
}

char *
swb_speech_dup_details (SwbSpeech *self)
{
  g_autofree char *call = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *control = NULL;
  const char *parts[4] = { NULL };
  guint n = 0;

  if (swb_speech_get_side (self) == SWB_SPEECH_EVENT
      || self->record.kind != SWB_RECORD_CALL)
    return g_strdup ("");
  cut = dup_cut (self);
  call = swb_speech_describe_call (&self->record);
  control = swb_message_facts_dup (&self->record, swb_bench_get_journal (self->bench));
  if (cut != NULL)
    parts[n++] = cut;
  if (call[0] != '\0')
    parts[n++] = call;
  if (control != NULL)
    parts[n++] = control;
  return g_strjoinv (" · ", (char **)parts);
}

static char *
dup_error_text (SwbSpeech *self, int error)
{
  return g_strdup_printf ("%s: %s", swb_call_get_info (self->record.call)->name,
                          swb_errno_name (error));
}

static char *
dup_connected_text (SwbSpeech *self)
{
  g_autofree char *peer = dup_peer (self);

  if (peer[0] == '\0')
    return g_strdup (_ ("connected"));
  /* Translators: %s is the address of a peer */
  return g_strdup_printf (_ ("connected to %s"), peer);
}

static char *
dup_accepted_text (SwbSpeech *self)
{
  g_autofree char *peer = dup_peer (self);

  if (peer[0] == '\0')
    return g_strdup (_ ("connection accepted"));
  if (is_mapped (self))
    /* Translators: %s is the address of a client, ::ffff: and an IPv4 address */
    return g_strdup_printf (_ ("%s accepted, over IPv4"), peer);
  /* Translators: %s is the address of a client */
  return g_strdup_printf (_ ("%s accepted"), peer);
}

static char *
dup_progress_text (SwbSpeech *self)
{
  int error = 0;

  memcpy (&error, self->record.data, MIN (sizeof error, self->record.n_data));
  if (error == 0)
    return dup_connected_text (self);
  return g_strdup_printf ("connect: %s", swb_errno_name (error));
}

static char *
dup_shutdown_text (SwbSpeech *self)
{
  static const char *const names[] = { "SHUT_RD", "SHUT_WR", "SHUT_RDWR" };
  gint64 how = self->record.ints[0];

  return g_strdup_printf ("shutdown %s", how >= 0 && how <= 2 ? names[how] : "?");
}

static char *
dup_ioctl_text (SwbSpeech *self)
{
  g_autofree char *request = swb_constants_print_request ((int)self->record.ints[0]);
  g_autofree char *size = swb_speech_print_size ((guint64)MAX (self->record.ints[1], 0));

  if (self->record.ints[0] == SIOCATMARK)
    return g_strdup_printf ("%s: %s", request,
                            self->record.ints[1] != 0
                                ? _ ("the next byte to read is at the urgent mark")
                                : _ ("not at the urgent mark"));
  return g_strdup_printf ("%s: %s", request, size);
}

static char *
dup_question_text (SwbSpeech *self)
{
  g_autofree char *name = swb_bench_show_address (self->bench, &self->record.address);
  const char *call = swb_call_get_info (self->record.call)->name;

  if (self->record.call == SWB_CALL_IOCTL)
    return dup_ioctl_text (self);
  if (self->record.call == SWB_CALL_SOCKETPAIR)
    return g_strdup (_ ("socketpair: two sockets that are each other’s peer"));
  return g_strdup_printf ("%s: %s", call, name[0] != '\0' ? name : _ ("without a name"));
}

/* A descriptor that came and was not kept is another one than the socket's. */
static char *
dup_closed_text (SwbSpeech *self)
{
  SwbConnection *connection
      = swb_pane_find_connection (self->pane, self->record.connection);
  int fd = connection != NULL ? swb_connection_get_fd (connection) : -1;

  if (self->record.origin == SWB_ORIGIN_ENGINE && fd >= 0 && self->record.fd != fd)
    return g_strdup_printf (_ ("descriptor %d closed"), self->record.fd);
  return g_strdup (_ ("closed"));
}

static char *
dup_event_text (SwbSpeech *self)
{
  char *sentence = swb_note_dup_sentence (&self->record);

  if (sentence != NULL)
    return sentence;
  if (self->is_gone)
    return g_strdup (_ ("no longer in the journal"));
  if (self->record.kind == SWB_RECORD_NOTE && self->record.n_data > 0)
    return g_strndup ((const char *)self->record.data, self->record.n_data);
  if (self->record.result < 0)
    return dup_error_text (self, self->record.error);
  if (is_question (self->record.call))
    return dup_question_text (self);
  switch (self->record.call)
    {
    case SWB_CALL_CONNECT:
      return dup_connected_text (self);
    case SWB_CALL_ACCEPT:
      return dup_accepted_text (self);
    case SWB_CALL_GETSOCKOPT:
      return dup_progress_text (self);
    case SWB_CALL_SHUTDOWN:
      return dup_shutdown_text (self);
    case SWB_CALL_CLOSE:
      return dup_closed_text (self);
    default:
      return g_strdup (_ ("end of stream: the peer sends no more"));
    }
}

/* What a packet is, and below it its bytes: as text they say little. */
static char *
dup_packet_text (SwbSpeech *self, const char *line)
{
  gsize n_shown = MIN (self->record.n_data, HEX_MAX_BYTES);
  g_autofree char *hex = swb_payload_print_hex (self->record.data, n_shown, " ");

  return g_strdup_printf ("%s\n%s%s", line, hex, n_shown < self->record.n_data ? " …" : "");
}

char *
swb_speech_dup_text (SwbSpeech *self)
{
  g_autofree char *line = NULL;

  if (swb_speech_get_side (self) == SWB_SPEECH_EVENT)
    return dup_event_text (self);
  if (self->record.n_data == 0 && swb_record_get_n_unkept (&self->record) > 0)
    return swb_notation_dup_unkept (swb_record_get_n_unkept (&self->record));
  if (self->record.n_data == 0)
    return g_strdup (_ ("(empty)"));
  line = swb_bench_dissect (self->bench, &self->record);
  if (line != NULL)
    return dup_packet_text (self, line);
  return swb_payload_display (self->record.data, self->record.n_data, SWB_ENCODING_UTF8,
                              SWB_SPEECH_MAX_CHARS);
}

char *
swb_speech_dup_sender (SwbSpeech *self)
{
  gboolean answerable = swb_speech_get_side (self) == SWB_SPEECH_IN
                        && self->record.kind == SWB_RECORD_CALL
                        && self->record.address.length > sizeof (sa_family_t)
                        && swb_pane_has_peers (self->pane);

  return answerable ? swb_address_print (&self->record.address) : NULL;
}

GBytes *
swb_speech_dup_bytes (SwbSpeech *self)
{
  if (swb_speech_get_side (self) == SWB_SPEECH_EVENT)
    return g_bytes_new (NULL, 0);
  return g_bytes_new (self->record.data, self->record.n_data);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-json.h"

#include "journal/notation/swb-json-arguments.h"
#include "journal/notation/swb-json-reader.h"
#include "journal/notation/swb-notation-private.h"
#include "net/swb-errno.h"

#include <string.h>

static gboolean
get_message (SwbJsonReader *self)
{
  const char *text = "";

  if (swb_json_reader_has (self, "message")
      && !swb_json_reader_get_string (self, "message", &text))
    return FALSE;

  /* Bytes that are no UTF-8 are beside the text that stands for them. */
  if (!swb_json_reader_has (self, "data"))
    g_byte_array_append (self->bytes, (const guint8 *)text, (guint)strlen (text));
  return swb_json_reader_get_data (self, "data");
}

/* --- addresses --- */

gboolean
swb_json_parse_address (const char *text, SwbAddress *address)
{
  static const int domains[] = { AF_INET, AF_INET6, AF_UNIX };

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      g_autofree char *host = NULL;

      if (swb_address_parse (domains[i], SOCK_STREAM, text, address, &host, NULL, NULL)
          && host == NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
get_sockaddr (SwbJsonReader *self, SwbAddress *address)
{
  guint8 *at = (guint8 *)&address->storage;
  const char *text;

  if (!swb_json_reader_get_string (self, "sockaddr", &text))
    return FALSE;
  if (strlen (text) % 2 != 0 || strlen (text) / 2 > sizeof address->storage)
    return swb_json_reader_fail (self, "sockaddr");

  memset (address, 0, sizeof *address);
  for (; *text != '\0'; text += 2)
    {
      int high = g_ascii_xdigit_value (text[0]), low = g_ascii_xdigit_value (text[1]);

      if (high < 0 || low < 0)
        return swb_json_reader_fail (self, "sockaddr");
      *at++ = (guint8)(high << 4 | low);
      address->length++;
    }
  return TRUE;
}

static gboolean
get_address (SwbJsonReader *self)
{
  gint64 room = 0;
  const char *text;

  if (!swb_json_reader_get_optional_int (self, "address_room", 0, G_MAXUINT, &room))
    return FALSE;

  self->record->address_room = (guint)room;
  if (swb_json_reader_has (self, "sockaddr"))
    return get_sockaddr (self, &self->record->address);
  if (!swb_json_reader_has (self, "address"))
    return TRUE;
  return swb_json_reader_get_string (self, "address", &text)
         && (swb_json_parse_address (text, &self->record->address)
             || swb_json_reader_fail (self, "address"));
}

/* --- calls --- */

/* Control messages lie behind the data; their text is for people. */
static gboolean
get_control (SwbJsonReader *self)
{
  guint before = self->bytes->len;

  if (!swb_call_has_messages (self->record->call)
      || !swb_json_reader_has (self, "control_data"))
    return TRUE;
  if (!swb_json_reader_get_data (self, "control_data"))
    return FALSE;
  if (self->bytes->len - before > SWB_RECORD_CONTROL_MAX)
    return swb_json_reader_fail (self, "control_data");

  self->record->n_control = self->bytes->len - before;
  return TRUE;
}

static gboolean
get_call (SwbJsonReader *self)
{
  const char *name;

  if (!swb_json_reader_get_string (self, "call", &name))
    return FALSE;
  self->record->call = swb_call_from_name (name);
  if (self->record->call == SWB_CALL_NONE)
    return swb_json_reader_fail (self, "call");
  return swb_json_read_arguments (self) && swb_json_reader_get_data (self, "data")
         && get_control (self);
}

/* --- the other kinds --- */

static gboolean
get_note (SwbJsonReader *self)
{
  g_autofree char *line = NULL;
  g_autofree char *pane = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *name;
  SwbRecord parsed;

  if (!swb_json_reader_get_string (self, "note", &name))
    return FALSE;
  line = g_strdup_printf ("x 0.0 * %s", name);
  if (!swb_notation_parse (line, &parsed, &pane, &bytes, NULL))
    return swb_json_reader_fail (self, "note");

  self->record->note = parsed.note;
  return swb_json_reader_get_ints (self, "values") && get_message (self);
}

/* The numbers of packets are parsed where lines of text have them. */
static gboolean
get_packet (SwbJsonReader *self)
{
  const char *protocol = "", *direction = NULL, *flags = "";
  gint64 window = 0, seq = 0, ack = 0, repeated = 0, length = 0;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GByteArray) none = g_byte_array_new ();

  if (!swb_json_reader_get_string (self, "protocol", &protocol)
      || (swb_json_reader_has (self, "direction")
          && !swb_json_reader_get_string (self, "direction", &direction))
      || (swb_json_reader_has (self, "flags")
          && !swb_json_reader_get_string (self, "flags", &flags))
      || !swb_json_reader_get_optional_int (self, "window", 0, G_MAXUINT16, &window)
      || !swb_json_reader_get_optional_int (self, "seq", 0, G_MAXUINT32, &seq)
      || !swb_json_reader_get_optional_int (self, "ack", 0, G_MAXUINT32, &ack)
      || !swb_json_reader_get_optional_int (self, "repeated", 0, G_MAXINT32, &repeated)
      || !swb_json_reader_get_int (self, "length", 0, G_MAXINT32, &length))
    return FALSE;

  if (direction != NULL)
    g_string_append_printf (line, "%s %s - ", direction, protocol);
  else
    g_string_append_printf (line, "%s ", protocol);
  if (swb_json_reader_has (self, "seq"))
    g_string_append_printf (line, "[%s] seq %u ack %u win %u ", flags, (guint)seq,
                            (guint)ack, (guint)window);
  g_string_append_printf (line, "length %d ", (int)length);
  if (repeated != 0)
    g_string_append_printf (line, "repeated %d ", (int)repeated);
  g_string_append (line, "\"\"");

  SwbScanner scanner = { line->str };
  if (!swb_scan_packet (&scanner, self->record, none) || *scanner.at != '\0')
    return swb_json_reader_fail (self, "protocol");
  return swb_json_reader_get_data (self, "data");
}

static gboolean
get_body (SwbJsonReader *self)
{
  switch (self->record->kind)
    {
    case SWB_RECORD_CALL:
      return get_call (self);
    case SWB_RECORD_NOTE:
      return get_note (self);
    case SWB_RECORD_PACKET:
      return get_packet (self);
    case SWB_RECORD_COMMAND:
    case SWB_RECORD_OUTCOME:
    default:
      return swb_json_reader_get_int (self, "id", G_MININT64, G_MAXINT64,
                                      &self->record->ints[0])
             && get_message (self);
    }
}

/* --- the whole --- */

static gboolean
get_name (SwbJsonReader *self, const char *name, const char *const *names, guint *number)
{
  const char *text;

  if (!swb_json_reader_get_string (self, name, &text))
    return FALSE;
  for (*number = 0; names[*number] != NULL; (*number)++)
    if (g_str_equal (names[*number], text))
      return TRUE;
  return swb_json_reader_fail (self, name);
}

static gboolean
get_connection (SwbJsonReader *self)
{
  JsonNode *node = swb_json_reader_get_node (self, "connection", G_TYPE_STRING);
  gint64 connection = SWB_CONNECTION_NONE;

  if (node != NULL && g_str_equal (json_node_get_string (node), "all"))
    connection = SWB_CONNECTION_ALL;
  else if (!swb_json_reader_get_optional_int (self, "connection", 0, SWB_CONNECTION_ALL - 1,
                                              &connection))
    return FALSE;

  self->record->connection = (guint)connection;
  return TRUE;
}

static gboolean
get_error (SwbJsonReader *self)
{
  const char *name;

  if (!swb_json_reader_has (self, "error"))
    return TRUE;
  if (!swb_json_reader_get_string (self, "error", &name))
    return FALSE;

  self->record->error = swb_errno_from_name (name);
  if (self->record->error == 0 && g_str_has_prefix (name, "ERRNO_"))
    self->record->error = (int)CLAMP (g_ascii_strtoll (name + 6, NULL, 10), 0, G_MAXINT32);
  return self->record->error > 0 || swb_json_reader_fail (self, "error");
}

static gboolean
get_head (SwbJsonReader *self, const char **pane, gboolean *has_pane_id)
{
  static const char *const kinds[]
      = { "", "call", "command", "outcome", "note", "packet", NULL };
  static const char *const origins[]
      = { "command", "auto", "responder", "engine", "survey", NULL };
  guint kind, origin;
  gint64 pane_id = 0;

  *has_pane_id = swb_json_reader_has (self, "pane_id");
  if (!swb_json_reader_get_int (self, "time_ns", G_MININT64, G_MAXINT64,
                                &self->record->time_ns)
      || !swb_json_reader_get_optional_int (self, "took_ns", 0, G_MAXINT64,
                                            &self->record->took_ns)
      || !swb_json_reader_get_string (self, "pane", pane)
      || !swb_json_reader_get_optional_int (self, "pane_id", 0, G_MAXUINT16, &pane_id)
      || !get_name (self, "kind", kinds, &kind)
      || !get_name (self, "origin", origins, &origin))
    return FALSE;
  if (kind == 0)
    return swb_json_reader_fail (self, "kind");

  self->record->kind = (SwbRecordKind)kind;
  self->record->origin = (SwbRecordOrigin)origin;
  self->record->pane = (guint)pane_id;
  return get_connection (self) && get_error (self);
}

static gboolean
get_rest (SwbJsonReader *self)
{
  gint64 fd = -1, result;

  result = self->record->kind == SWB_RECORD_PACKET ? self->record->result
           : self->record->error != 0              ? -1
                                                   : 0;
  if (!swb_json_reader_get_optional_int (self, "fd", G_MININT32, G_MAXINT32, &fd)
      || !swb_json_reader_get_optional_int (self, "result", G_MININT32, G_MAXINT32, &result)
      || !swb_json_reader_get_ints (self, "ints"))
    return FALSE;

  self->record->fd = (int)fd;
  self->record->result = (int)result;
  return TRUE;
}

gboolean
swb_json_parse (JsonObject *object, SwbRecord *record, GByteArray *bytes, const char **pane,
                gboolean *has_pane_id, const char **member)
{
  SwbJsonReader self = { .object = object, .record = record, .bytes = bytes };

  memset (record, 0, sizeof *record);
  g_byte_array_set_size (bytes, 0);
  *pane = NULL;
  if (!get_head (&self, pane, has_pane_id) || !get_body (&self) || !get_address (&self)
      || !get_rest (&self))
    {
      *member = self.wrong;
      return FALSE;
    }

  record->n_data = bytes->len - record->n_control;
  record->data = record->n_data > 0 ? bytes->data : NULL;
  record->control = record->n_control > 0 ? bytes->data + record->n_data : NULL;
  return TRUE;
}

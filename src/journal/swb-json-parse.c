/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-json.h"

#include "journal/swb-notation-private.h"
#include "net/swb-errno.h"

#include <string.h>

typedef struct
{
  JsonObject *object;
  SwbRecord *record;
  GByteArray *bytes;
  const char *wrong; /* the member that is */
} Parser;

/* --- members, by type: FALSE where one is there and of another type --- */

static gboolean
has_member (Parser *self, const char *name)
{
  return json_object_has_member (self->object, name);
}

static gboolean
fail (Parser *self, const char *name)
{
  self->wrong = name;
  return FALSE;
}

static JsonNode *
get_node (Parser *self, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (self->object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == type
             ? node
             : NULL;
}

static gboolean
get_int (Parser *self, const char *name, gint64 min, gint64 max, gint64 *value)
{
  JsonNode *node = get_node (self, name, G_TYPE_INT64);

  if (node == NULL || json_node_get_int (node) < min || json_node_get_int (node) > max)
    return fail (self, name);

  *value = json_node_get_int (node);
  return TRUE;
}

static gboolean
get_optional_int (Parser *self, const char *name, gint64 min, gint64 max, gint64 *value)
{
  return !has_member (self, name) || get_int (self, name, min, max, value);
}

static gboolean
get_string (Parser *self, const char *name, const char **value)
{
  JsonNode *node = get_node (self, name, G_TYPE_STRING);

  if (node == NULL)
    return fail (self, name);

  *value = json_node_get_string (node);
  return TRUE;
}

/* A constant or several by name. */
static gboolean
get_constant (Parser *self, const char *name, gint64 *value)
{
  SwbScanner scanner;

  return get_string (self, name, &scanner.at)
         && ((swb_scan_constant (&scanner, value) && *scanner.at == '\0')
             || fail (self, name));
}

static gboolean
get_protocol (Parser *self, gint64 *value)
{
  SwbScanner scanner;

  return get_string (self, "protocol", &scanner.at)
         && ((swb_scan_protocol (&scanner, value) && *scanner.at == '\0')
             || fail (self, "protocol"));
}

static gboolean
get_ints (Parser *self, const char *name)
{
  JsonNode *node = json_object_get_member (self->object, name);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (self, name);

  array = json_node_get_array (node);
  if (json_array_get_length (array) > SWB_RECORD_MAX_INTS)
    return fail (self, name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element)
          || json_node_get_value_type (element) != G_TYPE_INT64)
        return fail (self, name);
      self->record->ints[i] = json_node_get_int (element);
    }
  return TRUE;
}

static gboolean
is_base64 (const char *text)
{
  gsize length = strlen (text);
  gsize n
      = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

  return length % 4 == 0 && length - n <= 2 && strspn (text + n, "=") == length - n;
}

static gboolean
get_data (Parser *self, const char *name)
{
  const char *text;
  int state = 0;
  guint save = 0, before;
  gsize n;

  if (!has_member (self, name))
    return TRUE;
  if (!get_string (self, name, &text))
    return FALSE;
  if (!is_base64 (text))
    return fail (self, name);

  before = self->bytes->len;
  g_byte_array_set_size (self->bytes, before + (guint)(strlen (text) / 4 * 3 + 3));
  n = g_base64_decode_step (text, strlen (text), self->bytes->data + before, &state, &save);
  g_byte_array_set_size (self->bytes, before + (guint)n);
  return TRUE;
}

static gboolean
get_message (Parser *self)
{
  const char *text = "";

  if (has_member (self, "message") && !get_string (self, "message", &text))
    return FALSE;

  /* Bytes that are no UTF-8 are beside the text that stands for them. */
  if (!has_member (self, "data"))
    g_byte_array_append (self->bytes, (const guint8 *)text, (guint)strlen (text));
  return get_data (self, "data");
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
get_sockaddr (Parser *self, SwbAddress *address)
{
  guint8 *at = (guint8 *)&address->storage;
  const char *text;

  if (!get_string (self, "sockaddr", &text))
    return FALSE;
  if (strlen (text) % 2 != 0 || strlen (text) / 2 > sizeof address->storage)
    return fail (self, "sockaddr");

  memset (address, 0, sizeof *address);
  for (; *text != '\0'; text += 2)
    {
      int high = g_ascii_xdigit_value (text[0]), low = g_ascii_xdigit_value (text[1]);

      if (high < 0 || low < 0)
        return fail (self, "sockaddr");
      *at++ = (guint8)(high << 4 | low);
      address->length++;
    }
  return TRUE;
}

static gboolean
get_address (Parser *self)
{
  gint64 room = 0;
  const char *text;

  if (!get_optional_int (self, "address_room", 0, G_MAXUINT, &room))
    return FALSE;

  self->record->address_room = (guint)room;
  if (has_member (self, "sockaddr"))
    return get_sockaddr (self, &self->record->address);
  if (!has_member (self, "address"))
    return TRUE;
  return get_string (self, "address", &text)
         && (swb_json_parse_address (text, &self->record->address)
             || fail (self, "address"));
}

/* --- calls --- */

static gboolean
get_option (Parser *self)
{
  return get_constant (self, "level", &self->record->ints[0])
         && get_constant (self, "option", &self->record->ints[1]);
}

/* Of recvmsg, sendmsg and those with many of them. */
static gboolean
get_message_call (Parser *self)
{
  SwbRecord *record = self->record;
  gboolean is_out = swb_call_get_info (record->call)->data == SWB_DATA_OUT;
  gint64 index, n_messages, n_offered;

  if (!get_int (self, is_out ? "length" : "room", G_MININT64, G_MAXINT64, &record->ints[0])
      || !get_constant (self, "flags", &record->ints[1])
      || !get_constant (self, "msg_flags", &record->ints[2]))
    return FALSE;
  if (!swb_call_is_batch (record->call))
    return TRUE;
  if (!get_int (self, "message", 0, SWB_BATCH_MAX, &index)
      || !get_int (self, "messages", 0, SWB_BATCH_MAX, &n_messages)
      || !get_int (self, "messages_offered", 0, G_MAXUINT32, &n_offered))
    return FALSE;

  swb_record_set_batch (record,
                        (SwbBatch){ (guint)index, (guint)n_messages, (guint)n_offered });
  return TRUE;
}

static gboolean
get_arguments (Parser *self)
{
  gint64 *ints = self->record->ints;

  switch (self->record->call)
    {
    case SWB_CALL_SOCKET:
    case SWB_CALL_SOCKETPAIR:
      return get_constant (self, "domain", &ints[0])
             && get_constant (self, "type", &ints[1]) && get_protocol (self, &ints[2]);
    case SWB_CALL_LISTEN:
      return get_int (self, "backlog", G_MININT64, G_MAXINT64, &ints[0]);
    case SWB_CALL_ACCEPT:
      return get_constant (self, "flags", &ints[0]);
    case SWB_CALL_SENDMSG:
    case SWB_CALL_RECVMSG:
    case SWB_CALL_SENDMMSG:
    case SWB_CALL_RECVMMSG:
      return get_message_call (self);
    case SWB_CALL_SEND:
    case SWB_CALL_SENDTO:
      return get_int (self, "length", G_MININT64, G_MAXINT64, &ints[0])
             && get_constant (self, "flags", &ints[1]);
    case SWB_CALL_RECV:
    case SWB_CALL_RECVFROM:
      return get_int (self, "room", G_MININT64, G_MAXINT64, &ints[0])
             && get_constant (self, "flags", &ints[1]);
    case SWB_CALL_WRITE:
      return get_int (self, "length", G_MININT64, G_MAXINT64, &ints[0]);
    case SWB_CALL_READ:
      return get_int (self, "room", G_MININT64, G_MAXINT64, &ints[0]);
    case SWB_CALL_SHUTDOWN:
      return get_constant (self, "how", &ints[0]);
    case SWB_CALL_IOCTL:
      return get_constant (self, "request", &ints[0])
             && get_int (self, "value", G_MININT64, G_MAXINT64, &ints[1]);
    case SWB_CALL_GETSOCKOPT:
      return get_option (self) && get_int (self, "room", G_MININT64, G_MAXINT64, &ints[2]);
    case SWB_CALL_SETSOCKOPT:
      return get_option (self);
    default:
      return TRUE;
    }
}

/* Control messages lie behind the data; their text is for people. */
static gboolean
get_control (Parser *self)
{
  guint before = self->bytes->len;

  if (!swb_call_has_messages (self->record->call) || !has_member (self, "control_data"))
    return TRUE;
  if (!get_data (self, "control_data"))
    return FALSE;
  if (self->bytes->len - before > SWB_RECORD_CONTROL_MAX)
    return fail (self, "control_data");

  self->record->n_control = self->bytes->len - before;
  return TRUE;
}

static gboolean
get_call (Parser *self)
{
  const char *name;

  if (!get_string (self, "call", &name))
    return FALSE;
  self->record->call = swb_call_from_name (name);
  if (self->record->call == SWB_CALL_NONE)
    return fail (self, "call");
  return get_arguments (self) && get_data (self, "data") && get_control (self);
}

/* --- the other kinds --- */

static gboolean
get_note (Parser *self)
{
  g_autofree char *line = NULL;
  g_autofree char *pane = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *name;
  SwbRecord parsed;

  if (!get_string (self, "note", &name))
    return FALSE;
  line = g_strdup_printf ("x 0.0 * %s", name);
  if (!swb_notation_parse (line, &parsed, &pane, &bytes, NULL))
    return fail (self, "note");

  self->record->note = parsed.note;
  return get_ints (self, "values") && get_message (self);
}

/* The numbers of packets are parsed where lines of text have them. */
static gboolean
get_packet (Parser *self)
{
  const char *protocol = "", *direction = NULL, *flags = "";
  gint64 window = 0, seq = 0, ack = 0, repeated = 0, length = 0;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GByteArray) none = g_byte_array_new ();

  if (!get_string (self, "protocol", &protocol)
      || (has_member (self, "direction") && !get_string (self, "direction", &direction))
      || (has_member (self, "flags") && !get_string (self, "flags", &flags))
      || !get_optional_int (self, "window", 0, G_MAXUINT16, &window)
      || !get_optional_int (self, "seq", 0, G_MAXUINT32, &seq)
      || !get_optional_int (self, "ack", 0, G_MAXUINT32, &ack)
      || !get_optional_int (self, "repeated", 0, G_MAXINT32, &repeated)
      || !get_int (self, "length", 0, G_MAXINT32, &length))
    return FALSE;

  if (direction != NULL)
    g_string_append_printf (line, "%s %s - ", direction, protocol);
  else
    g_string_append_printf (line, "%s ", protocol);
  if (has_member (self, "seq"))
    g_string_append_printf (line, "[%s] seq %u ack %u win %u ", flags, (guint)seq,
                            (guint)ack, (guint)window);
  g_string_append_printf (line, "length %d ", (int)length);
  if (repeated != 0)
    g_string_append_printf (line, "repeated %d ", (int)repeated);
  g_string_append (line, "\"\"");

  SwbScanner scanner = { line->str };
  if (!swb_scan_packet (&scanner, self->record, none) || *scanner.at != '\0')
    return fail (self, "protocol");
  return get_data (self, "data");
}

static gboolean
get_body (Parser *self)
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
      return get_int (self, "id", G_MININT64, G_MAXINT64, &self->record->ints[0])
             && get_message (self);
    }
}

/* --- the whole --- */

static gboolean
get_name (Parser *self, const char *name, const char *const *names, guint *number)
{
  const char *text;

  if (!get_string (self, name, &text))
    return FALSE;
  for (*number = 0; names[*number] != NULL; (*number)++)
    if (g_str_equal (names[*number], text))
      return TRUE;
  return fail (self, name);
}

static gboolean
get_connection (Parser *self)
{
  JsonNode *node = get_node (self, "connection", G_TYPE_STRING);
  gint64 connection = SWB_CONNECTION_NONE;

  if (node != NULL && g_str_equal (json_node_get_string (node), "all"))
    connection = SWB_CONNECTION_ALL;
  else if (!get_optional_int (self, "connection", 0, SWB_CONNECTION_ALL - 1, &connection))
    return FALSE;

  self->record->connection = (guint)connection;
  return TRUE;
}

static gboolean
get_error (Parser *self)
{
  const char *name;

  if (!has_member (self, "error"))
    return TRUE;
  if (!get_string (self, "error", &name))
    return FALSE;

  self->record->error = swb_errno_from_name (name);
  if (self->record->error == 0 && g_str_has_prefix (name, "ERRNO_"))
    self->record->error = (int)CLAMP (g_ascii_strtoll (name + 6, NULL, 10), 0, G_MAXINT32);
  return self->record->error > 0 || fail (self, "error");
}

static gboolean
get_head (Parser *self, const char **pane, gboolean *has_pane_id)
{
  static const char *const kinds[]
      = { "", "call", "command", "outcome", "note", "packet", NULL };
  static const char *const origins[]
      = { "command", "auto", "responder", "engine", "survey", NULL };
  guint kind, origin;
  gint64 pane_id = 0;

  *has_pane_id = has_member (self, "pane_id");
  if (!get_int (self, "time_ns", G_MININT64, G_MAXINT64, &self->record->time_ns)
      || !get_optional_int (self, "took_ns", 0, G_MAXUINT32, &self->record->took_ns)
      || !get_string (self, "pane", pane)
      || !get_optional_int (self, "pane_id", 0, G_MAXUINT16, &pane_id)
      || !get_name (self, "kind", kinds, &kind)
      || !get_name (self, "origin", origins, &origin))
    return FALSE;
  if (kind == 0)
    return fail (self, "kind");

  self->record->kind = (SwbRecordKind)kind;
  self->record->origin = (SwbRecordOrigin)origin;
  self->record->pane = (guint)pane_id;
  return get_connection (self) && get_error (self);
}

static gboolean
get_rest (Parser *self)
{
  gint64 fd = -1, result;

  result = self->record->kind == SWB_RECORD_PACKET ? self->record->result
           : self->record->error != 0              ? -1
                                                   : 0;
  if (!get_optional_int (self, "fd", G_MININT32, G_MAXINT32, &fd)
      || !get_optional_int (self, "result", G_MININT32, G_MAXINT32, &result)
      || !get_ints (self, "ints"))
    return FALSE;

  self->record->fd = (int)fd;
  self->record->result = (int)result;
  return TRUE;
}

gboolean
swb_json_parse (JsonObject *object, SwbRecord *record, GByteArray *bytes, const char **pane,
                gboolean *has_pane_id, const char **member)
{
  Parser self = { .object = object, .record = record, .bytes = bytes };

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

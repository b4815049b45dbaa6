/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-json.h"

#include "journal/swb-notation-private.h"
#include "net/swb-errno.h"

#include <string.h>
#include <time.h>

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

/* JSON is UTF-8; bytes that are not become U+FFFD, so data of the network goes as base64
 * only. */
static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

typedef void (*PrintFunc) (GString *text, gint64 value);

static void
add_constant (JsonBuilder *builder, const char *name, PrintFunc print, gint64 value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  print (text, value);
  add_string (builder, name, text->str);
}

static void
add_time (JsonBuilder *builder, gint64 wall_ns)
{
  gint64 fraction = (wall_ns % NS_PER_SECOND + NS_PER_SECOND) % NS_PER_SECOND;
  time_t seconds = (time_t)((wall_ns - fraction) / NS_PER_SECOND);
  g_autofree char *whole = NULL;
  struct tm parts;
  char date[40];

  gmtime_r (&seconds, &parts);
  strftime (date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
  whole = g_strdup_printf ("%s.%09" G_GINT64_FORMAT "Z", date, fraction);
  add_string (builder, "time", whole);
  add_int (builder, "time_ns", wall_ns);
}

static void
add_pane (JsonBuilder *builder, const SwbRecord *record, SwbPaneNameFunc pane_name,
          gpointer user_data)
{
  const char *name = pane_name != NULL ? pane_name (record->pane, user_data) : NULL;
  g_autofree char *numbered = g_strdup_printf ("pane%u", record->pane);

  add_string (builder, "pane", name != NULL && *name != '\0' ? name : numbered);
  add_int (builder, "pane_id", record->pane);
  if (record->connection == SWB_CONNECTION_ALL)
    add_string (builder, "connection", "all");
  else if (record->connection != SWB_CONNECTION_NONE)
    add_int (builder, "connection", record->connection);
}

static const char *
get_kind_name (SwbRecordKind kind)
{
  switch (kind)
    {
    case SWB_RECORD_COMMAND:
      return "command";
    case SWB_RECORD_OUTCOME:
      return "outcome";
    case SWB_RECORD_NOTE:
      return "note";
    case SWB_RECORD_PACKET:
      return "packet";
    case SWB_RECORD_CALL:
    default:
      return "call";
    }
}

static const char *
get_origin_name (SwbRecordOrigin origin)
{
  switch (origin)
    {
    case SWB_ORIGIN_AUTO:
      return "auto";
    case SWB_ORIGIN_RESPONDER:
      return "responder";
    case SWB_ORIGIN_ENGINE:
      return "engine";
    case SWB_ORIGIN_COMMAND:
    default:
      return "command";
    }
}

static void
add_bytes (JsonBuilder *builder, const char *name, const guint8 *bytes, gsize n_bytes)
{
  g_autofree char *text = g_base64_encode (bytes, n_bytes);

  add_string (builder, name, text);
}

static void
add_data (JsonBuilder *builder, const SwbRecord *record)
{
  add_bytes (builder, "data", record->data, record->n_data);
}

static void
add_socket (JsonBuilder *builder, const SwbRecord *record)
{
  g_autoptr (GString) protocol = g_string_new (NULL);

  add_constant (builder, "domain", swb_print_domain, record->ints[0]);
  add_constant (builder, "type", swb_print_type, record->ints[1]);
  swb_print_protocol (protocol, record->ints[0], record->ints[2]);
  add_string (builder, "protocol", protocol->str);
}

static void
add_option (JsonBuilder *builder, const SwbRecord *record)
{
  g_autofree char *option = swb_notation_print_option (record->ints[0], record->ints[1]);

  add_constant (builder, "level", swb_print_level, record->ints[0]);
  add_string (builder, "option", option);
}

static void
add_message_call (JsonBuilder *builder, const SwbRecord *record)
{
  add_int (builder, "room", record->ints[0]);
  add_constant (builder, "flags", swb_print_message_flags, record->ints[1]);
  add_constant (builder, "msg_flags", swb_print_message_flags, record->ints[2]);
  if (record->n_control > 0)
    {
      g_autoptr (GString) control = g_string_new (NULL);

      swb_print_control (control, record->control, record->n_control);
      add_string (builder, "control", control->str);
      add_bytes (builder, "control_data", record->control, record->n_control);
    }
}

static void
add_arguments (JsonBuilder *builder, const SwbRecord *record)
{
  switch (record->call)
    {
    case SWB_CALL_SOCKET:
    case SWB_CALL_SOCKETPAIR:
      add_socket (builder, record);
      break;
    case SWB_CALL_LISTEN:
      add_int (builder, "backlog", record->ints[0]);
      break;
    case SWB_CALL_ACCEPT:
      add_constant (builder, "flags", swb_print_accept_flags, record->ints[0]);
      break;
    case SWB_CALL_SEND:
    case SWB_CALL_SENDTO:
      add_int (builder, "length", record->ints[0]);
      add_constant (builder, "flags", swb_print_message_flags, record->ints[1]);
      break;
    case SWB_CALL_RECV:
    case SWB_CALL_RECVFROM:
      add_int (builder, "room", record->ints[0]);
      add_constant (builder, "flags", swb_print_message_flags, record->ints[1]);
      break;
    case SWB_CALL_WRITE:
      add_int (builder, "length", record->ints[0]);
      break;
    case SWB_CALL_READ:
      add_int (builder, "room", record->ints[0]);
      break;
    case SWB_CALL_SENDMSG:
      add_int (builder, "length", record->ints[0]);
      add_constant (builder, "flags", swb_print_message_flags, record->ints[1]);
      add_constant (builder, "msg_flags", swb_print_message_flags, record->ints[2]);
      break;
    case SWB_CALL_RECVMSG:
      add_message_call (builder, record);
      break;
    case SWB_CALL_SHUTDOWN:
      add_constant (builder, "how", swb_print_how, record->ints[0]);
      break;
    case SWB_CALL_GETSOCKOPT:
      add_option (builder, record);
      add_int (builder, "room", record->ints[2]);
      break;
    case SWB_CALL_SETSOCKOPT:
      add_option (builder, record);
      break;
    case SWB_CALL_BIND:
    case SWB_CALL_CONNECT:
    case SWB_CALL_GETSOCKNAME:
    case SWB_CALL_GETPEERNAME:
    case SWB_CALL_CLOSE:
    case SWB_CALL_UNLINK:
    case SWB_CALL_NONE:
    case SWB_N_CALLS:
    default:
      break;
    }
}

/* A receive has data even when it is empty: the end of a stream, an empty datagram. */
static gboolean
has_data (const SwbRecord *record)
{
  SwbDataUse use = swb_call_get_info (record->call)->data;

  return record->n_data > 0
         || (record->error == 0 && (use == SWB_DATA_IN || use == SWB_DATA_OUT));
}

static void
add_address (JsonBuilder *builder, const SwbRecord *record)
{
  g_autofree char *address = swb_address_print (&record->address);
  SwbAddress back;

  if (record->address_room > 0)
    add_int (builder, "address_room", record->address_room);
  if (record->address.length == 0)
    return;

  add_string (builder, "address", address);
  if (!swb_json_parse_address (address, &back) || back.length != record->address.length
      || memcmp (&back.storage, &record->address.storage, back.length) != 0)
    {
      GString *hex = g_string_new (NULL);

      for (socklen_t i = 0; i < record->address.length; i++)
        g_string_append_printf (hex, "%02x", ((const guint8 *)&record->address.storage)[i]);
      add_string (builder, "sockaddr", hex->str);
      g_string_free (hex, TRUE);
    }
}

static void
add_call (JsonBuilder *builder, const SwbRecord *record)
{
  const SwbCallInfo *info = swb_call_get_info (record->call);

  add_string (builder, "call", info->name);
  if (info->has_fd || record->fd != -1)
    add_int (builder, "fd", record->fd);
  add_arguments (builder, record);
  if (has_data (record))
    add_data (builder, record);

  add_int (builder, "result", record->result);
}

/* What a person, a script or the engine wrote; a byte that is no UTF-8 in it becomes
 * U+FFFD. */
static void
add_message (JsonBuilder *builder, const SwbRecord *record)
{
  g_autofree char *message = NULL;

  if (record->n_data == 0)
    return;

  message = g_utf8_make_valid ((const char *)record->data, (gssize)record->n_data);
  add_string (builder, "message", message);
  if (!g_utf8_validate ((const char *)record->data, (gssize)record->n_data, NULL))
    add_data (builder, record);
}

static void
add_note (JsonBuilder *builder, const SwbRecord *record)
{
  g_autofree char *name = swb_notation_dup_note_name (record->note);
  guint n_ints = SWB_RECORD_MAX_INTS;

  add_string (builder, "note", name);
  while (n_ints > 0 && record->ints[n_ints - 1] == 0)
    n_ints--;

  if (n_ints > 0)
    {
      json_builder_set_member_name (builder, "values");
      json_builder_begin_array (builder);
      for (guint i = 0; i < n_ints; i++)
        json_builder_add_int_value (builder, record->ints[i]);
      json_builder_end_array (builder);
    }

  add_message (builder, record);
}

static void
add_packet (JsonBuilder *builder, const SwbRecord *record)
{
  guint protocol = record->packet & SWB_PACKET_PROTOCOL;
  g_autofree char *name = swb_notation_dup_protocol_name (record);
  g_autofree char *flags = swb_notation_dup_tcp_flags (record);

  add_string (builder, "protocol", name);
  if (protocol == IPPROTO_TCP || protocol == IPPROTO_UDP)
    add_string (builder, "direction",
                (record->packet & SWB_PACKET_OUT) != 0 ? "out" : "in");
  if (protocol == IPPROTO_TCP)
    {
      add_string (builder, "flags", flags);
      add_int (builder, "window", record->ints[0] >> 16);
      add_int (builder, "seq", record->ints[1] & G_MAXUINT32);
      add_int (builder, "ack", (gint64)((guint64)record->ints[1] >> 32));
      add_int (builder, "repeated", record->ints[2]);
    }
  add_data (builder, record);
  add_int (builder, "length",
           protocol == IPPROTO_TCP || protocol == IPPROTO_UDP ? record->result
                                                              : record->ints[2]);
}

static void
add_body (JsonBuilder *builder, const SwbRecord *record)
{
  switch (record->kind)
    {
    case SWB_RECORD_COMMAND:
    case SWB_RECORD_OUTCOME:
      add_int (builder, "id", record->ints[0]);
      add_message (builder, record);
      break;
    case SWB_RECORD_NOTE:
      add_note (builder, record);
      break;
    case SWB_RECORD_PACKET:
      add_packet (builder, record);
      break;
    case SWB_RECORD_CALL:
    default:
      add_call (builder, record);
      break;
    }

  if (record->kind != SWB_RECORD_PACKET && record->error != 0)
    add_string (builder, "error", swb_errno_name (record->error));
}

/* How many ints have a name of their own. */
static guint
count_named_ints (const SwbRecord *record)
{
  switch (record->kind)
    {
    case SWB_RECORD_COMMAND:
    case SWB_RECORD_OUTCOME:
      return 1;
    case SWB_RECORD_NOTE:
    case SWB_RECORD_PACKET:
      return SWB_RECORD_MAX_INTS;
    case SWB_RECORD_CALL:
    default:
      return swb_call_get_info (record->call)->n_ints;
    }
}

/* What the names do not say. */
static void
add_rest (JsonBuilder *builder, const SwbRecord *record)
{
  gboolean is_call = record->kind == SWB_RECORD_CALL;
  gboolean is_said = TRUE;

  for (guint i = 0; i < SWB_RECORD_MAX_INTS; i++)
    is_said = is_said
              && (i < count_named_ints (record)
                      ? !is_call || record->ints[i] == (gint32)record->ints[i]
                      : record->ints[i] == 0);
  if (!is_said)
    {
      json_builder_set_member_name (builder, "ints");
      json_builder_begin_array (builder);
      for (guint i = 0; i < SWB_RECORD_MAX_INTS; i++)
        json_builder_add_int_value (builder, record->ints[i]);
      json_builder_end_array (builder);
    }

  if (is_call || record->kind == SWB_RECORD_PACKET)
    return;
  if (record->fd != -1)
    add_int (builder, "fd", record->fd);
  if (record->result != (record->error != 0 ? -1 : 0))
    add_int (builder, "result", record->result);
}

char *
swb_json_print (const SwbRecord *record, guint64 position, SwbJournal *journal,
                SwbPaneNameFunc pane_name, gpointer user_data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  gint64 wall_ns = journal != NULL ? swb_journal_to_wall_ns (journal, record->time_ns)
                                   : record->time_ns;

  json_builder_begin_object (builder);
  add_int (builder, "position", (gint64)position);
  add_time (builder, wall_ns);
  add_int (builder, "took_ns", record->took_ns);
  add_pane (builder, record, pane_name, user_data);
  add_string (builder, "kind", get_kind_name (record->kind));
  add_string (builder, "origin", get_origin_name (record->origin));
  add_body (builder, record);
  add_address (builder, record);
  add_rest (builder, record);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

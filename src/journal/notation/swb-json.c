/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-json.h"

#include "journal/notation/swb-json-arguments.h"
#include "journal/notation/swb-json-text.h"
#include "journal/notation/swb-notation-private.h"
#include "net/swb-errno.h"

#include <string.h>

/* What a record without data takes at most, as a rule. */
#define LINE_BYTES 384

static void
add_ints (GString *out, const char *name, const gint64 *ints, guint n_ints)
{
  swb_json_add_name (out, name);
  for (guint i = 0; i < n_ints; i++)
    {
      g_string_append_c (out, i == 0 ? '[' : ',');
      swb_json_put_int (out, ints[i]);
    }
  g_string_append_c (out, ']');
}

static void
add_pane (GString *out, const SwbRecord *record, SwbPaneNameFunc pane_name,
          gpointer user_data)
{
  const char *name = pane_name != NULL ? pane_name (record->pane, user_data) : NULL;
  g_autofree char *numbered = g_strdup_printf ("pane%u", record->pane);

  swb_json_add_string (out, "pane", name != NULL && *name != '\0' ? name : numbered);
  swb_json_add_int (out, "pane_id", record->pane);
  if (record->connection == SWB_CONNECTION_ALL)
    swb_json_add_string (out, "connection", "all");
  else if (record->connection != SWB_CONNECTION_NONE)
    swb_json_add_int (out, "connection", record->connection);
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
    case SWB_ORIGIN_SURVEY:
      return "survey";
    case SWB_ORIGIN_COMMAND:
    default:
      return "command";
    }
}

static void
add_data (GString *out, const SwbRecord *record)
{
  swb_json_add_bytes (out, "data", record->data, record->n_data);
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
add_address (GString *out, const SwbRecord *record)
{
  g_autofree char *address = swb_address_print (&record->address);
  SwbAddress back;

  if (record->address_room > 0)
    swb_json_add_int (out, "address_room", record->address_room);
  if (record->address.length == 0)
    return;

  swb_json_add_string (out, "address", address);
  if (!swb_json_parse_address (address, &back) || back.length != record->address.length
      || memcmp (&back.storage, &record->address.storage, back.length) != 0)
    {
      GString *hex = g_string_new (NULL);

      for (socklen_t i = 0; i < record->address.length; i++)
        g_string_append_printf (hex, "%02x", ((const guint8 *)&record->address.storage)[i]);
      swb_json_add_string (out, "sockaddr", hex->str);
      g_string_free (hex, TRUE);
    }
}

static void
add_call (GString *out, const SwbRecord *record)
{
  const SwbCallInfo *info = swb_call_get_info (record->call);

  swb_json_add_string (out, "call", info->name);
  if (info->has_fd || record->fd != -1)
    swb_json_add_int (out, "fd", record->fd);
  swb_json_add_arguments (out, record);
  if (has_data (record))
    add_data (out, record);
  if (swb_record_get_n_unkept (record) > 0)
    swb_json_add_int (out, "not_kept", (gint64)swb_record_get_n_unkept (record));

  swb_json_add_int (out, "result", record->result);
}

/* What a person, a script or the engine wrote; a byte that is no UTF-8 in it becomes
 * U+FFFD. */
static void
add_message (GString *out, const SwbRecord *record)
{
  g_autofree char *message = NULL;

  if (record->n_data == 0)
    return;

  message = g_utf8_make_valid ((const char *)record->data, (gssize)record->n_data);
  swb_json_add_string (out, "message", message);
  if (!g_utf8_validate ((const char *)record->data, (gssize)record->n_data, NULL))
    add_data (out, record);
}

static void
add_note (GString *out, const SwbRecord *record)
{
  g_autofree char *name = swb_notation_dup_note_name (record->note);
  guint n_ints = SWB_RECORD_MAX_INTS;

  swb_json_add_string (out, "note", name);
  while (n_ints > 0 && record->ints[n_ints - 1] == 0)
    n_ints--;

  if (n_ints > 0)
    {
      add_ints (out, "values", record->ints, n_ints);
    }

  add_message (out, record);
}

static void
add_packet (GString *out, const SwbRecord *record)
{
  guint protocol = record->packet & SWB_PACKET_PROTOCOL;
  g_autofree char *name = swb_notation_dup_protocol_name (record);
  g_autofree char *flags = swb_notation_dup_tcp_flags (record);

  swb_json_add_string (out, "protocol", name);
  if (protocol == IPPROTO_TCP || protocol == IPPROTO_UDP)
    swb_json_add_string (out, "direction",
                         (record->packet & SWB_PACKET_OUT) != 0 ? "out" : "in");
  if (protocol == IPPROTO_TCP)
    {
      swb_json_add_string (out, "flags", flags);
      swb_json_add_int (out, "window", record->ints[0] >> 16);
      swb_json_add_int (out, "seq", record->ints[1] & G_MAXUINT32);
      swb_json_add_int (out, "ack", (gint64)((guint64)record->ints[1] >> 32));
      swb_json_add_int (out, "repeated", record->ints[2]);
    }
  add_data (out, record);
  swb_json_add_int (out, "length",
                    protocol == IPPROTO_TCP || protocol == IPPROTO_UDP ? record->result
                                                                       : record->ints[2]);
}

static void
add_body (GString *out, const SwbRecord *record)
{
  switch (record->kind)
    {
    case SWB_RECORD_COMMAND:
    case SWB_RECORD_OUTCOME:
      swb_json_add_int (out, "id", record->ints[0]);
      add_message (out, record);
      break;
    case SWB_RECORD_NOTE:
      add_note (out, record);
      break;
    case SWB_RECORD_PACKET:
      add_packet (out, record);
      break;
    case SWB_RECORD_CALL:
    default:
      add_call (out, record);
      break;
    }

  if (record->kind != SWB_RECORD_PACKET && record->error != 0)
    swb_json_add_string (out, "error", swb_errno_name (record->error));
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
add_rest (GString *out, const SwbRecord *record)
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
      add_ints (out, "ints", record->ints, SWB_RECORD_MAX_INTS);
    }

  if (is_call || record->kind == SWB_RECORD_PACKET)
    return;
  if (record->fd != -1)
    swb_json_add_int (out, "fd", record->fd);
  if (record->result != (record->error != 0 ? -1 : 0))
    swb_json_add_int (out, "result", record->result);
}

char *
swb_json_print (const SwbRecord *record, guint64 position, SwbJournal *journal,
                SwbPaneNameFunc pane_name, gpointer user_data)
{
  GString *out = g_string_sized_new (LINE_BYTES + record->n_data / 3 * 4);
  gint64 wall_ns = journal != NULL ? swb_journal_to_wall_ns (journal, record->time_ns)
                                   : record->time_ns;

  g_string_append_c (out, '{');
  swb_json_add_int (out, "position", (gint64)position);
  swb_json_add_time (out, wall_ns);
  swb_json_add_int (out, "took_ns", record->took_ns);
  add_pane (out, record, pane_name, user_data);
  swb_json_add_string (out, "kind", get_kind_name (record->kind));
  swb_json_add_string (out, "origin", get_origin_name (record->origin));
  add_body (out, record);
  add_address (out, record);
  add_rest (out, record);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

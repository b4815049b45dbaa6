/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-json.h"

#include "journal/swb-notation-private.h"
#include "net/swb-errno.h"

#include <time.h>

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

/* What a record without data takes at most, as a rule. */
#define LINE_BYTES 384

/* Written by hand: a builder and its generator take seven times as long. */
static void
put_int (GString *out, gint64 value)
{
  char digits[24];
  char *at = digits + sizeof digits;
  guint64 left = value < 0 ? 0 - (guint64)value : (guint64)value;

  do
    *--at = (char)('0' + left % 10);
  while ((left /= 10) > 0);
  if (value < 0)
    *--at = '-';
  g_string_append_len (out, at, digits + sizeof digits - at);
}

/* Of @n digits, with zeros in front. */
static void
put_digits (GString *out, guint value, guint n)
{
  char digits[10];

  for (guint i = n; i > 0; i--, value /= 10)
    digits[i - 1] = (char)('0' + value % 10);
  g_string_append_len (out, digits, n);
}

static void
put_escaped (GString *out, guchar c)
{
  static const char names[] = "btn?fr";

  g_string_append_c (out, '\\');
  if (c == '"' || c == '\\')
    g_string_append_c (out, (char)c);
  else if (c >= '\b' && c <= '\r' && c != '\v')
    g_string_append_c (out, names[c - '\b']);
  else
    {
      g_string_append (out, "u00");
      g_string_append_c (out, "0123456789abcdef"[c >> 4]);
      g_string_append_c (out, "0123456789abcdef"[c & 0xf]);
    }
}

/* @text is UTF-8. */
static void
put_text (GString *out, const char *text)
{
  const char *from = text;

  for (; *text != '\0'; text++)
    {
      guchar c = (guchar)*text;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (out, from, text - from);
      put_escaped (out, c);
      from = text + 1;
    }
  g_string_append_len (out, from, text - from);
}

static void
add_name (GString *out, const char *name)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  g_string_append_c (out, '"');
  g_string_append (out, name);
  g_string_append (out, "\":");
}

/* JSON is UTF-8; bytes that are not become U+FFFD, so data of the network goes as base64
 * only. */
static void
add_string (GString *out, const char *name, const char *value)
{
  add_name (out, name);
  g_string_append_c (out, '"');
  if (g_utf8_validate (value, -1, NULL))
    put_text (out, value);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (value, -1);

      put_text (out, valid);
    }
  g_string_append_c (out, '"');
}

static void
add_int (GString *out, const char *name, gint64 value)
{
  add_name (out, name);
  put_int (out, value);
}

typedef void (*PrintFunc) (GString *text, gint64 value);

/* Constants need no escapes. */
static void
add_constant (GString *out, const char *name, PrintFunc print, gint64 value)
{
  add_name (out, name);
  g_string_append_c (out, '"');
  print (out, value);
  g_string_append_c (out, '"');
}

static void
add_time (GString *out, gint64 wall_ns)
{
  gint64 fraction = (wall_ns % NS_PER_SECOND + NS_PER_SECOND) % NS_PER_SECOND;
  time_t seconds = (time_t)((wall_ns - fraction) / NS_PER_SECOND);
  struct tm parts;

  gmtime_r (&seconds, &parts);
  add_name (out, "time");
  g_string_append_c (out, '"');
  put_int (out, (gint64)parts.tm_year + 1900);
  g_string_append_c (out, '-');
  put_digits (out, (guint)parts.tm_mon + 1, 2);
  g_string_append_c (out, '-');
  put_digits (out, (guint)parts.tm_mday, 2);
  g_string_append_c (out, 'T');
  put_digits (out, (guint)parts.tm_hour, 2);
  g_string_append_c (out, ':');
  put_digits (out, (guint)parts.tm_min, 2);
  g_string_append_c (out, ':');
  put_digits (out, (guint)parts.tm_sec, 2);
  g_string_append_c (out, '.');
  put_digits (out, (guint)fraction, 9);
  g_string_append (out, "Z\"");
  add_int (out, "time_ns", wall_ns);
}

static void
add_data (GString *out, const guint8 *data, gsize n_data)
{
  gsize at;
  int state = 0, save = 0;

  add_name (out, "data");
  g_string_append_c (out, '"');
  at = out->len;
  g_string_set_size (out, at + (n_data / 3 + 1) * 4 + 4);
  char *from = out->str + at;
  gsize n = g_base64_encode_step (data, n_data, FALSE, from, &state, &save);
  n += g_base64_encode_close (FALSE, from + n, &state, &save);
  g_string_truncate (out, at + n);
  g_string_append_c (out, '"');
}

static void
add_pane (GString *out, const SwbRecord *record, SwbPaneNameFunc pane_name,
          gpointer user_data)
{
  const char *name = pane_name != NULL ? pane_name (record->pane, user_data) : NULL;

  if (name != NULL && *name != '\0')
    add_string (out, "pane", name);
  else
    {
      add_name (out, "pane");
      g_string_append (out, "\"pane");
      put_int (out, record->pane);
      g_string_append_c (out, '"');
    }
  if (record->connection == SWB_CONNECTION_ALL)
    add_string (out, "connection", "all");
  else if (record->connection != SWB_CONNECTION_NONE)
    add_int (out, "connection", record->connection);
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
add_socket (GString *out, const SwbRecord *record)
{
  add_constant (out, "domain", swb_print_domain, record->ints[0]);
  add_constant (out, "type", swb_print_type, record->ints[1]);
  add_name (out, "protocol");
  g_string_append_c (out, '"');
  swb_print_protocol (out, record->ints[0], record->ints[2]);
  g_string_append_c (out, '"');
}

static void
add_option (GString *out, const SwbRecord *record)
{
  g_autofree char *option = swb_notation_print_option (record->ints[0], record->ints[1]);

  add_constant (out, "level", swb_print_level, record->ints[0]);
  add_string (out, "option", option);
}

static void
add_arguments (GString *out, const SwbRecord *record)
{
  switch (record->call)
    {
    case SWB_CALL_SOCKET:
    case SWB_CALL_SOCKETPAIR:
      add_socket (out, record);
      break;
    case SWB_CALL_LISTEN:
      add_int (out, "backlog", record->ints[0]);
      break;
    case SWB_CALL_ACCEPT:
      add_constant (out, "flags", swb_print_accept_flags, record->ints[0]);
      break;
    case SWB_CALL_SEND:
    case SWB_CALL_SENDTO:
      add_int (out, "length", record->ints[0]);
      add_constant (out, "flags", swb_print_message_flags, record->ints[1]);
      break;
    case SWB_CALL_RECV:
    case SWB_CALL_RECVFROM:
      add_int (out, "room", record->ints[0]);
      add_constant (out, "flags", swb_print_message_flags, record->ints[1]);
      break;
    case SWB_CALL_SHUTDOWN:
      add_constant (out, "how", swb_print_how, record->ints[0]);
      break;
    case SWB_CALL_GETSOCKOPT:
      add_option (out, record);
      add_int (out, "room", record->ints[2]);
      break;
    case SWB_CALL_SETSOCKOPT:
      add_option (out, record);
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
add_call (GString *out, const SwbRecord *record)
{
  const SwbCallInfo *info = swb_call_get_info (record->call);

  add_string (out, "call", info->name);
  if (info->has_fd)
    add_int (out, "fd", record->fd);
  add_arguments (out, record);

  if (record->address.length > 0)
    {
      g_autofree char *address = swb_address_print (&record->address);

      add_string (out, "address", address);
    }

  if (has_data (record))
    add_data (out, record->data, record->n_data);

  add_int (out, "result", record->result);
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
  add_string (out, "message", message);
}

static void
add_note (GString *out, const SwbRecord *record)
{
  g_autofree char *name = swb_notation_dup_note_name (record->note);
  guint n_ints = SWB_RECORD_MAX_INTS;

  add_string (out, "note", name);
  while (n_ints > 0 && record->ints[n_ints - 1] == 0)
    n_ints--;

  if (n_ints > 0)
    {
      add_name (out, "values");
      for (guint i = 0; i < n_ints; i++)
        {
          g_string_append_c (out, i == 0 ? '[' : ',');
          put_int (out, record->ints[i]);
        }
      g_string_append_c (out, ']');
    }

  add_message (out, record);
}

static void
add_body (GString *out, const SwbRecord *record)
{
  switch (record->kind)
    {
    case SWB_RECORD_COMMAND:
    case SWB_RECORD_OUTCOME:
      add_int (out, "id", record->ints[0]);
      add_message (out, record);
      break;
    case SWB_RECORD_NOTE:
      add_note (out, record);
      break;
    case SWB_RECORD_CALL:
    default:
      add_call (out, record);
      break;
    }

  if (record->error != 0)
    add_string (out, "error", swb_errno_name (record->error));
}

char *
swb_json_print (const SwbRecord *record, guint64 position, SwbJournal *journal,
                SwbPaneNameFunc pane_name, gpointer user_data)
{
  GString *out = g_string_sized_new (LINE_BYTES + record->n_data / 3 * 4);
  gint64 wall_ns = journal != NULL ? swb_journal_to_wall_ns (journal, record->time_ns)
                                   : record->time_ns;

  g_string_append_c (out, '{');
  add_int (out, "position", (gint64)position);
  add_time (out, wall_ns);
  add_int (out, "took_ns", record->took_ns);
  add_pane (out, record, pane_name, user_data);
  add_string (out, "kind", get_kind_name (record->kind));
  add_string (out, "origin", get_origin_name (record->origin));
  add_body (out, record);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation.h"

#include "journal/notation/swb-notation-private.h"
#include "net/swb-errno.h"
#include "net/swb-error.h"

#include <string.h>

#include <glib/gi18n.h>

static const char *const note_names[] = {
  [SWB_NOTE_TEXT] = "text",
  [SWB_NOTE_RESOLVED] = "resolved",
  [SWB_NOTE_WAITING] = "waiting",
  [SWB_NOTE_DRAINED] = "drained",
  [SWB_NOTE_PAUSED] = "paused",
  [SWB_NOTE_HOLDER] = "holder",
  [SWB_NOTE_STALE] = "stale",
  [SWB_NOTE_DESCRIPTORS] = "descriptors",
  [SWB_NOTE_TRUNCATED] = "truncated",
  [SWB_NOTE_UNRECORDED] = "unrecorded",
  [SWB_NOTE_PROBLEM] = "problem",
  [SWB_NOTE_LOST] = "lost",
  [SWB_NOTE_GAP] = "gap",
  [SWB_NOTE_FLOW] = "flow",
  [SWB_NOTE_LIMIT] = "limit",
  [SWB_NOTE_CAUSE] = "cause",
  [SWB_NOTE_QUEUE] = "queue",
  [SWB_NOTE_DESCRIPTOR] = "descriptor",
  [SWB_NOTE_PROCESS] = "process",
  [SWB_NOTE_PEER] = "peer",
  [SWB_NOTE_SENDER] = "sender",
  [SWB_NOTE_PANE] = "pane",
};

/* --- print --- */

static gboolean
is_plain_character (gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    default:
      return TRUE;
    }
}

gboolean
swb_notation_is_name (const char *name)
{
  if (*name == '\0' || strlen (name) > SWB_NOTATION_NAME_MAX
      || !g_utf8_validate (name, -1, NULL))
    return FALSE;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (*at == ' ' || *at == '#' || !is_plain_character (g_utf8_get_char (at)))
      return FALSE;

  return TRUE;
}

static void
print_pane (GString *text, const SwbRecord *record, SwbPaneNameFunc pane_name,
            gpointer user_data)
{
  const char *name = pane_name != NULL ? pane_name (record->pane, user_data) : NULL;

  if (name != NULL && swb_notation_is_name (name))
    g_string_append (text, name);
  else
    g_string_append_printf (text, "pane%u", record->pane);

  if (record->connection == SWB_CONNECTION_ALL)
    g_string_append (text, "#all");
  else if (record->connection != SWB_CONNECTION_NONE)
    g_string_append_printf (text, "#%u", record->connection);

  g_string_append_c (text, ' ');
}

/* Finds the " <0.000004012>" at the end of @text. */
static gboolean
find_took (const char *text, const char **begin, gint64 *took_ns)
{
  const char *last = strrchr (text, '<');
  SwbScanner scanner = { last == NULL ? "" : last + 1 };
  gint64 ns;

  if (last == NULL || last == text || last[-1] != ' ' || !swb_scan_time (&scanner, &ns)
      || strcmp (scanner.at, ">") != 0)
    return FALSE;

  *begin = last - 1;
  *took_ns = ns;
  return TRUE;
}

/* Whether the text can stand as it is: it harms no terminal, and is not taken for something
 * else. */
static gboolean
is_plain (const char *data, gsize length)
{
  const char *begin;
  gint64 took_ns;

  if (data[0] == '"' || !g_utf8_validate (data, (gssize)length, NULL))
    return FALSE;

  for (const char *at = data; at < data + length; at = g_utf8_next_char (at))
    if (!is_plain_character (g_utf8_get_char (at)))
      return FALSE;

  g_autofree char *ended = g_strdup_printf (" %.*s", (int)length, data);
  return !find_took (ended, &begin, &took_ns);
}

static void
print_text (GString *text, const SwbRecord *record)
{
  const char *data = (const char *)record->data;

  if (record->n_data == 0)
    return;

  g_string_append_c (text, ' ');
  if (is_plain (data, record->n_data))
    g_string_append_len (text, data, (gssize)record->n_data);
  else
    swb_print_quoted (text, record->data, record->n_data);
}

char *
swb_notation_dup_note_name (SwbNote note)
{
  if ((guint)note >= SWB_NOTE_TEXT && (guint)note < G_N_ELEMENTS (note_names)
      && note_names[note] != NULL)
    return g_strdup (note_names[note]);

  return g_strdup_printf ("note%u", (guint)note);
}

static void
print_note (GString *text, const SwbRecord *record)
{
  g_autofree char *name = swb_notation_dup_note_name (record->note);
  guint n_ints = SWB_RECORD_MAX_INTS;

  g_string_append_printf (text, "* %s", name);
  while (n_ints > 0 && record->ints[n_ints - 1] == 0)
    n_ints--;
  for (guint i = 0; i < n_ints; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i == 0 ? "(" : ",",
                            record->ints[i]);
  if (n_ints > 0)
    g_string_append_c (text, ')');

  print_text (text, record);
}

static void
print_body (GString *text, const SwbRecord *record)
{
  switch (record->kind)
    {
    case SWB_RECORD_COMMAND:
      g_string_append_printf (text, "> #%" G_GINT64_FORMAT, record->ints[0]);
      print_text (text, record);
      break;
    case SWB_RECORD_OUTCOME:
      g_string_append_printf (text, "< #%" G_GINT64_FORMAT " %s", record->ints[0],
                              record->error == 0 ? "ok" : swb_errno_name (record->error));
      print_text (text, record);
      break;
    case SWB_RECORD_NOTE:
      print_note (text, record);
      break;
    case SWB_RECORD_PACKET:
      g_string_append (text, "| ");
      swb_print_packet (text, record);
      break;
    case SWB_RECORD_CALL:
    default:
      swb_print_call (text, record);
      break;
    }
}

char *
swb_notation_print (const SwbRecord *record, SwbJournal *journal, SwbPaneNameFunc pane_name,
                    gpointer user_data)
{
  GString *text = g_string_sized_new (128 + record->n_data);
  gint64 time_ns = journal != NULL ? swb_journal_to_wall_ns (journal, record->time_ns)
                                   : record->time_ns;

  print_pane (text, record, pane_name, user_data);
  swb_print_time (text, time_ns);
  g_string_append_c (text, ' ');
  print_body (text, record);
  if (record->kind == SWB_RECORD_CALL
      || (record->kind != SWB_RECORD_PACKET && record->took_ns != 0))
    {
      g_string_append (text, " <");
      swb_print_time (text, record->took_ns);
      g_string_append_c (text, '>');
    }

  return g_string_free (text, FALSE);
}

char *
swb_notation_print_call (const SwbRecord *record)
{
  GString *text = g_string_new (NULL);

  swb_print_call (text, record);
  return g_string_free (text, FALSE);
}

/* --- parse --- */

static gboolean
scan_pane (SwbScanner *self, SwbRecord *record, char **pane)
{
  gsize length = strcspn (self->at, " ");
  const char *hash = memchr (self->at, '#', length);
  gsize n_name = hash == NULL ? length : (gsize)(hash - self->at);
  gint64 connection = SWB_CONNECTION_NONE;

  *pane = g_strndup (self->at, n_name);
  if (!swb_notation_is_name (*pane))
    return FALSE;

  self->at += n_name;
  if (swb_scan (self, "#all"))
    connection = SWB_CONNECTION_ALL;
  else if (swb_scan (self, "#")
           && (!swb_scan_int (self, &connection) || connection <= 0
               || connection >= SWB_CONNECTION_ALL))
    return FALSE;

  record->connection = (guint)connection;
  return swb_scan (self, " ");
}

/* Takes the rest of the line: the text, and how long it took. */
static gboolean
scan_text (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  gsize length = strlen (self->at);
  const char *end = self->at + length;

  find_took (self->at, &end, &record->took_ns);
  if (end == self->at)
    {
      self->at += length;
      return TRUE;
    }

  if (!swb_scan (self, " "))
    return FALSE;

  if (self->at[0] == '"')
    {
      if (!swb_scan_quoted (self, bytes) || self->at != end)
        return FALSE;
    }
  else
    {
      if (!is_plain (self->at, (gsize)(end - self->at)))
        return FALSE;
      g_byte_array_append (bytes, (const guint8 *)self->at, (guint)(end - self->at));
    }

  self->at += strlen (self->at);
  return TRUE;
}

static gboolean
scan_id (SwbScanner *self, SwbRecord *record)
{
  return swb_scan (self, "#") && swb_scan_int (self, &record->ints[0]);
}

static gboolean
scan_outcome (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  if (!scan_id (self, record) || !swb_scan (self, " "))
    return FALSE;

  if (!swb_scan (self, "ok"))
    {
      gsize length = strspn (self->at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
      g_autofree char *name = g_strndup (self->at, length);

      record->error = length > 0 ? swb_errno_from_name (name) : 0;
      record->result = -1;
      if (record->error == 0)
        return FALSE;
      self->at += length;
    }

  return scan_text (self, record, bytes);
}

static gboolean
scan_note_name (SwbScanner *self, SwbNote *note)
{
  gsize length = strspn (self->at, "abcdefghijklmnopqrstuvwxyz");
  gint64 number;

  for (guint i = SWB_NOTE_TEXT; i < G_N_ELEMENTS (note_names); i++)
    if (note_names[i] != NULL && strlen (note_names[i]) == length
        && strncmp (note_names[i], self->at, length) == 0)
      {
        self->at += length;
        *note = i;
        return TRUE;
      }

  if (!swb_scan (self, "note") || !swb_scan_int (self, &number) || number < 0
      || number > G_MAXUINT8)
    return FALSE;

  *note = (SwbNote)number;
  return TRUE;
}

static gboolean
scan_note (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  if (!scan_note_name (self, &record->note))
    return FALSE;

  if (swb_scan (self, "("))
    {
      guint i = 0;

      do
        if (!swb_scan_int (self, &record->ints[i++]))
          return FALSE;
      while (i < SWB_RECORD_MAX_INTS && swb_scan (self, ","));

      if (!swb_scan (self, ")"))
        return FALSE;
    }

  return scan_text (self, record, bytes);
}

static gboolean
scan_timed_call (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return swb_scan_call (self, record, bytes) && swb_scan (self, " <")
         && swb_scan_time (self, &record->took_ns) && swb_scan (self, ">");
}

static gboolean
scan_body (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  if (swb_scan (self, "> "))
    {
      record->kind = SWB_RECORD_COMMAND;
      return scan_id (self, record) && scan_text (self, record, bytes);
    }

  if (swb_scan (self, "< "))
    {
      record->kind = SWB_RECORD_OUTCOME;
      return scan_outcome (self, record, bytes);
    }

  if (swb_scan (self, "* "))
    {
      record->kind = SWB_RECORD_NOTE;
      return scan_note (self, record, bytes);
    }

  if (swb_scan (self, "| "))
    {
      record->kind = SWB_RECORD_PACKET;
      return swb_scan_packet (self, record, bytes);
    }

  record->kind = SWB_RECORD_CALL;
  return scan_timed_call (self, record, bytes);
}

gboolean
swb_notation_parse (const char *line, SwbRecord *record, char **pane, GBytes **bytes,
                    GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autofree char *name = NULL;
  SwbScanner scanner = { line };
  SwbRecord parsed = { .fd = -1 };

  g_return_val_if_fail (line != NULL, FALSE);

  if (!scan_pane (&scanner, &parsed, &name) || !swb_scan_time (&scanner, &parsed.time_ns)
      || !swb_scan (&scanner, " ") || !scan_body (&scanner, &parsed, array)
      || scanner.at[0] != '\0')
    {
      g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
                   _ ("Column %u: this is not a record of a journal"),
                   (guint)(scanner.at - line) + 1);
      return FALSE;
    }

  *bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  *pane = g_steal_pointer (&name);
  *record = parsed;
  record->data = g_bytes_get_data (*bytes, &record->n_data);
  record->n_data -= record->n_control;
  record->control = record->n_control > 0 ? record->data + record->n_data : NULL;
  return TRUE;
}

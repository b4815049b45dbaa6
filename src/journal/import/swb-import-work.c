/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-private.h"

#include "journal/recording/swb-load.h"
#include "journal/notation/swb-notation-private.h"
#include "net/swb-error.h"
#include "net/swb-escape.h"

#include <string.h>

#include <glib/gi18n.h>

#define ITEMS_PER_LOOK 4096
#define RECORDS_PER_PUBLISH 1024
#define NAME_MAX_CHARS 32
#define TITLE_MAX_BYTES 200

gboolean
swb_import_fail_at_offset (SwbImport *self, GError **error, const char *reason)
{
  g_autofree char *offset = g_strdup_printf ("%" G_GUINT64_FORMAT, self->item_offset);

  /* Translators: the first is a reason, such as "the file ends too early" */
  g_set_error (error, SWB_ERROR, SWB_ERROR_FORMAT, _ ("%s, at offset %s"), reason, offset);
  return FALSE;
}

gboolean
swb_import_fail_at_column (SwbImport *self, gsize column, GError **error,
                           const char *reason)
{
  g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
               "%" G_GUINT64_FORMAT ":%" G_GSIZE_FORMAT ": %s", self->line_number, column,
               reason);
  return FALSE;
}

/* --- reading --- */

int
swb_import_read (SwbImport *self, gpointer bytes, gsize length, gboolean may_end,
                 GError **error)
{
  gsize n;

  if (!g_input_stream_read_all (G_INPUT_STREAM (self->stream), bytes, length, &n,
                                self->cancellable, error))
    return -1;

  self->offset += n;
  if (n == length)
    return 1;
  if (n == 0 && may_end)
    return 0;

  swb_import_fail_at_offset (self, error, _ ("the file ends too early"));
  return -1;
}

gboolean
swb_import_skip (SwbImport *self, gsize length, GError **error)
{
  guint8 scrap[4096];

  while (length > 0)
    {
      gsize n = MIN (length, sizeof scrap);

      if (swb_import_read (self, scrap, n, FALSE, error) < 0)
        return FALSE;
      length -= n;
    }
  return TRUE;
}

/* Moves what the buffer has of the line. Returns whether the line ended. */
static gboolean
take_from_buffer (SwbImport *self)
{
  gsize available;
  const guint8 *bytes = g_buffered_input_stream_peek_buffer (self->stream, &available);
  const guint8 *newline = available > 0 ? memchr (bytes, '\n', available) : NULL;
  gsize n = newline != NULL ? (gsize)(newline - bytes) : available;

  g_byte_array_append (self->line, bytes, (guint)n);
  n += newline != NULL;
  g_input_stream_skip (G_INPUT_STREAM (self->stream), n, NULL, NULL);
  self->offset += n;
  return newline != NULL;
}

int
swb_import_read_line (SwbImport *self, GError **error)
{
  gboolean ended = FALSE;
  gssize n = 1;

  /* One long line does not cost its length for ever. */
  if (self->line->len > 1024 * 1024)
    {
      g_byte_array_unref (self->line);
      self->line = g_byte_array_new ();
    }

  g_byte_array_set_size (self->line, 0);
  self->line_number++;
  while (!(ended = take_from_buffer (self)) && n > 0)
    {
      if (self->line->len > SWB_IMPORT_LINE_MAX)
        {
          swb_import_fail_at_column (self, self->line->len, error,
                                     _ ("the line is longer than any can be"));
          return -1;
        }
      n = g_buffered_input_stream_fill (self->stream, -1, self->cancellable, error);
      if (n < 0)
        return -1;
    }

  if (!ended && self->line->len == 0)
    return 0;
  if (self->line->len > 0 && self->line->data[self->line->len - 1] == '\r')
    g_byte_array_set_size (self->line, self->line->len - 1);
  g_byte_array_append (self->line, (const guint8 *)"", 1);
  return 1;
}

gboolean
swb_import_look (SwbImport *self, guint64 n_items, GError **error)
{
  if (n_items % ITEMS_PER_LOOK != 0)
    return TRUE;

  if (self->progress != NULL)
    self->progress (self->offset, MAX (self->n_bytes, self->offset), self->progress_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* --- writing --- */

static gboolean
fail_on_time (SwbImport *self, GError **error)
{
  if (self->line_number > 0)
    return swb_import_fail_at_column (self, 1, error, _ ("the time is impossible"));
  return swb_import_fail_at_offset (self, error, _ ("the time is impossible"));
}

static gboolean
set_base (SwbImport *self, gint64 wall_ns, GError **error)
{
  self->base_ns = wall_ns;
  self->has_base = TRUE;
  return swb_load_set_anchor (self->journal, 0, wall_ns, error);
}

static gboolean
append_one (SwbImport *self, const SwbRecord *record, GError **error)
{
  gint64 wall_ns = record->time_ns;
  SwbRecord relative = *record;

  if (wall_ns <= -SWB_LOAD_WALL_MAX_NS || wall_ns >= SWB_LOAD_WALL_MAX_NS)
    return fail_on_time (self, error);
  if (!self->has_base && !set_base (self, wall_ns, error))
    return FALSE;

  relative.time_ns = wall_ns - self->base_ns;
  if (relative.time_ns <= -SWB_LOAD_TIME_MAX_NS || relative.time_ns >= SWB_LOAD_TIME_MAX_NS)
    return fail_on_time (self, error);

  swb_journal_append (self->journal, &relative);
  self->n_records++;
  return self->n_records % RECORDS_PER_PUBLISH != 0
         || swb_load_publish (self->journal, error);
}

gboolean
swb_import_append (SwbImport *self, const SwbRecord *record, GError **error)
{
  if (!append_one (self, record, error))
    return FALSE;
  if (record->n_data <= SWB_JOURNAL_DATA_MAX)
    return TRUE;

  return swb_import_append_note (
      self, SWB_NOTE_UNRECORDED, record->time_ns, record->pane, record->connection,
      (gint64)(record->n_data - SWB_JOURNAL_DATA_MAX),
      _ ("The bytes of the record before are more than a record can have."), -1, error);
}

gboolean
swb_import_append_note (SwbImport *self, SwbNote note, gint64 wall_ns, guint pane,
                        guint connection, gint64 value, const char *text, gssize length,
                        GError **error)
{
  SwbRecord record = {
    .time_ns = wall_ns,
    .kind = SWB_RECORD_NOTE,
    .origin = SWB_ORIGIN_ENGINE,
    .note = note,
    .pane = pane,
    .connection = connection,
    .fd = -1,
    .ints = { value },
    .data = (const guint8 *)text,
    .n_data = length < 0 ? strlen (text) : (gsize)length,
  };

  record.n_data = MIN (record.n_data, SWB_JOURNAL_DATA_MAX);
  return append_one (self, &record, error);
}

gboolean
swb_import_append_command (SwbImport *self, gint64 wall_ns, guint pane, const char *text,
                           GError **error)
{
  SwbRecord record = {
    .time_ns = wall_ns,
    .kind = SWB_RECORD_COMMAND,
    .origin = SWB_ORIGIN_ENGINE,
    .pane = pane,
    .fd = -1,
    .ints = { ++self->n_commands },
    .data = (const guint8 *)text,
    .n_data = strlen (text),
  };

  if (!append_one (self, &record, error))
    return FALSE;
  record.kind = SWB_RECORD_OUTCOME;
  record.data = NULL;
  record.n_data = 0;
  return append_one (self, &record, error);
}

/* --- panes --- */

static gboolean
is_taken (SwbImport *self, const char *name)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pane_names);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_str_equal (value, name))
      return TRUE;
  return FALSE;
}

static char *
make_name (SwbImport *self, const char *wanted)
{
  g_autofree char *name = g_strndup (wanted, NAME_MAX_CHARS - 6);
  char *unique;

  for (char *at = name; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '_')
      *at = '-';
  if (!g_ascii_isalpha (name[0]))
    {
      char *longer = g_strdup_printf ("p%.*s", NAME_MAX_CHARS - 7, name);

      g_free (name);
      name = longer;
    }

  unique = g_strdup (name);
  for (guint n = 2; is_taken (self, unique); n++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s-%u", name, n);
    }
  return unique;
}

static void
put_constant (GString *text, void (*print) (GString *, gint64), int value)
{
  gsize from = text->len;

  print (text, value);
  if (!g_ascii_isalpha (text->str[from]))
    {
      g_string_truncate (text, from);
      g_string_append_printf (text, "%d", value);
    }
}

gboolean
swb_import_append_pane (SwbImport *self, gint64 wall_ns, guint pane, const char *name,
                        int domain, int type, int protocol, const char *title,
                        GError **error)
{
  g_autoptr (GString) text = g_string_new ("pane ");
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  char *unique = make_name (self, name);

  if (strlen (valid) > TITLE_MAX_BYTES)
    *g_utf8_find_prev_char (valid, valid + TITLE_MAX_BYTES) = '\0';
  g_hash_table_insert (self->pane_names, GUINT_TO_POINTER (pane), unique);
  g_string_append_printf (text, "%s ", unique);
  put_constant (text, swb_print_domain, domain);
  g_string_append_c (text, ' ');
  put_constant (text, swb_print_type, type);
  g_string_append_printf (text, " %d \"", protocol);
  swb_escape_print (text, (const guint8 *)valid, strlen (valid), TRUE);
  g_string_append_c (text, '"');
  return swb_import_append_command (self, wall_ns, pane, text->str, error);
}

const char *
swb_import_get_pane_name (SwbImport *self, guint pane)
{
  return g_hash_table_lookup (self->pane_names, GUINT_TO_POINTER (pane));
}

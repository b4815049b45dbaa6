/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/recording/swb-recording.h"

#include "journal/notation/swb-notation-private.h"
#include "journal/recording/swb-load.h"
#include "journal/recording/swb-recording-private.h"
#include "net/swb-error.h"

#include <string.h>

#include <glib/gi18n.h>

#define BLOCKS_PER_LOOK 4096
#define RECORDS_PER_PUBLISH 1024

typedef struct
{
  SwbPcapngReader reader;
  SwbJournal *journal;
  GHashTable *pane_names;
  guint64 n_promised; /* records, says the section, or the end where it knows better */
  guint64 n_records;  /* appended */
  gboolean has_section;

  /* The record whose bytes are still coming. */
  SwbRecord record;
  guint8 *room;
  guint8 control[SWB_RECORD_CONTROL_MAX]; /* of it: pieces of data come between */
  gsize n_came;
  gboolean is_open;

  GByteArray *said; /* of a journal block, decoded */
  GByteArray *data;

  guint64 n_bytes;
  SwbProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Loading;

/* One piece of a record: what is said of it, and its bytes. */
typedef struct
{
  const guint8 *said;
  gsize n_said;
  const guint8 *data;
  gsize n_data;
  gboolean is_first;
} Piece;

static gboolean
fail (Loading *self, GError **error, const char *reason)
{
  swb_pcapng_reader_set_error (&self->reader, error, reason);
  return FALSE;
}

/* --- the section and its interfaces --- */

static gboolean
is_possible (gint64 time_ns, gint64 max_ns)
{
  return time_ns > -max_ns && time_ns < max_ns;
}

static gboolean
load_section (Loading *self, GError **error)
{
  const SwbPcapngReader *reader = &self->reader;
  const guint8 *value;
  gsize length;

  if (self->has_section)
    return fail (self, error, _ ("a second section begins; recordings have one"));
  if (reader->length < 16
      || !swb_pcapng_find_custom (reader->body + 16, reader->body + reader->length,
                                  SWB_RECORDING_TAG_SECTION, &value, &length)
      || length < SWB_RECORDING_SECTION_BYTES)
    return fail (
        self, error,
        _ ("this is a pcapng file of another program, not a recording of this one"));
  if (swb_get_u16 (value) != SWB_RECORDING_VERSION)
    return fail (self, error, _ ("this recording is of a newer version of this program"));

  gint64 monotonic_ns = (gint64)swb_get_u64 (value + 4);
  gint64 wall_ns = (gint64)swb_get_u64 (value + 12);
  if (!is_possible (monotonic_ns, SWB_LOAD_TIME_MAX_NS)
      || !is_possible (wall_ns, SWB_LOAD_WALL_MAX_NS))
    return fail (self, error, _ ("the time of the recording is impossible"));

  self->has_section = TRUE;
  self->n_promised = swb_get_u64 (value + 20);
  return swb_load_set_anchor (self->journal, monotonic_ns, wall_ns, error);
}

static void
load_interface (Loading *self)
{
  const guint8 *at = self->reader.body;
  const guint8 *end = at + self->reader.length;
  const guint8 *name, *value;
  gsize n_name, length;
  guint16 code;

  if (self->reader.length < 8)
    return;

  at += 8;
  if (!swb_pcapng_find_custom (at, end, SWB_RECORDING_TAG_PANE, &value, &length)
      || length < 2)
    return;

  while (swb_pcapng_next_option (&at, end, &code, &name, &n_name))
    if (code == SWB_PCAPNG_OPT_IF_NAME)
      {
        g_autofree char *text = g_strndup ((const char *)name, n_name);

        if (swb_notation_is_name (text))
          g_hash_table_insert (self->pane_names,
                               GUINT_TO_POINTER ((guint)swb_get_u16 (value)),
                               g_steal_pointer (&text));
        return;
      }
}

/* --- records --- */

static gboolean
begin_record (Loading *self, const Piece *piece, GError **error)
{
  const guint8 *at = piece->said;
  gsize n_details = piece->n_said - SWB_RECORDING_RECORD_BYTES;
  guint64 n_data = swb_get_u32 (at + 4);
  SwbEntry entry = {
    .time_ns = (gint64)swb_get_u64 (at + 8),
    .n_details = n_details,
    .length = (guint32)n_details,
    .took_ns = swb_get_u32 (at + 16),
    .result = (gint32)swb_get_u32 (at + 20),
    .fd = (gint32)swb_get_u32 (at + 24),
    .connection = swb_get_u32 (at + 28),
    .pane = swb_get_u16 (at + 32),
    .what = at[34],
    .kind = at[35] & 0xf,
    .origin = at[35] >> 4 & 7,
    .is_long = at[35] >> 7,
  };

  if (entry.kind < SWB_RECORD_CALL || entry.kind > SWB_RECORD_PACKET)
    return fail (self, error, _ ("a record is of no known kind"));
  if (n_details > SWB_RECORD_DETAILS_MAX
      || !swb_record_decode (&entry, at + SWB_RECORDING_RECORD_BYTES, &self->record))
    return fail (self, error, _ ("the details of a record are damaged"));
  if (!is_possible (entry.time_ns, SWB_LOAD_TIME_MAX_NS))
    return fail (self, error, _ ("the time of a record is impossible"));
  if (n_data > SWB_JOURNAL_DATA_MAX)
    return fail (self, error, _ ("a record has more bytes than a record can have"));

  if (self->record.n_control > 0)
    memcpy (self->control, self->record.control, self->record.n_control);
  self->record.control = self->control;
  self->record.n_data = n_data;
  self->room = swb_journal_reserve (self->journal, n_data);
  self->record.data = n_data > 0 ? self->room : NULL;
  self->n_came = 0;
  self->is_open = TRUE;
  return TRUE;
}

static gboolean
end_record (Loading *self, GError **error)
{
  swb_journal_append (self->journal, &self->record);
  self->is_open = FALSE;
  self->n_records++;
  return self->n_records % RECORDS_PER_PUBLISH != 0
         || swb_load_publish (self->journal, error);
}

static gboolean
load_piece (Loading *self, const Piece *piece, GError **error)
{
  if (piece->is_first && self->is_open)
    return fail (self, error, _ ("bytes of the record before are missing"));
  if (!piece->is_first && !self->is_open)
    return fail (self, error, _ ("the record that these bytes belong to is missing"));
  if (piece->n_said < (piece->is_first ? SWB_RECORDING_RECORD_BYTES : 4))
    return fail (self, error, _ ("what is said of a record is too short"));
  if (swb_get_u32 (piece->said) > piece->n_data)
    return fail (self, error, _ ("bytes of a record are missing"));
  if (piece->is_first && !begin_record (self, piece, error))
    return FALSE;

  gsize n = swb_get_u32 (piece->said);
  if (n > self->record.n_data - self->n_came)
    return fail (self, error, _ ("a record has more bytes than it says"));
  if (n > 0)
    memcpy (self->room + self->n_came, piece->data + piece->n_data - n, n);
  self->n_came += n;
  return self->n_came < self->record.n_data || end_record (self, error);
}

static gboolean
load_packet (Loading *self, GError **error)
{
  const guint8 *body = self->reader.body;
  const guint8 *end = body + self->reader.length;
  Piece piece = { .is_first = TRUE };

  if (self->reader.length < 20)
    return fail (self, error, _ ("a packet is too short"));

  gsize length = swb_get_u32 (body + 12);
  gsize padded = (length + 3) & ~(gsize)3;
  if (padded > self->reader.length - 20)
    return fail (self, error, _ ("a packet is longer than its block"));

  const guint8 *options = body + 20 + padded;
  piece.data = body + 20;
  piece.n_data = length;
  if (!swb_pcapng_find_custom (options, end, SWB_RECORDING_TAG_RECORD, &piece.said,
                               &piece.n_said))
    {
      piece.is_first = FALSE;
      if (!swb_pcapng_find_custom (options, end, SWB_RECORDING_TAG_MORE, &piece.said,
                                   &piece.n_said))
        return TRUE; /* made up from calls that are elsewhere */
    }

  return load_piece (self, &piece, error);
}

/* The Journal Export Format of systemd: a field is NAME=text, or NAME, a length, and bytes.
 */
static gboolean
next_field (const guint8 **at, const guint8 *end, const guint8 **name, gsize *n_name,
            const guint8 **value, gsize *length)
{
  const guint8 *line = *at;
  const guint8 *newline = line < end ? memchr (line, '\n', (gsize)(end - line)) : NULL;

  if (newline == NULL)
    return FALSE;

  const guint8 *equals = memchr (line, '=', (gsize)(newline - line));
  *name = line;
  *n_name = (gsize)((equals != NULL ? equals : newline) - line);
  if (equals != NULL)
    {
      *value = equals + 1;
      *length = (gsize)(newline - *value);
      *at = newline + 1;
      return TRUE;
    }

  *value = newline + 1 + sizeof (guint64);
  if ((gsize)(end - newline) < 2 + sizeof (guint64)
      || swb_get_u64 (newline + 1) > (gsize)(end - *value) - 1)
    return FALSE;

  *length = (gsize)swb_get_u64 (newline + 1);
  *at = *value + *length + 1;
  return TRUE;
}

/* Appends what @value says in base64, if the field is @wanted. */
static gboolean
take_field (const guint8 *name, gsize n_name, const guint8 *value, gsize length,
            const char *wanted, GByteArray *bytes)
{
  gsize n_wanted = strlen (wanted) - 1; /* without the "=" */
  int state = 0;
  guint save = 0;

  if (n_name != n_wanted || memcmp (name, wanted, n_wanted) != 0)
    return FALSE;

  g_byte_array_set_size (bytes, (guint)(length / 4 * 3 + 3));
  gsize n = g_base64_decode_step ((const char *)value, length, bytes->data, &state, &save);
  g_byte_array_set_size (bytes, (guint)n);
  return TRUE;
}

static gboolean
load_journal (Loading *self, GError **error)
{
  const guint8 *at = self->reader.body;
  const guint8 *end = at + self->reader.length;
  const guint8 *name, *value;
  gsize n_name, length;
  gboolean is_ours = FALSE;

  g_byte_array_set_size (self->data, 0);
  while (next_field (&at, end, &name, &n_name, &value, &length))
    if (take_field (name, n_name, value, length, SWB_RECORDING_FIELD_RECORD, self->said))
      is_ours = TRUE;
    else
      take_field (name, n_name, value, length, SWB_RECORDING_FIELD_DATA, self->data);

  if (!is_ours)
    return TRUE; /* of somebody else's journal */
  if (self->said->len < 4)
    return fail (self, error, _ ("what is said of a record is too short"));

  if (memcmp (self->said->data, SWB_RECORDING_TAG_END, 4) == 0 && self->said->len >= 12)
    {
      self->n_promised = swb_get_u64 (self->said->data + 4);
      return TRUE;
    }

  Piece piece = {
    .said = self->said->data + 4,
    .n_said = self->said->len - 4,
    .data = self->data->data,
    .n_data = self->data->len,
    .is_first = memcmp (self->said->data, SWB_RECORDING_TAG_RECORD, 4) == 0,
  };
  return load_piece (self, &piece, error);
}

/* --- the whole --- */

static gboolean
load_block (Loading *self, GError **error)
{
  if (!self->has_section && self->reader.type != SWB_PCAPNG_SECTION)
    return fail (self, error, _ ("this is not a pcapng file"));

  switch (self->reader.type)
    {
    case SWB_PCAPNG_SECTION:
      return load_section (self, error);
    case SWB_PCAPNG_INTERFACE:
      load_interface (self);
      return TRUE;
    case SWB_PCAPNG_PACKET:
      return load_packet (self, error);
    case SWB_PCAPNG_JOURNAL:
    default:
      return load_journal (self, error);
    }
}

static gboolean
check_whole (Loading *self, GError **error)
{
  if (!self->has_section)
    return fail (self, error, _ ("this is not a pcapng file"));
  if (self->n_records == self->n_promised && !self->is_open)
    return TRUE;

  g_autofree char *found = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_records);
  g_autofree char *promised = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_promised);
  /* Translators: two numbers */
  g_autofree char *reason
      = g_strdup_printf (_ ("the file ends after %s of %s records"), found, promised);
  return fail (self, error, reason);
}

static gboolean
load_blocks (Loading *self, GError **error)
{
  for (guint64 n = 0;; n++)
    {
      int found = swb_pcapng_reader_next (&self->reader, self->cancellable, error);

      if (found < 0)
        return FALSE;
      if (found == 0)
        return check_whole (self, error) && swb_load_publish (self->journal, error);
      if (!load_block (self, error))
        return FALSE;
      if (n % BLOCKS_PER_LOOK != 0)
        continue;
      if (self->progress != NULL)
        self->progress (self->reader.offset, MAX (self->n_bytes, self->reader.offset),
                        self->progress_data);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }
}

static gboolean
load (Loading *self, GInputStream *stream, GError **error)
{
  self->said = g_byte_array_new ();
  self->data = g_byte_array_new ();
  swb_pcapng_reader_init (&self->reader, stream);

  gboolean loaded = load_blocks (self, error);

  swb_pcapng_reader_clear (&self->reader);
  g_byte_array_unref (self->said);
  g_byte_array_unref (self->data);
  return loaded;
}

SwbJournal *
swb_recording_load (GInputStream *stream, guint64 n_bytes, const char *folder,
                    GHashTable **pane_names, SwbProgressFunc progress,
                    gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  g_autoptr (GHashTable) names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gboolean made;
  SwbJournal *journal = swb_load_begin (folder, &made, error);

  if (journal == NULL)
    return NULL;

  Loading self = {
    .journal = journal,
    .pane_names = names,
    .n_bytes = n_bytes,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };
  journal = swb_load_end (journal, load (&self, stream, error), made);
  if (journal != NULL && pane_names != NULL)
    *pane_names = g_steal_pointer (&names);
  return journal;
}

const char *
swb_recording_get_pane_name (guint pane, gpointer pane_names)
{
  return g_hash_table_lookup (pane_names, GUINT_TO_POINTER (pane));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "import-fixture.h"

#include <string.h>

#include "net/swb-error.h"

Imported *
import_bytes (gconstpointer bytes, gsize length, GError **error)
{
  g_autoptr (GInputStream) stream
      = g_memory_input_stream_new_from_data (bytes, (gssize)length, NULL);
  g_autoptr (GHashTable) names = NULL;
  SwbJournal *journal
      = swb_import_load (stream, length, NULL, &names, NULL, NULL, NULL, error);
  Imported *self;

  if (journal == NULL)
    return NULL;

  self = g_new0 (Imported, 1);
  self->journal = journal;
  self->pane_names = g_steal_pointer (&names);
  self->records = g_array_new (FALSE, FALSE, sizeof (SwbRecord));
  for (guint64 i = 0; i < swb_journal_get_n_records (journal); i++)
    {
      SwbRecord record;

      g_assert_true (swb_journal_read (journal, i, &record));
      g_array_append_val (self->records, record);
    }
  return self;
}

Imported *
import_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  Imported *self = import_bytes (text, strlen (text), &error);

  g_assert_no_error (error);
  return self;
}

void
imported_free (Imported *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->records);
  g_hash_table_unref (self->pane_names);
  swb_journal_unref (self->journal);
  g_free (self);
}

void
import_fails (gconstpointer bytes, gssize length, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Imported) self
      = import_bytes (bytes, length < 0 ? strlen (bytes) : (gsize)length, &error);

  g_assert_null (self);
  g_assert_error (error, SWB_ERROR, code);
  if (strstr (error->message, message) == NULL)
    g_error ("“%s” is not “%s”", error->message, message);
}

static void
import_any (const guint8 *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Imported) self = import_bytes (bytes, length, &error);

  g_assert_true ((self == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_true (error->domain == SWB_ERROR);
}

static void
change (guint8 *bytes, gsize length)
{
  static const guint8 odd[] = "\0\xff\x80\x7f\n\"\\,()[]{}<>=0123456789abcdefx -:";

  for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
    {
      gsize at = (gsize)g_test_rand_int_range (0, (gint32)length);

      bytes[at] = g_test_rand_bit () ? odd[g_test_rand_int_range (0, sizeof odd - 1)]
                                     : (guint8)g_test_rand_int ();
    }
}

void
import_mutated (gconstpointer bytes, gsize length, guint n)
{
  for (gsize i = 0; i <= length; i++)
    import_any (bytes, i);
  for (guint i = 0; i < n; i++)
    {
      g_autofree guint8 *changed = g_memdup2 (bytes, length);
      gsize at = (gsize)g_test_rand_int_range (0, (gint32)length);

      gsize n_piece = (gsize)g_test_rand_int_range (1, 60);

      if (i % 3 == 0) /* a piece of it elsewhere */
        memcpy (changed + at, bytes, MIN (length - at, n_piece));
      change (changed, length);
      import_any (changed, length);
    }
}

guint
imported_count (const Imported *self, SwbRecordKind kind)
{
  guint n = 0;

  for (guint i = 0; i < self->records->len; i++)
    n += g_array_index (self->records, SwbRecord, i).kind == kind;
  return n;
}

const SwbRecord *
imported_get (const Imported *self, SwbRecordKind kind, guint n)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const SwbRecord *record = &g_array_index (self->records, SwbRecord, i);

      if (record->kind == kind && n-- == 0)
        return record;
    }
  g_error ("there is no such record");
}

const SwbRecord *
imported_call (const Imported *self, guint n)
{
  return imported_get (self, SWB_RECORD_CALL, n);
}

const char *
imported_command (const Imported *self, guint n)
{
  static char *text;
  const SwbRecord *record = imported_get (self, SWB_RECORD_COMMAND, n);

  g_free (text);
  text = g_strndup ((const char *)record->data, record->n_data);
  return text;
}

const SwbRecord *
imported_find_note (const Imported *self, SwbNote note, const char *text)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const SwbRecord *record = &g_array_index (self->records, SwbRecord, i);

      if (record->kind == SWB_RECORD_NOTE && record->note == note
          && (text == NULL
              || (record->n_data >= strlen (text)
                  && memcmp (record->data, text, strlen (text)) == 0)))
        return record;
    }
  return NULL;
}

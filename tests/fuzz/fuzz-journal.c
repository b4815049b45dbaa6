/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <glib/gstdio.h>
#include <string.h>

#include "journal/filter/swb-filter.h"
#include "journal/store/swb-journal-private.h"
#include "journal/notation/swb-json.h"
#include "journal/notation/swb-notation.h"

/* The files of a journal that a crash, a disk or a stranger made of it: opened and read
 * through. The input is two bytes (how long the index is), the anchor, the index, the
 * arena; both are cut into the segments that the anchor tells of. */

#define MAX_SEGMENTS 40

static void
write_file (const char *folder, const char *name, const guint8 *data, gsize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents_full (path, (const char *)data, (gssize)size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
write_segments (const char *folder, const char *stem, gsize segment, const guint8 *data,
                gsize size)
{
  for (guint i = 0; i < MAX_SEGMENTS && size > 0; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%05u", stem, i);
      gsize n = MIN (segment, size);

      write_file (folder, name, data, n);
      data += n;
      size -= n;
    }
}

static void
write_journal (const char *folder, const guint8 *data, gsize size)
{
  SwbJournalAnchor anchor = { .index_shift = 20, .arena_shift = 26 };
  gsize n_index = fuzz_take_byte (&data, &size);
  gsize n_anchor;

  n_index |= (gsize)fuzz_take_byte (&data, &size) << 8;
  n_anchor = MIN (size, sizeof anchor);
  if (n_anchor > 0)
    memcpy (&anchor, data, n_anchor);
  write_file (folder, "anchor", data, n_anchor);
  data += n_anchor;
  size -= n_anchor;
  n_index = MIN (n_index, size);
  write_segments (folder, "index", sizeof (SwbEntry) << MIN (anchor.index_shift, 26), data,
                  n_index);
  write_segments (folder, "arena", (gsize)1 << MIN (anchor.arena_shift, 32), data + n_index,
                  size - n_index);
}

static void
read_all (SwbJournal *journal)
{
  static const char *const texts[]
      = { "data ~ \"GET\" or len > 3", "data =~ /a+b/", "peer ~ 7" };
  guint64 n = swb_journal_get_n_records (journal);
  SwbRecord record;

  for (guint64 i = 0; i < n; i++)
    {
      g_autofree char *line = NULL;
      g_autofree char *json = NULL;

      swb_journal_read (journal, i, &record);
      line = swb_notation_print (&record, journal, NULL, NULL);
      json = swb_json_print (&record, i, journal, NULL, NULL);
      fuzz_assert_harmless (line);
      for (guint f = 0; f < G_N_ELEMENTS (texts); f++)
        {
          g_autoptr (SwbFilter) filter = swb_filter_parse (texts[f], NULL, NULL, NULL);

          swb_filter_match (filter, journal, i);
        }
    }
  g_assert_false (swb_journal_read (journal, n, &record));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *folder = fuzz_dup_path ("damaged");
  g_autoptr (GError) error = NULL;
  SwbJournal *journal;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_journal (folder, data, size);
  journal = swb_journal_open (folder, &error);
  if (journal != NULL)
    {
      read_all (journal);
      swb_journal_unref (journal);
    }
  else
    fuzz_assert_explained (error);
  swb_journal_remove_files (folder);
  return 0;
}

static void
append_file (GByteArray *seed, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  if (g_file_get_contents (path, &bytes, &length, NULL))
    g_byte_array_append (seed, (const guint8 *)bytes, (guint)length);
}

static void
append_segments (GByteArray *seed, const char *folder, const char *stem)
{
  for (guint i = 0; i < MAX_SEGMENTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%05u", stem, i);

      append_file (seed, folder, name);
    }
}

/* The first @n_records of the small journal, in segments of a few entries each. */
static GBytes *
make_seed (guint64 n_records, guint index_shift, guint arena_shift)
{
  const SwbJournalLayout layout = { index_shift, arena_shift, MAX_SEGMENTS, MAX_SEGMENTS };
  g_autofree char *folder = fuzz_dup_path ("seed");
  g_autoptr (SwbJournal) from = fuzz_make_journal ();
  SwbJournal *journal = swb_journal_new_with_layout (folder, &layout, NULL);
  GByteArray *seed = g_byte_array_new ();
  SwbRecord record;
  guint n_index;

  for (guint64 i = 0; i < n_records && swb_journal_read (from, i, &record); i++)
    swb_journal_append (journal, &record);
  swb_journal_publish (journal, NULL);
  g_byte_array_append (seed, (const guint8 *)"..", 2);
  append_file (seed, folder, "anchor");
  append_segments (seed, folder, "index");
  n_index = seed->len - 2 - (guint)sizeof (SwbJournalAnchor);
  seed->data[0] = (guint8)n_index;
  seed->data[1] = (guint8)(n_index >> 8);
  append_segments (seed, folder, "arena");
  swb_journal_delete (journal);
  swb_journal_unref (journal);
  return g_byte_array_free_to_bytes (seed);
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
  g_ptr_array_add (seeds, make_seed (0, 20, 26));
  g_ptr_array_add (seeds, make_seed (8, 20, 26));
  g_ptr_array_add (seeds, make_seed (30, 2, 9));
  g_ptr_array_add (seeds, make_seed (90, 20, 26));
}

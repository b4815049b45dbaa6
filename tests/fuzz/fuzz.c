/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>
#include <unistd.h>

#include "net/swb-error.h"
#include "support.h"

char *
fuzz_dup_text (const guint8 *data, gsize size)
{
  const guint8 *end = size > 0 ? memchr (data, '\0', size) : NULL;

  return g_strndup (size > 0 ? (const char *)data : "",
                    end != NULL ? (gsize)(end - data) : size);
}

char *
fuzz_dup_line (const guint8 *data, gsize size)
{
  return g_strdelimit (fuzz_dup_text (data, size), "\n\r", ' ');
}

guint8
fuzz_take_byte (const guint8 **data, gsize *size)
{
  if (*size == 0)
    return 0;

  (*size)--;
  return *(*data)++;
}

void
fuzz_add_benches (GPtrArray *seeds, gboolean by_line)
{
  const char *folder = g_getenv ("SWB_BENCHES");
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      lines = g_strsplit (text, by_line ? "\n" : "\f", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        g_ptr_array_add (seeds, g_bytes_new (lines[i], strlen (lines[i])));
    }
}

void
fuzz_assert_harmless (const char *line)
{
  g_assert_true (g_utf8_validate (line, -1, NULL));
  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
      g_assert_cmpint (g_unichar_type (g_utf8_get_char (at)), !=, G_UNICODE_FORMAT);
    }
}

void
fuzz_assert_explained (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, SWB_ERROR);
  g_assert_cmpint (error->message[0], !=, '\0');
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

void
fuzz_assert_records_equal (const SwbRecord *a, const SwbRecord *b)
{
  g_assert_cmpint (a->time_ns, ==, b->time_ns);
  g_assert_cmpint (a->took_ns, ==, b->took_ns);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->origin, ==, b->origin);
  g_assert_cmpint (a->call, ==, b->call);
  g_assert_cmpint (a->note, ==, b->note);
  g_assert_cmpuint (a->pane, ==, b->pane);
  g_assert_cmpuint (a->connection, ==, b->connection);
  g_assert_cmpint (a->fd, ==, b->fd);
  g_assert_cmpint (a->result, ==, b->result);
  g_assert_cmpint (a->error, ==, b->error);
  g_assert_cmpmem (a->ints, sizeof a->ints, b->ints, sizeof b->ints);
  g_assert_cmpuint (a->address_room, ==, b->address_room);
  g_assert_cmpmem (&a->address.storage, a->address.length, &b->address.storage,
                   b->address.length);
  g_assert_cmpmem (a->data, a->n_data, b->data, b->n_data);
}

void
fuzz_assert_journals_equal (SwbJournal *a, SwbJournal *b)
{
  guint64 n = swb_journal_get_n_records (a);

  g_assert_cmpuint (n, ==, swb_journal_get_n_records (b));
  for (guint64 i = 0; i < n; i++)
    {
      SwbRecord left, right;

      g_assert_true (swb_journal_read (a, i, &left));
      g_assert_true (swb_journal_read (b, i, &right));
      left.time_ns = swb_journal_to_wall_ns (a, left.time_ns);
      right.time_ns = swb_journal_to_wall_ns (b, right.time_ns);
      fuzz_assert_records_equal (&left, &right);
    }
}

/* --- files --- */

static char *scratch;

static void
remove_scratch (void)
{
  support_remove_tree (scratch);
}

static const char *
get_scratch (void)
{
  const char *parent = g_getenv ("TMPDIR") == NULL && access ("/dev/shm", W_OK) == 0
                           ? "/dev/shm"
                           : g_get_tmp_dir ();

  if (scratch != NULL)
    return scratch;

  scratch = g_build_filename (parent, "swb-fuzz-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp_full (scratch, 0700));
  atexit (remove_scratch);
  return scratch;
}

char *
fuzz_dup_path (const char *stem)
{
  static guint number;

  return g_strdup_printf ("%s/%s-%u", get_scratch (), stem, number++);
}

SwbJournal *
fuzz_load (SwbLoadFunc load, GBytes *bytes, GHashTable **names, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autofree char *folder = fuzz_dup_path ("loaded");
  SwbJournal *journal
      = load (stream, g_bytes_get_size (bytes), folder, names, NULL, NULL, NULL, error);

  if (journal != NULL)
    swb_journal_delete (journal);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  return journal;
}

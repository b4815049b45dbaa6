/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "app/test-journal-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* One microsecond between records, so that times can be told apart; on the day on which the
 * journal begins, so that a clock's time is one of theirs. */
static gint64 next_time_ns;

void
journal_fixture_init (JournalFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("swb-journal-XXXXXX", &error);

  g_assert_no_error (error);
  self->folder = g_build_filename (parent, "journal", NULL);
  self->journal = swb_journal_new (self->folder, &error);
  g_assert_no_error (error);
  next_time_ns = MAX (next_time_ns, g_get_monotonic_time () * 1000);
}

void
journal_fixture_clear (JournalFixture *self)
{
  g_autofree char *parent = g_path_get_dirname (self->folder);

  swb_journal_delete (self->journal);
  g_clear_pointer (&self->journal, swb_journal_unref);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
  g_clear_pointer (&self->folder, g_free);
}

static void
append (JournalFixture *self, SwbRecord record, const char *data)
{
  record.time_ns = next_time_ns += 1000;
  record.took_ns = 3000;
  record.data = (const guint8 *)data;
  record.n_data = data != NULL ? strlen (data) : 0;
  swb_journal_append (self->journal, &record);
}

void
journal_fixture_append_send (JournalFixture *self, guint pane, const char *data)
{
  SwbRecord record
      = { .kind = SWB_RECORD_CALL, .call = SWB_CALL_SEND, .pane = pane, .fd = 5 };

  record.result = (int)strlen (data);
  record.ints[0] = record.result;
  append (self, record, data);
}

void
journal_fixture_append_traffic (JournalFixture *self, guint n_records)
{
  for (guint i = 0; i < n_records; i++)
    journal_fixture_append_send (self, 1 + i % 2,
                                 i % 10 == 0 ? "GET / HTTP/1.1\r\n" : "hello\n");
}

void
journal_fixture_append_command (JournalFixture *self, guint pane, const char *text)
{
  append (self, (SwbRecord){ .kind = SWB_RECORD_COMMAND, .pane = pane, .fd = -1 }, text);
}

void
journal_fixture_append_note (JournalFixture *self, guint pane, const char *text)
{
  append (
      self,
      (SwbRecord){ .kind = SWB_RECORD_NOTE, .note = SWB_NOTE_TEXT, .pane = pane, .fd = -1 },
      text);
}

void
journal_fixture_append_failure (JournalFixture *self, guint pane, SwbCall call, int error)
{
  append (self,
          (SwbRecord){ .kind = SWB_RECORD_CALL,
                       .call = call,
                       .pane = pane,
                       .fd = 5,
                       .result = -1,
                       .error = error },
          NULL);
}

void
journal_fixture_publish (JournalFixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (swb_journal_publish (self->journal, &error));
  g_assert_no_error (error);
}

static gboolean
too_late_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

void
journal_fixture_wait (gboolean (*done) (gpointer data), gpointer data)
{
  gboolean too_late = FALSE;
  guint source = g_timeout_add_seconds (240, too_late_cb, &too_late);

  while (!done (data) && !too_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (too_late);
  g_source_remove (source);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "bench-fixture.h"

#include <glib/gstdio.h>

#include "support.h"

#define PATIENCE_SECONDS 60

static void
outcome_cb (SwbBench *bench, guint64 id, int error, const char *message, BenchFixture *self)
{
  g_string_append_printf (self->outcomes, "%" G_GUINT64_FORMAT ":%d ", id, error);
  self->last_outcome = id;
  self->last_error = error;
  g_free (self->last_message);
  self->last_message = g_strdup (message);
}

void
bench_fixture_set_up (BenchFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *inner = NULL;

  self->folder = g_dir_make_tmp ("swb-test-XXXXXX", NULL);
  inner = g_build_filename (self->folder, "journal", NULL);
  self->journal = swb_journal_new (inner, &error);
  g_assert_no_error (error);
  self->bench = swb_bench_new (self->journal, 0, &error);
  g_assert_no_error (error);
  self->outcomes = g_string_new (NULL);
  g_signal_connect (self->bench, "outcome", G_CALLBACK (outcome_cb), self);
}

void
bench_fixture_tear_down (BenchFixture *self, gconstpointer data)
{
  swb_bench_stop (self->bench);
  support_finalize (self->bench);
  swb_journal_delete (self->journal);
  swb_journal_unref (self->journal);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->last_message);
  g_string_free (self->outcomes, TRUE);
}

static gboolean
give_up_cb (gpointer data)
{
  g_error ("nothing came in %d seconds", PATIENCE_SECONDS);
  return G_SOURCE_REMOVE;
}

void
bench_fixture_wait (BenchFixture *self, guint64 id)
{
  g_autofree char *wanted = g_strdup_printf ("%" G_GUINT64_FORMAT ":", id);
  guint patience = g_timeout_add_seconds (PATIENCE_SECONDS, give_up_cb, NULL);

  while (!g_str_has_prefix (self->outcomes->str, wanted)
         && !(g_strrstr (self->outcomes->str, wanted)
              && g_strrstr (self->outcomes->str, wanted)[-1] == ' '))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

int
bench_fixture_run (BenchFixture *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  guint64 id = swb_bench_run_text (self->bench, &error, "%s", text);

  g_assert_no_error (error);
  g_assert_cmpuint (id, !=, 0);
  while (self->last_outcome != id)
    bench_fixture_wait (self, id);
  return self->last_error;
}

SwbScript *
bench_fixture_script (BenchFixture *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  SwbScript *script = swb_script_new_from_text (self->bench, text, &error);
  guint patience = g_timeout_add_seconds (PATIENCE_SECONDS, give_up_cb, NULL);

  g_assert_no_error (error);
  swb_script_start (script);
  while (swb_script_get_state (script) == SWB_SCRIPT_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  return script;
}

char *
bench_fixture_find_note (BenchFixture *self, SwbNote note)
{
  SwbRecord record;

  for (guint64 i = swb_journal_get_n_records (self->journal); i > 0; i--)
    if (swb_journal_read (self->journal, i - 1, &record) && record.kind == SWB_RECORD_NOTE
        && record.note == note)
      return g_strndup ((const char *)record.data, record.n_data);
  return NULL;
}

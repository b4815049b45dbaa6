/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-session.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define FRAME_US 16667

/* The limit can be changed while the journal is written: its segments are small enough for
 * the smallest. */
#define SIZED_FOR (64u << 20)

static SwbJournal *
make_journal_in (const char *base)
{
  g_autofree char *name = g_strdup_printf ("socket-workbench-%s", g_get_user_name ());
  g_autofree char *parent = g_build_filename (base, name, NULL);
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *folder = g_build_filename (parent, unique, NULL);

  if (g_mkdir_with_parents (parent, 0700) != 0)
    return NULL;
  return swb_journal_new_limited (folder, SIZED_FOR, SWB_LIMIT_OLDEST, NULL);
}

static SwbJournal *
make_journal (char **notice, GError **error)
{
  g_autofree char *folder = swb_journal_dup_default_folder ("window");
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autoptr (GError) reason = NULL;
  SwbJournal *journal;

  g_mkdir_with_parents (parent, 0700);
  journal = swb_journal_new_limited (folder, SIZED_FOR, SWB_LIMIT_OLDEST, &reason);
  if (journal != NULL)
    return journal;

  journal = make_journal_in (g_get_user_runtime_dir ());
  if (journal == NULL)
    journal = make_journal_in (g_get_tmp_dir ());
  if (journal == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  /* Translators: the first %s says why, such as "The journal cannot mkdir /home/…:
   * Read-only file system"; the second is a folder */
  *notice = g_strdup_printf (_ ("%s. It is in %s until this window closes; sockets work as "
                                "ever."),
                             reason->message, swb_journal_get_folder (journal));
  return journal;
}

SwbBench *
swb_session_new_bench (char **notice, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (SwbJournal) journal = make_journal (&text, error);
  SwbBench *bench;

  if (journal == NULL)
    return NULL;

  /* Before anything can be recorded. */
  swb_journal_mark_running (journal);
  bench = swb_bench_new (journal, FRAME_US, error);
  if (bench != NULL)
    *notice = g_steal_pointer (&text);
  return bench;
}

static gboolean
is_kept (SwbJournal *journal)
{
  g_autofree char *default_folder = swb_journal_dup_default_folder ("window");
  g_autofree char *kept_in = g_path_get_dirname (default_folder);
  g_autofree char *parent = g_path_get_dirname (swb_journal_get_folder (journal));

  return g_str_equal (parent, kept_in) && swb_journal_get_n_records (journal) > 0;
}

void
swb_session_end (SwbBench *bench)
{
  SwbJournal *journal = swb_bench_get_journal (bench);

  swb_bench_stop (bench);
  if (is_kept (journal))
    swb_journal_mark_ended (journal);
  else
    swb_journal_delete (journal);
}

/* Of those that were cut short, the newest that has something to show; from now on all of
 * them count as told of. */
static SwbJournalInfo *
take_recovered (GPtrArray *all)
{
  SwbJournalInfo *newest = NULL;
  guint index;

  for (guint i = 0; i < all->len; i++)
    {
      SwbJournalInfo *info = g_ptr_array_index (all, i);

      if (info->fate != SWB_JOURNAL_KILLED || info->was_offered)
        continue;
      if (info->n_records == 0)
        swb_journal_remove (info->folder, NULL);
      else if (!swb_journal_set_offered (info->folder, NULL))
        continue; /* it could not be told only once */
      else if (newest == NULL)
        newest = info;
    }

  if (newest != NULL && g_ptr_array_find (all, newest, &index))
    g_ptr_array_steal_index (all, index);
  return newest;
}

static void
settle_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = swb_journal_list_dup_folder ();
  g_autoptr (GPtrArray) all = NULL;

  /* First, since it spares what nobody was told of: the person has until the next start. */
  swb_journal_sweep (folder, GPOINTER_TO_UINT (data));
  all = swb_journal_list (folder, NULL);
  g_task_return_pointer (task, take_recovered (all), (GDestroyNotify)swb_journal_info_free);
}

void
swb_session_settle_async (guint keep, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, GUINT_TO_POINTER (keep), NULL);
  g_task_run_in_thread (task, settle_thread);
}

SwbJournalInfo *
swb_session_settle_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
remove_thread (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (swb_journal_remove (folder, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
swb_session_remove_async (const char *folder, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, remove_thread);
}

gboolean
swb_session_remove_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
swb_session_limit (SwbBench *bench, GSettings *settings)
{
  SwbJournal *journal = swb_bench_get_journal (bench);
  guint64 limit = (guint64)g_settings_get_uint (settings, "journal-limit") << 20;

  if (limit == 0)
    limit = swb_journal_get_default_limit (swb_journal_get_folder (journal));
  swb_journal_set_limit (
      journal, limit, (SwbLimitPolicy)g_settings_get_enum (settings, "journal-at-limit"));
}

/* --- what all journals take --- */

typedef struct
{
  guint n_journals;
  guint64 n_bytes;
} Measure;

static void
measure_folder (const char *folder, Measure *measure)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  /* A file that strayed here is no journal. */
  if (dir == NULL)
    return;
  measure->n_journals++;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_lstat (path, &status) == 0)
        measure->n_bytes += (guint64)status.st_size;
    }
}

static void
measure_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = swb_journal_dup_default_folder ("window");
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  Measure *measure = g_new0 (Measure, 1);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (parent, name, NULL);

      measure_folder (path, measure);
    }
  g_task_return_pointer (task, measure, g_free);
}

void
swb_session_measure_async (GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_run_in_thread (task, measure_thread);
}

gboolean
swb_session_measure_finish (GAsyncResult *result, guint *n_journals, guint64 *n_bytes)
{
  g_autofree Measure *measure = g_task_propagate_pointer (G_TASK (result), NULL);

  if (measure == NULL)
    return FALSE;
  *n_journals = measure->n_journals;
  *n_bytes = measure->n_bytes;
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-session.h"

#include <glib/gi18n.h>

#define FRAME_US 16667

static SwbJournal *
make_journal_in (const char *base)
{
  g_autofree char *name = g_strdup_printf ("socket-workbench-%s", g_get_user_name ());
  g_autofree char *parent = g_build_filename (base, name, NULL);
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *folder = g_build_filename (parent, unique, NULL);

  if (g_mkdir_with_parents (parent, 0700) != 0)
    return NULL;
  return swb_journal_new (folder, NULL);
}

static SwbJournal *
make_journal (char **notice, GError **error)
{
  g_autofree char *folder = swb_journal_dup_default_folder ("window");
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autoptr (GError) reason = NULL;
  SwbJournal *journal;

  g_mkdir_with_parents (parent, 0700);
  journal = swb_journal_new (folder, &reason);
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

  /* Translators: the first %s is a folder, the second says why */
  *notice
      = g_strdup_printf (_ ("The journal of this run is in %s and will not be kept (%s)"),
                         swb_journal_get_folder (journal), reason->message);
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
  if (!is_kept (journal))
    swb_journal_delete (journal);
}

static void
sweep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = swb_journal_dup_default_folder ("window");
  g_autofree char *parent = g_path_get_dirname (folder);

  swb_journal_sweep (parent, GPOINTER_TO_UINT (data));
}

void
swb_session_sweep (guint keep)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, GUINT_TO_POINTER (keep), NULL);
  g_task_run_in_thread (task, sweep_thread);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-summary.h"
#include "app/journal/swb-journal-view-private.h"

#include <glib/gi18n.h>

/* More rows than this are added up by a worker. */
#define MANY 20000

typedef struct
{
  SwbJournal *journal;
  SwbHits records;
  SwbJournalSummary summary;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  swb_hits_clear (&task->records);
  swb_journal_unref (task->journal);
  g_free (task);
}

static void
update_empty (SwbJournalView *self)
{
  SwbScan *scan = self->model != NULL ? swb_journal_model_get_scan (self->model) : NULL;
  const char *text = _ ("Every call and every byte will be listed here");

  if (scan != NULL && swb_journal_model_get_n_unfiltered (self->model) > 0)
    text = swb_scan_is_done (scan) ? _ ("No record passes the filter") : _ ("Searching…");
  if (!g_str_equal (gtk_label_get_text (self->empty_label), text))
    gtk_label_set_text (self->empty_label, text);
}

void
swb_journal_view_update_count (SwbJournalView *self)
{
  guint n_rows
      = self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
  g_autofree char *text = NULL;

  if (self->model != NULL && swb_journal_model_get_scan (self->model) != NULL)
    text = swb_journal_format_hits (swb_journal_model_get_n_hits (self->model),
                                    swb_journal_model_get_n_unfiltered (self->model));
  else if (n_rows > 0)
    text = swb_journal_format_count (swb_journal_model_get_n_unfiltered (self->model),
                                     swb_journal_model_get_n_bytes (self->model));
  gtk_label_set_text (self->count_label, text != NULL ? text : "");
  if (n_rows == 0)
    update_empty (self);
  gtk_stack_set_visible_child_name (self->stack, n_rows > 0 ? "rows" : "empty");
}

static void
add_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Task *self = data;

  swb_journal_summary_add (&self->summary, self->journal, &self->records, cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
show_summary (SwbJournalView *self, const SwbJournalSummary *summary)
{
  g_autofree char *text = swb_journal_summary_print (summary);

  gtk_label_set_text (self->status_label, text);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwbJournalView) self = data;
  Task *task = g_task_get_task_data (G_TASK (result));

  if (g_task_get_cancellable (G_TASK (result)) != self->adding)
    return;
  g_clear_object (&self->adding);
  show_summary (self, &task->summary);
}

static void
add_up (SwbJournalView *self)
{
  Task *task = g_new0 (Task, 1);
  g_autoptr (GTask) adding = NULL;

  task->journal = swb_journal_ref (swb_bench_get_journal (self->bench));
  swb_journal_selection_copy (self, &task->records);
  if (task->records.n_hits <= MANY)
    {
      swb_journal_summary_add (&task->summary, task->journal, &task->records, NULL);
      show_summary (self, &task->summary);
      task_free (task);
      return;
    }
  self->adding = g_cancellable_new ();
  /* Not as its source, which the worker can be the last one to let go of. */
  adding = g_task_new (NULL, self->adding, added_cb, g_object_ref (self));
  g_task_set_task_data (adding, task, task_free);
  gtk_label_set_text (self->status_label, _ ("Adding up…"));
  g_task_run_in_thread (adding, add_thread);
}

void
swb_journal_status_update (SwbJournalView *self)
{
  gboolean several = swb_row_selection_get_n_selected (self->selection) > 1;

  g_cancellable_cancel (self->adding);
  g_clear_object (&self->adding);
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), several);
  if (several && self->bench != NULL)
    add_up (self);
}

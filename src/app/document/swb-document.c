/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-document-private.h"

/* Commands come in bursts; whether the text differs is worth knowing only afterwards. */
#define COMPARE_DELAY_MS 300

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MISTAKES,
  SIGNAL_PROBLEM,
  SIGNAL_REPLACED,
  SIGNAL_OPENED,
  SIGNAL_SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbDocument, swb_document, G_TYPE_OBJECT)

void
swb_document_tell_problem (SwbDocument *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, text);
}

void
swb_document_emit_mistakes (SwbDocument *self, const char *name, GPtrArray *mistakes)
{
  g_signal_emit (self, signals[SIGNAL_MISTAKES], 0, name, mistakes);
}

void
swb_document_emit_replaced (SwbDocument *self)
{
  g_signal_emit (self, signals[SIGNAL_REPLACED], 0);
}

void
swb_document_emit_opened (SwbDocument *self, GPtrArray *steps, SwbSnapshot *before)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, steps, before);
}

void
swb_document_emit_settled (SwbDocument *self)
{
  g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
}

void
swb_document_set_file (SwbDocument *self, GFile *file)
{
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : NULL;

  g_set_object (&self->file, file);
  g_free (self->name);
  /* A file's name need not be UTF-8. */
  self->name = base != NULL ? g_filename_display_name (base) : NULL;
}

static GPtrArray *
dup_drafts (SwbDocument *self)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (g_free);
  guint n_views = self->strip != NULL ? swb_pane_strip_get_n_views (self->strip) : 0;

  for (guint i = 0; i < n_views; i++)
    {
      SwbPaneView *view = swb_pane_strip_get_view (self->strip, i);
      const char *name = swb_pane_get_name (swb_pane_view_get_pane (view));
      gboolean in_file
          = self->loaded != NULL && swb_bench_file_makes_pane (self->loaded, name);
      g_autoptr (GPtrArray) lines = swb_pane_view_dup_drafts (view, in_file);

      for (guint j = 0; j < lines->len; j++)
        g_ptr_array_add (drafts, g_strdup (g_ptr_array_index (lines, j)));
    }
  return drafts;
}

/* (transfer full): "" for nothing, whatever comments a file of no panes has */
static char *
dup_text_or_nothing (SwbDocument *self)
{
  return swb_document_is_empty (self) ? g_strdup ("") : swb_document_dup_text (self);
}

void
swb_document_compare (SwbDocument *self)
{
  g_autofree char *text = dup_text_or_nothing (self);

  self->modified = !g_str_equal (text, self->baseline);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
compare_cb (gpointer user_data)
{
  SwbDocument *self = user_data;

  self->compare_timeout = 0;
  if (self->setup == NULL)
    swb_document_compare (self);
  return G_SOURCE_REMOVE;
}

void
swb_document_compare_later (SwbDocument *self)
{
  if (self->compare_timeout == 0 && self->setup == NULL)
    self->compare_timeout = g_timeout_add (COMPARE_DELAY_MS, compare_cb, self);
}

void
swb_document_take_baseline (SwbDocument *self, char *baseline)
{
  g_free (self->baseline);
  self->baseline = baseline != NULL ? baseline : dup_text_or_nothing (self);
  swb_document_compare (self);
}

static void
outcome_cb (SwbDocument *self)
{
  swb_document_compare_later (self);
}

static void
view_added_cb (SwbPaneStrip *strip, SwbPaneView *view, SwbDocument *self)
{
  swb_document_compare_later (self);
  swb_document_fill_view (self, view);
}

static void
swb_document_dispose (GObject *object)
{
  SwbDocument *self = SWB_DOCUMENT (object);

  swb_document_drop_loading (self);
  g_clear_handle_id (&self->compare_timeout, g_source_remove);
  swb_document_drop_setup (self);
  g_clear_weak_pointer (&self->strip);
  g_clear_object (&self->bench);
  G_OBJECT_CLASS (swb_document_parent_class)->dispose (object);
}

static void
swb_document_finalize (GObject *object)
{
  SwbDocument *self = SWB_DOCUMENT (object);

  g_clear_object (&self->file);
  g_free (self->name);
  g_free (self->baseline);
  g_free (self->restored);
  g_clear_pointer (&self->loaded, swb_bench_file_free);
  g_clear_pointer (&self->prefills, g_hash_table_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->before, swb_snapshot_free);
  G_OBJECT_CLASS (swb_document_parent_class)->finalize (object);
}

static void
swb_document_class_init (SwbDocumentClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_document_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_document_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MISTAKES]
      = g_signal_new ("mistakes", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                      2, G_TYPE_STRING, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REPLACED] = g_signal_new ("replaced", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OPENED]
      = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                      2, G_TYPE_PTR_ARRAY, G_TYPE_POINTER);
  signals[SIGNAL_SETTLED] = g_signal_new ("settled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
swb_document_init (SwbDocument *self)
{
  self->baseline = g_strdup ("");
  self->prefills = swb_document_new_prefills ();
}

SwbDocument *
swb_document_new (SwbBench *bench, SwbPaneStrip *strip)
{
  SwbDocument *self = g_object_new (SWB_TYPE_DOCUMENT, NULL);

  self->bench = g_object_ref (bench);
  g_set_weak_pointer (&self->strip, strip);
  g_signal_connect_object (strip, "view-added", G_CALLBACK (view_added_cb), self, 0);
  g_signal_connect_object (bench, "outcome", G_CALLBACK (outcome_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

const char *
swb_document_get_name (SwbDocument *self)
{
  g_return_val_if_fail (SWB_IS_DOCUMENT (self), NULL);

  return self->name;
}

GFile *
swb_document_get_file (SwbDocument *self)
{
  g_return_val_if_fail (SWB_IS_DOCUMENT (self), NULL);

  return self->file;
}

gboolean
swb_document_is_modified (SwbDocument *self)
{
  g_return_val_if_fail (SWB_IS_DOCUMENT (self), FALSE);

  return self->modified;
}

gboolean
swb_document_is_opening (SwbDocument *self)
{
  g_return_val_if_fail (SWB_IS_DOCUMENT (self), FALSE);

  return self->loading != NULL || self->setup != NULL;
}

gboolean
swb_document_is_empty (SwbDocument *self)
{
  g_return_val_if_fail (SWB_IS_DOCUMENT (self), TRUE);

  return self->setup == NULL
         && g_list_model_get_n_items (swb_bench_get_panes (self->bench)) == 0;
}

char *
swb_document_dup_text (SwbDocument *self)
{
  g_autoptr (GPtrArray) drafts = NULL;

  g_return_val_if_fail (SWB_IS_DOCUMENT (self), NULL);

  if (self->setup != NULL)
    return swb_bench_file_dup_text (self->loaded);

  drafts = dup_drafts (self);
  return swb_bench_file_compose (self->bench, self->loaded, drafts);
}

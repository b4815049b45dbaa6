/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-document.h"

#include <glib/gi18n.h>

#include "app/swb-bench-loader.h"
#include "bench/swb-bench-file.h"
#include "bench/swb-script.h"

/* Commands come in bursts; whether the text differs is worth knowing only afterwards. */
#define COMPARE_DELAY_MS 300

typedef struct
{
  char *bind;
  char *connect;
} Prefill;

struct _SwbDocument
{
  GObject parent_instance;

  SwbBench *bench;
  SwbPaneStrip *strip; /* weak: the window's */
  GFile *file;
  char *name;
  SwbBenchFile *loaded;
  char *baseline; /* the text as it was when opened or saved; "" for a new one */
  gboolean modified;
  guint compare_timeout;
  GHashTable *prefills; /* pane name → Prefill */
  GCancellable *cancellable;

  /* while a file is being opened */
  SwbScript *setup;
  GPtrArray *steps;
  SwbSnapshot *before;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MISTAKES,
  SIGNAL_PROBLEM,
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbDocument, swb_document, G_TYPE_OBJECT)

void
swb_snapshot_free (SwbSnapshot *snapshot)
{
  if (snapshot == NULL)
    return;

  g_free (snapshot->text);
  g_clear_object (&snapshot->file);
  g_free (snapshot);
}

static void
prefill_free (Prefill *prefill)
{
  g_free (prefill->bind);
  g_free (prefill->connect);
  g_free (prefill);
}

static void
tell_problem (SwbDocument *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, text);
}

static void
set_file (SwbDocument *self, GFile *file)
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
      g_autoptr (GPtrArray) lines
          = swb_pane_view_dup_drafts (swb_pane_strip_get_view (self->strip, i));

      for (guint j = 0; j < lines->len; j++)
        g_ptr_array_add (drafts, g_strdup (g_ptr_array_index (lines, j)));
    }
  return drafts;
}

static gboolean
has_panes (SwbDocument *self)
{
  return g_list_model_get_n_items (swb_bench_get_panes (self->bench)) > 0;
}

static void
compare (SwbDocument *self)
{
  g_autofree char *text = has_panes (self) ? swb_document_dup_text (self) : g_strdup ("");

  self->modified = !g_str_equal (text, self->baseline);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
compare_cb (gpointer user_data)
{
  SwbDocument *self = user_data;

  self->compare_timeout = 0;
  compare (self);
  return G_SOURCE_REMOVE;
}

static void
compare_later (SwbDocument *self)
{
  if (self->compare_timeout == 0 && self->setup == NULL)
    self->compare_timeout = g_timeout_add (COMPARE_DELAY_MS, compare_cb, self);
}

static void
take_baseline (SwbDocument *self)
{
  g_free (self->baseline);
  self->baseline = has_panes (self) ? swb_document_dup_text (self) : g_strdup ("");
  compare (self);
}

static void
outcome_cb (SwbDocument *self)
{
  compare_later (self);
}

static void
view_added_cb (SwbPaneStrip *strip, SwbPaneView *view, SwbDocument *self)
{
  const char *name = swb_pane_get_name (swb_pane_view_get_pane (view));
  Prefill *prefill = g_hash_table_lookup (self->prefills, name);

  compare_later (self);
  if (prefill == NULL)
    return;

  if (prefill->bind != NULL)
    swb_pane_view_set_bind_text (view, prefill->bind);
  if (prefill->connect != NULL)
    swb_pane_view_set_connect_text (view, prefill->connect);
  g_hash_table_remove (self->prefills, name);
}

/* The first bind and the first connect of every pane: what the person sees before anything
 * was run. */
static void
collect_prefills (SwbDocument *self, SwbBenchFile *file)
{
  for (guint i = 0; i < swb_bench_file_get_n_commands (file); i++)
    {
      const SwbCommand *command = swb_bench_file_get_command (file, i);

      if (command->pane == NULL || command->address == NULL || command->connection != 0)
        continue;
      if (command->verb == SWB_VERB_BIND)
        swb_document_prefill (self, command->pane, command->address, NULL);
      else if (command->verb == SWB_VERB_CONNECT)
        swb_document_prefill (self, command->pane, NULL, command->address);
    }
}

/* What makes panes and sets them up without asking the kernel for anything. */
static gboolean
is_preparation (const SwbCommand *command)
{
  return command->verb == SWB_VERB_PANE || command->verb == SWB_VERB_REPLY
         || command->verb == SWB_VERB_ACCEPT_MODE || command->verb == SWB_VERB_RECV_MODE;
}

static void
add_removals (SwbDocument *self, GPtrArray *commands)
{
  GListModel *panes = swb_bench_get_panes (self->bench);

  for (guint i = 0; i < g_list_model_get_n_items (panes); i++)
    {
      g_autoptr (SwbPane) pane = g_list_model_get_item (panes, i);

      g_ptr_array_add (commands,
                       swb_command_new (SWB_VERB_REMOVE, swb_pane_get_name (pane), 0));
    }
}

static void
drop_setup (SwbDocument *self)
{
  if (self->setup == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->setup, self);
  swb_script_stop (self->setup);
  g_clear_object (&self->setup);
}

static void
setup_ended_cb (SwbScript *script, SwbDocument *self)
{
  g_autoptr (GPtrArray) steps = g_steal_pointer (&self->steps);
  g_autoptr (SwbSnapshot) before = g_steal_pointer (&self->before);
  const GError *error = swb_script_get_error (script);

  if (swb_script_get_state (script) == SWB_SCRIPT_FAILED && error != NULL)
    tell_problem (self, error->message);
  g_signal_handlers_disconnect_by_data (self->setup, self);
  g_clear_object (&self->setup);
  if (steps != NULL)
    {
      take_baseline (self);
      g_signal_emit (self, signals[SIGNAL_OPENED], 0, steps, before);
    }
  else
    compare_later (self);
}

/* A file need not say what a pane is for, when it says what the pane does: the card then
 * shows what it needs from the start. */
static SwbRole
infer_role (SwbBenchFile *file, const char *pane)
{
  for (guint i = 0; i < swb_bench_file_get_n_commands (file); i++)
    {
      const SwbCommand *command = swb_bench_file_get_command (file, i);

      if (g_strcmp0 (command->pane, pane) != 0)
        continue;
      if (command->verb == SWB_VERB_LISTEN)
        return SWB_ROLE_SERVER;
      if (command->verb == SWB_VERB_CONNECT)
        return SWB_ROLE_CLIENT;
    }
  return SWB_ROLE_PLAIN;
}

static SwbCommand *
copy_preparation (SwbBenchFile *file, const SwbCommand *command)
{
  SwbCommand *copy = swb_command_copy (command);

  if (command->verb == SWB_VERB_PANE && !command->has_role)
    {
      copy->role = infer_role (file, command->pane);
      copy->has_role = copy->role != SWB_ROLE_PLAIN;
    }
  return copy;
}

/* Sorts the commands of @file: those that prepare a pane whose own calls have not begun go
 * to @preparations, wherever they stand; the rest are @steps. Behind a removal a name may
 * mean another pane, so from there on all are steps. */
static void
sort_commands (SwbBenchFile *file, GPtrArray *preparations, GPtrArray *steps)
{
  g_autoptr (GHashTable) begun = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean removed = FALSE;

  for (guint i = 0; i < swb_bench_file_get_n_commands (file); i++)
    {
      const SwbCommand *command = swb_bench_file_get_command (file, i);
      gboolean prepares = is_preparation (command) && !removed
                          && !g_hash_table_contains (begun, command->pane);

      if (prepares)
        g_ptr_array_add (preparations, copy_preparation (file, command));
      else
        g_ptr_array_add (steps, swb_command_copy (command));
      removed = removed || command->verb == SWB_VERB_REMOVE;
      if (!prepares && command->pane != NULL)
        g_hash_table_add (begun, command->pane);
    }
}

/* Runs what prepares the panes of @file; the rest is kept as steps. @whole: instead of what
 * is there. */
static void
set_up (SwbDocument *self, SwbBenchFile *file, gboolean whole)
{
  g_autoptr (GPtrArray) commands
      = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_command_free);
  g_autoptr (GPtrArray) steps
      = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_command_free);

  drop_setup (self);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  if (whole)
    add_removals (self, commands);
  collect_prefills (self, file);
  sort_commands (file, commands, steps);
  if (whole)
    self->steps = g_steal_pointer (&steps);

  self->setup = swb_script_new (self->bench, commands);
  g_signal_connect (self->setup, "ended", G_CALLBACK (setup_ended_cb), self);
  swb_script_start (self->setup);
}

static SwbSnapshot *
snapshot_whole (SwbDocument *self)
{
  SwbSnapshot *snapshot;

  if (!has_panes (self))
    return NULL;

  snapshot = g_new0 (SwbSnapshot, 1);
  snapshot->text = swb_document_dup_text (self);
  snapshot->file = self->file != NULL ? g_object_ref (self->file) : NULL;
  snapshot->is_whole = TRUE;
  return snapshot;
}

static void
adopt (SwbDocument *self, SwbLoaded *loaded, GFile *file)
{
  g_clear_pointer (&self->before, swb_snapshot_free);
  self->before = snapshot_whole (self);
  g_clear_pointer (&self->loaded, swb_bench_file_free);
  self->loaded = g_steal_pointer (&loaded->file);
  g_hash_table_remove_all (self->prefills);
  set_file (self, file);
  set_up (self, self->loaded, TRUE);
}

typedef struct
{
  SwbDocument *self;
  GFile *file;
  gboolean unnamed;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->self);
  g_object_unref (opening->file);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autofree char *base = g_file_get_basename (opening->file);
  g_autofree char *name = g_filename_display_name (base);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbLoaded) loaded = swb_bench_loader_load_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || (opening->unnamed && loaded == NULL))
    return;

  if (loaded == NULL)
    {
      /* Translators: a file's name, and why it could not be read */
      text = g_strdup_printf (_ ("Could not open %s: %s"), name, error->message);
      tell_problem (opening->self, text);
    }
  else if (loaded->file == NULL)
    g_signal_emit (opening->self, signals[SIGNAL_MISTAKES], 0, name, loaded->mistakes);
  else
    adopt (opening->self, loaded, opening->unnamed ? NULL : opening->file);
}

typedef struct
{
  SwbDocument *self;
  GBytes *bytes;
} Saving;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (SwbDocument) self = saving->self;
  g_autoptr (GBytes) bytes = saving->bytes;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (SwbLoaded) loaded = NULL;

  g_free (saving);
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      text = g_strdup_printf (_ ("Could not save the bench: %s"), error->message);
      tell_problem (self, text);
      return;
    }

  loaded = swb_bench_loader_check (data, length);
  g_clear_pointer (&self->loaded, swb_bench_file_free);
  self->loaded = g_steal_pointer (&loaded->file);
  g_free (self->baseline);
  self->baseline = g_strndup (data, length);
  set_file (self, G_FILE (source));
  compare (self);
}

static void
swb_document_dispose (GObject *object)
{
  SwbDocument *self = SWB_DOCUMENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->compare_timeout, g_source_remove);
  drop_setup (self);
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
  g_clear_pointer (&self->loaded, swb_bench_file_free);
  g_clear_pointer (&self->prefills, g_hash_table_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->before, swb_snapshot_free);
  g_clear_object (&self->cancellable);
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
  signals[SIGNAL_OPENED]
      = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                      2, G_TYPE_PTR_ARRAY, G_TYPE_POINTER);
}

static void
swb_document_init (SwbDocument *self)
{
  self->baseline = g_strdup ("");
  self->cancellable = g_cancellable_new ();
  self->prefills = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify)prefill_free);
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

void
swb_document_open (SwbDocument *self, GFile *file, gboolean unnamed)
{
  Opening *opening;

  g_return_if_fail (SWB_IS_DOCUMENT (self));
  g_return_if_fail (G_IS_FILE (file));

  opening = g_new0 (Opening, 1);
  opening->self = g_object_ref (self);
  opening->file = g_object_ref (file);
  opening->unnamed = unnamed;
  swb_bench_loader_load_async (file, self->cancellable, loaded_cb, opening);
}

void
swb_document_save (SwbDocument *self, GFile *file)
{
  g_autofree char *text = NULL;
  gsize length;
  Saving *saving;

  g_return_if_fail (SWB_IS_DOCUMENT (self));
  g_return_if_fail (G_IS_FILE (file));

  text = swb_document_dup_text (self);
  length = strlen (text);
  saving = g_new0 (Saving, 1);
  saving->self = g_object_ref (self);
  saving->bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  g_file_replace_contents_bytes_async (file, saving->bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                       NULL, saved_cb, saving);
}

char *
swb_document_dup_text (SwbDocument *self)
{
  g_autoptr (GPtrArray) drafts = NULL;

  g_return_val_if_fail (SWB_IS_DOCUMENT (self), NULL);

  drafts = dup_drafts (self);
  return swb_bench_file_compose (self->bench, self->loaded, drafts);
}

SwbSnapshot *
swb_document_snapshot_pane (SwbDocument *self, SwbPane *pane)
{
  g_autofree char *text = NULL;
  g_autoptr (SwbLoaded) loaded = NULL;
  g_autoptr (GString) lines = NULL;
  SwbSnapshot *snapshot;

  g_return_val_if_fail (SWB_IS_DOCUMENT (self), NULL);

  text = swb_document_dup_text (self);
  loaded = swb_bench_loader_check (text, strlen (text));
  if (loaded->file == NULL)
    return NULL;

  lines = g_string_new (NULL);
  for (guint i = 0; i < swb_bench_file_get_n_commands (loaded->file); i++)
    {
      const SwbCommand *command = swb_bench_file_get_command (loaded->file, i);
      g_autofree char *line = NULL;

      /* Lines that name other panes could not be read without those. */
      if (g_strcmp0 (command->pane, swb_pane_get_name (pane)) != 0
          || !(is_preparation (command) || command->verb == SWB_VERB_BIND
               || command->verb == SWB_VERB_CONNECT))
        continue;
      line = swb_command_print (command);
      g_string_append_printf (lines, "%s\n", line);
    }

  snapshot = g_new0 (SwbSnapshot, 1);
  snapshot->text = g_string_free (g_steal_pointer (&lines), FALSE);
  return snapshot;
}

void
swb_document_restore (SwbDocument *self, const SwbSnapshot *snapshot)
{
  g_autoptr (SwbLoaded) loaded = NULL;

  g_return_if_fail (SWB_IS_DOCUMENT (self));
  g_return_if_fail (snapshot != NULL);

  loaded = swb_bench_loader_check (snapshot->text, strlen (snapshot->text));
  if (loaded->file == NULL)
    tell_problem (self, _ ("It could not be brought back"));
  else if (snapshot->is_whole)
    adopt (self, loaded, snapshot->file);
  else
    set_up (self, loaded->file, FALSE);
}

void
swb_document_prefill (SwbDocument *self, const char *pane_name, const char *bind,
                      const char *connect)
{
  Prefill *prefill;

  g_return_if_fail (SWB_IS_DOCUMENT (self));

  prefill = g_hash_table_lookup (self->prefills, pane_name);
  if (prefill == NULL)
    {
      prefill = g_new0 (Prefill, 1);
      g_hash_table_insert (self->prefills, g_strdup (pane_name), prefill);
    }
  if (bind != NULL && prefill->bind == NULL)
    prefill->bind = g_strdup (bind);
  if (connect != NULL && prefill->connect == NULL)
    prefill->connect = g_strdup (connect);
}

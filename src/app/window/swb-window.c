/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/window/swb-window.h"

#include <glib/gi18n.h>

#include "app/document/swb-last-bench.h"
#include "app/window/swb-opener.h"
#include "app/sessions/swb-session.h"
#include "app/window/swb-window-private.h"
#include "engine/swb-probe.h"

G_DEFINE_FINAL_TYPE (SwbWindow, swb_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
has_panes (SwbWindow *self)
{
  return self->bench != NULL
         && g_list_model_get_n_items (swb_bench_get_panes (self->bench)) > 0;
}

static void
update_title (SwbWindow *self)
{
  const char *name = self->document != NULL ? swb_document_get_name (self->document) : NULL;
  gboolean modified = self->document != NULL && swb_document_is_modified (self->document);
  g_autofree char *subtitle = NULL;

  if (name == NULL)
    subtitle = g_strdup (modified ? _ ("• Not saved") : "");
  else
    subtitle = g_strdup_printf ("%s%s", modified ? "• " : "", name);
  adw_window_title_set_subtitle (self->title, subtitle);
}

/* The journal is not made before there is something to see in it: the first frame comes
 * sooner. */
static void
ensure_journal (SwbWindow *self)
{
  if (self->journal != NULL)
    return;

  self->journal = swb_journal_view_new ();
  g_settings_bind (self->settings, "time-format", self->journal, "time-format",
                   G_SETTINGS_BIND_DEFAULT);
  swb_journal_view_set_bench (SWB_JOURNAL_VIEW (self->journal), self->bench);
  swb_split_set_end_child (self->split, self->journal);
  swb_hand_on_set_view (self->hand_on, SWB_JOURNAL_VIEW (self->journal));
}

static void
update_pages (SwbWindow *self)
{
  gboolean has = has_panes (self);
  gboolean has_records
      = self->bench != NULL
        && swb_journal_get_n_records (swb_bench_get_journal (self->bench)) > 0;

  if (self->bench != NULL)
    gtk_stack_set_visible_child_name (self->stack, has ? "panes" : "empty");
  if (has || has_records)
    ensure_journal (self);
  swb_window_update_actions (self);
}

static void
close_requested_cb (SwbPaneView *view, SwbWindow *self)
{
  swb_window_close_pane (self, view);
}

static void
show_record_cb (GObject *source, guint64 position, SwbWindow *self)
{
  if (self->journal != NULL)
    swb_journal_view_show_record (SWB_JOURNAL_VIEW (self->journal), position);
}

static void
toast_cb (SwbPaneView *view, const char *text, SwbWindow *self)
{
  swb_window_toast (self, text);
}

static void
view_added_cb (SwbPaneStrip *strip, SwbPaneView *view, SwbWindow *self)
{
  g_signal_connect_object (view, "close-requested", G_CALLBACK (close_requested_cb), self,
                           0);
  g_signal_connect_object (view, "show-record", G_CALLBACK (show_record_cb), self, 0);
  g_signal_connect_object (view, "toast", G_CALLBACK (toast_cb), self, 0);
}

static void
document_changed_cb (SwbDocument *document, SwbWindow *self)
{
  update_title (self);
}

static void
mistakes_cb (SwbDocument *document, const char *name, GPtrArray *mistakes, SwbWindow *self)
{
  self->wants_run = FALSE;
  swb_bench_bar_show_mistakes (self->bar, name, mistakes);
}

static void
problem_cb (SwbDocument *document, const char *text, SwbWindow *self)
{
  self->wants_run = FALSE;
  swb_window_toast (self, text);
}

static void
opened_cb (SwbDocument *document, GPtrArray *steps, SwbSnapshot *before, SwbWindow *self)
{
  const char *name = swb_document_get_name (document);

  /* Translators: stands for the name of a bench that has no file */
  swb_bench_bar_offer (self->bar, self->bench, name != NULL ? name : _ ("The last bench"),
                       g_ptr_array_ref (steps));
  if (swb_pane_strip_get_n_views (self->strip) > 0)
    swb_pane_strip_reveal (self->strip, swb_pane_strip_get_view (self->strip, 0));
  if (before != NULL)
    swb_window_toast_with_undo (self, _ ("The panes that were open have been closed"),
                                swb_snapshot_steal (before));
}

/* Its steps would act upon panes of the same names. */
static void
replaced_cb (SwbDocument *document, SwbWindow *self)
{
  swb_bench_bar_dismiss (self->bar);
}

static void
settled_cb (SwbDocument *document, SwbWindow *self)
{
  if (self->wants_run)
    swb_window_run_bench (self);
}

static void
panes_changed_cb (SwbWindow *self)
{
  update_pages (self);
}

static void
bar_changed_cb (SwbWindow *self)
{
  /* Template children tell of changes while the window is still being made. */
  if (self->settings != NULL)
    swb_window_update_actions (self);
}

static void
follow_bench (SwbWindow *self)
{
  self->document = swb_document_new (self->bench, self->strip);
  g_signal_connect (self->document, "changed", G_CALLBACK (document_changed_cb), self);
  g_signal_connect (self->document, "mistakes", G_CALLBACK (mistakes_cb), self);
  g_signal_connect (self->document, "problem", G_CALLBACK (problem_cb), self);
  g_signal_connect (self->document, "replaced", G_CALLBACK (replaced_cb), self);
  g_signal_connect (self->document, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect (self->document, "settled", G_CALLBACK (settled_cb), self);
  swb_pane_strip_set_bench (self->strip, self->bench);
  g_signal_connect_object (swb_bench_get_panes (self->bench), "items-changed",
                           G_CALLBACK (panes_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
limit_changed_cb (SwbWindow *self)
{
  if (self->bench != NULL)
    swb_session_limit (self->bench, self->settings);
}

static void
make_bench (SwbWindow *self)
{
  g_autofree char *notice = NULL;
  g_autoptr (GError) error = NULL;

  self->bench = swb_session_new_bench (&notice, &error);
  if (self->bench == NULL)
    {
      g_autofree char *text = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->broken_page, text);
      gtk_stack_set_visible_child_name (self->stack, "broken");
      return;
    }

  follow_bench (self);
  swb_hand_on_set_bench (self->hand_on, self->bench);
  swb_journal_banner_set_bench (self->banner, self->bench);
  if (notice != NULL)
    swb_journal_banner_set_notice (self->banner, notice);
  limit_changed_cb (self);
  g_signal_connect_object (self->settings, "changed::journal-limit",
                           G_CALLBACK (limit_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::journal-at-limit",
                           G_CALLBACK (limit_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
journals_settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbWindow) self = user_data;
  g_autoptr (SwbJournalInfo) recovered = swb_session_settle_finish (result);

  if (recovered != NULL && self->bench != NULL)
    swb_recovery_bar_offer (self->recovery, recovered);
}

static void
open_recovered_cb (SwbRecoveryBar *bar, const char *folder, SwbWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  swb_opener_open_session (SWB_APPLICATION (application), folder);
}

/* Nothing of this is needed for the first frame. */
static gboolean
settle_cb (gpointer user_data)
{
  SwbWindow *self = user_data;

  swb_probe_run_async (NULL, NULL, NULL);
  if (self->bench != NULL)
    swb_session_settle_async (g_settings_get_uint (self->settings, "keep-journals"),
                              journals_settled_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
map_cb (SwbWindow *self)
{
  g_idle_add_full (G_PRIORITY_LOW, settle_cb, g_object_ref (self), g_object_unref);
}

static void
restore_size (SwbWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  swb_split_set_below (self->split, g_settings_get_int (self->settings, "journal-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (SwbWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 300));
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_int (self->settings, "journal-height", swb_split_get_below (self->split));
}

static gboolean
swb_window_close_request (GtkWindow *window)
{
  SwbWindow *self = SWB_WINDOW (window);

  save_size (self);
  if (self->document != NULL)
    swb_last_bench_keep (self->settings, self->document);
  return GTK_WINDOW_CLASS (swb_window_parent_class)->close_request (window);
}

static void
swb_window_dispose (GObject *object)
{
  SwbWindow *self = SWB_WINDOW (object);

  g_clear_pointer (&self->new_socket, gtk_window_destroy);
  if (self->bench != NULL)
    {
      swb_bench_bar_dismiss (self->bar);
      swb_journal_banner_set_bench (self->banner, NULL);
      swb_session_end (self->bench);
      g_signal_handlers_disconnect_by_data (self->document, self);
      /* A file that is being read holds it. */
      g_object_run_dispose (G_OBJECT (self->document));
    }
  g_clear_object (&self->document);
  g_clear_object (&self->bench);
  if (self->hand_on != NULL)
    g_object_run_dispose (G_OBJECT (self->hand_on));
  g_clear_object (&self->hand_on);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (swb_window_parent_class)->dispose (object);
}

static void
swb_window_finalize (GObject *object)
{
  SwbWindow *self = SWB_WINDOW (object);

  g_hash_table_unref (self->undos);
  G_OBJECT_CLASS (swb_window_parent_class)->finalize (object);
}

static void
swb_window_class_init (SwbWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = swb_window_close_request;

  g_type_ensure (SWB_TYPE_BENCH_BAR);
  g_type_ensure (SWB_TYPE_JOURNAL_BANNER);
  g_type_ensure (SWB_TYPE_PANE_STRIP);
  g_type_ensure (SWB_TYPE_RECOVERY_BAR);
  g_type_ensure (SWB_TYPE_SAVE_BAR);
  g_type_ensure (SWB_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SwbWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SwbWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, SwbWindow, recovery);
  gtk_widget_class_bind_template_child (widget_class, SwbWindow, save_bar);
  gtk_widget_class_bind_template_child (widget_class, SwbWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, SwbWindow, split);
  gtk_widget_class_bind_template_child (widget_class, SwbWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SwbWindow, broken_page);
  gtk_widget_class_bind_template_child (widget_class, SwbWindow, strip);
  gtk_widget_class_bind_template_callback (widget_class, view_added_cb);
  gtk_widget_class_bind_template_callback (widget_class, bar_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_recovered_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_record_cb);
}

static void
swb_window_init (SwbWindow *self)
{
  self->undos = swb_window_new_undos ();
  swb_window_add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (APP_ID);
  restore_size (self);
  self->hand_on = swb_hand_on_new (GTK_WINDOW (self), self->save_bar, self->toasts);
  swb_opener_accept_drops (GTK_WIDGET (self->toasts));
  make_bench (self);
  update_pages (self);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

GtkWidget *
swb_window_new (SwbApplication *application)
{
  return g_object_new (SWB_TYPE_WINDOW, "application", application, NULL);
}

SwbBench *
swb_window_get_bench (SwbWindow *self)
{
  g_return_val_if_fail (SWB_IS_WINDOW (self), NULL);

  return self->bench;
}

void
swb_window_expect (SwbWindow *self, gboolean expects)
{
  g_return_if_fail (SWB_IS_WINDOW (self));
  g_return_if_fail (expects || self->n_expected > 0);

  if (expects)
    self->n_expected++;
  else
    self->n_expected--;
  if (self->wants_run && self->document != NULL)
    swb_window_run_bench (self);
}

void
swb_window_open (SwbWindow *self, GFile *file)
{
  g_return_if_fail (SWB_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->document != NULL)
    swb_document_open (self->document, file);
}

void
swb_window_reopen_last (SwbWindow *self)
{
  g_return_if_fail (SWB_IS_WINDOW (self));

  if (self->document != NULL)
    swb_last_bench_reopen (self->settings, self->document);
}

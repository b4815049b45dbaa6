/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-recording-window.h"

#include <glib/gi18n.h>

#include "app/bytes/swb-follow-window.h"
#include "app/widgets/swb-compat.h"
#include "app/sessions/swb-hand-on.h"
#include "app/journal/swb-journal-view.h"
#include "app/window/swb-opener.h"
#include "app/pane/swb-pane-strip.h"
#include "app/sessions/swb-recording-open.h"
#include "app/sessions/swb-session-text.h"
#include "app/widgets/swb-split.h"
#include "net/swb-payload.h"

#define PATIENCE_MS 1000
#define TEXT_MAX_CHARS 600

struct _SwbRecordingWindow
{
  AdwApplicationWindow parent_instance;

  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkWidget *loading;
  GtkLabel *loading_label;
  GtkProgressBar *progress;
  AdwStatusPage *failed_page;
  SwbSplit *split;
  SwbPaneStrip *strip;
  SwbJournalView *journal;
  SwbSaveBar *save_bar;

  GSettings *settings;
  SwbHandOn *hand_on;
  SwbBench *bench;
  GCancellable *cancellable;
  guint patience;
};

G_DEFINE_FINAL_TYPE (SwbRecordingWindow, swb_recording_window, ADW_TYPE_APPLICATION_WINDOW)

static char *
dup_shown (const char *text)
{
  return swb_payload_display ((const guint8 *)text, strlen (text), SWB_ENCODING_UTF8,
                              TEXT_MAX_CHARS);
}

static void
set_name (SwbRecordingWindow *self, const char *name)
{
  g_autofree char *shown = dup_shown (name);
  /* Translators: %s is a file's name, or the date of a session */
  g_autofree char *loading = g_strdup_printf (_ ("Opening %s…"), shown);

  adw_window_title_set_title (self->title, shown);
  gtk_window_set_title (GTK_WINDOW (self), shown);
  gtk_label_set_label (self->loading_label, loading);
}

/* --- reading --- */

static gboolean
patience_cb (gpointer user_data)
{
  SwbRecordingWindow *self = user_data;

  self->patience = 0;
  gtk_widget_set_visible (self->loading, TRUE);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (guint64 done, guint64 total, gpointer user_data)
{
  SwbRecordingWindow *self = user_data;

  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress,
                                   CLAMP ((double)done / (double)total, 0, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
fail (SwbRecordingWindow *self, const char *message)
{
  g_autofree char *shown = dup_shown (message);
  g_autofree char *markup = g_markup_escape_text (shown, -1);

  g_clear_handle_id (&self->patience, g_source_remove);
  adw_status_page_set_description (self->failed_page, markup);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

/* A journal without a pane needs no room for panes. */
static void
panes_changed_cb (SwbRecordingWindow *self)
{
  gboolean has_panes = g_list_model_get_n_items (swb_bench_get_panes (self->bench)) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->strip), has_panes);
}

/* Nothing goes on that could be held still. */
static void
drop_pause (SwbRecordingWindow *self)
{
  GObject *pause = gtk_widget_get_template_child (GTK_WIDGET (self->journal),
                                                  SWB_TYPE_JOURNAL_VIEW, "pause_toggle");

  if (pause != NULL)
    gtk_widget_set_visible (GTK_WIDGET (pause), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self->journal), "journal.paused", FALSE);
}

static void
show_bench (SwbRecordingWindow *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  g_signal_connect_object (swb_bench_get_panes (self->bench), "items-changed",
                           G_CALLBACK (panes_changed_cb), self, G_CONNECT_SWAPPED);
  panes_changed_cb (self);
  swb_pane_strip_set_bench (self->strip, self->bench);
  swb_journal_view_set_bench (self->journal, self->bench);
  drop_pause (self);
  swb_hand_on_set_bench (self->hand_on, self->bench);
  swb_hand_on_set_view (self->hand_on, self->journal);
  adw_window_title_set_subtitle (self->title, _ ("Recording, read-only"));
  gtk_stack_set_visible_child_name (self->stack, "content");
  if (swb_pane_strip_get_n_views (self->strip) > 0)
    swb_pane_strip_reveal (self->strip, swb_pane_strip_get_view (self->strip, 0));
}

/* The rows of the journal name their panes, so that those come first. */
static void
folded_cb (SwbBench *bench, guint64 first, guint64 n_records, SwbRecordingWindow *self)
{
  guint64 total = swb_journal_get_n_records (swb_bench_get_journal (bench));

  progress_cb (first + n_records, total, self);
  if (!swb_bench_is_folded (bench))
    return;
  g_signal_handlers_disconnect_by_func (bench, folded_cb, self);
  show_bench (self);
}

static void
take_journal (SwbRecordingWindow *self, SwbJournal *journal, GHashTable *pane_names)
{
  self->bench = swb_bench_new_recording (journal, pane_names);
  if (swb_bench_is_folded (self->bench))
    show_bench (self);
  else
    g_signal_connect_object (self->bench, "records", G_CALLBACK (folded_cb), self, 0);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbRecordingWindow) self = user_data;
  g_autoptr (GHashTable) pane_names = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) journal
      = swb_recording_open_any_finish (result, &pane_names, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (journal != NULL)
    take_journal (self, journal, pane_names);
  else
    fail (self, error->message);
}

static void
begin (SwbRecordingWindow *self, const char *name)
{
  set_name (self, name);
  self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
}

void
swb_recording_window_open_file (SwbRecordingWindow *self, GFile *file)
{
  g_autofree char *base = NULL;

  g_return_if_fail (SWB_IS_RECORDING_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  base = g_file_get_basename (file);
  set_name (self, base);
  if (g_file_peek_path (file) == NULL)
    {
      fail (self, _ ("Only files on a disk of this computer can be opened"));
      return;
    }
  begin (self, base);
  swb_recording_open_any_async (g_file_peek_path (file), progress_cb, self,
                                self->cancellable, opened_cb, g_object_ref (self));
}

void
swb_recording_window_open_session (SwbRecordingWindow *self, const char *folder)
{
  g_autofree char *name = NULL;

  g_return_if_fail (SWB_IS_RECORDING_WINDOW (self));
  g_return_if_fail (folder != NULL);

  name = swb_session_text_dup_title (folder);
  begin (self, name);
  swb_recording_open_any_async (folder, progress_cb, self, self->cancellable, opened_cb,
                                g_object_ref (self));
}

/* --- actions --- */

static void
open_chosen_cb (GFile *file, gpointer user_data)
{
  SwbRecordingWindow *self = user_data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application == NULL)
    return;
  swb_opener_open (SWB_APPLICATION (application), NULL, file);
  /* What was to be seen here is not to be had. */
  if (g_str_equal (swb_recording_window_get_page (self), "failed"))
    gtk_window_close (GTK_WINDOW (self));
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_compat_choose_open (GTK_WINDOW (user_data), open_chosen_cb, user_data);
}

static void
find_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_journal_view_find (SWB_RECORDING_WINDOW (user_data)->journal);
}

static void
filter_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_journal_view_filter (SWB_RECORDING_WINDOW (user_data)->journal);
}

static void
journal_pane_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbRecordingWindow *self = user_data;
  guint id = g_variant_get_uint32 (parameter);
  SwbPane *pane
      = id > 0 && self->bench != NULL ? swb_bench_get_pane_by_id (self->bench, id) : NULL;

  swb_journal_view_set_pane (self->journal, pane);
}

/* The parameters are a pane's id and a connection's number. */
static void
follow_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbRecordingWindow *self = user_data;
  guint pane, connection;

  g_variant_get (parameter, "(uu)", &pane, &connection);
  if (self->bench != NULL)
    swb_follow_window_open (GTK_WINDOW (self), self->bench, pane, connection);
}

static void
show_record_cb (SwbPaneView *view, guint64 position, SwbRecordingWindow *self)
{
  swb_journal_view_show_record (self->journal, position);
}

static void
toast_cb (SwbPaneView *view, const char *text, SwbRecordingWindow *self)
{
  g_autofree char *shown = dup_shown (text);
  g_autofree char *title = g_markup_escape_text (shown, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (title));
}

static void
view_added_cb (SwbPaneStrip *strip, SwbPaneView *view, SwbRecordingWindow *self)
{
  g_signal_connect_object (view, "show-record", G_CALLBACK (show_record_cb), self, 0);
  g_signal_connect_object (view, "toast", G_CALLBACK (toast_cb), self, 0);
}

/* Escape gives up what is still being read; an opened recording is not closed by it. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  SwbRecordingWindow *self = SWB_RECORDING_WINDOW (widget);

  if (g_str_equal (swb_recording_window_get_page (self), "content"))
    return FALSE;
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

/* --- the window --- */

static gboolean
swb_recording_window_close_request (GtkWindow *window)
{
  SwbRecordingWindow *self = SWB_RECORDING_WINDOW (window);

  g_cancellable_cancel (self->cancellable);
  swb_save_bar_cancel (self->save_bar);
  return GTK_WINDOW_CLASS (swb_recording_window_parent_class)->close_request (window);
}

static void
swb_recording_window_dispose (GObject *object)
{
  SwbRecordingWindow *self = SWB_RECORDING_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->hand_on != NULL)
    g_object_run_dispose (G_OBJECT (self->hand_on));
  g_clear_object (&self->hand_on);
  g_clear_object (&self->bench);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (swb_recording_window_parent_class)->dispose (object);
}

static void
swb_recording_window_finalize (GObject *object)
{
  g_object_unref (SWB_RECORDING_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (swb_recording_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/recording-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, loading);
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, loading_label);
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, split);
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, journal);
  gtk_widget_class_bind_template_child (widget_class, SwbRecordingWindow, save_bar);
  gtk_widget_class_bind_template_callback (widget_class, view_added_cb);
}

static void
swb_recording_window_class_init (SwbRecordingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_recording_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_recording_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = swb_recording_window_close_request;
  g_type_ensure (SWB_TYPE_PANE_STRIP);
  g_type_ensure (SWB_TYPE_JOURNAL_VIEW);
  g_type_ensure (SWB_TYPE_SAVE_BAR);
  g_type_ensure (SWB_TYPE_SPLIT);
  bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK,
                                       "window.close", NULL);
}

static void
swb_recording_window_init (SwbRecordingWindow *self)
{
  static const GActionEntry entries[] = {
    { "open", open_action },
    { "find", find_action },
    { "filter", filter_action },
    { "journal-pane", journal_pane_action, "u" },
    { "follow", follow_action, "(uu)" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (APP_ID);
  g_settings_bind (self->settings, "time-format", self->journal, "time-format",
                   G_SETTINGS_BIND_DEFAULT);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  swb_split_set_below (self->split, g_settings_get_int (self->settings, "journal-height"));
  self->hand_on = swb_hand_on_new (GTK_WINDOW (self), self->save_bar, self->toasts);
  swb_opener_accept_drops (GTK_WIDGET (self->toasts));
}

GtkWidget *
swb_recording_window_new (SwbApplication *application)
{
  return g_object_new (SWB_TYPE_RECORDING_WINDOW, "application", application, NULL);
}

SwbBench *
swb_recording_window_get_bench (SwbRecordingWindow *self)
{
  g_return_val_if_fail (SWB_IS_RECORDING_WINDOW (self), NULL);

  return self->bench;
}

const char *
swb_recording_window_get_page (SwbRecordingWindow *self)
{
  g_return_val_if_fail (SWB_IS_RECORDING_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

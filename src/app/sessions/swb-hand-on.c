/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-hand-on.h"

#include <glib/gi18n.h>

#include "app/widgets/swb-compat.h"
#include "app/sessions/swb-export-dialog.h"
#include "app/sessions/swb-session-text.h"
#include "app/journal/swb-journal-format.h"
#include "net/swb-payload.h"

#define NAME_MAX_CHARS 100

struct _SwbHandOn
{
  GObject parent_instance;

  GtkWindow *window; /* its owner */
  SwbSaveBar *bar;
  AdwToastOverlay *toasts;
  SwbBench *bench;
  SwbJournalView *view; /* weak */
};

G_DEFINE_FINAL_TYPE (SwbHandOn, swb_hand_on, G_TYPE_OBJECT)

static const char *const action_names[] = { "save-recording", "export", "show-file" };

static void
recording_chosen_cb (GFile *file, gpointer user_data)
{
  /* The chooser holds its parent, the window, which holds this. */
  swb_hand_on_save_recording (user_data, file);
}

static void
save_recording_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbHandOn *self = user_data;
  g_autofree char *name = swb_session_text_dup_file_name (g_get_real_time () * 1000);

  swb_compat_choose_save (self->window, _ ("Save Recording"), name, _ ("Recordings"),
                          "*.pcapng", recording_chosen_cb, self);
}

static void
export_chosen_cb (SwbExportDialog *dialog, GFile *file, SwbHandOn *self)
{
  SwbExportSource source;

  swb_export_dialog_get_source (dialog, &source);
  swb_save_bar_run (self->bar, &source, swb_export_dialog_get_format (dialog), file);
}

static void
export_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbHandOn *self = user_data;
  GtkWidget *dialog = swb_export_dialog_new (self->window, self->bench, self->view);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (export_chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Without a file manager on the bus, the folder at least. */
static void
show_folder (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = user_data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply == NULL)
    show_folder (file);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  g_autofree char *uri = g_file_get_uri (file);
  const char *const uris[] = { uri, NULL };

  if (bus != NULL)
    g_dbus_connection_call (
        bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1", "ShowItems", g_variant_new ("(^ass)", uris, ""),
        NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, shown_cb, g_steal_pointer (&file));
  else
    show_folder (file);
}

static void
show_file_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *uri = g_variant_get_string (parameter, NULL);

  g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, g_file_new_for_uri (uri));
}

static char *
dup_saved_title (SwbSaveBar *bar, const char *name)
{
  guint64 n_unkept = swb_save_bar_get_n_unkept (bar);
  g_autofree char *count = swb_journal_format_number (n_unkept);

  if (n_unkept == 0)
    /* Translators: %s is a file's name */
    return g_strdup_printf (_ ("Saved %s"), name);
  /* Translators: a file's name, and a number; of bytes of calls that the journal does not
   * have */
  return g_strdup_printf (ngettext ("Saved %s, without %s byte that was not kept",
                                    "Saved %s, without %s bytes that were not kept",
                                    n_unkept),
                          name, count);
}

static void
saved_cb (SwbSaveBar *bar, GFile *file, SwbHandOn *self)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = swb_payload_display ((const guint8 *)base, strlen (base),
                                               SWB_ENCODING_UTF8, NAME_MAX_CHARS);
  g_autofree char *escaped = g_markup_escape_text (name, -1);
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *title = dup_saved_title (bar, escaped);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _ ("_Show in Files"));
  adw_toast_set_action_name (toast, "win.show-file");
  adw_toast_set_action_target (toast, "s", uri);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
swb_hand_on_dispose (GObject *object)
{
  SwbHandOn *self = SWB_HAND_ON (object);

  if (self->window != NULL)
    for (guint i = 0; i < G_N_ELEMENTS (action_names); i++)
      g_action_map_remove_action (G_ACTION_MAP (self->window), action_names[i]);
  self->window = NULL;
  g_clear_object (&self->bench);
  g_clear_weak_pointer (&self->view);
  G_OBJECT_CLASS (swb_hand_on_parent_class)->dispose (object);
}

static void
swb_hand_on_class_init (SwbHandOnClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_hand_on_dispose;
}

static void
swb_hand_on_init (SwbHandOn *self)
{
}

SwbHandOn *
swb_hand_on_new (GtkWindow *window, SwbSaveBar *bar, AdwToastOverlay *toasts)
{
  static const GActionEntry entries[] = {
    { "save-recording", save_recording_action },
    { "export", export_action },
    { "show-file", show_file_action, "s" },
  };
  SwbHandOn *self = g_object_new (SWB_TYPE_HAND_ON, NULL);

  self->window = window;
  self->bar = bar;
  self->toasts = toasts;
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries),
                                   self);
  g_signal_connect_object (bar, "saved", G_CALLBACK (saved_cb), self, 0);
  g_signal_connect_object (bar, "busy-changed", G_CALLBACK (swb_hand_on_update), self,
                           G_CONNECT_SWAPPED);
  swb_hand_on_update (self);
  return self;
}

void
swb_hand_on_set_bench (SwbHandOn *self, SwbBench *bench)
{
  g_return_if_fail (SWB_IS_HAND_ON (self));

  g_set_object (&self->bench, bench);
  swb_hand_on_update (self);
}

void
swb_hand_on_set_view (SwbHandOn *self, SwbJournalView *view)
{
  g_return_if_fail (SWB_IS_HAND_ON (self));

  g_set_weak_pointer (&self->view, view);
  swb_hand_on_update (self);
}

static void
enable (SwbHandOn *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->window), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
swb_hand_on_update (SwbHandOn *self)
{
  gboolean has_records;

  g_return_if_fail (SWB_IS_HAND_ON (self));

  if (self->window == NULL)
    return;
  has_records = self->bench != NULL
                && swb_journal_get_n_records (swb_bench_get_journal (self->bench)) > 0;
  enable (self, "save-recording", has_records && !swb_save_bar_is_busy (self->bar));
  enable (self, "export",
          has_records && self->view != NULL && !swb_save_bar_is_busy (self->bar));
}

void
swb_hand_on_save_recording (SwbHandOn *self, GFile *file)
{
  SwbExportSource source;

  g_return_if_fail (SWB_IS_HAND_ON (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->bench == NULL)
    return;
  swb_export_source_init (&source, swb_bench_get_journal (self->bench),
                          swb_bench_get_pane_name, self->bench);
  swb_save_bar_run (self->bar, &source, SWB_EXPORT_PCAPNG, file);
}

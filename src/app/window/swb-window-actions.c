/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/window/swb-window-private.h"

#include <glib/gi18n.h>

#include "app/widgets/swb-compat.h"
#include "app/bytes/swb-follow-window.h"
#include "app/options/swb-options-window.h"
#include "app/document/swb-new-socket.h"
#include "app/window/swb-opener.h"
#include "app/document/swb-pane-maker.h"

static void
new_socket_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbWindow *self = SWB_WINDOW (user_data);

  if (self->new_socket == NULL)
    self->new_socket = GTK_WINDOW (swb_new_socket_new (self->bench, GTK_WINDOW (self)));
  gtk_window_present (self->new_socket);
}

static gboolean
make_pair (SwbWindow *self, const SwbPanePair *pair, GError **error)
{
  g_autofree char *address = swb_pane_maker_dup_pair_address (pair);
  g_autofree char *server = NULL;
  g_autofree char *client = NULL;

  if (!swb_pane_maker_make_of_pair (self->bench, pair, 0, &server, error)
      || !swb_pane_maker_make_of_pair (self->bench, pair, 1, &client, error))
    return FALSE;

  swb_document_prefill (self->document, server, address, NULL);
  swb_document_prefill (self->document, client, NULL, address);
  return TRUE;
}

static void
pair_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbWindow *self = SWB_WINDOW (user_data);
  const SwbPanePair *pair
      = swb_pane_maker_find_pair (g_variant_get_string (parameter, NULL));
  g_autoptr (GError) error = NULL;

  if (pair == NULL)
    return;
  if (!make_pair (self, pair, &error))
    swb_window_toast (self, error->message);
}

static void
open_chosen_cb (GFile *file, gpointer user_data)
{
  GtkApplication *application = gtk_window_get_application (user_data);

  if (application != NULL)
    swb_opener_open (SWB_APPLICATION (application), user_data, file);
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_compat_choose_open (GTK_WINDOW (user_data), open_chosen_cb, user_data);
}

static void
save_chosen_cb (GFile *file, gpointer user_data)
{
  SwbWindow *self = user_data;

  if (self->document != NULL)
    swb_document_save (self->document, file);
}

static void
save_as_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbWindow *self = SWB_WINDOW (user_data);
  const char *file_name = swb_document_get_name (self->document);

  swb_compat_choose_save (
      GTK_WINDOW (self), _ ("Save Bench"),
      /* Translators: the name suggested for a bench file; keep .bench */
      file_name != NULL ? file_name : _ ("Untitled.bench"), _ ("Bench files"), "*.bench",
      save_chosen_cb, self);
}

static void
save_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbWindow *self = SWB_WINDOW (user_data);
  GFile *file = swb_document_get_file (self->document);

  if (file != NULL)
    swb_document_save (self->document, file);
  else
    save_as_action (NULL, NULL, self);
}

void
swb_window_run_bench (SwbWindow *self)
{
  g_autofree char *obstacle = NULL;

  self->wants_run = self->n_expected > 0 || swb_document_is_opening (self->document);
  if (self->wants_run)
    return;

  obstacle = swb_bench_bar_run (self->bar);
  if (obstacle != NULL)
    swb_window_toast (self, obstacle);
}

static void
run_bench_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_window_run_bench (user_data);
}

static void
stop_bench_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_bench_bar_stop (SWB_WINDOW (user_data)->bar);
}

static void
close_pane_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbWindow *self = SWB_WINDOW (user_data);
  SwbPaneView *view = swb_pane_strip_get_current (self->strip);

  if (view != NULL)
    swb_window_close_pane (self, view);
}

static void
undo_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_window_undo (user_data, g_variant_get_uint32 (parameter));
}

/* The parameter is a pane's id, or 0 for all panes. */
static void
journal_pane_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbWindow *self = SWB_WINDOW (user_data);
  guint id = g_variant_get_uint32 (parameter);

  if (self->journal != NULL)
    swb_journal_view_set_pane (SWB_JOURNAL_VIEW (self->journal),
                               id > 0 ? swb_bench_get_pane_by_id (self->bench, id) : NULL);
}

static void
find_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbWindow *self = SWB_WINDOW (user_data);

  if (self->journal != NULL)
    swb_journal_view_find (SWB_JOURNAL_VIEW (self->journal));
}

static void
filter_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbWindow *self = SWB_WINDOW (user_data);

  if (self->journal != NULL)
    swb_journal_view_filter (SWB_JOURNAL_VIEW (self->journal));
}

/* The parameters are a pane's id and a connection's number. */
static void
follow_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbWindow *self = SWB_WINDOW (user_data);
  guint pane, connection;

  g_variant_get (parameter, "(uu)", &pane, &connection);
  if (self->bench != NULL)
    swb_follow_window_open (GTK_WINDOW (self), self->bench, pane, connection);
}

/* The same parameters. */
static void
options_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbWindow *self = SWB_WINDOW (user_data);
  guint id, connection;
  SwbPane *pane;

  g_variant_get (parameter, "(uu)", &id, &connection);
  pane = self->bench != NULL ? swb_bench_get_pane_by_id (self->bench, id) : NULL;
  if (pane != NULL && !swb_pane_is_removed (pane) && !swb_bench_is_recording (self->bench))
    swb_options_window_open (GTK_WINDOW (self), self->bench, pane, connection);
}

static const GActionEntry entries[] = {
  { "new-socket", new_socket_action },
  { "pair", pair_action, "s" },
  { "open", open_action },
  { "save", save_action },
  { "save-as", save_as_action },
  { "run-bench", run_bench_action },
  { "stop-bench", stop_bench_action },
  { "close-pane", close_pane_action },
  { "undo", undo_action, "u" },
  { "find", find_action },
  { "filter", filter_action },
  { "journal-pane", journal_pane_action, "u" },
  { "follow", follow_action, "(uu)" },
  { "options", options_action, "(uu)" },
};

/* Of the window itself, not of its class: those are not seen over D-Bus. */
void
swb_window_add_actions (SwbWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries),
                                   self);
}

static void
enable (SwbWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
swb_window_update_actions (SwbWindow *self)
{
  gboolean works = self->bench != NULL;
  gboolean has_panes
      = works && g_list_model_get_n_items (swb_bench_get_panes (self->bench)) > 0;

  enable (self, "new-socket", works);
  enable (self, "pair", works);
  enable (self, "open", works);
  enable (self, "save", has_panes);
  enable (self, "save-as", has_panes);
  enable (self, "close-pane", has_panes);
  enable (self, "find", self->journal != NULL);
  enable (self, "filter", self->journal != NULL);
  swb_hand_on_update (self->hand_on);
  /* Also when there is nothing to run: a key that does nothing would not say why. */
  enable (self, "run-bench", works);
  enable (self, "stop-bench", swb_bench_bar_is_running (self->bar));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-view-private.h"

#include <glib/gi18n.h>

static void
take_over_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  GPtrArray *chain = swb_pane_runner_new_chain ();
  SwbCommand *command = swb_pane_runner_command (self->runner, SWB_VERB_UNLINK);

  command->address = swb_address_row_dup_text (self->bind_row);
  g_ptr_array_add (chain, command);
  g_ptr_array_add (chain, swb_pane_view_make_command (self, SWB_VERB_BIND));
  swb_pane_view_run_chain (self, chain);
}

/* As text: how an option's value becomes bytes is the command's business. */
static void
add_line (GPtrArray *chain, const char *line)
{
  SwbCommand *command = swb_command_parse (line, NULL, NULL);

  if (command != NULL)
    g_ptr_array_add (chain, command);
}

static void
reuse_address_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  GPtrArray *chain = swb_pane_runner_new_chain ();
  g_autofree char *line
      = g_strdup_printf ("%s setsockopt SOL_SOCKET SO_REUSEADDR 1",
                         swb_pane_get_name (swb_pane_view_get_pane (self)));

  add_line (chain, line);
  g_ptr_array_add (chain, swb_pane_view_make_command (self, SWB_VERB_BIND));
  swb_pane_view_run_chain (self, chain);
}

static void
free_port_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;

  swb_address_row_set_port (self->bind_row, "0");
  swb_pane_view_run_verb (self, SWB_VERB_BIND);
}

/* The lines of a remedy: see swb-remedy.h. */
static void
remedy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  GPtrArray *chain = swb_pane_runner_new_chain ();
  g_autofree const char **lines = g_variant_get_strv (parameter, NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    add_line (chain, lines[i]);
  swb_pane_view_run_chain (self, chain);
}

static void
copy_command_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbPaneView *self = user_data;
  g_autofree const char **lines = g_variant_get_strv (parameter, NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          lines[0] != NULL ? lines[0] : "");
  swb_pane_view_toast (self, _ ("Command copied: paste it into a terminal"));
}

void
swb_pane_view_add_remedies (SwbPaneView *self)
{
  static const GActionEntry entries[] = {
    { .name = "take-over", .activate = take_over_cb },
    { .name = "reuse-address", .activate = reuse_address_cb },
    { .name = "free-port", .activate = free_port_cb },
    { .name = "remedy", .activate = remedy_cb, .parameter_type = "as" },
    { .name = "copy-command", .activate = copy_command_cb, .parameter_type = "as" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}

void
swb_pane_view_update_remedies (SwbPaneView *self)
{
  SwbPane *pane = swb_pane_view_get_pane (self);
  /* A remedy that is on its way is not overtaken by another. */
  gboolean busy = swb_pane_runner_is_busy (self->runner);

  swb_pane_view_enable (self, "take-over", swb_pane_get_failure (pane)->stale && !busy);
  swb_pane_view_enable (self, "reuse-address", !busy);
  swb_pane_view_enable (self, "free-port", !busy);
  swb_pane_view_enable (self, "remedy", !busy);
}

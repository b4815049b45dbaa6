/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-view-private.h"

#include <glib/gi18n.h>

gboolean
swb_pane_view_is_recorded (SwbPaneView *self)
{
  return self->runner != NULL
         && swb_bench_is_recording (swb_pane_runner_get_bench (self->runner));
}

/* Looking and copying are left. */
static const char *const kept_actions[] = { "copy-address", "follow", NULL };

static GMenuModel *
make_menu (SwbPaneView *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append_section (menu, NULL, G_MENU_MODEL (self->journal_section));
  g_menu_append (section, _ ("_Follow conversation"), "pane.follow");
  g_menu_append (section, _ ("Copy a_ddress"), "pane.copy-address");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  return G_MENU_MODEL (menu);
}

static void
drop_calls (SwbPaneView *self)
{
  GActionMap *map = G_ACTION_MAP (self->actions);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));

  for (guint i = 0; names[i] != NULL; i++)
    if (!g_strv_contains (kept_actions, names[i]))
      g_action_map_remove_action (map, names[i]);
}

void
swb_pane_view_make_recorded (SwbPaneView *self)
{
  GtkWidget *const callers[] = { self->start,
                                 self->cancel,
                                 self->close,
                                 GTK_WIDGET (self->calls),
                                 GTK_WIDGET (self->receive_way),
                                 GTK_WIDGET (self->composer) };
  g_autoptr (GMenuModel) menu = make_menu (self);

  for (guint i = 0; i < G_N_ELEMENTS (callers); i++)
    gtk_widget_set_visible (callers[i], FALSE);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  drop_calls (self);
  swb_address_row_set_recorded (self->bind_row);
  swb_address_row_set_recorded (self->connect_row);
  swb_failure_bar_set_recorded (self->failure);
  swb_connection_strip_set_recorded (self->strip);
}

/* What was typed, and below it what the kernel made of it; where nothing was typed, that
 * alone. */
static void
show_address (SwbAddressRow *row, const SwbAddress *address, char *typed)
{
  g_autofree char *printed = swb_address_print (address);
  g_autofree char *text = typed;
  gboolean is_named = address->length > 0 && printed[0] != '\0';

  if (text == NULL || text[0] == '\0')
    {
      g_free (text);
      text = g_steal_pointer (&printed);
    }
  swb_address_row_set_text (row, text);
  swb_address_row_set_live (row, is_named ? address : NULL);
  gtk_widget_set_visible (GTK_WIDGET (row), text[0] != '\0');
}

void
swb_pane_view_update_recorded (SwbPaneView *self, SwbPane *pane)
{
  SwbConnection *own = swb_pane_get_socket (pane);

  show_address (self->bind_row, swb_connection_get_local (own),
                swb_pane_dup_bind_text (pane));
  show_address (self->connect_row, swb_connection_get_peer (own),
                swb_pane_dup_connect_text (pane));
  swb_address_row_set_call (self->bind_row, "bind", TRUE);
  swb_address_row_set_call (self->connect_row, "connect", TRUE);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (
                                   G_ACTION_MAP (self->actions), "copy-address")),
                               swb_connection_get_local (own)->length > 0);
}

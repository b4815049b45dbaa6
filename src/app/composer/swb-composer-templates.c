/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/composer/swb-composer-private.h"

#include <glib/gi18n.h>
#include <linux/netlink.h>
#include <sys/socket.h>

#include "journal/dissect/swb-dissect.h"
#include "net/swb-packet.h"

static guint
list_templates (SwbPane *pane, const SwbPacketTemplate *list[SWB_PACKET_TEMPLATES_MAX])
{
  return swb_packet_list_templates (swb_pane_get_domain (pane),
                                    swb_pane_get_socket_type (pane),
                                    swb_pane_get_protocol (pane), list);
}

/* Into the entry, to be changed before it is sent; a text has its line ends as the protocol
 * wants them. */
static void
use_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SwbComposer *self = user_data;
  const SwbPacketTemplate *list[SWB_PACKET_TEMPLATES_MAX];
  guint n = list_templates (swb_pane_runner_get_pane (self->runner), list);
  guint chosen = g_variant_get_uint32 (parameter);

  if (chosen >= n)
    return;
  if (list[chosen]->is_text)
    {
      g_autofree char *line_end = g_strdup_printf ("%d", SWB_LINE_END_CRLF);

      gtk_widget_activate_action (GTK_WIDGET (self), "format.line-end", "s", line_end);
    }
  gtk_drop_down_set_selected (self->mode, list[chosen]->is_text ? MODE_TEXT : MODE_PACKET);
  swb_compose_text_set_text (self->text, list[chosen]->text);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
add_action (SwbComposer *self)
{
  static const GActionEntry entries[]
      = { { .name = "use", .activate = use_cb, .parameter_type = "u" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "template", G_ACTION_GROUP (group));
}

char *
swb_composer_dup_packet_hint (SwbComposer *self)
{
  const SwbPacketTemplate *list[SWB_PACKET_TEMPLATES_MAX];
  guint n = self->runner != NULL
                ? list_templates (swb_pane_runner_get_pane (self->runner), list)
                : 0;
  const char *example = "icmp-echo id=7 seq=1 / \"hello\"";

  for (guint i = n; i > 0; i--)
    if (!list[i - 1]->is_text)
      example = list[i - 1]->text;
  /* Translators: the layers of a packet; %s is an example of them */
  return g_strdup_printf (_ ("Layers: %s"), example);
}

/* Who writes to netlink means the kernel, with few exceptions. */
static void
fill_destination (SwbComposer *self, SwbPane *pane)
{
  if (swb_pane_get_domain (pane) == AF_NETLINK
      && swb_pane_get_protocol (pane) != NETLINK_USERSOCK)
    gtk_editable_set_text (GTK_EDITABLE (self->destination), "netlink 0");
}

static void
add_templates (SwbComposer *self, SwbPane *pane)
{
  const SwbPacketTemplate *list[SWB_PACKET_TEMPLATES_MAX];
  guint n = list_templates (pane, list);
  GMenuModel *format = gtk_menu_button_get_menu_model (self->format);
  g_autoptr (GMenu) section = g_menu_new ();

  if (n == 0)
    return;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (list[i]->title), NULL);

      g_menu_item_set_action_and_target (item, "template.use", "u", i);
      g_menu_append_item (section, item);
    }
  add_action (self);
  gtk_menu_button_set_menu_model (self->templates, G_MENU_MODEL (section));
  g_menu_append_section (G_MENU (format), _ ("Templates"), G_MENU_MODEL (section));
  self->has_templates = TRUE;
  /* What goes through a raw socket is seldom a text. */
  if (!list[0]->is_text
      && swb_dissect_is_known (swb_pane_get_domain (pane), swb_pane_get_socket_type (pane),
                               swb_pane_get_protocol (pane)))
    gtk_drop_down_set_selected (self->mode, MODE_PACKET);
}

void
swb_composer_prepare (SwbComposer *self, SwbPane *pane)
{
  fill_destination (self, pane);
  add_templates (self, pane);
}

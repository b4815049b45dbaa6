/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/conversation/swb-peer-strip.h"

#include "app/journal/swb-journal-format.h"
#include "app/widgets/swb-widget.h"

#include <glib/gi18n.h>

struct _SwbPeerStrip
{
  GtkBox parent_instance;

  GtkLabel *count;
  GtkListView *list;

  SwbPane *pane;
  GtkSliceListModel *newest;
};

G_DEFINE_FINAL_TYPE (SwbPeerStrip, swb_peer_strip, GTK_TYPE_BOX)

static guint chosen_signal;

static char *
dup_address (SwbPeer *peer)
{
  SwbPeerState state;

  (void)!swb_peer_get_state (peer, &state);
  return swb_address_print (&state.address);
}

static char *
dup_count (guint n, guint64 n_forgotten)
{
  g_autofree char *number = swb_journal_format_number (n);
  g_autofree char *gone = swb_journal_format_number (n_forgotten);

  if (n > SWB_PEER_STRIP_MAX && n_forgotten > 0)
    /* Translators: numbers: of peers that are known, and of those that are not any more */
    return g_strdup_printf (
        ngettext ("%s peers (%s other was forgotten), the newest:",
                  "%s peers (%s others were forgotten), the newest:", n_forgotten),
        number, gone);
  if (n > SWB_PEER_STRIP_MAX)
    /* Translators: %s is a number */
    return g_strdup_printf (_ ("%s peers, the newest:"), number);
  return g_strdup_printf (ngettext ("%s peer", "%s peers", n), number);
}

static void
update (SwbPeerStrip *self)
{
  GListModel *peers = swb_pane_get_peers (self->pane);
  guint n = g_list_model_get_n_items (peers);
  g_autofree char *text = dup_count (n, swb_pane_get_n_peers_forgotten (self->pane));

  gtk_slice_list_model_set_offset (self->newest,
                                   n > SWB_PEER_STRIP_MAX ? n - SWB_PEER_STRIP_MAX : 0);
  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          n > 0 && swb_pane_get_state (self->pane) != SWB_STATE_CONNECTED);
}

static gboolean
tooltip_cb (GtkWidget *chip, int x, int y, gboolean keyboard, GtkTooltip *tooltip,
            GtkListItem *item)
{
  SwbPeer *peer = gtk_list_item_get_item (item);
  SwbPeerState state;
  g_autofree char *came = NULL;
  g_autofree char *went = NULL;
  g_autofree char *text = NULL;

  if (peer == NULL)
    return FALSE;
  (void)!swb_peer_get_state (peer, &state);
  came = swb_journal_format_number (state.n_received);
  went = swb_journal_format_number (state.n_sent);
  /* Translators: %u numbers a peer; then how many datagrams came from it, and went to it */
  text = g_strdup_printf (_ ("#%u: %s came, %s went. Press to answer"), state.number, came,
                          went);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
setup_cb (SwbPeerStrip *self, GtkListItem *item)
{
  GtkWidget *chip = gtk_label_new (NULL);

  gtk_widget_add_css_class (chip, "swb-chip");
  gtk_widget_set_has_tooltip (chip, TRUE);
  g_signal_connect_object (chip, "query-tooltip", G_CALLBACK (tooltip_cb), item, 0);
  gtk_list_item_set_child (item, chip);
}

static void
bind_cb (SwbPeerStrip *self, GtkListItem *item)
{
  g_autofree char *address = dup_address (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), address);
  swb_widget_name_row (gtk_list_item_get_child (item), address);
}

static void
activate_cb (SwbPeerStrip *self, guint position)
{
  g_autoptr (SwbPeer) peer = g_list_model_get_item (G_LIST_MODEL (self->newest), position);
  g_autofree char *address = peer != NULL ? dup_address (peer) : NULL;

  if (address != NULL)
    g_signal_emit (self, chosen_signal, 0, address);
}

static void
swb_peer_strip_dispose (GObject *object)
{
  SwbPeerStrip *self = SWB_PEER_STRIP (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->newest);
  g_clear_object (&self->pane);

  G_OBJECT_CLASS (swb_peer_strip_parent_class)->dispose (object);
}

static void
swb_peer_strip_class_init (SwbPeerStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_peer_strip_dispose;
  chosen_signal = g_signal_new ("chosen", SWB_TYPE_PEER_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-peer-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbPeerStrip, count);
  gtk_widget_class_bind_template_child (widget_class, SwbPeerStrip, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
swb_peer_strip_init (SwbPeerStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
swb_peer_strip_set_pane (SwbPeerStrip *self, SwbPane *pane)
{
  GtkNoSelection *selection;

  g_assert (self->pane == NULL);
  self->pane = g_object_ref (pane);
  if (!swb_pane_has_peers (pane))
    return;
  self->newest = gtk_slice_list_model_new (g_object_ref (swb_pane_get_peers (pane)), 0,
                                           SWB_PEER_STRIP_MAX);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->newest)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  g_signal_connect_object (pane, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

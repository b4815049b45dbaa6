/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/conversation/swb-chip.h"

#include "app/widgets/swb-widget.h"

#include <glib/gi18n.h>

struct _SwbChip
{
  GtkBox parent_instance;

  GtkLabel *peer;
  GtkLabel *state;

  SwbConnection *connection;
  SwbPane *pane;
};

G_DEFINE_FINAL_TYPE (SwbChip, swb_chip, GTK_TYPE_BOX)

static void
swb_chip_dispose (GObject *object)
{
  SwbChip *self = SWB_CHIP (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->pane);

  G_OBJECT_CLASS (swb_chip_parent_class)->dispose (object);
}

static void
swb_chip_class_init (SwbChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_chip_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbChip, peer);
  gtk_widget_class_bind_template_child (widget_class, SwbChip, state);
}

static void
swb_chip_init (SwbChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
swb_chip_new (void)
{
  return g_object_new (SWB_TYPE_CHIP, NULL);
}

char *
swb_chip_dup_label (SwbConnection *connection)
{
  const SwbAddress *peer = swb_connection_get_peer (connection);
  g_autofree char *text = swb_address_print (peer);
  const char *process = swb_connection_get_process (connection);

  /* Clients of a unix socket have no name, as a rule. */
  if (text[0] == '\0' && process != NULL)
    return g_strdup_printf ("#%u · %s", swb_connection_get_number (connection), process);
  if (text[0] == '\0')
    return g_strdup_printf ("#%u", swb_connection_get_number (connection));
  return g_steal_pointer (&text);
}

void
swb_chip_update (SwbChip *self)
{
  SwbState state;
  g_autofree char *label = NULL;

  if (self->connection == NULL)
    return;
  label = swb_chip_dup_label (self->connection);
  if (!g_str_equal (gtk_label_get_text (self->peer), label))
    {
      gtk_label_set_text (self->peer, label);
      swb_widget_name_row (GTK_WIDGET (self), label);
    }
  state = swb_connection_get_state (self->connection);
  gtk_label_set_text (self->state,
                      swb_state_get_name (state, swb_pane_get_domain (self->pane),
                                          swb_pane_get_socket_type (self->pane)));
  gtk_widget_set_visible (GTK_WIDGET (self->state), state != SWB_STATE_CONNECTED);
  swb_widget_set_tooltip (GTK_WIDGET (self), swb_state_explain (state));
}

void
swb_chip_set_connection (SwbChip *self, SwbConnection *connection, SwbPane *pane)
{
  g_set_object (&self->connection, connection);
  g_set_object (&self->pane, pane);
  swb_chip_update (self);
}

SwbConnection *
swb_chip_get_connection (SwbChip *self)
{
  return self->connection;
}

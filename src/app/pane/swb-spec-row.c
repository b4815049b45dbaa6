/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-spec-row.h"

#include "net/swb-catalog.h"

#include <glib/gi18n.h>

struct _SwbSpecRow
{
  GtkBox parent_instance;

  GtkLabel *domain;
  GtkLabel *type;
  GtkLabel *protocol;
};

G_DEFINE_FINAL_TYPE (SwbSpecRow, swb_spec_row, GTK_TYPE_BOX)

static void
swb_spec_row_class_init (SwbSpecRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-spec-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbSpecRow, domain);
  gtk_widget_class_bind_template_child (widget_class, SwbSpecRow, type);
  gtk_widget_class_bind_template_child (widget_class, SwbSpecRow, protocol);
}

static void
swb_spec_row_init (SwbSpecRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
find_word (const SwbConstant *constants, guint n, int value)
{
  for (guint i = 0; i < n; i++)
    if (constants[i].value == value)
      return _ (constants[i].word);
  return NULL;
}

void
swb_spec_row_set_pane (SwbSpecRow *self, SwbPane *pane)
{
  int domain = swb_pane_get_domain (pane);
  int type = swb_pane_get_socket_type (pane);
  int protocol = swb_pane_get_protocol (pane);
  g_autofree char *domain_text = swb_catalog_print_domain (domain);
  g_autofree char *type_text = swb_catalog_print_type (type);
  g_autofree char *protocol_text = swb_catalog_label_protocol (domain, type, protocol);
  const SwbConstant *constants;
  guint n;

  gtk_label_set_text (self->domain, domain_text);
  gtk_label_set_text (self->type, type_text);
  gtk_label_set_text (self->protocol, protocol_text);

  constants = swb_catalog_get_domains (&n);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->domain), find_word (constants, n, domain));
  constants = swb_catalog_get_types (&n);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->type), find_word (constants, n, type));
}

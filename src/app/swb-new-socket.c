/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-new-socket.h"

#include <errno.h>
#include <glib/gi18n.h>

#include "app/swb-choice.h"
#include "app/swb-pane-maker.h"
#include "engine/swb-probe.h"
#include "net/swb-catalog.h"

struct _SwbNewSocket
{
  AdwWindow parent_instance;

  GtkDropDown *domain_drop;
  GtkDropDown *type_drop;
  GtkDropDown *protocol_drop;
  GtkSwitch *wide_switch;
  GtkToggleButton *server_toggle;
  GtkToggleButton *client_toggle;
  GtkEditable *title_entry;
  GtkWidget *explanation_box;
  GtkImage *explanation_icon;
  GtkLabel *explanation;

  SwbBench *bench;
  GCancellable *cancellable;
  gboolean filling; /* the lists are being replaced, their selections mean nothing yet */
};

G_DEFINE_FINAL_TYPE (SwbNewSocket, swb_new_socket, ADW_TYPE_WINDOW)

/* Without a selection, the answer is what the previous list had. */
static int
get_value (GtkDropDown *drop, int fallback)
{
  SwbChoice *choice = gtk_drop_down_get_selected_item (drop);

  return choice != NULL ? swb_choice_get_value (choice) : fallback;
}

/* Replaces the list, keeping the chosen value where the new list has it. */
static void
fill (GtkDropDown *drop, GListStore *choices, int value)
{
  GListModel *model = G_LIST_MODEL (choices);
  guint selected = 0;
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (model) && !found; i++)
    {
      g_autoptr (SwbChoice) choice = g_list_model_get_item (model, i);

      found = swb_choice_get_value (choice) == value;
      if (found)
        selected = i;
    }
  gtk_drop_down_set_model (drop, model);
  gtk_drop_down_set_selected (drop, selected);
  g_object_unref (choices);
}

static SwbRole
get_role (SwbNewSocket *self)
{
  if (gtk_toggle_button_get_active (self->server_toggle))
    return SWB_ROLE_SERVER;
  if (gtk_toggle_button_get_active (self->client_toggle))
    return SWB_ROLE_CLIENT;
  return SWB_ROLE_PLAIN;
}

static SwbPaneSpec
get_spec (SwbNewSocket *self)
{
  SwbPaneSpec spec = {
    .domain = get_value (self->domain_drop, AF_INET),
    .type = get_value (self->type_drop, SOCK_STREAM),
    .protocol = get_value (self->protocol_drop, 0),
    .role = get_role (self),
  };

  return spec;
}

static int
predict (const SwbPaneSpec *spec)
{
  return MAX (swb_probe_get (spec->domain, spec->type, spec->protocol), 0);
}

static void
set_explanation (SwbNewSocket *self, const char *text, gboolean warning)
{
  gtk_label_set_label (self->explanation, text);
  gtk_image_set_from_icon_name (self->explanation_icon,
                                warning ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  if (warning)
    gtk_widget_add_css_class (self->explanation_box, "warning");
  else
    gtk_widget_remove_css_class (self->explanation_box, "warning");
}

/* The call as it will be made, and what the kernel makes of it. */
static char *
dup_sentence (const SwbPaneSpec *spec, int answer)
{
  g_autofree char *domain = swb_catalog_print_domain (spec->domain);
  g_autofree char *type = swb_catalog_print_type (spec->type);
  g_autofree char *protocol = swb_catalog_print_protocol (spec->domain, spec->protocol);
  g_autofree char *meaning
      = swb_catalog_explain (spec->domain, spec->type, spec->protocol, answer);

  return g_strdup_printf ("socket(%s, %s, %s)\n%s", domain, type, protocol, meaning);
}

static void
explain (SwbNewSocket *self)
{
  SwbPaneSpec spec = get_spec (self);
  int answer = predict (&spec);
  g_autofree char *sentence = dup_sentence (&spec, answer);
  g_autofree char *title = swb_pane_maker_dup_title (&spec);

  set_explanation (self, sentence, answer != 0);
  gtk_text_set_placeholder_text (GTK_TEXT (gtk_editable_get_delegate (self->title_entry)),
                                 title);
}

static void
refill_protocols (SwbNewSocket *self, int protocol)
{
  int domain = get_value (self->domain_drop, AF_INET);
  int type = get_value (self->type_drop, SOCK_STREAM);
  gboolean wide = gtk_switch_get_active (self->wide_switch);

  fill (self->protocol_drop, swb_choice_list_protocols (domain, type, wide), protocol);
}

static void
refill_types (SwbNewSocket *self, int type, int protocol)
{
  int domain = get_value (self->domain_drop, AF_INET);
  gboolean wide = gtk_switch_get_active (self->wide_switch);

  fill (self->type_drop, swb_choice_list_types (domain, wide), type);
  refill_protocols (self, protocol);
}

static void
refill (SwbNewSocket *self, int domain, int type, int protocol)
{
  self->filling = TRUE;
  fill (self->domain_drop, swb_choice_list_domains (), domain);
  refill_types (self, type, protocol);
  self->filling = FALSE;
  explain (self);
}

/* A list is not replaced while it tells of a choice: only those that depend on it are. */
static void
chosen_cb (SwbNewSocket *self, GParamSpec *pspec, GtkDropDown *drop)
{
  SwbPaneSpec spec;

  if (self->filling)
    return;

  spec = get_spec (self);
  self->filling = TRUE;
  if (drop == self->domain_drop)
    refill_types (self, spec.type, spec.protocol);
  else if (drop == self->type_drop)
    refill_protocols (self, spec.protocol);
  self->filling = FALSE;
  explain (self);
}

static void
refill_all (SwbNewSocket *self)
{
  SwbPaneSpec spec = get_spec (self);

  refill (self, spec.domain, spec.type, spec.protocol);
}

static void
wide_toggled_cb (SwbNewSocket *self)
{
  if (!self->filling)
    refill_all (self);
}

static void
role_toggled_cb (SwbNewSocket *self)
{
  explain (self);
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbNewSocket) self = user_data;

  if (swb_probe_run_finish (result, NULL)
      && !g_cancellable_is_cancelled (self->cancellable))
    refill_all (self);
}

static void
map_cb (SwbNewSocket *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->domain_drop));
}

static void
create_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  swb_new_socket_create (SWB_NEW_SOCKET (widget));
}

static void
swb_new_socket_dispose (GObject *object)
{
  SwbNewSocket *self = SWB_NEW_SOCKET (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->bench);
  G_OBJECT_CLASS (swb_new_socket_parent_class)->dispose (object);
}

static void
swb_new_socket_finalize (GObject *object)
{
  SwbNewSocket *self = SWB_NEW_SOCKET (object);

  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (swb_new_socket_parent_class)->finalize (object);
}

static void
swb_new_socket_class_init (SwbNewSocketClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_new_socket_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_new_socket_finalize;

  /* The factories in the template look properties up by the type's name. */
  g_type_ensure (SWB_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/new-socket.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, domain_drop);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, type_drop);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, protocol_drop);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, wide_switch);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, server_toggle);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, client_toggle);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, title_entry);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, explanation_box);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, explanation_icon);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, explanation);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, role_toggled_cb);
  gtk_widget_class_install_action (widget_class, "dialog.create", NULL, create_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
swb_new_socket_init (SwbNewSocket *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  refill (self, AF_INET, SOCK_STREAM, 0);
  swb_probe_run_async (self->cancellable, probed_cb, g_object_ref (self));
}

GtkWidget *
swb_new_socket_new (SwbBench *bench, GtkWindow *parent)
{
  SwbNewSocket *self = g_object_new (SWB_TYPE_NEW_SOCKET, "transient-for", parent, NULL);

  self->bench = g_object_ref (bench);
  return GTK_WIDGET (self);
}

void
swb_new_socket_create (SwbNewSocket *self)
{
  const char *title;
  SwbPaneSpec spec;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (SWB_IS_NEW_SOCKET (self));

  spec = get_spec (self);
  title = gtk_editable_get_text (self->title_entry);
  spec.title = *title != '\0' ? title : NULL;
  if (!swb_pane_maker_make (self->bench, &spec, NULL, &error))
    {
      set_explanation (self, error->message, TRUE);
      return;
    }
  gtk_editable_set_text (self->title_entry, "");
  gtk_window_close (GTK_WINDOW (self));
}

gboolean
swb_new_socket_choose (SwbNewSocket *self, int domain, int type, int protocol)
{
  SwbPaneSpec spec;

  g_return_val_if_fail (SWB_IS_NEW_SOCKET (self), FALSE);

  if (!swb_catalog_is_legal (domain, type, protocol))
    gtk_switch_set_active (self->wide_switch, TRUE);
  refill (self, domain, type, protocol);
  spec = get_spec (self);
  return spec.domain == domain && spec.type == type && spec.protocol == protocol;
}

const char *
swb_new_socket_get_explanation (SwbNewSocket *self)
{
  g_return_val_if_fail (SWB_IS_NEW_SOCKET (self), NULL);

  return gtk_label_get_label (self->explanation);
}

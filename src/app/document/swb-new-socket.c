/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-new-socket.h"

#include <errno.h>
#include <glib/gi18n.h>

#include "app/pane/swb-choice-picker.h"
#include "app/document/swb-pane-maker.h"
#include "engine/swb-probe.h"
#include "net/swb-catalog.h"

struct _SwbNewSocket
{
  AdwWindow parent_instance;

  SwbChoicePicker *domain;
  SwbChoicePicker *type;
  SwbChoicePicker *protocol;
  GtkLabel *domain_label;
  GtkLabel *type_label;
  GtkLabel *protocol_label;
  GtkSwitch *wide_switch;
  GtkToggleButton *server_toggle;
  GtkToggleButton *client_toggle;
  GtkWidget *role_label;
  GtkWidget *role_box;
  GtkEditable *title_entry;
  GtkWidget *explanation_box;
  GtkImage *explanation_icon;
  GtkLabel *explanation;

  SwbBench *bench;
  GCancellable *cancellable;
  int shown_domain; /* of which the protocols are */
  gboolean filling; /* several lists are being replaced */
};

G_DEFINE_FINAL_TYPE (SwbNewSocket, swb_new_socket, ADW_TYPE_WINDOW)

static SwbRole
get_role (SwbNewSocket *self)
{
  if (!swb_pane_maker_has_roles (swb_choice_picker_get_value (self->domain),
                                 swb_choice_picker_get_value (self->type)))
    return SWB_ROLE_PLAIN;
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
    .domain = swb_choice_picker_get_value (self->domain),
    .type = swb_choice_picker_get_value (self->type),
    .protocol = swb_choice_picker_get_value (self->protocol),
    .role = get_role (self),
  };

  return spec;
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

/* The call as it will be made, and what the kernel makes of it. @answer: -1 before it was
 * asked. */
static char *
dup_sentence (const SwbPaneSpec *spec, int answer)
{
  g_autofree char *domain = swb_catalog_print_domain (spec->domain);
  g_autofree char *type = swb_catalog_print_type (spec->type);
  g_autofree char *protocol = swb_catalog_print_protocol (spec->domain, spec->protocol);
  g_autofree char *meaning
      = answer < 0 ? g_strdup (_ ("asking the kernel…"))
                   : swb_catalog_explain (spec->domain, spec->type, spec->protocol, answer);

  return g_strdup_printf ("socket(%s, %s, %s)\n%s", domain, type, protocol, meaning);
}

static const char *
get_problem (SwbNewSocket *self)
{
  SwbChoicePicker *pickers[] = { self->domain, self->type, self->protocol };
  const char *problem = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (pickers) && problem == NULL; i++)
    problem = swb_choice_picker_get_problem (pickers[i]);
  return problem;
}

static void
explain (SwbNewSocket *self)
{
  SwbPaneSpec spec = get_spec (self);
  int answer = swb_probe_get (spec.domain, spec.type, spec.protocol);
  g_autofree char *sentence = dup_sentence (&spec, answer);
  g_autofree char *title = swb_pane_maker_dup_title (&spec);
  const char *problem = get_problem (self);
  gboolean has_roles = swb_pane_maker_has_roles (spec.domain, spec.type);

  gtk_widget_set_visible (self->role_label, has_roles);
  gtk_widget_set_visible (self->role_box, has_roles);
  set_explanation (self, problem != NULL ? problem : sentence,
                   problem != NULL || answer > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.create", problem == NULL);
  gtk_text_set_placeholder_text (GTK_TEXT (gtk_editable_get_delegate (self->title_entry)),
                                 title);
}

static void
refill_protocols (SwbNewSocket *self, int protocol)
{
  int domain = swb_choice_picker_get_value (self->domain);
  int type = swb_choice_picker_get_value (self->type);
  gboolean wide = gtk_switch_get_active (self->wide_switch);

  self->shown_domain = domain;
  swb_choice_picker_fill (self->protocol, swb_choice_list_protocols (domain, type, wide),
                          protocol);
}

static void
refill_types (SwbNewSocket *self, int type, int protocol)
{
  int domain = swb_choice_picker_get_value (self->domain);
  gboolean wide = gtk_switch_get_active (self->wide_switch);

  swb_choice_picker_fill (self->type, swb_choice_list_types (domain, wide), type);
  refill_protocols (self, protocol);
}

static void
refill (SwbNewSocket *self, int domain, int type, int protocol)
{
  self->filling = TRUE;
  swb_choice_picker_fill (self->domain, swb_choice_list_domains (), domain);
  refill_types (self, type, protocol);
  self->filling = FALSE;
  explain (self);
}

/* The number 2 is IGMP, or an Ethernet type, or a version of keys: it stays chosen where it
 * means the same. */
static int
keep_protocol (SwbNewSocket *self, const SwbPaneSpec *spec)
{
  g_autofree char *before = swb_catalog_print_protocol (self->shown_domain, spec->protocol);
  g_autofree char *now = swb_catalog_print_protocol (spec->domain, spec->protocol);

  return g_str_equal (before, now) ? spec->protocol : 0;
}

/* A list is not replaced while it tells of a choice: only those that depend on it are. */
static void
chosen_cb (SwbNewSocket *self, SwbChoicePicker *picker)
{
  SwbPaneSpec spec;

  if (self->filling)
    return;

  spec = get_spec (self);
  self->filling = TRUE;
  if (picker == self->domain)
    refill_types (self, spec.type, keep_protocol (self, &spec));
  else if (picker == self->type)
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

  if (!swb_probe_run_finish (result, NULL)
      || g_cancellable_is_cancelled (self->cancellable))
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.ask", TRUE);
  refill_all (self);
}

static void
ask_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SwbNewSocket *self = SWB_NEW_SOCKET (widget);

  gtk_widget_action_set_enabled (widget, "dialog.ask", FALSE);
  swb_probe_again_async (self->cancellable, probed_cb, g_object_ref (self));
}

static void
map_cb (SwbNewSocket *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->domain));
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

  g_type_ensure (SWB_TYPE_CHOICE_PICKER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/new-socket.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, domain);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, domain_label);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, type);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, type_label);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, protocol);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, protocol_label);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, wide_switch);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, server_toggle);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, client_toggle);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, role_label);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, role_box);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, title_entry);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, explanation_box);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, explanation_icon);
  gtk_widget_class_bind_template_child (widget_class, SwbNewSocket, explanation);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, role_toggled_cb);
  gtk_widget_class_install_action (widget_class, "dialog.create", NULL, create_action);
  gtk_widget_class_install_action (widget_class, "dialog.ask", NULL, ask_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
swb_new_socket_init (SwbNewSocket *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  swb_choice_picker_set_up (self->domain, self->domain_label, swb_catalog_parse_domain);
  swb_choice_picker_set_up (self->type, self->type_label, swb_catalog_parse_type);
  swb_choice_picker_set_up (self->protocol, self->protocol_label,
                            swb_catalog_parse_protocol);
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

  if (get_problem (self) != NULL)
    return;

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

/* What no list has is typed. */
static void
choose_rest (SwbNewSocket *self, SwbChoicePicker *picker, int value)
{
  g_autofree char *text = g_strdup_printf ("%d", value);

  if (swb_choice_picker_get_value (picker) == value)
    return;
  swb_choice_picker_type (picker, text);
  chosen_cb (self, picker);
}

gboolean
swb_new_socket_choose (SwbNewSocket *self, int domain, int type, int protocol)
{
  SwbPaneSpec spec;

  g_return_val_if_fail (SWB_IS_NEW_SOCKET (self), FALSE);

  if (!swb_catalog_is_legal (domain, type, protocol))
    gtk_switch_set_active (self->wide_switch, TRUE);
  refill (self, domain, type, protocol);
  choose_rest (self, self->domain, domain);
  choose_rest (self, self->type, type);
  choose_rest (self, self->protocol, protocol);
  spec = get_spec (self);
  return spec.domain == domain && spec.type == type && spec.protocol == protocol;
}

const char *
swb_new_socket_get_explanation (SwbNewSocket *self)
{
  g_return_val_if_fail (SWB_IS_NEW_SOCKET (self), NULL);

  return gtk_label_get_label (self->explanation);
}

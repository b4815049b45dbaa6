/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-multicast-popover.h"

#include <glib/gi18n.h>

#include "bench/swb-bench-multicast.h"
#include "net/swb-errno.h"
#include "net/swb-multicast.h"

struct _SwbMulticastPopover
{
  GtkPopover parent_instance;

  GtkEntry *group;
  GtkDropDown *interface;
  GtkEntry *source;
  GtkLabel *joined;
  GtkSwitch *loop;
  GtkSpinButton *hops;
  GtkLabel *hops_label;
  GtkLabel *answer;

  SwbPaneRunner *runner;
  GPtrArray *interfaces; /* SwbMulticastInterface, in the order of the drop-down */
};

G_DEFINE_FINAL_TYPE (SwbMulticastPopover, swb_multicast_popover, GTK_TYPE_POPOVER)

static SwbPane *
get_pane (SwbMulticastPopover *self)
{
  return swb_pane_runner_get_pane (self->runner);
}

static gboolean
is_six (SwbMulticastPopover *self)
{
  return swb_pane_get_domain (get_pane (self)) == AF_INET6;
}

/* (transfer full): what was typed, without blanks around it */
static char *
dup_text (GtkEntry *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/* (nullable) */
static const SwbMulticastInterface *
get_interface (SwbMulticastPopover *self)
{
  guint chosen = gtk_drop_down_get_selected (self->interface);

  return chosen < self->interfaces->len ? self->interfaces->pdata[chosen] : NULL;
}

static void
show_answer (SwbMulticastPopover *self, const char *text)
{
  gtk_label_set_text (self->answer, text);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), text[0] != '\0');
  /* An open popover grows only when it is presented anew. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_present (GTK_POPOVER (self));
}

/* --- commands --- */

static gboolean
check_address (SwbMulticastPopover *self, GtkEntry *entry, gboolean is_group)
{
  g_autofree char *text = dup_text (entry);
  g_autofree char *host = NULL;
  SwbAddress address;
  gboolean right
      = text[0] != '\0'
        && swb_address_parse_parts (swb_pane_get_domain (get_pane (self)), SOCK_DGRAM, text,
                                    "", &address, &host, NULL, NULL)
        && host == NULL && (!is_group || swb_multicast_is_group (&address));

  if (right)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
      gtk_widget_grab_focus (GTK_WIDGET (entry));
      show_answer (self, !is_group ? _ ("The sender is an address, not a name.")
                         : is_six (self)
                             ? _ ("A group of IPv6 begins with ff, as ff02::1234 does.")
                             : _ ("A group is an address from 224.0.0.0 to "
                                  "239.255.255.255."));
    }
  return right;
}

/* @format: what stands behind the pane's name */
static void run_line (SwbMulticastPopover *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

static void
run_line (SwbMulticastPopover *self, const char *format, ...)
{
  g_autofree char *rest = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  SwbCommand *command;
  va_list args;

  va_start (args, format);
  rest = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strdup_printf ("%s setsockopt %s", swb_pane_get_name (get_pane (self)), rest);
  command = swb_command_parse (line, NULL, &error);
  if (command == NULL)
    show_answer (self, error->message);
  else
    swb_pane_runner_run (self->runner, command);
}

/* With a sender the options of RFC 3678, which name the interface as the others do. */
static void
change_membership (SwbMulticastPopover *self, gboolean joins)
{
  const SwbMulticastInterface *interface = get_interface (self);
  const char *name = interface != NULL ? interface->name : is_six (self) ? "0" : "0.0.0.0";
  const char *level = is_six (self) ? "IPPROTO_IPV6" : "IPPROTO_IP";
  g_autofree char *group = dup_text (self->group);
  g_autofree char *source = dup_text (self->source);

  show_answer (self, "");
  if (!check_address (self, self->group, TRUE)
      || (source[0] != '\0' && !check_address (self, self->source, FALSE)))
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self->source), "error");
  if (source[0] != '\0')
    run_line (self, "%s MCAST_%s_SOURCE_GROUP %s %s %s", level, joins ? "JOIN" : "LEAVE",
              group, interface != NULL ? name : "0", source);
  else
    run_line (self, "%s %s_%s_MEMBERSHIP %s %s", level, is_six (self) ? "IPV6" : "IP",
              joins ? "ADD" : "DROP", group, name);
}

static void
join_cb (SwbMulticastPopover *self)
{
  change_membership (self, TRUE);
}

static void
leave_cb (SwbMulticastPopover *self)
{
  change_membership (self, FALSE);
}

static void
use_cb (SwbMulticastPopover *self)
{
  const SwbMulticastInterface *interface = get_interface (self);
  int hops = gtk_spin_button_get_value_as_int (self->hops);
  int loop = gtk_switch_get_active (self->loop);

  show_answer (self, "");
  if (is_six (self))
    {
      run_line (self, "IPPROTO_IPV6 IPV6_MULTICAST_IF %d",
                interface != NULL ? interface->index : 0);
      run_line (self, "IPPROTO_IPV6 IPV6_MULTICAST_HOPS %d", hops);
      run_line (self, "IPPROTO_IPV6 IPV6_MULTICAST_LOOP %d", loop);
      return;
    }
  run_line (self, "IPPROTO_IP IP_MULTICAST_IF %s",
            interface != NULL && interface->address != NULL ? interface->address
                                                            : "0.0.0.0");
  run_line (self, "IPPROTO_IP IP_MULTICAST_TTL %d", hops);
  run_line (self, "IPPROTO_IP IP_MULTICAST_LOOP %d", loop);
}

static void
why_cb (SwbMulticastPopover *self)
{
  const SwbMulticastInterface *interface = get_interface (self);
  g_autofree char *group = dup_text (self->group);
  g_autofree char *text = NULL;

  if (!check_address (self, self->group, TRUE))
    return;
  text = swb_bench_explain_multicast (swb_pane_runner_get_bench (self->runner),
                                      get_pane (self), group,
                                      interface != NULL ? interface->name : NULL);
  show_answer (self, text);
}

/* --- what the pane is in --- */

static const char *
find_name (SwbMulticastPopover *self, const SwbMembership *membership)
{
  for (guint i = 0; i < self->interfaces->len; i++)
    {
      const SwbMulticastInterface *interface = self->interfaces->pdata[i];

      if (interface->index == membership->interface
          || (membership->address != NULL
              && g_strcmp0 (interface->address, membership->address) == 0))
        return interface->name;
    }
  return membership->address;
}

/* Translators: a group that was joined; %s are the group, an interface and a sender */
static char *
print_membership (SwbMulticastPopover *self, const SwbMembership *membership)
{
  const char *name = find_name (self, membership);

  if (membership->source != NULL)
    return g_strdup_printf (_ ("%s on %s, from %s alone"), membership->group,
                            name != NULL ? name : "*", membership->source);
  if (name != NULL)
    return g_strdup_printf (_ ("%s on %s"), membership->group, name);
  return g_strdup (membership->group);
}

static void
update (SwbMulticastPopover *self)
{
  g_autoptr (GPtrArray) list = swb_pane_list_memberships (get_pane (self));
  const SwbFailure *failure = swb_pane_get_failure (get_pane (self));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      g_autofree char *line = print_membership (self, list->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  gtk_label_set_text (self->joined, list->len > 0 ? text->str : _ ("No group is joined."));
  if (failure->call == SWB_CALL_SETSOCKOPT)
    {
      g_autofree char *why
          = g_strdup_printf ("%s: %s", swb_errno_name (failure->error),
                             swb_errno_explain (failure->call, failure->error));

      show_answer (self, why);
    }
}

/* --- the popover --- */

static void
fill_interfaces (SwbMulticastPopover *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  self->interfaces
      = swb_multicast_list_interfaces ("", swb_pane_get_domain (get_pane (self)));
  for (guint i = 0; i < self->interfaces->len; i++)
    {
      const SwbMulticastInterface *interface = self->interfaces->pdata[i];
      g_autofree char *text
          = interface->address != NULL
                ? g_strdup_printf ("%s · %s", interface->name, interface->address)
                : g_strdup (interface->name);

      gtk_string_list_append (list, text);
    }
  gtk_string_list_append (list, _ ("Chosen by the routes"));
  gtk_drop_down_set_model (self->interface, G_LIST_MODEL (list));
}

/* The address that the pane is bound to, if it is a group's. */
static void
fill_group (SwbMulticastPopover *self)
{
  const SwbAddress *local
      = swb_connection_get_local (swb_pane_get_socket (get_pane (self)));
  g_autofree char *text = swb_address_print (local);
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;

  gtk_entry_set_placeholder_text (self->source, _ ("Any sender"));
  if (swb_multicast_is_group (local))
    swb_address_split_parts (local->family, text, &host, &port);
  gtk_editable_set_text (GTK_EDITABLE (self->group), host != NULL    ? host
                                                     : is_six (self) ? "ff02::1234"
                                                                     : "239.1.2.3");
  gtk_label_set_text (self->hops_label, is_six (self) ? _ ("Hop limit") : _ ("TTL"));
}

static void
swb_multicast_popover_dispose (GObject *object)
{
  SwbMulticastPopover *self = SWB_MULTICAST_POPOVER (object);

  g_clear_object (&self->runner);
  g_clear_pointer (&self->interfaces, g_ptr_array_unref);

  G_OBJECT_CLASS (swb_multicast_popover_parent_class)->dispose (object);
}

static void
swb_multicast_popover_class_init (SwbMulticastPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_multicast_popover_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/multicast.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbMulticastPopover, group);
  gtk_widget_class_bind_template_child (widget_class, SwbMulticastPopover, interface);
  gtk_widget_class_bind_template_child (widget_class, SwbMulticastPopover, source);
  gtk_widget_class_bind_template_child (widget_class, SwbMulticastPopover, joined);
  gtk_widget_class_bind_template_child (widget_class, SwbMulticastPopover, loop);
  gtk_widget_class_bind_template_child (widget_class, SwbMulticastPopover, hops);
  gtk_widget_class_bind_template_child (widget_class, SwbMulticastPopover, hops_label);
  gtk_widget_class_bind_template_child (widget_class, SwbMulticastPopover, answer);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, why_cb);
}

static void
swb_multicast_popover_init (SwbMulticastPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
swb_multicast_popover_suits (SwbPane *pane)
{
  int domain = swb_pane_get_domain (pane);
  int type = swb_pane_get_socket_type (pane);

  return (domain == AF_INET || domain == AF_INET6)
         && (type == SOCK_DGRAM || type == SOCK_RAW);
}

GtkWidget *
swb_multicast_popover_present (GtkWidget *parent, SwbPaneRunner *runner)
{
  SwbMulticastPopover *self = g_object_new (SWB_TYPE_MULTICAST_POPOVER, NULL);

  self->runner = g_object_ref (runner);
  fill_interfaces (self);
  fill_group (self);
  g_signal_connect_object (get_pane (self), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  g_signal_connect (self, "closed", G_CALLBACK (gtk_widget_unparent), NULL);
  /* The pane may go while it is open. */
  g_signal_connect_object (parent, "unmap", G_CALLBACK (gtk_popover_popdown), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (gtk_widget_unparent), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->group));
  return GTK_WIDGET (self);
}

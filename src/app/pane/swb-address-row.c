/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-address-row.h"

#include "app/pane/swb-address-note.h"
#include "app/widgets/swb-widget.h"

#include "bench/swb-command.h"
#include "net/swb-machine.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SwbAddressRow
{
  GtkBox parent_instance;

  GtkWidget *entries;
  GtkLabel *caption;
  GtkEntry *host;
  GtkEntry *port;
  GtkLabel *error;
  GtkLabel *bytes;
  GtkLabel *also; /* what a name stands for; what else of IPv4 an IPv6 address does */
  GtkWidget *exposed;

  int v6only;
  int domain;
  int type;
  gboolean valid;
  gboolean warns;
  gboolean recorded;
  const char *optional;  /* what empty entries mean; NULL: an address like any other */
  SwbAddress live;       /* length 0: the kernel has none */
  char *given;           /* nullable: what the entries were filled with last */
  char *told;            /* nullable: the story that was given last */
  gboolean shows_story;  /* it is of what stands in the entries */
  SwbAddressNamed named; /* nullable */
  gpointer named_data;
};

G_DEFINE_FINAL_TYPE (SwbAddressRow, swb_address_row, GTK_TYPE_BOX)

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_entry_text (GtkEntry *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
set_entry_text (GtkEntry *entry, const char *text)
{
  if (!g_str_equal (get_entry_text (entry), text))
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
show_bytes (SwbAddressRow *self, const char *text)
{
  gtk_label_set_text (self->bytes, text);
  swb_widget_set_tooltip (GTK_WIDGET (self->bytes), text);
  gtk_widget_set_visible (GTK_WIDGET (self->bytes), text[0] != '\0');
}

/* Once the address is bound, what was not set is as the machine has it, for good. */
static int
get_v6only (SwbAddressRow *self)
{
  if (self->v6only < 0 && self->live.length > 0)
    return swb_machine_read_number ("", "sys/net/ipv6/bindv6only", 0) != 0;
  return self->v6only;
}

/* @address: (nullable) */
static void
show_also (SwbAddressRow *self, const SwbAddress *address)
{
  g_autofree char *text
      = address != NULL ? swb_address_note_dup (address, self->warns, get_v6only (self))
                        : NULL;

  if (text == NULL && self->shows_story)
    text = g_strdup (self->told);
  gtk_label_set_text (self->also, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->also), text != NULL);
}

static void
show_address (SwbAddressRow *self, const SwbAddress *address)
{
  g_autofree char *bytes = swb_address_describe_bytes (address);

  show_bytes (self, bytes);
  show_also (self, address);
  gtk_widget_set_visible (self->exposed, self->warns && swb_address_is_exposed (address));
}

/* The interfaces of a recording were those of another machine. */
static char *
dup_text (SwbAddressRow *self, const SwbAddress *address)
{
  return self->recorded ? swb_address_print (address) : swb_address_show (address);
}

/* "127.0.0.1:7000 · sockaddr_in · 16 B …" */
static char *
dup_line (SwbAddressRow *self, const SwbAddress *address)
{
  g_autofree char *text = dup_text (self, address);
  g_autofree char *bytes = swb_address_describe_bytes (address);

  return g_strdup_printf ("%s · %s", text, bytes);
}

/* The kernel's own answer may differ from what was typed: a name, port 0, an autobound
 * path. Then the line says it. */
static void
show_live (SwbAddressRow *self)
{
  g_autofree char *typed = swb_address_row_dup_text (self);
  g_autofree char *text = dup_text (self, &self->live);
  g_autofree char *line = dup_line (self, &self->live);
  /* Translators: %s is the own address that the kernel chose for a socket */
  g_autofree char *own = g_strdup_printf (_ ("from %s"), line);

  show_address (self, &self->live);
  if (!g_str_equal (typed, text))
    show_bytes (self, gtk_widget_get_visible (self->entries) ? line : own);
}

static void
show_nothing (SwbAddressRow *self)
{
  show_bytes (self, "");
  gtk_widget_set_visible (self->exposed, FALSE);
}

static gboolean
is_name (SwbAddressRow *self)
{
  return self->named != NULL && get_entry_text (self->port)[0] == '\0'
         && swb_command_is_pane_name (get_entry_text (self->host));
}

/* What the name of a pane stands for at this moment. */
static void
show_named (SwbAddressRow *self, const SwbAddress *address)
{
  g_autofree char *line = dup_line (self, address);

  show_bytes (self, line);
  gtk_widget_set_visible (self->exposed, FALSE);
}

static void
show_typed (SwbAddressRow *self)
{
  const char *host_text = get_entry_text (self->host);
  SwbAddress address = { 0 };
  g_autofree char *host = NULL;
  g_autoptr (GError) error = NULL;
  gboolean in_port = FALSE;
  gboolean wrong;

  self->valid = swb_address_parse_parts (self->domain, self->type, host_text,
                                         get_entry_text (self->port), &address, &host,
                                         &in_port, &error);
  /* Where an address has to be given, its form stands in the empty entry: that is not a
   * mistake yet. */
  wrong = !self->valid && !self->recorded && !swb_address_row_is_empty (self);
  swb_widget_mark_wrong (GTK_WIDGET (self->host), wrong && !in_port);
  swb_widget_mark_wrong (GTK_WIDGET (self->port), wrong && in_port);
  gtk_label_set_text (self->error, wrong ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), wrong);

  if (self->optional && swb_address_row_is_empty (self))
    show_nothing (self);
  else if (is_name (self) && self->named (host_text, &address, self->named_data))
    show_named (self, &address);
  else if (self->domain == AF_UNIX && swb_command_is_pane_name (host_text))
    show_bytes (self, _ ("a pane’s address, or this path"));
  else if (self->valid && host == NULL)
    show_address (self, &address);
  else
    {
      show_bytes (self,
                  self->valid ? _ ("a pane or a host: looked up when it is used") : "");
      gtk_widget_set_visible (self->exposed, FALSE);
    }
}

static void
update (SwbAddressRow *self)
{
  gboolean locked = self->live.length > 0 || self->recorded;

  show_also (self, NULL);
  show_typed (self);
  if (self->live.length > 0)
    show_live (self);
  else if (self->recorded)
    show_nothing (self);
  gtk_editable_set_editable (GTK_EDITABLE (self->host), !locked);
  gtk_editable_set_editable (GTK_EDITABLE (self->port), !locked);
}

static void
changed_cb (SwbAddressRow *self)
{
  self->shows_story = FALSE;
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (SwbAddressRow *self)
{
  if (self->valid)
    g_signal_emit (self, signals[ACTIVATE], 0);
}

static gboolean
swb_address_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SWB_ADDRESS_ROW (widget)->host));
}

static void
swb_address_row_finalize (GObject *object)
{
  g_free (SWB_ADDRESS_ROW (object)->given);
  g_free (SWB_ADDRESS_ROW (object)->told);

  G_OBJECT_CLASS (swb_address_row_parent_class)->finalize (object);
}

static void
swb_address_row_class_init (SwbAddressRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = swb_address_row_finalize;
  widget_class->grab_focus = swb_address_row_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", SWB_TYPE_ADDRESS_ROW, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", SWB_TYPE_ADDRESS_ROW, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-address-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbAddressRow, entries);
  gtk_widget_class_bind_template_child (widget_class, SwbAddressRow, caption);
  gtk_widget_class_bind_template_child (widget_class, SwbAddressRow, host);
  gtk_widget_class_bind_template_child (widget_class, SwbAddressRow, port);
  gtk_widget_class_bind_template_child (widget_class, SwbAddressRow, error);
  gtk_widget_class_bind_template_child (widget_class, SwbAddressRow, bytes);
  gtk_widget_class_bind_template_child (widget_class, SwbAddressRow, also);
  gtk_widget_class_bind_template_child (widget_class, SwbAddressRow, exposed);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
swb_address_row_init (SwbAddressRow *self)
{
  self->domain = AF_INET;
  self->type = SOCK_STREAM;
  self->valid = TRUE;
  self->v6only = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
swb_address_row_set_call (SwbAddressRow *self, const char *call, gboolean shows_call)
{
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->caption), shows_call);
  if (g_str_equal (gtk_label_get_text (self->caption), call))
    return;

  /* Translators: %s is a system call, bind or connect: the host that it is given */
  host = g_strdup_printf (_ ("Host for %s"), call);
  /* Translators: %s is a system call, bind or connect: the port that it is given */
  port = g_strdup_printf (_ ("Port for %s"), call);
  gtk_label_set_text (self->caption, call);
  swb_widget_set_label (GTK_WIDGET (self->host), host);
  swb_widget_set_label (GTK_WIDGET (self->port), port);
}

static gboolean
is_inet (int domain)
{
  return domain == AF_INET || domain == AF_INET6;
}

/* What belongs into the host's entry: of other domains the form of their addresses. */
static char *
dup_form (int domain)
{
  g_autofree char *help = NULL;
  char *end;

  if (is_inet (domain))
    return g_strdup (_ ("Host; empty for any"));
  if (domain == AF_UNIX)
    return g_strdup (_ ("Path, or @abstract"));

  help = swb_address_dup_help (domain);
  end = strchr (help, '\n');
  if (end != NULL)
    *end = '\0';
  return g_steal_pointer (&help);
}

static void
update_placeholders (SwbAddressRow *self)
{
  g_autofree char *form = dup_form (self->domain);
  g_autofree char *help = NULL;

  gtk_entry_set_placeholder_text (self->host, self->optional ? self->optional : form);
  if (!is_inet (self->domain) && self->domain != AF_UNIX)
    help = swb_address_dup_help (self->domain);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->host), help);
}

void
swb_address_row_set_spec (SwbAddressRow *self, int domain, int type)
{
  self->domain = domain;
  self->type = type;
  /* raw(7): what stands in the place of the port means nothing. */
  gtk_widget_set_visible (GTK_WIDGET (self->port), is_inet (domain) && type != SOCK_RAW);
  update_placeholders (self);
  gtk_entry_set_placeholder_text (self->port, _ ("Port"));
  update (self);
}

void
swb_address_row_set_optional (SwbAddressRow *self, const char *meaning)
{
  if (g_strcmp0 (self->optional, meaning) == 0)
    return;

  self->optional = meaning;
  update_placeholders (self);
  update (self);
}

gboolean
swb_address_row_is_empty (SwbAddressRow *self)
{
  return get_entry_text (self->host)[0] == '\0' && get_entry_text (self->port)[0] == '\0';
}

void
swb_address_row_set_text (SwbAddressRow *self, const char *text)
{
  g_autofree char *before = swb_address_row_dup_text (self);
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;
  g_autofree char *after = NULL;

  swb_address_split_parts (self->domain, text, &host, &port);
  set_entry_text (self->host, host != NULL ? host : "");
  set_entry_text (self->port, port != NULL ? port : "");
  after = swb_address_row_dup_text (self);
  if (g_str_equal (after, before))
    return;
  g_free (self->given);
  self->given = g_steal_pointer (&after);
}

gboolean
swb_address_row_is_typed (SwbAddressRow *self)
{
  g_autofree char *text = swb_address_row_dup_text (self);

  return self->given != NULL ? !g_str_equal (text, self->given)
                             : !swb_address_row_is_empty (self);
}

char *
swb_address_row_dup_text (SwbAddressRow *self)
{
  const char *host = get_entry_text (self->host);
  const char *port = get_entry_text (self->port);

  /* A pane's name alone stands for that pane's address; a colon behind it would make it a
   * host. */
  if (port[0] == '\0' && swb_command_is_pane_name (host))
    return g_strdup (host);
  return swb_address_join_parts (self->domain, host, port);
}

void
swb_address_row_set_port (SwbAddressRow *self, const char *port)
{
  set_entry_text (self->port, port);
}

gboolean
swb_address_row_is_valid (SwbAddressRow *self)
{
  return self->valid;
}

void
swb_address_row_set_story (SwbAddressRow *self, const char *story)
{
  if (g_strcmp0 (self->told, story) == 0)
    return;
  g_free (self->told);
  self->told = g_strdup (story);
  self->shows_story = story != NULL;
  update (self);
}

void
swb_address_row_set_live (SwbAddressRow *self, const SwbAddress *address)
{
  SwbAddress none = { 0 };

  if (address == NULL)
    address = &none;
  if (address->length == self->live.length && swb_address_equal (address, &self->live))
    return;
  self->live = *address;
  update (self);
}

void
swb_address_row_set_folded (SwbAddressRow *self, gboolean folded)
{
  gtk_widget_set_visible (GTK_WIDGET (self), !folded || self->live.length > 0);
  if (gtk_widget_get_visible (self->entries) == !folded)
    return;

  gtk_widget_set_visible (self->entries, !folded);
  update (self);
}

void
swb_address_row_set_warns (SwbAddressRow *self, gboolean warns)
{
  self->warns = warns;
  update (self);
}

void
swb_address_row_set_v6only (SwbAddressRow *self, int v6only)
{
  if (self->v6only == v6only)
    return;
  self->v6only = v6only;
  update (self);
}

void
swb_address_row_set_recorded (SwbAddressRow *self)
{
  self->recorded = TRUE;
  gtk_entry_set_placeholder_text (self->host, NULL);
  gtk_entry_set_placeholder_text (self->port, NULL);
  update (self);
}

void
swb_address_row_set_named (SwbAddressRow *self, SwbAddressNamed named, gpointer user_data)
{
  self->named = named;
  self->named_data = user_data;
  update (self);
}

void
swb_address_row_refresh (SwbAddressRow *self)
{
  if (is_name (self))
    update (self);
}

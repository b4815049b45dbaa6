/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/conversation/swb-connection-finder.h"

#include "app/conversation/swb-speech.h"
#include "app/widgets/swb-widget.h"

struct _SwbConnectionFinder
{
  GtkPopover parent_instance;

  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListView *list;

  SwbPane *pane;
  GtkFilterListModel *found; /* without a model while the finder is hidden */
  GtkCustomFilter *filter;
  char *text; /* as typed, stripped */
};

G_DEFINE_FINAL_TYPE (SwbConnectionFinder, swb_connection_finder, GTK_TYPE_POPOVER)

static guint chosen_signal;

/* --- what is meant --- */

static gboolean
number_begins (guint number, const char *digits)
{
  char text[16];

  g_snprintf (text, sizeof text, "%u", number);
  return g_str_has_prefix (text, digits);
}

static gboolean
port_begins (SwbConnection *connection, const char *digits)
{
  const SwbAddress *peer = swb_connection_get_peer (connection);
  guint port = swb_address_get_port (peer);

  return port != 0 && number_begins (port, digits);
}

static gboolean
is_digits (const char *text)
{
  return text[0] != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
address_has (SwbConnection *connection, const char *text)
{
  g_autofree char *peer = swb_address_print (swb_connection_get_peer (connection));
  g_autofree char *folded_peer = g_utf8_casefold (peer, -1);
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded_peer, folded) != NULL;
}

gboolean
swb_connection_finder_matches (SwbConnection *connection, const char *text)
{
  guint number = swb_connection_get_number (connection);

  if (text[0] == '#' && (text[1] == '\0' || is_digits (text + 1)))
    return number_begins (number, text + 1);
  if (text[0] == ':' && is_digits (text + 1))
    return port_begins (connection, text + 1);
  if (is_digits (text))
    return number_begins (number, text) || port_begins (connection, text);
  return address_has (connection, text);
}

static gboolean
match_cb (gpointer item, gpointer user_data)
{
  SwbConnectionFinder *self = user_data;

  return self->text[0] == '\0' || swb_connection_finder_matches (item, self->text);
}

/* --- rows --- */

static GtkWidget *
add_inscription (GtkWidget *row, guint n_chars, gboolean dim)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (inscription), n_chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (inscription), n_chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  if (dim)
    gtk_widget_add_css_class (inscription, "dim-label");
  gtk_box_append (GTK_BOX (row), inscription);
  return inscription;
}

static void
setup_cb (SwbConnectionFinder *self, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  add_inscription (row, 7, TRUE);
  gtk_widget_set_hexpand (add_inscription (row, 20, FALSE), TRUE);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (add_inscription (row, 12, TRUE)), 1);
  gtk_list_item_set_child (item, row);
}

/* What tells one from the others: its state where that is not simply connected, else how
 * much went over it. */
static char *
dup_remark (SwbConnectionFinder *self, SwbConnection *connection)
{
  SwbState state = swb_connection_get_state (connection);

  if (state != SWB_STATE_CONNECTED)
    return g_strdup (swb_state_get_name (state, swb_pane_get_domain (self->pane),
                                         swb_pane_get_socket_type (self->pane)));
  return swb_speech_print_size (swb_connection_get_n_sent (connection)
                                + swb_connection_get_n_received (connection));
}

static void
bind_cb (SwbConnectionFinder *self, GtkListItem *item)
{
  SwbConnection *connection = gtk_list_item_get_item (item);
  GtkWidget *number = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *peer = gtk_widget_get_next_sibling (number);
  GtkWidget *remark = gtk_widget_get_next_sibling (peer);
  g_autofree char *number_text
      = g_strdup_printf ("#%u", swb_connection_get_number (connection));
  g_autofree char *peer_text = swb_address_print (swb_connection_get_peer (connection));
  g_autofree char *remark_text = dup_remark (self, connection);
  g_autofree char *name = NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (number), number_text);
  gtk_inscription_set_text (GTK_INSCRIPTION (peer), peer_text);
  gtk_inscription_set_text (GTK_INSCRIPTION (remark), remark_text);
  name = g_strdup_printf ("%s, %s, %s", number_text, peer_text, remark_text);
  swb_widget_name_row (gtk_list_item_get_child (item), name);
}

/* --- choosing --- */

static void
choose (SwbConnectionFinder *self, SwbConnection *connection)
{
  guint number = swb_connection_get_number (connection);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, number);
}

static void
row_activated_cb (SwbConnectionFinder *self, guint position)
{
  g_autoptr (SwbConnection) connection
      = g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (connection != NULL)
    choose (self, connection);
}

static void
stopped_cb (SwbConnectionFinder *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static gboolean
key_cb (SwbConnectionFinder *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

static void
count_cb (SwbConnectionFinder *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->found)) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "none");
}

static void
searched_cb (SwbConnectionFinder *self)
{
  g_free (self->text);
  self->text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  count_cb (self);
}

/* (transfer full) (nullable) */
static SwbConnection *
find_first (SwbConnectionFinder *self)
{
  GListModel *connections = swb_pane_get_connections (self->pane);
  guint n = g_list_model_get_n_items (connections);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwbConnection) connection = g_list_model_get_item (connections, i);

      if (match_cb (connection, self))
        return g_steal_pointer (&connection);
    }
  return NULL;
}

/* Enter takes the one whose number was typed, else the first. The list may still be at its
 * search. */
static void
entered_cb (SwbConnectionFinder *self)
{
  g_autoptr (SwbConnection) connection = NULL;
  guint64 number = 0;
  guint place = G_MAXUINT;
  const char *digits;

  searched_cb (self);
  digits = self->text[0] == '#' ? self->text + 1 : self->text;
  if (g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT - 1, &number, NULL))
    place = swb_pane_find_open (self->pane, (guint)number);
  if (place != G_MAXUINT)
    connection = g_list_model_get_item (swb_pane_get_connections (self->pane), place);
  else
    connection = find_first (self);
  if (connection != NULL)
    choose (self, connection);
}

static void
swb_connection_finder_map (GtkWidget *widget)
{
  SwbConnectionFinder *self = SWB_CONNECTION_FINDER (widget);

  gtk_filter_list_model_set_model (self->found, swb_pane_get_connections (self->pane));
  GTK_WIDGET_CLASS (swb_connection_finder_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
swb_connection_finder_unmap (GtkWidget *widget)
{
  SwbConnectionFinder *self = SWB_CONNECTION_FINDER (widget);

  GTK_WIDGET_CLASS (swb_connection_finder_parent_class)->unmap (widget);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_filter_list_model_set_model (self->found, NULL);
}

static void
swb_connection_finder_dispose (GObject *object)
{
  SwbConnectionFinder *self = SWB_CONNECTION_FINDER (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->pane);

  G_OBJECT_CLASS (swb_connection_finder_parent_class)->dispose (object);
}

static void
swb_connection_finder_finalize (GObject *object)
{
  g_free (SWB_CONNECTION_FINDER (object)->text);

  G_OBJECT_CLASS (swb_connection_finder_parent_class)->finalize (object);
}

static void
swb_connection_finder_class_init (SwbConnectionFinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = swb_connection_finder_dispose;
  object_class->finalize = swb_connection_finder_finalize;
  widget_class->map = swb_connection_finder_map;
  widget_class->unmap = swb_connection_finder_unmap;
  chosen_signal = g_signal_new ("chosen", SWB_TYPE_CONNECTION_FINDER, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/socketworkbench/SocketWorkbench/ui/pane-connection-finder.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionFinder, search);
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionFinder, stack);
  gtk_widget_class_bind_template_child (widget_class, SwbConnectionFinder, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, searched_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
swb_connection_finder_init (SwbConnectionFinder *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  self->text = g_strdup ("");
  self->filter = gtk_custom_filter_new (match_cb, self, NULL);
  self->found = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  gtk_filter_list_model_set_incremental (self->found, TRUE);
  gtk_widget_init_template (GTK_WIDGET (self));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->found)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (count_cb), self,
                           G_CONNECT_SWAPPED);
}

void
swb_connection_finder_set_pane (SwbConnectionFinder *self, SwbPane *pane)
{
  g_set_object (&self->pane, pane);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-follow-window-private.h"

#include "app/bytes/swb-payload-describe.h"
#include "journal/notation/swb-notation.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (SwbFollowWindow, swb_follow_window, ADW_TYPE_WINDOW)

enum
{
  STYLE_TEXT,
  STYLE_HEX,
  STYLE_RAW,
};

SwbConversationSide
swb_follow_window_get_side (SwbFollowWindow *self)
{
  static const SwbConversationSide sides[]
      = { SWB_CONVERSATION_BOTH, SWB_CONVERSATION_SENT, SWB_CONVERSATION_RECEIVED };

  return sides[gtk_drop_down_get_selected (self->side)];
}

static gboolean
shows_hex (SwbFollowWindow *self)
{
  return gtk_drop_down_get_selected (self->style) == STYLE_HEX;
}

/* The one that is shown. */
static SwbByteGrid *
get_grid (SwbFollowWindow *self)
{
  return shows_hex (self) ? SWB_BYTE_GRID (self->hex) : SWB_BYTE_GRID (self->text);
}

static SwbEncoding
get_encoding (SwbFollowWindow *self)
{
  return (SwbEncoding)gtk_drop_down_get_selected (self->encoding);
}

void
swb_follow_window_say (SwbFollowWindow *self, const char *text, gboolean is_error)
{
  gtk_label_set_text (self->status, text != NULL ? text : "");
  gtk_widget_set_visible (self->foot, text != NULL);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

/* The time of a record for the gutter, or all that is known of it. */
static char *
describe_cb (guint64 offset, gboolean brief, gpointer user_data)
{
  SwbFollowWindow *self = user_data;
  g_autoptr (SwbJournalRow) row = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  SwbConversationChunk chunk;
  char *space;

  swb_conversation_index_find (self->index, swb_follow_window_get_side (self), offset,
                               &chunk);
  row = swb_journal_row_new (swb_bench_get_journal (self->bench), chunk.position,
                             chunk.position);
  if (!brief)
    {
      first = swb_payload_describe_title (self->bench, swb_journal_row_get_record (row));
      second = swb_payload_describe_circumstances (row);
      return g_strdup_printf ("%s\n%s", first, second);
    }
  /* Milliseconds are enough here. */
  first = swb_journal_format_time (row, SWB_TIME_ABSOLUTE);
  space = strchr (first, ' ');
  return space != NULL ? g_strndup (first, (gsize)(space - first))
                       : g_steal_pointer (&first);
}

static char *
count_bytes (SwbFollowWindow *self, SwbConversationSide side)
{
  guint64 n = swb_conversation_index_get_n_bytes (self->index, side);
  g_autofree char *count = swb_journal_format_number (n);

  if (side == SWB_CONVERSATION_SENT)
    /* Translators: %s is a number */
    return g_strdup_printf (ngettext ("%s byte sent", "%s bytes sent", n), count);
  /* Translators: %s is a number */
  return g_strdup_printf (ngettext ("%s byte received", "%s bytes received", n), count);
}

static void
update_title (SwbFollowWindow *self)
{
  g_autofree char *sent = count_bytes (self, SWB_CONVERSATION_SENT);
  g_autofree char *received = count_bytes (self, SWB_CONVERSATION_RECEIVED);
  guint64 n_unkept
      = swb_conversation_index_get_n_unkept (self->index, SWB_CONVERSATION_BOTH);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%s · %s", sent, received);
  if (n_unkept > 0)
    {
      g_autofree char *all = g_steal_pointer (&text);
      g_autofree char *unkept = swb_notation_dup_unkept (n_unkept);

      text = g_strdup_printf ("%s · %s", all, unkept);
    }
  adw_window_title_set_subtitle (self->title, text);
}

static void
update_page (SwbFollowWindow *self)
{
  gboolean is_empty = swb_byte_source_get_length (self->source) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty           ? "empty"
                                                 : shows_hex (self) ? "hex"
                                                                    : "text");
}

static void
update_find (SwbFollowWindow *self)
{
  gboolean is_open = gtk_widget_get_visible (GTK_WIDGET (self->find));

  swb_payload_find_set_source (self->find, is_open ? self->source : NULL,
                               get_encoding (self));
}

/* Bytes that say what they are written in are read so, until a person says otherwise. */
static void
detect_encoding (SwbFollowWindow *self)
{
  guint8 data[4];
  gsize n_bytes = swb_byte_source_read (self->source, 0, data, NULL, sizeof data);
  SwbEncoding encoding;

  if (self->knows_encoding || n_bytes < sizeof data)
    return;
  self->knows_encoding = TRUE;
  if (swb_encoding_detect (data, n_bytes, &encoding))
    gtk_drop_down_set_selected (self->encoding, encoding);
}

/* Only what is shown has the bytes: the other would only cost time as they grow. */
static void
set_source (SwbFollowWindow *self)
{
  swb_byte_grid_set_source (SWB_BYTE_GRID (self->hex),
                            shows_hex (self) ? self->source : NULL);
  swb_byte_grid_set_source (SWB_BYTE_GRID (self->text),
                            shows_hex (self) ? NULL : self->source);
  update_page (self);
  update_find (self);
}

static void
grown_cb (SwbFollowWindow *self)
{
  detect_encoding (self);
  swb_byte_grid_grow (get_grid (self));
  swb_payload_find_grow (self->find);
  update_title (self);
  update_page (self);
}

static void
side_cb (SwbFollowWindow *self)
{
  if (self->index == NULL)
    return;
  g_clear_object (&self->source);
  self->source
      = swb_conversation_index_new_source (self->index, swb_follow_window_get_side (self));
  set_source (self);
}

static void
style_cb (SwbFollowWindow *self)
{
  gboolean is_raw = gtk_drop_down_get_selected (self->style) == STYLE_RAW;

  swb_follow_text_set_style (self->text,
                             is_raw ? SWB_FOLLOW_STYLE_RAW : SWB_FOLLOW_STYLE_TEXT);
  if (self->source != NULL)
    set_source (self);
}

static void
encoding_cb (SwbFollowWindow *self)
{
  self->knows_encoding = TRUE;
  swb_byte_grid_set_encoding (SWB_BYTE_GRID (self->text), get_encoding (self));
  swb_byte_grid_set_encoding (SWB_BYTE_GRID (self->hex), get_encoding (self));
  update_find (self);
}

static void
selection_cb (SwbFollowWindow *self, SwbByteGrid *grid)
{
  g_autofree char *text = swb_byte_grid_describe_selection (grid);
  guint64 first, n_bytes = swb_byte_grid_get_selection (grid, &first);

  if (grid != get_grid (self))
    return;
  if (self->saving == NULL)
    swb_follow_window_say (self, n_bytes > 0 ? text : NULL, FALSE);
  if (n_bytes > 0)
    swb_payload_find_set_place (self->find, first);
}

static void
refused_cb (SwbFollowWindow *self, guint64 n_bytes)
{
  g_autofree char *count = swb_journal_format_number (n_bytes);
  g_autofree char *text = NULL;

  /* Translators: a number of bytes */
  text = g_strdup_printf (_ ("Not copied: %s bytes are too many for the clipboard. Select "
                             "fewer, or save them to a file."),
                          count);
  swb_follow_window_say (self, text, TRUE);
}

static void
found_cb (SwbFollowWindow *self, guint64 offset, guint64 n_bytes)
{
  swb_byte_grid_select (get_grid (self), offset, n_bytes);
  swb_byte_grid_reveal (get_grid (self), offset);
}

static void
closed_cb (SwbFollowWindow *self)
{
  update_find (self);
  gtk_widget_grab_focus (GTK_WIDGET (get_grid (self)));
}

static void
find_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbFollowWindow *self = SWB_FOLLOW_WINDOW (widget);

  swb_payload_find_open (self->find);
  update_find (self);
}

static void
swb_follow_window_dispose (GObject *object)
{
  SwbFollowWindow *self = SWB_FOLLOW_WINDOW (object);

  if (self->saving != NULL)
    g_cancellable_cancel (self->saving);
  if (self->index != NULL)
    g_signal_handlers_disconnect_by_data (self->index, self);
  if (self->text != NULL)
    swb_follow_text_set_describe (self->text, NULL, NULL);
  g_clear_object (&self->source);
  g_clear_object (&self->index);
  g_clear_object (&self->bench);
  G_OBJECT_CLASS (swb_follow_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/follow-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, side);
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, style);
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, encoding);
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, find);
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, text);
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, hex);
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, status);
  gtk_widget_class_bind_template_child (widget_class, SwbFollowWindow, cancel);
  gtk_widget_class_bind_template_callback (widget_class, side_cb);
  gtk_widget_class_bind_template_callback (widget_class, style_cb);
  gtk_widget_class_bind_template_callback (widget_class, encoding_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
swb_follow_window_class_init (SwbFollowWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_follow_window_dispose;
  g_type_ensure (SWB_TYPE_FOLLOW_TEXT);
  g_type_ensure (SWB_TYPE_PAYLOAD_FIND);
  g_type_ensure (SWB_TYPE_PAYLOAD_HEX);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "window.find", NULL, find_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK,
                                       "window.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK,
                                       "window.close", NULL);
  swb_follow_window_install_save (widget_class);
}

static void
swb_follow_window_init (SwbFollowWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* "client ⇄ 127.0.0.1:7000" */
static char *
dup_title (SwbBench *bench, guint id, guint number)
{
  SwbPane *pane = swb_bench_get_pane_by_id (bench, id);
  g_autofree char *socket = swb_journal_format_name (bench, id, number);
  SwbConnection *connection = pane != NULL ? swb_pane_find_connection (pane, number) : NULL;
  g_autofree char *peer = NULL;

  if (connection != NULL && swb_connection_get_peer (connection)->length > 0)
    peer = swb_address_print (swb_connection_get_peer (connection));
  if (peer == NULL || *peer == '\0')
    return g_steal_pointer (&socket);
  return g_strdup_printf ("%s ⇄ %s", socket, peer);
}

static void
follow (SwbFollowWindow *self, SwbBench *bench, guint pane, guint connection)
{
  g_autofree char *title = dup_title (bench, pane, connection);
  g_autofree char *name = NULL;

  self->bench = g_object_ref (bench);
  self->pane = pane;
  self->connection = connection;
  self->index
      = swb_conversation_index_new (swb_bench_get_journal (bench), pane, connection);
  g_signal_connect_swapped (self->index, "grown", G_CALLBACK (grown_cb), self);
  swb_follow_text_set_describe (self->text, describe_cb, self);
  adw_window_title_set_title (self->title, title);
  /* Translators: the title of a window; %s are two ends of a connection */
  name = g_strdup_printf (_ ("Conversation of %s"), title);
  gtk_window_set_title (GTK_WINDOW (self), name);
  side_cb (self);
  update_title (self);
}

static SwbFollowWindow *
find_open (SwbBench *bench, guint pane, guint connection)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      SwbFollowWindow *self
          = SWB_IS_FOLLOW_WINDOW (window) ? SWB_FOLLOW_WINDOW (window) : NULL;

      if (self != NULL && self->bench == bench && self->pane == pane
          && self->connection == connection)
        return self;
    }
  return NULL;
}

SwbFollowWindow *
swb_follow_window_open (GtkWindow *parent, SwbBench *bench, guint pane, guint connection)
{
  SwbFollowWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (SWB_IS_BENCH (bench), NULL);

  self = find_open (bench, pane, connection);
  if (self == NULL)
    {
      self = g_object_new (SWB_TYPE_FOLLOW_WINDOW, "application",
                           gtk_window_get_application (parent), NULL);
      /* Not transient: it is put beside the other, not kept above it. And "destroy" would
       * wait for whoever still holds the parent. */
      g_signal_connect_object (parent, "unrealize", G_CALLBACK (gtk_window_destroy), self,
                               G_CONNECT_SWAPPED);
      follow (self, bench, pane, connection);
    }
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

SwbConversationIndex *
swb_follow_window_get_index (SwbFollowWindow *self)
{
  g_return_val_if_fail (SWB_IS_FOLLOW_WINDOW (self), NULL);
  return self->index;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/composer/swb-composer-private.h"

#include "app/composer/swb-compose-bytes.h"
#include "app/composer/swb-outlet.h"
#include "app/composer/swb-send-way.h"
#include "app/widgets/swb-widget.h"
#include "net/swb-packet.h"
#include "net/swb-payload.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (SwbComposer, swb_composer, GTK_TYPE_BOX)

/* In the order of Mode, up to the packet's, which depends on the socket. */
static const char *const hints[MODE_PACKET]
    = { N_ ("Type text…"), N_ ("48 65 6c…"), N_ ("Path of a file") };

/* The same for the tooltip, for an entry may be narrow. */
static const char *const explanations[MODE_PACKET]
    = { N_ ("Text; \\n, \\x00 and such stand for bytes"), N_ ("Bytes in hex: 48 65 6c"),
        N_ ("The path of a file, whose bytes are sent") };

/* In the order of SwbLineEnd. */
static const char *const line_end_names[] = { NULL, "LF", "CR", "CRLF", "NUL" };

void
swb_composer_show_error (SwbComposer *self, const char *message)
{
  gtk_label_set_text (self->error, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), message != NULL);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->text), "error");
}

static void
show_error_at (SwbComposer *self, const char *text, gsize byte, const char *message)
{
  int place = (int)g_utf8_pointer_to_offset (text, text + MIN (byte, strlen (text)));

  swb_composer_show_error (self, message);
  swb_compose_text_select (self->text, place, place + 1);
}

static Mode
get_mode (SwbComposer *self)
{
  return (Mode)gtk_drop_down_get_selected (self->mode);
}

static const char *
get_destination (SwbComposer *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->destination));
}

static void
find_outlet (SwbComposer *self, SwbOutlet *outlet)
{
  swb_outlet_find (swb_pane_runner_get_pane (self->runner), self->connection,
                   get_destination (self), self->last_peer, outlet);
  outlet->verb = swb_send_way_get_verb (self->way, outlet->verb);
}

static void
update_destination (SwbComposer *self, SwbPane *pane, const SwbOutlet *outlet)
{
  gboolean datagram = !swb_pane_has_connections (pane);
  g_autofree char *hint = NULL;

  gtk_widget_set_visible (self->destination_row, datagram);
  if (swb_pane_get_state (pane) == SWB_STATE_CONNECTED)
    hint = g_strdup (_ ("the connected peer"));
  else if (outlet->reason == NULL && outlet->address == NULL)
    hint = g_strdup (_ ("the interface that the socket is bound to"));
  else if (self->last_peer != NULL)
    /* Translators: %s is the address that the last datagram came from */
    hint = g_strdup_printf (_ ("%s, who wrote last"), self->last_peer);
  else
    hint = g_strdup (_ ("an address, or a pane’s name"));
  gtk_entry_set_placeholder_text (self->destination, hint);
}

static const char *
get_line_end_name (SwbLineEnd line_end)
{
  /* Translators: no line end is added to what is sent */
  return line_end == SWB_LINE_END_NONE ? _ ("None") : line_end_names[line_end];
}

static void
update_format (SwbComposer *self)
{
  const char *line_end = get_line_end_name (self->line_end);
  g_autofree char *both
      = g_strdup_printf ("%s · %s", line_end, swb_encoding_get_name (self->encoding));

  gtk_menu_button_set_label (self->format,
                             self->encoding == SWB_ENCODING_UTF8 ? line_end : both);
  gtk_widget_set_visible (GTK_WIDGET (self->format), get_mode (self) == MODE_TEXT);
  gtk_widget_set_visible (GTK_WIDGET (self->templates),
                          self->has_templates && get_mode (self) == MODE_PACKET);
}

static void
update (SwbComposer *self)
{
  g_auto (SwbOutlet) outlet = { 0 };
  const char *tooltip;

  if (self->runner == NULL)
    return;
  find_outlet (self, &outlet);
  update_destination (self, swb_pane_runner_get_pane (self->runner), &outlet);
  tooltip = outlet.reason;
  if (tooltip == NULL)
    tooltip = outlet.connection == SWB_CONNECTION_ALL ? _ ("Send to all connections")
                                                      : _ ("Send (Enter)");
  adw_split_button_set_label (self->send, swb_verb_get_name (outlet.verb));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", outlet.reason == NULL);
  swb_widget_set_tooltip (GTK_WIDGET (self->send), tooltip);
}

static void
mode_cb (SwbComposer *self)
{
  Mode mode = get_mode (self);
  g_autofree char *hint = mode == MODE_PACKET ? swb_composer_dup_packet_hint (self)
                                              : g_strdup (_ (hints[mode]));

  swb_compose_text_set_hint (self->text, hint);
  swb_widget_set_tooltip (GTK_WIDGET (self->text),
                          mode == MODE_PACKET ? hint : _ (explanations[mode]));
  update_format (self);
  swb_composer_show_error (self, NULL);
}

static void
redirected_cb (SwbComposer *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->destination), "error");
  swb_composer_show_error (self, NULL);
  update (self);
}

static void
edited_cb (SwbComposer *self)
{
  swb_composer_show_error (self, NULL);
}

static gboolean
walk_cb (SwbComposer *self, int step)
{
  g_autofree char *text = swb_compose_text_dup_text (self->text);
  const SwbHistoryEntry *entry
      = swb_history_walk (self->history, step, get_mode (self), text);

  if (entry == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_drop_down_set_selected (self->mode, entry->mode);
  swb_compose_text_set_text (self->text, entry->text);
  return GDK_EVENT_STOP;
}

/* Sets the command's bytes or file; FALSE with the error shown. */
static gboolean
fill_payload (SwbComposer *self, SwbCommand *command, const char *text)
{
  g_autoptr (GError) error = NULL;
  gsize place = 0;

  if (get_mode (self) == MODE_FILE)
    {
      command->file = g_strdup (text);
      return TRUE;
    }
  if (get_mode (self) == MODE_HEX)
    command->bytes = swb_payload_from_hex (text, &place, &error);
  else if (get_mode (self) == MODE_PACKET)
    command->bytes = swb_packet_parse (text, &place, &error);
  else
    command->bytes
        = swb_compose_bytes_read (text, self->encoding, self->line_end, &place, &error);
  if (command->bytes == NULL)
    show_error_at (self, text, place, error->message);
  return command->bytes != NULL;
}

/* An empty datagram is a datagram; of a stream, nothing is nothing. */
static gboolean
is_nothing (const SwbCommand *command)
{
  return command->verb == SWB_VERB_SEND && command->bytes != NULL
         && g_bytes_get_size (command->bytes) == 0;
}

/* Where the destination was typed, not in the failure bar, is where its error belongs. */
static gboolean
check_destination (SwbComposer *self)
{
  SwbPane *pane = swb_pane_runner_get_pane (self->runner);
  const char *text = get_destination (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  SwbAddress address;

  if (!gtk_widget_get_visible (self->destination_row) || text[0] == '\0'
      || swb_command_is_pane_name (text)
      || swb_address_parse (swb_pane_get_domain (pane), swb_pane_get_socket_type (pane),
                            text, &address, &host, NULL, &error))
    return TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self->destination), "error");
  gtk_widget_grab_focus (GTK_WIDGET (self->destination));
  gtk_label_set_text (self->error, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
  return FALSE;
}

static void
send_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SwbComposer *self = SWB_COMPOSER (widget);
  g_auto (SwbOutlet) outlet = { 0 };
  g_autofree char *text = swb_compose_text_dup_text (self->text);
  g_autoptr (SwbCommand) command = NULL;

  find_outlet (self, &outlet);
  if (outlet.reason != NULL)
    return;
  if (get_mode (self) == MODE_FILE && text[0] == '\0')
    {
      swb_composer_choose_file (self, FALSE);
      return;
    }
  command = swb_pane_runner_command (self->runner, outlet.verb);
  command->connection = outlet.connection;
  command->address = g_steal_pointer (&outlet.address);
  swb_send_way_fill (self->way, command);
  if (!check_destination (self) || !fill_payload (self, command, text)
      || is_nothing (command))
    return;
  if (!swb_pane_runner_run (self->runner, g_steal_pointer (&command)))
    return;
  swb_history_add (self->history, get_mode (self), text);
  swb_compose_text_set_text (self->text, "");
  swb_send_way_note_sent (self->way);
}

static void
choose_file_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  swb_composer_choose_file (SWB_COMPOSER (widget),
                            g_str_equal (action_name, "composer.choose-along"));
}

static void
activate_cb (SwbComposer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.send", NULL);
}

static void
records_cb (SwbComposer *self, guint64 first, guint64 n_records)
{
  SwbJournal *journal = swb_bench_get_journal (swb_pane_runner_get_bench (self->runner));
  guint id = swb_pane_get_id (swb_pane_runner_get_pane (self->runner));

  if (swb_outlet_find_sender (journal, id, first, n_records, &self->last_peer))
    update (self);
}

static void
format_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  SwbComposer *self = user_data;
  const char *text = g_variant_get_string (value, NULL);

  if (g_str_equal (g_action_get_name (G_ACTION (action)), "line-end"))
    self->line_end = (SwbLineEnd)g_ascii_strtoull (text, NULL, 10);
  else
    self->encoding = (SwbEncoding)g_ascii_strtoull (text, NULL, 10);
  self->line_end = MIN (self->line_end, SWB_LINE_END_NUL);
  self->encoding = MIN (self->encoding, SWB_N_ENCODINGS - 1);
  g_simple_action_set_state (action, value);
  update_format (self);
}

static void
add_format_actions (SwbComposer *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const GActionEntry entries[] = {
    { .name = "line-end",
      .parameter_type = "s",
      .state = "'1'",
      .change_state = format_cb },
    { .name = "encoding",
      .parameter_type = "s",
      .state = "'0'",
      .change_state = format_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "format", G_ACTION_GROUP (group));
}

static void
swb_composer_dispose (GObject *object)
{
  SwbComposer *self = SWB_COMPOSER (object);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "format", NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "template", NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "way", NULL);
  g_clear_object (&self->way);
  g_clear_object (&self->runner);

  G_OBJECT_CLASS (swb_composer_parent_class)->dispose (object);
}

static void
swb_composer_finalize (GObject *object)
{
  SwbComposer *self = SWB_COMPOSER (object);

  swb_history_free (self->history);
  g_free (self->last_peer);

  G_OBJECT_CLASS (swb_composer_parent_class)->finalize (object);
}

static gboolean
swb_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SWB_COMPOSER (widget)->text));
}

static void
swb_composer_class_init (SwbComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = swb_composer_dispose;
  object_class->finalize = swb_composer_finalize;
  widget_class->grab_focus = swb_composer_grab_focus;

  g_type_ensure (SWB_TYPE_COMPOSE_TEXT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/pane-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbComposer, destination_row);
  gtk_widget_class_bind_template_child (widget_class, SwbComposer, destination);
  gtk_widget_class_bind_template_child (widget_class, SwbComposer, mode);
  gtk_widget_class_bind_template_child (widget_class, SwbComposer, text);
  gtk_widget_class_bind_template_child (widget_class, SwbComposer, format);
  gtk_widget_class_bind_template_child (widget_class, SwbComposer, templates);
  gtk_widget_class_bind_template_child (widget_class, SwbComposer, send);
  gtk_widget_class_bind_template_child (widget_class, SwbComposer, tag);
  gtk_widget_class_bind_template_child (widget_class, SwbComposer, error);
  gtk_widget_class_bind_template_callback (widget_class, mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, walk_cb);
  gtk_widget_class_bind_template_callback (widget_class, redirected_cb);
  gtk_widget_class_install_action (widget_class, "composer.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "composer.choose-file", NULL,
                                   choose_file_action);
  gtk_widget_class_install_action (widget_class, "composer.choose-along", NULL,
                                   choose_file_action);
}

static void
swb_composer_init (SwbComposer *self)
{
  self->connection = SWB_CONNECTION_ALL;
  self->line_end = SWB_LINE_END_LF;
  self->history = swb_history_new ();
  add_format_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  mode_cb (self);
}

static void
way_cb (SwbComposer *self)
{
  g_autofree char *tag = swb_send_way_dup_tag (self->way);

  gtk_button_set_label (self->tag, tag != NULL ? tag : "");
  gtk_widget_set_visible (GTK_WIDGET (self->tag), tag != NULL);
  update (self);
}

static void
menu_shown_cb (SwbComposer *self, GParamSpec *spec, GtkWidget *menu)
{
  if (self->way != NULL && gtk_widget_get_visible (menu))
    swb_send_way_refresh (self->way);
}

static void
show_way (SwbComposer *self)
{
  self->way = swb_send_way_new (self->runner);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "way",
                                  swb_send_way_get_actions (self->way));
  adw_split_button_set_menu_model (self->send, swb_send_way_get_menu (self->way));
  /* The part with the arrow has a tooltip, which is no name. */
  swb_widget_set_label (
      gtk_widget_get_parent (GTK_WIDGET (adw_split_button_get_popover (self->send))),
      _ ("Flags and call"));
  g_signal_connect_object (self->way, "changed", G_CALLBACK (way_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_split_button_get_popover (self->send), "notify::visible",
                           G_CALLBACK (menu_shown_cb), self, G_CONNECT_SWAPPED);
}

void
swb_composer_set_runner (SwbComposer *self, SwbPaneRunner *runner)
{
  SwbPane *pane = swb_pane_runner_get_pane (runner);
  SwbBench *bench = swb_pane_runner_get_bench (runner);

  g_assert (self->runner == NULL);
  self->runner = g_object_ref (runner);
  show_way (self);
  g_signal_connect_object (pane, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  if (!swb_pane_has_connections (pane))
    {
      g_signal_connect_object (bench, "records", G_CALLBACK (records_cb), self,
                               G_CONNECT_SWAPPED);
      records_cb (self, swb_pane_get_first_position (pane),
                  swb_journal_get_n_records (swb_bench_get_journal (bench))
                      - swb_pane_get_first_position (pane));
    }
  swb_composer_prepare (self, pane);
  update (self);
}

void
swb_composer_set_connection (SwbComposer *self, guint connection)
{
  self->connection = connection;
  update (self);
}

void
swb_composer_set_destination (SwbComposer *self, const char *address)
{
  gtk_editable_set_text (GTK_EDITABLE (self->destination), address);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

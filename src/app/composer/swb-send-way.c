/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/composer/swb-send-way.h"

#include "app/widgets/swb-widget.h"
#include "bench/swb-constants.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/socket.h>

static gboolean
is_internet (SwbPane *pane)
{
  return swb_pane_get_domain (pane) == AF_INET || swb_pane_get_domain (pane) == AF_INET6;
}

static gboolean
has_mark (SwbPane *pane)
{
  return (is_internet (pane) || swb_pane_get_domain (pane) == AF_UNIX)
         && swb_pane_get_socket_type (pane) == SOCK_STREAM;
}

static gboolean
gathers (SwbPane *pane)
{
  return is_internet (pane) || swb_pane_get_domain (pane) == AF_ALG
         || swb_pane_get_domain (pane) == AF_KCM;
}

/* arp(7): of what has no connection that would confirm it itself. */
static gboolean
has_neighbours (SwbPane *pane)
{
  return is_internet (pane) && !swb_pane_has_connections (pane);
}

/* tcp has it, too: what follows is not put into one segment with it. */
static gboolean
has_records (SwbPane *pane)
{
  return swb_pane_get_socket_type (pane) == SOCK_SEQPACKET
         || (is_internet (pane) && swb_pane_get_socket_type (pane) == SOCK_STREAM);
}

static const struct
{
  int flag;
  const char *name;
  const char *words;                 /* marked for translation */
  gboolean (*suits) (SwbPane *pane); /* NULL: any */
} flags[] = {
  { MSG_OOB, "MSG_OOB", N_ ("urgent byte"), has_mark },
  { MSG_MORE, "MSG_MORE", N_ ("wait for more"), gathers },
  { MSG_DONTWAIT, "MSG_DONTWAIT", N_ ("never wait for room") },
  { MSG_NOSIGNAL, "MSG_NOSIGNAL", N_ ("no SIGPIPE; always set") },
  { MSG_CONFIRM, "MSG_CONFIRM", N_ ("the neighbour is there"), has_neighbours },
  { MSG_DONTROUTE, "MSG_DONTROUTE", N_ ("not through a gateway"), is_internet },
  { MSG_EOR, "MSG_EOR", N_ ("end of the record"), has_records },
};

struct _SwbSendWay
{
  GObject parent_instance;

  SwbPaneRunner *runner;
  GSimpleActionGroup *actions;
  GMenu *menu;
  GMenu *panes; /* whose descriptor can go along; not of every domain */

  int flags;
  SwbVerb verb; /* NONE: the usual one */
  char *along;  /* a pane's name, nullable */
  char *file;   /* whose descriptor goes along instead; nullable */
  gboolean credentials;
};

G_DEFINE_FINAL_TYPE (SwbSendWay, swb_send_way, G_TYPE_OBJECT)

static guint changed_signal;

static GSimpleAction *
find_action (SwbSendWay *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

static void
show_states (SwbSendWay *self)
{
  const char *call = self->verb != SWB_VERB_NONE ? swb_verb_get_name (self->verb) : "usual";

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    g_simple_action_set_state (find_action (self, flags[i].name),
                               g_variant_new_boolean ((self->flags & flags[i].flag) != 0));
  g_simple_action_set_state (find_action (self, "call"), g_variant_new_string (call));
  g_simple_action_set_state (find_action (self, "along"),
                             g_variant_new_string (self->along ? self->along : ""));
  g_simple_action_set_state (find_action (self, "credentials"),
                             g_variant_new_boolean (self->credentials));
  g_signal_emit (self, changed_signal, 0);
}

static void
flag_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  SwbSendWay *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_str_equal (name, flags[i].name))
      self->flags = g_variant_get_boolean (value) ? self->flags | flags[i].flag
                                                  : self->flags & ~flags[i].flag;
  show_states (self);
}

static void
call_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  SwbSendWay *self = user_data;
  const char *name = g_variant_get_string (value, NULL);

  self->verb = SWB_VERB_NONE;
  if (g_str_equal (name, "send"))
    self->verb = SWB_VERB_SEND;
  else if (g_str_equal (name, "sendmsg"))
    self->verb = SWB_VERB_SENDMSG;
  show_states (self);
}

static void
drop_descriptor (SwbSendWay *self)
{
  g_clear_pointer (&self->along, g_free);
  g_clear_pointer (&self->file, g_free);
}

static void
along_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  SwbSendWay *self = user_data;
  const char *name = g_variant_get_string (value, NULL);

  drop_descriptor (self);
  self->along = name[0] != '\0' ? g_strdup (name) : NULL;
  show_states (self);
}

static void
credentials_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  SwbSendWay *self = user_data;

  self->credentials = g_variant_get_boolean (value);
  show_states (self);
}

static void
clear_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  swb_send_way_clear (user_data);
}

static void
swb_send_way_dispose (GObject *object)
{
  SwbSendWay *self = SWB_SEND_WAY (object);

  g_clear_object (&self->runner);
  g_clear_object (&self->actions);
  g_clear_object (&self->menu);
  g_clear_object (&self->panes);
  drop_descriptor (self);

  G_OBJECT_CLASS (swb_send_way_parent_class)->dispose (object);
}

static void
swb_send_way_class_init (SwbSendWayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = swb_send_way_dispose;
  changed_signal = g_signal_new ("changed", SWB_TYPE_SEND_WAY, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_actions (SwbSendWay *self)
{
  const GActionEntry entries[] = {
    { .name = "call", .parameter_type = "s", .state = "'usual'", .change_state = call_cb },
    { .name = "along", .parameter_type = "s", .state = "''", .change_state = along_cb },
    { .name = "credentials", .state = "false", .change_state = credentials_cb },
    { .name = "clear", .activate = clear_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      const GActionEntry entry
          = { .name = flags[i].name, .state = "false", .change_state = flag_cb };

      g_action_map_add_action_entries (G_ACTION_MAP (self->actions), &entry, 1, self);
    }
}

static void
swb_send_way_init (SwbSendWay *self)
{
  self->actions = g_simple_action_group_new ();
  self->menu = g_menu_new ();
  add_actions (self);
}

/* --- the menu --- */

static void
add_flags (SwbSendWay *self)
{
  SwbPane *pane = swb_pane_runner_get_pane (self->runner);
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autofree char *name = swb_widget_escape_label (flags[i].name);
      g_autofree char *label = g_strdup_printf ("%s · %s", name, _ (flags[i].words));
      g_autofree char *action = g_strdup_printf ("way.%s", flags[i].name);

      if (flags[i].suits == NULL || flags[i].suits (pane))
        g_menu_append (section, label, action);
    }
  g_menu_append_section (self->menu, _ ("Flags"), G_MENU_MODEL (section));
}

static void
add_calls (SwbSendWay *self)
{
  g_autoptr (GMenu) section = g_menu_new ();

  swb_widget_add_choice (section, _ ("The usual one"), "way.call", "usual");
  swb_widget_add_choice (section, "send", "way.call", "send");
  swb_widget_add_choice (section, "sendmsg", "way.call", "sendmsg");
  g_menu_append_section (self->menu, _ ("Call"), G_MENU_MODEL (section));
}

static void
add_along (SwbSendWay *self)
{
  g_autoptr (GMenu) section = g_menu_new ();

  self->panes = g_menu_new ();
  g_menu_append_submenu (section, _ ("_Descriptor of a pane"), G_MENU_MODEL (self->panes));
  g_menu_append (section, _ ("Descriptor of a _file…"), "composer.choose-along");
  g_menu_append (section, _ ("SCM__CREDENTIALS · who sends"), "way.credentials");
  /* Translators: what goes with the bytes of a message */
  g_menu_append_section (self->menu, _ ("Along"), G_MENU_MODEL (section));
}

SwbSendWay *
swb_send_way_new (SwbPaneRunner *runner)
{
  SwbSendWay *self = g_object_new (SWB_TYPE_SEND_WAY, NULL);

  self->runner = g_object_ref (runner);
  add_flags (self);
  add_calls (self);
  if (swb_pane_get_domain (swb_pane_runner_get_pane (runner)) == AF_UNIX)
    add_along (self);
  return self;
}

GMenuModel *
swb_send_way_get_menu (SwbSendWay *self)
{
  return G_MENU_MODEL (self->menu);
}

GActionGroup *
swb_send_way_get_actions (SwbSendWay *self)
{
  return G_ACTION_GROUP (self->actions);
}

void
swb_send_way_refresh (SwbSendWay *self)
{
  GListModel *panes = swb_bench_get_panes (swb_pane_runner_get_bench (self->runner));

  if (self->panes == NULL)
    return;
  g_menu_remove_all (self->panes);
  /* Translators: no descriptor goes along with the bytes that are sent */
  swb_widget_add_choice (self->panes, _ ("None"), "way.along", "");
  for (guint i = 0; i < g_list_model_get_n_items (panes); i++)
    {
      g_autoptr (SwbPane) pane = g_list_model_get_item (panes, i);
      g_autofree char *label = swb_widget_escape_label (swb_pane_get_title (pane));

      if (swb_connection_get_fd (swb_pane_get_socket (pane)) >= 0)
        swb_widget_add_choice (self->panes, label, "way.along", swb_pane_get_name (pane));
    }
}

/* --- what was chosen --- */

void
swb_send_way_set_file (SwbSendWay *self, const char *path)
{
  drop_descriptor (self);
  self->file = g_strdup (path);
  show_states (self);
}

SwbVerb
swb_send_way_get_verb (SwbSendWay *self, SwbVerb usual)
{
  if (self->along != NULL || self->file != NULL || self->credentials)
    return SWB_VERB_SENDMSG;
  return self->verb != SWB_VERB_NONE ? self->verb : usual;
}

void
swb_send_way_fill (SwbSendWay *self, SwbCommand *command)
{
  command->verb = swb_send_way_get_verb (self, command->verb);
  command->numbers[0] = self->flags;
  if (command->verb != SWB_VERB_SENDTO)
    g_clear_pointer (&command->address, g_free);
  g_free (command->other);
  command->other = g_strdup (self->along);
  g_free (command->sent_file);
  command->sent_file = g_strdup (self->file);
  command->sent_file_flags = O_RDONLY;
  command->has_credentials = self->credentials;
  command->credentials[0] = 0;
  command->credentials[1] = command->credentials[2] = -1;
}

void
swb_send_way_note_sent (SwbSendWay *self)
{
  if (self->along == NULL && self->file == NULL)
    return;
  drop_descriptor (self);
  show_states (self);
}

void
swb_send_way_clear (SwbSendWay *self)
{
  self->flags = 0;
  self->verb = SWB_VERB_NONE;
  self->credentials = FALSE;
  drop_descriptor (self);
  show_states (self);
}

char *
swb_send_way_dup_tag (SwbSendWay *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (self->verb != SWB_VERB_NONE)
    g_ptr_array_add (parts, g_strdup (swb_verb_get_name (self->verb)));
  if (self->flags != 0)
    g_ptr_array_add (parts, swb_constants_print_flags (self->flags));
  if (self->along != NULL)
    /* Translators: %s is a pane's name: its descriptor goes along with the bytes */
    g_ptr_array_add (parts, g_strdup_printf (_ ("fd of %s"), self->along));
  if (self->file != NULL)
    {
      g_autofree char *name = g_path_get_basename (self->file);

      g_ptr_array_add (parts, g_strdup_printf (_ ("fd of %s"), name));
    }
  if (self->credentials)
    g_ptr_array_add (parts, g_strdup ("SCM_CREDENTIALS"));
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **)parts->pdata);
}

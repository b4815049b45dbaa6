/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/options/swb-options-window.h"

#include <glib/gi18n.h>

#include "app/journal/swb-journal-format.h"
#include "app/options/swb-option-row.h"
#include "net/swb-catalog.h"

struct _SwbOptionsWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkEditable *search;
  GtkToggleButton *differing;
  GtkToggleButton *wide;
  GtkLabel *status;
  GtkStack *stack;
  GtkListView *list;
  GtkEditable *level_entry;
  GtkEditable *name_entry;
  GtkEditable *value_entry;
  GtkLabel *answer;

  SwbOptionsModel *model;
  SwbBench *bench;
  SwbPane *pane;
  guint connection;
  char *problem; /* nullable: why the last change was not carried out */
};

G_DEFINE_FINAL_TYPE (SwbOptionsWindow, swb_options_window, ADW_TYPE_WINDOW)

/* --- what stands above the list --- */

/* "18:03:12" */
static char *
dup_time (gint64 wall_ns)
{
  g_autoptr (GDateTime) time
      = g_date_time_new_from_unix_local (wall_ns / G_GINT64_CONSTANT (1000000000));

  return g_date_time_format (time, "%T");
}

static const char *
get_closed_status (SwbOptionsWindow *self)
{
  if (swb_options_model_is_removed (self->model))
    return _ ("The pane of this socket is closed. These are the values of a fresh socket.");
  if (self->connection == SWB_CONNECTION_NONE)
    return _ ("There is no socket yet. These are the values of a fresh one; "
              "a change makes the socket.");
  return _ ("This connection is closed. These are the values of a fresh socket.");
}

static char *
dup_status (SwbOptionsWindow *self)
{
  guint n = swb_options_model_get_n_differing (self->model);
  gint64 read_ns = swb_options_model_get_read_time (self->model);
  g_autofree char *time = NULL;
  g_autofree char *count = NULL;

  if (!swb_options_model_has_socket (self->model))
    return g_strdup (get_closed_status (self));
  if (read_ns == 0)
    return g_strdup (_ ("Reading…"));

  time = dup_time (read_ns);
  count = n == 0 ? g_strdup (_ ("all as a fresh socket has them"))
                 : g_strdup_printf (ngettext ("%u not as a fresh socket has it",
                                              "%u not as a fresh socket has them", n),
                                    n);
  /* Translators: the first %s is a time of day, the second says how many options differ */
  return g_strdup_printf (_ ("Read at %s: %s."), time, count);
}

static void
update_status (SwbOptionsWindow *self)
{
  g_autofree char *status = self->problem == NULL ? dup_status (self) : NULL;
  GListModel *rows = swb_options_model_get_rows (self->model);
  gboolean empty = g_list_model_get_n_items (rows) == 0;

  gtk_label_set_text (self->status, self->problem != NULL ? self->problem : status);
  if (self->problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
  gtk_stack_set_visible_child_name (self->stack, empty ? "none" : "list");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "window.refresh",
                                 swb_options_model_has_socket (self->model));
}

static void
set_problem (SwbOptionsWindow *self, const char *message)
{
  g_free (self->problem);
  self->problem = g_strdup (message);
  update_status (self);
}

static void
changed_cb (SwbOptionsWindow *self)
{
  update_status (self);
}

static void
problem_cb (SwbOptionsWindow *self, const char *message)
{
  set_problem (self, message);
}

static void
filter_cb (SwbOptionsWindow *self)
{
  if (self->model == NULL)
    return;

  swb_options_model_filter (self->model, gtk_editable_get_text (self->search),
                            gtk_toggle_button_get_active (self->wide),
                            gtk_toggle_button_get_active (self->differing));
  update_status (self);
}

/* --- rows --- */

static void
apply_cb (SwbOptionsWindow *self, SwbOptionItem *item, const char *text)
{
  g_autoptr (GError) error = NULL;

  swb_options_model_set (self->model, item, text, &error);
  set_problem (self, error != NULL ? error->message : NULL);
}

static void
read_cb (SwbOptionsWindow *self, SwbOptionItem *item)
{
  swb_options_model_read (self->model, item);
}

static void
setup_cb (SwbOptionsWindow *self, GtkListItem *list_item)
{
  GtkWidget *row = swb_option_row_new ();

  g_signal_connect_object (row, "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (SwbOptionsWindow *self, GtkListItem *list_item)
{
  swb_option_row_set_item (SWB_OPTION_ROW (gtk_list_item_get_child (list_item)),
                           gtk_list_item_get_item (list_item));
}

static void
unbind_cb (SwbOptionsWindow *self, GtkListItem *list_item)
{
  swb_option_row_set_item (SWB_OPTION_ROW (gtk_list_item_get_child (list_item)), NULL);
}

/* --- by number --- */

static void
show_answer (SwbOptionsWindow *self, const char *text, gboolean wrong)
{
  gtk_label_set_text (self->answer, text);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), *text != '\0');
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->answer), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->answer), "error");
}

static void
other_cb (SwbOptionsWindow *self, const char *text)
{
  show_answer (self, text, FALSE);
}

static void
other_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SwbOptionsWindow *self = SWB_OPTIONS_WINDOW (widget);
  const char *level = gtk_editable_get_text (self->level_entry);
  const char *option = gtk_editable_get_text (self->name_entry);
  const char *value = gtk_editable_get_text (self->value_entry);
  gboolean sets = g_str_equal (name, "window.set-other");
  g_autoptr (GError) error = NULL;

  show_answer (self, "", FALSE);
  if (sets ? !swb_options_model_set_other (self->model, level, option, value, &error)
           : !swb_options_model_read_other (self->model, level, option, &error))
    show_answer (self, error->message, TRUE);
}

/* --- the window --- */

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SwbOptionsWindow *self = SWB_OPTIONS_WINDOW (widget);

  set_problem (self, NULL);
  swb_options_model_refresh (self->model);
}

static void
map_cb (SwbOptionsWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (SWB_OPTIONS_WINDOW (widget)->search));
}

static void
swb_options_window_dispose (GObject *object)
{
  SwbOptionsWindow *self = SWB_OPTIONS_WINDOW (object);

  g_clear_object (&self->model);
  g_clear_object (&self->bench);
  g_clear_object (&self->pane);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (swb_options_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/options-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, differing);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, wide);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, status);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, level_entry);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, name_entry);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, value_entry);
  gtk_widget_class_bind_template_child (widget_class, SwbOptionsWindow, answer);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
swb_options_window_class_init (SwbOptionsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_options_window_dispose;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "window.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "window.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "window.get-other", NULL, other_action);
  gtk_widget_class_install_action (widget_class, "window.set-other", NULL, other_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "window.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK,
                                       "window.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK,
                                       "window.close", NULL);
}

static void
swb_options_window_init (SwbOptionsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

static void
show_title (SwbOptionsWindow *self)
{
  int domain = swb_pane_get_domain (self->pane);
  int type = swb_pane_get_socket_type (self->pane);
  g_autofree char *socket = swb_journal_format_name (
      self->bench, swb_pane_get_id (self->pane), self->connection);
  g_autofree char *domain_text = swb_catalog_print_domain (domain);
  g_autofree char *type_text = swb_catalog_print_type (type);
  g_autofree char *protocol
      = swb_catalog_label_protocol (domain, type, swb_pane_get_protocol (self->pane));
  g_autofree char *subtitle
      = g_strdup_printf ("%s, %s, %s", domain_text, type_text, protocol);
  /* Translators: %s is a socket's name: "Echo server", "Echo server #2" */
  g_autofree char *title = g_strdup_printf (_ ("Options of %s"), socket);

  if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (self)), title) == 0)
    return;
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
show_socket (SwbOptionsWindow *self, SwbBench *bench, SwbPane *pane, guint connection)
{
  GtkNoSelection *selection;

  self->bench = g_object_ref (bench);
  self->pane = g_object_ref (pane);
  self->connection = connection;
  self->model = swb_options_model_new (bench, pane, connection);
  g_signal_connect_object (pane, "changed", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "problem", G_CALLBACK (problem_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "other", G_CALLBACK (other_cb), self,
                           G_CONNECT_SWAPPED);
  selection
      = gtk_no_selection_new (g_object_ref (swb_options_model_get_rows (self->model)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  show_title (self);
  update_status (self);
}

static SwbOptionsWindow *
find_open (SwbPane *pane, guint connection)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      SwbOptionsWindow *self
          = SWB_IS_OPTIONS_WINDOW (window) ? SWB_OPTIONS_WINDOW (window) : NULL;

      if (self != NULL && self->pane == pane && self->connection == connection)
        return self;
    }
  return NULL;
}

SwbOptionsWindow *
swb_options_window_open (GtkWindow *parent, SwbBench *bench, SwbPane *pane,
                         guint connection)
{
  SwbOptionsWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (SWB_IS_BENCH (bench) && SWB_IS_PANE (pane), NULL);

  self = find_open (pane, connection);
  if (self == NULL)
    {
      self = g_object_new (SWB_TYPE_OPTIONS_WINDOW, "application",
                           gtk_window_get_application (parent), NULL);
      /* As the window of a conversation: beside the other, and gone with it. */
      g_signal_connect_object (parent, "unrealize", G_CALLBACK (gtk_window_destroy), self,
                               G_CONNECT_SWAPPED);
      show_socket (self, bench, pane, connection);
    }
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

SwbOptionsModel *
swb_options_window_get_model (SwbOptionsWindow *self)
{
  g_return_val_if_fail (SWB_IS_OPTIONS_WINDOW (self), NULL);

  return self->model;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-compat.h"

#include <glib/gi18n.h>

/* GtkFileDialog came with 4.10, where GtkFileChooserNative began to age. A build that is
 * pinned to the API of 4.8 may not name the newer one, whatever it is compiled against. */
#if GTK_CHECK_VERSION(4, 10, 0)
#if GDK_VERSION_MAX_ALLOWED >= GDK_VERSION_4_10
#define HAVE_FILE_DIALOG 1
#endif
#endif

#define BENCHES "*.bench"
#define RECORDINGS "*.pcapng *.pcap *.cap *.jsonl *.strace *.log"

typedef struct
{
  GtkWindow *parent;
  SwbFileChosen chosen;
  gpointer user_data;
} Choice;

static Choice *
choice_new (GtkWindow *parent, SwbFileChosen chosen, gpointer user_data)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->parent = g_object_ref (parent);
  choice->chosen = chosen;
  choice->user_data = user_data;
  return choice;
}

static void
choice_end (Choice *choice, GFile *file)
{
  if (file != NULL)
    choice->chosen (file, choice->user_data);
  g_object_unref (choice->parent);
  g_free (choice);
}

/* @patterns: separated by blanks */
static void
add_filter (GListStore *filters, const char *name, const char *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_auto (GStrv) each = g_strsplit (patterns, " ", -1);

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; each[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, each[i]);
  g_list_store_append (filters, filter);
}

static GListModel *
make_filters (const char *name, const char *patterns)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  if (name != NULL)
    add_filter (filters, name, patterns);
  add_filter (filters, _ ("All files"), "*");
  return G_LIST_MODEL (filters);
}

#ifdef HAVE_FILE_DIALOG

static GtkFileDialog *
dialog_new (const char *title, GListModel *filters)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_filters (dialog, filters);
  return dialog;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = NULL;

  file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  choice_end (user_data, file);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = NULL;

  file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  choice_end (user_data, file);
}

static void
folder_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = NULL;

  file = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);
  choice_end (user_data, file);
}

void
swb_compat_choose_folder (GtkWindow *parent, const char *title, SwbFileChosen chosen,
                          gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = dialog_new (title, NULL);

  gtk_file_dialog_select_folder (dialog, parent, NULL, folder_cb,
                                 choice_new (parent, chosen, user_data));
}

static void
choose (GtkWindow *parent, const char *title, GListModel *filters, SwbFileChosen chosen,
        gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = dialog_new (title, filters);

  gtk_file_dialog_open (dialog, parent, NULL, opened_cb,
                        choice_new (parent, chosen, user_data));
}

void
swb_compat_choose_save (GtkWindow *parent, const char *title, const char *suggested_name,
                        const char *filter_name, const char *patterns, SwbFileChosen chosen,
                        gpointer user_data)
{
  g_autoptr (GListModel) filters = make_filters (filter_name, patterns);
  g_autoptr (GtkFileDialog) dialog = dialog_new (title, filters);

  gtk_file_dialog_set_initial_name (dialog, suggested_name);
  gtk_file_dialog_save (dialog, parent, NULL, saved_cb,
                        choice_new (parent, chosen, user_data));
}

#else

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  choice_end (user_data, file);
  g_object_unref (dialog);
}

static GtkFileChooser *
chooser_new (GtkWindow *parent, GtkFileChooserAction action, const char *title,
             const char *accept, GListModel *filters)
{
  guint n_filters = filters != NULL ? g_list_model_get_n_items (filters) : 0;
  GtkFileChooserNative *native;

  native = gtk_file_chooser_native_new (title, parent, action, accept, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  for (guint i = 0; i < n_filters; i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (filters, i);

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), filter);
    }
  return GTK_FILE_CHOOSER (native);
}

static void
chooser_show (GtkFileChooser *chooser, Choice *choice)
{
  g_signal_connect (chooser, "response", G_CALLBACK (response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
swb_compat_choose_folder (GtkWindow *parent, const char *title, SwbFileChosen chosen,
                          gpointer user_data)
{
  chooser_show (chooser_new (parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, title,
                             _ ("_Choose"), NULL),
                choice_new (parent, chosen, user_data));
}

static void
choose (GtkWindow *parent, const char *title, GListModel *filters, SwbFileChosen chosen,
        gpointer user_data)
{
  chooser_show (
      chooser_new (parent, GTK_FILE_CHOOSER_ACTION_OPEN, title, _ ("_Open"), filters),
      choice_new (parent, chosen, user_data));
}

void
swb_compat_choose_save (GtkWindow *parent, const char *title, const char *suggested_name,
                        const char *filter_name, const char *patterns, SwbFileChosen chosen,
                        gpointer user_data)
{
  g_autoptr (GListModel) filters = make_filters (filter_name, patterns);
  GtkFileChooser *chooser
      = chooser_new (parent, GTK_FILE_CHOOSER_ACTION_SAVE, title, _ ("_Save"), filters);

  gtk_file_chooser_set_current_name (chooser, suggested_name);
  chooser_show (chooser, choice_new (parent, chosen, user_data));
}

#endif

void
swb_compat_choose_open (GtkWindow *parent, SwbFileChosen chosen, gpointer user_data)
{
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  add_filter (filters, _ ("Benches and recordings"), BENCHES " " RECORDINGS);
  add_filter (filters, _ ("Bench files"), BENCHES);
  add_filter (filters, _ ("Recordings and captures"), RECORDINGS);
  add_filter (filters, _ ("All files"), "*");
  choose (parent, _ ("Open"), G_LIST_MODEL (filters), chosen, user_data);
}

void
swb_compat_choose_file (GtkWindow *parent, const char *title, SwbFileChosen chosen,
                        gpointer user_data)
{
  choose (parent, title, NULL, chosen, user_data);
}

/* Column views can scroll since 4.12; before, only the list inside has an action for it. */
void
swb_compat_scroll_to (GtkColumnView *view, guint position)
{
#if GTK_CHECK_VERSION(4, 12, 0) && GDK_VERSION_MAX_ALLOWED >= G_ENCODE_VERSION(4, 12)
  gtk_column_view_scroll_to (view, position, NULL, GTK_LIST_SCROLL_NONE, NULL);
#else
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  if (child != NULL)
    gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
#endif
}

static GtkWidget *
find_below (GtkWidget *widget, GType type)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (; child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_below (child, type);
  return found;
}

#if GTK_CHECK_VERSION(4, 12, 0) && GDK_VERSION_MAX_ALLOWED >= G_ENCODE_VERSION(4, 12)
static void
match_anywhere (GtkDropDown *drop)
{
  gtk_drop_down_set_search_match_mode (drop, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
}
#else
/* Before 4.12, the mode is that of the filter behind the list that pops up. */
static void
match_anywhere (GtkDropDown *drop)
{
  GtkWidget *list = find_below (GTK_WIDGET (drop), GTK_TYPE_LIST_VIEW);
  GtkSelectionModel *selection
      = list != NULL ? gtk_list_view_get_model (GTK_LIST_VIEW (list)) : NULL;
  GListModel *model
      = GTK_IS_SINGLE_SELECTION (selection)
            ? gtk_single_selection_get_model (GTK_SINGLE_SELECTION (selection))
            : NULL;
  GtkFilter *filter = GTK_IS_FILTER_LIST_MODEL (model)
                          ? gtk_filter_list_model_get_filter (GTK_FILTER_LIST_MODEL (model))
                          : NULL;

  if (GTK_IS_STRING_FILTER (filter))
    gtk_string_filter_set_match_mode (GTK_STRING_FILTER (filter),
                                      GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
}
#endif

/* The drop-down leaves Return in its search to nobody. */
static void
take_first_cb (GtkSearchEntry *entry, GtkDropDown *drop)
{
  GtkWidget *list = find_below (GTK_WIDGET (drop), GTK_TYPE_LIST_VIEW);
  GtkSelectionModel *found
      = list != NULL ? gtk_list_view_get_model (GTK_LIST_VIEW (list)) : NULL;

  if (found == NULL || g_list_model_get_n_items (G_LIST_MODEL (found)) == 0)
    return;

  if (*gtk_editable_get_text (GTK_EDITABLE (entry)) != '\0')
    gtk_selection_model_select_item (found, 0, TRUE);
  gtk_widget_activate_action (list, "list.activate-item", "u", 0);
}

/* What is typed while the list has the focus reaches the search, but for the space, which
 * the list takes for a choice. */
static void
started_cb (GtkSearchEntry *entry)
{
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
}

void
swb_compat_search_anywhere (GtkDropDown *drop)
{
  GtkWidget *popover = find_below (GTK_WIDGET (drop), GTK_TYPE_POPOVER);
  GtkWidget *entry = popover != NULL ? find_below (popover, GTK_TYPE_SEARCH_ENTRY) : NULL;

  match_anywhere (drop);
  if (entry == NULL)
    return;

  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (entry), popover);
  if (g_signal_handler_find (entry, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, take_first_cb, NULL)
      != 0)
    return;
  g_signal_connect (entry, "search-started", G_CALLBACK (started_cb), NULL);
  g_signal_connect (entry, "activate", G_CALLBACK (take_first_cb), drop);
}

void
swb_compat_get_colour (GtkWidget *widget, GdkRGBA *colour)
{
#if GTK_CHECK_VERSION(4, 10, 0) && GDK_VERSION_MAX_ALLOWED >= G_ENCODE_VERSION(4, 10)
  gtk_widget_get_color (widget, colour);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), colour);
#endif
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-compat.h"

#include <glib/gi18n.h>

/* GtkFileDialog came with 4.10, where GtkFileChooserNative began to age. A build that is
 * pinned to the API of 4.8 may not name the newer one, whatever it is compiled against. */
#if GTK_CHECK_VERSION(4, 10, 0)
#if GDK_VERSION_MAX_ALLOWED >= GDK_VERSION_4_10
#define HAVE_FILE_DIALOG 1
#endif
#endif

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

static GListModel *
make_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) benches = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (benches, _ ("Bench files"));
  gtk_file_filter_add_pattern (benches, "*.bench");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, benches);
  g_list_store_append (filters, all);
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
choose (GtkWindow *parent, const char *title, GListModel *filters, SwbFileChosen chosen,
        gpointer user_data)
{
  g_autoptr (GtkFileDialog) dialog = dialog_new (title, filters);

  gtk_file_dialog_open (dialog, parent, NULL, opened_cb,
                        choice_new (parent, chosen, user_data));
}

static void
choose_save (GtkWindow *parent, const char *title, GListModel *filters,
             const char *suggested_name, SwbFileChosen chosen, gpointer user_data)
{
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

static void
choose (GtkWindow *parent, const char *title, GListModel *filters, SwbFileChosen chosen,
        gpointer user_data)
{
  chooser_show (
      chooser_new (parent, GTK_FILE_CHOOSER_ACTION_OPEN, title, _ ("_Open"), filters),
      choice_new (parent, chosen, user_data));
}

static void
choose_save (GtkWindow *parent, const char *title, GListModel *filters,
             const char *suggested_name, SwbFileChosen chosen, gpointer user_data)
{
  GtkFileChooser *chooser
      = chooser_new (parent, GTK_FILE_CHOOSER_ACTION_SAVE, title, _ ("_Save"), filters);

  gtk_file_chooser_set_current_name (chooser, suggested_name);
  chooser_show (chooser, choice_new (parent, chosen, user_data));
}

#endif

void
swb_compat_choose_save (GtkWindow *parent, const char *suggested_name, SwbFileChosen chosen,
                        gpointer user_data)
{
  g_autoptr (GListModel) filters = make_filters ();

  choose_save (parent, _ ("Save Bench"), filters, suggested_name, chosen, user_data);
}

void
swb_compat_choose_save_as (GtkWindow *parent, const char *title, const char *suggested_name,
                           SwbFileChosen chosen, gpointer user_data)
{
  choose_save (parent, title, NULL, suggested_name, chosen, user_data);
}

void
swb_compat_choose_open (GtkWindow *parent, SwbFileChosen chosen, gpointer user_data)
{
  g_autoptr (GListModel) filters = make_filters ();

  choose (parent, _ ("Open Bench"), filters, chosen, user_data);
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

void
swb_compat_get_colour (GtkWidget *widget, GdkRGBA *colour)
{
#if GTK_CHECK_VERSION(4, 10, 0) && GDK_VERSION_MAX_ALLOWED >= G_ENCODE_VERSION(4, 10)
  gtk_widget_get_color (widget, colour);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), colour);
#endif
}

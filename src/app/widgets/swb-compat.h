/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* What differs between the versions of GTK that we build with. No other file asks for a version. */

G_BEGIN_DECLS

/* @file: the file that was chosen; not called when the person cancels */
typedef void (*SwbFileChosen) (GFile *file, gpointer user_data);

/* The portal's or the toolkit's dialog for a bench or a recording. @parent is held until the
 * dialog is answered. */
void swb_compat_choose_open (GtkWindow *parent, SwbFileChosen chosen, gpointer user_data);

/* The same for a file to write. @patterns: such as "*.pcap *.pcapng"; files of them are listed
 * first, under @filter_name (nullable: all files alike). */
void swb_compat_choose_save (GtkWindow *parent, const char *title,
                             const char *suggested_name, const char *filter_name,
                             const char *patterns, SwbFileChosen chosen,
                             gpointer user_data);

/* For a file of any kind, under a title that says what it is for. */
void swb_compat_choose_file (GtkWindow *parent, const char *title, SwbFileChosen chosen,
                             gpointer user_data);

/* For a folder that is on this machine. */
void swb_compat_choose_folder (GtkWindow *parent, const char *title, SwbFileChosen chosen,
                               gpointer user_data);

/* Brings the row into sight with as little scrolling as it takes. */
void swb_compat_scroll_to (GtkColumnView *view, guint position);

/* Makes the search of a drop-down find its text anywhere in a row, not only where a row begins, and
 * lets typing in the list begin it; Return in it takes the first row found. Again after each new
 * model. */
void swb_compat_search_anywhere (GtkDropDown *drop);

/* The colour that the style sheet gives to a widget's text. */
void swb_compat_get_colour (GtkWidget *widget, GdkRGBA *colour);

G_END_DECLS

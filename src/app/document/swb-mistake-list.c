/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/document/swb-mistake-list.h"

#include "bench/swb-bench-file.h"
#include "net/swb-payload.h"

/* What is quoted from a file, a line of a megabyte included. */
#define QUOTE_MAX_CHARS 300

char *
swb_mistake_list_dup_shown (const char *text)
{
  return swb_payload_display ((const guint8 *)text, strlen (text), SWB_ENCODING_UTF8,
                              QUOTE_MAX_CHARS);
}

static GtkWidget *
make_place (const char *name, const SwbMistake *mistake)
{
  g_autofree char *place
      = g_strdup_printf ("%s:%u:%u", name, mistake->line, mistake->column);
  g_autofree char *shown = swb_mistake_list_dup_shown (place);
  GtkWidget *label = gtk_label_new (shown);

  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

/* A plain label: the message quotes the file, which may hold anything. */
static GtkWidget *
make_message (const SwbMistake *mistake)
{
  g_autofree char *shown = swb_mistake_list_dup_shown (mistake->message);
  GtkWidget *label = gtk_label_new (shown);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

void
swb_mistake_list_fill (GtkListBox *list, const char *name, GPtrArray *mistakes)
{
  g_autoptr (GtkSizeGroup) places = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  for (guint i = 0; i < mistakes->len; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *place = make_place (name, mistakes->pdata[i]);

      gtk_size_group_add_widget (places, place);
      gtk_box_append (GTK_BOX (box), place);
      gtk_box_append (GTK_BOX (box), make_message (mistakes->pdata[i]));
      gtk_list_box_append (list, box);
    }
}

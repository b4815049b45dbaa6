/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-compat.h"
#include "app/journal/swb-journal-view-private.h"
#include "net/swb-error.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)
#define DATE_LENGTH 10 /* 2026-11-22 */

static gboolean
fail (GError **error, const char *sentence)
{
  g_set_error_literal (error, SWB_ERROR, SWB_ERROR_SYNTAX, sentence);
  return FALSE;
}

/* How long what stands before three digits is: as the rows show it, or as other people
 * write it. */
static gsize
measure_separator (const char *text)
{
  const char *separator = localeconv ()->thousands_sep;
  gsize length = *separator != '\0' && g_str_has_prefix (text, separator)
                     ? strlen (separator)
                 : strchr (", '", *text) != NULL ? 1
                                                 : 0;

  return strspn (text + length, "0123456789") == 3 ? length : 0;
}

/* "1234", "1,234" and "1 234" */
static gboolean
parse_number (const char *text, guint64 *number)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize length = measure_separator (text);

      if (length == 0 && !g_ascii_isdigit (*text))
        return FALSE;
      if (length == 0)
        g_string_append_c (digits, *text++);
      text += length;
    }
  return g_ascii_string_to_unsigned (digits->str, 10, 1, G_MAXUINT64, number, NULL);
}

static SwbFilter *
parse_since (const char *day, const char *moment, const char *zone)
{
  g_autofree char *expression = g_strconcat ("time >= ", day, moment, zone, NULL);

  return swb_filter_parse (expression, NULL, NULL, NULL);
}

/* In the filter language a moment without a zone is local time; here it is what the rows
 * show. */
static SwbFilter *
parse_utc (SwbJournal *journal, const char *moment)
{
  gint64 start_ns = swb_journal_to_wall_ns (journal, swb_journal_get_start_ns (journal));
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (start_ns / NS_PER_SECOND);
  g_autofree char *day = start != NULL ? g_date_time_format (start, "%FT") : g_strdup ("");
  SwbFilter *filter = parse_since ("", moment, "Z");

  return filter != NULL ? filter : parse_since (day, moment, "Z");
}

/* "2026-11-22 14:02:11.500 250", as it may have been copied */
static char *
dup_without_spaces (const char *text)
{
  GString *moment = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (moment, *p);
    else if (p - text == DATE_LENGTH)
      g_string_append_c (moment, 'T');
  return g_string_free (moment, FALSE);
}

/* The filter language knows times; only the sign of "+2.5s" is ours, and spaces. */
static SwbFilter *
parse_time (SwbJournalView *self, const char *text)
{
  g_autofree char *moment = dup_without_spaces (text + (*text == '+'));
  SwbFilter *filter = NULL;

  if (*text == '+' && text[1] == '-')
    return NULL;
  if (self->columns.utc)
    filter = parse_utc (swb_bench_get_journal (self->bench), moment);
  return filter != NULL ? filter : parse_since ("", moment, "");
}

/* The first row whose record passes; records are in the order of time. */
static guint
find_row (SwbJournalView *self, SwbFilter *filter)
{
  SwbJournal *journal = swb_bench_get_journal (self->bench);
  guint low = 0, high = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (swb_filter_match (filter, journal,
                            swb_journal_model_get_position (self->model, middle)))
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

static gboolean
go_to_number (SwbJournalView *self, guint64 number, guint *index, GError **error)
{
  guint64 n_records = swb_journal_get_n_records (swb_bench_get_journal (self->bench));
  g_autofree char *count = swb_journal_format_number (n_records);
  g_autofree char *sentence = NULL;

  if (number <= n_records)
    {
      swb_journal_model_find (self->model, number - 1, index);
      return TRUE;
    }
  /* Translators: a number of records, with grouped digits */
  sentence = g_strdup_printf (
      ngettext ("There is only %s record", "There are only %s records", n_records), count);
  return fail (error, sentence);
}

static gboolean
find (SwbJournalView *self, const char *text, guint *index, GError **error)
{
  g_autoptr (SwbFilter) filter = NULL;
  guint64 number;

  if (parse_number (text, &number))
    return go_to_number (self, number, index, error);
  filter = parse_time (self, text);
  if (filter == NULL)
    return fail (error, _ ("Neither a record’s number nor a time"));
  *index = find_row (self, filter);
  return TRUE;
}

gboolean
swb_journal_goto_run (SwbJournalView *self, const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  guint n_rows, index;

  if (self->model == NULL)
    return FALSE;
  swb_journal_model_update (self->model);
  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  if (!find (self, stripped, &index, error))
    return FALSE;
  if (index >= n_rows)
    return fail (error, n_rows == 0 ? _ ("The journal shows no record")
                                    : _ ("All records shown are before that"));
  swb_row_selection_select (self->selection, index);
  swb_journal_view_follow (self, index + 1 == n_rows);
  swb_compat_scroll_to (self->column_view, index);
  return TRUE;
}

static void
tell (SwbJournalView *self, const char *mistake)
{
  gtk_label_set_text (self->goto_mistake, mistake != NULL ? mistake : "");
  gtk_widget_set_visible (GTK_WIDGET (self->goto_mistake), mistake != NULL);
  if (mistake != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->goto_entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->goto_entry), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->goto_entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  mistake != NULL ? mistake : "", -1);
}

static void
activate_cb (GtkEntry *entry, SwbJournalView *self)
{
  g_autoptr (GError) error = NULL;

  if (!swb_journal_goto_run (self, gtk_editable_get_text (GTK_EDITABLE (entry)), &error))
    {
      tell (self, error != NULL ? error->message : NULL);
      return;
    }
  gtk_menu_button_popdown (self->goto_button);
  gtk_widget_grab_focus (GTK_WIDGET (self->column_view));
}

static void
changed_cb (GtkEditable *entry, SwbJournalView *self)
{
  tell (self, NULL);
}

static void
shown_cb (GtkWidget *popover, SwbJournalView *self)
{
  gtk_editable_select_region (GTK_EDITABLE (self->goto_entry), 0, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->goto_entry));
}

void
swb_journal_goto_init (SwbJournalView *self)
{
  g_signal_connect (self->goto_entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (self->goto_entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (gtk_menu_button_get_popover (self->goto_button), "show",
                    G_CALLBACK (shown_cb), self);
}

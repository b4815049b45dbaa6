/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-filter-names.h"
#include "app/journal/swb-journal-clause.h"
#include "app/journal/swb-journal-view-private.h"

#include <glib/gi18n.h>

/* A new result takes the place of the old one with its first hits, or after this time
 * without. */
#define PATIENCE_US 200000

/* New addresses come in crowds, and for each crowd everything is looked at anew. */
#define RENEW_MS 500

#define FRAME_US 16667

static void
tell_mistake (SwbJournalView *self, const char *mistake, gsize position)
{
  if (mistake != NULL)
    gtk_label_set_text (self->mistake_label, mistake);
  gtk_revealer_set_reveal_child (self->mistake, mistake != NULL);
  swb_filter_bar_set_mistake (self->filter_bar, mistake, position);
}

static SwbFilter *
parse (SwbJournalView *self, const char *text, gboolean with_addresses, gsize *position,
       GError **error)
{
  g_autoptr (SwbFilterNames) names = NULL;

  names = swb_filter_names_new_for_bench (self->bench, with_addresses);
  return swb_filter_parse (text, names, position, error);
}

/* The toggles of the toolbar are part of it. */
static char *
dup_expression (SwbJournalView *self, const char *filter)
{
  GString *expression = g_string_new (NULL);

  g_string_printf (expression, "(%s)", filter);
  if (self->pane != NULL)
    g_string_append_printf (expression, " and pane = %u", swb_pane_get_id (self->pane));
  if (!self->commands)
    g_string_append (expression, " and kind != command and kind != outcome");
  return g_string_free (expression, FALSE);
}

gboolean
swb_journal_filter_is_on (SwbJournalView *self)
{
  return self->filter_text != NULL;
}

static void
hits_cb (SwbScan *scan, guint64 first_hit, guint64 n_added, gpointer user_data)
{
  SwbJournalView *self = user_data;

  if (scan == self->pending)
    {
      if (n_added == 0 && !swb_scan_is_done (scan)
          && g_get_monotonic_time () < self->pending_since + PATIENCE_US)
        return;
      swb_journal_model_set_scan (self->model, g_steal_pointer (&self->pending));
    }
  else if (n_added > 0)
    swb_journal_model_add_hits (self->model, first_hit);
  swb_journal_view_take (self);
}

/* The records on the screen, which are looked at first. */
static void
get_visible (SwbJournalView *self, guint64 *first, guint64 *n)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  double upper = gtk_adjustment_get_upper (adjustment);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint top, bottom;

  *first = *n = 0;
  if (n_rows == 0 || upper <= 0)
    return;
  top = (guint)(gtk_adjustment_get_value (adjustment) / upper * n_rows);
  bottom = top + (guint)(gtk_adjustment_get_page_size (adjustment) / upper * n_rows) + 1;
  *first = swb_journal_model_get_position (self->model, MIN (top, n_rows - 1));
  *n = swb_journal_model_get_position (self->model, MIN (bottom, n_rows - 1)) - *first + 1;
}

/* With the toggles; the mistake is told here. */
static SwbFilter *
parse_expression (SwbJournalView *self, const char *text)
{
  g_autofree char *expression = dup_expression (self, text);
  g_autoptr (GError) error = NULL;
  SwbFilter *filter;

  self->asks_addresses = swb_filter_names_are_asked (expression);
  if (self->asks_addresses)
    self->stamp = swb_filter_names_get_stamp (self->bench);
  filter = parse (self, expression, self->asks_addresses, NULL, &error);
  if (filter == NULL)
    tell_mistake (self, error->message, 0);
  return filter;
}

static void
apply_find (SwbJournalView *self)
{
  g_autoptr (SwbFilter) filter = NULL;
  guint64 first = 0, n = 0;

  if (self->find_text != NULL)
    filter = parse_expression (self, self->find_text);
  if (filter != NULL)
    get_visible (self, &first, &n);
  swb_journal_find_set (self, filter, first, n);
}

void
swb_journal_filter_apply (SwbJournalView *self)
{
  g_autoptr (SwbFilter) filter = NULL;
  guint64 first, n;

  g_clear_pointer (&self->pending, swb_scan_free);
  if (self->model == NULL)
    return;
  apply_find (self);
  if (self->filter_text == NULL)
    {
      if (swb_journal_model_get_scan (self->model) != NULL)
        swb_journal_model_set_scan (self->model, NULL);
      swb_journal_view_take (self);
      return;
    }

  filter = parse_expression (self, self->filter_text);
  if (filter == NULL)
    return;
  get_visible (self, &first, &n);
  self->pending = swb_scan_new (swb_bench_get_journal (self->bench), filter, first, n,
                                FRAME_US, hits_cb, self);
  self->pending_since = g_get_monotonic_time ();
  if (swb_scan_is_done (self->pending))
    swb_journal_model_set_scan (self->model, g_steal_pointer (&self->pending));
  swb_journal_view_take (self);
}

static gboolean
renew_cb (gpointer user_data)
{
  SwbJournalView *self = user_data;

  self->renew_source = 0;
  if (self->filter_text != NULL || self->find_text != NULL)
    swb_journal_filter_apply (self);
  return G_SOURCE_REMOVE;
}

/* Records of a connection may have been looked at before its addresses were known. */
void
swb_journal_filter_renew (SwbJournalView *self)
{
  if ((self->filter_text == NULL && self->find_text == NULL) || !self->asks_addresses
      || self->renew_source != 0 || swb_filter_names_get_stamp (self->bench) == self->stamp)
    return;
  self->renew_source = g_timeout_add (RENEW_MS, renew_cb, self);
}

/* A text with a mistake changes nothing that is shown. */
static void
changed_cb (SwbFilterBar *bar, SwbJournalView *self)
{
  g_autofree char *text = g_strstrip (g_strdup (swb_filter_bar_get_text (bar)));
  g_autoptr (SwbFilter) filter = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *mistake = NULL;
  gsize position = 0;

  if (self->bench == NULL)
    return;
  filter = parse (self, swb_filter_bar_get_text (bar), FALSE, &position, &error);
  if (filter == NULL)
    /* Translators: a place in a filter, in characters, and what is wrong there */
    mistake = g_strdup_printf (_ ("Character %u: %s"), (guint)position, error->message);
  tell_mistake (self, mistake, position);
  if (filter == NULL)
    return;
  self->has_wanted = FALSE;
  g_clear_pointer (&self->filter_text, g_free);
  g_clear_pointer (&self->find_text, g_free);
  if (!swb_filter_is_empty (filter))
    *(swb_filter_bar_get_finds (bar) ? &self->find_text : &self->filter_text)
        = g_steal_pointer (&text);
  swb_journal_filter_apply (self);
}

static void
step_cb (SwbFilterBar *bar, int direction, SwbJournalView *self)
{
  swb_journal_find_step (self, direction);
}

static void
left_cb (SwbFilterBar *bar, SwbJournalView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->column_view));
}

void
swb_journal_filter_add (SwbJournalView *self, const char *clause)
{
  g_autofree char *text = NULL;

  if (clause == NULL)
    return;
  text
      = swb_journal_clause_add (self->filter_text != NULL ? self->filter_text : "", clause);
  swb_filter_bar_set_finds (self->filter_bar, FALSE);
  swb_filter_bar_set_text (self->filter_bar, text);
}

void
swb_journal_filter_clear (SwbJournalView *self)
{
  swb_filter_bar_set_text (self->filter_bar, "");
}

void
swb_journal_filter_init (SwbJournalView *self)
{
  g_signal_connect (self->filter_bar, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->filter_bar, "step", G_CALLBACK (step_cb), self);
  g_signal_connect (self->filter_bar, "left", G_CALLBACK (left_cb), self);
}

/* Nothing of a bench that goes is kept but the text. */
void
swb_journal_filter_detach (SwbJournalView *self)
{
  g_clear_handle_id (&self->renew_source, g_source_remove);
  g_clear_pointer (&self->pending, swb_scan_free);
  if (self->find_scan != NULL)
    swb_journal_find_set (self, NULL, 0, 0);
  if (self->model != NULL)
    swb_journal_model_set_scan (self->model, NULL);
}

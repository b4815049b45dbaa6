/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-export-dialog.h"

#include <glib/gi18n.h>

#include "app/widgets/swb-compat.h"
#include "app/journal/swb-journal-format.h"
#include "app/journal/swb-journal-selection.h"

struct _SwbExportDialog
{
  AdwWindow parent_instance;

  AdwComboRow *range_row;
  AdwComboRow *format_row;
  AdwComboRow *direction_row;
  GtkLabel *unkept_label;
  GtkWidget *export_button;

  SwbBench *bench;
  SwbJournalView *view;                /* weak */
  guint64 n_records;                   /* of the journal, as told */
  SwbExportRange ranges[SWB_N_RANGES]; /* in the order of the row's list */
  guint n_ranges;
  SwbRecord selected; /* the first selected record; pane 0: none of a pane */
  guint64 *positions;
  GCancellable *counting; /* what of the bytes was not kept */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwbExportDialog, swb_export_dialog, ADW_TYPE_WINDOW)

/* In the order of the row's list. The last needs a row of a pane. */
static const struct
{
  SwbExportFormat format;
  const char *label;
  const char *extension;
  const char *pattern;
} formats[] = {
  { SWB_EXPORT_TEXT, N_ ("Text, Call by Call"), "txt", "*.txt" },
  { SWB_EXPORT_JSON, N_ ("JSON Lines"), "jsonl", "*.jsonl" },
  { SWB_EXPORT_CSV, N_ ("CSV for Spreadsheets"), "csv", "*.csv" },
  { SWB_EXPORT_HEX, N_ ("Hex Dump"), "hex.txt", "*.txt" },
  { SWB_EXPORT_PCAPNG, N_ ("Recording (pcapng)"), "pcapng", "*.pcapng" },
  { SWB_EXPORT_RAW, N_ ("Raw Bytes of One Direction"), "bin", "*.bin" },
};

static char *
dup_range_label (SwbExportRange range, guint64 n)
{
  g_autofree char *number = swb_journal_format_number (n);

  switch (range)
    {
    case SWB_RANGE_SHOWN:
      /* Translators: %s is a number of rows of the journal */
      return g_strdup_printf (
          ngettext ("%s Row That Is Shown", "%s Rows That Are Shown", n), number);
    case SWB_RANGE_SELECTED:
      return g_strdup_printf (ngettext ("%s Selected Row", "%s Selected Rows", n), number);
    case SWB_RANGE_ALL:
    default:
      /* Translators: %s is a number of records of the journal */
      return g_strdup_printf (ngettext ("The Only Record (%s)", "All %s Records", n),
                              number);
    }
}

static void
add_range (SwbExportDialog *self, GtkStringList *list, SwbExportRange range, guint64 n)
{
  g_autofree char *label = dup_range_label (range, n);

  self->ranges[self->n_ranges++] = range;
  gtk_string_list_append (list, label);
}

static void
fill_ranges (SwbExportDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  gsize n_selected = swb_journal_view_get_n_selected (self->view);
  gboolean is_filtered = swb_journal_view_is_filtered (self->view);

  add_range (self, list, SWB_RANGE_ALL, self->n_records);
  if (is_filtered && swb_journal_view_get_n_shown (self->view) > 0)
    add_range (self, list, SWB_RANGE_SHOWN, swb_journal_view_get_n_shown (self->view));
  if (n_selected > 0)
    add_range (self, list, SWB_RANGE_SELECTED, n_selected);
  adw_combo_row_set_model (self->range_row, G_LIST_MODEL (list));

  /* What a person has narrowed down is what they mean; one row is selected all the time. */
  for (guint i = 0; i < self->n_ranges; i++)
    if (self->ranges[i] == SWB_RANGE_SHOWN
        || (self->ranges[i] == SWB_RANGE_SELECTED && n_selected > 1))
      adw_combo_row_set_selected (self->range_row, i);
}

static void
fill_formats (SwbExportDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].format != SWB_EXPORT_RAW || self->selected.pane != 0)
      gtk_string_list_append (list, _ (formats[i].label));
  adw_combo_row_set_model (self->format_row, G_LIST_MODEL (list));
}

static void
fill_directions (SwbExportDialog *self)
{
  g_autofree char *socket = swb_journal_format_socket (self->bench, &self->selected);
  /* Translators: %s is a socket: “Echo server#1” */
  g_autofree char *sent = g_strdup_printf (_ ("Sent by %s"), socket);
  g_autofree char *received = g_strdup_printf (_ ("Received by %s"), socket);
  const char *const labels[] = { sent, received, NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (labels);

  adw_combo_row_set_model (self->direction_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->direction_row,
                              swb_record_get_direction (&self->selected) < 0);
}

static void
look_at_selection (SwbExportDialog *self)
{
  gsize n;
  g_autofree guint64 *positions = swb_journal_view_get_selected_positions (self->view, &n);
  SwbRecord record;

  if (n > 0
      && swb_journal_read (swb_bench_get_journal (self->bench), positions[0], &record))
    self->selected = record;
}

static void
tell_unkept (SwbExportDialog *self, guint64 n_bytes)
{
  g_autofree char *count = swb_journal_format_number (n_bytes);
  /* Translators: %s is a number; of bytes of calls that the journal does not have */
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s byte was not kept, and will not be in the file.",
                "%s bytes were not kept, and will not be in the file.", n_bytes),
      count);

  gtk_label_set_text (self->unkept_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->unkept_label), n_bytes > 0);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwbExportDialog) self = user_data;
  guint64 n_bytes;

  if (swb_export_count_unkept_finish (result, &n_bytes))
    tell_unkept (self, n_bytes);
}

/* The other formats say it with each record. */
static void
count_unkept (SwbExportDialog *self)
{
  SwbExportSource source;

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  gtk_widget_set_visible (GTK_WIDGET (self->unkept_label), FALSE);
  if (self->bench == NULL || swb_export_dialog_get_format (self) != SWB_EXPORT_RAW)
    return;
  swb_export_dialog_get_source (self, &source);
  self->counting = g_cancellable_new ();
  swb_export_count_unkept_async (&source, self->counting, counted_cb, g_object_ref (self));
}

static void
format_changed_cb (SwbExportDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->direction_row),
                          swb_export_dialog_get_format (self) == SWB_EXPORT_RAW);
  count_unkept (self);
}

static void
file_chosen_cb (GFile *file, gpointer user_data)
{
  SwbExportDialog *self = user_data;

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, file);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
export_cb (SwbExportDialog *self)
{
  g_autofree char *name = swb_export_dialog_dup_file_name (self);
  guint selected = adw_combo_row_get_selected (self->format_row);

  swb_compat_choose_save (GTK_WINDOW (self), _ ("Export"), name,
                          _ (formats[selected].label), formats[selected].pattern,
                          file_chosen_cb, self);
}

static void
swb_export_dialog_dispose (GObject *object)
{
  SwbExportDialog *self = SWB_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->bench);
  g_clear_weak_pointer (&self->view);
  G_OBJECT_CLASS (swb_export_dialog_parent_class)->dispose (object);
}

static void
swb_export_dialog_finalize (GObject *object)
{
  g_free (SWB_EXPORT_DIALOG (object)->positions);
  G_OBJECT_CLASS (swb_export_dialog_parent_class)->finalize (object);
}

static void
swb_export_dialog_class_init (SwbExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = swb_export_dialog_finalize;
  signals[SIGNAL_CHOSEN]
      = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbExportDialog, range_row);
  gtk_widget_class_bind_template_child (widget_class, SwbExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, SwbExportDialog, direction_row);
  gtk_widget_class_bind_template_child (widget_class, SwbExportDialog, unkept_label);
  gtk_widget_class_bind_template_child (widget_class, SwbExportDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, count_unkept);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
swb_export_dialog_init (SwbExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
swb_export_dialog_new (GtkWindow *parent, SwbBench *bench, SwbJournalView *view)
{
  SwbExportDialog *self
      = g_object_new (SWB_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);

  self->bench = g_object_ref (bench);
  g_set_weak_pointer (&self->view, view);
  self->n_records = swb_journal_get_n_records (swb_bench_get_journal (bench));
  look_at_selection (self);
  fill_ranges (self);
  fill_formats (self);
  fill_directions (self);
  format_changed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->export_button);
  return GTK_WIDGET (self);
}

gboolean
swb_export_dialog_offers (SwbExportDialog *self, SwbExportRange range)
{
  g_return_val_if_fail (SWB_IS_EXPORT_DIALOG (self), FALSE);

  for (guint i = 0; i < self->n_ranges; i++)
    if (self->ranges[i] == range)
      return TRUE;
  return FALSE;
}

void
swb_export_dialog_choose (SwbExportDialog *self, SwbExportRange range,
                          SwbExportFormat format)
{
  g_return_if_fail (SWB_IS_EXPORT_DIALOG (self));

  for (guint i = 0; i < self->n_ranges; i++)
    if (self->ranges[i] == range)
      adw_combo_row_set_selected (self->range_row, i);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].format == format
        && i < g_list_model_get_n_items (adw_combo_row_get_model (self->format_row)))
      adw_combo_row_set_selected (self->format_row, i);
}

SwbExportRange
swb_export_dialog_get_range (SwbExportDialog *self)
{
  guint selected;

  g_return_val_if_fail (SWB_IS_EXPORT_DIALOG (self), SWB_RANGE_ALL);

  selected = adw_combo_row_get_selected (self->range_row);
  return selected < self->n_ranges ? self->ranges[selected] : SWB_RANGE_ALL;
}

SwbExportFormat
swb_export_dialog_get_format (SwbExportDialog *self)
{
  guint selected;

  g_return_val_if_fail (SWB_IS_EXPORT_DIALOG (self), SWB_EXPORT_TEXT);

  selected = adw_combo_row_get_selected (self->format_row);
  return selected < G_N_ELEMENTS (formats) ? formats[selected].format : SWB_EXPORT_TEXT;
}

char *
swb_export_dialog_dup_file_name (SwbExportDialog *self)
{
  guint selected
      = MIN (adw_combo_row_get_selected (self->format_row), G_N_ELEMENTS (formats) - 1);

  /* Translators: the name suggested for a file of exported records; %s is its extension */
  return g_strdup_printf (_ ("Journal.%s"), formats[selected].extension);
}

void
swb_export_dialog_get_source (SwbExportDialog *self, SwbExportSource *source)
{
  gsize n = 0;

  g_return_if_fail (SWB_IS_EXPORT_DIALOG (self));

  swb_export_source_init (source, swb_bench_get_journal (self->bench),
                          swb_bench_get_pane_name, self->bench);
  g_clear_pointer (&self->positions, g_free);
  if (self->view != NULL && swb_export_dialog_get_range (self) == SWB_RANGE_SHOWN)
    self->positions = swb_journal_view_get_shown_positions (self->view, &n);
  else if (self->view != NULL && swb_export_dialog_get_range (self) == SWB_RANGE_SELECTED)
    self->positions = swb_journal_view_get_selected_positions (self->view, &n);
  if (swb_export_dialog_get_range (self) != SWB_RANGE_ALL)
    {
      source->positions = self->positions;
      source->n_records = n;
    }
  source->pane = self->selected.pane;
  source->connection = self->selected.connection;
  source->direction = adw_combo_row_get_selected (self->direction_row) == 0 ? 1 : -1;
}

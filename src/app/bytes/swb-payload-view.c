/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-payload-view.h"

#include "app/bytes/swb-payload-describe.h"
#include "app/bytes/swb-payload-find.h"
#include "app/bytes/swb-payload-inspect.h"
#include "app/widgets/swb-widget.h"
#include "bench/swb-bench-dissect.h"
#include "journal/bytes/swb-record-source.h"

#include <glib/gi18n.h>

struct _SwbPayloadView
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkLabel *title;
  GtkLabel *circumstances;
  GtkLabel *dissection;
  GtkWidget *find_button;
  GtkWidget *tools;
  GtkDropDown *encoding;
  GtkDropDown *width;
  SwbPayloadFind *find;
  GtkStack *body;
  SwbPayloadHex *hex;
  GtkWidget *foot;
  GtkLabel *selection;
  GtkLabel *numbers;
  GtkLabel *text;
  GtkLabel *failure;

  SwbBench *bench;
  SwbJournalRow *row;
  SwbRecordsSource *several;   /* of several rows: shown instead of the row; nullable */
  SwbEncoding chosen_encoding; /* by a person */
  gboolean is_detecting;
};

G_DEFINE_FINAL_TYPE (SwbPayloadView, swb_payload_view, GTK_TYPE_WIDGET)

static SwbEncoding
get_encoding (SwbPayloadView *self)
{
  return (SwbEncoding)gtk_drop_down_get_selected (self->encoding);
}

/* Bytes that say what they are written in are read so, others as a person chose. */
static void
detect_encoding (SwbPayloadView *self, SwbByteSource *source)
{
  guint8 head[4];
  gsize n_bytes = swb_byte_source_read (source, 0, head, NULL, sizeof head);
  SwbEncoding encoding;

  if (!swb_encoding_detect (head, n_bytes, &encoding))
    encoding = self->chosen_encoding;
  self->is_detecting = TRUE;
  gtk_drop_down_set_selected (self->encoding, encoding);
  self->is_detecting = FALSE;
}

/* Searches only while it is open. */
static void
update_find (SwbPayloadView *self)
{
  gboolean is_open = gtk_widget_get_visible (GTK_WIDGET (self->find));

  swb_payload_find_set_source (
      self->find, is_open ? swb_byte_grid_get_source (SWB_BYTE_GRID (self->hex)) : NULL,
      get_encoding (self));
}

/* (nullable) @source: %NULL where there is a sentence instead */
static void
show_bytes (SwbPayloadView *self, SwbByteSource *source)
{
  gboolean has_bytes = source != NULL;

  if (has_bytes)
    detect_encoding (self, source);
  swb_byte_grid_set_source (SWB_BYTE_GRID (self->hex), source);
  if (!has_bytes)
    gtk_widget_set_visible (GTK_WIDGET (self->find), FALSE);
  update_find (self);
  gtk_widget_set_visible (self->tools, has_bytes);
  gtk_widget_set_visible (self->find_button, has_bytes);
  gtk_stack_set_visible_child_name (self->body, has_bytes ? "bytes" : "text");
}

static void
show_text (SwbPayloadView *self, const SwbRecord *record, gboolean has_bytes)
{
  static const char *const notation[] = { "swb-notation", NULL };
  static const char *const sentence[] = { NULL };
  g_autofree char *text = has_bytes ? NULL : swb_payload_describe_text (record);
  g_autofree char *failure = swb_payload_describe_failure (record);

  swb_widget_set_classes (GTK_WIDGET (self->text),
                          record->kind == SWB_RECORD_NOTE ? sentence : notation);
  gtk_label_set_text (self->text, text != NULL ? text : "");
  gtk_label_set_text (self->failure, failure != NULL ? failure : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), failure != NULL);
}

static void
show_dissection (SwbPayloadView *self, const SwbRecord *record)
{
  g_autofree char *line
      = self->bench != NULL ? swb_bench_dissect (self->bench, record) : NULL;

  gtk_label_set_text (self->dissection, line != NULL ? line : "");
  gtk_widget_set_visible (GTK_WIDGET (self->dissection), line != NULL);
}

static void
show_title (SwbPayloadView *self, const char *title, const char *circumstances)
{
  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_label_set_text (self->circumstances, circumstances);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->circumstances), circumstances);
}

static void
show_row (SwbPayloadView *self)
{
  const SwbRecord *record = swb_journal_row_get_record (self->row);
  gboolean has_bytes = swb_payload_has_bytes (record);
  g_autofree char *title = swb_payload_describe_title (self->bench, record);
  g_autofree char *circumstances = swb_payload_describe_circumstances (self->row);
  g_autoptr (SwbByteSource) source
      = has_bytes ? swb_record_source_new (swb_journal_row_get_journal (self->row),
                                           swb_journal_row_get_position (self->row))
                  : NULL;

  show_title (self, title, circumstances);
  show_dissection (self, record);
  show_bytes (self, source);
  show_text (self, record, has_bytes);
}

static void
show_several (SwbPayloadView *self)
{
  const SwbRecordsExtent *extent = swb_records_source_get_extent (self->several);
  g_autofree char *title = swb_payload_describe_several (extent);
  g_autofree char *directions = swb_payload_describe_directions (extent);

  show_title (self, title, directions);
  gtk_widget_set_visible (GTK_WIDGET (self->dissection), FALSE);
  show_bytes (self, SWB_BYTE_SOURCE (self->several));
}

static void
update (SwbPayloadView *self)
{
  if (self->several != NULL)
    show_several (self);
  else if (self->row != NULL)
    show_row (self);
  else
    {
      swb_payload_hex_set_bytes (self->hex, NULL);
      update_find (self);
    }
  gtk_stack_set_visible_child_name (
      self->stack, self->several != NULL || self->row != NULL ? "record" : "empty");
}

/* As far as they are there. */
static gsize
read_numbers (SwbPayloadView *self, guint64 first, guint8 data[8])
{
  gint8 marks[8];
  gsize n_bytes
      = swb_byte_source_read (swb_byte_grid_get_source (SWB_BYTE_GRID (self->hex)), first,
                              data, marks, G_N_ELEMENTS (marks));
  gsize n = 0;

  while (n < n_bytes && !swb_byte_is_gone (marks[n]))
    n++;
  return n;
}

/* The bytes from @first on as numbers in either order; NULL for a single one. */
static char *
dup_numbers (SwbPayloadView *self, guint64 first, gboolean is_signed)
{
  guint8 data[8];
  gsize n_bytes = read_numbers (self, first, data);
  g_autofree char *little = swb_payload_inspect (data, n_bytes, FALSE, is_signed);
  g_autofree char *big = swb_payload_inspect (data, n_bytes, TRUE, is_signed);

  /* Little-endian and big-endian */
  return n_bytes > 1 ? g_strdup_printf ("LE  %s\nBE  %s", little, big) : NULL;
}

/* "3 bytes selected, from offset 0010 (16) · u8 255" */
static char *
dup_selection (SwbPayloadView *self, guint64 first)
{
  g_autofree char *text = swb_byte_grid_describe_selection (SWB_BYTE_GRID (self->hex));
  guint8 data[8];

  if (read_numbers (self, first, data) == 0)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s · u8 %u", text, data[0]);
}

static void
show_numbers (SwbPayloadView *self, guint64 first)
{
  g_autofree char *numbers = dup_numbers (self, first, FALSE);
  g_autofree char *negative = dup_numbers (self, first, TRUE);
  g_autofree char *tooltip = NULL;

  /* Translators: LE and BE stand in front of lines of numbers */
  tooltip = g_strdup_printf (_ ("The bytes from here on as numbers, in little-endian (LE) "
                                "and in big-endian (BE) order; with a sign:\n%s"),
                             negative != NULL ? negative : "");
  gtk_label_set_text (self->numbers, numbers != NULL ? numbers : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->numbers), tooltip);
  gtk_widget_set_visible (GTK_WIDGET (self->numbers), numbers != NULL);
}

static void
selection_cb (SwbByteGrid *grid, SwbPayloadView *self)
{
  guint64 first, n_bytes = swb_byte_grid_get_selection (grid, &first);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->foot, n_bytes > 0);
  if (n_bytes == 0)
    return;
  text = dup_selection (self, first);
  gtk_widget_remove_css_class (GTK_WIDGET (self->selection), "error");
  gtk_label_set_text (self->selection, text);
  show_numbers (self, first);
  swb_payload_find_set_place (self->find, first);
}

static void
refused_cb (SwbByteGrid *grid, guint64 n_bytes, SwbPayloadView *self)
{
  swb_payload_view_refuse_copy (self, n_bytes);
}

static void
encoding_cb (GtkDropDown *choice, GParamSpec *pspec, SwbPayloadView *self)
{
  if (!self->is_detecting)
    self->chosen_encoding = get_encoding (self);
  swb_byte_grid_set_encoding (SWB_BYTE_GRID (self->hex), get_encoding (self));
  update_find (self);
}

/* Automatic, then 8, 16 and 32. */
static void
width_cb (GtkDropDown *choice, GParamSpec *pspec, SwbPayloadView *self)
{
  guint chosen = gtk_drop_down_get_selected (choice);

  swb_payload_hex_set_per_line (self->hex, chosen > 0 ? 4u << chosen : 0);
}

static void
found_cb (SwbPayloadFind *find, guint64 offset, guint64 n_bytes, SwbPayloadView *self)
{
  swb_byte_grid_select (SWB_BYTE_GRID (self->hex), offset, n_bytes);
  swb_byte_grid_reveal (SWB_BYTE_GRID (self->hex), offset);
}

static void
closed_cb (SwbPayloadFind *find, SwbPayloadView *self)
{
  update_find (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->hex));
}

static void
find_clicked_cb (GtkButton *button, SwbPayloadView *self)
{
  swb_payload_view_find (self);
}

static void
swb_payload_view_dispose (GObject *object)
{
  SwbPayloadView *self = SWB_PAYLOAD_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SWB_TYPE_PAYLOAD_VIEW);
  g_clear_object (&self->row);
  g_clear_object (&self->several);
  g_clear_object (&self->bench);
  G_OBJECT_CLASS (swb_payload_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/payload-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, stack);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, title);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, circumstances);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, dissection);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, find_button);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, tools);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, encoding);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, width);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, find);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, body);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, hex);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, foot);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, selection);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, numbers);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, text);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, failure);
  gtk_widget_class_bind_template_callback (widget_class, selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, encoding_cb);
  gtk_widget_class_bind_template_callback (widget_class, width_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_clicked_cb);
}

static void
swb_payload_view_class_init (SwbPayloadViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_payload_view_dispose;
  g_type_ensure (SWB_TYPE_PAYLOAD_FIND);
  g_type_ensure (SWB_TYPE_PAYLOAD_HEX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  bind_template (widget_class);
}

static void
swb_payload_view_init (SwbPayloadView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->foot, FALSE);
}

GtkWidget *
swb_payload_view_new (void)
{
  return g_object_new (SWB_TYPE_PAYLOAD_VIEW, NULL);
}

void
swb_payload_view_set_bench (SwbPayloadView *self, SwbBench *bench)
{
  g_return_if_fail (SWB_IS_PAYLOAD_VIEW (self));

  g_set_object (&self->bench, bench);
  g_clear_object (&self->several);
  swb_payload_view_set_row (self, NULL);
}

void
swb_payload_view_set_row (SwbPayloadView *self, SwbJournalRow *row)
{
  g_return_if_fail (SWB_IS_PAYLOAD_VIEW (self));
  g_return_if_fail (row == NULL || SWB_IS_JOURNAL_ROW (row));

  if (g_set_object (&self->row, row) && self->several == NULL)
    update (self);
}

void
swb_payload_view_set_several (SwbPayloadView *self, SwbRecordsSource *bytes)
{
  g_return_if_fail (SWB_IS_PAYLOAD_VIEW (self));
  g_return_if_fail (bytes == NULL || SWB_IS_RECORDS_SOURCE (bytes));

  if (bytes != NULL && swb_records_source_get_extent (bytes)->n_records == 0)
    bytes = NULL;
  if (g_set_object (&self->several, bytes))
    update (self);
}

void
swb_payload_view_refuse_copy (SwbPayloadView *self, guint64 n_bytes)
{
  g_autofree char *count = swb_journal_format_number (n_bytes);
  g_autofree char *most = swb_journal_format_number (SWB_PAYLOAD_COPY_MAX);
  g_autofree char *text = NULL;

  g_return_if_fail (SWB_IS_PAYLOAD_VIEW (self));

  /* Translators: two numbers of bytes */
  text = g_strdup_printf (_ ("Not copied: %s bytes are too many for the clipboard. Select "
                             "%s or fewer."),
                          count, most);
  gtk_label_set_text (self->selection, text);
  gtk_widget_add_css_class (GTK_WIDGET (self->selection), "error");
  gtk_widget_set_visible (self->foot, TRUE);
}

SwbPayloadHex *
swb_payload_view_get_hex (SwbPayloadView *self)
{
  g_return_val_if_fail (SWB_IS_PAYLOAD_VIEW (self), NULL);
  return self->hex;
}

gboolean
swb_payload_view_find (SwbPayloadView *self)
{
  g_return_val_if_fail (SWB_IS_PAYLOAD_VIEW (self), FALSE);

  if (swb_byte_grid_get_source (SWB_BYTE_GRID (self->hex)) == NULL)
    return FALSE;
  swb_payload_find_open (self->find);
  update_find (self);
  return TRUE;
}

gboolean
swb_payload_view_find_here (SwbPayloadView *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
         && swb_payload_view_find (self);
}

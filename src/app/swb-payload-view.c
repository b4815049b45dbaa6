/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-payload-describe.h"
#include "app/swb-payload-view.h"

#include <glib/gi18n.h>

struct _SwbPayloadView
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkLabel *title;
  GtkLabel *circumstances;
  GtkWidget *encoding;
  GtkStack *body;
  SwbPayloadHex *hex;
  GtkLabel *selection;
  GtkLabel *text;
  GtkLabel *failure;

  SwbBench *bench;
  SwbJournalRow *row;
};

G_DEFINE_FINAL_TYPE (SwbPayloadView, swb_payload_view, GTK_TYPE_WIDGET)

/* The record's data lies in the journal's map, which lives as long as the journal. */
static GBytes *
make_bytes (SwbJournalRow *row)
{
  const SwbRecord *record = swb_journal_row_get_record (row);

  return g_bytes_new_with_free_func (record->data, record->n_data, g_object_unref,
                                     g_object_ref (row));
}

static void
show_bytes (SwbPayloadView *self, gboolean has_bytes)
{
  g_autoptr (GBytes) bytes = has_bytes ? make_bytes (self->row) : NULL;

  swb_payload_hex_set_bytes (self->hex, bytes);
  gtk_widget_set_visible (self->encoding, has_bytes);
  gtk_stack_set_visible_child_name (self->body, has_bytes ? "bytes" : "text");
}

static void
show_text (SwbPayloadView *self, const SwbRecord *record, gboolean has_bytes)
{
  g_autofree char *text = has_bytes ? NULL : swb_payload_describe_text (record);
  g_autofree char *failure = swb_payload_describe_failure (record);

  gtk_label_set_text (self->text, text != NULL ? text : "");
  gtk_label_set_text (self->failure, failure != NULL ? failure : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), failure != NULL);
}

static void
update (SwbPayloadView *self)
{
  const SwbRecord *record;
  g_autofree char *title = NULL;
  g_autofree char *circumstances = NULL;
  gboolean has_bytes;

  if (self->row == NULL)
    {
      swb_payload_hex_set_bytes (self->hex, NULL);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  record = swb_journal_row_get_record (self->row);
  has_bytes = swb_payload_has_bytes (record);
  title = swb_payload_describe_title (self->bench, record);
  circumstances = swb_payload_describe_circumstances (self->row);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_label_set_text (self->circumstances, circumstances);
  show_bytes (self, has_bytes);
  show_text (self, record, has_bytes);
  gtk_stack_set_visible_child_name (self->stack, "record");
}

static void
selection_cb (SwbPayloadHex *hex, SwbPayloadView *self)
{
  gsize first, n_bytes = swb_payload_hex_get_selection (hex, &first);
  g_autofree char *count = swb_journal_format_number (n_bytes);
  g_autofree char *hex = g_strdup_printf ("%04" G_GSIZE_MODIFIER "x", first);
  g_autofree char *plain = g_strdup_printf ("%" G_GSIZE_FORMAT, first);
  g_autofree char *text = NULL;

  /* Translators: "3 bytes selected, from offset 0010 (16)"; the offset in hex and as a
   * plain number */
  text = g_strdup_printf (ngettext ("%s byte selected, at offset %s (%s)",
                                    "%s bytes selected, from offset %s (%s)", n_bytes),
                          count, hex, plain);
  gtk_label_set_text (self->selection, text);
  gtk_widget_set_visible (GTK_WIDGET (self->selection), n_bytes > 0);
}

static void
encoding_cb (GtkDropDown *choice, GParamSpec *pspec, SwbPayloadView *self)
{
  gboolean latin1 = gtk_drop_down_get_selected (choice) == 1;

  swb_payload_hex_set_encoding (self->hex,
                                latin1 ? SWB_ENCODING_LATIN1 : SWB_ENCODING_UTF8);
}

static void
swb_payload_view_dispose (GObject *object)
{
  SwbPayloadView *self = SWB_PAYLOAD_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SWB_TYPE_PAYLOAD_VIEW);
  g_clear_object (&self->row);
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
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, encoding);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, body);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, hex);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, selection);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, text);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadView, failure);
  gtk_widget_class_bind_template_callback (widget_class, selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, encoding_cb);
}

static void
swb_payload_view_class_init (SwbPayloadViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_payload_view_dispose;
  g_type_ensure (SWB_TYPE_PAYLOAD_HEX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  bind_template (widget_class);
}

static void
swb_payload_view_init (SwbPayloadView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->selection), FALSE);
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
  swb_payload_view_set_row (self, NULL);
}

void
swb_payload_view_set_row (SwbPayloadView *self, SwbJournalRow *row)
{
  g_return_if_fail (SWB_IS_PAYLOAD_VIEW (self));
  g_return_if_fail (row == NULL || SWB_IS_JOURNAL_ROW (row));

  if (g_set_object (&self->row, row))
    update (self);
}

SwbPayloadHex *
swb_payload_view_get_hex (SwbPayloadView *self)
{
  g_return_val_if_fail (SWB_IS_PAYLOAD_VIEW (self), NULL);
  return self->hex;
}

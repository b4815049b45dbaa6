/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-payload-find.h"

#include "app/journal/swb-journal-format.h"

#include <glib/gi18n.h>

/* Where the next place is looked for as soon as it is known. */
typedef enum
{
  GOES_NOWHERE,
  GOES_HERE, /* the first place that isn't before this one */
  GOES_ON,
  GOES_BACK,
} Going;

struct _SwbPayloadFind
{
  GtkBox parent_instance;

  GtkWidget *entry;
  GtkToggleButton *exact;
  GtkLabel *count;

  SwbByteSource *source;
  SwbEncoding encoding;
  SwbByteSearch *search;
  char *mistake; /* in what was typed */
  guint64 place;
  Going going;
};

G_DEFINE_FINAL_TYPE (SwbPayloadFind, swb_payload_find, GTK_TYPE_BOX)

enum
{
  FOUND,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
describe_count (SwbPayloadFind *self)
{
  guint n_hits = swb_byte_search_get_n_hits (self->search);
  gboolean done = swb_byte_search_is_done (self->search);
  const char *more = n_hits == SWB_BYTE_SEARCH_MAX_HITS ? "+" : done ? "" : "…";
  guint index = swb_byte_search_count_before (self->search, self->place);
  g_autofree char *all = swb_journal_format_number (n_hits);
  g_autofree char *total = g_strconcat (all, more, NULL);
  g_autofree char *number = swb_journal_format_number ((guint64)index + 1);

  if (n_hits == 0)
    return g_strdup (done ? _ ("Not found") : "…");
  if (index == n_hits || swb_byte_search_get_hit (self->search, index) != self->place)
    /* Translators: how many places were found */
    return g_strdup_printf (_ ("%s found"), total);
  /* Translators: "3 of 12": which of the places that were found */
  return g_strdup_printf (_ ("%s of %s"), number, total);
}

static void
update_count (SwbPayloadFind *self)
{
  g_autofree char *text = NULL;

  if (self->mistake != NULL)
    text = g_strdup (self->mistake);
  else
    text = self->search != NULL ? describe_count (self) : g_strdup ("");
  gtk_label_set_text (self->count, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count), text);
  if (self->mistake != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->count), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->count), "error");
}

/* The place to go to, or the number of places where it isn't known yet. Over the end it
 * goes on at the beginning, once all are known. */
static guint
choose (SwbPayloadFind *self)
{
  guint n_hits = swb_byte_search_get_n_hits (self->search);
  gboolean done = swb_byte_search_is_done (self->search);
  guint before = swb_byte_search_count_before (self->search, self->place);
  guint index = before;

  if (self->going == GOES_BACK)
    {
      if (before > 0)
        return before - 1;
      return done && n_hits > 0 ? n_hits - 1 : n_hits;
    }
  if (self->going == GOES_ON && index < n_hits
      && swb_byte_search_get_hit (self->search, index) == self->place)
    index++;
  return index == n_hits && done ? 0 : index;
}

static void
go (SwbPayloadFind *self)
{
  guint index;
  guint64 hit;

  if (self->going == GOES_NOWHERE || self->search == NULL)
    return;
  index = choose (self);
  if (index < swb_byte_search_get_n_hits (self->search))
    {
      hit = swb_byte_search_get_hit (self->search, index);
      self->place = hit;
      self->going = GOES_NOWHERE;
      g_signal_emit (self, signals[FOUND], 0, hit,
                     (guint64)swb_byte_search_get_needle_length (self->search));
    }
  else if (swb_byte_search_is_done (self->search))
    self->going = GOES_NOWHERE;
}

static void
searched_cb (SwbPayloadFind *self)
{
  go (self);
  update_count (self);
}

static void
clear_search (SwbPayloadFind *self)
{
  if (self->search == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->search, self);
  swb_byte_search_stop (self->search);
  g_clear_object (&self->search);
}

static void
search (SwbPayloadFind *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) needle = swb_byte_search_parse (text, self->encoding, &error);

  clear_search (self);
  g_clear_pointer (&self->mistake, g_free);
  if (needle == NULL)
    self->mistake = g_strdup (error->message);
  else if (g_bytes_get_size (needle) > 0 && self->source != NULL)
    {
      self->search = swb_byte_search_new (self->source, needle,
                                          !gtk_toggle_button_get_active (self->exact));
      g_signal_connect_swapped (self->search, "changed", G_CALLBACK (searched_cb), self);
      go (self);
    }
  update_count (self);
}

static void
typed_cb (SwbPayloadFind *self)
{
  self->going = GOES_HERE;
  search (self);
}

static void
step (SwbPayloadFind *self, Going going)
{
  self->going = going;
  go (self);
  update_count (self);
}

static void
next_cb (SwbPayloadFind *self)
{
  step (self, GOES_ON);
}

static void
previous_cb (SwbPayloadFind *self)
{
  step (self, GOES_BACK);
}

static void
close_cb (SwbPayloadFind *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_emit (self, signals[CLOSED], 0);
}

/* Shift with Enter goes back, as everywhere. */
static gboolean
key_cb (SwbPayloadFind *self, guint key, guint code, GdkModifierType state)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || (state & GDK_SHIFT_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  previous_cb (self);
  return GDK_EVENT_STOP;
}

static void
swb_payload_find_dispose (GObject *object)
{
  SwbPayloadFind *self = SWB_PAYLOAD_FIND (object);

  clear_search (self);
  g_clear_object (&self->source);
  g_clear_pointer (&self->mistake, g_free);
  G_OBJECT_CLASS (swb_payload_find_parent_class)->dispose (object);
}

static void
swb_payload_find_class_init (SwbPayloadFindClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_payload_find_dispose;
  signals[FOUND] = g_signal_new ("found", SWB_TYPE_PAYLOAD_FIND, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_UINT64);
  signals[CLOSED] = g_signal_new ("closed", SWB_TYPE_PAYLOAD_FIND, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/socketworkbench/SocketWorkbench/ui/payload-find.ui");
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadFind, entry);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadFind, exact);
  gtk_widget_class_bind_template_child (widget_class, SwbPayloadFind, count);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
swb_payload_find_init (SwbPayloadFind *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
swb_payload_find_set_source (SwbPayloadFind *self, SwbByteSource *source,
                             SwbEncoding encoding)
{
  g_return_if_fail (SWB_IS_PAYLOAD_FIND (self));

  if (source != self->source)
    self->place = 0;
  g_set_object (&self->source, source);
  self->encoding = encoding;
  self->going = GOES_NOWHERE;
  search (self);
}

void
swb_payload_find_grow (SwbPayloadFind *self)
{
  g_return_if_fail (SWB_IS_PAYLOAD_FIND (self));

  if (self->search != NULL)
    swb_byte_search_extend (self->search);
}

void
swb_payload_find_set_place (SwbPayloadFind *self, guint64 offset)
{
  g_return_if_fail (SWB_IS_PAYLOAD_FIND (self));

  if (self->place == offset)
    return;
  self->place = offset;
  update_count (self);
}

void
swb_payload_find_open (SwbPayloadFind *self)
{
  g_return_if_fail (SWB_IS_PAYLOAD_FIND (self));

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

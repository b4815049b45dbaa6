/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/swb-bubble.h"

#define PAD_X 10
#define PAD_Y 6
#define GAP 1 /* between text and caption */
#define MIN_WIDTH 120

/* Two inscriptions and a back. An inscription asks for a size by characters, not by its
 * text; so the text is measured here, by a layout in the inscription's own font. */
struct _SwbBubble
{
  GtkWidget parent_instance;

  GtkWidget *back;
  GtkWidget *text;
  GtkWidget *caption;
  PangoLayout *text_layout;
  PangoLayout *caption_layout;

  SwbSpeech *speech;
  SwbSpeechSide side;
};

G_DEFINE_FINAL_TYPE (SwbBubble, swb_bubble, GTK_TYPE_WIDGET)

static int
get_layout_width (PangoLayout *layout)
{
  PangoRectangle rect;

  pango_layout_set_width (layout, -1);
  pango_layout_get_extents (layout, NULL, &rect);
  /* Of a fraction of a pixel less, the last word would go to the next line. */
  return PANGO_PIXELS_CEIL (rect.width) + 1;
}

static int
get_text_width (SwbBubble *self, int row_width)
{
  int most = MAX (row_width * 4 / 5, MIN_WIDTH) - 2 * PAD_X;
  int wanted
      = MAX (get_layout_width (self->text_layout), get_layout_width (self->caption_layout));

  return CLAMP (wanted, 1, most);
}

static int
get_text_height (SwbBubble *self, int width)
{
  int height;

  pango_layout_set_width (self->text_layout, width * PANGO_SCALE);
  pango_layout_get_pixel_size (self->text_layout, NULL, &height);
  return height;
}

static int
get_caption_height (SwbBubble *self)
{
  int height;

  gtk_widget_measure (self->caption, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL,
                      NULL);
  return height;
}

static GtkSizeRequestMode
swb_bubble_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
swb_bubble_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                    int *minimum, int *natural, int *minimum_baseline,
                    int *natural_baseline)
{
  SwbBubble *self = SWB_BUBBLE (widget);
  int size = MIN_WIDTH;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      size = get_caption_height (self);
      if (self->side != SWB_SPEECH_EVENT)
        size += get_text_height (self, get_text_width (self, MAX (for_size, MIN_WIDTH)))
                + GAP + 2 * PAD_Y;
    }
  *minimum = *natural = size;
}

static void
swb_bubble_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbBubble *self = SWB_BUBBLE (widget);
  int text_width = get_text_width (self, width);
  int caption_height = get_caption_height (self);
  int bubble_width = text_width + 2 * PAD_X;
  int x = self->side == SWB_SPEECH_OUT ? width - bubble_width : 0;

  if (self->side == SWB_SPEECH_EVENT)
    {
      gtk_widget_size_allocate (self->caption, &(GtkAllocation){ 0, 0, width, height }, -1);
      return;
    }
  gtk_widget_size_allocate (self->back, &(GtkAllocation){ x, 0, bubble_width, height }, -1);
  gtk_widget_size_allocate (self->text,
                            &(GtkAllocation){ x + PAD_X, PAD_Y, text_width,
                                              height - 2 * PAD_Y - GAP - caption_height },
                            -1);
  gtk_widget_size_allocate (self->caption,
                            &(GtkAllocation){ x + PAD_X, height - PAD_Y - caption_height,
                                              text_width, caption_height },
                            -1);
}

static void
swb_bubble_dispose (GObject *object)
{
  SwbBubble *self = SWB_BUBBLE (object);

  g_clear_object (&self->speech);
  g_clear_object (&self->text_layout);
  g_clear_object (&self->caption_layout);
  g_clear_pointer (&self->back, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_pointer (&self->caption, gtk_widget_unparent);

  G_OBJECT_CLASS (swb_bubble_parent_class)->dispose (object);
}

static void
swb_bubble_class_init (SwbBubbleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_bubble_dispose;
  widget_class->get_request_mode = swb_bubble_get_request_mode;
  widget_class->measure = swb_bubble_measure;
  widget_class->size_allocate = swb_bubble_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "swb-bubble");
}

static void
set_side (SwbBubble *self, SwbSpeechSide side)
{
  static const char *const names[] = { "in", "out", "event" };
  const char *classes[] = { names[side], NULL };

  self->side = side;
  gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
  gtk_widget_set_child_visible (self->back, side != SWB_SPEECH_EVENT);
  gtk_widget_set_child_visible (self->text, side != SWB_SPEECH_EVENT);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (self->caption),
                              side == SWB_SPEECH_EVENT ? 0.5f : 0.0f);
}

static GtkWidget *
make_inscription (SwbBubble *self, const char *css_class)
{
  GtkWidget *widget = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (widget), 1);
  gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (widget), PANGO_WRAP_WORD_CHAR);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (widget),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (widget, css_class);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
  return widget;
}

static void
swb_bubble_init (SwbBubble *self)
{
  self->back = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->back, "back");
  gtk_widget_set_parent (self->back, GTK_WIDGET (self));
  self->text = make_inscription (self, "text");
  self->caption = make_inscription (self, "caption");

  self->text_layout = gtk_widget_create_pango_layout (self->text, NULL);
  pango_layout_set_wrap (self->text_layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (self->text_layout, -SWB_BUBBLE_MAX_LINES);
  pango_layout_set_ellipsize (self->text_layout, PANGO_ELLIPSIZE_END);
  self->caption_layout = gtk_widget_create_pango_layout (self->caption, NULL);
  set_side (self, SWB_SPEECH_EVENT);
}

GtkWidget *
swb_bubble_new (void)
{
  return g_object_new (SWB_TYPE_BUBBLE, NULL);
}

static void
set_texts (SwbBubble *self, const char *text, const char *caption)
{
  g_autofree char *label = g_strdup_printf ("%s, %s", text, caption);
  g_autofree char *event = g_strdup_printf ("%s · %s", text, caption);

  if (self->side == SWB_SPEECH_EVENT)
    caption = event;
  gtk_inscription_set_text (GTK_INSCRIPTION (self->text), text);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->caption), caption);
  pango_layout_set_text (self->text_layout, text, -1);
  pango_layout_set_text (self->caption_layout, caption, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
swb_bubble_set_speech (SwbBubble *self, SwbSpeech *speech)
{
  g_autofree char *text = NULL;
  g_autofree char *caption = NULL;

  if (!g_set_object (&self->speech, speech) || speech == NULL)
    return;
  text = swb_speech_dup_text (speech);
  caption = swb_speech_dup_caption (speech);
  set_side (self, swb_speech_get_side (speech));
  set_texts (self, text, caption);
}

SwbSpeech *
swb_bubble_get_speech (SwbBubble *self)
{
  return self->speech;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/conversation/swb-bubble.h"

#include "app/widgets/swb-text-ruler.h"
#include "app/widgets/swb-widget.h"

#include <glib/gi18n.h>

#define PAD_X 10
#define PAD_Y 6
#define GAP 1 /* between text and caption */
#define MIN_WIDTH 120
#define MAX_CAPTION_LINES                                                                  \
  3 /* of an event's sentence, and of what stands below a caption                          \
     */

/* Three inscriptions and a back. An inscription asks for a size by characters, not by its
 * text; so the text is measured here, and laid out only where it wraps. Nothing of the
 * style changes from one turn to the next, for rows are bound by the hundred in one frame:
 * each side has a back of its own. */
struct _SwbBubble
{
  GtkWidget parent_instance;

  GtkWidget *in_back;
  GtkWidget *out_back;
  GtkWidget *text;
  GtkWidget *caption;
  GtkWidget *details;  /* below the caption, where there is more to say */
  PangoLayout *layout; /* of the text; NULL until one is needed */

  SwbSpeech *speech;
  SwbSpeechSide side;
  int details_width; /* on one line */
  int caption_width; /* likewise */
  int wanted_width;  /* of text and caption on one line each */
  int line_height;   /* of the text on one line; 0: it has to be laid out */
  int for_width;     /* what text_height was measured for */
  int text_height;
};

G_DEFINE_FINAL_TYPE (SwbBubble, swb_bubble, GTK_TYPE_WIDGET)

static const char *
get_text (GtkWidget *inscription)
{
  return gtk_inscription_get_text (GTK_INSCRIPTION (inscription));
}

static gboolean
has_details (SwbBubble *self)
{
  return get_text (self->details)[0] != '\0';
}

static PangoLayout *
get_layout (SwbBubble *self)
{
  if (self->layout == NULL)
    {
      self->layout = gtk_widget_create_pango_layout (self->text, get_text (self->text));
      pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (self->layout, -SWB_BUBBLE_MAX_LINES);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
    }
  return self->layout;
}

static int
lay_out_line (SwbBubble *self)
{
  int width;

  pango_layout_set_width (get_layout (self), -1);
  pango_layout_get_pixel_size (get_layout (self), &width, NULL);
  return width;
}

/* Both with a pixel to spare: of a fraction less, the last word would go to the next line.
 * Not done when the texts are set: a row that is new has its font only when it has its
 * place in the window. */
static void
measure_texts (SwbBubble *self)
{
  int text_width;
  int height;

  if (self->wanted_width > 0 || self->speech == NULL)
    return;
  self->details_width = 0;
  if (strchr (get_text (self->text), '\n') != NULL
      || !swb_text_ruler_measure (self->text, get_text (self->text), &text_width,
                                  &self->line_height))
    {
      self->line_height = 0;
      text_width = lay_out_line (self);
    }
  if (!swb_text_ruler_measure (self->caption, get_text (self->caption),
                               &self->caption_width, &height))
    self->caption_width = G_MAXINT16;
  if (has_details (self)
      && !swb_text_ruler_measure (self->details, get_text (self->details),
                                  &self->details_width, &height))
    self->details_width = G_MAXINT16;
  self->wanted_width
      = MAX (text_width + 1, MAX (self->caption_width, self->details_width) + 2);
}

static void
forget_measures (SwbBubble *self)
{
  g_clear_object (&self->layout);
  self->wanted_width = 0;
  self->for_width = -1;
}

static int
get_text_width (SwbBubble *self, int row_width)
{
  int most = MAX (row_width * 4 / 5, MIN_WIDTH) - 2 * PAD_X;

  measure_texts (self);
  return CLAMP (self->wanted_width, 1, most);
}

static int
get_text_height (SwbBubble *self, int width)
{
  if (self->line_height > 0 && width >= self->wanted_width)
    return self->line_height;
  if (self->for_width == width)
    return self->text_height;
  self->for_width = width;
  if (swb_text_ruler_recall (self->text, get_text (self->text), width, &self->text_height))
    return self->text_height;
  pango_layout_set_width (get_layout (self), width * PANGO_SCALE);
  pango_layout_get_pixel_size (get_layout (self), NULL, &self->text_height);
  swb_text_ruler_remember (self->text, get_text (self->text), width, self->text_height);
  return self->text_height;
}

static int
get_line_height (GtkWidget *inscription)
{
  int height;

  gtk_widget_measure (inscription, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  return height;
}

/* A tenth of each line may be left over where words wrap. */
static int
get_wrapped_height (GtkWidget *inscription, int line_width, int width)
{
  int n_lines = line_width <= width ? 1 : 1 + line_width * 11 / 10 / width;

  return get_line_height (inscription) * MIN (n_lines, MAX_CAPTION_LINES);
}

static int
get_details_height (SwbBubble *self, int width)
{
  return has_details (self) ? get_wrapped_height (self->details, self->details_width, width)
                            : 0;
}

static int
get_event_height (SwbBubble *self, int width)
{
  measure_texts (self);
  return get_wrapped_height (self->caption, self->caption_width + 2, width);
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
  int width = MAX (for_size, MIN_WIDTH);
  int size = MIN_WIDTH;

  if (orientation == GTK_ORIENTATION_VERTICAL && self->side == SWB_SPEECH_EVENT)
    size = get_event_height (self, width);
  else if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      width = get_text_width (self, width);
      size = get_line_height (self->caption) + get_details_height (self, width)
             + get_text_height (self, width) + GAP + 2 * PAD_Y;
    }
  *minimum = *natural = size;
}

static void
swb_bubble_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbBubble *self = SWB_BUBBLE (widget);
  int text_width = get_text_width (self, width);
  int caption_height = get_line_height (self->caption);
  int details_height = get_details_height (self, text_width);
  int bubble_width = text_width + 2 * PAD_X;
  int x = self->side == SWB_SPEECH_OUT ? width - bubble_width : 0;

  if (self->side == SWB_SPEECH_EVENT)
    {
      gtk_widget_size_allocate (self->caption, &(GtkAllocation){ 0, 0, width, height }, -1);
      return;
    }
  gtk_widget_size_allocate (self->side == SWB_SPEECH_OUT ? self->out_back : self->in_back,
                            &(GtkAllocation){ x, 0, bubble_width, height }, -1);
  gtk_widget_size_allocate (
      self->text,
      &(GtkAllocation){ x + PAD_X, PAD_Y, text_width,
                        height - 2 * PAD_Y - GAP - caption_height - details_height },
      -1);
  gtk_widget_size_allocate (
      self->caption,
      &(GtkAllocation){ x + PAD_X, height - PAD_Y - caption_height - details_height,
                        text_width, caption_height },
      -1);
  gtk_widget_size_allocate (self->details,
                            &(GtkAllocation){ x + PAD_X, height - PAD_Y - details_height,
                                              text_width, details_height },
                            -1);
}

static void
swb_bubble_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (swb_bubble_parent_class)->css_changed (widget, change);
  forget_measures (SWB_BUBBLE (widget));
}

static void
swb_bubble_dispose (GObject *object)
{
  SwbBubble *self = SWB_BUBBLE (object);

  g_clear_object (&self->speech);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->in_back, gtk_widget_unparent);
  g_clear_pointer (&self->out_back, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_pointer (&self->caption, gtk_widget_unparent);
  g_clear_pointer (&self->details, gtk_widget_unparent);

  G_OBJECT_CLASS (swb_bubble_parent_class)->dispose (object);
}

static void
swb_bubble_class_init (SwbBubbleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = swb_bubble_dispose;
  widget_class->get_request_mode = swb_bubble_get_request_mode;
  widget_class->measure = swb_bubble_measure;
  widget_class->css_changed = swb_bubble_css_changed;
  widget_class->size_allocate = swb_bubble_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "swb-bubble");
}

static void
set_side (SwbBubble *self, SwbSpeechSide side)
{
  self->side = side;
  gtk_widget_set_child_visible (self->in_back, side == SWB_SPEECH_IN);
  gtk_widget_set_child_visible (self->out_back, side == SWB_SPEECH_OUT);
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

static GtkWidget *
make_back (SwbBubble *self, const char *css_class)
{
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (widget, "back");
  gtk_widget_add_css_class (widget, css_class);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
  return widget;
}

static void
swb_bubble_init (SwbBubble *self)
{
  self->in_back = make_back (self, "in");
  self->out_back = make_back (self, "out");
  self->text = make_inscription (self, "text");
  self->caption = make_inscription (self, "caption");
  self->details = make_inscription (self, "details");
  gtk_inscription_set_text (GTK_INSCRIPTION (self->details), "");
  gtk_widget_set_child_visible (self->details, FALSE);
  set_side (self, SWB_SPEECH_EVENT);
}

GtkWidget *
swb_bubble_new (void)
{
  return g_object_new (SWB_TYPE_BUBBLE, NULL);
}

/* The row has the focus, not what is in it. */
static void
name_row (SwbBubble *self, const char *text, const char *caption)
{
  g_autofree char *name = NULL;

  switch (self->side)
    {
    case SWB_SPEECH_OUT:
      /* Translators: a line of a conversation, for a screen reader: what was sent, and to
       * whom and when */
      name = g_strdup_printf (_ ("Sent: %s, %s"), text, caption);
      break;
    case SWB_SPEECH_IN:
      /* Translators: a line of a conversation, for a screen reader: what was received, and
       * from whom and when */
      name = g_strdup_printf (_ ("Received: %s, %s"), text, caption);
      break;
    case SWB_SPEECH_EVENT:
    default:
      name = g_strdup (caption);
    }
  swb_widget_name_row (GTK_WIDGET (self), name);
}

static void
set_texts (SwbBubble *self, const char *text, const char *caption, const char *details)
{
  g_autofree char *event = NULL;

  if (self->side == SWB_SPEECH_EVENT)
    caption = event
        = *caption != '\0' ? g_strdup_printf ("%s · %s", text, caption) : g_strdup (text);
  name_row (self, text, caption);
  swb_inscription_set_data (GTK_INSCRIPTION (self->text), text);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->caption), caption);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->details), details);
  gtk_widget_set_child_visible (self->details, has_details (self));
  swb_widget_set_tooltip (self->details, has_details (self) ? details : NULL);
  forget_measures (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
swb_bubble_set_speech (SwbBubble *self, SwbSpeech *speech)
{
  g_autofree char *text = NULL;
  g_autofree char *caption = NULL;
  g_autofree char *details = NULL;

  if (!g_set_object (&self->speech, speech) || speech == NULL)
    return;
  text = swb_speech_dup_text (speech);
  caption = swb_speech_dup_caption (speech);
  details = swb_speech_dup_details (speech);
  set_side (self, swb_speech_get_side (speech));
  set_texts (self, text, caption, details);
}

SwbSpeech *
swb_bubble_get_speech (SwbBubble *self)
{
  return self->speech;
}

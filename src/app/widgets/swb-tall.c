/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-tall.h"

/* Less than that is no use, where there is more to show. */
#define LEAST_HEIGHT 128

struct _SwbTall
{
  GtkWidget parent_instance;

  GtkScrolledWindow *child;
};

enum
{
  PROP_0,
  PROP_CHILD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SwbTall, swb_tall, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
swb_tall_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* What is scrolled: a viewport stands between. */
static GtkWidget *
get_content (SwbTall *self)
{
  GtkWidget *child = gtk_scrolled_window_get_child (self->child);

  return GTK_IS_VIEWPORT (child) ? gtk_viewport_get_child (GTK_VIEWPORT (child)) : child;
}

static void
swb_tall_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                  int *natural, int *minimum_baseline, int *natural_baseline)
{
  SwbTall *self = SWB_TALL (widget);
  GtkWidget *content;
  int wanted = 0;

  if (self->child == NULL)
    return;

  gtk_widget_measure (GTK_WIDGET (self->child), orientation, for_size, minimum, natural,
                      NULL, NULL);
  content = get_content (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL || content == NULL)
    return;

  gtk_widget_measure (content, orientation, for_size, NULL, &wanted, NULL, NULL);
  *minimum = MAX (*minimum, MIN (wanted, LEAST_HEIGHT));
  *natural = MAX (*minimum, wanted);
}

static void
swb_tall_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbTall *self = SWB_TALL (widget);

  if (self->child != NULL)
    gtk_widget_allocate (GTK_WIDGET (self->child), width, height, baseline, NULL);
}

static void
set_child (SwbTall *self, GtkScrolledWindow *child)
{
  g_clear_pointer ((GtkWidget **)&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (self));
}

static void
swb_tall_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    set_child (SWB_TALL (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
swb_tall_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    g_value_set_object (value, SWB_TALL (object)->child);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
swb_tall_dispose (GObject *object)
{
  set_child (SWB_TALL (object), NULL);
  G_OBJECT_CLASS (swb_tall_parent_class)->dispose (object);
}

static void
swb_tall_class_init (SwbTallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = swb_tall_set_property;
  object_class->get_property = swb_tall_get_property;
  object_class->dispose = swb_tall_dispose;
  widget_class->get_request_mode = swb_tall_get_request_mode;
  widget_class->measure = swb_tall_measure;
  widget_class->size_allocate = swb_tall_size_allocate;

  properties[PROP_CHILD]
      = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_SCROLLED_WINDOW,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
swb_tall_init (SwbTall *self)
{
}

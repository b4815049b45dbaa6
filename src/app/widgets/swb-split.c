/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-split.h"

/* Enough for the upper child: a card with its composer and what failed in view. */
#define ENOUGH_ABOVE 440

struct _SwbSplit
{
  GtkWidget parent_instance;

  GtkPaned *child;

  int below;   /* what the lower child gets where there is room */
  int height;  /* of all, when it was last divided */
  int divided; /* the position of the divider then */
};

enum
{
  PROP_0,
  PROP_CHILD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SwbSplit, swb_split, GTK_TYPE_WIDGET)

/* Both are shown, so that there is a divider. */
static gboolean
is_divided (SwbSplit *self)
{
  GtkWidget *above = gtk_paned_get_start_child (self->child);
  GtkWidget *below = gtk_paned_get_end_child (self->child);

  return above != NULL && gtk_widget_get_visible (above) && below != NULL
         && gtk_widget_get_visible (below);
}

/* Of the divider: what the children leave of the whole. */
static int
get_handle_height (SwbSplit *self)
{
  int all, above, below;

  gtk_widget_measure (GTK_WIDGET (self->child), GTK_ORIENTATION_VERTICAL, -1, &all, NULL,
                      NULL, NULL);
  gtk_widget_measure (gtk_paned_get_start_child (self->child), GTK_ORIENTATION_VERTICAL, -1,
                      &above, NULL, NULL, NULL);
  gtk_widget_measure (gtk_paned_get_end_child (self->child), GTK_ORIENTATION_VERTICAL, -1,
                      &below, NULL, NULL, NULL);
  return MAX (all - above - below, 0);
}

static void
divide (SwbSplit *self, int height)
{
  int room = height - get_handle_height (self);
  int least;

  gtk_widget_measure (gtk_paned_get_end_child (self->child), GTK_ORIENTATION_VERTICAL, -1,
                      &least, NULL, NULL, NULL);
  gtk_paned_set_position (
      self->child, MAX (room - MIN (self->below, MAX (least, room - ENOUGH_ABOVE)), 0));
}

/* Only where it was not divided anew since, a person has moved the divider. */
static void
learn (SwbSplit *self)
{
  if (self->height > 0 && is_divided (self)
      && gtk_paned_get_position (self->child) != self->divided)
    self->below = MAX (
        self->height - get_handle_height (self) - gtk_paned_get_position (self->child), 0);
}

static void
swb_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwbSplit *self = SWB_SPLIT (widget);

  if (self->child == NULL)
    return;

  learn (self);
  if (is_divided (self) && self->height != height)
    divide (self, height);
  gtk_widget_allocate (GTK_WIDGET (self->child), width, height, baseline, NULL);
  /* Read back: the paned keeps it within the children's limits. */
  self->height = is_divided (self) ? height : 0;
  self->divided = gtk_paned_get_position (self->child);
}

static void
swb_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                   int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  SwbSplit *self = SWB_SPLIT (widget);

  if (self->child != NULL)
    gtk_widget_measure (GTK_WIDGET (self->child), orientation, for_size, minimum, natural,
                        NULL, NULL);
}

static void
set_child (SwbSplit *self, GtkPaned *child)
{
  g_clear_pointer ((GtkWidget **)&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (self));
}

static void
swb_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    set_child (SWB_SPLIT (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
swb_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD)
    g_value_set_object (value, SWB_SPLIT (object)->child);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
swb_split_dispose (GObject *object)
{
  set_child (SWB_SPLIT (object), NULL);
  G_OBJECT_CLASS (swb_split_parent_class)->dispose (object);
}

static void
swb_split_class_init (SwbSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = swb_split_set_property;
  object_class->get_property = swb_split_get_property;
  object_class->dispose = swb_split_dispose;
  widget_class->measure = swb_split_measure;
  widget_class->size_allocate = swb_split_size_allocate;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_PANED,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
swb_split_init (SwbSplit *self)
{
}

void
swb_split_set_below (SwbSplit *self, int height)
{
  g_return_if_fail (SWB_IS_SPLIT (self));
  g_return_if_fail (height >= 0);

  self->below = height;
  self->height = 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

int
swb_split_get_below (SwbSplit *self)
{
  g_return_val_if_fail (SWB_IS_SPLIT (self), 0);

  learn (self);
  return self->below;
}

void
swb_split_set_end_child (SwbSplit *self, GtkWidget *child)
{
  g_return_if_fail (SWB_IS_SPLIT (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  gtk_paned_set_end_child (self->child, child);
}

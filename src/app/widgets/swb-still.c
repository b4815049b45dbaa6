/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/widgets/swb-still.h"

struct _SwbStill
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (SwbStill, swb_still, ADW_TYPE_BIN)

static void
measure_cb (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
            int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
allocate_cb (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
swb_still_class_init (SwbStillClass *klass)
{
}

static void
swb_still_init (SwbStill *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (NULL, measure_cb, allocate_cb));
}

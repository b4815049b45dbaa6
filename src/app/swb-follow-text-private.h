/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/swb-follow-text.h"

/* The inside of the conversation's text, shared by its scrolling, drawing and input. */

G_BEGIN_DECLS

typedef enum
{
  SWB_FOLLOW_COLOUR_DIM,
  SWB_FOLLOW_COLOUR_SELECTION,
  SWB_FOLLOW_COLOUR_INVALID,
  SWB_FOLLOW_COLOUR_IN,
  SWB_FOLLOW_COLOUR_OUT,
  SWB_FOLLOW_COLOUR_IN_EDGE,
  SWB_FOLLOW_COLOUR_OUT_EDGE,
  SWB_N_FOLLOW_COLOURS
} SwbFollowColour;

struct _SwbFollowText
{
  GtkWidget parent_instance;

  SwbByteSource *source;
  SwbEncoding encoding;
  SwbFollowStyle style;
  SwbFollowRows *rows; /* NULL: nothing to show, or no width yet */
  guint columns;
  SwbFollowDescribe describe;
  gpointer describe_data;

  GtkWidget *colour_nodes[SWB_N_FOLLOW_COLOURS]; /* never shown: for the style sheet */
  GtkWidget *popover;
  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];
  gboolean is_syncing; /* the adjustment is being told, it does not tell */
  double char_width;
  int line_height;
  double text_left; /* where the gutter ends */

  SwbFollowRow top; /* n_bytes 0: none */
  double shift;     /* how much of the top row is out of sight, in pixels */
  gboolean at_end;

  gboolean has_selection;
  guint64 anchor; /* where the selection began */
  guint64 cursor; /* where it ends; both are selected */
};

/* swb-follow-text.c */
void swb_follow_text_scroll (SwbFollowText *self, double pixels);
void swb_follow_text_scroll_to_end (SwbFollowText *self);
void swb_follow_text_scroll_to (SwbFollowText *self, guint64 offset);
void swb_follow_text_select_to (SwbFollowText *self, guint64 offset, gboolean extend);

/* swb-follow-text-draw.c */
void swb_follow_text_init_draw (SwbFollowText *self);
void swb_follow_text_dispose_draw (SwbFollowText *self);
void swb_follow_text_measure_font (SwbFollowText *self);
guint swb_follow_text_fit (SwbFollowText *self, int width); /* how many columns */
void swb_follow_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* The byte nearest to a point. Returns: %FALSE where there are none */
gboolean swb_follow_text_hit (SwbFollowText *self, double x, double y, guint64 *offset);

/* swb-follow-text-input.c */
void swb_follow_text_install_input (GtkWidgetClass *widget_class);
void swb_follow_text_init_input (SwbFollowText *self);

G_END_DECLS

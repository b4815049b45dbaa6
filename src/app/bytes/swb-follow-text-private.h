/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/bytes/swb-byte-grid-private.h"
#include "app/bytes/swb-follow-text.h"

/* The inside of the conversation's text, shared by its scrolling, drawing and input. */

G_BEGIN_DECLS

struct _SwbFollowText
{
  SwbByteGrid parent_instance;

  SwbByteGridState *grid; /* of the parent */
  SwbFollowStyle style;
  SwbFollowRows *rows; /* NULL: nothing to show, or no width yet */
  guint columns;
  SwbFollowDescribe describe;
  gpointer describe_data;

  gboolean is_syncing; /* the adjustment is being told, it does not tell */
  double text_left;    /* where the gutter ends */

  SwbFollowRow top; /* n_bytes 0: none */
  double shift;     /* how much of the top row is out of sight, in pixels */
  gboolean at_end;
};

/* swb-follow-text.c */
void swb_follow_text_scroll (SwbFollowText *self, double pixels);
void swb_follow_text_scroll_to_end (SwbFollowText *self);
void swb_follow_text_scroll_to (SwbFollowText *self, guint64 offset);
gboolean swb_follow_text_is_in_sight (SwbFollowText *self, guint64 offset);

/* swb-follow-text-draw.c */
guint swb_follow_text_fit (SwbFollowText *self, int width); /* how many columns */
void swb_follow_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* A row's text, and where it has what. (transfer full) */
GArray *swb_follow_text_lay_out (SwbFollowText *self, const SwbFollowRow *row,
                                 PangoLayout *layout);

/* swb-follow-text-places.c: which byte is where */
void swb_follow_text_install_places (SwbByteGridClass *klass);
gboolean swb_follow_text_is_on_row (SwbFollowText *self, double y);

G_END_DECLS

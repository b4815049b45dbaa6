/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/bytes/swb-byte-grid.h"
#include "app/bytes/swb-follow-rows.h"

/* A conversation as text: rows that wrap at the width, each on the colour of its direction,
 * with an arrow and the time in the gutter where the direction changes. It lays out what is in
 * sight and knows of nothing else, so that a GiB opens and scrolls as a line does; its
 * scrollbar counts bytes. It begins at the end and stays there when it is there. Keys scroll;
 * with Shift they select. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_FOLLOW_TEXT (swb_follow_text_get_type ())
G_DECLARE_FINAL_TYPE (SwbFollowText, swb_follow_text, SWB, FOLLOW_TEXT, SwbByteGrid)

/**
 * SwbFollowDescribe:
 * @brief: for the gutter, which has room for a time of day with milliseconds; else for a
 *   tooltip
 *
 * Returns: (transfer full) (nullable): what is to be said of the byte at @offset
 */
typedef char *(*SwbFollowDescribe) (guint64 offset, gboolean brief, gpointer user_data);

GtkWidget *swb_follow_text_new (void);

void swb_follow_text_set_describe (SwbFollowText *self, SwbFollowDescribe describe,
                                   gpointer user_data);
void swb_follow_text_set_style (SwbFollowText *self, SwbFollowStyle style);

gboolean swb_follow_text_is_at_end (SwbFollowText *self);

/* The row at the top. Returns: %FALSE where there is none */
gboolean swb_follow_text_get_top (SwbFollowText *self, SwbFollowRow *row);

G_END_DECLS

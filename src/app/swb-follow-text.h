/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/swb-follow-rows.h"
#include "app/swb-payload-copy.h"

/* A conversation as text: rows that wrap at the width, each on the colour of its direction,
 * with an arrow and the time in the gutter where the direction changes. It lays out what is in
 * sight and knows of nothing else, so that a GiB opens and scrolls as a line does; its
 * scrollbar counts bytes. Stays at the end when it is there. To be put into a
 * GtkScrolledWindow. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_FOLLOW_TEXT (swb_follow_text_get_type ())
G_DECLARE_FINAL_TYPE (SwbFollowText, swb_follow_text, SWB, FOLLOW_TEXT, GtkWidget)

/* Signals: "selection-changed"; "copy-refused" (guint64 n_bytes): more than
 *   %SWB_PAYLOAD_COPY_MAX
 * Actions: follow.copy-text, follow.copy-hex, follow.copy-c, follow.copy-python,
 * follow.copy-base64, follow.select-all. Without a selection they copy every byte. */

/**
 * SwbFollowDescribe:
 * @brief: for the gutter, which has room for a time of day with milliseconds; else for a
 *   tooltip
 *
 * Returns: (transfer full) (nullable): what is to be said of the byte at @offset
 */
typedef char *(*SwbFollowDescribe) (guint64 offset, gboolean brief, gpointer user_data);

GtkWidget *swb_follow_text_new (void);

/* @source: (nullable). Begins at its end. */
void swb_follow_text_set_source (SwbFollowText *self, SwbByteSource *source);
void swb_follow_text_set_describe (SwbFollowText *self, SwbFollowDescribe describe,
                                   gpointer user_data);
void swb_follow_text_set_encoding (SwbFollowText *self, SwbEncoding encoding);
void swb_follow_text_set_style (SwbFollowText *self, SwbFollowStyle style);

/* To be called when the source has grown. */
void swb_follow_text_grow (SwbFollowText *self);

/* Clamped; 0 bytes select nothing. */
void swb_follow_text_select (SwbFollowText *self, guint64 first, guint64 n_bytes);
guint64 swb_follow_text_get_selection (SwbFollowText *self, guint64 *first);
void swb_follow_text_reveal (SwbFollowText *self, guint64 offset);

gboolean swb_follow_text_is_at_end (SwbFollowText *self);

/* The row at the top. Returns: %FALSE where there is none */
gboolean swb_follow_text_get_top (SwbFollowText *self, SwbFollowRow *row);

/* (transfer full) (nullable): the selection, or everything; NULL for more than
 * %SWB_PAYLOAD_COPY_MAX bytes */
char *swb_follow_text_print (SwbFollowText *self, SwbPayloadFormat format);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "journal/bytes/swb-byte-search.h"

/* The bar that finds text or bytes within a byte source: what to look for, in one case or in
 * both, next and previous, "3 of 12". It searches in the background, and says where; whoever
 * shows the bytes selects them there. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_PAYLOAD_FIND (swb_payload_find_get_type ())
G_DECLARE_FINAL_TYPE (SwbPayloadFind, swb_payload_find, SWB, PAYLOAD_FIND, GtkBox)

/* Signals: "found" (guint64 offset, guint64 n_bytes): to be selected and shown; "closed" */

/* @source: (nullable). Starts anew where there is something to look for. */
void swb_payload_find_set_source (SwbPayloadFind *self, SwbByteSource *source,
                                  SwbEncoding encoding);

/* To be called when the source has grown. */
void swb_payload_find_grow (SwbPayloadFind *self);

/* Where the person is: the next place is the first one behind it. */
void swb_payload_find_set_place (SwbPayloadFind *self, guint64 offset);

/* Shows the bar and puts the cursor into it. */
void swb_payload_find_open (SwbPayloadFind *self);

G_END_DECLS

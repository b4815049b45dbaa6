/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"

/* A follower tells a main-loop thread that records came: at once when it was idle, and no more often than
 * its interval while they stream in. It costs nothing while nothing comes: no timer ticks. */

G_BEGIN_DECLS

/**
 * SwbFollowFunc:
 * @first: position of the first record not told before
 * @n_records: how many came; never 0
 *
 * Returns: %G_SOURCE_CONTINUE or %G_SOURCE_REMOVE
 */
typedef gboolean (*SwbFollowFunc) (SwbJournal *journal, guint64 first, guint64 n_records, gpointer user_data);

/**
 * swb_follower_new:
 * @first: position to tell from: 0 for the whole journal. Records may have gone before they are told of: swb_journal_get_first()
 * @interval_us: least time between two calls in µs; 16,667 for a screen, 0 for a pipe
 *
 * Returns: (transfer full): a source to be attached to the follower's context, its callback (an
 *   SwbFollowFunc through g_source_set_callback() with G_SOURCE_FUNC()) set by the caller. Keeps a reference on @journal.
 *   The interval counts from the end of a call, so that a slow callback leaves as much time for redrawing.
 */
GSource *swb_follower_new (SwbJournal *journal, guint64 first, gint64 interval_us);

/* The same for changes of swb_journal_get_health(): @first and @n_records of the callback count those. */
GSource *swb_follower_new_for_health (SwbJournal *journal, gint64 interval_us);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"

/* Random filters that know, in the simplest way there is, which records pass. Panes are "a" to "d", numbers 1 to 4. */

typedef struct _RandomFilter RandomFilter;

RandomFilter *random_filter_new (guint depth);
void random_filter_free (RandomFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RandomFilter, random_filter_free)

/* (transfer full) */
char *random_filter_print (const RandomFilter *self);

/* @first_ns, @last_ns: times of the journal's first and last record */
gboolean random_filter_match (const RandomFilter *self, const SwbRecord *record, gint64 first_ns, gint64 last_ns);

/* A record with few different values, so that filters hit; @room of at least 64 bytes holds its data. */
void filterable_record (SwbRecord *record, guint8 *room);

/* What panes and addresses random filters speak of: an SwbFilterFindPane and an SwbFilterDupAddress. */
guint find_lettered_pane (const char *name, gpointer user_data);
char *dup_numbered_address (guint pane, guint connection, int end, gpointer user_data);

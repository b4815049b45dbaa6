/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

/* Where the journals of runs are kept, when a person chose another folder: the setting "journals-folder". It counts from the next
 * start on, since the journal of this run is being written. Main thread. */

G_BEGIN_DECLS

/* Once, on start, before a journal is made. */
void swb_journals_folder_apply (GSettings *settings);

/**
 * swb_journals_folder_set:
 * @folder: (nullable): %NULL: the state folder again
 * @error: G_FILE_ERROR when nothing can be written there: the setting stays then
 */
gboolean swb_journals_folder_set (GSettings *settings, GFile *folder, GError **error);

gboolean swb_journals_folder_is_default (GSettings *settings);

/* (transfer full): for people: what is set, or where they are kept now. */
char *swb_journals_folder_dup_text (GSettings *settings);

G_END_DECLS

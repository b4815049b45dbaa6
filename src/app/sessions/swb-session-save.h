/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/widgets/swb-save-bar.h"

/* Saves the journal of an earlier session as a recording, without showing it. */

G_BEGIN_DECLS

/**
 * swb_session_save_async:
 * @folder: the journal's
 * @file: where to
 * @callback: when the journal was opened, or could not be
 */
void swb_session_save_async (const char *folder, GFile *file, GAsyncReadyCallback callback,
                             gpointer user_data);

/* Returns: %TRUE when @bar has begun */
gboolean swb_session_save_finish (SwbSaveBar *bar, GAsyncResult *result, GError **error);

G_END_DECLS

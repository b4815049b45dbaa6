/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/widgets/swb-save-bar.h"

/* Saves the journal of an earlier session as a recording, without showing it. */

G_BEGIN_DECLS

/**
 * swb_session_save:
 * @folder: the journal's
 * @file: where to
 * @callback: when the journal was opened and @bar has begun, or with an error when it could not be opened
 */
void swb_session_save_async (SwbSaveBar *bar, const char *folder, GFile *file,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean swb_session_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS

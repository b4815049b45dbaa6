/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/export/swb-export.h"
#include "journal/filter/swb-filter.h"

/* A journal that was recorded earlier, with what it says of its panes: a recording's file, or the folder of a journal. */

G_BEGIN_DECLS

typedef struct _SwbOpened SwbOpened;

/**
 * swb_opened_new:
 * @path: a recording, a journal's folder, or "-" for a recording on stdin
 * @status: (out): the exit status on failure; all has been said then
 */
SwbOpened *swb_opened_new (const char *path, int *status);
void swb_opened_free (SwbOpened *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbOpened, swb_opened_free)

/* An SwbPaneNameFunc. */
const char *swb_opened_get_pane_name (guint pane, gpointer opened);

/* (transfer full): what filters must be told; not to be used once @self is gone */
SwbFilterNames *swb_opened_make_filter_names (SwbOpened *self);

/* Every record of it. */
void swb_opened_init_source (SwbOpened *self, SwbExportSource *source);

G_END_DECLS

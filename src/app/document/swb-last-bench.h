/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/document/swb-document.h"

/* The bench that comes back on the next start: its file, or a copy in the state folder where it has none or was changed. */

G_BEGIN_DECLS

/* Writes the copy where one is needed, and the setting. Blocking, short: the program ends. One that was not read yet stays what comes
 * back. */
void swb_last_bench_keep (GSettings *settings, SwbDocument *document);

/* Opens it in @document, where there is one and the settings want it. */
void swb_last_bench_reopen (GSettings *settings, SwbDocument *document);

G_END_DECLS

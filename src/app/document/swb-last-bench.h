/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/document/swb-document.h"

/* The bench that comes back on the next start: its file, or a copy in the state folder where it has none or was changed. */

G_BEGIN_DECLS

/* Writes the copy where one is needed, and the setting. Blocking, short: the program ends. One that was not read yet stays what comes
 * back. */
void swb_last_bench_keep (GSettings *settings, SwbDocument *document);

/* (transfer full) (nullable): what to open. @unnamed: (out): it is the copy. */
GFile *swb_last_bench_find (GSettings *settings, gboolean *unnamed);

G_END_DECLS

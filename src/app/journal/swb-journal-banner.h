/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-bench.h"

/* What a person should know about the journal's files: that they cannot be written, were deleted
 * by another program, or have come to their limit; what is kept, and what can be done. Hidden
 * while all is well. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_JOURNAL_BANNER (swb_journal_banner_get_type ())
G_DECLARE_FINAL_TYPE (SwbJournalBanner, swb_journal_banner, SWB, JOURNAL_BANNER, GtkWidget)

/* @bench: (nullable): its journal is watched from now on */
void swb_journal_banner_set_bench (SwbJournalBanner *self, SwbBench *bench);

/* A sentence that is shown until it is dismissed or something worse happens. */
void swb_journal_banner_set_notice (SwbJournalBanner *self, const char *notice);

/* As the person does with the button: journals are kept in @folder from the next start on, or a sentence says why not. */
void swb_journal_banner_choose_folder (SwbJournalBanner *self, GFile *folder);

G_END_DECLS

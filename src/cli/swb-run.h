/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "cli/swb-cli.h"
#include "journal/store/swb-journal.h"

/* A run: a script on a bench of its own, its journal on stdout or in a file, until its last command, a time, silence or a signal ends it. */

G_BEGIN_DECLS

typedef enum
{
  SWB_JOURNAL_TEXT,
  SWB_JOURNAL_JSON,
  SWB_JOURNAL_NONE,
  SWB_JOURNAL_PCAPNG, /* written when the run has ended */
} SwbJournalFormat;

typedef struct
{
  SwbJournalFormat format;
  gint64 linger_ns;      /* how long the panes stay open after the last command; 0: not at all */
  gboolean until_idle;   /* … until nothing has happened for a second */
  char *keep_folder;     /* (nullable): the journal's folder, which stays; else one that is deleted */
  char *output;          /* (nullable): the file that gets the journal instead of stdout; "-" is stdout */
  guint64 limit;         /* of the journal, in bytes; 0: swb_journal_get_default_limit() */
  SwbLimitPolicy policy;
} SwbRunOptions;

/* @place: what stands before `LINE:COLUMN: message` on stderr. Returns the exit status. */
int swb_run_file (SwbBenchFile *file, const char *place, const SwbRunOptions *options);

G_END_DECLS

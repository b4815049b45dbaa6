/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "imports.h"
#include "journal/notation/swb-notation.h"

/* A log of strace: of any program, cut short, or mixed with what the program printed. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  imports_check (data, size);
  return 0;
}

/* Lines of the notation of calls are lines of strace but for the pane, where the process
 * stands. */
void
fuzz_add_seeds (GPtrArray *seeds)
{
  g_autoptr (SwbJournal) journal = fuzz_make_journal ();
  g_autoptr (GString) all = g_string_new (NULL);
  SwbRecord record;

  for (guint64 i = 0; swb_journal_read (journal, i, &record); i++)
    if (record.kind == SWB_RECORD_CALL)
      {
        g_autofree char *line = swb_notation_print (&record, journal, NULL, NULL);
        const char *call = strchr (line, ' ');

        g_string_append_printf (all, "%u 1732282123%s\n", 100 + record.pane,
                                strchr (call, '.'));
      }
  g_ptr_array_add (seeds, g_bytes_new (all->str, MIN (all->len, 4000)));
  g_ptr_array_add (seeds, g_bytes_new (all->str, all->len));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "imports.h"
#include "journal/notation/swb-json.h"

/* JSON lines, as a stranger may write them. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  imports_check (data, size);
  return 0;
}

/* Records one by one, and all of them in one file. */
void
fuzz_add_seeds (GPtrArray *seeds)
{
  g_autoptr (SwbJournal) journal = fuzz_make_journal ();
  g_autoptr (GString) all = g_string_new (NULL);
  SwbRecord record;

  for (guint64 i = 0; swb_journal_read (journal, i, &record); i++)
    {
      char *line = swb_json_print (&record, i, journal, NULL, NULL);

      g_string_append_printf (all, "%s\n", line);
      g_ptr_array_add (seeds, g_bytes_new_take (line, strlen (line)));
    }
  g_ptr_array_add (seeds, g_bytes_new (all->str, all->len));
}

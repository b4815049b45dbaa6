/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "journal/notation/swb-notation.h"

/* A line of the notation of calls: read, printed, and read again. */

static const char *
name_cb (guint pane, gpointer name)
{
  return name;
}

/* A line may say more of an address than its length or the kernel's room is; none that is
 * printed does. */
static void
forget_what_is_too_much (SwbRecord *record)
{
  gboolean is_out = swb_call_get_info (record->call)->address == SWB_ADDRESS_OUT;
  guint n_said = record->address.length;

  if (is_out)
    n_said = MIN (n_said, record->address_room);
  if (n_said < sizeof (sa_family_t))
    n_said = 0;
  memset ((guint8 *)&record->address.storage + n_said, 0, record->address.length - n_said);
}

static void
check_inverse (SwbRecord *record, const char *pane)
{
  g_autofree char *line = swb_notation_print (record, NULL, name_cb, (gpointer)pane);
  g_autofree char *again = NULL;
  g_autofree char *same_pane = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  SwbRecord back;

  fuzz_assert_harmless (line);
  swb_notation_parse (line, &back, &same_pane, &bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (same_pane, ==, pane);
  again = swb_notation_print (&back, NULL, name_cb, same_pane);
  g_assert_cmpstr (line, ==, again);
  forget_what_is_too_much (record);
  fuzz_assert_records_equal (record, &back);
}

static void
check_short (const SwbRecord *record)
{
  g_autofree char *details = swb_notation_short_details (record, 40);
  g_autofree char *result = swb_notation_short_result (record);
  g_autofree char *took = swb_notation_short_duration (record->took_ns);

  fuzz_assert_harmless (details);
  g_assert_cmpint (g_utf8_strlen (details, -1), <=, 40);
  fuzz_assert_harmless (result);
  fuzz_assert_harmless (took);
  g_assert_nonnull (swb_notation_short_call (record));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *line = fuzz_dup_line (data, size);
  g_autofree char *pane = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  SwbRecord record;

  if (!swb_notation_parse (line, &record, &pane, &bytes, &error))
    {
      fuzz_assert_explained (error);
      return 0;
    }
  g_assert_no_error (error);
  check_short (&record);
  check_inverse (&record, pane);
  return 0;
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
  g_autoptr (SwbJournal) journal = fuzz_make_journal ();
  SwbRecord record;

  for (guint64 i = 0; swb_journal_read (journal, i, &record); i++)
    {
      g_autofree char *line = swb_notation_print (&record, journal, NULL, NULL);

      g_ptr_array_add (seeds, g_bytes_new (line, strlen (line)));
    }
}

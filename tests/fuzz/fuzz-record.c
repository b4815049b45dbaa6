/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "journal/notation/swb-json.h"
#include "journal/notation/swb-notation.h"

/* A record as it is on disk, whatever its bytes: encoded as it was, printed in every form.
 */

static void
check_encoding (const SwbRecord *record)
{
  guint8 details[SWB_RECORD_DETAILS_MAX];
  SwbEntry entry;
  SwbRecord again;
  gsize n_details = swb_record_encode (record, &entry, details);
  g_autofree guint8 *bytes = g_malloc (record->n_data + n_details + 1);

  if (record->n_data > 0)
    memcpy (bytes, record->data, record->n_data);
  memcpy (bytes + record->n_data, details, n_details);
  g_assert_true (swb_record_decode (&entry, bytes, &again));
  fuzz_assert_records_equal (record, &again);
}

static void
check_json (const SwbRecord *record, SwbJournal *journal)
{
  g_autofree char *line = swb_json_print (record, 7, journal, NULL, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree guchar *data = NULL;
  gsize n_data = 0;
  JsonObject *object;

  g_assert_null (strchr (line, '\n'));
  g_assert_true (g_utf8_validate (line, -1, NULL));
  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpint (json_object_get_int_member (object, "position"), ==, 7);
  if (json_object_has_member (object, "data"))
    data = g_base64_decode (json_object_get_string_member (object, "data"), &n_data);
  if (record->kind == SWB_RECORD_CALL)
    g_assert_cmpmem (data, n_data, record->data, record->n_data);
}

static void
check_notation (const SwbRecord *record, SwbJournal *journal)
{
  g_autofree char *line = swb_notation_print (record, journal, NULL, NULL);
  g_autofree char *details = swb_notation_short_details (record, 30);
  g_autofree char *result = swb_notation_short_result (record);

  fuzz_assert_harmless (line);
  fuzz_assert_harmless (details);
  fuzz_assert_harmless (result);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (SwbJournal) journal = fuzz_make_journal ();
  SwbRecord record;

  if (fuzz_read_record (data, size, &record))
    check_encoding (&record);
  check_notation (&record, journal);
  check_json (&record, journal);
  return 0;
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
  g_autoptr (SwbJournal) journal = fuzz_make_journal ();
  SwbRecord record;

  for (guint64 i = 0; swb_journal_read (journal, i, &record); i++)
    g_ptr_array_add (seeds, fuzz_write_record (&record));
}

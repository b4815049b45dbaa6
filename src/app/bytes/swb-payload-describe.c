/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/bytes/swb-payload-describe.h"
#include "journal/bytes/swb-record-source.h"
#include "journal/notation/swb-notation.h"
#include "journal/notation/swb-note-text.h"
#include "net/swb-errno.h"
#include "net/swb-payload.h"

#include <glib/gi18n.h>

#define SENTENCE_MAX_CHARS 20000

gboolean
swb_payload_has_bytes (const SwbRecord *record)
{
  SwbDataUse use;

  if (record->n_data == 0)
    return FALSE;
  if (record->kind == SWB_RECORD_PACKET)
    return TRUE;
  if (record->kind != SWB_RECORD_CALL)
    return FALSE;
  use = swb_call_get_info (record->call)->data;
  return use == SWB_DATA_OUT || use == SWB_DATA_IN;
}

/* The address in the call itself, or that of the connection. */
static char *
describe_peer (SwbBench *bench, const SwbRecord *record)
{
  SwbPane *pane;
  SwbConnection *connection;

  if (record->address.length > 0)
    return swb_address_print (&record->address);
  pane = bench != NULL ? swb_bench_get_pane_by_id (bench, record->pane) : NULL;
  connection = pane != NULL ? swb_pane_find_connection (pane, record->connection) : NULL;
  if (connection == NULL || swb_connection_get_peer (connection)->length == 0)
    return NULL;
  return swb_address_print (swb_connection_get_peer (connection));
}

/* "13 bytes", "13 bytes · 7 not kept" */
static char *
describe_count (guint64 n_bytes, guint64 n_unkept)
{
  g_autofree char *count = swb_journal_format_number (n_bytes);
  /* Translators: %s is a number with grouped digits */
  g_autofree char *size
      = g_strdup_printf (ngettext ("%s byte", "%s bytes", n_bytes), count);
  g_autofree char *unkept = n_unkept > 0 ? swb_notation_dup_unkept (n_unkept) : NULL;

  return unkept != NULL ? g_strdup_printf ("%s · %s", size, unkept)
                        : g_steal_pointer (&size);
}

static char *
describe_bytes (SwbBench *bench, const SwbRecord *record, const char *socket)
{
  const char *arrow = swb_record_get_direction (record) > 0 ? "→" : "←";
  g_autofree char *peer = describe_peer (bench, record);
  g_autofree char *size
      = describe_count (record->n_data, swb_record_source_count_unkept (record));

  /* A frame is no socket's. */
  if (*socket == '\0')
    return g_steal_pointer (&size);
  if (peer == NULL || *peer == '\0')
    return g_strdup_printf ("%s %s · %s", socket, arrow, size);
  return g_strdup_printf ("%s %s %s · %s", socket, arrow, peer, size);
}

char *
swb_payload_describe_title (SwbBench *bench, const SwbRecord *record)
{
  g_autofree char *socket = swb_journal_format_socket (bench, record);
  g_autofree char *call = swb_journal_format_call (record);

  if (swb_payload_has_bytes (record))
    return describe_bytes (bench, record, socket);
  if (*socket == '\0')
    return g_steal_pointer (&call);
  return g_strdup_printf ("%s · %s", socket, call);
}

char *
swb_payload_describe_circumstances (SwbJournalRow *row)
{
  const SwbRecord *record = swb_journal_row_get_record (row);
  g_autofree char *time = swb_journal_format_time (row, SWB_TIME_ABSOLUTE);
  g_autofree char *call = swb_journal_format_call (record);
  g_autofree char *took = swb_journal_format_took (record);
  GString *text = g_string_new (time);

  if (swb_payload_has_bytes (record))
    g_string_append_printf (text, " · %s", call);
  if (record->kind == SWB_RECORD_CALL && record->fd >= 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("descriptor %d"), record->fd);
    }
  if (*took != '\0')
    g_string_append_printf (text, " · %s", took);
  return g_string_free (text, FALSE);
}

char *
swb_payload_describe_several (const SwbRecordsExtent *extent)
{
  g_autofree char *records = swb_journal_format_number (extent->n_records);
  g_autofree char *size = describe_count (
      extent->n_sent + extent->n_received - extent->n_unkept, extent->n_unkept);

  /* Translators: a number of records, and what their bytes come to: "12 records · 3,000
   * bytes" */
  return g_strdup_printf (ngettext ("%s record · %s", "%s records · %s", extent->n_records),
                          records, size);
}

char *
swb_payload_describe_directions (const SwbRecordsExtent *extent)
{
  g_autofree char *out = swb_journal_format_size (extent->n_sent);
  g_autofree char *in = swb_journal_format_size (extent->n_received);

  /* Translators: the bytes of several records are shown as one: "4 kB out · 8 kB in" */
  return g_strdup_printf (_ ("%s out · %s in, one behind the other"), out, in);
}

/* Why there are no bytes to look at stands above the call. */
static char *
describe_call (const SwbRecord *record)
{
  gsize n_unkept = swb_record_get_n_unkept (record);
  g_autofree char *call = swb_notation_print_call (record);
  g_autofree char *sentence = NULL;

  if (n_unkept == 0)
    return g_steal_pointer (&call);
  sentence = swb_notation_dup_unkept (n_unkept);
  return g_strdup_printf ("%s\n\n%s", sentence, call);
}

char *
swb_payload_describe_text (const SwbRecord *record)
{
  char *sentence = swb_note_dup_sentence (record);

  if (sentence != NULL)
    return sentence;
  if (record->kind == SWB_RECORD_CALL)
    return describe_call (record);
  if (record->n_data == 0)
    return g_strdup (record->kind == SWB_RECORD_OUTCOME && record->error == 0 ? _ ("Done.")
                                                                              : "");
  return swb_payload_display (record->data, record->n_data, SWB_ENCODING_UTF8,
                              SENTENCE_MAX_CHARS);
}

char *
swb_payload_describe_failure (const SwbRecord *record)
{
  SwbCall call = record->kind == SWB_RECORD_CALL ? record->call : SWB_CALL_NONE;
  const char *remedy;

  if (record->error <= 0)
    return NULL;
  remedy = swb_errno_remedy (call, record->error);
  return g_strdup_printf ("%s: %s%s%s", swb_errno_name (record->error),
                          swb_errno_explain (call, record->error),
                          remedy != NULL ? "\n" : "", remedy != NULL ? remedy : "");
}

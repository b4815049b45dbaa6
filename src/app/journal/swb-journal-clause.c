/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-clause.h"

#include "journal/filter/swb-filter.h"
#include "net/swb-errno.h"

#include <string.h>

/* Of data, so that the filter stays one that can be read. */
#define DATA_MAX 256
#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

/* An imported record may be older than the first one, which the language can say of a date
 * only. */
static char *
print_date (gint64 wall_ns)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (wall_ns / NS_PER_SECOND);
  g_autofree char *seconds = time != NULL ? g_date_time_format (time, "%FT%T") : NULL;

  if (seconds == NULL || wall_ns < 0)
    return NULL;
  return g_strdup_printf ("time >= %s.%09" G_GINT64_FORMAT "Z", seconds,
                          wall_ns % NS_PER_SECOND);
}

static char *
print_time (const SwbRecord *record, SwbJournal *journal)
{
  gint64 since_ns = record->time_ns;

  if (swb_journal_get_n_records (journal) > 0)
    since_ns -= swb_journal_get_start_ns (journal);
  if (since_ns < 0)
    return print_date (swb_journal_to_wall_ns (journal, record->time_ns));
  return g_strdup_printf ("time >= %" G_GINT64_FORMAT ".%09" G_GINT64_FORMAT "s",
                          since_ns / NS_PER_SECOND, since_ns % NS_PER_SECOND);
}

char *
swb_journal_clause_new_pane (SwbBench *bench, const SwbRecord *record)
{
  SwbPane *pane = bench != NULL ? swb_bench_get_pane_by_id (bench, record->pane) : NULL;

  if (record->pane == 0)
    return NULL;
  if (pane == NULL)
    return g_strdup_printf ("pane = %u", record->pane);
  return g_strdup_printf ("pane = %s", swb_pane_get_name (pane));
}

static char *
print_socket (SwbBench *bench, const SwbRecord *record)
{
  SwbPane *pane = bench != NULL ? swb_bench_get_pane_by_id (bench, record->pane) : NULL;

  if (pane == NULL || record->connection == SWB_CONNECTION_NONE
      || record->connection == SWB_CONNECTION_ALL)
    return swb_journal_clause_new_pane (bench, record);
  return g_strdup_printf ("socket = %s#%u", swb_pane_get_name (pane), record->connection);
}

static char *
print_end (SwbPane *pane, guint connection)
{
  if (connection == SWB_CONNECTION_NONE)
    return g_strdup_printf ("socket = %s", swb_pane_get_name (pane));
  return g_strdup_printf ("socket = %s#%u", swb_pane_get_name (pane), connection);
}

/* Sockets without a name look all alike. */
static gboolean
is_same (const SwbAddress *a, const SwbAddress *b)
{
  return a->length > sizeof (sa_family_t) && swb_address_equal (a, b);
}

/* The socket of @pane that is connected with @socket from the other side. */
static char *
print_peer (SwbPane *pane, SwbConnection *socket)
{
  for (guint i = 0; i <= swb_pane_get_n_accepted (pane); i++)
    {
      SwbConnection *other = swb_pane_find_connection (pane, i);

      if (other != NULL
          && is_same (swb_connection_get_peer (socket), swb_connection_get_local (other))
          && is_same (swb_connection_get_local (socket), swb_connection_get_peer (other)))
        return print_end (pane, i);
    }
  return NULL;
}

char *
swb_journal_clause_new_conversation (SwbBench *bench, const SwbRecord *record)
{
  SwbPane *pane = bench != NULL ? swb_bench_get_pane_by_id (bench, record->pane) : NULL;
  SwbConnection *socket
      = pane != NULL ? swb_pane_find_connection (pane, record->connection) : NULL;
  g_autofree char *own = NULL;
  g_autofree char *peer = NULL;
  SwbPane *other;

  if (socket == NULL)
    return swb_journal_clause_new_pane (bench, record);
  own = print_end (pane, record->connection);
  for (guint id = 1; peer == NULL && (other = swb_bench_get_pane_by_id (bench, id)); id++)
    peer = print_peer (other, socket);
  if (peer == NULL)
    return g_steal_pointer (&own);
  return g_strdup_printf ("(%s or %s)", own, peer);
}

static char *
print_call (const SwbRecord *record)
{
  static const char *const kinds[] = {
    [SWB_RECORD_COMMAND] = "command",
    [SWB_RECORD_OUTCOME] = "outcome",
    [SWB_RECORD_NOTE] = "note",
    [SWB_RECORD_PACKET] = "packet",
  };

  if (record->kind == SWB_RECORD_CALL)
    return g_strdup_printf ("call = %s", swb_call_get_info (record->call)->name);
  /* A record that is gone has no kind. */
  if (record->kind >= G_N_ELEMENTS (kinds) || kinds[record->kind] == NULL)
    return NULL;
  return g_strdup_printf ("kind = %s", kinds[record->kind]);
}

static char *
print_data (const SwbRecord *record)
{
  g_autofree char *quoted = NULL;

  if (record->n_data == 0)
    return NULL;
  quoted = swb_filter_quote (record->data, MIN (record->n_data, DATA_MAX));
  return g_strdup_printf ("data %s %s", record->n_data > DATA_MAX ? "~" : "=", quoted);
}

static char *
print_result (const SwbRecord *record)
{
  const char *name = swb_errno_name (record->error);

  if (record->kind == SWB_RECORD_NOTE || record->kind == SWB_RECORD_COMMAND)
    return NULL;
  if (record->error != 0 && swb_errno_from_name (name) == record->error)
    return g_strdup_printf ("errno = %s", name);
  if (record->error != 0)
    return g_strdup_printf ("errno = %d", record->error);
  return g_strdup_printf ("result = %d", record->result);
}

char *
swb_journal_clause_new (SwbBench *bench, SwbJournal *journal, const SwbRecord *record,
                        SwbJournalColumn column)
{
  static const char *const directions[] = { "in", "none", "out" };

  switch (column)
    {
    case SWB_JOURNAL_TIME:
      return print_time (record, journal);
    case SWB_JOURNAL_SOCKET:
      return print_socket (bench, record);
    case SWB_JOURNAL_DIRECTION:
      return g_strdup_printf ("dir = %s",
                              directions[swb_record_get_direction (record) + 1]);
    case SWB_JOURNAL_CALL:
      return print_call (record);
    case SWB_JOURNAL_DATA:
      return print_data (record);
    case SWB_JOURNAL_RESULT:
      return print_result (record);
    case SWB_JOURNAL_TOOK:
      return record->kind != SWB_RECORD_CALL
                 ? NULL
                 : g_strdup_printf ("took >= %" G_GINT64_FORMAT "ns", record->took_ns);
    case SWB_JOURNAL_NUMBER:
    case SWB_JOURNAL_N_COLUMNS:
    default:
      return NULL;
    }
}

char *
swb_journal_clause_add (const char *text, const char *clause)
{
  g_autofree char *before = g_strstrip (g_strdup (text));

  if (*before == '\0')
    return g_strdup (clause);
  /* Where the word is only text, the parentheses do no harm. */
  if (strstr (before, "or") != NULL || strstr (before, "||") != NULL)
    return g_strdup_printf ("(%s) and %s", before, clause);
  return g_strdup_printf ("%s and %s", before, clause);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/journal/swb-journal-format.h"

#include "app/widgets/swb-local-time.h"
#include "bench/swb-bench-dissect.h"
#include "journal/notation/swb-notation.h"
#include "net/swb-errno.h"
#include "net/swb-payload.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#define SPOKEN_MAX_CHARS 120
#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

static const char *const time_format_names[]
    = { "absolute", "relative", "delta", "selected" };

const char *
swb_time_format_get_name (SwbTimeFormat format)
{
  return time_format_names[format < G_N_ELEMENTS (time_format_names) ? format : 0];
}

SwbTimeFormat
swb_time_format_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (time_format_names); i++)
    if (g_strcmp0 (name, time_format_names[i]) == 0)
      return i;
  return SWB_TIME_ABSOLUTE;
}

/* (nullable) @rest: (out): the nanoseconds behind the second */
static GDateTime *
make_time (gint64 wall_ns, gboolean utc, gint64 *rest)
{
  gint64 seconds = wall_ns / NS_PER_SECOND;

  *rest = wall_ns % NS_PER_SECOND;
  if (*rest < 0)
    {
      seconds--;
      *rest += NS_PER_SECOND;
    }
  return utc ? g_date_time_new_from_unix_utc (seconds) : swb_local_time_new (seconds);
}

char *
swb_journal_format_clock (gint64 wall_ns, gboolean utc)
{
  gint64 rest;
  g_autoptr (GDateTime) time = make_time (wall_ns, utc, &rest);

  if (time == NULL)
    return g_strdup ("");
  return g_strdup_printf ("%02d:%02d:%02d.%03d %03d", g_date_time_get_hour (time),
                          g_date_time_get_minute (time), g_date_time_get_second (time),
                          (int)(rest / 1000000), (int)(rest / 1000 % 1000));
}

char *
swb_journal_format_date (gint64 wall_ns, gboolean utc)
{
  gint64 rest;
  g_autoptr (GDateTime) time = make_time (wall_ns, utc, &rest);
  g_autofree char *digits = g_strdup_printf ("%09d", (int)rest);
  g_autofree char *format = NULL;

  if (time == NULL)
    return g_strdup ("");
  /* Translators: the full date and time of a record, as g_date_time_format() takes it; %s
   * are the digits behind the second, and the doubled signs are to stay doubled */
  format = g_strdup_printf (_ ("%%A, %%e %%B %%Y, %%H:%%M:%%S.%s %%Z"), digits);
  return g_date_time_format (time, format);
}

char *
swb_journal_format_interval (gint64 time_ns)
{
  guint64 us = (guint64)ABS (time_ns) / 1000;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%03d %03d", time_ns < 0 ? "−" : "+",
                          us / 1000000, (int)(us / 1000 % 1000), (int)(us % 1000));
}

/* printf's own grouping leaves the digits in one run where the locale is C, which is hard
 * to read for a count. */
char *
swb_journal_format_number (guint64 number)
{
  const char *separator = localeconv ()->thousands_sep;
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  gsize n_digits = strlen (digits);
  GString *text = g_string_new (NULL);

  if (*separator == '\0' || !g_utf8_validate (separator, -1, NULL))
    separator = ",";
  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

char *
swb_journal_format_size (guint64 n_bytes)
{
  if (n_bytes < 1000)
    return g_strdup_printf ("%d B", (int)n_bytes);
  return g_format_size (n_bytes);
}

char *
swb_journal_format_count (guint n_rows, guint64 n_bytes)
{
  g_autofree char *size = swb_journal_format_size (n_bytes);
  g_autofree char *count = swb_journal_format_number (n_rows);

  /* Translators: a number of rows of the journal, with grouped digits, and how many bytes
   * they moved: "10,000 events · 1.3 MB" */
  return g_strdup_printf (ngettext ("%s event · %s", "%s events · %s", n_rows), count,
                          size);
}

char *
swb_journal_format_hits (guint n_hits, guint n_records)
{
  g_autofree char *hits = swb_journal_format_number (n_hits);
  g_autofree char *count = swb_journal_format_number (n_records);

  /* Translators: how many rows of the journal the filter shows: "12 of 1,430 events" */
  return g_strdup_printf (ngettext ("%s of %s event", "%s of %s events", n_records), hits,
                          count);
}

char *
swb_journal_format_folded (guint64 n_records, gint64 span_ns, const char *details)
{
  g_autofree char *count = swb_journal_format_number (n_records);
  g_autofree char *span = swb_notation_short_duration (MAX (span_ns, 0));
  g_autofree char *text = NULL;

  /* Translators: how often a call was repeated, and in how long a time: "× 312 in 1.2 s" */
  text = g_strdup_printf (_ ("× %s in %s"), count, span);
  if (*details == '\0')
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s · %s", text, details);
}

static char *
pane_text (SwbBench *bench, guint id)
{
  SwbPane *pane = bench != NULL ? swb_bench_get_pane_by_id (bench, id) : NULL;

  if (pane != NULL)
    return g_strdup (swb_pane_get_title (pane));
  /* A part of a recording has the names of its panes, and not the commands that made them.
   */
  if (bench != NULL && swb_bench_has_recorded_name (bench, id))
    return g_strdup (swb_bench_get_pane_name (id, bench));
  return g_strdup_printf ("pane%u", id);
}

char *
swb_journal_format_name (SwbBench *bench, guint pane, guint connection)
{
  g_autofree char *name = pane_text (bench, pane);

  if (connection == SWB_CONNECTION_NONE)
    return g_steal_pointer (&name);
  if (connection == SWB_CONNECTION_ALL)
    return g_strconcat (name, " #all", NULL);
  return g_strdup_printf ("%s #%u", name, connection);
}

char *
swb_journal_format_socket (SwbBench *bench, const SwbRecord *record)
{
  return record->pane != 0
             ? swb_journal_format_name (bench, record->pane, record->connection)
             : g_strdup ("");
}

char *
swb_journal_format_time (SwbJournalRow *row, SwbTimeFormat format)
{
  SwbJournal *journal = swb_journal_row_get_journal (row);
  gint64 time_ns = swb_journal_row_get_record (row)->time_ns;

  switch (format)
    {
    case SWB_TIME_RELATIVE:
      return swb_journal_format_interval (time_ns - swb_journal_get_start_ns (journal));
    case SWB_TIME_DELTA:
      return swb_journal_format_interval (swb_journal_row_get_delta_ns (row));
    case SWB_TIME_SELECTED:
    case SWB_TIME_ABSOLUTE:
    default:
      return swb_journal_format_clock (swb_journal_to_wall_ns (journal, time_ns), FALSE);
    }
}

const char *
swb_journal_format_direction (const SwbRecord *record)
{
  int direction;

  if (record->kind == SWB_RECORD_COMMAND)
    return "▸";
  if (record->kind == SWB_RECORD_OUTCOME)
    return "◂";
  direction = swb_record_get_direction (record);
  return direction > 0 ? "→" : direction < 0 ? "←" : "·";
}

char *
swb_journal_format_call (const SwbRecord *record)
{
  return g_strdup (swb_notation_short_call (record));
}

/* @line: (transfer full). The address of an IP socket is part of the call, that of a frame
 * or of the kernel tells nothing new. */
static char *
print_dissection (const SwbRecord *record, char *line, gsize max_chars)
{
  SwbRecord bare = *record;
  g_autofree char *dissection = line;
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;

  if (record->address.family == AF_INET || record->address.family == AF_INET6)
    {
      swb_record_cut (&bare, 0);
      address = swb_notation_short_details (&bare, max_chars);
    }
  text = address != NULL ? g_strconcat (address, dissection, NULL) : g_strdup (dissection);
  return swb_payload_display ((const guint8 *)text, strlen (text), SWB_ENCODING_UTF8,
                              max_chars);
}

char *
swb_journal_format_details (SwbBench *bench, const SwbRecord *record, gsize max_chars)
{
  char *line = bench != NULL ? swb_bench_dissect (bench, record) : NULL;

  return line != NULL ? print_dissection (record, line, max_chars)
                      : swb_notation_short_details (record, max_chars);
}

char *
swb_journal_format_result (const SwbRecord *record)
{
  return swb_notation_short_result (record);
}

char *
swb_journal_format_took (const SwbRecord *record)
{
  if (record->kind == SWB_RECORD_COMMAND || record->kind == SWB_RECORD_NOTE)
    return g_strdup ("");
  return swb_notation_short_duration (record->took_ns);
}

char *
swb_journal_format_row (SwbBench *bench, SwbJournalRow *row)
{
  const SwbRecord *record = swb_journal_row_get_record (row);
  char *parts[] = {
    swb_journal_format_time (row, SWB_TIME_ABSOLUTE),
    swb_journal_format_socket (bench, record),
    swb_journal_format_call (record),
    swb_journal_format_details (bench, record, SPOKEN_MAX_CHARS),
    swb_journal_format_result (record),
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (*parts[i] != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", parts[i]);
      g_free (parts[i]);
    }
  return g_string_free (text, FALSE);
}

gboolean
swb_journal_is_failure (const SwbRecord *record)
{
  return record->error != 0 && record->error != EAGAIN && record->error != EINPROGRESS
         && record->error != EALREADY && record->origin != SWB_ORIGIN_SURVEY;
}

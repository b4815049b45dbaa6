/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/filter/swb-filter-private.h"

#include "journal/store/swb-journal-private.h"
#include "net/swb-duration.h"
#include "net/swb-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define SECOND_NS G_GINT64_CONSTANT (1000000000)
#define DAY_NS (86400 * SECOND_NS)

static gboolean
fail (int *code, const char **message, int why, const char *text)
{
  *code = why;
  *message = text;
  return FALSE;
}

gboolean
swb_filter_duration_parse (const char *text, gint64 *ns, int *code, const char **message)
{
  switch (swb_duration_read (text, ns))
    {
    case SWB_DURATION_RIGHT:
      return TRUE;
    case SWB_DURATION_NO_NUMBER:
      return fail (code, message, SWB_ERROR_SYNTAX,
                   _ ("A length of time is expected here, such as 2.5s or 500ms"));
    case SWB_DURATION_NO_UNIT:
      return fail (code, message, SWB_ERROR_SYNTAX,
                   _ ("A time needs its unit: ns, us, ms, s, min or h"));
    case SWB_DURATION_WRONG_UNIT:
      return fail (code, message, SWB_ERROR_UNKNOWN,
                   _ ("There is no such unit of time; there are ns, us, ms, s, min and h"));
    case SWB_DURATION_TOO_FINE:
      return fail (code, message, SWB_ERROR_RANGE,
                   _ ("Times are no finer than a nanosecond"));
    case SWB_DURATION_TOO_LONG:
    default:
      return fail (code, message, SWB_ERROR_RANGE, _ ("This time is too long"));
    }
}

/* @n_digits digits, a number of at most @max. */
static gboolean
read_part (const char **text, guint n_digits, int max, int *value)
{
  *value = 0;
  for (guint i = 0; i < n_digits; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (**text - '0');
    }
  return *value <= max;
}

static gboolean
skip (const char **text, char mark)
{
  if (**text != mark)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* HH:MM, then perhaps :SS and .fraction */
static gboolean
read_clock (const char **text, gint64 *ns)
{
  int hour, minute, second = 0;
  gint64 fraction = 0;

  if (!read_part (text, 2, 23, &hour) || !skip (text, ':')
      || !read_part (text, 2, 59, &minute))
    return FALSE;
  if (skip (text, ':') && !read_part (text, 2, 59, &second))
    return FALSE;
  if (skip (text, '.')
      && (!g_ascii_isdigit (**text)
          || !swb_duration_read_fraction (text, SECOND_NS, &fraction)))
    return FALSE;

  *ns = ((hour * 60 + minute) * 60 + second) * SECOND_NS + fraction;
  return TRUE;
}

/* Z, +HH:MM, -HH:MM; nothing is local time. */
static GTimeZone *
read_zone (const char **text)
{
  const char *from = *text;
  int hours, minutes;

  if (*from == '\0')
    return g_time_zone_new_local ();
  if (skip (text, 'Z'))
    return g_time_zone_new_utc ();
  if ((!skip (text, '+') && !skip (text, '-')) || !read_part (text, 2, 23, &hours)
      || !skip (text, ':') || !read_part (text, 2, 59, &minutes))
    return NULL;

  gint32 seconds = (hours * 60 + minutes) * 60;
  return g_time_zone_new_offset (*from == '-' ? -seconds : seconds);
}

/* YYYY-MM-DDTHH:MM:SS.fraction and a zone; years that ns of 64 bits reach. */
static gboolean
read_date (const char *text, gint64 *ns)
{
  int year, month, day;
  gint64 of_day;

  if (!read_part (&text, 4, 2261, &year) || !skip (&text, '-')
      || !read_part (&text, 2, 12, &month) || !skip (&text, '-')
      || !read_part (&text, 2, 31, &day) || !skip (&text, 'T')
      || !read_clock (&text, &of_day) || year < 1970)
    return FALSE;

  g_autoptr (GTimeZone) zone = read_zone (&text);
  if (zone == NULL || *text != '\0')
    return FALSE;

  g_autoptr (GDateTime) date = g_date_time_new (
      zone, year, month, day, (int)(of_day / (3600 * SECOND_NS)),
      (int)(of_day / (60 * SECOND_NS) % 60), (double)(of_day / SECOND_NS % 60));
  if (date == NULL)
    return FALSE;

  *ns = g_date_time_to_unix (date) * SECOND_NS + of_day % SECOND_NS;
  return *ns >= 0;
}

static gboolean
parse_absolute (const char *text, SwbTimeBase *base, gint64 *ns)
{
  const char *at = text;
  gint64 value;

  if (read_clock (&at, &value) && *at == '\0')
    *base = SWB_TIME_OF_DAY;
  else if (read_date (text, &value))
    *base = SWB_TIME_WALL;
  else
    return FALSE;

  *ns = value;
  return TRUE;
}

gboolean
swb_filter_time_parse (const char *text, SwbTimeBase *base, gint64 *ns, int *code,
                       const char **message)
{
  gboolean before = *text == '-';

  if (*text != '\0' && strpbrk (text + 1, ":-") != NULL)
    return parse_absolute (text, base, ns)
           || fail (
               code, message, SWB_ERROR_SYNTAX,
               _ ("A moment is written 14:47:12.5 or 2026-11-22T14:47:12.5, perhaps with "
                  "Z or +01:00"));

  if (!swb_filter_duration_parse (text + (before ? 1 : 0), ns, code, message))
    return FALSE;

  *base = before ? SWB_TIME_BEFORE_LAST : SWB_TIME_SINCE_FIRST;
  *ns = before ? -*ns : *ns;
  return TRUE;
}

void
swb_filter_duration_print (GString *text, gint64 ns)
{
  g_autofree char *printed = swb_duration_print (ns);

  g_string_append (text, printed);
}

static void
print_fraction (GString *text, gint64 ns)
{
  if (ns == 0)
    return;

  g_string_append_printf (text, ".%09" G_GINT64_FORMAT, ns);
  while (text->str[text->len - 1] == '0')
    g_string_truncate (text, text->len - 1);
}

static void
print_wall (GString *text, gint64 ns)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (ns / SECOND_NS);
  g_autofree char *seconds = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");

  g_string_append (text, seconds);
  print_fraction (text, ns % SECOND_NS);
  g_string_append_c (text, 'Z');
}

static void
print_of_day (GString *text, gint64 ns)
{
  int second = (int)(ns / SECOND_NS);

  g_string_append_printf (text, "%02d:%02d:%02d", second / 3600, second / 60 % 60,
                          second % 60);
  print_fraction (text, ns % SECOND_NS);
}

void
swb_filter_time_print (GString *text, SwbTimeBase base, gint64 ns)
{
  switch (base)
    {
    case SWB_TIME_BEFORE_LAST:
      g_string_append_c (text, '-');
      swb_filter_duration_print (text, -ns);
      break;
    case SWB_TIME_WALL:
      print_wall (text, ns);
      break;
    case SWB_TIME_OF_DAY:
      print_of_day (text, ns);
      break;
    case SWB_TIME_SINCE_FIRST:
    default:
      swb_filter_duration_print (text, ns);
      break;
    }
}

static gint64
add (gint64 a, gint64 b)
{
  gint64 sum;

  if (__builtin_add_overflow (a, b, &sum))
    return b > 0 ? G_MAXINT64 : G_MININT64;
  return sum;
}

/* When it was @ns behind midnight on the clock of the day of the journal's first record, in
 * local time: not that long after midnight on a day that has 23 or 25 hours. The anchor may
 * be of another day, as of a journal that was imported. */
static gint64
get_wall_of_day (SwbJournal *journal, gint64 ns)
{
  gint64 start_ns = swb_journal_to_wall_ns (journal, swb_journal_get_start_ns (journal));
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (start_ns / SECOND_NS);
  int second = (int)(ns / SECOND_NS);

  if (day == NULL)
    return add (start_ns - start_ns % DAY_NS, ns);

  g_autoptr (GDateTime) moment = g_date_time_new_local (
      g_date_time_get_year (day), g_date_time_get_month (day),
      g_date_time_get_day_of_month (day), second / 3600, second / 60 % 60, second % 60);
  return g_date_time_to_unix (moment) * SECOND_NS + ns % SECOND_NS;
}

/* The anchor comes from a file that may be damaged: as far as clocks go, at the most. */
static gint64
from_wall (SwbJournal *journal, gint64 wall_ns)
{
  gint64 since_anchor
      = add (wall_ns,
             journal->anchor.wall_ns == G_MININT64 ? G_MAXINT64 : -journal->anchor.wall_ns);

  return add (since_anchor, journal->anchor.monotonic_ns);
}

gint64
swb_filter_time_bind (SwbTimeBase base, gint64 ns, SwbJournal *journal, guint64 n_records)
{
  switch (base)
    {
    case SWB_TIME_BEFORE_LAST:
      return n_records == 0
                 ? ns
                 : add (swb_journal_peek_entry (journal, n_records - 1)->time_ns, ns);
    case SWB_TIME_WALL:
      return from_wall (journal, ns);
    case SWB_TIME_OF_DAY:
      return from_wall (journal, get_wall_of_day (journal, ns));
    case SWB_TIME_SINCE_FIRST:
    default:
      return n_records == 0 ? ns : add (swb_journal_get_start_ns (journal), ns);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/sessions/swb-session-text.h"

#include <glib/gi18n.h>

#include "app/journal/swb-journal-format.h"

#define NS_PER_S G_GINT64_CONSTANT (1000000000)

static GDateTime *
dup_local (gint64 wall_ns)
{
  return g_date_time_new_from_unix_local (wall_ns / NS_PER_S);
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b)
         && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

char *
swb_session_text_dup_when (gint64 wall_ns, gint64 now_wall_ns)
{
  g_autoptr (GDateTime) then = dup_local (wall_ns);
  g_autoptr (GDateTime) now = dup_local (now_wall_ns);
  g_autoptr (GDateTime) yesterday = now != NULL ? g_date_time_add_days (now, -1) : NULL;

  if (then == NULL || now == NULL || yesterday == NULL)
    return g_strdup (_ ("an unknown time"));
  if (is_same_day (then, now))
    /* Translators: a format of g_date_time_format(), within a sentence */
    return g_date_time_format (then, _ ("today %H:%M"));
  if (is_same_day (then, yesterday))
    /* Translators: a format of g_date_time_format(), within a sentence */
    return g_date_time_format (then, _ ("yesterday %H:%M"));
  /* Translators: a format of g_date_time_format(): day, month, year, time */
  return g_date_time_format (then, _ ("%-d %b %Y, %H:%M"));
}

char *
swb_session_text_dup_when_now (gint64 wall_ns)
{
  return swb_session_text_dup_when (wall_ns, g_get_real_time () * 1000);
}

char *
swb_session_text_dup_title (const char *folder)
{
  g_autofree char *name = g_path_get_basename (folder);
  gint64 wall_ns;
  g_autofree char *when = NULL;

  if (!swb_journal_get_begin (folder, &wall_ns))
    return g_filename_display_name (name);

  when = swb_session_text_dup_when_now (wall_ns);
  /* Translators: %s is a point in time: “today 14:02” */
  return g_strdup_printf (_ ("Session of %s"), when);
}

char *
swb_session_text_dup_records (guint64 n_records)
{
  g_autofree char *number = swb_journal_format_number (n_records);

  /* Translators: %s is a number with grouped digits */
  return g_strdup_printf (ngettext ("%s record", "%s records", n_records), number);
}

static char *
dup_length (gint64 length_ns)
{
  guint64 seconds = (guint64)MAX (length_ns, 0) / NS_PER_S;
  g_autofree char *number = NULL;

  if (seconds < 60)
    {
      number = swb_journal_format_number (seconds);
      return g_strdup_printf (ngettext ("%s second", "%s seconds", seconds), number);
    }
  if (seconds < 2 * 3600)
    {
      number = swb_journal_format_number (seconds / 60);
      return g_strdup_printf (ngettext ("%s minute", "%s minutes", seconds / 60), number);
    }
  number = swb_journal_format_number (seconds / 3600);
  return g_strdup_printf (ngettext ("%s hour", "%s hours", seconds / 3600), number);
}

char *
swb_session_text_dup_details (const SwbJournalInfo *info)
{
  g_autofree char *records = swb_session_text_dup_records (info->n_records);
  g_autofree char *size = swb_journal_format_size (info->n_bytes);
  g_autofree char *length = dup_length (info->end_wall_ns - info->begin_wall_ns);
  GString *text = g_string_new (NULL);

  /* Translators: records, size on disk, how long the session was */
  g_string_append_printf (text, _ ("%s · %s · %s"), records, size, length);
  if (g_str_equal (info->purpose, "run"))
    g_string_append (text, _ (" · from the command line"));
  if (info->fate == SWB_JOURNAL_KILLED)
    g_string_append (text, _ (" · ended unexpectedly"));
  else if (info->fate == SWB_JOURNAL_RUNNING)
    g_string_append (text, _ (" · goes on"));
  if (info->is_kept)
    g_string_append (text, _ (" · kept for good"));
  return g_string_free (text, FALSE);
}

char *
swb_session_text_dup_file_name (gint64 wall_ns)
{
  g_autoptr (GDateTime) begin = dup_local (wall_ns);
  g_autofree char *stamp
      = begin != NULL ? g_date_time_format (begin, "%Y-%m-%d %H.%M") : g_strdup ("");

  /* Translators: the name suggested for a recording; %s is date and time; keep .pcapng */
  return g_strdup_printf (_ ("Recording %s.pcapng"), stamp);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-cli.h"

#include <glib/gi18n.h>

#include "bench/swb-command.h"
#include "cli/swb-interrupt.h"
#include "cli/swb-opened.h"
#include "cli/swb-output.h"
#include "journal/notation/swb-notation.h"
#include "journal/filter/swb-scan.h"

/* The options as they are typed. */
typedef struct
{
  char *filter;
  char *format;
  char *output;
  gboolean decodes;
} Typed;

static void
clear_typed (Typed *typed)
{
  g_free (typed->filter);
  g_free (typed->format);
  g_free (typed->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, clear_typed)

static gboolean
read_format (const char *text, SwbExportFormat *format)
{
  *format = SWB_EXPORT_TEXT;
  if (text == NULL || swb_export_format_from_name (text, format))
    return TRUE;

  g_printerr (_ ("swb: --as is text, json, csv, hex, raw or pcapng, not “%s”\n"), text);
  return FALSE;
}

/* --- the filter --- */

static SwbFilter *
parse_filter (SwbOpened *opened, const char *text)
{
  g_autoptr (SwbFilterNames) names = swb_opened_make_filter_names (opened);
  g_autoptr (GError) error = NULL;
  gsize column = 1;
  SwbFilter *filter = swb_filter_parse (text, names, &column, &error);

  if (filter == NULL)
    g_printerr ("filter:%" G_GSIZE_FORMAT ": %s\n", column, error->message);
  return filter;
}

static guint64 *
dup_hits (SwbScan *scan)
{
  guint64 n_hits = swb_scan_get_n_hits (scan);
  guint64 *positions = g_new (guint64, MAX (n_hits, 1));

  for (guint64 i = 0; i < n_hits; i++)
    positions[i] = swb_scan_get_hit (scan, i);
  return positions;
}

static void
warn_of_undecided (SwbScan *scan)
{
  guint n = (guint)MIN (swb_scan_get_n_undecided (scan), G_MAXUINT);

  if (n > 0)
    g_printerr (ngettext ("swb: the filter's pattern took too many steps on %u record, "
                          "which is left out\n",
                          "swb: the filter's pattern took too many steps on %u records, "
                          "which are left out\n",
                          n),
                n);
}

/* Narrows @source to the records that pass. FALSE when a signal came first. */
static gboolean
select_records (SwbExportSource *source, SwbFilter *filter, guint64 **positions)
{
  g_autoptr (SwbScan) scan = NULL;

  if (filter == NULL || swb_filter_is_empty (filter))
    return TRUE;

  scan = swb_scan_new (source->journal, filter, 0, 0, 0, NULL, NULL);
  while (!swb_scan_is_done (scan) && swb_interrupt_get_signal () == 0)
    g_main_context_iteration (NULL, TRUE);
  if (swb_interrupt_get_signal () != 0)
    return FALSE;

  warn_of_undecided (scan);
  *positions = dup_hits (scan);
  source->positions = *positions;
  source->n_records = swb_scan_get_n_hits (scan);
  return TRUE;
}

/* --- raw --- */

static char *
dup_target (const SwbExportSource *source, guint pane, guint connection)
{
  const char *name = source->pane_name (pane, source->pane_data);
  g_autofree char *number = g_strdup_printf ("pane%u", pane);

  return swb_command_print_target (name != NULL ? name : number, connection);
}

static void
print_ambiguous (const SwbExportSource *source, const SwbRecord *other)
{
  g_autofree char *first = dup_target (source, source->pane, source->connection);
  g_autofree char *second = dup_target (source, other->pane, other->connection);
  const char *first_direction = source->direction > 0 ? "out" : "in";
  const char *second_direction = swb_record_get_direction (other) > 0 ? "out" : "in";

  g_printerr (_ ("swb: raw is the bytes of one direction of one socket, but the records "
                 "have those of %s (%s) and %s (%s); narrow them, as with "
                 "--filter='socket = %s and dir = %s'\n"),
              first, first_direction, second, second_direction, first, first_direction);
}

/* The one direction of one socket that the selected records have bytes of. */
static gboolean
choose_direction (SwbExportSource *source)
{
  SwbRecord record;

  for (guint64 i = 0; i < source->n_records; i++)
    {
      guint64 position = swb_export_source_get_position (source, i);
      int direction;

      if (!swb_journal_read (source->journal, position, &record))
        continue;
      direction = swb_record_get_direction (&record);
      if (direction == 0)
        continue;
      if (source->direction == 0)
        {
          source->pane = record.pane;
          source->connection = record.connection;
          source->direction = direction;
        }
      if (source->pane != record.pane || source->connection != record.connection
          || source->direction != direction)
        {
          print_ambiguous (source, &record);
          return FALSE;
        }
    }
  return TRUE;
}

/* --- the command --- */

static int
show (const char *path, const Typed *typed, SwbExportFormat format)
{
  g_autoptr (SwbOpened) opened = NULL;
  g_autoptr (SwbFilter) filter = NULL;
  g_autofree guint64 *positions = NULL;
  SwbExportSource source;
  guint64 n_unkept;
  int status = SWB_EXIT_WRONG;

  swb_interrupt_init ();
  opened = swb_opened_new (path, &status);
  if (opened == NULL)
    return status;
  if (typed->filter != NULL)
    {
      filter = parse_filter (opened, typed->filter);
      if (filter == NULL)
        return SWB_EXIT_WRONG;
    }

  swb_opened_init_source (opened, &source);
  source.dissects = typed->decodes;
  if (!select_records (&source, filter, &positions))
    return SWB_EXIT_SIGNAL + swb_interrupt_get_signal ();
  if (format == SWB_EXPORT_RAW && !choose_direction (&source))
    return SWB_EXIT_WRONG;
  status = swb_output_write (&source, format, typed->output);
  /* The bytes have no place where they could say it. */
  n_unkept = format == SWB_EXPORT_RAW ? swb_export_count_unkept (&source, NULL) : 0;
  if (n_unkept > 0)
    {
      g_autofree char *sentence = swb_notation_dup_unkept (n_unkept);

      g_printerr ("swb: %s\n", sentence);
    }
  return status;
}

int
swb_cli_show (int argc, char **argv)
{
  g_auto (Typed) typed = { 0 };
  SwbExportFormat format;
  const GOptionEntry entries[] = {
    { "filter", 'f', 0, G_OPTION_ARG_STRING, &typed.filter,
      N_ ("Only the records that pass, as in 'call = recv and len > 0'"), "FILTER" },
    { "as", 'a', 0, G_OPTION_ARG_STRING, &typed.format,
      N_ ("text (as strace prints calls), json, csv, hex, raw or pcapng"), "FORMAT" },
    { "decode", 'd', 0, G_OPTION_ARG_NONE, &typed.decodes,
      N_ ("Below each packet, frame or netlink message a line with what is in it"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &typed.output,
      N_ ("Write to this file instead of standard output"), "FILE" },
    { 0 },
  };

  if (!swb_cli_parse_options (entries, "show", _ ("FILE"),
                              _ ("Prints the records of a recording, a journal's folder, "
                                 "a pcap or pcapng file, JSON lines or a log of strace, "
                                 "or those of them that pass a filter."),
                              &argc, &argv)
      || !read_format (typed.format, &format))
    return SWB_EXIT_WRONG;
  if (argc != 2)
    {
      g_printerr (_ ("swb show: one recording is needed\n"));
      return SWB_EXIT_WRONG;
    }
  if (!swb_output_check_format (typed.output, format))
    return SWB_EXIT_WRONG;
  return show (argv[1], &typed, format);
}

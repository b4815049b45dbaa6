/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-run.h"

#include <glib/gi18n.h>
#include <string.h>

#include "net/swb-duration.h"

/* The options of run and do as they are typed. */
typedef struct
{
  char *journal;
  char *linger;
  gboolean until_idle;
  char *keep_folder;
  char *output;
  char *limit;
  char *at_limit;
} Typed;

static void
clear_typed (Typed *typed)
{
  g_free (typed->journal);
  g_free (typed->linger);
  g_free (typed->keep_folder);
  g_free (typed->output);
  g_free (typed->limit);
  g_free (typed->at_limit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, clear_typed)

static gboolean
read_format (const char *text, SwbJournalFormat *format)
{
  static const char *const names[] = { "text", "json", "none", "pcapng" };

  *format = SWB_JOURNAL_TEXT;
  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (text, names[i]))
      {
        *format = (SwbJournalFormat)i;
        return TRUE;
      }

  g_printerr (_ ("swb: --journal is text, json, none or pcapng, not “%s”\n"), text);
  return FALSE;
}

/* A recording goes to stdout only when asked to: it is no text. */
static gboolean
read_output (const Typed *typed, SwbRunOptions *options)
{
  options->output = typed->output;
  if (options->format == SWB_JOURNAL_PCAPNG && typed->output == NULL)
    g_printerr (_ ("swb: --journal=pcapng needs “-o FILE”; “-o -” is standard output\n"));
  else if (options->format == SWB_JOURNAL_NONE && typed->output != NULL)
    g_printerr (_ ("swb: --journal=none leaves nothing for “-o %s”\n"), typed->output);
  else
    return TRUE;
  return FALSE;
}

/* SIZE: bytes, or with a suffix K, M, G or T of 1024. */
static gboolean
read_size (const char *text, guint64 *n_bytes)
{
  static const char suffixes[] = "KMGT";
  const char *suffix;
  char *end;
  guint64 n = g_ascii_strtoull (text, &end, 10);
  guint shift = 0;

  if (!g_ascii_isdigit (text[0]))
    return FALSE;
  if (*end != '\0')
    {
      suffix = strchr (suffixes, g_ascii_toupper (*end));
      if (suffix == NULL || end[1] != '\0')
        return FALSE;
      shift = 10 * (guint)(suffix - suffixes + 1);
    }
  if (n > (guint64)G_MAXINT64 >> shift || n << shift < SWB_JOURNAL_LIMIT_MIN)
    return FALSE;

  *n_bytes = n << shift;
  return TRUE;
}

static gboolean
read_limit (const Typed *typed, SwbRunOptions *options)
{
  if (typed->limit != NULL && !read_size (typed->limit, &options->limit))
    {
      g_printerr (_ ("swb: --journal-limit is a size of at least 1M, such as 500M or 2G, "
                     "not “%s”\n"),
                  typed->limit);
      return FALSE;
    }
  if (typed->at_limit == NULL || g_str_equal (typed->at_limit, "oldest"))
    options->policy = SWB_LIMIT_OLDEST;
  else if (g_str_equal (typed->at_limit, "payload"))
    options->policy = SWB_LIMIT_PAYLOAD;
  else
    {
      g_printerr (_ ("swb: --at-limit is oldest or payload, not “%s”\n"), typed->at_limit);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_options (const Typed *typed, SwbRunOptions *options)
{
  g_autoptr (GError) error = NULL;

  options->until_idle = typed->until_idle;
  options->keep_folder = typed->keep_folder;
  if (!read_format (typed->journal, &options->format) || !read_output (typed, options)
      || !read_limit (typed, options))
    return FALSE;
  if (typed->linger != NULL
      && !swb_duration_parse (typed->linger, &options->linger_ns, &error))
    {
      g_printerr ("swb: --for: %s\n", error->message);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse (Typed *typed, SwbRunOptions *options, const char *name, const char *usage,
       const char *summary, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "journal", 'j', 0, G_OPTION_ARG_STRING, &typed->journal,
      N_ ("How the journal is printed: text (as strace prints calls), json, none or "
          "pcapng"),
      "FORMAT" },
    { "for", 'f', 0, G_OPTION_ARG_STRING, &typed->linger,
      N_ ("Keep the panes open that long after the last command"), "DURATION" },
    { "until-idle", 'u', 0, G_OPTION_ARG_NONE, &typed->until_idle,
      N_ ("Keep the panes open until nothing has happened for a second"), NULL },
    { "keep-journal", 0, 0, G_OPTION_ARG_FILENAME, &typed->keep_folder,
      N_ ("Write the journal to this new folder and leave it there"), "FOLDER" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &typed->output,
      N_ ("Write the journal to this file instead of standard output"), "FILE" },
    { "journal-limit", 0, 0, G_OPTION_ARG_STRING, &typed->limit,
      N_ ("How large the journal may grow on the disk, such as 500M or 2G; 4G or a tenth "
          "of what is free, if not given"),
      "SIZE" },
    { "at-limit", 0, 0, G_OPTION_ARG_STRING, &typed->at_limit,
      N_ ("What is given up then: oldest (the oldest records) or payload (the bytes of "
          "later calls)"),
      "WHAT" },
    { 0 },
  };

  return swb_cli_parse_options (entries, name, usage, summary, argc, argv)
         && read_options (typed, options);
}

int
swb_cli_run (int argc, char **argv)
{
  g_auto (Typed) typed = { 0 };
  SwbRunOptions options = { 0 };
  g_autoptr (SwbBenchFile) file = NULL;
  g_autofree char *place = NULL;

  if (!parse (
          &typed, &options, "run", _ ("FILE"),
          _ ("Carries out a bench file. Exit status: 0 when all was carried out and every "
             "expectation held, 1 when not, 2 when the file is wrong, 128 and the signal's "
             "number when a signal came before the last command had ended."),
          &argc, &argv))
    return SWB_EXIT_WRONG;
  if (argc != 2)
    {
      g_printerr (_ ("swb run: one file is needed\n"));
      return SWB_EXIT_WRONG;
    }

  file = swb_cli_load (argv[1]);
  if (file == NULL)
    return SWB_EXIT_WRONG;
  place = g_strconcat (argv[1], ":", NULL);
  return swb_run_file (file, place, &options);
}

/* Every argument is a line, so that a mistake's line is the argument's number. */
static SwbBenchFile *
join_commands (char **commands)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autofree char *text = NULL;
  SwbBenchFile *file;

  for (guint i = 0; commands[i] != NULL; i++)
    if (strchr (commands[i], '\n') != NULL)
      {
        g_printerr (
            _ ("command %u:%u: an argument is one command; this one has a newline\n"),
            i + 1, (guint)strcspn (commands[i], "\n") + 1);
        return NULL;
      }

  text = g_strjoinv ("\n", commands);
  file = swb_bench_file_parse (text, strlen (text), &mistakes);
  if (file == NULL)
    swb_cli_print_mistakes (_ ("command "), mistakes);
  return file;
}

int
swb_cli_do (int argc, char **argv)
{
  g_auto (Typed) typed = { 0 };
  SwbRunOptions options = { 0 };
  g_autoptr (SwbBenchFile) file = NULL;

  if (!parse (&typed, &options, "do", _ ("'COMMAND'…"),
              _ ("Carries out commands, each one argument, such as 'pane a AF_INET "
                 "SOCK_STREAM 0' "
                 "'a connect localhost:http'. Exit statuses are those of “swb run”."),
              &argc, &argv))
    return SWB_EXIT_WRONG;
  if (argc < 2)
    {
      g_printerr (_ ("swb do: at least one command is needed\n"));
      return SWB_EXIT_WRONG;
    }

  file = join_commands (argv + 1);
  return file ? swb_run_file (file, _ ("command "), &options) : SWB_EXIT_WRONG;
}

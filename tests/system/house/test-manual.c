/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "house.h"

/* What a person can write and what the manual pages say of it are the same, both ways. A
 * pattern's group is the word. */

/* { "bind", SWB_VERB_BIND, … and how the page writes a command of a pane, and one without
 */
#define VERB_OF_PARSER "\\{ \"([a-z]+)\", SWB_VERB_[A-Z]+,"
#define VERB_OF_PAGE "^\\.(?:IB NAME \"|BI) ?([a-z]+)(?: |\"|\\\\~)"

/* { AF_VSOCK, "vsock", … and a row of the page's table */
#define FORM_OF_TABLE "^  \\{ AF_[A-Z0-9]+, \"([a-z0-9-]+)\","
#define FORM_OF_PAGE "^\\\\fBAF_[A-Z0-9]+\\\\fR\t\\\\fB([a-z0-9\\\\-]+)\\\\fR"

/* { "at-limit", 0, 0, G_OPTION_… */
#define OPTION_OF_PROGRAM "\\{ \"([a-z-]+)\", (?:'.'|0), 0, G_OPTION"
#define OPTION_OF_PAGE "^\\.BR? [^\n]*?\\\\-\\\\-([a-z\\\\-]+)"

/* Words that stand behind a command. */
#define NO_VERBS "within"

static void
add_words (GHashTable *words, const char *path, const char *pattern)
{
  g_autofree char *text = house_read (path);
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *word = g_match_info_fetch (match, 1);
      /* A hyphen of roff. */
      g_auto (GStrv) parts = g_strsplit (word, "\\", -1);

      g_hash_table_add (words, g_strjoinv ("", parts));
    }
}

static GHashTable *
read_words (const char *path, const char *pattern)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_words (words, path, pattern);
  return words;
}

static void
refuse_missing (GHashTable *words, GHashTable *others, const char *sentence)
{
  GHashTableIter iter;
  gpointer word;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (!g_hash_table_contains (others, word))
      {
        g_test_message ("%s: %s", sentence, (const char *)word);
        g_test_fail ();
      }
}

static void
compare (GHashTable *in_source, GHashTable *in_page, guint n_at_least)
{
  g_assert_cmpuint (g_hash_table_size (in_source), >=, n_at_least);
  refuse_missing (in_source, in_page, "the manual page lacks");
  refuse_missing (in_page, in_source, "the manual page invents");
}

static void
test_verbs (void)
{
  g_autoptr (GHashTable) parser
      = read_words ("src/bench/swb-command-parse.c", VERB_OF_PARSER);
  g_autoptr (GHashTable) page = read_words ("data/man/swb-bench.5", VERB_OF_PAGE);

  g_test_summary ("Every verb of a bench is in the manual page, and no other");
  g_hash_table_remove (page, NO_VERBS);
  compare (parser, page, 30);
}

static void
test_addresses (void)
{
  g_autoptr (GHashTable) table
      = read_words ("src/net/swb-address-form-table.c", FORM_OF_TABLE);
  g_autoptr (GHashTable) page = read_words ("data/man/swb-bench.5", FORM_OF_PAGE);

  g_test_summary ("Every form of an address is in the manual page, and no other");
  compare (table, page, 25);
}

static void
test_options (void)
{
  g_autoptr (GPtrArray) files = house_list_files ("src/cli", ".c");
  g_autoptr (GHashTable) program = read_words (files->pdata[0], OPTION_OF_PROGRAM);
  g_autoptr (GHashTable) page = read_words ("data/man/swb.1", OPTION_OF_PAGE);

  g_test_summary ("Every option of the command line is in the manual page, and no other");
  for (guint i = 1; i < files->len; i++)
    add_words (program, files->pdata[i], OPTION_OF_PROGRAM);
  compare (program, page, 10);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manual/verbs", test_verbs);
  g_test_add_func ("/manual/addresses", test_addresses);
  g_test_add_func ("/manual/options", test_options);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "house.h"

#define PARSER "src/bench/swb-command-parse.c"
#define MANUAL "data/man/swb-bench.5"

/* A row of the parser's table: { "bind", SWB_VERB_BIND, … */
#define ROW "\\{ \"([a-z]+)\", SWB_VERB_[A-Z]+,"

/* How the manual page writes a command of a pane, and one without. */
#define OF_PANE "^\\.IB NAME \" %s\\b"
#define ALONE "^\\.BI %s\\\\~"

static gboolean
is_described (const char *manual, const char *verb)
{
  g_autofree char *of_pane = g_strdup_printf (OF_PANE, verb);
  g_autofree char *alone = g_strdup_printf (ALONE, verb);

  return g_regex_match_simple (of_pane, manual, G_REGEX_MULTILINE, 0)
         || g_regex_match_simple (alone, manual, G_REGEX_MULTILINE, 0);
}

static void
test_verbs (void)
{
  g_autofree char *parser = house_read (PARSER);
  g_autofree char *manual = house_read (MANUAL);
  g_autoptr (GRegex) row = g_regex_new (ROW, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n_verbs = 0;

  g_test_summary ("Every verb of a bench is in the manual page");

  g_regex_match (row, parser, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL), n_verbs++)
    {
      g_autofree char *verb = g_match_info_fetch (match, 1);

      if (is_described (manual, verb))
        continue;
      g_test_message (MANUAL " lacks %s", verb);
      g_test_fail ();
    }
  g_assert_cmpuint (n_verbs, >, 20);
  g_assert_false (is_described (manual, "fly"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manual/verbs", test_verbs);
  return g_test_run ();
}

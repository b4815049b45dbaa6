/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "house.h"

#include <string.h>

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

/* A row of the table of forms: { AF_VSOCK, "vsock", "sockaddr_vm", N_ ("vsock CID:PORT"), …
 */
#define FORM "\\{ (AF_[A-Z0-9]+), \"[a-z0-9-]+\", \"[a-z0-9_]+\", N_ \\(\"([^\"]+)\"\\)"

static void
test_addresses (void)
{
  g_autofree char *table = house_read ("src/net/swb-address-form-table.c");
  g_autofree char *page = house_read (MANUAL);
  g_autoptr (GString) manual = g_string_new (page);
  g_autoptr (GRegex) row = g_regex_new (FORM, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n_forms = 0;

  g_test_summary ("Every form of an address is in the manual page");

  g_string_replace (manual, "\\-", "-", 0);
  g_string_replace (manual, "...", "…", 0);
  g_regex_match (row, table, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL), n_forms++)
    {
      g_autofree char *domain = g_match_info_fetch (match, 1);
      g_autofree char *form = g_match_info_fetch (match, 2);
      g_autofree char *line = g_strdup_printf ("\n%s|%s\n", domain, form);

      if (strstr (manual->str, line) != NULL)
        continue;
      g_test_message (MANUAL " lacks %s %s", domain, form);
      g_test_fail ();
    }
  g_assert_cmpuint (n_forms, >, 30);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manual/verbs", test_verbs);
  g_test_add_func ("/manual/addresses", test_addresses);
  return g_test_run ();
}

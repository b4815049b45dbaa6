/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "journal/filter/swb-filter-private.h"

/* A filter: read, printed, read again, and run over a small journal in both ways there are.
 */

static guint
find_pane_cb (const char *name, gpointer user_data)
{
  return strlen (name) == 1 && *name >= 'a' && *name <= 'c' ? (guint)(*name - 'a') + 1 : 0;
}

static char *
dup_address_cb (guint pane, guint connection, SwbFilterEnd end, gpointer user_data)
{
  return pane == 2 ? NULL : g_strdup_printf ("10.0.%d.%u:%u", end, pane, connection + 1);
}

static SwbFilterNames *
get_names (void)
{
  static SwbFilterNames *names;

  if (names == NULL)
    names = swb_filter_names_new (find_pane_cb, dup_address_cb, NULL, NULL);
  return names;
}

static void
check_inverse (SwbFilter *filter)
{
  g_autofree char *text = swb_filter_print (filter);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbFilter) again = NULL;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  /* Escapes take more room than what they stand for. */
  if (strlen (text) > SWB_FILTER_TEXT_MAX)
    return;
  again = swb_filter_parse (text, get_names (), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (swb_filter_equal (filter, again));
}

/* A block at a time finds what record by record finds, unless a regex gave up. */
static void
check_matches (SwbFilter *filter)
{
  g_autoptr (SwbJournal) journal = fuzz_make_journal ();
  guint n = (guint)swb_journal_get_n_records (journal);
  g_autoptr (SwbMatcher) matcher = swb_matcher_new (filter, journal, n, NULL);
  guint64 bits[SWB_MATCHER_WORDS];

  g_assert_cmpuint (n, <=, SWB_MATCHER_BLOCK);
  g_assert_cmpuint (swb_matcher_select (matcher, 0, n, bits), ==, n);
  if (swb_matcher_get_n_undecided (matcher) > 0)
    return;
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (swb_filter_match (filter, journal, i), ==,
                     (bits[i / 64] >> (i % 64) & 1) != 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (GError) error = NULL;
  gsize position = 0;
  g_autoptr (SwbFilter) filter = swb_filter_parse (text, get_names (), &position, &error);

  if (filter == NULL)
    {
      fuzz_assert_explained (error);
      g_assert_cmpuint (position, >=, 1);
      g_assert_cmpuint (position, <=, strlen (text) + 1);
      return 0;
    }
  g_assert_no_error (error);
  check_inverse (filter);
  check_matches (filter);
  return 0;
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "filter-fixture.h"

#include "random-filter.h"

static char *
dup_address (guint pane, guint connection, SwbFilterEnd end, gpointer user_data)
{
  return dup_numbered_address (pane, connection, (int)end, user_data);
}

SwbFilterNames *
make_filter_names (void)
{
  return swb_filter_names_new (find_lettered_pane, dup_address, NULL, NULL);
}

SwbFilter *
parse_filter (const char *text)
{
  g_autoptr (SwbFilterNames) names = make_filter_names ();
  g_autoptr (GError) error = NULL;
  SwbFilter *filter = swb_filter_parse (text, names, NULL, &error);

  if (error != NULL)
    g_test_message ("%s: %s", text, error->message);
  g_assert_no_error (error);
  g_assert_nonnull (filter);
  return filter;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "net/swb-duration.h"

#include "net/swb-error.h"

static void
test_durations (void)
{
  static const struct
  {
    const char *text;
    gint64 ns;
  } right[] = {
    { "0s", 0 },
    { "1ns", 1 },
    { "100us", 100000 },
    { "100µs", 100000 },
    { "500ms", 500000000 },
    { "1.5s", 1500000000 },
    { "0.000000001s", 1 },
    { "1h", G_GINT64_CONSTANT (3600000000000) },
    { "2min", G_GINT64_CONSTANT (120000000000) },
    { "1000000000s", SWB_DURATION_MAX_NS },
  };
  static const char *const wrong[]
      = { "", "s", "5", "1.s", ".5s", "-1s", "1 s", "1.5ns", "1d", "1s1s" };
  gint64 ns = -7;

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_assert_true (swb_duration_parse (right[i].text, &ns, NULL));
      g_assert_cmpint (ns, ==, right[i].ns);
    }
  ns = -7;
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (swb_duration_parse (wrong[i], &ns, &error));
      g_assert_error (error, SWB_ERROR, SWB_ERROR_SYNTAX);
    }
  g_assert_cmpint (ns, ==, -7);
  g_assert_false (swb_duration_parse ("1000000001s", &ns, NULL));

  for (guint i = 0; i < 1000; i++)
    {
      gint64 random = (gint64)g_test_rand_double_range (0, (double)SWB_DURATION_MAX_NS);
      g_autofree char *text = swb_duration_print (random);

      g_assert_true (swb_duration_parse (text, &ns, NULL));
      g_assert_cmpint (ns, ==, random);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duration", test_durations);
  return g_test_run ();
}

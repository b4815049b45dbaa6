/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "net/swb-option.h"

/* Values of options, as text and as the kernel's bytes. The first byte chooses the option.
 */

/* %NULL behind the last. */
static const SwbOption *
choose (guint number)
{
  guint n_levels, n_options;
  const SwbOptionLevel *levels = swb_option_get_levels (&n_levels);

  for (guint i = 0; i < n_levels; i++, number -= n_options)
    {
      const SwbOption *options = swb_option_get_level (levels[i].level, &n_options);

      if (number < n_options)
        return &options[number];
    }
  return NULL;
}

static void
check_text (const SwbOption *option, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = swb_option_parse (option, text, &error);
  g_autoptr (GBytes) again = NULL;
  g_autofree char *printed = NULL;

  if (bytes == NULL)
    {
      fuzz_assert_explained (error);
      return;
    }
  printed
      = swb_option_print (option, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  again = swb_option_parse (option, printed, &error);
  g_assert_no_error (error);

  /* Of a text it doesn't matter how many zero bytes end it. */
  if (option == NULL || option->type != SWB_OPTION_TEXT)
    g_assert_true (g_bytes_equal (bytes, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const SwbOption *option = choose (fuzz_take_byte (&data, &size));
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autofree char *printed = swb_option_print (option, data, size);

  fuzz_assert_harmless (printed);
  check_text (option, text);
  return 0;
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
  static const char *const texts[] = { "on",
                                       "4096",
                                       "-1",
                                       "1.5s",
                                       "on 5s",
                                       "eth0",
                                       "127.0.0.1",
                                       "239.1.2.3 lo",
                                       "cubic",
                                       "hex:01 02",
                                       "0x7",
                                       "ff02::1 1",
                                       "232.1.2.3 127.0.0.1 10.0.0.1",
                                       "nan",
                                       "1 week",
                                       "off 0s",
                                       "" };

  for (guint i = 0; i < 256; i++)
    {
      g_autofree char *seed
          = g_strdup_printf ("%c%s", (char)i, texts[i % G_N_ELEMENTS (texts)]);

      g_ptr_array_add (seeds,
                       g_bytes_new (seed, 1 + strlen (texts[i % G_N_ELEMENTS (texts)])));
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "app/journal/swb-filter-completion.h"

/* What a filter that is being typed may become. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  gsize length = strlen (text), n_typed = G_MAXSIZE;
  g_autoptr (GPtrArray) words = swb_filter_completion_list (text, &n_typed);

  g_assert_cmpuint (n_typed, <=, length);
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = words->pdata[i];

      g_assert_true (g_str_has_prefix (word, text + length - n_typed));
      g_assert_cmpuint (strlen (word), >, n_typed);
    }
  return 0;
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
}

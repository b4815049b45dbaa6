/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "bench/swb-bench-file.h"

/* A bench file as a whole. */

static guint
count_lines (const guint8 *data, gsize size)
{
  guint n = 1;

  for (gsize i = 0; i < size; i++)
    n += data[i] == '\n';
  return n;
}

static void
check_mistakes (GPtrArray *mistakes, guint n_lines)
{
  g_assert_cmpuint (mistakes->len, <=, 100);
  for (guint i = 0; i < mistakes->len; i++)
    {
      const SwbMistake *mistake = mistakes->pdata[i];

      g_assert_cmpuint (mistake->line, >=, 1);
      g_assert_cmpuint (mistake->line, <=, n_lines);
      g_assert_cmpuint (mistake->column, >=, 1);
      g_assert_cmpint (mistake->message[0], !=, '\0');
      g_assert_true (g_utf8_validate (mistake->message, -1, NULL));
    }
}

/* What is printed of a good file is a good file. */
static void
check_file (SwbBenchFile *file)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (SwbBenchFile) again = NULL;

  for (guint i = 0; i < swb_bench_file_get_n_commands (file); i++)
    {
      g_autofree char *line = swb_command_print (swb_bench_file_get_command (file, i));

      g_string_append (text, line);
      g_string_append_c (text, '\n');
    }
  again = swb_bench_file_parse (text->str, text->len, &mistakes);
  g_assert_nonnull (again);
  g_assert_cmpuint (swb_bench_file_get_n_commands (again), ==,
                    swb_bench_file_get_n_commands (file));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (SwbBenchFile) file
      = swb_bench_file_parse (size > 0 ? (const char *)data : "", size, &mistakes);

  g_assert_nonnull (mistakes);
  g_assert_cmpint (file == NULL, ==, mistakes->len > 0);
  check_mistakes (mistakes, count_lines (data, size));
  if (file != NULL)
    check_file (file);
  return 0;
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
  fuzz_add_benches (seeds, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "bench/swb-command.h"

/* A line of the notation of commands. */

static void
assert_bytes_equal (GBytes *a, GBytes *b)
{
  g_assert_cmpint (a == NULL, ==, b == NULL);
  if (a != NULL)
    g_assert_true (g_bytes_equal (a, b));
}

static void
assert_commands_equal (const SwbCommand *a, const SwbCommand *b)
{
  g_assert_cmpint (a->verb, ==, b->verb);
  g_assert_cmpstr (a->pane, ==, b->pane);
  g_assert_cmpuint (a->connection, ==, b->connection);
  g_assert_cmpmem (a->numbers, sizeof a->numbers, b->numbers, sizeof b->numbers);
  g_assert_cmpint (a->role, ==, b->role);
  g_assert_cmpint (a->has_role, ==, b->has_role);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->other, ==, b->other);
  g_assert_cmpstr (a->address, ==, b->address);
  assert_bytes_equal (a->bytes, b->bytes);
  g_assert_cmpstr (a->file, ==, b->file);
  g_assert_cmpint (a->expect, ==, b->expect);
  g_assert_cmpstr (a->state, ==, b->state);
  g_assert_cmpint (a->duration_ns, ==, b->duration_ns);
  g_assert_cmpint (a->within_ns, ==, b->within_ns);
  g_assert_cmpint (a->expected_errno, ==, b->expected_errno);
}

static void
assert_inverse (const SwbCommand *command)
{
  g_autofree char *text = swb_command_print (command);
  g_autofree char *story = swb_command_describe (command);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbCommand) again = swb_command_parse (text, NULL, &error);
  g_autoptr (SwbCommand) copy = swb_command_copy (command);

  g_assert_no_error (error);
  g_assert_nonnull (again);
  assert_commands_equal (command, again);
  assert_commands_equal (command, copy);
  /* `accept` and `accept auto` begin with the same word. */
  g_assert_cmpstr (swb_verb_get_name (swb_command_peek_verb (story)), ==,
                   swb_verb_get_name (command->verb));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *line = fuzz_dup_line (data, size);
  g_autoptr (GError) error = NULL;
  guint column = G_MAXUINT;
  g_autoptr (SwbCommand) command = swb_command_parse (line, &column, &error);

  swb_command_peek_verb (line);
  if (command != NULL)
    assert_inverse (command);
  if (error == NULL)
    return 0;

  g_assert_null (command);
  fuzz_assert_explained (error);
  g_assert_cmpuint (column, >=, 1);
  g_assert_cmpuint (column, <=, strlen (line) + 1);
  return 0;
}

void
fuzz_add_seeds (GPtrArray *seeds)
{
  fuzz_add_benches (seeds, TRUE);
}

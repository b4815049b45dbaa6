/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "command-fixture.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include "journal/store/swb-record.h"

static char *
random_name (void)
{
  static const char letters[] = "abcXYZ019-_";
  char *name;

  do
    {
      GString *text = g_string_new ("p");

      for (int i = g_test_rand_int_range (0, 31); i > 0; i--)
        g_string_append_c (text, letters[g_test_rand_int_range (0, sizeof letters - 1)]);
      name = g_string_free (text, FALSE);
    }
  while (!swb_command_is_pane_name (name));
  return name;
}

static char *
random_text (void)
{
  static const char *const pieces[]
      = { "a",  "B",      "9", " ", "\"",     "\\", "#",  "\t",   "é",
          "日", "\u202e", "@", ":", "within", "/",  "\n", "\x01", "😀" };
  GString *text = g_string_new (NULL);

  for (int i = g_test_rand_int_range (0, 20); i > 0; i--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static GBytes *
random_bytes (void)
{
  guint8 data[64];
  int length = g_test_rand_int_range (0, 65);

  for (int i = 0; i < length; i++)
    data[i] = (guint8)g_test_rand_int_range (0, 256);
  return g_bytes_new (data, (gsize)length);
}

/* Each fills what its group of verbs has, and says whether it was one of them. */
static gboolean
fill_transfer (SwbCommand *command)
{
  int *numbers = command->numbers;

  switch (command->verb)
    {
    case SWB_VERB_SENDTO:
      command->address = random_text ();
      G_GNUC_FALLTHROUGH;
    case SWB_VERB_SENDMSG:
    case SWB_VERB_SENDMMSG:
    case SWB_VERB_SEND:
      if (command->verb == SWB_VERB_SENDMMSG)
        numbers[2] = g_test_rand_int_range (1, 65);
      if (command->verb == SWB_VERB_SENDMSG && g_test_rand_bit ())
        command->other = random_name ();
      if (g_test_rand_bit ())
        command->bytes = random_bytes ();
      else
        command->file = g_strconcat ("f", NULL);
      numbers[0] = g_test_rand_bit () ? (int)g_test_rand_int () : 0;
      return TRUE;
    case SWB_VERB_RECVMMSG:
    case SWB_VERB_RECVMSG:
      if (command->verb == SWB_VERB_RECVMMSG)
        numbers[2] = g_test_rand_int_range (1, 65);
      else if (g_test_rand_bit ())
        command->other = random_name ();
      G_GNUC_FALLTHROUGH;
    case SWB_VERB_RECV:
    case SWB_VERB_RECVFROM:
      numbers[0] = g_test_rand_bit () ? g_test_rand_int_range (0, 16777217) : 0;
      numbers[1] = g_test_rand_bit () ? (int)g_test_rand_int () : 0;
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
fill_call (SwbCommand *command)
{
  int *numbers = command->numbers;

  switch (command->verb)
    {
    case SWB_VERB_BIND:
    case SWB_VERB_CONNECT:
    case SWB_VERB_UNLINK:
      command->address = random_text ();
      return TRUE;
    case SWB_VERB_LISTEN:
      numbers[0] = (int)g_test_rand_int ();
      return TRUE;
    case SWB_VERB_IOCTL:
      numbers[0] = g_test_rand_bit () ? FIONREAD : g_test_rand_int_range (-3, 6);
      return TRUE;
    case SWB_VERB_SHUTDOWN:
      numbers[0] = g_test_rand_int_range (-3, 6);
      return TRUE;
    case SWB_VERB_SETSOCKOPT:
      command->bytes = random_bytes ();
      G_GNUC_FALLTHROUGH;
    case SWB_VERB_GETSOCKOPT:
      numbers[0] = g_test_rand_int_range (0, 45);
      numbers[1] = g_test_rand_int_range (0, 80);
      return TRUE;
    case SWB_VERB_SOCKETPAIR:
      command->other = random_name ();
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
fill_setting (SwbCommand *command)
{
  int *numbers = command->numbers;

  switch (command->verb)
    {
    case SWB_VERB_PANE:
      numbers[0] = g_test_rand_int_range (0, 45);
      numbers[1] = g_test_rand_int_range (0, 11);
      numbers[2] = g_test_rand_int_range (0, 300);
      command->title = g_test_rand_bit () ? random_text () : NULL;
      command->has_role = g_test_rand_bit ();
      command->role
          = command->has_role ? (SwbRole)g_test_rand_int_range (0, 3) : SWB_ROLE_PLAIN;
      return TRUE;
    case SWB_VERB_ACCEPT_MODE:
    case SWB_VERB_RECV_MODE:
      numbers[0] = g_test_rand_bit ();
      return TRUE;
    case SWB_VERB_REPLY:
      numbers[0] = g_test_rand_int_range (0, SWB_N_REPLIES);
      command->bytes = numbers[0] == SWB_REPLY_FIXED ? random_bytes () : NULL;
      return TRUE;
    case SWB_VERB_TITLE:
      command->title = random_text ();
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
fill_bench (SwbCommand *command)
{
  int *numbers = command->numbers;

  switch (command->verb)
    {
    case SWB_VERB_NOTE:
      {
        char *text = random_text ();
        numbers[0] = SWB_NOTE_TEXT;
        command->bytes = g_bytes_new_take (text, strlen (text));
      }
      return TRUE;
    case SWB_VERB_WAIT:
      command->duration_ns = g_test_rand_int_range (0, G_MAXINT);
      return TRUE;
    case SWB_VERB_EXPECT:
      command->expect
          = (SwbExpectKind)g_test_rand_int_range (SWB_EXPECT_RECV, SWB_EXPECT_ERROR + 1);
      command->bytes = command->expect == SWB_EXPECT_RECV ? random_bytes () : NULL;
      numbers[0]
          = command->expect == SWB_EXPECT_RECV_N ? g_test_rand_int_range (0, G_MAXINT) : 0;
      command->state = command->expect == SWB_EXPECT_STATE ? g_strdup ("BOUND") : NULL;
      command->expected_errno = command->expect == SWB_EXPECT_ERROR ? ECONNRESET : 0;
      return TRUE;
    default:
      return FALSE;
    }
}

static void
fill_randomly (SwbCommand *command)
{
  if (!fill_transfer (command) && !fill_call (command) && !fill_setting (command))
    fill_bench (command);
  if (swb_command_verb_waits (command->verb) && g_test_rand_bit ())
    command->within_ns = g_test_rand_int_range (0, G_MAXINT);
  if (command->verb < SWB_VERB_PANE && g_test_rand_bit ())
    command->expected_errno = g_test_rand_int_range (1, 30);
}

static void
assert_bytes_equal (GBytes *a, GBytes *b)
{
  g_assert_true ((a == NULL) == (b == NULL));
  if (a != NULL)
    g_assert_true (g_bytes_equal (a, b));
}

static void
assert_same (const SwbCommand *a, const SwbCommand *b)
{
  g_assert_cmpint (a->verb, ==, b->verb);
  g_assert_cmpstr (a->pane, ==, b->pane);
  g_assert_cmpuint (a->connection, ==, b->connection);
  g_assert_cmpmem (a->numbers, sizeof a->numbers, b->numbers, sizeof b->numbers);
  g_assert_cmpint (a->has_role, ==, b->has_role);
  g_assert_cmpint (a->role, ==, b->role);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->other, ==, b->other);
  g_assert_cmpstr (a->address, ==, b->address);
  g_assert_cmpstr (a->file, ==, b->file);
  g_assert_cmpstr (a->state, ==, b->state);
  g_assert_cmpint (a->expect, ==, b->expect);
  g_assert_cmpint (a->duration_ns, ==, b->duration_ns);
  g_assert_cmpint (a->within_ns, ==, b->within_ns);
  g_assert_cmpint (a->expected_errno, ==, b->expected_errno);
  assert_bytes_equal (a->bytes, b->bytes);
}

static void
test_random (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      SwbVerb verb = (SwbVerb)g_test_rand_int_range (SWB_VERB_SOCKET, SWB_N_VERBS);
      gboolean connected = verb == SWB_VERB_SEND || verb == SWB_VERB_RECV
                           || verb == SWB_VERB_EXPECT || verb == SWB_VERB_CLOSE;
      g_autofree char *name = verb == SWB_VERB_WAIT ? NULL : random_name ();
      g_autoptr (SwbCommand) command = swb_command_new (
          verb, name, connected ? (guint)g_test_rand_int_range (0, 5) : 0);
      g_autoptr (SwbCommand) again = NULL;
      g_autofree char *text = NULL;
      g_autoptr (SwbCommand) copy = NULL;

      fill_randomly (command);
      text = swb_command_print (command);
      g_assert_null (strchr (text, '\n'));
      again = parse_command (text);
      assert_same (command, again);
      copy = swb_command_copy (command);
      assert_same (command, copy);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/command/random", test_random);
  return g_test_run ();
}

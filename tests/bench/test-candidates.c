/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "bench-fixture.h"
#include "bench/swb-fold.h"

/* The addresses of a name, and which is tried next. */

typedef struct
{
  SwbFold *fold;
  SwbPane *pane;
  guint64 position;
} Panes;

static void
fold (Panes *self, SwbRecord record, const char *text)
{
  record.pane = 1;
  record.fd = 3;
  record.data = (const guint8 *)text;
  record.n_data = text != NULL ? strlen (text) : 0;
  swb_fold_record (self->fold, &record, self->position++);
}

static void
command (Panes *self, const char *text)
{
  fold (self, (SwbRecord){ .kind = SWB_RECORD_COMMAND }, text);
}

static Panes
make_panes (const char *text)
{
  Panes self = { .fold = swb_fold_new () };

  command (&self, text);
  self.pane = swb_fold_get_pane (self.fold, 1);
  g_assert_nonnull (self.pane);
  return self;
}

static void
resolved (Panes *self, const char *story)
{
  fold (self,
        (SwbRecord){ .kind = SWB_RECORD_NOTE, .note = SWB_NOTE_RESOLVED, .ints = { 7000 } },
        story);
}

static void
refused (Panes *self, int domain, const char *address)
{
  SwbRecord record = {
    .kind = SWB_RECORD_CALL, .call = SWB_CALL_CONNECT, .result = -1, .error = ECONNREFUSED
  };
  g_autofree char *host = NULL;

  g_assert_true (
      swb_address_parse (domain, SOCK_STREAM, address, &record.address, &host, NULL, NULL));
  fold (self, record, NULL);
}

/* "::1! 127.0.0.1-": tried, and not to be reached */
static void
assert_candidates (Panes *self, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  SwbCandidate candidate;

  for (guint i = 0; swb_pane_get_candidate (self->pane, i, &candidate); i++)
    {
      g_autofree char *printed = swb_address_print (&candidate.address);

      g_string_append_printf (text, "%s%s%s%s%s", i > 0 ? " " : "", printed,
                              candidate.is_tried ? "!" : "", candidate.is_chosen ? "*" : "",
                              candidate.is_reachable ? "" : "-");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_next (Panes *self, const char *expected)
{
  SwbAddress address;
  g_autofree char *text = NULL;
  gboolean is_there = swb_pane_get_next_address (self->pane, &address);

  if (is_there)
    text = swb_address_print (&address);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_turns (void)
{
  Panes self = make_panes ("pane c AF_INET6 SOCK_STREAM 0");

  g_test_summary ("the two domains take turns, each in the resolver's order");
  resolved (&self, "name is 2001:db8::1, 2001:db8::2, 2001:db8::3, 10.0.0.1, 10.0.0.2; "
                   "2001:db8::1 chosen: the first IPv6 address");
  assert_candidates (&self, "[2001:db8::1]:7000 10.0.0.1:7000 [2001:db8::2]:7000 "
                            "10.0.0.2:7000 [2001:db8::3]:7000");
  assert_next (&self, NULL);
  refused (&self, AF_INET6, "[2001:db8::1]:7000");
  assert_next (&self, "[::ffff:10.0.0.1]:7000");
  refused (&self, AF_INET6, "[::ffff:10.0.0.1]:7000");
  assert_next (&self, "[2001:db8::2]:7000");
  assert_candidates (&self, "[2001:db8::1]:7000! 10.0.0.1:7000!* [2001:db8::2]:7000 "
                            "10.0.0.2:7000 [2001:db8::3]:7000");
  swb_fold_free (self.fold);
}

static void
test_other_domain (void)
{
  Panes self = make_panes ("pane c AF_INET SOCK_STREAM 0");

  g_test_summary ("what only a socket of the other domain reaches is offered to one");
  resolved (&self,
            "name is 10.0.0.1, 2001:db8::1; 10.0.0.1 chosen: the first IPv4 address");
  assert_candidates (&self, "10.0.0.1:7000 [2001:db8::1]:7000-");
  refused (&self, AF_INET, "10.0.0.1:7000");
  assert_next (&self, NULL);

  /* Not one has the pane's domain: no call was made, and a note said so. */
  command (&self, "c connect name:7000");
  resolved (&self, "name is 2001:db8::1");
  fold (&self, (SwbRecord){ .kind = SWB_RECORD_NOTE, .note = SWB_NOTE_PROBLEM },
        "name has no IPv4 address; it is 2001:db8::1");
  assert_next (&self, NULL);

  command (&self, "c close");
  swb_fold_free (self.fold);
}

static void
test_random (void)
{
  g_test_summary (
      "whatever the list, none is lost, and as long as both domains have some they "
      "take turns");
  for (guint round = 0; round < 500; round++)
    {
      Panes self = make_panes ("pane c AF_INET6 SOCK_STREAM 0");
      g_autoptr (GString) story = g_string_new ("name is");
      guint n = (guint)g_test_rand_int_range (1, 12), n_left[2] = { 0, 0 };
      guint last[2] = { 0, 0 };
      gboolean was_v4 = FALSE;
      SwbCandidate candidate;

      for (guint i = 1; i <= n; i++)
        {
          gboolean v4 = g_test_rand_bit ();

          n_left[v4]++;
          g_string_append_printf (story, v4 ? " 10.0.0.%u," : " 2001:db8::%x,", i);
        }
      resolved (&self, story->str);
      for (guint i = 0; i < n; i++)
        {
          gboolean v4;
          guint number;

          g_assert_true (swb_pane_get_candidate (self.pane, i, &candidate));
          v4 = candidate.address.family == AF_INET;
          number = v4 ? ntohl (candidate.address.in.sin_addr.s_addr) & 0xff
                      : candidate.address.in6.sin6_addr.s6_addr[15];
          g_assert_cmpuint (number, >, last[v4]);
          last[v4] = number;
          if (i == 0)
            g_assert_cmpuint (number, ==, 1);
          else if (n_left[!was_v4] > 0)
            g_assert_cmpint (v4, !=, was_v4);
          n_left[v4]--;
          was_v4 = v4;
        }
      g_assert_false (swb_pane_get_candidate (self.pane, n, &candidate));
      swb_fold_free (self.fold);
    }
}

static void
test_command (BenchFixture *self, gconstpointer data)
{
  g_test_summary ("next says why there is nothing to try");
  bench_fixture_run (self, "pane c AF_INET SOCK_STREAM 0");
  g_assert_cmpint (bench_fixture_run (self, "c next"), ==, -1);
  g_assert_nonnull (strstr (self->last_message, "No name"));
  g_assert_cmpint (bench_fixture_run (self, "c connect localhost:1"), ==, ECONNREFUSED);
  g_assert_cmpint (bench_fixture_run (self, "c next"), !=, 0);
  g_assert_cmpint (bench_fixture_run (self, "c next"), ==, -1);
  g_test_message ("%s", self->last_message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/candidates/turns", test_turns);
  g_test_add_func ("/candidates/other-domain", test_other_domain);
  g_test_add_func ("/candidates/random", test_random);
  g_test_add ("/candidates/command", BenchFixture, NULL, bench_fixture_set_up, test_command,
              bench_fixture_tear_down);
  return g_test_run ();
}

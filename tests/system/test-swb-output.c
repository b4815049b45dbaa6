/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/store/swb-journal.h"
#include "swb-fixture.h"

/* Where swb run and swb do put the journal: recordings, files, pipes. */

static void
test_output_file (SwbFixture *self, gconstpointer data)
{
  static const char *const formats[] = { "--journal=text", "--journal=json" };

  g_test_summary ("text and JSON of a run go to a file, of mode 0600");
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, formats[i] + 2, NULL);
      g_auto (SwbResult) run = swb_fixture_run (self, NULL, NULL, "do", formats[i], "-o",
                                                path, "note \"in a file\"", NULL);
      g_autofree char *text = swb_fixture_read (self, formats[i] + 2, NULL);
      struct stat info;

      g_assert_cmpint (run.status, ==, 0);
      g_assert_cmpstr (run.out, ==, "");
      swb_assert_contains (text, "in a file");
      g_assert_cmpint (stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
}

static void
test_failed_run (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) run
      = swb_fixture_run (self, NULL, NULL, "do", "--journal=pcapng", "-o", "f.pcapng",
                         "pane a AF_INET SOCK_STREAM 0", "a connect 127.0.0.1:1", NULL);
  g_auto (SwbResult) show = swb_fixture_run (self, NULL, NULL, "show", "f.pcapng",
                                             "--filter=errno = ECONNREFUSED", NULL);

  g_test_summary ("a run that failed is recorded all the same");
  g_assert_cmpint (run.status, ==, 1);
  g_assert_cmpint (show.status, ==, 0);
  swb_assert_contains (show.out, "ECONNREFUSED");
}

static gboolean
has_note (SwbFixture *self)
{
  g_autofree char *path = g_build_filename (self->folder, "kept", NULL);
  g_autoptr (SwbJournal) journal = swb_journal_open (path, NULL);
  SwbRecord record;

  for (guint64 i = 0; journal != NULL && swb_journal_read (journal, i, &record); i++)
    if (record.n_data > 0 && memmem (record.data, record.n_data, "before", 6) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_interrupted_run (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) show = { 0 };
  SwbLive *live;

  g_test_summary ("a run that a signal ended is recorded all the same");
  live = swb_fixture_start (self, NULL, "do", "--journal=pcapng", "-o", "i.pcapng",
                            "--keep-journal=kept", "note \"before\"", "wait 100s", NULL);
  while (!has_note (self))
    g_usleep (1000);
  g_assert_cmpint (swb_live_end (live, SIGINT, NULL), ==, 128 + SIGINT);
  show = swb_fixture_run (self, NULL, NULL, "show", "i.pcapng", NULL);
  g_assert_cmpint (show.status, ==, 0);
  swb_assert_contains (show.out, "before");
}

static void
assert_run_refused (SwbFixture *self, const char *journal, const char *output,
                    const char *part)
{
  g_auto (SwbResult) run
      = swb_fixture_run (self, NULL, NULL, "do", journal, "-o", output,
                         "--keep-journal=never", "note \"carried out\"", NULL);

  g_assert_cmpint (run.status, ==, 2);
  g_assert_cmpstr (run.out, ==, "");
  swb_assert_contains (run.err, part);
  g_assert_false (swb_fixture_exists (self, "never"));
}

static void
test_unwritable (SwbFixture *self, gconstpointer data)
{
  g_auto (SwbResult) nowhere
      = swb_fixture_run (self, NULL, NULL, "do", "--journal=pcapng", "note \"x\"", NULL);

  g_test_summary ("what cannot be written is told before anything is carried out");
  g_assert_cmpint (nowhere.status, ==, 2);
  swb_assert_contains (nowhere.err, "-o FILE");
  assert_run_refused (self, "--journal=none", "x", "--journal=none");
  assert_run_refused (self, "--journal=pcapng", "missing/x.pcapng", "missing/x.pcapng: ");
  assert_run_refused (self, "--journal=pcapng", "/", "/: ");
  assert_run_refused (self, "--journal=text", "missing/x", "missing/x: ");
  assert_run_refused (self, "--journal=json", "/", "/: ");
}

static void
test_full (SwbFixture *self, gconstpointer data)
{
  static const char *const journals[] = { "--journal=pcapng", "--journal=text" };

  g_test_summary ("a full disk is exit status 1");
  for (guint i = 0; i < G_N_ELEMENTS (journals); i++)
    {
      g_auto (SwbResult) run = swb_fixture_run (self, NULL, NULL, "do", journals[i], "-o",
                                                "/dev/full", "note \"x\"", NULL);

      g_assert_cmpint (run.status, ==, 1);
      swb_assert_contains (run.err, "/dev/full: ");
    }
}

static void
test_pipe (SwbFixture *self, gconstpointer data)
{
  g_autofree char *command
      = g_strdup_printf ("'%s' do --journal=pcapng -o - 'note \"piped\"' | '%s' show -",
                         g_getenv ("SWB"), g_getenv ("SWB"));
  g_auto (SwbResult) piped = swb_fixture_run (self, NULL, "sh", "-c", command, NULL);

  g_test_summary ("a recording goes through a pipe");
  g_assert_cmpstr (piped.err, ==, "");
  g_assert_cmpint (piped.status, ==, 0);
  swb_assert_contains (piped.out, "bench ");
  swb_assert_contains (piped.out, "piped");
}

#define ADD(path, func)                                                                    \
  g_test_add ("/swb-output/" path, SwbFixture, NULL, swb_fixture_set_up, func,             \
              swb_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  alarm (SWB_SUITE_PATIENCE_S);
  ADD ("pipe", test_pipe);
  ADD ("output-file", test_output_file);
  ADD ("failed-run", test_failed_run);
  ADD ("interrupted-run", test_interrupted_run);
  ADD ("unwritable", test_unwritable);
  ADD ("full", test_full);
  return g_test_run ();
}

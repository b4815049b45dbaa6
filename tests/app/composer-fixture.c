/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "composer-fixture.h"

void
composer_desk_set_up (ComposerDesk *desk, PaneFixture *fixture)
{
  desk->server = pane_make (fixture, "server AF_INET SOCK_STREAM 0 as server");
  desk->client = pane_make (fixture, "client AF_INET SOCK_STREAM 0 as client");
  pane_listen (fixture, desk->server);
  pane_connect (fixture, desk->client, desk->server);

  desk->runner = swb_pane_runner_new (fixture->bench, desk->client);
  desk->composer = g_object_new (SWB_TYPE_COMPOSER, NULL);
  swb_composer_set_runner (SWB_COMPOSER (desk->composer), desk->runner);
  pane_show (fixture, desk->composer);
}

void
composer_desk_tear_down (ComposerDesk *desk, PaneFixture *fixture)
{
  pane_unshow (fixture, desk->composer);
  g_assert_finalize_object (desk->runner);
}

SwbComposeText *
composer_find_text (GtkWidget *composer)
{
  return SWB_COMPOSE_TEXT (pane_find (composer, SWB_TYPE_COMPOSE_TEXT, 0));
}

void
composer_assert_text (GtkWidget *composer, const char *expected)
{
  g_autofree char *text = swb_compose_text_dup_text (composer_find_text (composer));

  g_assert_cmpstr (text, ==, expected);
}

void
composer_choose_mode (GtkWidget *composer, guint mode)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (pane_find (composer, GTK_TYPE_DROP_DOWN, 0)),
                              mode);
}

gboolean
composer_read_last (PaneFixture *fixture, SwbCall call, SwbRecord *record)
{
  SwbJournal *journal = swb_bench_get_journal (fixture->bench);

  for (guint64 i = swb_journal_get_n_records (journal); i > 0; i--)
    if (swb_journal_read (journal, i - 1, record) && record->kind == SWB_RECORD_CALL
        && record->call == call)
      return TRUE;
  return FALSE;
}

void
composer_assert_sends (PaneFixture *fixture, GtkWidget *composer, const char *text,
                       const void *expected, gsize n_expected)
{
  SwbPane *client = swb_bench_find_pane (fixture->bench, "client");
  guint64 before = swb_pane_get_n_sent (client);
  SwbRecord sent;

  pane_write (composer, text);
  pane_press (composer, "send");
  pane_wait (swb_pane_get_n_sent (client) >= before + n_expected);
  g_assert_true (composer_read_last (fixture, SWB_CALL_SEND, &sent));
  g_assert_cmpmem (sent.data, sent.n_data, expected, n_expected);
  composer_assert_text (composer, "");
}

gboolean
composer_is_wrong (GtkWidget *composer)
{
  return gtk_widget_has_css_class (GTK_WIDGET (composer_find_text (composer)), "error");
}

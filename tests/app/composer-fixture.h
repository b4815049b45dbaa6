/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/composer/swb-compose-text.h"
#include "app/composer/swb-composer.h"
#include "pane-fixture.h"

/* A composer on a client that is connected to a server. */
typedef struct
{
  SwbPane *server;
  SwbPane *client;
  SwbPaneRunner *runner;
  GtkWidget *composer;
} ComposerDesk;

void composer_desk_set_up (ComposerDesk *desk, PaneFixture *fixture);
void composer_desk_tear_down (ComposerDesk *desk, PaneFixture *fixture);

SwbComposeText *composer_find_text (GtkWidget *composer);
void composer_assert_text (GtkWidget *composer, const char *expected);
gboolean composer_is_wrong (GtkWidget *composer); /* what is written */

/* @mode: in the order of the drop-down */
void composer_choose_mode (GtkWidget *composer, guint mode);

/* The last call of this kind in the journal. */
gboolean composer_read_last (PaneFixture *fixture, SwbCall call, SwbRecord *record);

/* Writes @text, presses send, and asserts that the pane "client" sends these bytes and the
 * entry is empty then. */
void composer_assert_sends (PaneFixture *fixture, GtkWidget *composer, const char *text,
                            const void *expected, gsize n_expected);

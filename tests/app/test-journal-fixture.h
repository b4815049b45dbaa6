/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench.h"

/* A journal in a folder of its own, and records to put into it. */

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  SwbJournal *journal;
} JournalFixture;

void journal_fixture_init (JournalFixture *self);
void journal_fixture_clear (JournalFixture *self);

/* Appends without publishing: @n_bytes of `data` sent by @pane. */
void journal_fixture_append_send (JournalFixture *self, guint pane, const char *data);

/* Sends of panes 1 and 2 in turn; every tenth has "GET" in it, from the first on. */
void journal_fixture_append_traffic (JournalFixture *self, guint n_records);

void journal_fixture_append_command (JournalFixture *self, guint pane, const char *text);
void journal_fixture_append_note (JournalFixture *self, guint pane, const char *text);
void journal_fixture_append_failure (JournalFixture *self, guint pane, SwbCall call,
                                     int error);
void journal_fixture_publish (JournalFixture *self);

/* Iterates the main context until @done says so; fails the test after four minutes. */
void journal_fixture_wait (gboolean (*done) (gpointer data), gpointer data);

G_END_DECLS

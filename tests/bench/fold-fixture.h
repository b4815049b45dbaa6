/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-fold.h"
#include "journal/store/swb-journal.h"

/* Records made by hand, appended to a real journal, and folded from there. */

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  SwbJournal *journal;
  SwbFold *fold;
  guint64 n_folded;
  gint64 time_ns;
  guint64 last_id;
  guint n_changed;
  GString *changes; /* of a watched list model: "position-removed+added " */
} FoldFixture;

void fold_fixture_set_up (FoldFixture *self, gconstpointer data);
void fold_fixture_tear_down (FoldFixture *self, gconstpointer data);

#define ADD_PANE_TEST(path, function)                                                      \
  g_test_add ("/pane/" path, FoldFixture, NULL, fold_fixture_set_up, function,             \
              fold_fixture_tear_down)

/* Publishes and folds what was appended since. */
void fold_records (FoldFixture *self);

/* A moment after the last; with an error the result is -1. */
void append_record (FoldFixture *self, SwbRecord record);

/* The command's id. */
guint64 append_command (FoldFixture *self, guint pane, const char *text);
void append_outcome (FoldFixture *self, guint pane, guint64 id, int error);

/* A command that succeeds at once. */
void run_command (FoldFixture *self, guint pane, const char *text);

SwbRecord call_record (guint pane, guint connection, SwbCall call, int result, int error);
void append_call (FoldFixture *self, guint pane, guint connection, SwbCall what, int result, int error);
void append_call_at (FoldFixture *self, guint pane, SwbCall what, int result, int error, const char *address);
void append_received (FoldFixture *self, guint pane, guint connection, const char *bytes, int error);

/* The engine's question for SO_ERROR after a connect, answered with @value. */
void append_so_error (FoldFixture *self, guint pane, int value);
void append_note (FoldFixture *self, guint pane, guint connection, SwbNote what, gint64 number, const char *text);

/* By a folded command: pane number @id. */
SwbPane *make_pane (FoldFixture *self, guint id, const char *text);

/* Pane 1, "s", of TCP, that listens on 127.0.0.1:7000. */
SwbPane *make_listener (FoldFixture *self);

void assert_address (const SwbAddress *address, const char *expected);

/* Of a pane's "changed": counts it. */
void count_changed_cb (SwbPane *pane, FoldFixture *self);

/* Of a list model's items-changed: what it says is asserted, and forgotten, by assert_changes(). */
void note_items_cb (GListModel *model, guint position, guint removed, guint added, FoldFixture *self);
void assert_changes (FoldFixture *self, const char *expected);

G_END_DECLS

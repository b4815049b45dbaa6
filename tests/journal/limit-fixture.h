/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal-health.h"
#include "journal/store/swb-journal.h"

/* A journal that takes as little as a journal may, of numbered records. */

G_BEGIN_DECLS

#define LIMIT SWB_JOURNAL_LIMIT_MIN

typedef struct
{
  char *folder;
  SwbJournal *journal;
  guint64 n; /* appended */
} LimitFixture;

/* @data: the SwbLimitPolicy */
void limit_fixture_set_up (LimitFixture *self, gconstpointer data);
void limit_fixture_tear_down (LimitFixture *self, gconstpointer data);

#define ADD_LIMIT_TEST(path, policy, test)                                                 \
  g_test_add ("/journal/limit/" path, LimitFixture, GUINT_TO_POINTER (policy),             \
              limit_fixture_set_up, test, limit_fixture_tear_down)

/* Fifty records, a quarter of a second after the last ones: every batch looks at the files. */
void publish_batch (LimitFixture *self);

/* Whether the record there can be read, and has the bytes it was written with. */
gboolean is_right (SwbJournal *journal, guint64 position);
void assert_all_right (SwbJournal *journal, guint64 first, guint64 n);

/* The bytes of the files in @folder. */
guint64 measure_files (const char *folder);

/* That this is the next event, and, until another happens, the last. */
void expect_event (LimitFixture *self, gboolean all, SwbLimitEvent wanted, guint64 wanted_number);

G_END_DECLS

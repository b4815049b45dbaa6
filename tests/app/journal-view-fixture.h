/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/journal/swb-journal-view.h"
#include "app/test-journal-fixture.h"

/* The journal view in a real window over a real bench. Where a test wants many records, it
 * writes them itself: the engine of a bench that is given no command writes none. */

G_BEGIN_DECLS

typedef struct
{
  JournalFixture fixture;
  SwbBench *bench;
  GtkWindow *window;
  SwbJournalView *view;
} JournalViewTest;

void journal_view_test_set_up (JournalViewTest *test, gconstpointer data);

/* The view must go with its window. */
void journal_view_test_tear_down (JournalViewTest *test, gconstpointer data);

GtkWidget *journal_view_test_get_child (JournalViewTest *test, const char *name);
GtkSelectionModel *journal_view_test_get_rows (JournalViewTest *test);
guint journal_view_test_count_rows (JournalViewTest *test);
const char *journal_view_test_get_label (JournalViewTest *test, const char *name);

/* The text of the filter bar, at once. */
void journal_view_test_filter (JournalViewTest *test, const char *text);

/* Shows what was appended. */
void journal_view_test_publish (JournalViewTest *test);

void journal_view_test_draw (JournalViewTest *test, guint n_frames);
void journal_view_test_activate (JournalViewTest *test, const char *action);

/* Until the journal has so many rows. */
void journal_view_test_wait_for_rows (JournalViewTest *test, guint n_rows);

/* Until a label says so. */
void journal_view_test_wait_for_label (JournalViewTest *test, GtkLabel *label,
                                       const char *text);

G_END_DECLS

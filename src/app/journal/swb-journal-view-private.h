/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/journal/swb-filter-bar.h"
#include "app/journal/swb-journal-clause.h"
#include "app/journal/swb-journal-columns.h"
#include "app/journal/swb-journal-marks.h"
#include "app/journal/swb-journal-model.h"
#include "app/journal/swb-journal-view.h"
#include "app/bytes/swb-payload-view.h"
#include "app/journal/swb-row-selection.h"

/* The journal view's inside, shared by the view and its actions. */

G_BEGIN_DECLS

struct _SwbJournalView
{
  GtkWidget parent_instance;

  /* of the template */
  GtkWidget *toolbar;
  GtkWidget *bar;
  GtkWidget *bar_start;
  GtkWidget *bar_end;
  GtkWidget *heading;
  GtkWidget *steer; /* what the menu has too */
  SwbFilterBar *filter_bar;
  GtkRevealer *mistake;
  GtkLabel *mistake_label;
  GtkLabel *empty_label;
  GtkWidget *pane_toggle;
  GtkWidget *pane_chip;
  GtkLabel *pane_name;
  GtkLabel *count_label;
  GtkLabel *status_label;
  GtkMenuButton *view_button;
  GtkMenuButton *goto_button;
  GtkEntry *goto_entry;
  GtkLabel *goto_mistake;
  GtkWidget *list_box;
  GMenuModel *view_menu;
  GtkDropDown *time_choice;
  GtkWidget *paned;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkColumnView *column_view;
  SwbPayloadView *payload;
  GMenuModel *row_menu;

  GSettings *settings;
  GCancellable *adding; /* of what adds the selected rows up; NULL when nothing does */
  GtkWidget *popover;
  SwbBench *bench;
  gulong records_handler;
  SwbPane *pane;
  SwbJournalModel *model;
  SwbRowSelection *selection; /* a GtkSelectionModel: the column view's */
  SwbJournalRow *shown_row;   /* beside the rows; nullable */
  SwbJournalColumns columns;
  gboolean commands;
  gboolean folds;
  gboolean paused;
  gboolean takes_more; /* the first rows are coming, a few a frame */
  guint take_source;   /* between two frames */

  SwbJournalMarks *marks; /* of the list box */
  char *find_text;        /* as filter_text; at most one of them is there */
  SwbScan *find_scan;     /* nullable */
  char *filter_text;       /* the last one without a mistake; NULL for none */
  SwbScan *pending;        /* until its first hits; the model has the one that is shown */
  gint64 pending_since;    /* monotonic time */
  gboolean asks_addresses; /* which a filter has a copy of */
  guint64 stamp;           /* of that copy */
  guint renew_source;
  gboolean has_wanted; /* a record that is to be shown once it is a row */
  guint64 wanted;
  guint64 n_last_folded; /* records that the last row stood for */
  SwbJournalColumn clicked; /* SWB_JOURNAL_N_COLUMNS for none */

  gboolean is_narrow;
  gboolean is_tiny; /* has a toolbar without its heading and without what the menu has too */
  gboolean is_tight; /* has no room for a payload that shows nothing */
  int divided_width; /* for which the payload got its width; 0: not yet */
  int divided_at;    /* where the divider was put then */
  gboolean follows;    /* the end stays in sight */
  int settles_in;      /* frames until the end is looked at again; 0 when it is not */
  double last_value;   /* of the vertical adjustment */
  double last_upper;
};

/* (transfer none) (nullable) */
SwbJournalRow *swb_journal_view_get_row (SwbJournalView *self);
void swb_journal_view_update_count (SwbJournalView *self);
void swb_journal_view_scroll_to_end (SwbJournalView *self);
void swb_journal_follow_init (SwbJournalView *self);
void swb_journal_view_follow (SwbJournalView *self, gboolean follows);

void swb_journal_rows_init (SwbJournalView *self);
void swb_journal_rows_set_model (SwbJournalView *self, SwbJournalModel *model); /* (nullable) */

/* The pane, the commands or the folding have changed. */
void swb_journal_rows_apply (SwbJournalView *self);

/* Opens or closes the group of repeats that a record is in; %FALSE where there is none. */
gboolean swb_journal_rows_toggle (SwbJournalView *self, guint64 position);

/* Tells what is selected, and shows the bytes of several rows. */
void swb_journal_status_update (SwbJournalView *self);

/* Adds the records of the selected rows, of which there are some. */
void swb_journal_selection_copy (SwbJournalView *self, SwbHits *records);

/* Shows what the model has to show, a few rows a frame where they are the first ones. */
void swb_journal_view_take (SwbJournalView *self);

void swb_journal_layout_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                                 int *minimum, int *natural, int *minimum_baseline,
                                 int *natural_baseline);
void swb_journal_layout_update (SwbJournalView *self); /* a row is shown beside, or none */
void swb_journal_layout_allocate (GtkWidget *widget, int width, int height, int baseline);

void swb_journal_filter_init (SwbJournalView *self);
void swb_journal_filter_detach (SwbJournalView *self);
gboolean swb_journal_filter_is_on (SwbJournalView *self);
void swb_journal_filter_apply (SwbJournalView *self); /* the text or a toggle has changed */
void swb_journal_filter_renew (SwbJournalView *self); /* records came */
void swb_journal_filter_add (SwbJournalView *self, const char *clause); /* nullable */
void swb_journal_filter_clear (SwbJournalView *self);

/* (transfer full): the selected rows, a line each, and what was left out where they are many */
char *swb_journal_copy_print (SwbJournalView *self);

/**
 * swb_journal_goto_run:
 * @text: a record's number from 1, or a time: of day, +2.5s behind the first record, -10s
 *   before the last
 * @error: SWB_ERROR_SYNTAX with a sentence
 *
 * Selects that record, or the next one that is shown, and scrolls to it.
 */
gboolean swb_journal_goto_run (SwbJournalView *self, const char *text, GError **error);
void swb_journal_goto_init (SwbJournalView *self);

/* (nullable) @filter: what is found, records on the screen first; %NULL ends it */
void swb_journal_find_set (SwbJournalView *self, SwbFilter *filter, guint64 first, guint64 n);
void swb_journal_find_step (SwbJournalView *self, int direction); /* 1 or -1 */
void swb_journal_find_update (SwbJournalView *self);              /* another row is selected */

void swb_journal_actions_install (GtkWidgetClass *widget_class);
void swb_journal_actions_init (SwbJournalView *self);
void swb_journal_actions_update (SwbJournalView *self);

G_END_DECLS

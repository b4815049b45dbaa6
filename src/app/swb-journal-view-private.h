/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/swb-journal-columns.h"
#include "app/swb-journal-model.h"
#include "app/swb-journal-view.h"
#include "app/swb-payload-view.h"

/* The journal view's inside, shared by the view and its actions. */

G_BEGIN_DECLS

struct _SwbJournalView
{
  GtkWidget parent_instance;

  /* of the template */
  GtkWidget *toolbar;
  GtkWidget *pane_toggle;
  GtkWidget *pane_chip;
  GtkLabel *pane_name;
  GtkLabel *count_label;
  GtkDropDown *time_choice;
  GtkWidget *paned;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkColumnView *column_view;
  SwbPayloadView *payload;
  GMenuModel *row_menu;

  GtkWidget *popover;
  SwbBench *bench;
  gulong records_handler;
  SwbPane *pane;
  SwbJournalModel *model;
  GtkSingleSelection *selection;
  SwbJournalColumns columns;
  gboolean commands;
  gboolean paused;
  gboolean takes_more; /* the first rows are coming, a few a frame */

  int divided_width; /* for which the payload got its width; 0: not yet */
  int divided_at;    /* where the divider was put then */
  gboolean follows;    /* the end stays in sight */
  int settles_in;      /* frames until the end is looked at again; 0 when it is not */
  double last_value;   /* of the vertical adjustment */
  double last_upper;
};

/* (transfer none) (nullable) */
SwbJournalRow *swb_journal_view_get_row (SwbJournalView *self);
void swb_journal_view_follow (SwbJournalView *self, gboolean follows);

void swb_journal_actions_install (GtkWidgetClass *widget_class);
void swb_journal_actions_init (SwbJournalView *self);
void swb_journal_actions_update (SwbJournalView *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/document/swb-bench-bar.h"
#include "app/document/swb-document.h"
#include "app/sessions/swb-hand-on.h"
#include "app/journal/swb-journal-banner.h"
#include "app/journal/swb-journal-view.h"
#include "app/pane/swb-pane-strip.h"
#include "app/sessions/swb-recovery-bar.h"
#include "app/widgets/swb-split.h"
#include "app/window/swb-window.h"

/* What the files of the window share. */

G_BEGIN_DECLS

struct _SwbWindow
{
  AdwApplicationWindow parent_instance;

  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  SwbBenchBar *bar;
  SwbRecoveryBar *recovery;
  SwbSaveBar *save_bar;
  SwbJournalBanner *banner;
  SwbSplit *split;
  GtkStack *stack;
  AdwStatusPage *broken_page;
  SwbPaneStrip *strip;
  GtkWidget *journal; /* SwbJournalView; made when first wanted */

  GSettings *settings;
  SwbBench *bench;
  SwbDocument *document;
  guint n_expected;   /* see swb_window_expect() */
  gboolean wants_run; /* asked for before the bench was set up */
  SwbHandOn *hand_on;
  GtkWindow *new_socket; /* made when first wanted */
  GHashTable *undos;     /* id → Undo, as long as its toast is there */
  guint last_undo;
};

/* swb-window-actions.c */
void swb_window_add_actions (SwbWindow *self);
void swb_window_update_actions (SwbWindow *self);
/* Runs the steps of the bench, or says why not; when it is there, if it is being opened. */
void swb_window_run_bench (SwbWindow *self);

/* swb-window-toasts.c */
GHashTable *swb_window_new_undos (void);
/* @snapshot: (transfer full): what pressing Undo brings back */
void swb_window_toast_with_undo (SwbWindow *self, const char *text, SwbSnapshot *snapshot);
void swb_window_undo (SwbWindow *self, guint id);
/* With a toast that undoes it. */
void swb_window_close_pane (SwbWindow *self, SwbPaneView *view);

G_END_DECLS

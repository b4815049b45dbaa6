/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/document/swb-document.h"

#include "bench/swb-bench-file.h"
#include "bench/swb-script.h"

/* What the files of the document share. */

G_BEGIN_DECLS

struct _SwbDocument
{
  GObject parent_instance;

  SwbBench *bench;
  SwbPaneStrip *strip; /* weak: the window's */
  GFile *file;
  char *name;
  SwbBenchFile *loaded;
  char *baseline; /* the text as it was when opened or saved; "" for a new one */
  gboolean modified;
  guint compare_timeout;
  GHashTable *prefills;  /* pane name → Prefill */
  guint n_adopted;       /* benches that took the place of another */
  GCancellable *loading; /* nullable: of the file that is being read */

  /* while the panes of a file are being made */
  SwbScript *setup;
  GPtrArray *steps;
  SwbSnapshot *before;
  char *restored; /* nullable: the baseline that comes back with them */
};

/* swb-document.c */
void swb_document_tell_problem (SwbDocument *self, const char *text);
void swb_document_emit_mistakes (SwbDocument *self, const char *name, GPtrArray *mistakes);
void swb_document_emit_replaced (SwbDocument *self);
void swb_document_emit_opened (SwbDocument *self, GPtrArray *steps, SwbSnapshot *before);
void swb_document_emit_settled (SwbDocument *self);
void swb_document_set_file (SwbDocument *self, GFile *file); /* @file: (nullable) */
/* Whether the text differs from what was saved: asked now, or soon. */
void swb_document_compare (SwbDocument *self);
void swb_document_compare_later (SwbDocument *self);
/* @baseline: (transfer full) (nullable): the text as it is now */
void swb_document_take_baseline (SwbDocument *self, char *baseline);

/* swb-document-files.c */
void swb_document_drop_loading (SwbDocument *self);

/* swb-document-prefill.c */
GHashTable *swb_document_new_prefills (void); /* (transfer full) */
void swb_document_collect_prefills (SwbDocument *self, SwbBenchFile *file);
void swb_document_fill_view (SwbDocument *self, SwbPaneView *view);

/* swb-document-setup.c */
gboolean swb_document_is_preparation (const SwbCommand *command);
/* Runs what prepares the panes of @file, instead of those that are there; the rest is kept as
 * steps. */
void swb_document_set_up (SwbDocument *self, SwbBenchFile *file);
void swb_document_drop_setup (SwbDocument *self);

/* swb-document-undo.c */
/* Takes @file (transfer full) to be the bench, known by the name of @source (nullable). @baseline: (nullable): what it is a
 * change of */
void swb_document_adopt (SwbDocument *self, SwbBenchFile *file, GFile *source,
                         const char *baseline);

G_END_DECLS

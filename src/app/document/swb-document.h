/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/pane/swb-pane-strip.h"

/* What is on the bench, as a file: opened, saved, compared with what was saved, remade after
 * it was closed. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_DOCUMENT (swb_document_get_type ())
G_DECLARE_FINAL_TYPE (SwbDocument, swb_document, SWB, DOCUMENT, GObject)

/* A text to come back to. */
typedef struct
{
  char *text;
  char *baseline;    /* what @text was a change of; nullable: of nothing */
  GFile *file;       /* nullable */
  gboolean is_whole; /* the whole bench, else one pane */
  SwbPane *pane;     /* the one; nullable */
} SwbSnapshot;

void swb_snapshot_free (SwbSnapshot *snapshot);
SwbSnapshot *swb_snapshot_steal (SwbSnapshot *snapshot); /* (transfer full): what it holds, leaving it empty */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbSnapshot, swb_snapshot_free)

/* Signals:
 *   "changed": name or modified
 *   "mistakes" (const char *name, GPtrArray *mistakes): a file was not opened
 *   "replaced": the panes go, since those of a file come
 *   "problem" (const char *text): something else went wrong, to be told
 *   "opened" (GPtrArray *steps, SwbSnapshot *before): the panes of a file are there; what is
 *      left to run; what was there before (nullable: nothing)
 *   "settled": swb_document_is_opening() is over; what came of it was told before */

SwbDocument *swb_document_new (SwbBench *bench, SwbPaneStrip *strip);

const char *swb_document_get_name (SwbDocument *self); /* (transfer none) (nullable): of the file */
GFile *swb_document_get_file (SwbDocument *self);      /* (transfer none) (nullable) */
gboolean swb_document_is_modified (SwbDocument *self);
gboolean swb_document_is_opening (SwbDocument *self); /* a file is being read, or its panes are being made */

void swb_document_open (SwbDocument *self, GFile *file);
/* @copy: what the program kept since the person had not saved it to @source (nullable: nor
 * anywhere). That it is gone is no problem to be told. */
void swb_document_open_copy (SwbDocument *self, GFile *copy, GFile *source);
void swb_document_save (SwbDocument *self, GFile *file);

/* Whether there is nothing to save. */
gboolean swb_document_is_empty (SwbDocument *self);

/* (transfer full): as it would be saved now; while panes are being made, the file that they are from. */
char *swb_document_dup_text (SwbDocument *self);

/* (transfer full) (nullable): what remakes the pane. */
SwbSnapshot *swb_document_snapshot_pane (SwbDocument *self, SwbPane *pane);
void swb_document_restore (SwbDocument *self, const SwbSnapshot *snapshot);

/* What the entries of the next pane of this name are filled with. @bind, @connect: (nullable) */
void swb_document_prefill (SwbDocument *self, const char *pane_name, const char *bind,
                           const char *connect);

G_END_DECLS

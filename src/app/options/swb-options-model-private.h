/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/options/swb-options-model.h"

/* The inside of the options' model, shared by its files. */

G_BEGIN_DECLS

struct _SwbOptionsModel
{
  GObject parent_instance;

  SwbBench *bench;
  SwbPane *pane;
  guint connection;

  GPtrArray *items; /* SwbOptionItem: all levels, each with its heading in front */
  GListStore *rows; /* those that are shown */
  char *search;
  gboolean wide;
  gboolean only_differing;

  SwbFreshOptions *fresh; /* nullable: not read yet */
  GCancellable *cancellable;
  gint64 read_ns;
  gboolean was_open;
  gboolean was_removed;
  gboolean waits_for_other; /* an answer for which no row is there */
  int other[2];             /* its level and number */
};

/* Whether the options of this level are for this kind of socket, or all are wanted. */
gboolean swb_options_model_applies (SwbOptionsModel *self, const SwbOptionLevel *level);

/* swb-options-model-calls.c. Returns: whether the record told of options */
gboolean swb_options_model_fold (SwbOptionsModel *self, guint64 position);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/options/swb-option-item.h"
#include "bench/swb-bench.h"

/* The options of one socket: read and changed by commands, told by the journal. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_OPTIONS_MODEL (swb_options_model_get_type ())
G_DECLARE_FINAL_TYPE (SwbOptionsModel, swb_options_model, SWB, OPTIONS_MODEL, GObject)

/* Signals:
 *   "changed": a socket came or went, or the values were read again
 *   "problem" (const char *message): a command was not taken
 *   "other" (const char *text): getsockopt() answered what swb_options_model_read_other() asked for */

/* @connection: its number; %SWB_CONNECTION_NONE for the pane's own socket */
SwbOptionsModel *swb_options_model_new (SwbBench *bench, SwbPane *pane, guint connection);

/* (transfer none): SwbOptionItem: of each level its heading, then its options */
GListModel *swb_options_model_get_rows (SwbOptionsModel *self);

/* (transfer none) (nullable) */
SwbOptionItem *swb_options_model_find (SwbOptionsModel *self, int level, int name);

gboolean swb_options_model_has_socket (SwbOptionsModel *self);
gboolean swb_options_model_is_removed (SwbOptionsModel *self); /* the pane is closed: nothing can be read or set */

/* When all was read last, in wall-clock ns; 0: never */
gint64 swb_options_model_get_read_time (SwbOptionsModel *self);

guint swb_options_model_get_n_differing (SwbOptionsModel *self);

/* What is shown: options that have @search in them, of the levels that apply, or of all (@wide), or only those that differ from a fresh
 * socket's. */
void swb_options_model_filter (SwbOptionsModel *self, const char *search, gboolean wide,
                               gboolean only_differing);

/* Reads them all again: a command for each level that is shown. Nothing without a socket. */
void swb_options_model_refresh (SwbOptionsModel *self);

/**
 * swb_options_model_set:
 * @text: the value, as swb_option_parse() reads it
 * @error: as of swb_option_parse() or swb_bench_run()
 *
 * Runs setsockopt, and getsockopt behind it, for the value that the kernel took.
 */
gboolean swb_options_model_set (SwbOptionsModel *self, SwbOptionItem *item, const char *text,
                                GError **error);

/* Reads one. */
void swb_options_model_read (SwbOptionsModel *self, SwbOptionItem *item);

/* The same by constants or numbers, for options that the table lacks. @text: "hex:…" or a number */
gboolean swb_options_model_read_other (SwbOptionsModel *self, const char *level, const char *name,
                                       GError **error);
gboolean swb_options_model_set_other (SwbOptionsModel *self, const char *level, const char *name,
                                      const char *text, GError **error);

G_END_DECLS

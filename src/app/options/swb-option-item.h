/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib-object.h>

#include "engine/swb-fresh-options.h"

/* A row of the options page: an option of one socket as the journal tells it, or the heading of a
 * level. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_OPTION_ITEM (swb_option_item_get_type ())
G_DECLARE_FINAL_TYPE (SwbOptionItem, swb_option_item, SWB, OPTION_ITEM, GObject)

/* Signal "changed": something of it is shown otherwise now. */

typedef enum
{
  SWB_OPTION_NOTE_PLAIN,
  SWB_OPTION_NOTE_TOLD, /* the kernel took something else */
  SWB_OPTION_NOTE_WRONG,
} SwbOptionNote;

/* Both are constant data. @option: (nullable): %NULL makes it the heading of @level */
SwbOptionItem *swb_option_item_new (const SwbOptionLevel *level, const SwbOption *option);

const SwbOptionLevel *swb_option_item_get_level (SwbOptionItem *self);
const SwbOption *swb_option_item_get_option (SwbOptionItem *self); /* nullable */

/* --- what the journal tells --- */

/* getsockopt() answered: @value (nullable, transfer none) or @error */
void swb_option_item_note_read (SwbOptionItem *self, GBytes *value, int error);

/* setsockopt() was given @asked and answered @error */
void swb_option_item_note_set (SwbOptionItem *self, GBytes *asked, int error);

/* The socket is gone, and with it what it told. */
void swb_option_item_forget (SwbOptionItem *self);

/* @fresh: (nullable): what a socket has that nobody changed */
void swb_option_item_set_fresh (SwbOptionItem *self, SwbFreshOptions *fresh);

/* --- what is shown --- */

/* The name of the option of the same level that tells what this one, which can only be written, did; -1: none */
int swb_option_item_get_twin (SwbOptionItem *self);

/* Whether the socket was asked for it; before, the value is that of a fresh one. */
gboolean swb_option_item_is_read (SwbOptionItem *self);

/* (transfer none) (nullable): the socket's value, else a fresh socket's */
GBytes *swb_option_item_get_value (SwbOptionItem *self);

/* (transfer full) (nullable): that value as text; NULL where there is none */
char *swb_option_item_dup_text (SwbOptionItem *self);

/* The errno with which reading it was answered; 0 where there is a value, or nobody asked. */
int swb_option_item_get_error (SwbOptionItem *self);

/* Whether somebody or something made it other than a fresh socket has it. Read-only options, which tell of the
 * socket, don't differ. */
gboolean swb_option_item_differs (SwbOptionItem *self);

/* (transfer full) (nullable): the sentence below the option: what the kernel did with the last change and why, how a
 * fresh socket differs, or why there is no value */
char *swb_option_item_dup_note (SwbOptionItem *self, SwbOptionNote *kind);

/* Whether its name, its sentence or its level has @text, whatever the case. */
gboolean swb_option_item_matches (SwbOptionItem *self, const char *text);

/* What was typed for it and is not applied yet; nullable. It outlives the row that shows it. */
const char *swb_option_item_get_draft (SwbOptionItem *self);
void swb_option_item_set_draft (SwbOptionItem *self, const char *draft);

G_END_DECLS

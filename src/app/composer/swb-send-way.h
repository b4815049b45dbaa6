/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gtk/gtk.h>

#include "app/pane/swb-pane-runner.h"

/* How a pane's composer sends: the call, its flags, and what goes along: another pane's descriptor, a file's,
 * or who sends.
 * It is what the menu of the Send button chooses, and lasts as long as the pane. Main thread. */

G_BEGIN_DECLS

#define SWB_TYPE_SEND_WAY (swb_send_way_get_type ())
G_DECLARE_FINAL_TYPE (SwbSendWay, swb_send_way, SWB, SEND_WAY, GObject)

/* Signal "changed": something else was chosen */

SwbSendWay *swb_send_way_new (SwbPaneRunner *runner);

GMenuModel *swb_send_way_get_menu (SwbSendWay *self);     /* (transfer none) */
GActionGroup *swb_send_way_get_actions (SwbSendWay *self); /* (transfer none): to be called "way" */

/* The panes may be others than when the menu was open last. */
void swb_send_way_refresh (SwbSendWay *self);

/* The descriptor of this file goes along with the next message, in place of another pane's. */
void swb_send_way_set_file (SwbSendWay *self, const char *path);

/* The verb that sends, where @usual would. */
SwbVerb swb_send_way_get_verb (SwbSendWay *self, SwbVerb usual);

/* Gives a command that sends its verb, flags and descriptor. */
void swb_send_way_fill (SwbSendWay *self, SwbCommand *command);

/* A command went: a descriptor is not sent twice unasked. */
void swb_send_way_note_sent (SwbSendWay *self);

/* Back to the usual call, without flags and with nothing along. */
void swb_send_way_clear (SwbSendWay *self);

/* (transfer full) (nullable): what was chosen that is not usual: "MSG_OOB|MSG_MORE · fd of server" */
char *swb_send_way_dup_tag (SwbSendWay *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/swb-address-row.h"
#include "app/swb-call-bar.h"
#include "app/swb-composer.h"
#include "app/swb-connection-strip.h"
#include "app/swb-conversation.h"
#include "app/swb-failure-bar.h"
#include "app/swb-pane-runner.h"
#include "app/swb-pane-view.h"
#include "app/swb-receive-buffer.h"
#include "app/swb-spec-row.h"

/* What swb-pane-view.c and its -actions.c share. */

G_BEGIN_DECLS

struct _SwbPaneView
{
  GtkWidget parent_instance;

  GtkWidget *card;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *pill;
  GtkMenuButton *menu_button;
  GtkWidget *start;
  GtkWidget *cancel;
  GtkWidget *close;
  GMenu *journal_section;
  GtkPopover *title_popover;
  GtkEntry *title_entry;
  GtkPopover *reply_popover;
  SwbReceiveBuffer *receive_buffer;
  GtkEntry *reply_entry;
  GtkScrolledWindow *form; /* from spec to failure: scrolls where the card is too low */
  SwbSpecRow *spec;
  SwbAddressRow *bind_row;
  SwbAddressRow *connect_row;
  SwbCallBar *calls;
  SwbFailureBar *failure;
  SwbConnectionStrip *strip;
  SwbConversation *conversation;
  SwbComposer *composer;

  guint reveal; /* source: the form was laid out anew */
  SwbPaneRunner *runner;
  GSimpleActionGroup *actions;
  char *bind_text;            /* as the last bind command of the journal had it; nullable */
  char *connect_text;         /* likewise */
  gboolean wants_connect_row; /* although a server needs none */
};

/* Puts the action group "pane" on the card. */
void swb_pane_view_add_actions (SwbPaneView *self);
void swb_pane_view_update_actions (SwbPaneView *self);

/* swb-pane-view-recorded.c: of a recording, what would call the kernel is not there, and the
 * addresses are what they were. */
gboolean swb_pane_view_is_recorded (SwbPaneView *self);
void swb_pane_view_make_recorded (SwbPaneView *self);
void swb_pane_view_update_recorded (SwbPaneView *self, SwbPane *pane);

/* What the entries say until somebody types: (transfer full) */
char *swb_pane_view_dup_default_bind (SwbPaneView *self);
char *swb_pane_view_dup_default_connect (SwbPaneView *self);

/* A server needs no address to connect to; who presses connect all the same gets the row. */
void swb_pane_view_show_connect_row (SwbPaneView *self);
void swb_pane_view_toast (SwbPaneView *self, const char *text);
void swb_pane_view_request_close (SwbPaneView *self);

G_END_DECLS

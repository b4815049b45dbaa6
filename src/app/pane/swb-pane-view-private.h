/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/pane/swb-address-row.h"
#include "app/pane/swb-call-bar.h"
#include "app/composer/swb-composer.h"
#include "app/conversation/swb-connection-strip.h"
#include "app/conversation/swb-conversation.h"
#include "app/pane/swb-failure-bar.h"
#include "app/pane/swb-pane-runner.h"
#include "app/pane/swb-pane-view.h"
#include "app/conversation/swb-peer-strip.h"
#include "app/pane/swb-receive-buffer.h"
#include "app/pane/swb-receive-way.h"
#include "app/pane/swb-spec-row.h"

/* What the files of swb-pane-view share. */

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
  GMenu *unix_section;
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
  SwbPeerStrip *peers;
  SwbReceiveWay *receive_way;
  SwbConversation *conversation;
  SwbComposer *composer;

  guint reveal; /* source: the form was laid out anew */
  SwbPaneRunner *runner;
  GSimpleActionGroup *actions;
  char *bind_text;            /* as the last bind command of the journal had it; nullable */
  char *connect_text;         /* likewise */
  gboolean wants_connect_row; /* although a server needs none */
  gboolean wants_bind_row;    /* and a client */
  gboolean folds_bind_row;
};

/* Puts the action group "pane" on the card. */
void swb_pane_view_add_actions (SwbPaneView *self);
void swb_pane_view_update_actions (SwbPaneView *self);
void swb_pane_view_enable (SwbPaneView *self, const char *name, gboolean enabled);

/* swb-pane-view-calls.c: the actions that make system calls, each by a command. */
void swb_pane_view_add_calls (SwbPaneView *self);
void swb_pane_view_update_calls (SwbPaneView *self);
SwbCommand *swb_pane_view_make_command (SwbPaneView *self, SwbVerb verb); /* (transfer full) */
void swb_pane_view_run (SwbPaneView *self, SwbCommand *command); /* @command: (transfer full) */
void swb_pane_view_run_verb (SwbPaneView *self, SwbVerb verb);
void swb_pane_view_run_chain (SwbPaneView *self, GPtrArray *chain); /* @chain: (transfer full) */

/* Whether the address that @verb needs is there; takes the person to it where it is not. */
gboolean swb_pane_view_check_row (SwbPaneView *self, SwbVerb verb);

/* The connection that is chosen, else the @newest one, else the pane's own socket. */
guint swb_pane_view_find_connection (SwbPaneView *self, gboolean newest);

/* swb-pane-view-remedies.c: what the failure bar's buttons do. */
void swb_pane_view_add_remedies (SwbPaneView *self);
void swb_pane_view_update_remedies (SwbPaneView *self);

/* swb-pane-view-update.c: shows what the pane is like now. */
void swb_pane_view_update_header (SwbPaneView *self, SwbPane *pane);
void swb_pane_view_update_form (SwbPaneView *self, SwbPane *pane);

/* swb-pane-view-recorded.c: of a recording, what would call the kernel is not there, and the
 * addresses are what they were. */
gboolean swb_pane_view_is_recorded (SwbPaneView *self);
void swb_pane_view_make_recorded (SwbPaneView *self);
void swb_pane_view_update_recorded (SwbPaneView *self, SwbPane *pane);

/* What the entries say until somebody types: (transfer full) */
char *swb_pane_view_dup_default_bind (SwbPaneView *self);
char *swb_pane_view_dup_default_connect (SwbPaneView *self);

/* A server needs no address to connect to; who presses connect all the same gets the row. */
void swb_pane_view_show_row (SwbPaneView *self, SwbAddressRow *row);
void swb_pane_view_toast (SwbPaneView *self, const char *text);
void swb_pane_view_request_close (SwbPaneView *self);

G_END_DECLS

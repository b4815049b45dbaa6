/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/bytes/swb-follow-text.h"
#include "app/bytes/swb-follow-window.h"
#include "app/bytes/swb-payload-find.h"
#include "app/bytes/swb-payload-hex.h"

/* What the window and its saving share. */

G_BEGIN_DECLS

struct _SwbFollowWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkDropDown *side;
  GtkDropDown *style;
  GtkDropDown *encoding;
  SwbPayloadFind *find;
  GtkStack *stack;
  SwbFollowText *text;
  SwbPayloadHex *hex;
  GtkWidget *foot;
  GtkLabel *status;
  GtkWidget *cancel;

  SwbBench *bench;
  guint pane;
  guint connection;
  SwbConversationIndex *index;
  SwbByteSource *source;
  gboolean knows_encoding; /* from a byte order mark, or a person */
  GCancellable *saving;    /* NULL: nothing is being saved */
};

SwbConversationSide swb_follow_window_get_side (SwbFollowWindow *self);

/* @is_error: it went wrong. @text: (nullable) */
void swb_follow_window_say (SwbFollowWindow *self, const char *text, gboolean is_error);

/* swb-follow-window-save.c */
void swb_follow_window_install_save (GtkWidgetClass *widget_class);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/swb-compose-text.h"
#include "app/swb-composer.h"
#include "app/swb-history.h"
#include "app/swb-send-way.h"
#include "net/swb-payload.h"

/* What swb-composer.c and swb-composer-templates.c share. */

G_BEGIN_DECLS

/* In the order of the drop-down. */
typedef enum
{
  MODE_TEXT,
  MODE_HEX,
  MODE_FILE,
  MODE_PACKET,
} Mode;

struct _SwbComposer
{
  GtkBox parent_instance;

  GtkWidget *destination_row;
  GtkEntry *destination;
  GtkDropDown *mode;
  SwbComposeText *text;
  GtkMenuButton *format;
  GtkMenuButton *templates;
  AdwSplitButton *send;
  GtkButton *tag;
  GtkLabel *error;

  SwbPaneRunner *runner;
  guint connection;
  gboolean has_templates;
  SwbEncoding encoding;
  SwbLineEnd line_end;

  SwbHistory *history;
  SwbSendWay *way; /* NULL before there is a pane */

  char *last_peer; /* of a datagram socket; nullable */
};

/* The packets to begin with, where a socket of this kind has any: in the menu of the line ends, and beside the
 * entry where packets are written, for then that menu is not there. */
void swb_composer_add_templates (SwbComposer *self, SwbPane *pane);

G_END_DECLS

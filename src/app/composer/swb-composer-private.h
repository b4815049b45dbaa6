/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/composer/swb-compose-text.h"
#include "app/composer/swb-composer.h"
#include "app/composer/swb-history.h"
#include "app/composer/swb-send-way.h"
#include "net/swb-payload.h"

/* What the files of swb-composer share. */

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
  gboolean chooses_along; /* the file dialog is for a descriptor */
  SwbEncoding encoding;
  SwbLineEnd line_end;

  SwbHistory *history;
  SwbSendWay *way; /* NULL before there is a pane */

  char *last_peer; /* of a datagram socket; nullable */
};

/* Below the entry; NULL takes it away. */
void swb_composer_show_error (SwbComposer *self, const char *message);

/* swb-composer-file.c: asks for a file whose bytes are sent, or one whose descriptor goes @along. */
void swb_composer_choose_file (SwbComposer *self, gboolean along);

/* What a socket of this kind begins with: the kernel as the destination of netlink; the packets to begin with,
 * in the menu of the line ends, and beside the entry where packets are written, for then that menu is not there.
 */
void swb_composer_prepare (SwbComposer *self, SwbPane *pane);

/* (transfer full): what the empty entry says where packets are written: the first template of this kind of
 * socket as an example. */
char *swb_composer_dup_packet_hint (SwbComposer *self);

G_END_DECLS

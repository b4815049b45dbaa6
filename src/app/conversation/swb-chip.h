/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "bench/swb-pane.h"

/* One open connection: its peer and, where that is not simply connected, its state. */

G_BEGIN_DECLS

#define SWB_TYPE_CHIP (swb_chip_get_type ())
G_DECLARE_FINAL_TYPE (SwbChip, swb_chip, SWB, CHIP, GtkBox)

GtkWidget *swb_chip_new (void);
void swb_chip_set_connection (SwbChip *self, SwbConnection *connection, SwbPane *pane);
SwbConnection *swb_chip_get_connection (SwbChip *self); /* (transfer none) (nullable) */
void swb_chip_update (SwbChip *self);

/* (transfer full): "127.0.0.1:40312", or "#3" for a peer without a name */
char *swb_chip_dup_label (SwbConnection *connection);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/options/swb-option-item.h"

/* A row of the options page: the option's name, what it does, its value, and the widget that changes it; or a
 * level's heading. What is typed is judged at once, and applied by Enter or the button beside it. */

G_BEGIN_DECLS

#define SWB_TYPE_OPTION_ROW (swb_option_row_get_type ())
G_DECLARE_FINAL_TYPE (SwbOptionRow, swb_option_row, SWB, OPTION_ROW, GtkBox)

/* Signals:
 *   "apply" (SwbOptionItem *item, const char *text): the person wants this value
 *   "read" (SwbOptionItem *item): the person wants to see what reading has an effect on */

GtkWidget *swb_option_row_new (void);

/* @item: (nullable) */
void swb_option_row_set_item (SwbOptionRow *self, SwbOptionItem *item);
SwbOptionItem *swb_option_row_get_item (SwbOptionRow *self); /* (transfer none) (nullable) */

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "app/journal/swb-filter-bar.h"

G_BEGIN_DECLS

/* (transfer floating): a popover with the saved filters of the settings, to be chosen and deleted, and an entry that saves
 * the one in @bar. @bar must outlive it: it is the parent. */
GtkWidget *swb_filter_saved_new (SwbFilterBar *bar);

G_END_DECLS

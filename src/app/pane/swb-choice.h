/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* A constant to choose in a drop-down: its name with the word beside it, and what speaks against it. */

G_BEGIN_DECLS

#define SWB_TYPE_CHOICE (swb_choice_get_type ())
G_DECLARE_FINAL_TYPE (SwbChoice, swb_choice, SWB, CHOICE, GObject)

int swb_choice_get_value (SwbChoice *self);

/* (transfer none): "AF_INET · IPv4" */
const char *swb_choice_get_label (SwbChoice *self);

/* (transfer none) (nullable): whether it can be had, or why not; NULL before the kernel was asked */
const char *swb_choice_get_note (SwbChoice *self);

gboolean swb_choice_is_available (SwbChoice *self);

/* Whether it is "Other number…", which each list has as its last. */
gboolean swb_choice_is_other (SwbChoice *self);

/* What can be chosen: what this kernel gives to this user comes first, each part in the catalog's order. @wide: also what
 * does not belong together. A domain or type that the catalog lacks has all of them. */
GListStore *swb_choice_list_domains (void);
GListStore *swb_choice_list_types (int domain, gboolean wide);
GListStore *swb_choice_list_protocols (int domain, int type, gboolean wide);

G_END_DECLS

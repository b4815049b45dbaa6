/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-address-form.h"

/* One field of an address's form. Private to swb-address-form.c. */

G_BEGIN_DECLS

/* Reads the field at *@at into its place in @bytes; *@at is then behind it, or at the place of the error. */
gboolean swb_address_field_read (const SwbField *field, const char **at, guint8 *bytes,
                                 GError **error);

void swb_address_field_print (const SwbField *field, const guint8 *bytes, GString *text);

gboolean swb_address_field_is_zero (const SwbField *field, const guint8 *bytes);

/* Whether no characters at all are a value of it. */
gboolean swb_address_field_may_be_empty (const SwbField *field);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-option.h"

/* Values of options that are structs of numbers: "omtu=672 imtu=672". Any thread. */

G_BEGIN_DECLS

/**
 * swb_option_struct_parse:
 * @option: of type %SWB_OPTION_STRUCT
 * @text: fields by name, or without a name in their order; those that are not there are 0
 *
 * Returns: (transfer full) (nullable): the struct; @error: SWB_ERROR_SYNTAX, RANGE
 */
GBytes *swb_option_struct_parse (const SwbOption *option, const char *text, GError **error);

/* (transfer full) (nullable): all fields by name; %NULL where @length is not the struct's */
char *swb_option_struct_print (const SwbOption *option, const guint8 *data, gsize length);

/* (transfer full): the fields that can be given, such as "omtu=… imtu=…" */
char *swb_option_struct_dup_help (const SwbOption *option);

/* Bytes of the struct. */
gsize swb_option_struct_get_size (const SwbOption *option);

G_END_DECLS

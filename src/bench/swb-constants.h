/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The constants that commands name: levels and options, flags of messages, the ways to shut down. Names that the table
 * does not have can be written as numbers. Constant data, any thread. */

G_BEGIN_DECLS

/* A decimal, hexadecimal (0x) or octal number that fits an int; @error: SWB_ERROR_SYNTAX, RANGE. */
gboolean swb_constants_parse_int (const char *text, int *value, GError **error);

/* An option may be "all": SWB_OPTION_ALL. All of these: @error SWB_ERROR_UNKNOWN for a name nobody knows, RANGE for a number too large. */
gboolean swb_constants_parse_level (const char *text, int *level, GError **error);
gboolean swb_constants_parse_option (const char *text, int level, int *name, GError **error);
gboolean swb_constants_parse_flags (const char *text, int *flags, GError **error); /* "MSG_PEEK|MSG_DONTWAIT" */
gboolean swb_constants_parse_how (const char *text, int *how, GError **error);

/* (transfer full): the name, or the number, that parses to the same value. */
char *swb_constants_print_level (int level);
char *swb_constants_print_option (int level, int name);
char *swb_constants_print_flags (int flags);
char *swb_constants_print_how (int how);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The pieces of a line of JSON, for swb-json.c alone. Each member puts a comma in front of its name, unless it is
 * the first of its object. */

G_BEGIN_DECLS

typedef void (*SwbJsonPrintFunc) (GString *text, gint64 value);

void swb_json_put_int (GString *out, gint64 value);

void swb_json_add_name (GString *out, const char *name);
void swb_json_add_string (GString *out, const char *name, const char *value); /* what is no UTF-8 becomes U+FFFD */
void swb_json_add_int (GString *out, const char *name, gint64 value);
void swb_json_add_constant (GString *out, const char *name, SwbJsonPrintFunc print, gint64 value);
void swb_json_add_time (GString *out, gint64 wall_ns); /* "time" and "time_ns" */
void swb_json_add_bytes (GString *out, const char *name, const guint8 *data, gsize n_data); /* base64 */

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/notation/swb-json-reader.h"

/* The arguments of calls by their names in JSON, for swb-json.c and swb-json-parse.c alone. */

G_BEGIN_DECLS

/* Control messages as well, which are read where the data is. */
void swb_json_add_arguments (GString *out, const SwbRecord *record);

/* FALSE where one is missing or wrong. @self: its record knows its call */
gboolean swb_json_read_arguments (SwbJsonReader *self);

G_END_DECLS

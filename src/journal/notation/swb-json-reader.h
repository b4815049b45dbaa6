/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <json-glib/json-glib.h>

#include "journal/store/swb-record.h"

/* The members of a JSON object, by type, for swb-json-parse.c alone. Each function is FALSE where a member is missing or of
 * another type, and then @wrong is its name. */

G_BEGIN_DECLS

typedef struct
{
  JsonObject *object;
  SwbRecord *record;
  GByteArray *bytes; /* the record's data, and behind it its control messages */
  const char *wrong; /* (nullable) */
} SwbJsonReader;

gboolean swb_json_reader_has (SwbJsonReader *self, const char *name);

/* Says that @name is wrong. Returns: %FALSE */
gboolean swb_json_reader_fail (SwbJsonReader *self, const char *name);

/* (nullable) (transfer none): NULL where it is of another type */
JsonNode *swb_json_reader_get_node (SwbJsonReader *self, const char *name, GType type);

/* @min, @max: what is allowed. The optional one leaves @value as it is where there is no such member. */
gboolean swb_json_reader_get_int (SwbJsonReader *self, const char *name, gint64 min, gint64 max, gint64 *value);
gboolean swb_json_reader_get_optional_int (SwbJsonReader *self, const char *name, gint64 min, gint64 max, gint64 *value);

gboolean swb_json_reader_get_string (SwbJsonReader *self, const char *name, const char **value);

/* A constant or several by name. */
gboolean swb_json_reader_get_constant (SwbJsonReader *self, const char *name, gint64 *value);
gboolean swb_json_reader_get_protocol (SwbJsonReader *self, gint64 *value);

/* Into the record's ints; none is right, too. */
gboolean swb_json_reader_get_ints (SwbJsonReader *self, const char *name);

/* Base64, appended to @bytes; none is right, too. */
gboolean swb_json_reader_get_data (SwbJsonReader *self, const char *name);

G_END_DECLS

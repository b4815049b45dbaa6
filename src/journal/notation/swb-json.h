/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <json-glib/json-glib.h>

#include "journal/store/swb-journal.h"
#include "journal/notation/swb-notation.h"

/* A record as one JSON object on one line: position, time (wall clock, ISO 8601 with nine digits), time_ns (wall), took_ns,
 * pane, connection, kind, origin, call or note, fd, the call's named arguments (domain, type, protocol, backlog, flags…), address,
 * data (base64), result, error (errno's name) and message. Fields that a record does not have are left out. What these
 * do not say of a record stands beside them, so that a line reads back as the same record: pane_id, address_room, sockaddr (hex, where the
 * address's text is not enough), ints (where the arguments' names are not), data of a message that is no UTF-8. */

G_BEGIN_DECLS

/* (transfer full): one line without newline */
char *swb_json_print (const SwbRecord *record, guint64 position, SwbJournal *journal, SwbPaneNameFunc pane_name, gpointer user_data);

/**
 * swb_json_parse:
 * @object: what swb_json_print() printed
 * @record: (out): the record; its time is wall-clock time, its data points into @bytes
 * @bytes: overwritten
 * @pane: (out) (transfer none): the pane's name
 * @has_pane_id: (out): whether the record's pane is said by number
 * @member: (out) (transfer none): which member is missing or wrong, on failure
 */
gboolean swb_json_parse (JsonObject *object, SwbRecord *record, GByteArray *bytes, const char **pane,
                         gboolean *has_pane_id, const char **member);

/* Reads an address as its text in JSON has it; FALSE for a text that is none. */
gboolean swb_json_parse_address (const char *text, SwbAddress *address);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <json-glib/json-glib.h>

#include "journal/swb-journal.h"
#include "journal/swb-notation.h"

/* A record as one JSON object on one line: position, time (wall clock, ISO 8601 with nine digits), time_ns (wall), took_ns,
 * pane, connection, kind, origin, call or note, fd, the call's named arguments (domain, type, protocol, backlog, flags…), address,
 * data (base64), result, error (errno's name) and message. Fields that a record does not have are left out. */

G_BEGIN_DECLS

/* (transfer full): one line without newline */
char *swb_json_print (const SwbRecord *record, guint64 position, SwbJournal *journal, SwbPaneNameFunc pane_name, gpointer user_data);

G_END_DECLS

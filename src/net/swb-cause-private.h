/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-cause.h"

/* Private to swb-cause.c: the causes that lie in the file system. Each: (transfer full) (nullable). */

G_BEGIN_DECLS

/* Where on the way to the path this user may not go. */
char *swb_cause_of_denied_path (const char *root, const SwbCauseQuestion *question);

/* Which part of the path is not there. */
char *swb_cause_of_missing_path (const char *root, const SwbCauseQuestion *question);

/* What stands at the path instead of a socket that somebody listens on. */
char *swb_cause_of_refusing_path (const char *root, const SwbCauseQuestion *question);

G_END_DECLS

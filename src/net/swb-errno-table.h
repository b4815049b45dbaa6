/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-call.h"

/* The sentences behind swb-errno. Private to it. */

G_BEGIN_DECLS

typedef struct
{
  SwbCall call; /* SWB_CALL_NONE: holds for every call without a row of its own */
  int error;
  const char *meaning; /* N_() */
  const char *remedy;  /* N_(), or NULL where there is nothing to do */
} SwbErrnoRow;

/* Each ends in a row whose meaning is NULL. */
extern const SwbErrnoRow swb_errno_rows_making[];
extern const SwbErrnoRow swb_errno_rows_moving[];
extern const SwbErrnoRow swb_errno_rows_general[];

/* All of them; ends in NULL. */
extern const SwbErrnoRow *const swb_errno_tables[];

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* Errors of disks that a test cannot provoke on every machine (EIO, EDQUOT): a program with faults.c has a pwrite() of its own. */

G_BEGIN_DECLS

/* From now on pwrite() of any thread fails with @error; 0: it works again. */
void faults_set_write_error (int error);

G_END_DECLS

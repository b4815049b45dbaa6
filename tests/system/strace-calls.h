/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The calls on sockets that a journal tells of and that strace saw, in one form, so that they can be compared. */

G_BEGIN_DECLS

/* (transfer full) (element-type utf8): of a journal as text */
GPtrArray *list_calls_of_journal (const char *text);

/* (transfer full) (element-type utf8): of a log of `strace -f -ttt`; calls on what is no socket are left out */
GPtrArray *list_calls_of_strace (const char *text);

G_END_DECLS

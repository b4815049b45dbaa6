/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-segments.h"

/* Reading a map behind the end of its file raises SIGBUS. The journal never does, since it reads only what has been written;
 * but another program may cut a file that is mapped. Nothing else helps then: pread() would cost every reader a copy, a lease
 * would keep `swb show` from opening a journal that is being written. So a handler puts a page of zeros where the fault was, notes
 * what the segment has lost, and lets the reader go on; swb_segments_has() tells it afterwards. Faults at other addresses go to the
 * handler that was there before. Adding and removing: any thread. */

G_BEGIN_DECLS

/* Guards a map of segment @number; installs the handler the first time. */
void swb_guard_add (SwbSegments *segments, guint number, const void *map, gsize size);

/* Forgets all maps of @segments, before they are unmapped. */
void swb_guard_remove (SwbSegments *segments);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"

/* Records for tests: any that can be, from g_test_rand_int() or from a number. */

/* The control messages of a recvmsg, valid until the next ones. */
void random_control (SwbRecord *record);

/* A random record; @room, of @n_room bytes, holds its data. Its control messages are those of
 * random_control(). */
void random_record (SwbRecord *record, guint8 *room, gsize n_room);

/* A recv whose every field and byte follow from @number, so that a reader can check it; data of at most @n_room bytes. */
void numbered_record (SwbRecord *record, guint64 number, guint8 *room, gsize n_room);

/* Whether @record is numbered_record() of @number. */
gboolean is_numbered (const SwbRecord *record, guint64 number, gsize n_room);

void assert_records_equal (const SwbRecord *a, const SwbRecord *b);

/* (transfer full): a folder below the temporary one, for a journal that does not exist yet. */
char *make_test_folder (void);

/* Removes @folder's journal and the folder above that make_test_folder() made. */
void remove_test_folder (const char *folder);

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/import/swb-import.h"

/* Files that are imported from memory, and what came out of them. */

typedef struct
{
  SwbJournal *journal;
  GHashTable *pane_names;
  GArray *records; /* SwbRecord, all */
} Imported;

Imported *import_bytes (gconstpointer bytes, gsize length, GError **error);
Imported *import_text (const char *text); /* asserts success */
void imported_free (Imported *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Imported, imported_free)

/* Asserts that it fails with @code, and a message that begins with @message. @length: -1 for a text */
void import_fails (gconstpointer bytes, gssize length, int code, const char *message);

/* Imports each beginning of @bytes, and @n random changes of it: none may crash. */
void import_mutated (gconstpointer bytes, gsize length, guint n);

guint imported_count (const Imported *self, SwbRecordKind kind);
const SwbRecord *imported_get (const Imported *self, SwbRecordKind kind, guint n);
const SwbRecord *imported_call (const Imported *self, guint n);
const char *imported_command (const Imported *self, guint n); /* valid until the next one */

/* (nullable): the first note of its kind that begins with @text (%NULL: any) */
const SwbRecord *imported_find_note (const Imported *self, SwbNote note, const char *text);

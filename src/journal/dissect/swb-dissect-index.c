/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/dissect/swb-dissect-index.h"

typedef struct
{
  guint pane;
  int domain;
  int type;
  int protocol;
} Kind;

struct _SwbDissectIndex
{
  GHashTable *kinds; /* by pane; only those that can be told of */
};

static gboolean
makes_socket (const SwbEntry *entry)
{
  return entry->kind == SWB_RECORD_CALL
         && (entry->what == SWB_CALL_SOCKET || entry->what == SWB_CALL_SOCKETPAIR);
}

static void
learn (SwbDissectIndex *self, const SwbRecord *record)
{
  int domain = (int)record->ints[0];
  int type = (int)record->ints[1] & ~(SOCK_CLOEXEC | SOCK_NONBLOCK);
  int protocol = (int)record->ints[2];
  Kind *kind;

  if (!swb_dissect_is_known (domain, type, protocol))
    return;
  kind = g_new (Kind, 1);
  *kind = (Kind){ record->pane, domain, type, protocol };
  g_hash_table_replace (self->kinds, GUINT_TO_POINTER (record->pane), kind);
}

SwbDissectIndex *
swb_dissect_index_new (SwbJournal *journal)
{
  SwbDissectIndex *self = g_new0 (SwbDissectIndex, 1);
  guint64 n_records = swb_journal_get_n_records (journal);
  SwbRecord record;

  self->kinds = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint64 i = swb_journal_get_first (journal); i < n_records; i++)
    if (makes_socket (swb_journal_peek_entry (journal, i))
        && swb_journal_read (journal, i, &record))
      learn (self, &record);
  return self;
}

void
swb_dissect_index_free (SwbDissectIndex *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->kinds);
  g_free (self);
}

char *
swb_dissect_index_print (const SwbDissectIndex *self, const SwbRecord *record)
{
  const Kind *kind;

  if (record->kind == SWB_RECORD_PACKET)
    return swb_dissect_packet (record);
  kind = g_hash_table_lookup (self->kinds, GUINT_TO_POINTER (record->pane));
  return kind != NULL
             ? swb_dissect_record (kind->domain, kind->type, kind->protocol, NULL, record)
             : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/bytes/swb-byte-source.h"
#include "journal/store/swb-journal.h"

/* Where the bytes of one connection's conversation lie in the journal: its records in order,
 * and how many bytes each direction has up to them. Eight bytes a record and no byte of the
 * data, so that the largest conversation opens at once.
 *
 * It fills and grows by itself while the main context of the thread that made it runs: what
 * was recorded before is gone through in a worker, what comes is taken as it comes. Belongs to
 * that thread; its byte sources may be used by any. */

G_BEGIN_DECLS

#define SWB_TYPE_CONVERSATION_INDEX (swb_conversation_index_get_type ())
G_DECLARE_FINAL_TYPE (SwbConversationIndex, swb_conversation_index, SWB, CONVERSATION_INDEX,
                      GObject)

/* Signals: "grown": there are more bytes, or all that was recorded before has been seen */

/* The two directions, or both of them in the order of the journal. */
typedef enum
{
  SWB_CONVERSATION_RECEIVED = -1,
  SWB_CONVERSATION_BOTH = 0,
  SWB_CONVERSATION_SENT = 1,
} SwbConversationSide;

/* One record's data, or what was not kept of it. */
typedef struct
{
  guint64 position; /* of the record */
  guint64 offset;   /* of its first byte, among the bytes of the side that was asked for */
  guint64 place;    /* the same, among the bytes of its own direction and connection */
  guint64 part;     /* how often the socket was closed and used again before it */
  gsize n_bytes;
  int direction; /* 1 or -1 */
  gboolean is_unkept; /* the journal never had these */
} SwbConversationChunk;

/**
 * swb_conversation_index_new:
 * @connection: its number; %SWB_CONNECTION_NONE for the pane's own socket
 *
 * Returns: (transfer full): empty until the main context has run
 */
SwbConversationIndex *swb_conversation_index_new (SwbJournal *journal, guint pane,
                                                  guint connection);

SwbJournal *swb_conversation_index_get_journal (SwbConversationIndex *self);
guint64 swb_conversation_index_get_n_bytes (SwbConversationIndex *self,
                                            SwbConversationSide side);
/* How many of them the journal never had; those that its limit took since are not counted. */
guint64 swb_conversation_index_get_n_unkept (SwbConversationIndex *self,
                                             SwbConversationSide side);
guint64 swb_conversation_index_get_n_chunks (SwbConversationIndex *self);

/* Whether everything that was published when it last looked has been gone through. */
gboolean swb_conversation_index_is_complete (SwbConversationIndex *self);

/**
 * swb_conversation_index_find:
 * @offset: a byte of @side, below its count
 *
 * Any thread. O(log n).
 */
void swb_conversation_index_find (SwbConversationIndex *self, SwbConversationSide side,
                                  guint64 offset, SwbConversationChunk *chunk);

/* (transfer full): the bytes of @side; grows with the index. */
SwbByteSource *swb_conversation_index_new_source (SwbConversationIndex *self,
                                                  SwbConversationSide side);

/* (transfer full): the positions of the records of @side, ascending. */
guint64 *swb_conversation_index_dup_positions (SwbConversationIndex *self,
                                               SwbConversationSide side,
                                               guint64 *n_positions);

G_END_DECLS

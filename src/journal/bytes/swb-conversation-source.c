/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/bytes/swb-conversation-index.h"

#define SWB_TYPE_CONVERSATION_SOURCE (swb_conversation_source_get_type ())
G_DECLARE_FINAL_TYPE (SwbConversationSource, swb_conversation_source, SWB,
                      CONVERSATION_SOURCE, GObject)

/* A side of a conversation as bytes. The data lies in the journal's maps. */
struct _SwbConversationSource
{
  GObject parent_instance;

  SwbConversationIndex *index;
  SwbConversationSide side;
};

static guint64
swb_conversation_source_get_length (SwbByteSource *source)
{
  SwbConversationSource *self = SWB_CONVERSATION_SOURCE (source);

  return swb_conversation_index_get_n_bytes (self->index, self->side);
}

static void
swb_conversation_source_peek (SwbByteSource *source, guint64 offset, SwbByteRun *run)
{
  SwbConversationSource *self = SWB_CONVERSATION_SOURCE (source);
  SwbConversationChunk chunk;
  SwbRecord record;
  gsize within;

  swb_conversation_index_find (self->index, self->side, offset, &chunk);
  within = offset - chunk.offset;
  *run = (SwbByteRun){ .n_bytes = chunk.n_bytes - within,
                       .direction = chunk.direction,
                       .place = chunk.place + within,
                       .part = chunk.part };
  /* A journal with a limit may have let go of it. */
  if (!chunk.is_unkept
      && swb_journal_read (swb_conversation_index_get_journal (self->index), chunk.position,
                           &record)
      && record.n_data == chunk.n_bytes)
    run->data = record.data + within;
}

static void
byte_source_iface_init (SwbByteSourceInterface *iface)
{
  iface->get_length = swb_conversation_source_get_length;
  iface->peek = swb_conversation_source_peek;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SwbConversationSource, swb_conversation_source,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SWB_TYPE_BYTE_SOURCE,
                                                      byte_source_iface_init))

static void
swb_conversation_source_finalize (GObject *object)
{
  g_object_unref (SWB_CONVERSATION_SOURCE (object)->index);
  G_OBJECT_CLASS (swb_conversation_source_parent_class)->finalize (object);
}

static void
swb_conversation_source_class_init (SwbConversationSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = swb_conversation_source_finalize;
}

static void
swb_conversation_source_init (SwbConversationSource *self)
{
}

SwbByteSource *
swb_conversation_index_new_source (SwbConversationIndex *self, SwbConversationSide side)
{
  SwbConversationSource *source = g_object_new (SWB_TYPE_CONVERSATION_SOURCE, NULL);

  source->index = g_object_ref (self);
  source->side = side;
  return SWB_BYTE_SOURCE (source);
}

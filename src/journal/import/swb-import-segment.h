/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/import/swb-import-pcap.h"

/* One flow of a capture: its packets become records, TCP's in the order of their sequence numbers. Private to imports. */

G_BEGIN_DECLS

typedef struct
{
  guint protocol;
  SwbEndpoint client;
  SwbEndpoint server;
} SwbFlowEnds;

/* One direction. */
typedef struct
{
  guint32 next;      /* sequence number of the next byte */
  guint32 acked;     /* the highest number that the other end acknowledged */
  gboolean has_next;
  gboolean has_acked;
  gboolean has_fin;
  GPtrArray *held;   /* (nullable): segments that came too early, by sequence number */
  gsize n_held;      /* bytes of memory that they take */
} SwbSeenDirection;

typedef struct
{
  SwbFlowEnds ends;
  guint pane;
  guint connection;
  SwbAddress address; /* of the client */
  SwbSeenDirection directions[2]; /* in, out */
  gboolean is_reset;
  GList link;
} SwbSeenFlow;

void swb_seen_flow_free (gpointer flow);

/* Whether @seen begins another connection of the same ends. */
gboolean swb_seen_flow_is_over (const SwbSeenFlow *self, const SwbSeen *seen, gboolean is_out);

gboolean swb_seen_flow_add_segment (SwbSeenFlow *self, SwbImport *import, const SwbSeen *seen, gboolean is_out,
                                    GError **error);
gboolean swb_seen_flow_add_datagram (SwbSeenFlow *self, SwbImport *import, const SwbSeen *seen, gboolean is_out,
                                     GError **error);

/* Bytes of memory that what waits takes. */
gsize swb_seen_flow_get_n_held (const SwbSeenFlow *self);

/* Waits no longer: tells what waits, and what is missing before it. */
gboolean swb_seen_flow_flush (SwbSeenFlow *self, SwbImport *import, GError **error);

/* The end of the capture: as swb_seen_flow_flush(), and what is missing behind. */
gboolean swb_seen_flow_end (SwbSeenFlow *self, SwbImport *import, gint64 wall_ns, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/import/swb-import-private.h"
#include "journal/recording/swb-recording-private.h"

/* The reader of captures, in three floors: the file's packets, the frame's IP datagram, its flow. Private to imports. */

G_BEGIN_DECLS

/* --- swb-import-flow.c --- */

/* What a frame carries, as far as it was captured. */
typedef struct
{
  gint64 wall_ns;
  const guint8 *frame; /* from the link layer on */
  gsize n_frame;
  gsize n_wire;        /* of the frame when it was whole */
  guint protocol;      /* IPPROTO_TCP…; 0 for what is not IP */
  SwbEndpoint from;
  SwbEndpoint to;
  const guint8 *data;  /* the payload of TCP or UDP */
  gsize n_data;        /* captured */
  gsize length;        /* on the wire */
  guint32 seq;
  guint32 ack;
  guint flags;
  guint window;
} SwbSeen;

typedef struct _SwbImportFlows SwbImportFlows;

SwbImportFlows *swb_import_flows_new (SwbImport *import);
void swb_import_flows_free (SwbImportFlows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbImportFlows, swb_import_flows_free)

/* A TCP segment or UDP datagram. */
gboolean swb_import_flows_add (SwbImportFlows *self, const SwbSeen *seen, GError **error);

/* Any other frame, or one whose headers were not captured. */
gboolean swb_import_flows_add_other (SwbImportFlows *self, const SwbSeen *seen, GError **error);

/* Tells what never came. */
gboolean swb_import_flows_end (SwbImportFlows *self, GError **error);

/* --- swb-import-frame.c --- */

typedef struct _SwbImportFrames SwbImportFrames;

SwbImportFrames *swb_import_frames_new (SwbImport *import, SwbImportFlows *flows);
void swb_import_frames_free (SwbImportFrames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbImportFrames, swb_import_frames_free)

/* @link: LINKTYPE_…; @is_swapped: whether the capturing machine had the other byte order */
gboolean swb_import_frames_add (SwbImportFrames *self, guint link, gboolean is_swapped, gint64 wall_ns,
                                const guint8 *frame, gsize n_frame, gsize n_wire, GError **error);
gboolean swb_import_frames_end (SwbImportFrames *self, GError **error);

G_END_DECLS

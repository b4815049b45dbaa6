/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-address.h"
#include "net/swb-call.h"

/* A record: one thing that happened, as a plain value that owns nothing. Its bytes are borrowed
 * from the journal's map (or from whoever made it). The SwbEntry is the same on disk. */

G_BEGIN_DECLS

/* The numbers below are written to disk: add at the end, never renumber. */
typedef enum
{
  SWB_RECORD_CALL = 1,    /* a system call as the kernel answered it */
  SWB_RECORD_COMMAND = 2, /* what was asked for; ints[0] = command id, data = its text form */
  SWB_RECORD_OUTCOME = 3, /* how a command ended; ints[0] = command id, error = 0 or errno, data = message (may be empty) */
  SWB_RECORD_NOTE = 4,    /* what the engine has to say; note = which, ints by note, data = a sentence */
  SWB_RECORD_PACKET = 5,  /* a packet that was seen from outside, of an imported capture; see SwbRecord.packet */
} SwbRecordKind;

/* Why the engine made a call. */
typedef enum
{
  SWB_ORIGIN_COMMAND = 0,   /* asked for by a command */
  SWB_ORIGIN_AUTO = 1,      /* a standing order: accept auto, recv auto */
  SWB_ORIGIN_RESPONDER = 2, /* a responder's answer */
  SWB_ORIGIN_ENGINE = 3,    /* the engine's own: SO_ERROR after connect, getsockname after bind, closing */
  SWB_ORIGIN_SURVEY = 4,    /* one of the many of "getsockopt LEVEL all": its errno says what there is, and is no failure */
} SwbRecordOrigin;

typedef enum
{
  SWB_NOTE_TEXT = 1,      /* a person's or a script's note */
  SWB_NOTE_RESOLVED = 2,  /* a name's addresses, and which was chosen */
  SWB_NOTE_WAITING = 3,   /* ints[0] = bytes that wait in the outbox: the kernel's buffer is full */
  SWB_NOTE_DRAINED = 4,   /* the outbox is empty again; ints[0] = bytes that had waited */
  SWB_NOTE_PAUSED = 5,    /* reading stopped since the outbox is at its limit; ints[0] = limit */
  SWB_NOTE_HOLDER = 6,    /* who holds the address that bind wanted */
  SWB_NOTE_STALE = 7,     /* a unix path nobody listens on: can be taken over */
  SWB_NOTE_DESCRIPTORS = 8, /* EMFILE: the spare descriptor was used to turn a connection away */
  SWB_NOTE_TRUNCATED = 9, /* ints[0] = bytes of a datagram that did not fit and are gone */
  SWB_NOTE_UNRECORDED = 10, /* ints[0] = records that could not be written, ints[1] = errno of the last attempt */
  SWB_NOTE_PROBLEM = 11,  /* a command that could not be carried out: a sentence */
  SWB_NOTE_LOST = 12,     /* ints[0] = datagrams that the kernel threw away, its receive buffer being full; ints[1] = bytes
                             of its memory that lay unread when the socket was closed */
  SWB_NOTE_GAP = 14,      /* ints[0] = bytes that an imported file does not have; ints[1] = 1 when they went out, -1 when they came in, 0 for both */
  SWB_NOTE_FLOW = 15,     /* a connection that was seen from outside begins; the address is the client's, or with connection 0 the pane's own */
  SWB_NOTE_LIMIT = 13,    /* what became of the journal's own files: ints[0] = SwbLimitEvent, ints[1] = its number */
  SWB_NOTE_QUEUE = 21,    /* the accept queue of a listening socket: ints[0] = connections that wait in it, ints[1] = its limit */
  SWB_NOTE_DESCRIPTOR = 25, /* a descriptor that came with a message: ints[0] = it, ints[1] = domain and, from bit 32 on, type, ints[2] = protocol where it
                               is a socket that waits to be taken; ints[1] = -1 where it was closed */
  SWB_NOTE_PROCESS = 26,  /* of older journals: who credentials mean, as a sentence; ints[0] = process, ints[1] = user */
  SWB_NOTE_PEER = 27,     /* who the peer's credentials mean: ints = process, user, group; the text is the process's name, empty when it is gone */
  SWB_NOTE_SENDER = 28,   /* the same of who sent a message */
  SWB_NOTE_PANE = 29,     /* what a pane was when older records went, for whoever reads what is left: ints[0] = connections accepted so far; the text is
                             its commands that hold, a line each, the pane command first. Calls of the engine follow, which say what of it is open */
  SWB_NOTE_CAUSE = 20,    /* why a command's call failed on this machine, as looked up: see swb-cause.h */
} SwbNote;

typedef enum
{
  SWB_LIMIT_GONE = 1,    /* the oldest records went, since the journal is at its limit; number: of the first that is left */
  SWB_LIMIT_STOPS = 2,   /* from here on bytes sent and received are not kept, only their number; number: the limit in bytes */
  SWB_LIMIT_AGAIN = 3,   /* from here on they are; number: bytes not kept since it stopped */
  SWB_LIMIT_UNKEPT = 4,  /* the journal ends; number: bytes not kept since it stopped */
  SWB_LIMIT_DELETED = 5, /* the files were deleted by another program: what they hold goes with this process */
  SWB_LIMIT_CUT = 6,     /* a file was cut by another program; number: bytes lost */
} SwbLimitEvent;

#define SWB_RECORD_MAX_INTS 3
#define SWB_CONNECTION_NONE 0u
#define SWB_CONNECTION_ALL G_MAXUINT32

/* Packets. TCP and UDP belong to a connection of a pane, which is the end that serves; @address is the other end. Their @result is the length of the
 * payload that was not there before, of which @data has what was captured, without retransmissions and in order; ints[0] = TCP flags and, from bit 16
 * on, the window; ints[1] = sequence number and, from bit 32 on, acknowledgement; ints[2] = bytes of the payload that came before.
 * All others are of no pane, @data is the frame from its link layer on, ints[2] its length on the wire. */
#define SWB_PACKET_OUT 0x80u /* it left the pane's end */
#define SWB_PACKET_PROTOCOL 0x7fu

/* One record in memory. */
typedef struct
{
  gint64 time_ns;    /* CLOCK_MONOTONIC when the call began */
  gint64 took_ns;    /* how long it took; negative is 0 on disk */
  SwbRecordKind kind;
  SwbRecordOrigin origin;
  SwbCall call;      /* for calls */
  SwbNote note;      /* for notes */
  guint8 packet;     /* for packets: the IP protocol (IPPROTO_TCP, …; 0 for what is not IP), and SWB_PACKET_OUT */
  guint pane;        /* 1…65535; 0 for what concerns no pane */
  guint connection;  /* 0: the pane's own socket; n: its nth accepted connection ("server#n") */
  int fd;            /* the descriptor the call was made on; -1 for none */
  int result;        /* as returned, -1 with @error set */
  int error;         /* errno, 0 when the call succeeded */
  gint64 ints[SWB_RECORD_MAX_INTS]; /* see SwbCall and SwbNote */
  SwbAddress address;               /* length 0: a NULL pointer */
  guint address_room;               /* for addresses out: the room offered; the length returned is in @address */
  const guint8 *data; /* borrowed; for sends the bytes given that the kernel took (result of them), for receives the bytes that came;
                       * none of them when the journal had stopped keeping bytes: SWB_LIMIT_STOPS */
  gsize n_data;
  const guint8 *control; /* borrowed; of recvmsg, sendmsg, recvmmsg and sendmmsg: the control messages as the kernel wrote or was given them, at most %SWB_RECORD_CONTROL_MAX bytes */
  gsize n_control;
  gsize n_hidden; /* bytes behind @data that whoever shows the record leaves out; 0 in a journal */
} SwbRecord;

/* One record on disk, in the index segments: 40 bytes, native byte order. The variable part
 * (the data, then ints and address as encoded by swb_record_encode()) lies in the arena
 * at @offset, @length bytes of it. The data comes first, so that the kernel can write it into
 * the hot buffer before the rest is known. */
typedef struct
{
  gint64 time_ns;
  guint64 offset : 48;
  guint64 n_details : 16; /* bytes of control messages, ints and address, behind the data */
  guint32 length;         /* details and data together */
  guint32 took_ns;        /* the lower half; older files have at most 2^32-1 ns */
  gint32 result;          /* as returned, or the negative errno */
  gint32 fd;
  guint32 connection;
  guint16 pane;
  guint8 what;            /* SwbCall, SwbNote or SwbRecord.packet */
  guint8 kind : 4;
  guint8 origin : 3;
  guint8 is_long : 1;     /* the upper half of how long it took stands in front of the details */
} SwbEntry;

G_STATIC_ASSERT (sizeof (SwbEntry) == 40);

#define SWB_RECORD_CONTROL_MAX 1024

/* The longest encoding of control messages (of calls that have them), ints and address. */
#define SWB_RECORD_DETAILS_MAX (192 + 2 + SWB_RECORD_CONTROL_MAX)

/**
 * swb_record_encode:
 * @record: a record
 * @entry: (out): its entry; @offset is left 0
 * @details: (out): room of %SWB_RECORD_DETAILS_MAX bytes
 *
 * Encodes all but the data. What took longer than 4.29 s has the rest of that number in front of all. The control messages of calls that have messages stand next, behind their length; no other call has that
 * length. Ints are zigzag LEB128, trailing zero ints are left out where the address is absent,
 * so that the common recv costs few bytes.
 *
 * Returns: bytes used of @details
 */
gsize swb_record_encode (const SwbRecord *record, SwbEntry *entry, guint8 *details);

/**
 * swb_record_decode:
 * @entry: an entry
 * @bytes: its @entry->length bytes of the arena
 * @record: (out): the record; its data and control messages point into @bytes
 *
 * Returns: %FALSE if the bytes are not a record (a damaged file); @record is then a bare copy of
 *   the entry's fields without control messages, ints, address and data
 */
gboolean swb_record_decode (const SwbEntry *entry, const guint8 *bytes, SwbRecord *record);

/* The place of a message in its call: recvmmsg(), sendmmsg(). */
typedef struct
{
  guint index;      /* from 0 */
  guint n_messages; /* as the call returned it; 0 where it failed */
  guint n_offered;  /* how many the call was given or had room for */
} SwbBatch;

#define SWB_BATCH_MAX 1024u /* messages of one call: UIO_MAXIOV of the kernel */

/* Whether @call has messages of which each has a header and control messages. */
gboolean swb_call_has_messages (SwbCall call);

/* Whether @call has many of them. */
gboolean swb_call_is_batch (SwbCall call);

/* Of records of recvmmsg and sendmmsg: keeps the flags that stand in ints[1] and ints[2]. */
void swb_record_set_batch (SwbRecord *record, SwbBatch batch);
SwbBatch swb_record_get_batch (const SwbRecord *record);

/* How many bytes the call moved that the record does not have, since they were not kept: the journal was at its limit, or the
 * record is an imported one. What did not fit into the room of a receive is not among them. */
gsize swb_record_get_n_unkept (const SwbRecord *record);

/* Makes a record that is to be shown with no more than @max bytes of its data. */
void swb_record_cut (SwbRecord *record, gsize max);

/* Whether bytes went out (1), came in (-1), or neither (0). */
int swb_record_get_direction (const SwbRecord *record);

G_END_DECLS

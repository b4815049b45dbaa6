/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <gio/gio.h>

/* The blocks of pcapng (draft-ietf-opsawg-pcapng): writing into a growing buffer, and reading one by one from a stream.
 * Private to recordings. What is written is little-endian. */

G_BEGIN_DECLS

#define SWB_PCAPNG_SECTION 0x0A0D0D0Au
#define SWB_PCAPNG_INTERFACE 1u
#define SWB_PCAPNG_PACKET 6u
#define SWB_PCAPNG_JOURNAL 9u

#define SWB_PCAPNG_LINK_RAW 101u       /* IPv4 and IPv6, without a link layer */
#define SWB_PCAPNG_LINK_UPPER_PDU 252u /* tags, then the bytes of a protocol: epan/exported_pdu.h of Wireshark */

#define SWB_PCAPNG_OPT_COMMENT 1u
#define SWB_PCAPNG_OPT_USERAPPL 4u
#define SWB_PCAPNG_OPT_IF_NAME 2u
#define SWB_PCAPNG_OPT_IF_TSRESOL 9u
#define SWB_PCAPNG_OPT_EPB_FLAGS 2u
#define SWB_PCAPNG_OPT_CUSTOM 2989u /* binary, may be copied */

#define SWB_PCAPNG_PEN 32473u

/* A longer block than any that is written here. Those of kinds that nobody here asks for may be longer. */
#define SWB_PCAPNG_BLOCK_MAX (1024u * 1024)

/* --- writing --- */

void swb_put_u8 (GByteArray *out, guint8 value);
void swb_put_u16 (GByteArray *out, guint16 value);
void swb_put_u32 (GByteArray *out, guint32 value);
void swb_put_u64 (GByteArray *out, guint64 value);
void swb_put_be16 (GByteArray *out, guint16 value);
void swb_put_be32 (GByteArray *out, guint32 value);
void swb_put_bytes (GByteArray *out, gconstpointer bytes, gsize length);

/* Returns: where the block begins, for swb_pcapng_end(), which pads it and fills its length in */
gsize swb_pcapng_begin (GByteArray *out, guint32 type);
void swb_pcapng_end (GByteArray *out, gsize start);

/* @length: at most 65,535 */
void swb_pcapng_put_option (GByteArray *out, guint16 code, gconstpointer value, gsize length);
void swb_pcapng_put_end_of_options (GByteArray *out);

/* Our own: @tag of four characters, then @length bytes. */
void swb_pcapng_put_custom (GByteArray *out, const char *tag, gconstpointer value, gsize length);

/* Fixed part and data of an enhanced packet; options follow. @wall_ns: before 1970 counts as 0. */
gsize swb_pcapng_begin_packet (GByteArray *out, guint32 interface, gint64 wall_ns, gconstpointer header,
                               gsize n_header, gconstpointer data, gsize n_data);

/* --- reading --- */

guint16 swb_get_u16 (const guint8 *at);
guint32 swb_get_u32 (const guint8 *at);
guint64 swb_get_u64 (const guint8 *at);

/* Whether four bytes are those that a file of the older format begins with, in either byte order. */
gboolean swb_pcapng_is_pcap (const guint8 *bytes);

typedef struct
{
  GInputStream *stream; /* buffered; owned */
  guint64 offset;       /* of the next block */
  guint64 block_offset; /* of the last one */
  guint32 type;
  const guint8 *body;   /* without the lengths around it */
  gsize length;
  GByteArray *buffer;
} SwbPcapngReader;

void swb_pcapng_reader_init (SwbPcapngReader *self, GInputStream *stream);
void swb_pcapng_reader_clear (SwbPcapngReader *self);

/**
 * swb_pcapng_reader_next:
 *
 * Reads the next block; those of kinds unknown here are passed over.
 *
 * Returns: 1 for a block, 0 at the end of the stream, -1 with @error set
 */
int swb_pcapng_reader_next (SwbPcapngReader *self, GCancellable *cancellable, GError **error);

/* Sets SWB_ERROR_FORMAT with the offset of the last block: "…, in the block at offset 28". */
void swb_pcapng_reader_set_error (SwbPcapngReader *self, GError **error, const char *reason);

/* One option after the other; FALSE at the end or where the options do not fit @end. */
gboolean swb_pcapng_next_option (const guint8 **at, const guint8 *end, guint16 *code, const guint8 **value,
                                 gsize *length);

/* Finds our own option with @tag. */
gboolean swb_pcapng_find_custom (const guint8 *at, const guint8 *end, const char *tag, const guint8 **value,
                                 gsize *length);

G_END_DECLS

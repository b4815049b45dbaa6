/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/notation/swb-notation-names.h"
#include "journal/notation/swb-notation.h"

/* What the files of the notation share: each piece has a print and a scan that is its inverse.
 *
 * Where strace prints a pointer ("0x7ffe…") the record has none: `0x0` stands there, which strace
 * itself never prints. */

G_BEGIN_DECLS

#define SWB_NOTATION_POINTER "0x0"

/* A place in a line. On failure @at stays where the line went wrong. */
typedef struct
{
  const char *at;
} SwbScanner;

/* Whether the kernel gave nothing back. */
static inline gboolean
swb_notation_has_failed (const SwbRecord *record)
{
  return record->result < 0 || record->error != 0;
}

/* --- text --- */

gboolean swb_scan (SwbScanner *self, const char *text);       /* eats @text, if it stands here */
gboolean swb_scan_int (SwbScanner *self, gint64 *value);      /* decimal */
gboolean swb_scan_int32 (SwbScanner *self, gint64 *value);    /* the same, in the range of an int */
gboolean swb_scan_time (SwbScanner *self, gint64 *ns);        /* "12.000000345" */
gboolean swb_scan_quoted (SwbScanner *self, GByteArray *bytes); /* "…" as strace escapes; appends */

void swb_print_time (GString *text, gint64 ns);
void swb_print_date (GString *text, gint64 wall_ns); /* ISO 8601: "2026-11-23T03:20:00.000000000Z" */
void swb_print_quoted (GString *text, const guint8 *bytes, gsize length);

/* --- constants --- */

const char *swb_names_find (const SwbNames *names, guint32 value); /* (nullable) */
void swb_print_name (GString *text, const SwbNames *names, gint64 value);
void swb_print_flags (GString *text, const SwbNames *names, guint32 flags);
void swb_print_domain (GString *text, gint64 domain);
void swb_print_protocol (GString *text, gint64 domain, gint64 protocol);
void swb_print_type (GString *text, gint64 type);
void swb_print_accept_flags (GString *text, gint64 flags);
void swb_print_message_flags (GString *text, gint64 flags);
void swb_print_how (GString *text, gint64 how);
void swb_print_request (GString *text, gint64 request);
void swb_print_level (GString *text, gint64 level);
void swb_print_option (GString *text, gint64 level, gint64 name);

/* Names and numbers joined by `|`, comments of strace behind numbers skipped; the value is that of a C int. */
gboolean swb_scan_constant (SwbScanner *self, gint64 *value);

/* The same, or htons() of it. */
gboolean swb_scan_protocol (SwbScanner *self, gint64 *protocol);

/* --- addresses: what is between the parentheses' commas --- */

/* @length: the bytes of @address to print, the address's own unless the room was smaller */
void swb_print_sockaddr (GString *text, const SwbAddress *address, socklen_t length);

/* Fills @address except for its length. */
gboolean swb_scan_sockaddr (SwbScanner *self, SwbAddress *address);

/* With its length behind it: "{sa_family=…}, 16" of one that was given, "{sa_family=…}, [128 => 16]" of one that came. */
void swb_print_address_in (GString *text, const SwbRecord *record);
void swb_print_address_out (GString *text, const SwbRecord *record);
gboolean swb_scan_address_in (SwbScanner *self, SwbRecord *record, GByteArray *bytes);

/* Of a call that failed "[128]" is the room alone; swb_scan_call() takes the length away. */
gboolean swb_scan_address_out (SwbScanner *self, SwbRecord *record, GByteArray *bytes);

/* "[128]" or "[128 => 16]". */
gboolean swb_scan_sizes (SwbScanner *self, gint64 *room, gint64 *length);

/* Of an address of another domain than inet and unix, what stands behind its family; %FALSE: strace shows sa_data. */
gboolean swb_print_family (GString *text, const SwbAddress *address, socklen_t length);
gboolean swb_scan_family (SwbScanner *self, gint64 family, SwbAddress *address);

/* --- values of options --- */

void swb_print_option_value (GString *text, const SwbRecord *record);

/* Appends the value as far as the text says it. */
gboolean swb_scan_option_value (SwbScanner *self, gint64 level, gint64 name, GByteArray *bytes);

/* --- control messages --- */

/* "[{cmsg_len=20, cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=[64]}]"; a string where the bytes are no messages. */
void swb_print_control (GString *text, const guint8 *control, gsize length);

/* Appends the messages, each padded as the kernel does. */
gboolean swb_scan_control (SwbScanner *self, GByteArray *control);

/* --- swb-notation-arguments.c: what is between the parentheses, but for the descriptor in front --- */

void swb_print_arguments (GString *text, const SwbRecord *record);

/* @record: its call is known. Without an address sendto becomes send, and recvfrom recv. */
gboolean swb_scan_arguments (SwbScanner *self, SwbRecord *record, GByteArray *bytes);

/* --- swb-notation-call.c: from the name to the result --- */

void swb_print_call (GString *text, const SwbRecord *record);
gboolean swb_scan_call (SwbScanner *self, SwbRecord *record, GByteArray *bytes);

/* --- messages of sendmsg(), recvmsg(), sendmmsg() and recvmmsg(): "{msg_name=…}". In a record all pieces are one. --- */

void swb_print_message (GString *text, const SwbRecord *record);
gboolean swb_scan_message (SwbScanner *self, SwbRecord *record, GByteArray *bytes);

/* All arguments of sendmmsg() and recvmmsg() behind the descriptor. */
void swb_print_messages (GString *text, const SwbRecord *record);
gboolean swb_scan_messages (SwbScanner *self, SwbRecord *record, GByteArray *bytes);

/* "[{iov_base="…", iov_len=5}, …]": the bytes as far as they are shown without a gap; adds to @length. */
gboolean swb_scan_pieces (SwbScanner *self, gint64 *length, GByteArray *bytes);

/* --- packets: "in tcp 127.0.0.1:4000 [P.] seq 1 ack 1 win 512 length 5 "hello"" --- */

void swb_print_packet (GString *text, const SwbRecord *record);
gboolean swb_scan_packet (SwbScanner *self, SwbRecord *record, GByteArray *bytes);

/* (transfer full): "tcp", "icmp", "proto47", "frame" */
char *swb_notation_dup_protocol_name (const SwbRecord *record);
char *swb_notation_dup_tcp_flags (const SwbRecord *record); /* "P." */

/* --- lines --- */

#define SWB_NOTATION_NAME_MAX 255 /* bytes */

/* Whether a pane's name can stand at the head of a line: it has no blanks, no `#`, is not longer than that, and harms no
 * terminal. */
gboolean swb_notation_is_name (const char *name);

/* (transfer full): "waiting"; "note99" for a number that has no name. */
char *swb_notation_dup_note_name (SwbNote note);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"

/* Records as text, in the notation of strace, and back. Any thread.
 *
 *   server 1732282.123456789 bind(3, {sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0 <0.000004012>
 *   server#1 1732282.123456790 recvfrom(4, "hello", 65536, 0, NULL, NULL) = 5 <0.000003000>
 *   client 1732282.2 > #3 client connect 127.0.0.1:7000
 *   client 1732282.3 < #3 ECONNREFUSED connect: nobody listens there <0.000100000>
 *   client 1732282.4 * waiting(65536) 65,536 bytes wait…
 *   tcp-80#1 1732282.5 | in tcp 127.0.0.1:40312 [P.] seq 1 ack 1 win 512 length 5 "hello"
 *
 * What follows the time is, for calls, what `strace -f -ttt -T -s 16777216` prints for the same call (wall-clock seconds; nine
 * digits behind the point where strace has six). Commands, outcomes and notes have `>`, `<` and `*` in front.
 * Strings are escaped as strace does (octal, `\n`), so no byte of the network reaches a terminal unescaped.
 *
 * Where a line differs from strace's: one blank before `=`; `0x0` where strace has a pointer that the record does
 * not have (buffers and addresses of calls that failed); of a send the bytes that the kernel took, with strace's ellipsis
 * (`"hel"...`) behind them when they were fewer; scopes of IPv6 by number; a structure whose padding is not zero as
 * `sa_data`; values of options whose length is not that of the struct as strings; of ip_mreqn
 * the interface, in a comment, which strace leaves out; addresses of AX.25 with digipeaters and of AF_IEEE802154 as `sa_data`; interfaces by number; of control messages that strace has no
 * name for, their bytes as a string; recvmsg that failed without its room (as with strace);
 * of recvmmsg and sendmmsg a line for each message, which says in a comment in front which one it is where there are several ("2 of 3"), and none of those
 * that were not sent. A text that could be taken for something else, or could harm a
 * terminal, stands in quotes.
 *
 * A line does not have a record's origin, and no descriptor of a command, outcome or note. sendto() and recvfrom() without an
 * address read back as send() and recv(), which are the same to the kernel. */

G_BEGIN_DECLS

/* (transfer none): names the pane of a record: "server". */
typedef const char *(*SwbPaneNameFunc) (guint pane, gpointer user_data);

/**
 * swb_notation_print:
 * @journal: (nullable): gives the clock's anchor; %NULL prints monotonic time
 * @pane_name: (nullable): %NULL names panes "pane3"
 *
 * Returns: (transfer full): one line without newline, ASCII except for UTF-8 in commands and notes, no control bytes
 */
char *swb_notation_print (const SwbRecord *record, SwbJournal *journal, SwbPaneNameFunc pane_name, gpointer user_data);

/* Only the call with its arguments and result: from `bind(` up to ` = 0`. */
char *swb_notation_print_call (const SwbRecord *record);

/**
 * swb_notation_parse:
 * @line: a line as swb_notation_print() makes it
 * @record: (out): the record; @time_ns is the time printed, pane is 0
 * @pane: (out) (transfer full): the pane's name
 * @bytes: (out) (transfer full): what @record's data and control messages point to
 * @error: SWB_ERROR_SYNTAX with the column in the message
 */
gboolean swb_notation_parse (const char *line, SwbRecord *record, char **pane, GBytes **bytes, GError **error);

/* --- the shorter form of the journal view, a string per column; (transfer full) --- */

/* "AF_INET, SOCK_STREAM, 0", "7, 127.0.0.1:7000", "7 → 127.0.0.1:40312", "hello, bench⏎": at most @max_chars characters. */
char *swb_notation_short_details (const SwbRecord *record, gsize max_chars);

/* "= 7", "13 B", "EINPROGRESS", "eof", "" */
char *swb_notation_short_result (const SwbRecord *record);

/* "11 µs", "1.2 ms", "3.4 s" */
char *swb_notation_short_duration (gint64 took_ns);

/* "send", "accept4", "note", "command" */
const char *swb_notation_short_call (const SwbRecord *record);

/* (transfer full): an option as strace prints it: "SO_ERROR"; the number where there is no name. */
char *swb_notation_print_option (gint64 level, gint64 name);

/* (transfer full): "1000 bytes were not kept" in the person's language: see swb_record_get_n_unkept(). */
char *swb_notation_dup_unkept (guint64 n_bytes);

G_END_DECLS

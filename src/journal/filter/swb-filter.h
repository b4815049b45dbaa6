/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/store/swb-journal.h"

/* A filter says which records of a journal are wanted, in a small language:
 *
 *   filter     = [ or ]                      nothing at all: every record
 *   or         = and { ( "or" | "||" ) and }
 *   and        = not { [ "and" | "&&" ] not }   side by side means and
 *   not        = [ "not" | "!" ] primary
 *   primary    = "(" or ")" | comparison | bytes | regex
 *   comparison = field operator value
 *   bytes      = word | "text" | hex:0d0a    alone: the data contains them
 *   regex      = /pattern/ | /pattern/i      alone: the data matches
 *
 * Fields, the operators they take, and their values:
 *
 *   pane     = !=                 a pane's name, or its number
 *   socket   = !=                 server (the pane's own), server#2 (its second connection), server#all (all its
 *                                 connections); with < <= > >= too: the number of the descriptor
 *   peer     = != ~ ~* =~         text of the address at the other end, "127.0.0.1:7000": the one in the record, or else the
 *   local    = != ~ ~* =~         connection's (at this end). "" is none
 *   call     = !=                 the name of a call: recv, accept (accept4 is the same)
 *   dir      = !=                 out, in, none
 *   kind     = !=                 call, command, outcome, note, packet
 *   origin   = !=                 whence a record came: command, auto (a standing order), responder, engine, survey (one of
 *                                 the many readings of the options page)
 *   len      = != < <= > >=       bytes of data: 100, 0x40
 *   result   = != < <= > >=       as the call returned it; -1 with an errno
 *   errno    = != < <= > >=       a name (ECONNREFUSED) or a number; 0 is no error
 *   took     = != < <= > >=       a length of time: 1.5ms, in ns, us, µs, ms, s, min, h
 *   time     = != < <= > >=       2.5s behind the first record; -10s before the last one (a scan: the last when it
 *                                 began); 2026-11-22T14:47:12.5 in local time, with Z or +01:00 elsewhere; 14:47:12 on the
 *                                 day of the journal's first record
 *   data     = != ~ ~* =~         ~ contains, ~* the same whatever the case of ASCII letters, = is all of it; the data is a
 *                                 call's bytes, a command's text, the sentence of an outcome or a note
 *
 * `==` is `=`. Words of the language are written in lower case; "and" as text needs its quotes. Text has the escapes of
 * payloads (`\n \x00 \"`), and is bytes of UTF-8. A pattern is a Perl regex over bytes: `\/` is a slash in it, i after it ignores case; it
 * may not begin with `(*`. A word ends at space, `( ) " = < > ~`, `!=`, `&&` and `||`.
 *
 * Filters never change once made, and may be used by any number of threads. */

G_BEGIN_DECLS

#define SWB_FILTER_TEXT_MAX 65536 /* bytes of a filter's text */
#define SWB_FILTER_DEPTH_MAX 100  /* of parentheses and nots inside each other */

#define SWB_TYPE_FILTER (swb_filter_get_type ())
#define SWB_TYPE_FILTER_NAMES (swb_filter_names_get_type ())

typedef struct _SwbFilter SwbFilter;           /* atomically reference-counted boxed type */
typedef struct _SwbFilterNames SwbFilterNames; /* atomically reference-counted boxed type */

typedef enum
{
  SWB_FILTER_LOCAL,
  SWB_FILTER_PEER,
} SwbFilterEnd;

/**
 * SwbFilterFindPane:
 *
 * Called while a filter is parsed.
 *
 * Returns: the pane's number, 0 when there is none of this name
 */
typedef guint (*SwbFilterFindPane) (const char *name, gpointer user_data);

/**
 * SwbFilterDupAddress:
 * @connection: 0 is the pane's own socket
 *
 * Called while a filter that names `peer` or `local` is matched, in the thread that matches: in workers, when a
 * SwbScan does. Whatever it reads must bear that.
 *
 * Returns: (transfer full) (nullable): the address as swb_address_print() has it
 */
typedef char *(*SwbFilterDupAddress) (guint pane, guint connection, SwbFilterEnd end, gpointer user_data);

GType swb_filter_get_type (void);
GType swb_filter_names_get_type (void);

/**
 * swb_filter_names_new:
 * @find_pane: (nullable): %NULL knows panes as "pane3", the way swb_notation_print() does
 * @dup_address: (nullable): %NULL knows only the addresses in the records themselves
 * @destroy: (nullable): for @user_data; called in whichever thread lets go last
 *
 * What a filter must be told, since the journal does not know it.
 */
SwbFilterNames *swb_filter_names_new (SwbFilterFindPane find_pane, SwbFilterDupAddress dup_address, gpointer user_data,
                                      GDestroyNotify destroy);
SwbFilterNames *swb_filter_names_ref (SwbFilterNames *self);
void swb_filter_names_unref (SwbFilterNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbFilterNames, swb_filter_names_unref)

/**
 * swb_filter_parse:
 * @text: a filter
 * @names: (nullable): kept by the filter
 * @position: (out) (optional): the place of an error, in characters from 1
 * @error: SWB_ERROR with a sentence: SYNTAX; UNKNOWN for a field, pane, call, errno or unit that there is none of; RANGE for a
 *   number or time too large; TOO_LONG beyond %SWB_FILTER_TEXT_MAX or %SWB_FILTER_DEPTH_MAX; ENCODING when @text isn't UTF-8
 *
 * Returns: (transfer full) (nullable): the filter
 */
SwbFilter *swb_filter_parse (const char *text, SwbFilterNames *names, gsize *position, GError **error);

SwbFilter *swb_filter_ref (SwbFilter *self);
void swb_filter_unref (SwbFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbFilter, swb_filter_unref)

/* (transfer full): a text that parses to an equal filter: `data ~ "GET" and not len > 100` */
char *swb_filter_print (SwbFilter *self);

/* (transfer full): @bytes as a value for `data`, `peer`, a pane…: in quotes, with escapes */
char *swb_filter_quote (const guint8 *bytes, gsize length);

gboolean swb_filter_equal (SwbFilter *a, SwbFilter *b);

/* Whether every record passes: the empty filter. */
gboolean swb_filter_is_empty (SwbFilter *self);

/**
 * swb_filter_match:
 * @position: below the published count
 *
 * For single records; SwbScan is much faster over many. Any thread.
 */
gboolean swb_filter_match (SwbFilter *self, SwbJournal *journal, guint64 position);

/**
 * swb_filter_list_fields:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of the fields, for completion
 */
const char *const *swb_filter_list_fields (void);

/**
 * swb_filter_list_values:
 * @field: a field's name
 *
 * Returns: (transfer container) (array zero-terminated=1): the words that may stand behind it, for completion; empty where
 *   they are not from a list
 */
const char **swb_filter_list_values (const char *field);

G_END_DECLS

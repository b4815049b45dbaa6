/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/notation/swb-notation-private.h"

/* What structs look like in a line: control messages, values of options, addresses. A form is walked by
 * printing and by scanning, so that the two are inverse. It has the fields in the order of memory: literal
 * text, and
 *
 *   %d int32   %u uint32   %x uint32 as 0x…   %g the same with zeros in front   %q int64
 *   %w uint16   %l a little-endian one   %b a byte   %y a byte as 0x…   %z a byte of zero, which is not shown
 *   %a an IPv4 address   %6 an IPv6 address   %p a port   %f the family AF_INET   %S a sockaddr_storage
 *   %r a big-endian uint32   %P a pointer, NULL for 0
 *   %i the number of an interface (strace has its name; as a name it is not kept)
 *   %m a hardware address   %h one of as many bytes as the uint16 in front of it says, in room for eight
 *   %c a callsign of AX.25   %s characters up to a NUL   %F a set of ICMP types
 *   %nX a name of the list X (the table in swb-notation-form.c)
 *
 * A number stands for repetition: %4z is four of them (six are %06z), %14s has room for 14 bytes, %8m is a hardware address
 * of eight. %*d repeats to the end of the data with commas in between.
 *
 *   %7k an int32 that is 7, %7j a uint16, %7o a byte: the text beside them says it, so they are not shown */

G_BEGIN_DECLS

typedef enum
{
  SWB_LIST_NAMES,
  SWB_LIST_FLAGS,
  SWB_LIST_COMMENT, /* names, as a comment behind the number */
  SWB_LIST_FLAGS_COMMENT,
  SWB_LIST_LITTLE, /* of Bluetooth: little-endian, "htobs(NAME+7)" */
} SwbListKind;

typedef struct
{
  char key;
  guint8 size; /* bytes */
  SwbListKind kind;
  const SwbNames *names;
} SwbFormList;

/* One code of a form. */
typedef struct
{
  char code;
  guint count; /* 0: to the end */
  guint constant; /* of %k, %j, %o */
  const SwbFormList *list; /* of %n */
} SwbFormCode;

/* @at: (inout): behind the percent sign, then behind the code */
SwbFormCode swb_form_read_code (const char **at);

/* Bytes of one repetition. */
gsize swb_form_get_size (const SwbFormCode *code);

/* Returns: %FALSE where the form does not say all of the data; then something may have been appended. */
gboolean swb_print_form (GString *text, const char *form, const guint8 *data, gsize length);

/* Appends what the text says. */
gboolean swb_scan_form (SwbScanner *self, const char *form, GByteArray *bytes);

/* The name at which the numbers begin that have @value among them, such as L2CAP_PSM_DYN_START. (nullable) */
const char *swb_form_find_base (const SwbFormList *list, guint32 value, guint32 *base);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-private.h"

#include <string.h>

/* The arguments behind the descriptor, for each call in two functions that are each other's
 * inverse. */

/* --- bytes --- */

/* @n_wanted: how many bytes strace would show. The record has those that moved; where it
 * has fewer, the ellipsis of strace's own -s stands behind them. */
static void
print_data (GString *text, const SwbRecord *record, gint64 n_wanted)
{
  swb_print_quoted (text, record->data, record->n_data);
  if ((gint64)record->n_data < n_wanted)
    g_string_append (text, "...");
}

static gboolean
scan_data (SwbScanner *self, GByteArray *bytes)
{
  if (swb_scan (self, SWB_NOTATION_POINTER))
    return TRUE;

  if (!swb_scan_quoted (self, bytes))
    return FALSE;

  swb_scan (self, "...");
  return TRUE;
}

static void
print_sent (GString *text, const SwbRecord *record)
{
  print_data (text, record, record->ints[0]);
}

static void
print_received (GString *text, const SwbRecord *record)
{
  if (swb_notation_has_failed (record))
    g_string_append (text, SWB_NOTATION_POINTER);
  else
    print_data (text, record, MIN (record->ints[0], (gint64)record->result));
}

static void
print_size_and_flags (GString *text, const SwbRecord *record)
{
  g_string_append_printf (text, ", %" G_GINT64_FORMAT ", ", record->ints[0]);
  swb_print_message_flags (text, record->ints[1]);
  g_string_append (text, ", ");
}

static gboolean
scan_transfer (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return scan_data (self, bytes) && swb_scan (self, ", ")
         && swb_scan_int (self, &record->ints[0]) && swb_scan (self, ", ")
         && swb_scan_constant (self, &record->ints[1]) && swb_scan (self, ", ");
}

static void
print_send (GString *text, const SwbRecord *record)
{
  print_sent (text, record);
  print_size_and_flags (text, record);
  swb_print_address_in (text, record);
}

/* Without an address sendto is send, and recvfrom is recv: the kernel makes no difference
 * either. */
static gboolean
scan_sendto (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  if (!scan_transfer (self, record, bytes) || !swb_scan_address_in (self, record, bytes))
    return FALSE;

  record->call = record->address.length == 0 ? SWB_CALL_SEND : SWB_CALL_SENDTO;
  return TRUE;
}

static void
print_recv (GString *text, const SwbRecord *record)
{
  print_received (text, record);
  print_size_and_flags (text, record);
  swb_print_address_out (text, record);
}

static gboolean
scan_recvfrom (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  if (!scan_transfer (self, record, bytes))
    return FALSE;

  record->call = strncmp (self->at, "NULL", 4) == 0 ? SWB_CALL_RECV : SWB_CALL_RECVFROM;
  return swb_scan_address_out (self, record, bytes);
}

static void
print_write (GString *text, const SwbRecord *record)
{
  print_sent (text, record);
  g_string_append_printf (text, ", %" G_GINT64_FORMAT, record->ints[0]);
}

static void
print_read (GString *text, const SwbRecord *record)
{
  print_received (text, record);
  g_string_append_printf (text, ", %" G_GINT64_FORMAT, record->ints[0]);
}

static gboolean
scan_plain_transfer (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return scan_data (self, bytes) && swb_scan (self, ", ")
         && swb_scan_int (self, &record->ints[0]);
}

static void
print_message (GString *text, const SwbRecord *record)
{
  swb_print_message (text, record);
  g_string_append (text, ", ");
  swb_print_message_flags (text, record->ints[1]);
}

static gboolean
scan_message (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return swb_scan_message (self, record, bytes) && swb_scan (self, ", ")
         && swb_scan_constant (self, &record->ints[1]);
}

/* --- sockets --- */

static void
print_domain_and_type (GString *text, const SwbRecord *record)
{
  swb_print_domain (text, record->ints[0]);
  g_string_append (text, ", ");
  swb_print_type (text, record->ints[1]);
  g_string_append (text, ", ");
}

static void
print_socket (GString *text, const SwbRecord *record)
{
  print_domain_and_type (text, record);
  swb_print_protocol (text, record->ints[0], record->ints[2]);
}

static gboolean
scan_socket (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return swb_scan_constant (self, &record->ints[0]) && swb_scan (self, ", ")
         && swb_scan_constant (self, &record->ints[1]) && swb_scan (self, ", ")
         && swb_scan_protocol (self, &record->ints[2]);
}

static void
print_pair (GString *text, const SwbRecord *record)
{
  gint32 pair[2];

  if (record->n_data != sizeof pair || swb_notation_has_failed (record))
    {
      g_string_append (text, SWB_NOTATION_POINTER);
      return;
    }

  memcpy (pair, record->data, sizeof pair);
  g_string_append_printf (text, "[%d, %d]", pair[0], pair[1]);
}

static gboolean
scan_pair (SwbScanner *self, GByteArray *bytes)
{
  gint64 first, second;

  if (swb_scan (self, SWB_NOTATION_POINTER))
    return TRUE;

  if (!swb_scan (self, "[") || !swb_scan_int32 (self, &first) || !swb_scan (self, ", ")
      || !swb_scan_int32 (self, &second) || !swb_scan (self, "]"))
    return FALSE;

  gint32 pair[2] = { (gint32)first, (gint32)second };
  g_byte_array_append (bytes, (const guint8 *)pair, sizeof pair);
  return TRUE;
}

/* strace names the protocol of socket, and not that of socketpair. */
static void
print_socketpair (GString *text, const SwbRecord *record)
{
  print_domain_and_type (text, record);
  g_string_append_printf (text, "%u, ", (guint32)record->ints[2]);
  print_pair (text, record);
}

static gboolean
scan_socketpair (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return scan_socket (self, record, bytes) && swb_scan (self, ", ")
         && scan_pair (self, bytes);
}

static void
print_listen (GString *text, const SwbRecord *record)
{
  g_string_append_printf (text, "%d", (int)record->ints[0]);
}

static gboolean
scan_listen (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return swb_scan_int32 (self, &record->ints[0]);
}

static void
print_accept (GString *text, const SwbRecord *record)
{
  swb_print_address_out (text, record);
  g_string_append (text, ", ");
  swb_print_accept_flags (text, record->ints[0]);
}

static gboolean
scan_accept (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return swb_scan_address_out (self, record, bytes) && swb_scan (self, ", ")
         && swb_scan_constant (self, &record->ints[0]);
}

static void
print_how (GString *text, const SwbRecord *record)
{
  swb_print_how (text, record->ints[0]);
}

static gboolean
scan_how (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return swb_scan_constant (self, &record->ints[0]);
}

/* --- options --- */

static void
print_option (GString *text, const SwbRecord *record)
{
  swb_print_level (text, record->ints[0]);
  g_string_append (text, ", ");
  swb_print_option (text, record->ints[0], record->ints[1]);
  g_string_append (text, ", ");
}

static gboolean
scan_option (SwbScanner *self, SwbRecord *record)
{
  return swb_scan_constant (self, &record->ints[0]) && swb_scan (self, ", ")
         && swb_scan_constant (self, &record->ints[1]) && swb_scan (self, ", ");
}

/* A struct may be shown shorter than it is; what is not shown was zero. */
static gboolean
set_value_length (GByteArray *bytes, gint64 length)
{
  static const guint8 zeros[sizeof (struct ip_mreqn)] = { 0 };

  if (length > bytes->len && bytes->len > 0 && length - bytes->len <= (gint64)sizeof zeros)
    g_byte_array_append (bytes, zeros, (guint)(length - bytes->len));

  return bytes->len == 0 || length == bytes->len;
}

static void
print_setsockopt (GString *text, const SwbRecord *record)
{
  print_option (text, record);
  swb_print_option_value (text, record);
  g_string_append_printf (text, ", %" G_GSIZE_FORMAT, record->n_data);
}

static gboolean
scan_setsockopt (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  gint64 length;

  return scan_option (self, record)
         && swb_scan_option_value (self, record->ints[0], record->ints[1], bytes)
         && swb_scan (self, ", ") && swb_scan_int32 (self, &length)
         && set_value_length (bytes, length);
}

static void
print_getsockopt (GString *text, const SwbRecord *record)
{
  gint64 room = record->ints[2];

  print_option (text, record);
  if (swb_notation_has_failed (record))
    {
      g_string_append_printf (text, SWB_NOTATION_POINTER ", [%d]", (int)room);
      return;
    }

  swb_print_option_value (text, record);
  g_string_append_printf (text, ", [%d", (int)room);
  if (room != (gint64)record->n_data)
    g_string_append_printf (text, " => %d", (int)record->n_data);
  g_string_append_c (text, ']');
}

static gboolean
scan_getsockopt (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  gint64 length;

  return scan_option (self, record)
         && swb_scan_option_value (self, record->ints[0], record->ints[1], bytes)
         && swb_scan (self, ", ") && swb_scan_sizes (self, &record->ints[2], &length)
         && set_value_length (bytes, length);
}

/* --- the others --- */

static void
print_ioctl (GString *text, const SwbRecord *record)
{
  swb_print_request (text, record->ints[0]);
  if (record->error != 0)
    g_string_append (text, ", " SWB_NOTATION_POINTER);
  else
    g_string_append_printf (text, ", [%d]", (int)record->ints[1]);
}

static gboolean
scan_ioctl (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  if (!swb_scan_constant (self, &record->ints[0]) || !swb_scan (self, ", "))
    return FALSE;
  return swb_scan (self, SWB_NOTATION_POINTER)
         || (swb_scan (self, "[") && swb_scan_int32 (self, &record->ints[1])
             && swb_scan (self, "]"));
}

static void
print_path (GString *text, const SwbRecord *record)
{
  swb_print_quoted (text, record->data, record->n_data);
}

static gboolean
scan_path (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return swb_scan_quoted (self, bytes);
}

/* --- the table --- */

typedef struct
{
  void (*print) (GString *text, const SwbRecord *record);
  gboolean (*scan) (SwbScanner *self, SwbRecord *record, GByteArray *bytes);
} Form;

/* close() has no arguments behind the descriptor. */
static const Form forms[SWB_N_CALLS] = {
  [SWB_CALL_SOCKET] = { print_socket, scan_socket },
  [SWB_CALL_SOCKETPAIR] = { print_socketpair, scan_socketpair },
  [SWB_CALL_BIND] = { swb_print_address_in, swb_scan_address_in },
  [SWB_CALL_CONNECT] = { swb_print_address_in, swb_scan_address_in },
  [SWB_CALL_LISTEN] = { print_listen, scan_listen },
  [SWB_CALL_ACCEPT] = { print_accept, scan_accept },
  [SWB_CALL_GETSOCKNAME] = { swb_print_address_out, swb_scan_address_out },
  [SWB_CALL_GETPEERNAME] = { swb_print_address_out, swb_scan_address_out },
  [SWB_CALL_SEND] = { print_send, scan_sendto },
  [SWB_CALL_SENDTO] = { print_send, scan_sendto },
  [SWB_CALL_RECV] = { print_recv, scan_recvfrom },
  [SWB_CALL_RECVFROM] = { print_recv, scan_recvfrom },
  [SWB_CALL_SHUTDOWN] = { print_how, scan_how },
  [SWB_CALL_SETSOCKOPT] = { print_setsockopt, scan_setsockopt },
  [SWB_CALL_GETSOCKOPT] = { print_getsockopt, scan_getsockopt },
  [SWB_CALL_UNLINK] = { print_path, scan_path },
  [SWB_CALL_READ] = { print_read, scan_plain_transfer },
  [SWB_CALL_WRITE] = { print_write, scan_plain_transfer },
  [SWB_CALL_SENDMSG] = { print_message, scan_message },
  [SWB_CALL_RECVMSG] = { print_message, scan_message },
  [SWB_CALL_IOCTL] = { print_ioctl, scan_ioctl },
  [SWB_CALL_SENDMMSG] = { swb_print_messages, swb_scan_messages },
  [SWB_CALL_RECVMMSG] = { swb_print_messages, swb_scan_messages },
};

void
swb_print_arguments (GString *text, const SwbRecord *record)
{
  if ((guint)record->call < SWB_N_CALLS && forms[record->call].print != NULL)
    forms[record->call].print (text, record);
}

gboolean
swb_scan_arguments (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  const Form *form = &forms[record->call];

  return record->call == SWB_CALL_CLOSE
         || (form->scan != NULL && form->scan (self, record, bytes));
}

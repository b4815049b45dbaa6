/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-private.h"

#include "net/swb-errno.h"

#include <string.h>

static gboolean
has_failed (const SwbRecord *record)
{
  return record->result < 0 || record->error != 0;
}

static void
print_address_in (GString *text, const SwbRecord *record)
{
  socklen_t length = record->address.length;

  if (length == 0)
    g_string_append (text, "NULL");
  else
    swb_print_sockaddr (text, &record->address, length);
  g_string_append_printf (text, ", %u", length);
}

/* What the kernel gives back is cut to the room; its length is not. */
static void
print_address_out (GString *text, const SwbRecord *record)
{
  socklen_t length = record->address.length;
  socklen_t room = record->address_room;

  if (room == 0 && length == 0)
    g_string_append (text, "NULL, NULL");
  else if (has_failed (record))
    g_string_append_printf (text, SWB_NOTATION_POINTER ", [%d]", (int)room);
  else
    {
      swb_print_sockaddr (text, &record->address, MIN (length, room));
      if (length == room)
        g_string_append_printf (text, ", [%d]", (int)room);
      else
        g_string_append_printf (text, ", [%d => %d]", (int)room, (int)length);
    }
}

/* @n_wanted: how many bytes strace would show. The record has those that moved; where it
 * has fewer, the ellipsis of strace's own -s stands behind them. */
static void
print_data (GString *text, const SwbRecord *record, gint64 n_wanted)
{
  swb_print_quoted (text, record->data, record->n_data);
  if ((gint64)record->n_data < n_wanted)
    g_string_append (text, "...");
}

static void
print_sent (GString *text, const SwbRecord *record)
{
  print_data (text, record, record->ints[0]);
}

static void
print_received (GString *text, const SwbRecord *record)
{
  if (has_failed (record))
    g_string_append (text, SWB_NOTATION_POINTER);
  else
    print_data (text, record, MIN (record->ints[0], (gint64)record->result));
}

static void
print_pair (GString *text, const SwbRecord *record)
{
  gint32 pair[2];

  if (record->n_data != sizeof pair || has_failed (record))
    {
      g_string_append (text, SWB_NOTATION_POINTER);
      return;
    }

  memcpy (pair, record->data, sizeof pair);
  g_string_append_printf (text, "[%d, %d]", pair[0], pair[1]);
}

static void
print_domain_and_type (GString *text, const SwbRecord *record)
{
  swb_print_domain (text, record->ints[0]);
  g_string_append (text, ", ");
  swb_print_type (text, record->ints[1]);
  g_string_append (text, ", ");
}

/* strace names the protocol of socket, and not that of socketpair. */
static void
print_socketpair (GString *text, const SwbRecord *record)
{
  print_domain_and_type (text, record);
  g_string_append_printf (text, "%u, ", (guint32)record->ints[2]);
  print_pair (text, record);
}

static void
print_size_and_flags (GString *text, const SwbRecord *record)
{
  g_string_append_printf (text, ", %" G_GINT64_FORMAT ", ", record->ints[0]);
  swb_print_message_flags (text, record->ints[1]);
  g_string_append (text, ", ");
}

static void
print_option (GString *text, const SwbRecord *record)
{
  swb_print_level (text, record->ints[0]);
  g_string_append (text, ", ");
  swb_print_option (text, record->ints[0], record->ints[1]);
  g_string_append (text, ", ");
}

static void
print_getsockopt (GString *text, const SwbRecord *record)
{
  gint64 room = record->ints[2];

  print_option (text, record);
  if (has_failed (record))
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

/* The arguments behind the descriptor. */
static void
print_ioctl (GString *text, const SwbRecord *record)
{
  swb_print_request (text, record->ints[0]);
  if (record->error != 0)
    g_string_append (text, ", " SWB_NOTATION_POINTER);
  else
    g_string_append_printf (text, ", [%d]", (int)record->ints[1]);
}

static void
print_arguments (GString *text, const SwbRecord *record)
{
  switch (record->call)
    {
    case SWB_CALL_SOCKET:
      print_domain_and_type (text, record);
      swb_print_protocol (text, record->ints[0], record->ints[2]);
      break;
    case SWB_CALL_SOCKETPAIR:
      print_socketpair (text, record);
      break;
    case SWB_CALL_BIND:
    case SWB_CALL_CONNECT:
      print_address_in (text, record);
      break;
    case SWB_CALL_LISTEN:
      g_string_append_printf (text, "%d", (int)record->ints[0]);
      break;
    case SWB_CALL_ACCEPT:
      print_address_out (text, record);
      g_string_append (text, ", ");
      swb_print_accept_flags (text, record->ints[0]);
      break;
    case SWB_CALL_GETSOCKNAME:
    case SWB_CALL_GETPEERNAME:
      print_address_out (text, record);
      break;
    case SWB_CALL_SEND:
    case SWB_CALL_SENDTO:
      print_sent (text, record);
      print_size_and_flags (text, record);
      print_address_in (text, record);
      break;
    case SWB_CALL_RECV:
    case SWB_CALL_RECVFROM:
      print_received (text, record);
      print_size_and_flags (text, record);
      print_address_out (text, record);
      break;
    case SWB_CALL_SHUTDOWN:
      swb_print_how (text, record->ints[0]);
      break;
    case SWB_CALL_IOCTL:
      print_ioctl (text, record);
      break;
    case SWB_CALL_SETSOCKOPT:
      print_option (text, record);
      swb_print_option_value (text, record);
      g_string_append_printf (text, ", %" G_GSIZE_FORMAT, record->n_data);
      break;
    case SWB_CALL_GETSOCKOPT:
      print_getsockopt (text, record);
      break;
    case SWB_CALL_UNLINK:
      swb_print_quoted (text, record->data, record->n_data);
      break;
    case SWB_CALL_READ:
      print_received (text, record);
      g_string_append_printf (text, ", %" G_GINT64_FORMAT, record->ints[0]);
      break;
    case SWB_CALL_WRITE:
      print_sent (text, record);
      g_string_append_printf (text, ", %" G_GINT64_FORMAT, record->ints[0]);
      break;
    case SWB_CALL_SENDMSG:
    case SWB_CALL_RECVMSG:
      swb_print_message (text, record);
      g_string_append (text, ", ");
      swb_print_message_flags (text, record->ints[1]);
      break;
    case SWB_CALL_SENDMMSG:
    case SWB_CALL_RECVMMSG:
      swb_print_messages (text, record);
      break;
    case SWB_CALL_CLOSE:
    case SWB_CALL_NONE:
    case SWB_N_CALLS:
    default:
      break;
    }
}

static void
print_result (GString *text, const SwbRecord *record)
{
  const char *sentence = strerrordesc_np (record->error);

  if (record->error == 0)
    g_string_append_printf (text, " = %d",
                            swb_call_is_batch (record->call)
                                ? (int)swb_record_get_batch (record).n_messages
                                : record->result);
  else if (sentence != NULL)
    g_string_append_printf (text, " = -1 %s (%s)", swb_errno_name (record->error),
                            sentence);
  else
    g_string_append_printf (text, " = -1 %s (Unknown error %d)",
                            swb_errno_name (record->error), record->error);
}

/* As a comment of C, which strace has as well, so that the line is still one of a call. */
static void
print_unkept (GString *text, const SwbRecord *record)
{
  gsize n = swb_record_get_n_unkept (record);

  if (n > 0)
    g_string_append_printf (text,
                            n == 1 ? " /* %" G_GSIZE_FORMAT " byte was not kept */"
                                   : " /* %" G_GSIZE_FORMAT " bytes were not kept */",
                            n);
}

void
swb_print_call (GString *text, const SwbRecord *record)
{
  const SwbCallInfo *info = swb_call_get_info (record->call);

  g_string_append_printf (text, "%s(", info->syscall);
  if (info->has_fd)
    {
      g_string_append_printf (text, "%d", record->fd);
      if (record->call != SWB_CALL_CLOSE)
        g_string_append (text, ", ");
    }
  print_arguments (text, record);
  g_string_append_c (text, ')');
  print_result (text, record);
  print_unkept (text, record);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-private.h"

#include "net/swb-errno.h"

#include <string.h>

static gboolean
scan_int32 (SwbScanner *self, gint64 *value)
{
  return swb_scan_int (self, value) && *value >= G_MININT32 && *value <= G_MAXINT32;
}

static gboolean
scan_socket (SwbScanner *self, SwbRecord *record)
{
  return swb_scan_constant (self, &record->ints[0]) && swb_scan (self, ", ")
         && swb_scan_constant (self, &record->ints[1]) && swb_scan (self, ", ")
         && swb_scan_protocol (self, &record->ints[2]);
}

static gboolean
scan_pair (SwbScanner *self, GByteArray *bytes)
{
  gint64 first, second;

  if (swb_scan (self, SWB_NOTATION_POINTER))
    return TRUE;

  if (!swb_scan (self, "[") || !scan_int32 (self, &first) || !swb_scan (self, ", ")
      || !scan_int32 (self, &second) || !swb_scan (self, "]"))
    return FALSE;

  gint32 pair[2] = { (gint32)first, (gint32)second };
  g_byte_array_append (bytes, (const guint8 *)pair, sizeof pair);
  return TRUE;
}

/* "NULL", a pointer that was not followed, or a sockaddr. */
static gboolean
scan_address (SwbScanner *self, SwbAddress *address)
{
  return swb_scan (self, "NULL") || swb_scan (self, SWB_NOTATION_POINTER)
         || swb_scan_sockaddr (self, address);
}

static gboolean
set_length (SwbAddress *address, gint64 length)
{
  if (length < 0 || length > (gint64)sizeof address->storage)
    return FALSE;

  address->length = (socklen_t)length;
  return TRUE;
}

static gboolean
scan_address_in (SwbScanner *self, SwbRecord *record)
{
  gint64 length;

  return scan_address (self, &record->address) && swb_scan (self, ", ")
         && scan_int32 (self, &length) && set_length (&record->address, length);
}

/* "[128]" or "[128 => 16]". */
static gboolean
scan_sizes (SwbScanner *self, gint64 *room, gint64 *length)
{
  if (!swb_scan (self, "[") || !scan_int32 (self, room))
    return FALSE;

  *length = *room;
  if (swb_scan (self, " => ") && !scan_int32 (self, length))
    return FALSE;

  return swb_scan (self, "]");
}

/* Of a call that failed "[128]" is the room alone; scan_call() takes the length away. */
static gboolean
scan_address_out (SwbScanner *self, SwbRecord *record)
{
  gint64 room, length;

  if (swb_scan (self, "NULL, NULL"))
    return TRUE;

  if (!scan_address (self, &record->address) || !swb_scan (self, ", ")
      || !scan_sizes (self, &room, &length))
    return FALSE;

  record->address_room = (guint)room;
  record->address.length
      = (socklen_t)CLAMP (length, 0, (gint64)sizeof record->address.storage);
  return TRUE;
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

static gboolean
scan_transfer (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return scan_data (self, bytes) && swb_scan (self, ", ")
         && swb_scan_int (self, &record->ints[0]) && swb_scan (self, ", ")
         && swb_scan_constant (self, &record->ints[1]) && swb_scan (self, ", ");
}

static gboolean
scan_plain_transfer (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  return scan_data (self, bytes) && swb_scan (self, ", ")
         && swb_scan_int (self, &record->ints[0]);
}

/* Without an address sendto is send, and recvfrom is recv: the kernel makes no difference
 * either. */
static gboolean
scan_sendto (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  if (!scan_transfer (self, record, bytes) || !scan_address_in (self, record))
    return FALSE;

  record->call = record->address.length == 0 ? SWB_CALL_SEND : SWB_CALL_SENDTO;
  return TRUE;
}

static gboolean
scan_recvfrom (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  if (!scan_transfer (self, record, bytes))
    return FALSE;

  record->call = strncmp (self->at, "NULL", 4) == 0 ? SWB_CALL_RECV : SWB_CALL_RECVFROM;
  return scan_address_out (self, record);
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

static gboolean
scan_setsockopt (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  gint64 length;

  return scan_option (self, record)
         && swb_scan_option_value (self, record->ints[0], record->ints[1], bytes)
         && swb_scan (self, ", ") && scan_int32 (self, &length)
         && set_value_length (bytes, length);
}

static gboolean
scan_getsockopt (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  gint64 length;

  return scan_option (self, record)
         && swb_scan_option_value (self, record->ints[0], record->ints[1], bytes)
         && swb_scan (self, ", ") && scan_sizes (self, &record->ints[2], &length)
         && set_value_length (bytes, length);
}

static gboolean
scan_ioctl (SwbScanner *self, SwbRecord *record)
{
  if (!swb_scan_constant (self, &record->ints[0]) || !swb_scan (self, ", "))
    return FALSE;
  return swb_scan (self, SWB_NOTATION_POINTER)
         || (swb_scan (self, "[") && scan_int32 (self, &record->ints[1])
             && swb_scan (self, "]"));
}

static gboolean
scan_arguments (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  switch (record->call)
    {
    case SWB_CALL_SOCKET:
      return scan_socket (self, record);
    case SWB_CALL_SOCKETPAIR:
      return scan_socket (self, record) && swb_scan (self, ", ") && scan_pair (self, bytes);
    case SWB_CALL_BIND:
    case SWB_CALL_CONNECT:
      return scan_address_in (self, record);
    case SWB_CALL_LISTEN:
      return scan_int32 (self, &record->ints[0]);
    case SWB_CALL_ACCEPT:
      return scan_address_out (self, record) && swb_scan (self, ", ")
             && swb_scan_constant (self, &record->ints[0]);
    case SWB_CALL_GETSOCKNAME:
    case SWB_CALL_GETPEERNAME:
      return scan_address_out (self, record);
    case SWB_CALL_SEND:
    case SWB_CALL_SENDTO:
      return scan_sendto (self, record, bytes);
    case SWB_CALL_RECV:
    case SWB_CALL_RECVFROM:
      return scan_recvfrom (self, record, bytes);
    case SWB_CALL_SHUTDOWN:
      return swb_scan_constant (self, &record->ints[0]);
    case SWB_CALL_CLOSE:
      return TRUE;
    case SWB_CALL_IOCTL:
      return scan_ioctl (self, record);
    case SWB_CALL_SETSOCKOPT:
      return scan_setsockopt (self, record, bytes);
    case SWB_CALL_GETSOCKOPT:
      return scan_getsockopt (self, record, bytes);
    case SWB_CALL_UNLINK:
      return swb_scan_quoted (self, bytes);
    case SWB_CALL_READ:
    case SWB_CALL_WRITE:
      return scan_plain_transfer (self, record, bytes);
    case SWB_CALL_SENDMSG:
    case SWB_CALL_RECVMSG:
      return swb_scan_message (self, record, bytes) && swb_scan (self, ", ")
             && swb_scan_constant (self, &record->ints[1]);
    case SWB_CALL_SENDMMSG:
    case SWB_CALL_RECVMMSG:
      return swb_scan_messages (self, record, bytes);
    case SWB_CALL_NONE:
    case SWB_N_CALLS:
    default:
      return FALSE;
    }
}

static gboolean
scan_name (SwbScanner *self, SwbCall *call)
{
  for (guint i = SWB_CALL_NONE + 1; i < SWB_N_CALLS; i++)
    {
      SwbScanner trial = *self;

      if (swb_scan (&trial, swb_call_get_info (i)->syscall) && swb_scan (&trial, "("))
        {
          *self = trial;
          *call = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
scan_fd (SwbScanner *self, SwbRecord *record)
{
  gint64 fd;

  if (!scan_int32 (self, &fd))
    return FALSE;

  record->fd = (int)fd;
  return record->call == SWB_CALL_CLOSE || swb_scan (self, ", ");
}

/* The sentence in parentheses is for people; its words are not looked at. */
static gboolean
scan_error (SwbScanner *self, SwbRecord *record)
{
  gsize length = strspn (self->at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
  g_autofree char *name = g_strndup (self->at, length);

  record->error = length > 0 ? swb_errno_from_name (name) : 0;
  if (record->error == 0)
    return FALSE;

  self->at += length;
  const char *end = strrchr (self->at, ')');
  if (!swb_scan (self, " (") || end == NULL)
    return FALSE;

  self->at = end + 1;
  return TRUE;
}

static gboolean
scan_result (SwbScanner *self, SwbRecord *record)
{
  gint64 result;

  if (!swb_scan (self, ") = ") || !scan_int32 (self, &result) || result < -1)
    return FALSE;

  /* Each record of these has the length of its message, and knows how many there were. */
  if (result < 0 || !swb_call_is_batch (record->call))
    record->result = (int)result;
  else if (result != swb_record_get_batch (record).n_messages)
    return FALSE;
  if (result != -1 || g_ascii_strncasecmp (self->at, " E", 2) != 0)
    return TRUE;

  return swb_scan (self, " ") && scan_error (self, record);
}

/* How many bytes were not kept: the result and the data say it. */
static gboolean
scan_comment (SwbScanner *self)
{
  const char *end;

  if (!swb_scan (self, " /* "))
    return TRUE;
  end = strstr (self->at, " */");
  if (end == NULL)
    return FALSE;
  self->at = end + strlen (" */");
  return TRUE;
}

/* What the kernel did not give or take, a record does not have. */
static void
forget_what_failed (SwbRecord *record, GByteArray *bytes)
{
  if (swb_call_get_info (record->call)->address == SWB_ADDRESS_OUT)
    record->address.length = 0;
  if (record->call == SWB_CALL_SENDMSG
      || record->call == SWB_CALL_SENDMMSG) /* its control messages were given */
    g_byte_array_remove_range (bytes, 0, bytes->len - (guint)record->n_control);
  else if (record->call != SWB_CALL_SETSOCKOPT && record->call != SWB_CALL_UNLINK)
    {
      g_byte_array_set_size (bytes, 0);
      record->n_control = 0;
    }
}

gboolean
swb_scan_call (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  record->fd = -1;
  if (!scan_name (self, &record->call))
    return FALSE;

  if (swb_call_get_info (record->call)->has_fd && !scan_fd (self, record))
    return FALSE;

  if (!scan_arguments (self, record, bytes) || !scan_result (self, record)
      || !scan_comment (self))
    return FALSE;

  if (record->result < 0)
    forget_what_failed (record, bytes);

  return TRUE;
}

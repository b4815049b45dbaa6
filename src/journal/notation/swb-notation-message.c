/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-private.h"

#include <string.h>

/* --- print --- */

static void
print_name_in (GString *text, const SwbAddress *address)
{
  g_string_append (text, "msg_name=");
  if (address->length == 0)
    g_string_append (text, "NULL");
  else
    swb_print_sockaddr (text, address, address->length);
  g_string_append_printf (text, ", msg_namelen=%u", address->length);
}

static void
print_name_out (GString *text, const SwbRecord *record)
{
  socklen_t length = record->address.length;
  socklen_t room = record->address_room;

  g_string_append (text, "msg_name=");
  if (room == 0 && length == 0)
    g_string_append (text, "NULL");
  else if (length == 0)
    g_string_append (text, SWB_NOTATION_POINTER);
  else
    swb_print_sockaddr (text, &record->address, MIN (length, room));
  g_string_append_printf (text, ", msg_namelen=%u", room);
  if (length != room)
    g_string_append_printf (text, " => %u", length);
}

static void
print_control (GString *text, const SwbRecord *record)
{
  if (record->n_control > 0)
    {
      g_string_append (text, ", msg_control=");
      swb_print_control (text, record->control, record->n_control);
    }
  g_string_append_printf (text, ", msg_controllen=%" G_GSIZE_FORMAT, record->n_control);
}

void
swb_print_message (GString *text, const SwbRecord *record)
{
  gboolean is_in = swb_call_get_info (record->call)->data == SWB_DATA_IN;
  gint64 n_wanted = is_in ? MIN (record->ints[0], (gint64)record->result) : record->ints[0];

  /* Of a receive that failed strace shows the name's room alone. */
  if (is_in && record->result < 0)
    {
      g_string_append_printf (text, "{msg_namelen=%u}", record->address_room);
      return;
    }

  g_string_append_c (text, '{');
  if (is_in)
    print_name_out (text, record);
  else
    print_name_in (text, &record->address);
  g_string_append (text, ", msg_iov=[{iov_base=");
  swb_print_quoted (text, record->data, record->n_data);
  if ((gint64)record->n_data < n_wanted)
    g_string_append (text, "...");
  g_string_append_printf (text, ", iov_len=%" G_GINT64_FORMAT "}], msg_iovlen=1",
                          record->ints[0]);
  print_control (text, record);
  g_string_append (text, ", msg_flags=");
  swb_print_message_flags (text, record->ints[2]);
  g_string_append_c (text, '}');
}

/* strace shows all messages; a record is one of them and says which. */
void
swb_print_messages (GString *text, const SwbRecord *record)
{
  SwbBatch batch = swb_record_get_batch (record);

  if (record->result < 0 && record->call == SWB_CALL_RECVMMSG)
    g_string_append (text, SWB_NOTATION_POINTER);
  else
    {
      g_string_append_c (text, '[');
      if (record->result >= 0 && batch.n_messages != 1)
        g_string_append_printf (text, "/* %u of %u */ ", batch.index + 1, batch.n_messages);
      g_string_append (text, "{msg_hdr=");
      swb_print_message (text, record);
      if (record->result >= 0)
        g_string_append_printf (text, ", msg_len=%d", record->result);
      g_string_append (text, "}]");
    }
  g_string_append_printf (text, ", %u, ", batch.n_offered);
  swb_print_message_flags (text, record->ints[1]);
  if (record->call == SWB_CALL_RECVMMSG)
    g_string_append (text, ", NULL");
}

/* --- scan --- */

static gboolean
scan_pointer (SwbScanner *self)
{
  return swb_scan (self, "NULL") || swb_scan (self, SWB_NOTATION_POINTER);
}

/* Behind a piece that is cut, bytes would not be where they were. */
static gboolean
scan_piece (SwbScanner *self, gint64 *length, GByteArray *bytes, gboolean *is_cut)
{
  guint before = bytes->len;
  gint64 n;

  if (!swb_scan (self, "{iov_base=")
      || !(scan_pointer (self) || swb_scan_quoted (self, bytes)))
    return FALSE;

  if (*is_cut)
    g_byte_array_set_size (bytes, before);
  if (swb_scan (self, "..."))
    *is_cut = TRUE;
  if (!swb_scan (self, ", iov_len=") || !swb_scan_int (self, &n) || !swb_scan (self, "}"))
    return FALSE;

  if (n < 0 || *length > G_MAXINT32 || n > G_MAXINT32)
    return FALSE;
  *length += n;
  return TRUE;
}

gboolean
swb_scan_pieces (SwbScanner *self, gint64 *length, GByteArray *bytes)
{
  gboolean is_cut = FALSE;

  if (scan_pointer (self) || swb_scan (self, "[]"))
    return TRUE;
  if (!swb_scan (self, "["))
    return FALSE;

  do
    {
      if (swb_scan (self, "...")) /* more pieces than strace shows */
        break;
      if (!scan_piece (self, length, bytes, &is_cut))
        return FALSE;
    }
  while (swb_scan (self, ", "));

  return swb_scan (self, "]");
}

static gboolean
scan_namelen (SwbScanner *self, SwbRecord *record, gboolean has_name)
{
  gint64 room, length;

  if (!swb_scan_int (self, &room))
    return FALSE;

  length = has_name ? room : 0;
  if (swb_scan (self, " => ") && !swb_scan_int (self, &length))
    return FALSE;
  if (room < 0 || room > G_MAXINT32 || length < 0
      || length > (gint64)sizeof record->address.storage)
    return FALSE;

  if (swb_call_get_info (record->call)->data == SWB_DATA_IN)
    record->address_room = (guint)room;
  record->address.length = (socklen_t)length;
  return TRUE;
}

/* Control messages in forms that are not read here. */
static gboolean
pass_over_value (SwbScanner *self)
{
  int depth = 0;

  for (; *self->at != '\0'; self->at++)
    {
      char c = *self->at;

      if (c == '"')
        {
          while (*++self->at != '"')
            if (*self->at == '\0' || (*self->at == '\\' && *++self->at == '\0'))
              return FALSE;
        }
      else if (c == '[' || c == '{')
        depth++;
      else if ((c == ']' || c == '}' || c == ',') && depth == 0)
        return TRUE;
      else if (c == ']' || c == '}')
        depth--;
    }
  return FALSE;
}

/* They stand behind the data. */
static gboolean
scan_control (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  const char *begin = self->at;
  guint n_data = bytes->len;

  if (swb_scan_control (self, bytes) && bytes->len - n_data <= SWB_RECORD_CONTROL_MAX)
    {
      record->n_control = bytes->len - n_data;
      return TRUE;
    }

  g_byte_array_set_size (bytes, n_data);
  self->at = begin;
  return pass_over_value (self);
}

/* The last message may have come without its padding. */
static gboolean
scan_control_length (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  gint64 length;

  if (!swb_scan_int (self, &length) || length < 0)
    return FALSE;
  if (record->n_control > (gsize)length)
    {
      g_byte_array_set_size (bytes,
                             (guint)(bytes->len - record->n_control + (gsize)length));
      record->n_control = (gsize)length;
    }
  return TRUE;
}

static gboolean
scan_field (SwbScanner *self, SwbRecord *record, GByteArray *bytes, gboolean *has_name)
{
  if (swb_scan (self, "msg_name="))
    {
      *has_name = TRUE;
      return scan_pointer (self) || swb_scan_sockaddr (self, &record->address);
    }
  if (swb_scan (self, "msg_namelen="))
    return scan_namelen (self, record, *has_name);
  if (swb_scan (self, "msg_iov="))
    return swb_scan_pieces (self, &record->ints[0], bytes);
  if (swb_scan (self, "msg_flags="))
    return swb_scan_constant (self, &record->ints[2]);
  if (swb_scan (self, "msg_control="))
    return scan_control (self, record, bytes);
  if (swb_scan (self, "msg_controllen="))
    return scan_control_length (self, record, bytes);

  return swb_scan (self, "msg_iovlen=") && pass_over_value (self);
}

gboolean
swb_scan_message (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  gboolean has_name = FALSE;

  if (scan_pointer (self))
    return TRUE;
  if (!swb_scan (self, "{"))
    return FALSE;

  do
    if (!scan_field (self, record, bytes, &has_name))
      return FALSE;
  while (swb_scan (self, ", "));

  return swb_scan (self, "}");
}

static gboolean
scan_place (SwbScanner *self, SwbBatch *batch)
{
  gint64 number, n_messages;

  *batch = (SwbBatch){ .n_messages = 1 };
  if (!swb_scan (self, "/* "))
    return TRUE;
  if (!swb_scan_int (self, &number) || !swb_scan (self, " of ")
      || !swb_scan_int (self, &n_messages) || !swb_scan (self, " */ ") || number < 1
      || number > SWB_BATCH_MAX || n_messages < 0 || n_messages > SWB_BATCH_MAX)
    return FALSE;

  *batch = (SwbBatch){ .index = (guint)number - 1, .n_messages = (guint)n_messages };
  return TRUE;
}

static gboolean
scan_one_of_many (SwbScanner *self, SwbRecord *record, GByteArray *bytes, SwbBatch *batch)
{
  gint64 length;

  if (!swb_scan (self, "[") || !scan_place (self, batch) || !swb_scan (self, "{msg_hdr=")
      || !swb_scan_message (self, record, bytes))
    return FALSE;
  if (!swb_scan (self, ", msg_len=")) /* it was not sent */
    {
      batch->n_messages = 0;
      return swb_scan (self, "}]");
    }
  if (!swb_scan_int (self, &length) || length < 0 || length > G_MAXINT32)
    return FALSE;

  record->result = (int)length;
  return swb_scan (self, "}]");
}

gboolean
swb_scan_messages (SwbScanner *self, SwbRecord *record, GByteArray *bytes)
{
  SwbBatch batch = { 0 };
  gint64 n_offered;

  if (!scan_pointer (self) && !scan_one_of_many (self, record, bytes, &batch))
    return FALSE;
  if (!swb_scan (self, ", ") || !swb_scan_int (self, &n_offered) || !swb_scan (self, ", ")
      || !swb_scan_constant (self, &record->ints[1]) || n_offered < 0
      || n_offered > G_MAXUINT32)
    return FALSE;

  batch.n_offered = (guint)n_offered;
  swb_record_set_batch (record, batch);
  return record->call != SWB_CALL_RECVMMSG || swb_scan (self, ", NULL");
}

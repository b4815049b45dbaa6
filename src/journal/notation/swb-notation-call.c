/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-private.h"

#include "net/swb-errno.h"

#include <string.h>

/* --- print --- */

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
  swb_print_arguments (text, record);
  g_string_append_c (text, ')');
  print_result (text, record);
  print_unkept (text, record);
}

/* --- scan --- */

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

  if (!swb_scan_int32 (self, &fd))
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

  if (!swb_scan (self, ") = ") || !swb_scan_int32 (self, &result) || result < -1)
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

  if (!swb_scan_arguments (self, record, bytes) || !scan_result (self, record)
      || !scan_comment (self))
    return FALSE;

  if (record->result < 0)
    forget_what_failed (record, bytes);

  return TRUE;
}

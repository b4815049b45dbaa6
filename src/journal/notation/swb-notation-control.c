/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-form.h"

#include <string.h>

/* Control messages: cmsg(3). What they carry is described by a form. */

typedef struct
{
  int level;
  int type;
  const char *name;
  const char *form; /* NULL: shown as a string */
} ControlKind;

#define TIMEVAL "{tv_sec=%q, tv_usec=%q}"
#define TIMESPEC "{tv_sec=%q, tv_nsec=%q}"

/* Numbers, not macros: SO_TIMESTAMP is another one for 64-bit times on some machines. */
static const ControlKind kinds[] = {
  { SOL_SOCKET, 1, "SCM_RIGHTS", "[%*d]" },
  { SOL_SOCKET, 2, "SCM_CREDENTIALS", "{pid=%d, uid=%u, gid=%u}" },
  { SOL_SOCKET, 3, "SCM_SECURITY", NULL },
  { SOL_SOCKET, 29, "SO_TIMESTAMP_OLD", TIMEVAL },
  { SOL_SOCKET, 35, "SO_TIMESTAMPNS_OLD", TIMESPEC },
  { IPPROTO_IP, 1, "IP_TOS", "[%b]" },
  { IPPROTO_IP, 2, "IP_TTL", "[%d]" },
  { IPPROTO_IP, 8, "IP_PKTINFO", "{ipi_ifindex=%i, ipi_spec_dst=%a, ipi_addr=%a}" },
  { IPPROTO_IP, 11, "IP_RECVERR",
    "{ee_errno=%u, ee_origin=%b, ee_type=%b, ee_code=%b%z, ee_info=%u, ee_data=%u, "
    "offender={sa_family=%f, sin_port=htons(%p), sin_addr=%a%8z}}" },
};

static const ControlKind *
find_kind (int level, int type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].level == level && kinds[i].type == type)
      return &kinds[i];

  return NULL;
}

/* --- printing --- */

static void
print_data (GString *text, const ControlKind *kind, const guint8 *data, gsize length)
{
  gsize start = text->len;

  if (kind != NULL && kind->form != NULL && swb_print_form (text, kind->form, data, length))
    return;

  g_string_truncate (text, start);
  swb_print_quoted (text, data, length);
}

static void
print_type (GString *text, const ControlKind *kind, int level, int type)
{
  if (kind != NULL)
    g_string_append (text, kind->name);
  else if (level == SOL_SOCKET)
    g_string_append_printf (text, "%#x /* SCM_??? */", (guint)type);
  else if (level == IPPROTO_IP)
    g_string_append_printf (text, "%#x /* IP_??? */", (guint)type);
  else
    g_string_append_printf (text, "%#x", (guint)type);
}

/* Returns: its bytes, padding included; 0 when no message of the form that the kernel
 * writes stands there. */
static gsize
print_message (GString *text, const guint8 *at, gsize left)
{
  struct cmsghdr header;
  const ControlKind *kind;

  if (left < sizeof header)
    return 0;

  memcpy (&header, at, sizeof header);
  if (header.cmsg_len < CMSG_LEN (0) || header.cmsg_len > left)
    return 0;

  gsize padded = MIN (CMSG_ALIGN (header.cmsg_len), left);
  for (gsize i = header.cmsg_len; i < padded; i++)
    if (at[i] != 0)
      return 0;

  kind = find_kind (header.cmsg_level, header.cmsg_type);
  g_string_append_printf (
      text, "{cmsg_len=%" G_GSIZE_FORMAT ", cmsg_level=", (gsize)header.cmsg_len);
  swb_print_level (text, header.cmsg_level);
  g_string_append (text, ", cmsg_type=");
  print_type (text, kind, header.cmsg_level, header.cmsg_type);
  if (header.cmsg_len > CMSG_LEN (0))
    {
      g_string_append (text, ", cmsg_data=");
      print_data (text, kind, at + CMSG_LEN (0), header.cmsg_len - CMSG_LEN (0));
    }
  g_string_append_c (text, '}');
  return padded;
}

void
swb_print_control (GString *text, const guint8 *control, gsize length)
{
  gsize start = text->len;

  g_string_append_c (text, '[');
  for (gsize at = 0, n; at < length; at += n)
    {
      g_string_append (text, at > 0 ? ", " : "");
      n = print_message (text, control + at, length - at);
      if (n == 0)
        {
          g_string_truncate (text, start);
          swb_print_quoted (text, control, length);
          return;
        }
    }
  g_string_append_c (text, ']');
}

/* --- scanning --- */

/* Of unknown types strace shows no bytes. */
static gboolean
scan_data (SwbScanner *self, const ControlKind *kind, GByteArray *bytes)
{
  if (!swb_scan (self, ", cmsg_data="))
    return TRUE;
  if (self->at[0] == '"')
    return swb_scan_quoted (self, bytes);

  return kind != NULL && kind->form != NULL && swb_scan_form (self, kind->form, bytes);
}

static gboolean
scan_type (SwbScanner *self, int level, gint64 *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      SwbScanner trial = *self;

      if (kinds[i].level == level && swb_scan (&trial, kinds[i].name)
          && (trial.at[0] == ',' || trial.at[0] == '}'))
        {
          *self = trial;
          *type = kinds[i].type;
          return TRUE;
        }
    }
  return swb_scan_constant (self, type);
}

static void
append_zeros (GByteArray *bytes, gsize length)
{
  static const guint8 zeros[16] = { 0 };

  for (gsize n; length > 0; length -= n)
    {
      n = MIN (length, sizeof zeros);
      g_byte_array_append (bytes, zeros, (guint)n);
    }
}

static gboolean
scan_message (SwbScanner *self, GByteArray *control)
{
  struct cmsghdr header;
  gint64 length, level, type;
  gsize start = control->len;

  if (!swb_scan (self, "{cmsg_len=") || !swb_scan_int (self, &length)
      || length < (gint64)CMSG_LEN (0) || length > SWB_RECORD_CONTROL_MAX
      || !swb_scan (self, ", cmsg_level=") || !swb_scan_constant (self, &level)
      || !swb_scan (self, ", cmsg_type=") || !scan_type (self, (int)level, &type))
    return FALSE;

  memset (&header, 0, sizeof header);
  header.cmsg_len = (gsize)length;
  header.cmsg_level = (int)level;
  header.cmsg_type = (int)type;
  g_byte_array_append (control, (const guint8 *)&header, sizeof header);
  append_zeros (control, CMSG_LEN (0) - sizeof header);
  if (!scan_data (self, find_kind ((int)level, (int)type), control)
      || control->len - start > (gsize)length || !swb_scan (self, "}"))
    return FALSE;

  append_zeros (control, CMSG_ALIGN ((gsize)length) - (control->len - start));
  return TRUE;
}

gboolean
swb_scan_control (SwbScanner *self, GByteArray *control)
{
  if (self->at[0] == '"')
    return swb_scan_quoted (self, control);
  if (!swb_scan (self, "["))
    return FALSE;

  do
    if (!scan_message (self, control))
      return FALSE;
  while (swb_scan (self, ", "));

  return swb_scan (self, "]");
}

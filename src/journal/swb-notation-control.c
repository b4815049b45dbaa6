/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/swb-notation-private.h"

#include <arpa/inet.h>
#include <string.h>

/* Control messages: cmsg(3). What they carry is described by a form that printing and
 * scanning both walk, so that the two are inverse: literal text, and
 *
 *   %d int32   %u uint32   %q int64   %b a byte   %a an IPv4 address   %p a port
 *   %f the family AF_INET   %z a byte of zero, which is not shown
 *   %i the number of an interface (strace has its name; as a name it is not kept) */

typedef struct
{
  int level;
  int type;
  const char *name;
  const char *form; /* NULL: shown as a string */
} ControlKind;

#define TIMEVAL "{tv_sec=%q, tv_usec=%q}"
#define TIMESPEC "{tv_sec=%q, tv_nsec=%q}"
#define RIGHTS "[%d…]" /* as many as there are */

/* Numbers, not macros: SO_TIMESTAMP is another one for 64-bit times on some machines. */
static const ControlKind kinds[] = {
  { SOL_SOCKET, 1, "SCM_RIGHTS", RIGHTS },
  { SOL_SOCKET, 2, "SCM_CREDENTIALS", "{pid=%d, uid=%u, gid=%u}" },
  { SOL_SOCKET, 3, "SCM_SECURITY", NULL },
  { SOL_SOCKET, 29, "SO_TIMESTAMP_OLD", TIMEVAL },
  { SOL_SOCKET, 35, "SO_TIMESTAMPNS_OLD", TIMESPEC },
  { IPPROTO_IP, 1, "IP_TOS", "[%b]" },
  { IPPROTO_IP, 2, "IP_TTL", "[%d]" },
  { IPPROTO_IP, 8, "IP_PKTINFO", "{ipi_ifindex=%i, ipi_spec_dst=%a, ipi_addr=%a}" },
  { IPPROTO_IP, 11, "IP_RECVERR",
    "{ee_errno=%u, ee_origin=%b, ee_type=%b, ee_code=%b%z, ee_info=%u, ee_data=%u, "
    "offender={sa_family=%f, sin_port=htons(%p), sin_addr=%a%z%z%z%z%z%z%z%z}}" },
};

static const ControlKind *
find_kind (int level, int type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].level == level && kinds[i].type == type)
      return &kinds[i];

  return NULL;
}

static gsize
get_size (char code)
{
  switch (code)
    {
    case 'q':
      return 8;
    case 'b':
    case 'z':
      return 1;
    case 'p':
    case 'f':
      return 2;
    default:
      return 4;
    }
}

/* --- printing --- */

static gboolean
print_address (GString *text, const guint8 *at)
{
  char host[INET_ADDRSTRLEN];

  g_string_append_printf (text, "inet_addr(\"%s\")",
                          inet_ntop (AF_INET, at, host, sizeof host));
  return TRUE;
}

/* Returns: FALSE where a value cannot be shown by this code. */
static gboolean
print_code (GString *text, char code, const guint8 *at)
{
  guint64 wide = 0;
  guint32 number = 0;
  guint16 half = 0;

  memcpy (&wide, at, MIN (get_size (code), sizeof wide));
  memcpy (&number, at, MIN (get_size (code), sizeof number));
  memcpy (&half, at, MIN (get_size (code), sizeof half));
  switch (code)
    {
    case 'd':
    case 'i':
      g_string_append_printf (text, "%d", (gint32)number);
      return TRUE;
    case 'u':
      g_string_append_printf (text, "%u", number);
      return TRUE;
    case 'q':
      g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64)wide);
      return TRUE;
    case 'b':
      g_string_append_printf (text, "%u", at[0]);
      return TRUE;
    case 'p':
      g_string_append_printf (text, "%u", GUINT16_FROM_BE (half));
      return TRUE;
    case 'f':
      g_string_append (text, "AF_INET");
      return half == AF_INET;
    case 'a':
      return print_address (text, at);
    case 'z':
    default:
      return at[0] == 0;
    }
}

static gboolean
print_form (GString *text, const char *form, const guint8 *data, gsize length)
{
  gsize done = 0;

  for (const char *at = form; *at != '\0'; at++)
    if (*at != '%')
      g_string_append_c (text, *at);
    else
      {
        gsize size = get_size (*++at);

        if (length - done < size || !print_code (text, *at, data + done))
          return FALSE;
        done += size;
      }
  return done == length;
}

static gboolean
print_rights (GString *text, const guint8 *data, gsize length)
{
  if (length == 0 || length % sizeof (gint32) != 0)
    return FALSE;

  g_string_append_c (text, '[');
  for (gsize i = 0; i < length; i += sizeof (gint32))
    {
      g_string_append (text, i > 0 ? ", " : "");
      print_code (text, 'd', data + i);
    }
  g_string_append_c (text, ']');
  return TRUE;
}

static void
print_data (GString *text, const ControlKind *kind, const guint8 *data, gsize length)
{
  gsize start = text->len;
  gboolean shown = FALSE;

  if (kind != NULL && kind->form != NULL)
    shown = g_str_equal (kind->form, RIGHTS) ? print_rights (text, data, length)
                                             : print_form (text, kind->form, data, length);
  if (shown)
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

static gboolean
scan_number (SwbScanner *self, char code, GByteArray *bytes)
{
  gsize size = get_size (code);
  gint64 limit = size < 8 ? (gint64)1 << (8 * size) : G_MAXINT64;
  gint64 number;

  if (!swb_scan_int (self, &number) || number >= limit
      || (code != 'q' && number < -limit / 2) || (number < 0 && !strchr ("diq", code)))
    return FALSE;

  guint64 wide = (guint64)number;
  guint32 word = (guint32)number;
  guint16 half = GUINT16_TO_BE ((guint16)number);
  guint8 byte = (guint8)number;
  const void *value = code == 'q'   ? (const void *)&wide
                      : code == 'p' ? (const void *)&half
                      : code == 'b' ? (const void *)&byte
                                    : (const void *)&word;

  g_byte_array_append (bytes, value, (guint)size);
  return TRUE;
}

static gboolean
scan_address (SwbScanner *self, GByteArray *bytes)
{
  g_autoptr (GByteArray) host = g_byte_array_new ();
  struct in_addr address;

  if (!swb_scan (self, "inet_addr(") || !swb_scan_quoted (self, host))
    return FALSE;

  g_byte_array_append (host, (const guint8 *)"", 1);
  if (inet_pton (AF_INET, (const char *)host->data, &address) != 1)
    return FALSE;

  g_byte_array_append (bytes, (const guint8 *)&address, sizeof address);
  return swb_scan (self, ")");
}

static gboolean
scan_interface (SwbScanner *self, GByteArray *bytes)
{
  g_autoptr (GByteArray) name = g_byte_array_new ();
  guint32 unknown = 0;

  if (!swb_scan (self, "if_nametoindex("))
    return scan_number (self, 'i', bytes);

  g_byte_array_append (bytes, (const guint8 *)&unknown, sizeof unknown);
  return swb_scan_quoted (self, name) && swb_scan (self, ")");
}

static gboolean
scan_code (SwbScanner *self, char code, GByteArray *bytes)
{
  guint16 family = AF_INET;

  switch (code)
    {
    case 'z':
      g_byte_array_append (bytes, (const guint8 *)"", 1);
      return TRUE;
    case 'f':
      g_byte_array_append (bytes, (const guint8 *)&family, sizeof family);
      return swb_scan (self, "AF_INET");
    case 'a':
      return scan_address (self, bytes);
    case 'i':
      return scan_interface (self, bytes);
    default:
      return scan_number (self, code, bytes);
    }
}

static gboolean
scan_form (SwbScanner *self, const char *form, GByteArray *bytes)
{
  for (const char *at = form; *at != '\0'; at++)
    if (*at == '%')
      {
        if (!scan_code (self, *++at, bytes))
          return FALSE;
      }
    else if (self->at[0] == *at)
      self->at++;
    else
      return FALSE;
  return TRUE;
}

static gboolean
scan_rights (SwbScanner *self, GByteArray *bytes)
{
  if (!swb_scan (self, "["))
    return FALSE;

  do
    if (!scan_number (self, 'd', bytes))
      return FALSE;
  while (swb_scan (self, ", "));

  return swb_scan (self, "]");
}

/* Of unknown types strace shows no bytes. */
static gboolean
scan_data (SwbScanner *self, const ControlKind *kind, GByteArray *bytes)
{
  if (!swb_scan (self, ", cmsg_data="))
    return TRUE;
  if (self->at[0] == '"')
    return swb_scan_quoted (self, bytes);
  if (kind == NULL || kind->form == NULL)
    return FALSE;

  return g_str_equal (kind->form, RIGHTS) ? scan_rights (self, bytes)
                                          : scan_form (self, kind->form, bytes);
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

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-form.h"

#include <arpa/inet.h>
#include <string.h>

#define MAC_BYTES 6
#define HARDWARE_BYTES 8 /* of packet_mreq */
#define CALLSIGN_BYTES 7

static const SwbFormList lists[] = {
  { 'A', 4, SWB_LIST_FLAGS_COMMENT, &swb_names_alg_flags },
  { 'B', 1, SWB_LIST_NAMES, &swb_names_bdaddr_types },
  { 'C', 2, SWB_LIST_LITTLE, &swb_names_l2_cids },
  { 'E', 4, SWB_LIST_NAMES, &swb_names_txrehashes },
  { 'D', 2, SWB_LIST_COMMENT, &swb_names_wpan_pans },
  { 'H', 2, SWB_LIST_NAMES, &swb_names_hci_channels },
  { 'J', 2, SWB_LIST_COMMENT, &swb_names_wpan_addresses },
  { 'K', 2, SWB_LIST_NAMES, &swb_names_packet_mreqs },
  { 'M', 4, SWB_LIST_NAMES, &swb_names_mctp_nets },
  { 'N', 4, SWB_LIST_NAMES, &swb_names_nfc_protocols },
  { 'P', 2, SWB_LIST_LITTLE, &swb_names_l2_psms },
  { 'Q', 4, SWB_LIST_NAMES, &swb_names_qrtr_nodes },
  { 'R', 4, SWB_LIST_NAMES, &swb_names_qrtr_ports },
  { 'S', 2, SWB_LIST_COMMENT, &swb_names_rxrpc_services },
  { 'T', 2, SWB_LIST_NAMES, &swb_names_types },
  { 'V', 1, SWB_LIST_NAMES, &swb_names_tipc_scopes },
  { 'X', 2, SWB_LIST_FLAGS, &swb_names_xdp_flags },
  { 'a', 1, SWB_LIST_NAMES, &swb_names_mctp_addresses },
};

static const struct
{
  const SwbNames *names;
  guint32 first, last;
  const char *name;
} bases[] = {
  { &swb_names_l2_psms, 0x80, 0xff, "L2CAP_PSM_LE_DYN_START" },
  { &swb_names_l2_psms, 0x1001, 0xffff, "L2CAP_PSM_DYN_START" },
  { &swb_names_l2_cids, 0x40, 0xffff, "L2CAP_CID_DYN_START" },
};

const char *
swb_form_find_base (const SwbFormList *list, guint32 value, guint32 *base)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bases); i++)
    if (bases[i].names == list->names && value >= bases[i].first && value <= bases[i].last)
      {
        *base = bases[i].first;
        return bases[i].name;
      }

  return NULL;
}

static const SwbFormList *
find_list (char key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i].key == key)
      return &lists[i];

  g_assert_not_reached ();
}

SwbFormCode
swb_form_read_code (const char **at)
{
  SwbFormCode code = { .count = 1 };

  if (**at == '*')
    {
      code.count = 0;
      (*at)++;
    }
  else if (g_ascii_isdigit (**at) && (**at != '6' || g_ascii_isdigit ((*at)[1])))
    {
      char *end;

      code.count = (guint)g_ascii_strtoull (*at, &end, 10);
      *at = end;
    }

  code.code = *(*at)++;
  if (code.code == 'n')
    code.list = find_list (*(*at)++);
  if (strchr ("kjo", code.code) != NULL)
    {
      code.constant = code.count;
      code.count = 1;
    }
  return code;
}

gsize
swb_form_get_size (const SwbFormCode *code)
{
  switch (code->code)
    {
    case 'n':
      return code->list->size;
    case 'q':
    case 'P':
      return 8;
    case 'o':
    case 'b':
    case 'y':
    case 'z':
    case 's':
      return 1;
    case 'j':
    case 'p':
    case 'f':
    case 'w':
    case 'l':
      return 2;
    case 'm':
      return code->count > 1 ? 1 : MAC_BYTES;
    case 'c':
      return CALLSIGN_BYTES;
    case 'h':
      return HARDWARE_BYTES;
    case '6':
      return sizeof (struct in6_addr);
    case 'S':
      return sizeof (struct sockaddr_storage);
    default:
      return 4;
    }
}

/* --- texts --- */

static gboolean
print_host (GString *text, int family, const guint8 *at)
{
  char host[INET6_ADDRSTRLEN];

  g_string_append_printf (text, family == AF_INET ? "inet_addr(\"%s\")" : "\"%s\"",
                          inet_ntop (family, at, host, sizeof host));
  return TRUE;
}

static gboolean
print_sockaddr (GString *text, const guint8 *at)
{
  SwbAddress address = { .length = sizeof address.storage };

  memcpy (&address.storage, at, sizeof address.storage);
  swb_print_sockaddr (text, &address, address.length);
  return TRUE;
}

static gboolean
print_hardware (GString *text, const guint8 *at, gsize length, gsize room)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? ":" : "", at[i]);
  for (gsize i = length; i < room; i++)
    if (at[i] != 0)
      return FALSE;

  return TRUE;
}

static gboolean
print_counted_hardware (GString *text, const guint8 *at)
{
  guint16 length;

  memcpy (&length, at - sizeof length, sizeof length);
  return length <= HARDWARE_BYTES && print_hardware (text, at, length, HARDWARE_BYTES);
}

static gboolean
print_characters (GString *text, const guint8 *at, gsize room)
{
  gsize length = strnlen ((const char *)at, room);

  swb_print_quoted (text, at, length);
  for (gsize i = length; i < room; i++)
    if (at[i] != 0)
      return FALSE;

  return length < room;
}

/* As strace has one that is in order; it shows others as bytes. */
static gboolean
print_callsign (GString *text, const guint8 *at)
{
  guint ssid = at[CALLSIGN_BYTES - 1] >> 1;
  gsize length = CALLSIGN_BYTES - 1;

  while (length > 0 && at[length - 1] == ' ' << 1)
    length--;
  for (gsize i = 0; i < length; i++)
    if ((at[i] & 1) != 0 || !(g_ascii_isupper (at[i] >> 1) || g_ascii_isdigit (at[i] >> 1)))
      return FALSE;
  if ((at[CALLSIGN_BYTES - 1] & ~0x1e) != 0 || (length == 0 && ssid != 0))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    g_string_append_c (text, (char)(at[i] >> 1));
  if (length == 0)
    g_string_append_c (text, '*');
  else
    g_string_append_printf (text, "-%u", ssid);
  return TRUE;
}

/* --- numbers --- */

static guint32
get_number (const guint8 *at, gsize size)
{
  guint32 number = 0;
  guint16 half = 0;

  if (size == 1)
    return at[0];
  if (size == 2)
    {
      memcpy (&half, at, sizeof half);
      return half;
    }
  memcpy (&number, at, sizeof number);
  return number;
}

static gboolean
print_little (GString *text, const SwbFormList *list, guint32 value)
{
  guint32 base;
  const char *name = swb_names_find (list->names, value);
  const char *start = swb_form_find_base (list, value, &base);

  g_string_append (text, "htobs(");
  if (name == NULL && start != NULL)
    g_string_append_printf (text, "%s+%u", start, value - base);
  else
    swb_print_name (text, list->names, value);
  g_string_append_c (text, ')');
  return TRUE;
}

static void
print_comment (GString *text, const SwbFormList *list, guint32 value)
{
  g_autoptr (GString) name = g_string_new (NULL);

  if (list->kind == SWB_LIST_FLAGS_COMMENT)
    swb_print_flags (name, list->names, value);
  else
    swb_print_name (name, list->names, value);

  if (g_ascii_isdigit (name->str[0]))
    g_string_append (text, name->str);
  else
    g_string_append_printf (text, "%#x /* %s */", value, name->str);
}

static gboolean
print_listed (GString *text, const SwbFormList *list, const guint8 *at)
{
  guint32 value = get_number (at, list->size);

  switch (list->kind)
    {
    case SWB_LIST_LITTLE:
      return print_little (text, list, GUINT16_FROM_LE ((guint16)value));
    case SWB_LIST_COMMENT:
    case SWB_LIST_FLAGS_COMMENT:
      print_comment (text, list, value);
      return TRUE;
    case SWB_LIST_FLAGS:
      swb_print_flags (text, list->names, value);
      return TRUE;
    default:
      swb_print_name (text, list->names, value);
      return TRUE;
    }
}

/* Those that are in it, or with ~ those that are not, whichever are fewer. */
static gboolean
print_set (GString *text, guint32 set)
{
  gboolean is_inverted = __builtin_popcount (set) > 16;
  const char *separator = "";

  g_string_append (text, is_inverted ? "~[" : "[");
  for (guint i = 0; i < 32; i++)
    if (((is_inverted ? ~set : set) >> i & 1) != 0)
      {
        g_string_append (text, separator);
        swb_print_name (text, &swb_names_icmp_types, i);
        separator = " ";
      }
  g_string_append_c (text, ']');
  return TRUE;
}

static gboolean
print_family (GString *text, guint32 family)
{
  g_string_append (text, "AF_INET");
  return family == AF_INET;
}

static gboolean
print_wide (GString *text, const guint8 *at)
{
  gint64 wide;

  memcpy (&wide, at, sizeof wide);
  g_string_append_printf (text, "%" G_GINT64_FORMAT, wide);
  return TRUE;
}

static gboolean
print_pointer (GString *text, const guint8 *at)
{
  guint64 pointer;

  memcpy (&pointer, at, sizeof pointer);
  if (pointer == 0)
    g_string_append (text, "NULL");
  else
    g_string_append_printf (text, "%#" G_GINT64_MODIFIER "x", pointer);
  return TRUE;
}

static gboolean
print_number (GString *text, char code, guint32 number)
{
  switch (code)
    {
    case 'd':
    case 'i':
      g_string_append_printf (text, "%d", (gint32)number);
      return TRUE;
    case 'x':
    case 'y':
      g_string_append_printf (text, "%#x", number);
      return TRUE;
    case 'g':
      g_string_append_printf (text, "%#08x", number);
      return TRUE;
    case 'p':
      g_string_append_printf (text, "%u", GUINT16_FROM_BE ((guint16)number));
      return TRUE;
    case 'l':
      g_string_append_printf (text, "%u", GUINT16_FROM_LE ((guint16)number));
      return TRUE;
    case 'r':
      g_string_append_printf (text, "%u", GUINT32_FROM_BE (number));
      return TRUE;
    case 'z':
      return number == 0;
    default:
      g_string_append_printf (text, "%u", number);
      return TRUE;
    }
}

static gboolean
print_code (GString *text, const SwbFormCode *code, const guint8 *at)
{
  switch (code->code)
    {
    case 'n':
      return print_listed (text, code->list, at);
    case 'a':
      return print_host (text, AF_INET, at);
    case '6':
      return print_host (text, AF_INET6, at);
    case 'S':
      return print_sockaddr (text, at);
    case 'm':
      return print_hardware (text, at, MAC_BYTES, MAC_BYTES);
    case 'h':
      return print_counted_hardware (text, at);
    case 'c':
      return print_callsign (text, at);
    case 'q':
      return print_wide (text, at);
    case 'P':
      return print_pointer (text, at);
    case 'k':
    case 'j':
    case 'o':
      return get_number (at, swb_form_get_size (code)) == code->constant;
    case 'F':
      return print_set (text, get_number (at, 4));
    case 'f':
      return print_family (text, get_number (at, 2));
    default:
      return print_number (text, code->code, get_number (at, swb_form_get_size (code)));
    }
}

/* Returns: how many bytes it is of; 0 where they cannot be shown by this code. */
static gsize
print_codes (GString *text, const SwbFormCode *code, const guint8 *at, gsize left)
{
  gsize size = swb_form_get_size (code);
  gsize n = code->count > 0 ? code->count : left / size;

  if (n == 0 || left < n * size)
    return 0;
  if (code->code == 's')
    return print_characters (text, at, n) ? n : 0;
  if (code->code == 'm' && size == 1)
    return print_hardware (text, at, n, n) ? n : 0;

  for (gsize i = 0; i < n; i++)
    {
      g_string_append (text, code->count == 0 && i > 0 ? ", " : "");
      if (!print_code (text, code, at + i * size))
        return 0;
    }
  return n * size;
}

gboolean
swb_print_form (GString *text, const char *form, const guint8 *data, gsize length)
{
  gsize done = 0;

  for (const char *at = form; *at != '\0';)
    {
      SwbFormCode code;
      gsize n;

      if (*at != '%')
        {
          g_string_append_c (text, *at++);
          continue;
        }
      at++;
      code = swb_form_read_code (&at);
      n = print_codes (text, &code, data + done, length - done);
      if (n == 0)
        return FALSE;
      done += n;
    }

  return done == length;
}

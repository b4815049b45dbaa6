/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-option-struct.h"

#include <glib/gi18n.h>
#include <string.h>

#include "net/swb-error.h"
#include "net/swb-escape.h"

/* Fields in the order of memory: a name (none: bytes that are not shown), the number of
 * bytes, and x for those that are written in hex. Three bytes are little-endian, others as
 * the machine has them. tests/net/test-option-headers.c compares the lengths with those of
 * the headers. */
static const struct
{
  const char *options; /* between spaces */
  const char *layout;
} layouts[] = {
  { " SO_MEMINFO ", "rmem_alloc:4 rcvbuf:4 wmem_alloc:4 sndbuf:4 fwd_alloc:4 wmem_queued:4 "
                    "optmem:4 backlog:4 drops:4" },
  { " SO_CIRANGE ", "vpi_bits:1 vci_bits:1" },
  { " SO_TXTIME ", "clockid:4 flags:4x" },
  { " TCP_REPAIR_WINDOW ", "snd_wl1:4 snd_wnd:4 max_window:4 rcv_wnd:4 rcv_wup:4" },
  { " SCTP_INITMSG ", "num_ostreams:2 max_instreams:2 max_attempts:2 max_init_timeo:2" },
  { " SCTP_RTOINFO ", "assoc_id:4 initial:4 max:4 min:4" },
  { " SCTP_ASSOCINFO ", "assoc_id:4 asocmaxrxt:2 number_peer_destinations:2 peer_rwnd:4 "
                        "local_rwnd:4 cookie_life:4" },
  { " SCTP_DELAYED_SACK ", "assoc_id:4 delay:4 freq:4" },
  { " SCTP_MAX_BURST SCTP_CONTEXT ", "assoc_id:4 value:4" },
  { " PACKET_STATISTICS ", "packets:4 drops:4" },
  { " CAN_ISOTP_OPTS ", "flags:4x frame_txtime:4 ext_address:1x txpad_content:1x "
                        "rxpad_content:1x rx_ext_address:1x" },
  { " CAN_ISOTP_RECV_FC ", "bs:1 stmin:1x wftmax:1" },
  { " CAN_ISOTP_LL_OPTS ", "mtu:1 tx_dl:1 tx_flags:1x" },
  { " TIPC_GROUP_JOIN ", "type:4 instance:4 scope:4 flags:4x" },
  { " XDP_STATISTICS ", "rx_dropped:8 rx_invalid_descs:8 tx_invalid_descs:8 rx_ring_full:8 "
                        "rx_fill_ring_empty_descs:8 tx_ring_empty_descs:8" },
  { " HCI_FILTER ", "type_mask:4x event_mask_low:4x event_mask_high:4x opcode:2x :2" },
  { " L2CAP_OPTIONS ", "omtu:2 imtu:2 flush_to:2 mode:1 fcs:1 max_tx:1 :1 txwin_size:2" },
  { " SCO_OPTIONS BT_SNDMTU BT_RCVMTU ", "mtu:2" },
  { " L2CAP_CONNINFO RFCOMM_CONNINFO SCO_CONNINFO ", "hci_handle:2 dev_class:3x :1" },
  { " BT_SECURITY ", "level:1 key_size:1" },
  { " BT_POWER ", "force_active:1" },
  { " BT_VOICE ", "setting:2x" },
  { " BT_MODE ", "mode:1" },
};

typedef struct
{
  char name[32]; /* "": not shown */
  gsize offset, size;
  gboolean is_hex;
} Field;

static const char *
find_layout (const SwbOption *option)
{
  g_autofree char *word = g_strdup_printf (" %s ", option->constant);

  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (strstr (layouts[i].options, word) != NULL)
      return layouts[i].layout;

  g_return_val_if_reached ("");
}

/* The field that begins at *@at, which moves behind it. @field: (inout): the one before */
static gboolean
next_field (const char **at, Field *field)
{
  const char *start = *at + strspn (*at, " ");
  const char *colon = strchr (start, ':');

  if (colon == NULL)
    return FALSE;

  g_strlcpy (field->name, start, MIN (sizeof field->name, (gsize)(colon - start) + 1));
  field->offset += field->size;
  field->size = (gsize)(colon[1] - '0');
  field->is_hex = colon[2] == 'x';
  *at = colon + (field->is_hex ? 3 : 2);
  return TRUE;
}

gsize
swb_option_struct_get_size (const SwbOption *option)
{
  const char *at = find_layout (option);
  Field field = { 0 };

  while (next_field (&at, &field))
    ;
  return field.offset + field.size;
}

static guint64
get_number (const Field *field, const guint8 *data)
{
  gboolean is_plain = field->size == 3 || G_BYTE_ORDER == G_LITTLE_ENDIAN;
  guint64 number = 0;

  for (gsize i = 0; i < field->size; i++)
    number |= (guint64)data[field->offset + i] << 8 * (is_plain ? i : field->size - 1 - i);
  return number;
}

static void
set_number (const Field *field, guint64 number, guint8 *data)
{
  gboolean is_plain = field->size == 3 || G_BYTE_ORDER == G_LITTLE_ENDIAN;

  for (gsize i = 0; i < field->size; i++)
    data[field->offset + i] = (guint8)(number >> 8 * (is_plain ? i : field->size - 1 - i));
}

/* The field that @word, of "name=7" or "7", is about: that name, or the @nth one. */
static gboolean
find_field (const char *layout, const char *word, guint nth, Field *field)
{
  const char *equals = strchr (word, '=');
  gsize length = equals != NULL ? (gsize)(equals - word) : 0;
  guint n = 0;

  *field = (Field){ 0 };
  while (next_field (&layout, field))
    if (*field->name != '\0'
        && (equals == NULL ? n++ == nth
                           : strlen (field->name) == length
                                 && memcmp (field->name, word, length) == 0))
      return TRUE;
  return FALSE;
}

static gboolean
fail_word (const SwbOption *option, const char *word, GError **error)
{
  g_autofree char *shown = swb_escape_show (word);
  g_autofree char *help = swb_option_struct_dup_help (option);

  g_set_error (error, SWB_ERROR, SWB_ERROR_SYNTAX,
               /* Translators: what was typed, then the fields of a struct. */
               _ ("“%s” is no field of this option; it has %s"), shown, help);
  return FALSE;
}

static gboolean
read_word (const SwbOption *option, const char *word, guint nth, guint8 *data,
           GError **error)
{
  const char *equals = strchr (word, '=');
  const char *digits = equals != NULL ? equals + 1 : word;
  gboolean is_hex = g_ascii_strncasecmp (digits, "0x", 2) == 0;
  g_autoptr (GError) wrong = NULL;
  Field field;
  guint64 number;

  if (!find_field (find_layout (option), word, nth, &field))
    return fail_word (option, word, error);
  if (g_ascii_string_to_unsigned (is_hex ? digits + 2 : digits, is_hex ? 16 : 10, 0,
                                  G_MAXUINT64 >> (64 - 8 * field.size), &number, &wrong))
    {
      set_number (&field, number, data);
      return TRUE;
    }
  if (!g_error_matches (wrong, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
    return fail_word (option, word, error);

  /* Translators: the name of a field of a struct, and how many bytes it has */
  g_set_error (error, SWB_ERROR, SWB_ERROR_RANGE, _ ("%s has room for %d bytes"),
               field.name, (int)field.size);
  return FALSE;
}

GBytes *
swb_option_struct_parse (const SwbOption *option, const char *text, GError **error)
{
  gsize size = swb_option_struct_get_size (option);
  g_autofree guint8 *data = g_malloc0 (size);
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !read_word (option, words[i], n++, data, error))
      return NULL;
  if (n == 0)
    {
      fail_word (option, text, error);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

char *
swb_option_struct_print (const SwbOption *option, const guint8 *data, gsize length)
{
  const char *at = find_layout (option);
  Field field = { 0 };
  GString *text;

  if (length != swb_option_struct_get_size (option))
    return NULL;

  text = g_string_new (NULL);
  while (next_field (&at, &field))
    if (*field.name != '\0')
      g_string_append_printf (
          text, field.is_hex ? "%s%s=%#" G_GINT64_MODIFIER "x" : "%s%s=%" G_GUINT64_FORMAT,
          text->len > 0 ? " " : "", field.name, get_number (&field, data));
  return g_string_free (text, FALSE);
}

char *
swb_option_struct_dup_help (const SwbOption *option)
{
  const char *at = find_layout (option);
  GString *text = g_string_new (NULL);
  Field field = { 0 };

  while (next_field (&at, &field))
    if (*field.name != '\0')
      g_string_append_printf (text, "%s%s=…", text->len > 0 ? " " : "", field.name);
  return g_string_free (text, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/notation/swb-notation-private.h"
#include "journal/notation/swb-note-text.h"

#include "net/swb-catalog.h"
#include "net/swb-errno.h"
#include "net/swb-option.h"
#include "net/swb-payload.h"

#include <string.h>

#include <glib/gi18n.h>

char *
swb_notation_dup_unkept (guint64 n_bytes)
{
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, n_bytes);

  /* Translators: %s is a number; of bytes of a call that the journal does not have */
  return g_strdup_printf (
      ngettext ("%s byte was not kept", "%s bytes were not kept", n_bytes), count);
}

static void
print_display (GString *text, const SwbRecord *record, gsize max_chars)
{
  gsize used = (gsize)g_utf8_strlen (text->str, (gssize)text->len);
  gsize left = max_chars > used ? max_chars - used : 0;
  g_autofree char *shown
      = swb_payload_display (record->data, record->n_data, SWB_ENCODING_UTF8, left);
  gsize n_unkept = swb_record_get_n_unkept (record);

  g_string_append (text, shown);
  if (n_unkept > 0)
    {
      g_autofree char *sentence = swb_notation_dup_unkept (n_unkept);

      g_string_append_printf (text, "%s[%s]", *shown != '\0' ? " " : "", sentence);
    }
}

/* "127.0.0.1:40312"; nothing for an unnamed or absent address. */
static void
print_address (GString *text, const SwbRecord *record, const char *before)
{
  g_autofree char *address = swb_address_print (&record->address);
  g_autofree char *shown = swb_payload_display ((const guint8 *)address, strlen (address),
                                                SWB_ENCODING_UTF8, 200);

  if (*shown != '\0')
    g_string_append_printf (text, "%s%s", before, shown);
}

static void
print_socket (GString *text, const SwbRecord *record, gsize max_chars)
{
  g_autofree char *protocol
      = swb_catalog_print_protocol ((int)record->ints[0], (int)record->ints[2]);

  swb_print_domain (text, record->ints[0]);
  g_string_append (text, ", ");
  /* Close-on-exec and non-blocking are the engine's habit, and not what the row is about.
   */
  swb_print_type (text, record->ints[1] & ~(gint64)(SOCK_CLOEXEC | SOCK_NONBLOCK));
  g_string_append_printf (text, ", %s", protocol);
}

/* Groups, interfaces and senders, which strace leaves as bytes. (nullable) (transfer full)
 */
static char *
dup_membership (const SwbRecord *record)
{
  const SwbOption *option = swb_option_find ((int)record->ints[0], (int)record->ints[1]);

  if (option == NULL
      || (option->type != SWB_OPTION_MEMBERSHIP && option->type != SWB_OPTION_MEMBERSHIP6
          && option->type != SWB_OPTION_SOURCE && option->type != SWB_OPTION_GROUP
          && option->type != SWB_OPTION_GROUP_SOURCE))
    return NULL;
  return swb_option_print (option, record->data, record->n_data);
}

static void
print_option (GString *text, const SwbRecord *record, gsize max_chars)
{
  g_autofree char *membership = NULL;

  g_string_append_printf (text, "%d, ", record->fd);
  swb_print_level (text, record->ints[0]);
  g_string_append (text, ", ");
  swb_print_option (text, record->ints[0], record->ints[1]);
  if (record->n_data > 0)
    {
      membership = dup_membership (record);
      g_string_append (text, ", ");
      if (membership != NULL)
        g_string_append (text, membership);
      else
        swb_print_option_value (text, record);
    }
}

static void
print_given_address (GString *text, const SwbRecord *record, gsize max_chars)
{
  g_string_append_printf (text, "%d", record->fd);
  print_address (text, record, ", ");
}

static void
print_told_address (GString *text, const SwbRecord *record, gsize max_chars)
{
  g_string_append_printf (text, "%d", record->fd);
  print_address (text, record, " → ");
}

static void
print_listen (GString *text, const SwbRecord *record, gsize max_chars)
{
  g_string_append_printf (text, "%d, %d", record->fd, (int)record->ints[0]);
}

/* "→ 127.0.0.1:7000  hello" */
static void
print_addressed (GString *text, const SwbRecord *record, gsize max_chars)
{
  gboolean is_out = swb_call_get_info (record->call)->data == SWB_DATA_OUT;

  print_address (text, record, is_out ? "→ " : "← ");
  g_string_append (text, text->len > 0 ? "  " : "");
  print_display (text, record, max_chars);
}

static void
print_shutdown (GString *text, const SwbRecord *record, gsize max_chars)
{
  g_string_append_printf (text, "%d, ", record->fd);
  swb_print_how (text, record->ints[0]);
}

static void
print_ioctl (GString *text, const SwbRecord *record, gsize max_chars)
{
  swb_print_request (text, record->ints[0]);
  if (record->error == 0)
    g_string_append_printf (text, " → %d", (int)record->ints[1]);
}

static void
print_close (GString *text, const SwbRecord *record, gsize max_chars)
{
  g_string_append_printf (text, "%d", record->fd);
}

typedef void (*PrintFunc) (GString *text, const SwbRecord *record, gsize max_chars);

/* All others have their bytes. */
static const PrintFunc call_funcs[SWB_N_CALLS] = {
  [SWB_CALL_SOCKET] = print_socket,
  [SWB_CALL_SOCKETPAIR] = print_socket,
  [SWB_CALL_BIND] = print_given_address,
  [SWB_CALL_CONNECT] = print_given_address,
  [SWB_CALL_ACCEPT] = print_told_address,
  [SWB_CALL_GETSOCKNAME] = print_told_address,
  [SWB_CALL_GETPEERNAME] = print_told_address,
  [SWB_CALL_LISTEN] = print_listen,
  [SWB_CALL_SENDTO] = print_addressed,
  [SWB_CALL_SENDMSG] = print_addressed,
  [SWB_CALL_SENDMMSG] = print_addressed,
  [SWB_CALL_RECVFROM] = print_addressed,
  [SWB_CALL_RECVMSG] = print_addressed,
  [SWB_CALL_RECVMMSG] = print_addressed,
  [SWB_CALL_SHUTDOWN] = print_shutdown,
  [SWB_CALL_IOCTL] = print_ioctl,
  [SWB_CALL_CLOSE] = print_close,
  [SWB_CALL_SETSOCKOPT] = print_option,
  [SWB_CALL_GETSOCKOPT] = print_option,
};

static void
print_call (GString *text, const SwbRecord *record, gsize max_chars)
{
  PrintFunc print = (guint)record->call < SWB_N_CALLS ? call_funcs[record->call] : NULL;

  if (print != NULL)
    print (text, record, max_chars);
  else
    print_display (text, record, max_chars);
}

/* "← 127.0.0.1:40312 [P.]  GET / HTTP/1.1" */
static void
print_packet (GString *text, const SwbRecord *record, gsize max_chars)
{
  guint protocol = record->packet & SWB_PACKET_PROTOCOL;

  print_address (text, record, (record->packet & SWB_PACKET_OUT) != 0 ? "→ " : "← ");
  if (protocol == IPPROTO_TCP)
    {
      g_autofree char *flags = swb_notation_dup_tcp_flags (record);

      g_string_append_printf (text, " [%s]", flags);
    }
  g_string_append (text, text->len > 0 && record->n_data > 0 ? "  " : "");
  print_display (text, record, max_chars);
}

static void
limit (GString *text, gsize max_chars)
{
  if ((gsize)g_utf8_strlen (text->str, (gssize)text->len) <= max_chars)
    return;

  gsize n_kept = max_chars > 0 ? max_chars - 1 : 0;
  g_string_truncate (
      text, (gsize)(g_utf8_offset_to_pointer (text->str, (glong)n_kept) - text->str));
  if (max_chars > 0)
    g_string_append (text, "…");
}

char *
swb_notation_short_details (const SwbRecord *record, gsize max_chars)
{
  g_autofree char *sentence = swb_note_dup_sentence (record);
  GString *text = g_string_new (NULL);

  if (record->kind == SWB_RECORD_CALL)
    print_call (text, record, max_chars);
  else if (record->kind == SWB_RECORD_PACKET)
    print_packet (text, record, max_chars);
  else if (sentence != NULL)
    g_string_append (text, sentence);
  else
    print_display (text, record, max_chars);

  limit (text, max_chars);
  return g_string_free (text, FALSE);
}

/* A receive of nothing is the end of a stream; of a datagram it is nothing but empty, which
 * only the socket's type tells. Those with an address are datagrams. */
static char *
print_bytes (const SwbRecord *record)
{
  gboolean is_stream = record->call == SWB_CALL_RECV || record->call == SWB_CALL_READ;

  if (record->result == 0 && is_stream && record->ints[0] > 0)
    return g_strdup ("eof");

  /* Translators: a number of bytes in the journal's narrow column */
  return g_strdup_printf (_ ("%d B"), record->result);
}

char *
swb_notation_short_result (const SwbRecord *record)
{
  if (record->error != 0)
    return g_strdup (swb_errno_name (record->error));

  if (record->kind == SWB_RECORD_PACKET && record->result > 0)
    return print_bytes (record);
  if (record->kind != SWB_RECORD_CALL)
    return g_strdup ("");

  switch (swb_call_get_info (record->call)->data)
    {
    case SWB_DATA_OUT:
    case SWB_DATA_IN:
      return print_bytes (record);
    case SWB_DATA_ABSENT:
    case SWB_DATA_VALUE:
    default:
      return g_strdup_printf ("= %d", record->result);
    }
}

char *
swb_notation_short_duration (gint64 took_ns)
{
  double took = (double)MAX (took_ns, 0);

  if (took < 999.5e3)
    return g_strdup_printf (_ ("%.0f µs"), took / 1e3);
  if (took < 999.95e6)
    return g_strdup_printf (_ ("%.1f ms"), took / 1e6);

  return g_strdup_printf (_ ("%.1f s"), took / 1e9);
}

static const char *
get_packet_name (guint protocol)
{
  return protocol == IPPROTO_TCP ? "tcp" : protocol == IPPROTO_UDP ? "udp" : "packet";
}

const char *
swb_notation_short_call (const SwbRecord *record)
{
  switch (record->kind)
    {
    case SWB_RECORD_COMMAND:
      return "command";
    case SWB_RECORD_OUTCOME:
      return "outcome";
    case SWB_RECORD_NOTE:
      return "note";
    case SWB_RECORD_PACKET:
      return get_packet_name (record->packet & SWB_PACKET_PROTOCOL);
    case SWB_RECORD_CALL:
    default:
      return record->call == SWB_CALL_ACCEPT ? "accept4"
                                             : swb_call_get_info (record->call)->name;
    }
}

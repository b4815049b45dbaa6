/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/recording/swb-recording-private.h"

#include "journal/store/swb-journal-private.h"
#include "journal/notation/swb-notation-private.h"

#include <string.h>

#include <glib/gi18n.h>

/* Of longer data the comment shows this much and an ellipsis. Escaped it may be four times
 * as long. */
#define COMMENT_DATA_MAX 1024u
#define COMMENT_MAX 16000u

#define TAG_DISSECTOR 12u
#define TAG_PROTOCOL 33u

#define DIRECTION_IN 1u
#define DIRECTION_OUT 2u

void
swb_recording_writer_init (SwbRecordingWriter *self, const SwbExportSource *source,
                           SwbFlows *flows)
{
  self->source = source;
  self->flows = flows;
  self->out = g_byte_array_new ();
  self->piece = g_byte_array_new ();
  self->interfaces = g_hash_table_new (NULL, NULL);
}

void
swb_recording_writer_clear (SwbRecordingWriter *self)
{
  g_byte_array_unref (self->out);
  g_byte_array_unref (self->piece);
  g_hash_table_unref (self->interfaces);
}

void
swb_recording_put_section (SwbRecordingWriter *self)
{
  const SwbJournalAnchor *anchor = &self->source->journal->anchor;
  const char *comment = _ ("Saved from a journal of socket calls. The bytes, times and "
                           "results are those of the calls. "
                           "The headers of IP, TCP and UDP, handshakes and "
                           "acknowledgements were made up from them.");
  const char *application = "Socket Workbench " PACKAGE_VERSION;
  gsize start = swb_pcapng_begin (self->out, SWB_PCAPNG_SECTION);

  swb_put_u32 (self->out, 0x1A2B3C4D);
  swb_put_u16 (self->out, 1);
  swb_put_u16 (self->out, 0);
  swb_put_u64 (self->out, G_MAXUINT64); /* the length of the section is not told */
  swb_pcapng_put_option (self->out, SWB_PCAPNG_OPT_COMMENT, comment, strlen (comment));
  swb_pcapng_put_option (self->out, SWB_PCAPNG_OPT_USERAPPL, application,
                         strlen (application));

  g_byte_array_set_size (self->piece, 0);
  swb_put_u16 (self->piece, SWB_RECORDING_VERSION);
  swb_put_u16 (self->piece, 0);
  swb_put_u64 (self->piece, (guint64)anchor->monotonic_ns);
  swb_put_u64 (self->piece, (guint64)anchor->wall_ns);
  swb_put_u64 (self->piece, self->source->n_records);
  swb_pcapng_put_custom (self->out, SWB_RECORDING_TAG_SECTION, self->piece->data,
                         self->piece->len);
  swb_pcapng_put_end_of_options (self->out);
  swb_pcapng_end (self->out, start);
}

static char *
dup_pane_name (SwbRecordingWriter *self, guint pane)
{
  const SwbExportSource *source = self->source;
  const char *name
      = source->pane_name != NULL ? source->pane_name (pane, source->pane_data) : NULL;

  if (name == NULL || !swb_notation_is_name (name))
    return g_strdup_printf ("pane%u", pane);

  return g_utf8_make_valid (name, (gssize)MIN (strlen (name), COMMENT_MAX));
}

guint32
swb_recording_put_interface (SwbRecordingWriter *self, guint pane, guint16 link)
{
  gpointer key = GUINT_TO_POINTER (pane << 8 | link);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->interfaces, key));
  g_autofree char *name = NULL;
  guint8 digits = 9;

  if (number > 0)
    return number - 1;

  gsize start = swb_pcapng_begin (self->out, SWB_PCAPNG_INTERFACE);
  name = dup_pane_name (self, pane);
  swb_put_u16 (self->out, link);
  swb_put_u16 (self->out, 0);
  swb_put_u32 (self->out, 256 * 1024);
  swb_pcapng_put_option (self->out, SWB_PCAPNG_OPT_IF_NAME, name, strlen (name));
  swb_pcapng_put_option (self->out, SWB_PCAPNG_OPT_IF_TSRESOL, &digits, sizeof digits);
  g_byte_array_set_size (self->piece, 0);
  swb_put_u16 (self->piece, (guint16)pane);
  swb_put_u16 (self->piece, 0);
  swb_pcapng_put_custom (self->out, SWB_RECORDING_TAG_PANE, self->piece->data,
                         self->piece->len);
  swb_pcapng_put_end_of_options (self->out);
  swb_pcapng_end (self->out, start);

  number = g_hash_table_size (self->interfaces);
  g_hash_table_insert (self->interfaces, key, GUINT_TO_POINTER (number + 1));
  return number;
}

static gboolean
is_number_from (gpointer key, gpointer number, gpointer n)
{
  return GPOINTER_TO_UINT (number) > GPOINTER_TO_UINT (n);
}

void
swb_recording_forget_interfaces (SwbRecordingWriter *self, guint n)
{
  g_hash_table_foreach_remove (self->interfaces, is_number_from, GUINT_TO_POINTER (n));
}

/* The call as a line, which shows the beginning of much data. */
static char *
dup_comment (SwbRecordingWriter *self, const SwbRecord *record)
{
  SwbRecord shown = *record;

  if (shown.n_data > COMMENT_DATA_MAX)
    {
      gsize max = COMMENT_DATA_MAX;

      /* Not within a character, which in the text of a command would be bytes. */
      while (max > COMMENT_DATA_MAX - 4 && (shown.data[max] & 0xc0) == 0x80)
        max--;
      swb_record_cut (&shown, max);
    }

  g_autofree char *line = swb_notation_print (
      &shown, self->source->journal, self->source->pane_name, self->source->pane_data);
  return g_utf8_make_valid (line, (gssize)MIN (strlen (line), COMMENT_MAX));
}

/* Wireshark has the time in a column of its own: "server bind(…) = 0" instead of "server
 * 1732282.1 bind(…) = 0". */
static void
remove_time (char *line)
{
  char *time = strchr (line, ' ');
  char *rest = time != NULL ? strchr (time + 1, ' ') : NULL;

  if (rest != NULL)
    memmove (time, rest, strlen (rest) + 1);
}

/* How a piece of a record begins; see the header swb-recording.h. */
static void
put_piece (GByteArray *out, const SwbRecord *record, gboolean is_first, gsize n_data)
{
  guint8 details[SWB_RECORD_DETAILS_MAX];
  SwbEntry entry;

  swb_put_u32 (out, (guint32)n_data);
  if (!is_first)
    return;

  gsize n_details = swb_record_encode (record, &entry, details);
  swb_put_u32 (out, (guint32)record->n_data);
  swb_put_u64 (out, (guint64)entry.time_ns);
  swb_put_u32 (out, entry.took_ns);
  swb_put_u32 (out, (guint32)entry.result);
  swb_put_u32 (out, (guint32)entry.fd);
  swb_put_u32 (out, entry.connection);
  swb_put_u16 (out, entry.pane);
  swb_put_u8 (out, entry.what);
  swb_put_u8 (out, (guint8)(entry.kind | entry.origin << 4 | entry.is_long << 7));
  swb_put_bytes (out, details, n_details);
}

/* --- journal blocks --- */

/* In text, since Wireshark 4 takes each newline in the bytes of a field it does not know
 * for the beginning of another one. */
static void
put_field (GByteArray *out, const char *name, const guint8 *value, gsize length)
{
  int state = 0, save = 0;
  gsize start = out->len + strlen (name);

  swb_put_bytes (out, name, strlen (name));
  g_byte_array_set_size (out, (guint)(start + (length / 3 + 1) * 4 + 4));

  char *text = (char *)out->data + start;
  gsize n = g_base64_encode_step (value, length, FALSE, text, &state, &save);
  n += g_base64_encode_close (FALSE, text + n, &state, &save);
  text[n] = '\n';
  g_byte_array_set_size (out, (guint)(start + n + 1));
}

/* What Wireshark shows of a journal block. */
static void
put_head (SwbRecordingWriter *self, gint64 wall_ns, const char *message, int priority,
          const char *identifier)
{
  g_autofree char *head
      = g_strdup_printf ("__REALTIME_TIMESTAMP=%" G_GINT64_FORMAT
                         "\nMESSAGE=%s\nPRIORITY=%d\nSYSLOG_IDENTIFIER=%s\n",
                         MAX (wall_ns, 0) / 1000, message, priority, identifier);

  swb_put_bytes (self->out, head, strlen (head));
}

static void
put_journal_piece (SwbRecordingWriter *self, const SwbRecord *record, const char *message,
                   const char *pane, const guint8 *data, gsize n_data)
{
  gint64 wall_ns = swb_journal_to_wall_ns (self->source->journal, record->time_ns);
  gboolean is_first = data == record->data;
  gsize start = swb_pcapng_begin (self->out, SWB_PCAPNG_JOURNAL);

  put_head (self, wall_ns, message, record->error != 0 ? 4 : 6, pane);
  g_byte_array_set_size (self->piece, 0);
  swb_put_bytes (self->piece, is_first ? SWB_RECORDING_TAG_RECORD : SWB_RECORDING_TAG_MORE,
                 4);
  put_piece (self->piece, record, is_first, n_data);
  put_field (self->out, SWB_RECORDING_FIELD_RECORD, self->piece->data, self->piece->len);
  if (n_data > 0)
    put_field (self->out, SWB_RECORDING_FIELD_DATA, data, n_data);
  swb_pcapng_end (self->out, start);
}

void
swb_recording_put_journal (SwbRecordingWriter *self, const SwbRecord *record)
{
  g_autofree char *message = dup_comment (self, record);
  g_autofree char *pane = dup_pane_name (self, record->pane);
  gsize done = 0;

  remove_time (message);
  do
    {
      gsize n = MIN (record->n_data - done, SWB_RECORDING_JOURNAL_CHUNK);

      put_journal_piece (self, record, done == 0 ? message : "…", pane,
                         record->data != NULL ? record->data + done : NULL, n);
      done += n;
    }
  while (done < record->n_data);
}

void
swb_recording_put_end (SwbRecordingWriter *self, guint64 n_records)
{
  gint64 wall_ns = g_get_real_time () * 1000;
  gsize start = swb_pcapng_begin (self->out, SWB_PCAPNG_JOURNAL);
  g_autofree char *found = g_strdup_printf ("%" G_GUINT64_FORMAT, n_records);
  g_autofree char *wanted = g_strdup_printf ("%" G_GUINT64_FORMAT, self->source->n_records);
  /* Translators: two numbers */
  g_autofree char *message = g_strdup_printf (
      _ ("Records went from the journal while it was saved: %s of %s are here"), found,
      wanted);

  put_head (self, wall_ns, message, 4, "Socket Workbench");
  g_byte_array_set_size (self->piece, 0);
  swb_put_bytes (self->piece, SWB_RECORDING_TAG_END, 4);
  swb_put_u64 (self->piece, n_records);
  put_field (self->out, SWB_RECORDING_FIELD_RECORD, self->piece->data, self->piece->len);
  swb_pcapng_end (self->out, start);
}

/* --- packets --- */

void
swb_recording_put_packet (SwbRecordingWriter *self, const SwbRecord *record, guint16 link,
                          gint64 time_ns, gboolean is_out, const guint8 *header,
                          gsize n_header, const guint8 *data, gsize n_data,
                          gboolean has_comment)
{
  guint32 interface = swb_recording_put_interface (self, record->pane, link);
  guint32 flags = GUINT32_TO_LE (is_out ? DIRECTION_OUT : DIRECTION_IN);
  gsize start = swb_pcapng_begin_packet (
      self->out, interface, swb_journal_to_wall_ns (self->source->journal, time_ns), header,
      n_header, data, n_data);

  if (has_comment)
    {
      g_autofree char *comment = dup_comment (self, record);

      swb_pcapng_put_option (self->out, SWB_PCAPNG_OPT_COMMENT, comment, strlen (comment));
    }
  swb_pcapng_put_option (self->out, SWB_PCAPNG_OPT_EPB_FLAGS, &flags, sizeof flags);

  if (data != NULL)
    {
      gboolean is_first = data == record->data;

      g_byte_array_set_size (self->piece, 0);
      put_piece (self->piece, record, is_first, n_data);
      swb_pcapng_put_custom (self->out,
                             is_first ? SWB_RECORDING_TAG_RECORD : SWB_RECORDING_TAG_MORE,
                             self->piece->data, self->piece->len);
    }
  swb_pcapng_put_end_of_options (self->out);
  swb_pcapng_end (self->out, start);
}

static const char *
get_protocol (const SwbFlow *flow)
{
  if (flow == NULL || flow->domain == AF_UNIX)
    return "UNIX";

  return flow->domain == AF_INET || flow->domain == AF_INET6 ? "IP" : "Socket";
}

static void
put_tag (GByteArray *out, guint16 tag, const char *text)
{
  gsize length = strlen (text);

  swb_put_be16 (out, tag);
  swb_put_be16 (out, (guint16)((length + 3) & ~(gsize)3));
  swb_put_bytes (out, text, length);
  swb_put_bytes (out, "\0\0\0", -length & 3);
}

void
swb_recording_put_pdu (SwbRecordingWriter *self, const SwbRecord *record,
                       const SwbFlow *flow)
{
  static const guint8 nothing[1];
  g_autoptr (GByteArray) header = g_byte_array_new ();
  SwbRecord whole = *record;
  gboolean is_out = swb_call_get_info (record->call)->data == SWB_DATA_OUT;
  gsize done = 0;

  put_tag (header, TAG_DISSECTOR, "data");
  put_tag (header, TAG_PROTOCOL, get_protocol (flow));
  swb_put_be32 (header, 0);
  if (whole.data == NULL)
    whole.data = nothing;

  do
    {
      gsize n = MIN (whole.n_data - done, SWB_RECORDING_CHUNK);

      swb_recording_put_packet (self, &whole, SWB_PCAPNG_LINK_UPPER_PDU, whole.time_ns,
                                is_out, header->data, header->len, whole.data + done, n,
                                done == 0);
      done += n;
    }
  while (done < whole.n_data);
}

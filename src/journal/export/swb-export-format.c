/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/export/swb-export-private.h"

#include "journal/notation/swb-json.h"
#include "journal/notation/swb-notation-private.h"
#include "net/swb-errno.h"
#include "net/swb-payload.h"

#include <string.h>

#define HEX_ROW 16u
#define HEX_HEAD_DATA 32u /* bytes of data shown in a dump's head line */

static void
put_line (GString *out, char *line)
{
  g_string_append (out, line);
  g_string_append_c (out, '\n');
  g_free (line);
}

static void
put_dissection (GString *out, const SwbExportSource *source, const SwbRecord *record)
{
  g_autofree char *line = source->dissections != NULL
                              ? swb_dissect_index_print (source->dissections, record)
                              : NULL;

  if (line != NULL)
    g_string_append_printf (out, "# %s\n", line);
}

static void
put_record (GString *out, const SwbExportSource *source, const SwbRecord *record)
{
  put_line (out, swb_notation_print (record, source->journal, source->pane_name,
                                     source->pane_data));
}

void
swb_export_put_text (GString *out, const SwbExportSource *source, guint64 position,
                     const SwbRecord *record)
{
  put_record (out, source, record);
  put_dissection (out, source, record);
}

void
swb_export_put_json (GString *out, const SwbExportSource *source, guint64 position,
                     const SwbRecord *record)
{
  put_line (out, swb_json_print (record, position, source->journal, source->pane_name,
                                 source->pane_data));
}

void
swb_export_put_raw (GString *out, const SwbExportSource *source, guint64 position,
                    const SwbRecord *record)
{
  if (swb_export_takes_raw (source, record))
    g_string_append_len (out, (const char *)record->data, (gssize)record->n_data);
}

/* --- hexdump -C --- */

static void
put_hex_row (GString *out, gsize offset, const guint8 *bytes, gsize n)
{
  static const char digits[] = "0123456789abcdef";
  char row[HEX_ROW * 4 + 24];
  char *at = row + g_snprintf (row, sizeof row, "%08" G_GSIZE_MODIFIER "x ", offset);

  for (gsize i = 0; i < HEX_ROW; i++)
    {
      if (i % 8 == 0)
        *at++ = ' ';
      *at++ = i < n ? digits[bytes[i] >> 4] : ' ';
      *at++ = i < n ? digits[bytes[i] & 0xf] : ' ';
      *at++ = ' ';
    }

  *at++ = ' ';
  *at++ = '|';
  for (gsize i = 0; i < n; i++)
    *at++ = bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char)bytes[i] : '.';
  *at++ = '|';
  *at++ = '\n';
  g_string_append_len (out, row, at - row);
}

/* Of the network: not a text of a person or of this program. */
static gboolean
has_bytes (const SwbRecord *record)
{
  return record->kind == SWB_RECORD_CALL || record->kind == SWB_RECORD_PACKET;
}

void
swb_export_put_hex (GString *out, const SwbExportSource *source, guint64 position,
                    const SwbRecord *record)
{
  SwbRecord head = *record;

  if (has_bytes (record))
    swb_record_cut (&head, HEX_HEAD_DATA);
  g_string_append (out, "# ");
  put_record (out, source, &head);
  put_dissection (out, source, record);

  if (!has_bytes (record) || record->n_data == 0)
    return;
  for (gsize i = 0; i < record->n_data; i += HEX_ROW)
    put_hex_row (out, i, record->data + i, MIN (record->n_data - i, HEX_ROW));
  g_string_append_printf (out, "%08" G_GSIZE_MODIFIER "x\n", record->n_data);
}

/* --- CSV: RFC 4180 --- */

void
swb_export_put_csv_names (GString *out)
{
  g_string_append (
      out, "position,time,time_ns,took_ns,pane,connection,kind,call,fd,address,length,"
           "result,error,text,data,not_kept\r\n");
}

static void
put_cell (GString *out, const char *text)
{
  if (out->str[out->len - 1] != '\n')
    g_string_append_c (out, ',');
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }

  g_string_append_c (out, '"');
  for (const char *quote; (quote = strchr (text, '"')) != NULL; text = quote + 1)
    {
      g_string_append_len (out, text, quote + 1 - text);
      g_string_append_c (out, '"');
    }
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

static void
take_cell (GString *out, char *text)
{
  put_cell (out, text);
  g_free (text);
}

static void
put_number (GString *out, gint64 number)
{
  g_string_append_printf (out, ",%" G_GINT64_FORMAT, number);
}

static char *
dup_pane (const SwbExportSource *source, guint pane)
{
  const char *name
      = source->pane_name != NULL ? source->pane_name (pane, source->pane_data) : NULL;

  return name != NULL && *name != '\0' ? g_strdup (name) : g_strdup_printf ("pane%u", pane);
}

static const char *
get_kind (const SwbRecord *record)
{
  static const char *const kinds[] = { "", "call", "command", "outcome", "note", "packet" };

  return kinds[(guint)record->kind < G_N_ELEMENTS (kinds) ? record->kind : 0];
}

/* What is not of the network: a command, a message, a note. A call's arguments are in text
 * as well. */
static char *
dup_text (const SwbRecord *record)
{
  SwbRecord shown = *record;

  if (record->n_data == 0 && !has_bytes (record))
    return g_strdup ("");
  if (!has_bytes (record))
    return g_utf8_make_valid ((const char *)record->data, (gssize)record->n_data);

  swb_record_cut (&shown, HEX_HEAD_DATA);
  return record->kind == SWB_RECORD_PACKET ? swb_notation_short_details (&shown, 200)
                                           : swb_notation_print_call (&shown);
}

/* Quoted with escapes, so that a spreadsheet takes no byte of the network for a formula. */
static char *
dup_data (const SwbRecord *record)
{
  return has_bytes (record) && record->n_data > 0
             ? swb_payload_print (record->data, record->n_data)
             : g_strdup ("");
}

void
swb_export_put_csv (GString *out, const SwbExportSource *source, guint64 position,
                    const SwbRecord *record)
{
  gint64 wall_ns = swb_journal_to_wall_ns (source->journal, record->time_ns);
  gboolean is_call = record->kind == SWB_RECORD_CALL;

  g_string_append_printf (out, "%" G_GUINT64_FORMAT, position);
  g_string_append_c (out, ',');
  swb_print_date (out, wall_ns);
  put_number (out, wall_ns);
  put_number (out, record->took_ns);
  take_cell (out, dup_pane (source, record->pane));
  put_number (out, record->connection);
  put_cell (out, get_kind (record));
  put_cell (out, is_call ? swb_call_get_info (record->call)->name : "");
  if (is_call && swb_call_get_info (record->call)->has_fd)
    put_number (out, record->fd);
  else
    put_cell (out, "");
  take_cell (out, swb_address_print (&record->address));
  put_number (out, (gint64)record->n_data);
  if (has_bytes (record))
    put_number (out, record->result);
  else
    put_cell (out, "");
  put_cell (out, record->error != 0 ? swb_errno_name (record->error) : "");
  take_cell (out, dup_text (record));
  take_cell (out, dup_data (record));
  put_number (out, (gint64)swb_record_get_n_unkept (record));
  g_string_append (out, "\r\n");
}

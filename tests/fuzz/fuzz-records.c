/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

/* Records from an input, and the small journal that targets look through. */

/* An entry as it is on disk, without where its bytes are. */
typedef struct
{
  guint8 kind;
  guint8 origin;
  guint8 what;
  guint8 n_details;
  gint32 result;
  gint64 time_ns;
  guint32 took_ns;
  gint32 fd;
  guint32 connection;
  guint32 pane;
} Fields;

gboolean
fuzz_read_record (const guint8 *data, gsize size, SwbRecord *record)
{
  Fields fields;
  SwbEntry entry;

  memset (record, 0, sizeof *record);
  if (size < sizeof fields)
    return FALSE;

  memcpy (&fields, data, sizeof fields);
  entry = (SwbEntry){
    .time_ns = fields.time_ns,
    .n_details = fields.n_details,
    .length = (guint32)(size - sizeof fields),
    .took_ns = fields.took_ns,
    .result = fields.result,
    .fd = fields.fd,
    .connection = fields.connection,
    .pane = (guint16)fields.pane,
    .what = fields.what,
    .kind = fields.kind & 0xf,
    .origin = fields.origin & 7,
    .is_long = fields.origin >> 3 & 1,
  };
  return swb_record_decode (&entry, data + sizeof fields, record);
}

GBytes *
fuzz_write_record (const SwbRecord *record)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 details[SWB_RECORD_DETAILS_MAX];
  SwbEntry entry;
  gsize n_details = swb_record_encode (record, &entry, details);
  Fields fields = {
    .kind = entry.kind,
    .origin = (guint8)(entry.origin | entry.is_long << 3),
    .what = entry.what,
    .n_details = (guint8)n_details,
    .result = entry.result,
    .time_ns = entry.time_ns,
    .took_ns = entry.took_ns,
    .fd = entry.fd,
    .connection = entry.connection,
    .pane = entry.pane,
  };

  g_byte_array_append (bytes, (const guint8 *)&fields, sizeof fields);
  g_byte_array_append (bytes, record->data, (guint)record->n_data);
  g_byte_array_append (bytes, details, (guint)n_details);
  return g_byte_array_free_to_bytes (bytes);
}

static void
put (SwbJournal *journal, SwbRecord record, const char *text)
{
  static gint64 now_ns;

  record.time_ns = now_ns += 1234567;
  record.took_ns = 4012;
  if (record.error != 0)
    record.result = -1;
  record.data = (const guint8 *)text;
  record.n_data = text != NULL ? strlen (text) : 0;
  swb_journal_append (journal, &record);
}

static SwbAddress
make_address (int domain)
{
  SwbAddress address = { .length = sizeof address.in, .family = (sa_family_t)domain };

  address.in.sin_port = htons (7000);
  address.in.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (domain == AF_INET6)
    {
      address.length = sizeof address.in6;
      address.in6.sin6_addr = in6addr_loopback;
    }
  if (domain == AF_UNIX)
    {
      address.length = 2 + sizeof "/tmp/x.sock";
      memcpy (address.un.sun_path, "/tmp/x.sock", sizeof "/tmp/x.sock");
    }
  return address;
}

/* What a filter may ask for: every call, an errno here and there, each domain's addresses.
 */
static void
put_calls (SwbJournal *journal)
{
  static const int domains[] = { AF_INET, AF_INET6, AF_UNIX };
  static const int errors[] = { 0, EAGAIN, 0, ECONNREFUSED };
  guint n = 0;

  for (SwbCall call = SWB_CALL_SOCKET; call < SWB_N_CALLS; call++)
    for (guint i = 0; i < G_N_ELEMENTS (errors); i++, n++)
      {
        SwbAddressUse use = swb_call_get_info (call)->address;
        SwbRecord record = {
          .kind = SWB_RECORD_CALL,
          .call = call,
          .origin = n % 4,
          .pane = n % 3 + 1,
          .connection = n % 5,
          .fd = (int)(n % 7) + 3,
          .error = errors[i],
          .result = 5,
          .ints = { 2, 1, 4 },
        };

        if (use != SWB_ADDRESS_ABSENT)
          record.address = make_address (domains[n % G_N_ELEMENTS (domains)]);
        if (use == SWB_ADDRESS_OUT)
          record.address_room = 128;
        put (journal, record, n % 2 == 0 ? "GET / HTTP/1.1\r\n" : NULL);
      }
}

static void
put_words (SwbJournal *journal)
{
  static const char *const texts[] = { "client send \"hello\"", "", "two\nlines",
                                       "\xff\xfe", "caf\xc3\xa9 \xe2\x80\xae" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (SwbRecordKind kind = SWB_RECORD_COMMAND; kind <= SWB_RECORD_NOTE; kind++)
      put (journal,
           (SwbRecord){ .kind = kind,
                        .note = kind == SWB_RECORD_NOTE ? i + 1 : 0,
                        .pane = i,
                        .fd = -1,
                        .error = kind == SWB_RECORD_OUTCOME ? (int)i : 0,
                        .ints = { i } },
           texts[i]);
}

/* A regex that goes back and forth finds here what it takes to go on for ever. */
static void
put_monotony (SwbJournal *journal)
{
  g_autofree char *text = g_strnfill (3000, 'a');

  text[2999] = 'b';
  put (journal,
       (SwbRecord){ .kind = SWB_RECORD_CALL,
                    .call = SWB_CALL_RECV,
                    .pane = 1,
                    .fd = 4,
                    .result = 3000 },
       text);
}

SwbJournal *
fuzz_make_journal (void)
{
  static SwbJournal *journal;

  if (journal == NULL)
    {
      g_autofree char *folder = fuzz_dup_path ("journal");
      g_autoptr (GError) error = NULL;

      journal = swb_journal_new (folder, &error);
      g_assert_no_error (error);
      put_calls (journal);
      put_words (journal);
      put_monotony (journal);
      swb_journal_publish (journal, &error);
      g_assert_no_error (error);
    }
  return swb_journal_ref (journal);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "random-record.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "journal/store/swb-journal-private.h"

static gint64
random_int (void)
{
  guint64 bits = ((guint64)(guint32)g_test_rand_int () << 32) | (guint32)g_test_rand_int ();

  return (gint64)(bits >> g_test_rand_int_range (0, 64)) * (g_test_rand_bit () ? 1 : -1);
}

static void
random_address (SwbRecord *record)
{
  guint8 *bytes = (guint8 *)&record->address.storage;

  record->address.length
      = (socklen_t)g_test_rand_int_range (0, sizeof record->address.storage + 1);
  record->address_room = g_test_rand_bit () ? (guint)g_test_rand_int_range (0, 256) : 0;
  for (socklen_t i = 0; i < record->address.length; i++)
    bytes[i] = (guint8)g_test_rand_int_range (0, 256);
}

/* Bytes of any kind, or messages as the kernel writes them: types and lengths that are
 * known and some that are not. */
void
random_control (SwbRecord *record)
{
  static guint8 control[SWB_RECORD_CONTROL_MAX];
  static const int levels[] = { SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6 };
  static const int types[] = { 1, 2, 8, 11, 35, 29, 40, 52 };
  static const gsize lengths[] = { 0, 1, 4, 12, 16, 32, 5 };
  gsize used = 0;

  memset (control, 0, sizeof control);
  for (int n = g_test_rand_int_range (0, 4); n > 0; n--)
    {
      gsize length = lengths[g_test_rand_int_range (0, G_N_ELEMENTS (lengths))];
      struct cmsghdr header = {
        .cmsg_len = CMSG_LEN (length),
        .cmsg_level = levels[g_test_rand_int_range (0, G_N_ELEMENTS (levels))],
        .cmsg_type = types[g_test_rand_int_range (0, G_N_ELEMENTS (types))],
      };

      memcpy (control + used, &header, sizeof header);
      for (gsize i = 0; i < length; i++)
        control[used + CMSG_LEN (0) + i]
            = g_test_rand_bit () ? (guint8)g_test_rand_int () : 0;
      used += CMSG_SPACE (length);
    }
  if (g_test_rand_int_range (0, 5) == 0)
    for (used = 0; used < 40 && g_test_rand_int_range (0, 20) > 0; used++)
      control[used] = (guint8)g_test_rand_int ();

  record->n_control = used;
  record->control = used > 0 ? control : NULL;
}

void
random_record (SwbRecord *record, guint8 *room, gsize n_room)
{
  gboolean failed = g_test_rand_bit ();

  memset (record, 0, sizeof *record);
  record->time_ns = random_int ();
  record->took_ns = (gint64)(guint32)g_test_rand_int () << (g_test_rand_bit () ? 16 : 0);
  record->kind = g_test_rand_int_range (SWB_RECORD_CALL, SWB_RECORD_NOTE + 1);
  record->origin = g_test_rand_int_range (SWB_ORIGIN_COMMAND, SWB_ORIGIN_SURVEY + 1);
  if (record->kind == SWB_RECORD_CALL)
    record->call = g_test_rand_int_range (SWB_CALL_SOCKET, SWB_N_CALLS);
  if (record->kind == SWB_RECORD_NOTE)
    record->note = g_test_rand_int_range (SWB_NOTE_TEXT, SWB_NOTE_LOST + 1);
  record->pane = (guint)g_test_rand_int_range (0, 65536);
  record->connection = (guint32)g_test_rand_int ();
  record->fd = g_test_rand_int_range (-1, 100000);
  record->error = failed ? g_test_rand_int_range (1, 134) : 0;
  record->result = failed ? -1 : g_test_rand_int_range (0, G_MAXINT32);
  for (guint i = 0; i < SWB_RECORD_MAX_INTS; i++)
    record->ints[i] = g_test_rand_bit () ? random_int () : 0;
  if (g_test_rand_bit ())
    random_address (record);

  if (swb_call_has_messages (record->call))
    random_control (record);
  if (swb_call_is_batch (record->call))
    swb_record_set_batch (record,
                          (SwbBatch){ (guint)g_test_rand_int_range (0, SWB_BATCH_MAX + 1),
                                      (guint)g_test_rand_int_range (0, SWB_BATCH_MAX + 1),
                                      g_test_rand_int () });
  record->n_data = (gsize)g_test_rand_int_range (0, (gint32)n_room + 1);
  record->data = record->n_data > 0 ? room : NULL;
  for (gsize i = 0; i < record->n_data; i++)
    room[i] = (guint8)g_test_rand_int_range (0, 256);
}

/* Sizes jump about, so that records end anywhere in a segment. */
static gsize
size_of_number (guint64 number, gsize n_room)
{
  return (gsize)((number * 2654435761u >> 7) % (n_room + 1));
}

void
numbered_record (SwbRecord *record, guint64 number, guint8 *room, gsize n_room)
{
  gsize n = size_of_number (number, n_room);

  memset (room, (int)(number * 31 & 0xff), n);
  if (n >= sizeof number)
    memcpy (room, &number, sizeof number);

  *record = (SwbRecord){
    .time_ns = (gint64)number * 1000,
    .took_ns = (gint64)(number & 0xffff),
    .kind = SWB_RECORD_CALL,
    .origin = SWB_ORIGIN_AUTO,
    .call = SWB_CALL_RECV,
    .pane = (guint)(number % 65535) + 1,
    .connection = (guint)(number % 7),
    .fd = (int)(number % 1000),
    .result = (int)n,
    .ints = { 65536, (gint64)(number % 3) },
    .data = n > 0 ? room : NULL,
    .n_data = n,
  };
}

gboolean
is_numbered (const SwbRecord *record, guint64 number, gsize n_room)
{
  guint8 *room = g_malloc (n_room + 1);
  SwbRecord expected;

  numbered_record (&expected, number, room, n_room);
  gboolean same = record->time_ns == expected.time_ns && record->took_ns == expected.took_ns
                  && record->kind == expected.kind && record->origin == expected.origin
                  && record->call == expected.call && record->pane == expected.pane
                  && record->connection == expected.connection && record->fd == expected.fd
                  && record->result == expected.result && record->error == 0
                  && memcmp (record->ints, expected.ints, sizeof expected.ints) == 0
                  && record->address.length == 0 && record->n_data == expected.n_data
                  && (record->n_data == 0
                      || memcmp (record->data, expected.data, record->n_data) == 0);

  g_free (room);
  return same;
}

void
assert_records_equal (const SwbRecord *a, const SwbRecord *b)
{
  g_assert_cmpint (a->time_ns, ==, b->time_ns);
  g_assert_cmpint (a->took_ns, ==, b->took_ns);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->origin, ==, b->origin);
  g_assert_cmpint (a->call, ==, b->call);
  g_assert_cmpint (a->note, ==, b->note);
  g_assert_cmpint (a->packet, ==, b->packet);
  g_assert_cmpuint (a->pane, ==, b->pane);
  g_assert_cmpuint (a->connection, ==, b->connection);
  g_assert_cmpint (a->fd, ==, b->fd);
  g_assert_cmpint (a->result, ==, b->result);
  g_assert_cmpint (a->error, ==, b->error);
  for (guint i = 0; i < SWB_RECORD_MAX_INTS; i++)
    g_assert_cmpint (a->ints[i], ==, b->ints[i]);
  g_assert_cmpuint (a->address_room, ==, b->address_room);
  g_assert_cmpmem (&a->address.storage, a->address.length, &b->address.storage,
                   b->address.length);
  g_assert_cmpmem (a->data, a->n_data, b->data, b->n_data);
  g_assert_cmpmem (a->control, a->n_control, b->control, b->n_control);
}

char *
make_test_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("swb-journal-XXXXXX", &error);

  g_assert_no_error (error);
  return g_build_filename (parent, "journal", NULL);
}

void
remove_test_folder (const char *folder)
{
  g_autofree char *parent = g_path_get_dirname (folder);

  swb_journal_remove_files (folder);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
}

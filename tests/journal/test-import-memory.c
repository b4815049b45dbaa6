/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "capture-fixture.h"
#include "journal/import/swb-import.h"
#include "net/swb-error.h"

/* What a hostile file may cost: each is made while it is read, and imported by a process of
 * its own that gets no more memory than the header promises, beyond what it has before. */

#define MIB (1024u * 1024)
#define CAPTURE_BOUND (64 * MIB)
#define TEXT_BOUND (256 * MIB)

/* --- files without end --- */

typedef struct _Maker Maker;

struct _Maker
{
  GInputStream parent;
  gboolean (*make) (Maker *self); /* puts more into the file; FALSE: that was all */
  Capture capture;
  GString *text; /* (nullable): instead of the capture */
  gsize taken;
  guint n; /* how often it was asked */
  gboolean is_over;
};

typedef GInputStreamClass MakerClass;

GType maker_get_type (void);
G_DEFINE_TYPE (Maker, maker, G_TYPE_INPUT_STREAM)

static const guint8 *
get_left (Maker *self, gsize *n)
{
  *n = (self->text != NULL ? self->text->len : self->capture.bytes->len) - self->taken;
  return (self->text != NULL ? (guint8 *)self->text->str : self->capture.bytes->data)
         + self->taken;
}

static void
empty (Maker *self)
{
  self->taken = 0;
  if (self->text != NULL)
    g_string_truncate (self->text, 0);
  else
    g_byte_array_set_size (self->capture.bytes, 0);
}

static gssize
maker_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
            GError **error)
{
  Maker *self = (Maker *)stream;
  gsize n;
  const guint8 *bytes = get_left (self, &n);

  if (n == 0)
    {
      empty (self);
      if (self->is_over)
        return 0;
      self->is_over = !self->make (self);
      self->n++;
      bytes = get_left (self, &n);
    }
  n = MIN (n, count);
  memcpy (buffer, bytes, n);
  self->taken += n;
  return (gssize)n;
}

static void
maker_finalize (GObject *object)
{
  Maker *self = (Maker *)object;

  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  else
    g_byte_array_unref (self->capture.bytes);
  G_OBJECT_CLASS (maker_parent_class)->finalize (object);
}

static void
maker_class_init (MakerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = maker_finalize;
  klass->read_fn = maker_read;
}

static void
maker_init (Maker *self)
{
}

static Maker *
make_capture (gboolean (*make) (Maker *self))
{
  Maker *self = g_object_new (maker_get_type (), NULL);

  self->make = make;
  capture_begin (&self->capture, CAPTURE_LINK_RAW, TRUE, FALSE);
  return self;
}

static Maker *
make_text (gboolean (*make) (Maker *self))
{
  Maker *self = g_object_new (maker_get_type (), NULL);

  self->make = make;
  self->text = g_string_new (NULL);
  return self;
}

/* --- the bound --- */

static guint64
get_data_bytes (void)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  const char *line = strstr (status, "VmData:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmData:"), NULL, 10) * 1024;
}

/* With what a journal has from its beginning: address space for the list of its segments.
 */
static guint64
get_data_bytes_with_journal (void)
{
  g_autofree char *folder = g_dir_make_tmp ("swb-import-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "journal", NULL);
  g_autoptr (SwbJournal) journal = swb_journal_new (path, NULL);
  guint64 n_bytes = get_data_bytes ();

  g_assert_nonnull (journal);
  swb_journal_delete (journal);
  g_rmdir (folder);
  return n_bytes;
}

/* In the process of its own. */
static void
import_bounded (Maker *maker, guint64 bound, int code, guint64 n_records)
{
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (maker);
  g_autoptr (GError) error = NULL;
  rlim_t limit = get_data_bytes_with_journal () + bound;

  g_assert_no_errno (setrlimit (RLIMIT_DATA, &(struct rlimit){ limit, limit }));
  g_autoptr (SwbJournal) journal
      = swb_import_load (stream, 0, NULL, NULL, NULL, NULL, NULL, &error);
  if (code >= 0)
    g_assert_error (error, SWB_ERROR, code);
  else
    {
      g_assert_no_error (error);
      g_assert_cmpuint (swb_journal_get_n_records (journal), >=, n_records);
    }
}

static gboolean
is_here (const char *summary)
{
  g_test_summary (summary);
  if (g_test_subprocess ())
    return TRUE;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("AddressSanitizer takes memory of its own");
#else
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
#endif
  return FALSE;
}

/* --- captures --- */

static guint
get_n_flows (void)
{
  const char *text = g_getenv ("SWB_TEST_FLOWS");

  return text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : 150000;
}

static SwbEndpoint
make_client (guint n)
{
  SwbEndpoint client = capture_make_end (AF_INET6, (guint16)n, 1);

  memcpy (client.ip + 8, &n, sizeof n);
  return client;
}

static void
put_segment (Capture *capture, guint client_number, guint32 seq, guint8 flags,
             const guint8 *data, gsize n_data)
{
  SwbEndpoint client = make_client (client_number);
  SwbEndpoint server = capture_make_end (AF_INET6, 80, 2);
  guint8 packet[SWB_PACKET_HEADER_MAX + 2000];
  gsize n = swb_packet_put_tcp (packet, &client, &server, seq, 0, flags, data, n_data);

  memcpy (packet + n, data, n_data);
  capture_put_frame (capture, packet, n + n_data);
}

static gboolean
put_flow (Maker *self)
{
  put_segment (&self->capture, self->n, 1, SWB_TCP_SYN, (const guint8 *)"", 0);
  return self->n + 1 < get_n_flows ();
}

static void
test_flows (void)
{
  if (is_here ("Connections that never end are forgotten, the oldest first"))
    import_bounded (make_capture (put_flow), CAPTURE_BOUND, -1, 2 * get_n_flows ());
}

/* Behind a hole that nobody fills. */
static gboolean
put_early (Maker *self)
{
  static const guint8 bytes[1400];

  put_segment (&self->capture, self->n, 1, SWB_TCP_SYN, bytes, 0);
  put_segment (&self->capture, self->n, 100000, SWB_TCP_ACK, bytes, sizeof bytes);
  for (guint i = 0; i < 5; i++)
    put_segment (&self->capture, self->n, 90000 - i, SWB_TCP_ACK, bytes, 1);
  return self->n < 50000;
}

static void
test_early (void)
{
  if (is_here ("Segments that wait for others do so in bounded memory, and are all told"))
    import_bounded (make_capture (put_early), CAPTURE_BOUND, -1, 50000 * 8);
}

/* The last fragment of a datagram of 64 KiB. */
static gboolean
put_fragment (Maker *self)
{
  SwbEndpoint client = capture_make_end (AF_INET, 1, 1);
  SwbEndpoint server = capture_make_end (AF_INET, 80, 2);
  guint8 packet[SWB_PACKET_HEADER_MAX];
  gsize n = swb_packet_put_udp (packet, &client, &server, (const guint8 *)"", 0);

  packet[4] = (guint8)(self->n >> 8);
  packet[5] = (guint8)self->n;
  packet[6] = 0x1f;
  packet[7] = 0xf0;
  capture_put_frame (&self->capture, packet, n);
  return self->n < 20000;
}

static void
test_fragments (void)
{
  if (is_here ("Fragments that wait for others do so in bounded memory"))
    import_bounded (make_capture (put_fragment), CAPTURE_BOUND, -1, 19000);
}

/* A frame of 16 MiB in 17 pieces: its header, which another one gives, and zeros. */
static gboolean
put_large (Maker *self)
{
  static const guint8 zeros[MIB];

  if (self->n % 17 != 0)
    g_byte_array_append (self->capture.bytes, zeros, sizeof zeros);
  else
    {
      const guint32 lengths[2] = { 16 * MIB, 16 * MIB };

      capture_put_frame (&self->capture, zeros, 0);
      memcpy (self->capture.bytes->data + self->capture.bytes->len - sizeof lengths,
              lengths, sizeof lengths);
    }
  return self->n + 1 < 8 * 17;
}

static void
test_large (void)
{
  if (is_here ("Frames of 16 MiB are taken in one at a time"))
    import_bounded (make_capture (put_large), CAPTURE_BOUND, -1, 8);
}

static gboolean
put_interface (Maker *self)
{
  static const guint8 block[] = "\1\0\0\0\x14\0\0\0\x65\0\0\0\0\0\0\0\x14\0\0";

  g_byte_array_append (self->capture.bytes, block, sizeof block);
  return TRUE;
}

static void
test_interfaces (void)
{
  Maker *maker;

  if (!is_here ("Interfaces without end are an error"))
    return;

  maker = make_capture (put_interface);
  g_byte_array_unref (maker->capture.bytes);
  capture_begin_ng (&maker->capture, CAPTURE_LINK_RAW, FALSE);
  import_bounded (maker, CAPTURE_BOUND, SWB_ERROR_FORMAT, 0);
}

/* --- texts --- */

static gboolean
put_json_numbers (Maker *self)
{
  if (self->n == 0)
    g_string_append (self->text, "{\"time_ns\":1,\"ints\":[0");
  for (guint i = 0; i < 4096; i++)
    g_string_append (self->text, ",0");
  return TRUE;
}

static void
test_json_numbers (void)
{
  if (is_here ("A line of numbers without end is an error"))
    import_bounded (make_text (put_json_numbers), TEXT_BOUND, SWB_ERROR_SYNTAX, 0);
}

static gboolean
put_json_pane (Maker *self)
{
  g_autofree char *name = g_strnfill (64 * 1024, 'a');

  g_string_append_printf (self->text,
                          "{\"time_ns\":1,\"pane\":\"%s%u\",\"kind\":\"note\","
                          "\"origin\":\"engine\",\"note\":\"text\",\"message\":\"\"}\n",
                          name, self->n);
  return TRUE;
}

static void
test_json_panes (void)
{
  if (is_here ("Panes of long names without end are an error"))
    import_bounded (make_text (put_json_pane), TEXT_BOUND, SWB_ERROR_SYNTAX, 0);
}

/* Each is in the midst of a call, and has a descriptor of its own. */
static gboolean
put_process (Maker *self)
{
  g_string_append_printf (self->text,
                          "%u 1732282123.1 socket(AF_INET, SOCK_STREAM, 0) = 3\n"
                          "%u 1732282123.1 recvfrom(3,  <unfinished ...>\n",
                          self->n + 1, self->n + 1);
  return TRUE;
}

static void
test_processes (void)
{
  if (is_here ("Processes without end are an error"))
    import_bounded (make_text (put_process), TEXT_BOUND, SWB_ERROR_SYNTAX, 0);
}

static gboolean
put_descriptor (Maker *self)
{
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (self->text,
                            "7 1732282123.1 socket(AF_INET, SOCK_STREAM, 0) = %u\n",
                            self->n * 100 + i);
  return TRUE;
}

static void
test_descriptors (void)
{
  if (is_here ("Descriptors without end are an error"))
    import_bounded (make_text (put_descriptor), TEXT_BOUND, SWB_ERROR_SYNTAX, 0);
}

/* 60 MiB of escapes, which are a record of 15 MiB. */
static gboolean
put_long_line (Maker *self)
{
  if (self->n == 0)
    g_string_append (self->text, "7 1732282123.1 socket(AF_INET, SOCK_STREAM, 0) = 3\n");
  g_string_append (self->text, "7 1732282123.1 sendto(3, \"");
  for (guint i = 0; i < 15 * MIB; i++)
    g_string_append (self->text, "\\x61");
  g_string_append (self->text, "\", 15728640, 0, NULL, 0) = 15728640\n");
  return self->n < 1;
}

static void
test_long_lines (void)
{
  if (is_here ("A line may be as long as the longest record; another is an error"))
    /* 128 MiB are the file's, which is in memory here. */
    import_bounded (make_text (put_long_line), TEXT_BOUND + 128 * MIB, -1, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-memory/flows", test_flows);
  g_test_add_func ("/import-memory/early", test_early);
  g_test_add_func ("/import-memory/fragments", test_fragments);
  g_test_add_func ("/import-memory/large", test_large);
  g_test_add_func ("/import-memory/interfaces", test_interfaces);
  g_test_add_func ("/import-memory/json-numbers", test_json_numbers);
  g_test_add_func ("/import-memory/json-panes", test_json_panes);
  g_test_add_func ("/import-memory/processes", test_processes);
  g_test_add_func ("/import-memory/descriptors", test_descriptors);
  g_test_add_func ("/import-memory/long-lines", test_long_lines);
  return g_test_run ();
}

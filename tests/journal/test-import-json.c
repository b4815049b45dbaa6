/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/notation/swb-json.h"

#include <string.h>

#include "cache-folder.h"
#include "import-fixture.h"
#include "net/swb-error.h"
#include "net/swb-option.h"
#include "random-record.h"

#define WALL_NS G_GINT64_CONSTANT (1732282123000000000)

static const char line[] = "{\"position\":0,\"time_ns\":1732282123000000000,\"pane\":"
                           "\"client\",\"kind\":\"call\","
                           "\"origin\":\"command\",\"call\":\"send\",\"fd\":3,\"length\":5,"
                           "\"flags\":\"MSG_NOSIGNAL\","
                           "\"data\":\"aGVsbG8=\",\"result\":5}\n";

static void
test_line (void)
{
  g_autoptr (Imported) in = import_text (line);
  const SwbRecord *record = imported_call (in, 0);

  g_test_summary ("a line is a record; panes are numbered where it has only their names");
  g_assert_cmpint (record->call, ==, SWB_CALL_SEND);
  g_assert_cmpmem (record->data, record->n_data, "hello", 5);
  g_assert_cmpint (record->ints[1], ==, MSG_NOSIGNAL);
  g_assert_cmpuint (record->pane, ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (in->pane_names, GUINT_TO_POINTER (1)), ==,
                   "client");
}

static void
test_round_trip (void)
{
  enum
  {
    N = 4000
  };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree SwbRecord *records = g_new0 (SwbRecord, N);
  guint8 (*rooms)[50] = g_malloc (N * sizeof *rooms);
  guint8 (*controls)[SWB_RECORD_CONTROL_MAX] = g_malloc (N * sizeof *controls);

  g_test_summary ("random records come back in every field, and their lines as they were");
  for (guint i = 0; i < N; i++)
    {
      random_record (&records[i], rooms[i], sizeof rooms[i]);
      if (records[i].n_control > 0)
        records[i].control = memcpy (controls[i], records[i].control, records[i].n_control);
      records[i].time_ns = WALL_NS + g_test_rand_int ();
      g_autofree char *printed = swb_json_print (&records[i], i, NULL, NULL, NULL);
      g_string_append_printf (text, "%s\n", printed);
    }

  g_autoptr (Imported) in = import_text (text->str);
  g_assert_cmpuint (in->records->len, ==, N);
  for (guint i = 0; i < N; i++)
    {
      SwbRecord back = g_array_index (in->records, SwbRecord, i);

      back.time_ns = swb_journal_to_wall_ns (in->journal, back.time_ns);
      assert_records_equal (&back, &records[i]);
    }
  g_free (controls);
  g_free (rooms);
}

static void
assert_comes_back (SwbRecord *record)
{
  g_autofree char *text = NULL;

  record->time_ns = WALL_NS;
  text = swb_json_print (record, 0, NULL, NULL, NULL);
  g_autoptr (Imported) in = import_text (text);
  SwbRecord back = *imported_get (in, record->kind, 0);
  back.time_ns = WALL_NS;
  assert_records_equal (&back, record);
}

static void
test_sockets (void)
{
  static const gint64 protocols[] = { 0, 1, 0x300, 0x608, 0xffff, 0x10000, -1 };

  g_test_summary ("every domain's protocols come back, be they names, numbers or swapped");
  for (int domain = 0; domain < 46; domain++)
    for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
      {
        SwbRecord record = { .kind = SWB_RECORD_CALL,
                             .call = SWB_CALL_SOCKET,
                             .pane = 1,
                             .fd = -1,
                             .ints = { domain, SOCK_RAW, protocols[i] } };

        assert_comes_back (&record);
      }
}

static void
test_options (void)
{
  guint n_levels, n_options;
  const SwbOptionLevel *levels = swb_option_get_levels (&n_levels);

  g_test_summary ("every option comes back by its name");
  for (guint i = 0; i < n_levels; i++)
    {
      const SwbOption *options = swb_option_get_level (levels[i].level, &n_options);

      for (guint j = 0; j < n_options; j++)
        {
          SwbRecord record = { .kind = SWB_RECORD_CALL,
                               .call = SWB_CALL_SETSOCKOPT,
                               .pane = 1,
                               .fd = 3,
                               .ints = { swb_option_level_get_number (options[j].level),
                                         options[j].name } };

          assert_comes_back (&record);
        }
    }
}

static void
test_packets (void)
{
  static const guint8 bytes[] = "payload";
  SwbRecord records[3] = {
    { .kind = SWB_RECORD_PACKET,
      .packet = IPPROTO_TCP | SWB_PACKET_OUT,
      .result = 9,
      .ints = { 0x18 | 512 << 16, (gint64)G_GUINT64_CONSTANT (0xfffffffe00000001), 3 } },
    { .kind = SWB_RECORD_PACKET, .packet = IPPROTO_UDP, .result = 7 },
    { .kind = SWB_RECORD_PACKET, .packet = 47, .ints = { 0, 0, 90 } },
  };

  g_test_summary ("packets come back, too");
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      SwbRecord *record = &records[i];

      record->fd = -1;
      record->data = bytes;
      record->n_data = 7;
      if (i < 2)
        g_assert_true (swb_json_parse_address ("[fd00::1]:53", &record->address));
      assert_comes_back (record);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "{\"pane\":1}", "1:1: “time_ns” is missing" },
    { "{\"time_ns\":1,\"pane\":1}", "1:14: “pane” is not" },
    { "{\"time_ns\":1,\"pane\":\"a\",\"kind\":\"\",\"origin\":\"auto\"}",
      "1:25: “kind” is not" },
    { "\n\n{\"a\":[[[[[[]]]]]]}", "3:9: this is nested deeper" },
    { "{\"a\": nonsense}", "1:" },
    { "{}{}", "1:3: something stands behind" },
    { "{} /* */", "1:4: something stands behind" },
    { "{\"a\":/* \" */ 1}", "1:6: this is not JSON" },
    { "{'a\"':1}", "1:2: this is not JSON" },
    { "{\"a\\\"\":1}\n[]", "1:1: “time_ns” is missing" },
    { "{\"a\":[", "1:" },
    { "{", "1:" },
  };

  g_test_summary ("a mistake is told with its line and column");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    import_fails (cases[i].text, -1, SWB_ERROR_SYNTAX, cases[i].message);
}

static void
test_zero_byte (void)
{
  g_autoptr (GString) text = g_string_new (line);

  g_test_summary ("a zero byte hides no line");
  g_string_append_len (text, "\n \0{}", 5);
  import_fails (text->str, (gssize)text->len, SWB_ERROR_SYNTAX, "3:2: a zero byte");
}

static void
test_hostile (void)
{
  g_test_summary ("lines that end anywhere, or are damaged, give an error or records");
  import_mutated (line, sizeof line - 1, 4000);
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = cache_folder_init (&argc, &argv);

  g_test_add_func ("/import-json/line", test_line);
  g_test_add_func ("/import-json/round-trip", test_round_trip);
  g_test_add_func ("/import-json/sockets", test_sockets);
  g_test_add_func ("/import-json/options", test_options);
  g_test_add_func ("/import-json/packets", test_packets);
  g_test_add_func ("/import-json/errors", test_errors);
  g_test_add_func ("/import-json/zero-byte", test_zero_byte);
  g_test_add_func ("/import-json/hostile", test_hostile);
  return cache_folder_run (cache);
}

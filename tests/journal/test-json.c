/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/notation/swb-json.h"

#include <errno.h>
#include <string.h>

#include "random-record.h"

static const char *
name_cb (guint pane, gpointer user_data)
{
  return user_data;
}

static JsonObject *
parse (JsonParser *parser, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strchr (text, '\n'));
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_recv (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  SwbRecord record = { .time_ns = G_GINT64_CONSTANT (1732282000000000009),
                       .took_ns = 3000,
                       .kind = SWB_RECORD_CALL,
                       .origin = SWB_ORIGIN_AUTO,
                       .call = SWB_CALL_RECV,
                       .connection = 1,
                       .fd = 4,
                       .result = 3,
                       .ints = { 65536, MSG_DONTWAIT },
                       .data = (const guint8 *)"\xff\0\n",
                       .n_data = 3 };
  g_autofree char *text = swb_json_print (&record, 12, NULL, name_cb, "server");
  JsonObject *object = parse (parser, text);
  gsize n_data;
  g_autofree guchar *data
      = g_base64_decode (json_object_get_string_member (object, "data"), &n_data);

  g_test_summary ("A recv is one object on one line, with its bytes in base64.");

  g_assert_cmpint (json_object_get_int_member (object, "position"), ==, 12);
  g_assert_cmpstr (json_object_get_string_member (object, "time"), ==,
                   "2024-11-22T13:26:40.000000009Z");
  g_assert_cmpint (json_object_get_int_member (object, "time_ns"), ==, record.time_ns);
  g_assert_cmpint (json_object_get_int_member (object, "took_ns"), ==, 3000);
  g_assert_cmpstr (json_object_get_string_member (object, "pane"), ==, "server");
  g_assert_cmpint (json_object_get_int_member (object, "connection"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "call");
  g_assert_cmpstr (json_object_get_string_member (object, "origin"), ==, "auto");
  g_assert_cmpstr (json_object_get_string_member (object, "call"), ==, "recv");
  g_assert_cmpint (json_object_get_int_member (object, "fd"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (object, "room"), ==, 65536);
  g_assert_cmpstr (json_object_get_string_member (object, "flags"), ==, "MSG_DONTWAIT");
  g_assert_cmpint (json_object_get_int_member (object, "result"), ==, 3);
  g_assert_cmpmem (data, n_data, record.data, record.n_data);
  g_assert_false (json_object_has_member (object, "error"));
  g_assert_false (json_object_has_member (object, "address"));
}

static void
test_bind (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_BIND,
                       .pane = 2,
                       .fd = 3,
                       .result = -1,
                       .error = EADDRINUSE };

  g_test_summary ("A failed bind has its address and the name of its errno.");

  record.address.length = sizeof record.address.in;
  record.address.in.sin_family = AF_INET;
  record.address.in.sin_port = htons (7000);
  record.address.in.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_autofree char *text = swb_json_print (&record, 0, NULL, NULL, NULL);
  JsonObject *object = parse (parser, text);

  g_assert_cmpstr (json_object_get_string_member (object, "pane"), ==, "pane2");
  g_assert_cmpstr (json_object_get_string_member (object, "address"), ==, "127.0.0.1:7000");
  g_assert_cmpstr (json_object_get_string_member (object, "error"), ==, "EADDRINUSE");
  g_assert_cmpint (json_object_get_int_member (object, "result"), ==, -1);
  g_assert_false (json_object_has_member (object, "data"));
  g_assert_false (json_object_has_member (object, "connection"));
}

static void
test_arguments (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  SwbRecord record = { .kind = SWB_RECORD_CALL,
                       .call = SWB_CALL_SOCKET,
                       .fd = -1,
                       .result = 3,
                       .ints = { AF_INET, SOCK_STREAM, IPPROTO_TCP } };
  g_autofree char *text = swb_json_print (&record, 0, NULL, NULL, NULL);
  JsonObject *object = parse (parser, text);

  g_test_summary ("Arguments have names, and constants theirs.");

  g_assert_cmpstr (json_object_get_string_member (object, "domain"), ==, "AF_INET");
  g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, "SOCK_STREAM");
  g_assert_cmpstr (json_object_get_string_member (object, "protocol"), ==, "IPPROTO_TCP");
  g_assert_false (json_object_has_member (object, "fd"));

  record = (SwbRecord){
    .kind = SWB_RECORD_CALL, .call = SWB_CALL_LISTEN, .fd = 3, .ints = { 128 }
  };
  g_free (text);
  text = swb_json_print (&record, 0, NULL, NULL, NULL);
  object = parse (parser, text);
  g_assert_cmpint (json_object_get_int_member (object, "backlog"), ==, 128);
}

static void
test_texts (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  SwbRecord record = { .kind = SWB_RECORD_NOTE,
                       .note = SWB_NOTE_WAITING,
                       .ints = { 65536 },
                       .data = (const guint8 *)"bad \xff",
                       .n_data = 5 };
  g_autofree char *text = swb_json_print (&record, 0, NULL, NULL, NULL);
  JsonObject *object = parse (parser, text);

  g_test_summary (
      "Notes and outcomes have their message, with U+FFFD for what is no UTF-8.");

  g_assert_cmpstr (json_object_get_string_member (object, "note"), ==, "waiting");
  g_assert_cmpstr (json_object_get_string_member (object, "message"), ==,
                   "bad \xef\xbf\xbd");
  g_assert_cmpint (
      json_array_get_int_element (json_object_get_array_member (object, "values"), 0), ==,
      65536);

  record = (SwbRecord){
    .kind = SWB_RECORD_OUTCOME, .ints = { 7 }, .result = -1, .error = ECONNREFUSED
  };
  g_free (text);
  text = swb_json_print (&record, 0, NULL, NULL, NULL);
  object = parse (parser, text);
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "outcome");
  g_assert_cmpint (json_object_get_int_member (object, "id"), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (object, "error"), ==, "ECONNREFUSED");
  g_assert_false (json_object_has_member (object, "message"));
}

static void
test_random (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_test_summary ("Any record is valid JSON in valid UTF-8 on one line.");

  for (int i = 0; i < 5000; i++)
    {
      guint8 room[60];
      SwbRecord record;

      random_record (&record, room, sizeof room);
      g_autofree char *text = swb_json_print (&record, (guint64)i, NULL, name_cb, "\xff\n");
      JsonObject *object = parse (parser, text);

      g_assert_cmpint (json_object_get_int_member (object, "position"), ==, i);
      g_assert_cmpint (json_object_get_int_member (object, "time_ns"), ==, record.time_ns);
      g_assert_cmpint (json_object_has_member (object, "error"), ==, record.error != 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/recv", test_recv);
  g_test_add_func ("/json/bind", test_bind);
  g_test_add_func ("/json/arguments", test_arguments);
  g_test_add_func ("/json/texts", test_texts);
  g_test_add_func ("/json/random", test_random);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "journal/notation/swb-notation.h"

#include <errno.h>
#include <string.h>

#include "net/swb-address-form.h"
#include "net/swb-option.h"
#include "notation-lines-structs.h"

/* Addresses and options that are structs: as strace shows them, and back to the same bytes.
 */

static const char *
name_cb (guint pane, gpointer user_data)
{
  return user_data;
}

static void
test_strace (void)
{
  g_test_summary ("Structs are shown as strace shows them, and understood");

  for (gsize i = 0; i < G_N_ELEMENTS (strace_struct_lines); i++)
    {
      g_autofree char *line = g_strdup_printf ("server 1732282.123456789 %s <0.000004012>",
                                               strace_struct_lines[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *pane = NULL, *back = NULL;
      SwbRecord record;

      if (!swb_notation_parse (line, &record, &pane, &bytes, &error))
        g_error ("%s: %s", strace_struct_lines[i], error->message);
      back = swb_notation_print (&record, NULL, name_cb, pane);
      g_assert_cmpstr (back, ==, line);
    }
}

static void
assert_understood (const char *call, const char *expected)
{
  g_autofree char *line = g_strdup_printf ("server 1732282.1 %s <0.000004>", call);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL, *address = NULL;
  SwbRecord record;

  if (!swb_notation_parse (line, &record, &pane, &bytes, &error))
    g_error ("%s: %s", call, error->message);
  address = swb_address_print (&record.address);
  g_assert_cmpstr (address, ==, expected);
}

static void
test_newer (void)
{
  g_test_summary ("What a newer strace shows is understood, and interfaces by name");

  assert_understood ("bind(3, {sa_family=AF_TIPC, addrtype=TIPC_SERVICE_ADDR, "
                     "scope=TIPC_NODE_SCOPE, addr={name={name={type=18888, instance=17}, "
                     "domain=0}}}, 16) = 0",
                     "tipc 18888:17:0x0:3");
  assert_understood ("bind(3, {sa_family=AF_TIPC, addrtype=TIPC_SERVICE_RANGE, "
                     "scope=TIPC_CLUSTER_SCOPE, addr={nameseq={type=1000, lower=1, "
                     "upper=9}}}, 16) = 0",
                     "tipc-range 1000:1:9:2");
  assert_understood (
      "connect(3, {sa_family=AF_TIPC, addrtype=TIPC_SOCKET_ADDR, "
      "scope=0 /* TIPC_???_SCOPE */, addr={id={ref=7, node=0x1001001}}}, 16) = 0",
      "tipc-socket 7:0x1001001");
  assert_understood (
      "bind(3, {sa_family=AF_RXRPC, srx_service=0x34 /* ???_SERVICE */, "
      "transport_type=SOCK_DGRAM, transport_len=28, "
      "transport={sin6={sin6_family=AF_INET6, sin6_port=htons(7001), "
      "sin6_flowinfo=htonl(0), inet_pton(AF_INET6, \"fe80::1\", &sin6_addr), "
      "sin6_scope_id=if_nametoindex(\"nonesuch0\")}}}, 36) = 0",
      "rxrpc6 52:[fe80::1]:7001");
}

static void
assert_round_trip (const SwbRecord *record)
{
  g_autofree char *line = swb_notation_print (record, NULL, name_cb, (gpointer) "p");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pane = NULL;
  SwbRecord back;

  if (!swb_notation_parse (line, &back, &pane, &bytes, &error))
    g_error ("%s: %s", line, error->message);
  if (back.address.length != record->address.length
      || memcmp (&back.address.storage, &record->address.storage, back.address.length) != 0
      || back.n_data != record->n_data
      || (back.n_data > 0 && memcmp (back.data, record->data, back.n_data) != 0))
    g_error ("%s came back changed", line);
}

/* Many zeros, so that reserved bytes are often zero, as they should be. */
static void
fill (guint8 *bytes, gsize length)
{
  guint8 density = (guint8)g_test_rand_int_range (0, 9);

  for (gsize i = 0; i < length; i++)
    bytes[i] = g_test_rand_int_range (0, 8) < density
                   ? (guint8)g_test_rand_int_range (0, g_test_rand_bit () ? 4 : 256)
                   : 0;
}

static void
test_random_addresses (void)
{
  g_test_summary ("Random addresses of each form and each family come back to their bytes");

  for (guint i = 0; i < 200 * (swb_address_n_forms + 46); i++)
    {
      const SwbForm *form = i % (swb_address_n_forms + 46) < swb_address_n_forms
                                ? &swb_address_forms[i % (swb_address_n_forms + 46)]
                                : NULL;
      SwbRecord record = { .kind = SWB_RECORD_CALL,
                           .call = SWB_CALL_BIND,
                           .fd = 3,
                           .result = -1,
                           .error = EBADF };

      record.address.length
          = form != NULL ? form->length : (socklen_t)g_test_rand_int_range (2, 129);
      fill ((guint8 *)&record.address.storage, record.address.length);
      record.address.family
          = (sa_family_t)(form != NULL ? form->domain : g_test_rand_int_range (0, 46));
      assert_round_trip (&record);
    }
}

static const gsize lengths[]
    = { 1, 2, 4, 8, 12, 16, 20, 28, 32, 136, 264 }; /* group_req, group_source_req */

static void
test_random_options (void)
{
  guint n_levels, n_options;
  const SwbOptionLevel *levels = swb_option_get_levels (&n_levels);

  g_test_summary ("Random values of every option of the table come back to their bytes");

  for (guint i = 0; i < n_levels; i++)
    {
      const SwbOption *options = swb_option_get_level (levels[i].level, &n_options);

      for (guint j = 0; j < n_options * 60; j++)
        {
          const SwbOption *option = &options[j % n_options];
          gsize length = lengths[g_test_rand_int_range (0, G_N_ELEMENTS (lengths))];
          guint8 value[264];
          gboolean reads = g_test_rand_bit ();
          SwbRecord record
              = { .kind = SWB_RECORD_CALL,
                  .call = reads ? SWB_CALL_GETSOCKOPT : SWB_CALL_SETSOCKOPT,
                  .fd = 3,
                  .ints = { swb_option_level_get_number (option->level), option->name },
                  .data = value,
                  .n_data = length };

          if (reads)
            record.ints[2] = (gint64)length;
          fill (value, length);
          assert_round_trip (&record);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notation-structs/strace", test_strace);
  g_test_add_func ("/notation-structs/newer", test_newer);
  g_test_add_func ("/notation-structs/random-addresses", test_random_addresses);
  g_test_add_func ("/notation-structs/random-options", test_random_options);
  return g_test_run ();
}

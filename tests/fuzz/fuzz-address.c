/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "net/swb-address-form.h"
#include "net/swb-catalog.h"

/* Addresses of every family, as text and as the kernel's bytes. The first two bytes choose.
 */

static const int types[] = { SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_RAW };

/* What was printed is read back, in the domain it was printed of, to the same bytes. */
static void
check_address (const SwbAddress *address)
{
  g_autofree char *text = swb_address_print (address);
  g_autofree char *bytes = swb_address_describe_bytes (address);
  g_autofree char *host = NULL;
  g_autoptr (GError) error = NULL;
  SwbAddress again;

  fuzz_assert_harmless (text);
  fuzz_assert_harmless (bytes);
  swb_address_get_port (address);
  swb_address_is_exposed (address);
  if (address->length == 0)
    {
      g_assert_cmpstr (text, ==, "");
      return;
    }
  swb_address_parse (address->length >= sizeof (sa_family_t) ? address->family : AF_UNSPEC,
                     SOCK_STREAM, text, &again, &host, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (host);
  g_assert_true (swb_address_equal (address, &again));
}

static void
check_parts (int domain, int type, const char *text)
{
  g_autofree char *host_text = NULL;
  g_autofree char *port_text = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *host = NULL;
  gboolean in_port;
  SwbAddress address;

  swb_address_split_parts (domain, text, &host_text, &port_text);
  joined = swb_address_join_parts (domain, host_text, port_text);
  g_assert_nonnull (joined);
  swb_address_parse_parts (domain, type, host_text, port_text, &address, &host, &in_port,
                           NULL);
}

static void
check_text (int domain, int type, const char *text)
{
  SwbAddress address;
  g_autofree char *host = NULL;
  g_autoptr (GError) error = NULL;
  gsize position = G_MAXSIZE;

  check_parts (domain, type, text);
  if (!swb_address_parse (domain, type, text, &address, &host, &position, &error))
    {
      fuzz_assert_explained (error);
      g_assert_cmpuint (position, <=, strlen (text));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (address.length, <=, sizeof address.storage);
  if (host == NULL)
    check_address (&address);
}

/* All of the catalog, and the address without a family. */
static int
choose_domain (guint8 choice)
{
  guint n;
  const SwbConstant *domains = swb_catalog_get_domains (&n);
  guint at = choice % (n + 1);

  return at < n ? domains[at].value : AF_UNSPEC;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint8 choice = fuzz_take_byte (&data, &size);
  int domain = choose_domain (fuzz_take_byte (&data, &size));

  if ((choice & 0x80) == 0)
    {
      g_autofree char *text = fuzz_dup_text (data, size);

      check_text (domain, types[choice & 3], text);
    }
  else
    {
      SwbAddress address = { .length = (socklen_t)MIN (size, sizeof address.storage) };

      memcpy (&address.storage, data, address.length);
      if ((choice & 0x40) != 0 && address.length >= sizeof (sa_family_t))
        address.family = (sa_family_t)domain;
      check_address (&address);
    }
  return 0;
}

/* Each form of the table, of zeros, as bytes. */
void
fuzz_add_seeds (GPtrArray *seeds)
{
  for (guint i = 0; i < swb_address_n_forms; i++)
    {
      SwbAddress address = { .length = swb_address_forms[i].length };
      static const guint8 choices[] = { 0x80, 0 };
      GByteArray *seed = g_byte_array_new ();

      address.family = (sa_family_t)swb_address_forms[i].domain;
      g_byte_array_append (seed, choices, sizeof choices);
      g_byte_array_append (seed, (const guint8 *)&address.storage, address.length);
      g_ptr_array_add (seeds, g_byte_array_free_to_bytes (seed));
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-address.h"
#include "net/swb-address-form.h"
#include "net/swb-address-text.h"
#include "net/swb-escape.h"
#include "net/swb-payload.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

/* After sys/socket.h, of which it takes sa_family_t. */
#include <linux/vm_sockets.h>

#define UNIX_FIXED G_STRUCT_OFFSET (struct sockaddr_un, sun_path)

char *
swb_address_join_parts (int domain, const char *host_text, const char *port_text)
{
  gboolean no_port = port_text == NULL || *port_text == '\0';

  g_return_val_if_fail (host_text != NULL, NULL);

  if (domain == AF_UNIX || swb_address_form_find (domain) != NULL || no_port
      || g_str_has_prefix (host_text, SWB_ADDRESS_RAW_PREFIX))
    return g_strdup (host_text);

  if (domain == AF_INET6 && *host_text != '\0' && *host_text != '[')
    return g_strdup_printf ("[%s]:%s", host_text, port_text);

  return g_strdup_printf ("%s:%s", host_text, port_text);
}

void
swb_address_split_parts (int domain, const char *text, char **host_text, char **port_text)
{
  SwbAddressSpans spans;

  g_return_if_fail (text != NULL && host_text != NULL && port_text != NULL);

  spans = swb_address_find_spans (domain, text);
  *host_text = g_strndup (text + spans.host_start, spans.host_length);
  *port_text = g_strdup (text + spans.port_start);
}

static char *
print_raw (const SwbAddress *address)
{
  g_autofree char *hex
      = swb_payload_print_hex ((const guint8 *)&address->storage, address->length, " ");

  return g_strconcat (SWB_ADDRESS_RAW_PREFIX, hex, NULL);
}

/* The text forms say nothing of the padding, so an address with bytes there is printed raw.
 */
static char *
print_inet (const SwbAddress *address)
{
  const struct sockaddr_in *in = &address->in;
  static const char zeros[sizeof in->sin_zero];
  char host[INET_ADDRSTRLEN];

  if (address->length != sizeof *in || memcmp (in->sin_zero, zeros, sizeof zeros) != 0)
    return print_raw (address);

  inet_ntop (AF_INET, &in->sin_addr, host, sizeof host);
  return g_strdup_printf ("%s:%u", host, ntohs (in->sin_port));
}

static char *
print_inet6 (const SwbAddress *address)
{
  const struct sockaddr_in6 *in6 = &address->in6;
  char host[INET6_ADDRSTRLEN];

  if (address->length != sizeof *in6 || in6->sin6_flowinfo != 0)
    return print_raw (address);

  inet_ntop (AF_INET6, &in6->sin6_addr, host, sizeof host);
  if (in6->sin6_scope_id != 0)
    return g_strdup_printf ("[%s%%%u]:%u", host, in6->sin6_scope_id,
                            ntohs (in6->sin6_port));

  return g_strdup_printf ("[%s]:%u", host, ntohs (in6->sin6_port));
}

/* A path that begins like another form has its first byte escaped. */
static char *
print_path (const char *path, gsize length)
{
  GString *out = g_string_new (NULL);
  gsize first = *path == '@' || g_str_has_prefix (path, SWB_ADDRESS_RAW_PREFIX) ? 1 : 0;

  if (first > 0)
    g_string_append_printf (out, "\\x%02x", (guint8)*path);

  swb_escape_print (out, (const guint8 *)path + first, length - first, FALSE);
  return g_string_free (out, FALSE);
}

static char *
print_unix (const SwbAddress *address)
{
  const char *name = address->un.sun_path;
  gsize length = address->length - MIN (address->length, UNIX_FIXED);
  GString *out;

  if (length == 0)
    return g_strdup ("");

  if (length > SWB_ADDRESS_PATH_MAX + 1)
    return print_raw (address);

  if (name[0] != '\0')
    return strnlen (name, length) == length - 1 ? print_path (name, length - 1)
                                                : print_raw (address);

  out = g_string_new ("@");
  swb_escape_print (out, (const guint8 *)name + 1, length - 1, FALSE);
  return g_string_free (out, FALSE);
}

char *
swb_address_print (const SwbAddress *address)
{
  char *text;

  g_return_val_if_fail (address != NULL, g_strdup (""));

  if (address->length == 0)
    return g_strdup ("");

  if (address->length < sizeof (sa_family_t))
    return print_raw (address);

  switch (address->family)
    {
    case AF_INET:
      return print_inet (address);
    case AF_INET6:
      return print_inet6 (address);
    case AF_UNIX:
      return print_unix (address);
    default:
      text = swb_address_form_print (address, NULL);
      return text != NULL ? text : print_raw (address);
    }
}

static char *
show_inet6 (const SwbAddress *address)
{
  const struct sockaddr_in6 *in6 = &address->in6;
  g_autofree char *scope = NULL;
  char host[INET6_ADDRSTRLEN];

  if (address->length != sizeof *in6 || in6->sin6_flowinfo != 0 || in6->sin6_scope_id == 0)
    return print_inet6 (address);

  scope = swb_address_dup_interface (in6->sin6_scope_id);
  inet_ntop (AF_INET6, &in6->sin6_addr, host, sizeof host);
  return g_strdup_printf ("[%s%%%s]:%u", host, scope, ntohs (in6->sin6_port));
}

char *
swb_address_show (const SwbAddress *address)
{
  char *text = NULL;

  g_return_val_if_fail (address != NULL, g_strdup (""));

  if (address->length >= sizeof (sa_family_t) && address->family == AF_INET6)
    return show_inet6 (address);
  if (address->length >= sizeof (sa_family_t) && address->family != AF_INET
      && address->family != AF_UNIX)
    text = swb_address_form_show (address);
  return text != NULL ? text : swb_address_print (address);
}

static const char *
get_struct_name (const SwbAddress *address)
{
  const SwbForm *form = NULL;
  g_autofree char *text = NULL;

  if (address->length < sizeof (sa_family_t))
    return address->length == 0 ? "NULL" : "sockaddr";

  switch (address->family)
    {
    case AF_INET:
      return "sockaddr_in";
    case AF_INET6:
      return "sockaddr_in6";
    case AF_UNIX:
      return "sockaddr_un";
    default:
      text = swb_address_form_print (address, &form);
      return text != NULL ? form->struct_name : "sockaddr";
    }
}

char *
swb_address_describe_bytes (const SwbAddress *address)
{
  g_autofree char *hex = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  hex = swb_payload_print_hex ((const guint8 *)&address->storage, address->length, " ");
  return g_strdup_printf ("%s · %u B%s%s", get_struct_name (address), address->length,
                          address->length > 0 ? "  " : "", hex);
}

gboolean
swb_address_equal (const SwbAddress *a, const SwbAddress *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->length == b->length && memcmp (&a->storage, &b->storage, a->length) == 0;
}

guint16
swb_address_get_port (const SwbAddress *address)
{
  g_return_val_if_fail (address != NULL, 0);

  if (address->family == AF_INET && address->length >= sizeof address->in)
    return ntohs (address->in.sin_port);

  /* The kernel takes the 24 bytes of RFC 2133, which end before the scope, too. */
  if (address->family == AF_INET6
      && address->length >= G_STRUCT_OFFSET (struct sockaddr_in6, sin6_scope_id))
    return ntohs (address->in6.sin6_port);

  return 0;
}

static gboolean
is_loopback_inet (guint32 host_order)
{
  return host_order >> 24 == IN_LOOPBACKNET;
}

static gboolean
is_loopback_inet6 (const struct in6_addr *in6)
{
  if (IN6_IS_ADDR_V4MAPPED (in6))
    return in6->s6_addr[12] == IN_LOOPBACKNET;

  return IN6_IS_ADDR_LOOPBACK (in6);
}

/* VMADDR_CID_LOCAL, the loopback of vsock(7). */
static gboolean
is_local_vsock (const SwbAddress *address)
{
  struct sockaddr_vm vm = { 0 };

  memcpy (&vm, &address->storage, MIN (address->length, sizeof vm));
  return vm.svm_cid == VMADDR_CID_LOCAL;
}

gboolean
swb_address_is_exposed (const SwbAddress *address)
{
  g_return_val_if_fail (address != NULL, FALSE);

  if (address->length < sizeof (sa_family_t))
    return FALSE;

  switch (address->family)
    {
    case AF_INET:
      return !is_loopback_inet (ntohl (address->in.sin_addr.s_addr));
    case AF_INET6:
      return !is_loopback_inet6 (&address->in6.sin6_addr);
    case AF_VSOCK:
      return !is_local_vsock (address);
    case AF_BLUETOOTH:
      return TRUE;
    default:
      return FALSE;
    }
}

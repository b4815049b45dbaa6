/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-prediction.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "net/swb-catalog-table.h"

/* Types beyond it are EINVAL for any domain: SOCK_MAX of linux/net.h. */
#define TYPE_MAX 11

typedef struct
{
  SwbKernel *kernel;
  const SwbDomain *domain;
  int type;
  int protocol;
} Question;

static gboolean
is_inet (const Question *q)
{
  return swb_catalog_get_protocol_space (q->domain->domain) == AF_INET;
}

static gboolean
has_row (SwbKernel *kernel, const SwbTriple *row)
{
  return row->proto == NULL || swb_kernel_has_proto (kernel, row->proto);
}

/* A domain is registered when one of its protocols is, or its module is loaded. */
static gboolean
has_domain (SwbKernel *kernel, const SwbDomain *domain)
{
  static const struct
  {
    int domain;
    const char *proto;
  } basics[] = { { AF_INET, "TCP" }, { AF_INET6, "TCPv6" } };

  for (guint i = 0; i < G_N_ELEMENTS (basics); i++)
    if (basics[i].domain == domain->domain)
      return swb_kernel_has_proto (kernel, basics[i].proto);

  for (guint i = 0; i < swb_catalog_n_triples; i++)
    if (swb_catalog_triples[i].domain == domain->domain
        && swb_catalog_triples[i].proto != NULL
        && has_row (kernel, &swb_catalog_triples[i]))
      return TRUE;

  return domain->module != NULL && swb_kernel_is_loaded (kernel, domain->module);
}

static SwbPrediction
answer (int error, SwbReason reason, const char *module, const char *option)
{
  return (SwbPrediction){
    .error = error,
    .reason = reason,
    .module = module,
    .option = option,
  };
}

static SwbPrediction
lacks (SwbRight right)
{
  return (SwbPrediction){ .error = EPERM, .reason = SWB_REASON_RIGHT, .right = right };
}

/* What __sock_create() and the first lines of a create function see to. @return: TRUE when
 * that settles it. */
static gboolean
predict_domain (SwbKernel *kernel, int number, int type, SwbPrediction *prediction)
{
  const SwbDomain *domain = swb_catalog_find_domain (number);
  g_autofree char *alias = g_strdup_printf ("net-pf-%d", number);
  g_autofree char *loads = NULL;

  if (number < 0 || number >= AF_MAX)
    *prediction = answer (EAFNOSUPPORT, SWB_REASON_NO_NUMBER, NULL, NULL);
  else if (type < 0 || type >= TYPE_MAX)
    *prediction = answer (EINVAL, SWB_REASON_NO_NUMBER, NULL, NULL);
  else if (domain == NULL || (domain->gone != NULL && *domain->gone == '\0'))
    *prediction = answer (EAFNOSUPPORT, SWB_REASON_NO_SOCKETS, NULL, NULL);
  else if (domain->gone != NULL)
    {
      *prediction = answer (EAFNOSUPPORT, SWB_REASON_GONE, NULL, NULL);
      prediction->gone = domain->gone;
    }
  else if (!has_domain (kernel, domain)
           && (loads = swb_kernel_dup_alias (kernel, alias)) == NULL)
    *prediction
        = answer (EAFNOSUPPORT, SWB_REASON_NO_DOMAIN, domain->module, domain->option);
  else
    return FALSE;

  return TRUE;
}

/* Whether the kernel would load a module for a protocol that it hasn't got. */
static gboolean
would_load (const Question *q)
{
  int domain = q->domain->domain;
  g_autoptr (GPtrArray) aliases = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (aliases, g_strdup_printf ("net-pf-%d-proto-%d-type-%d", domain,
                                             q->protocol, q->type));
  g_ptr_array_add (aliases, g_strdup_printf ("net-pf-%d-proto-%d", domain, q->protocol));
  if (domain == AF_CAN)
    g_ptr_array_add (aliases, g_strdup_printf ("can-proto-%d", q->protocol));
  if (domain == AF_BLUETOOTH)
    g_ptr_array_add (aliases, g_strdup_printf ("bt-proto-%d", q->protocol));

  for (guint i = 0; i < aliases->len; i++)
    {
      g_autofree char *module = swb_kernel_dup_alias (q->kernel, aliases->pdata[i]);

      if (module != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Whether this kernel has any protocol of the type: if not, inet_create() blames the type.
 */
static gboolean
has_type_here (const Question *q)
{
  for (guint i = 0; i < swb_catalog_n_triples; i++)
    {
      const SwbTriple *row = &swb_catalog_triples[i];

      if (row->domain == q->domain->domain && row->type == q->type
          && has_row (q->kernel, row))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_registered (const Question *q, const SwbTriple *row)
{
  if (q->domain->domain == AF_NETLINK)
    return swb_kernel_has_netlink (q->kernel, q->protocol);
  if (row->proto == NULL)
    return has_domain (q->kernel, q->domain);

  return has_row (q->kernel, row);
}

static SwbPrediction
predict_missing (const Question *q, const SwbTriple *row)
{
  const char *module = row->module != NULL ? row->module : q->domain->module;
  const char *option = row->option != NULL ? row->option : q->domain->option;

  if (would_load (q))
    return answer (0, SWB_REASON_LOADS, module, option);
  /* A domain that isn't there yet brings its own protocols along. */
  if (!has_domain (q->kernel, q->domain) && row->module == NULL)
    return answer (0, SWB_REASON_LOADS, module, option);

  return answer (is_inet (q) && !has_type_here (q) ? ESOCKTNOSUPPORT : EPROTONOSUPPORT,
                 SWB_REASON_NO_PROTOCOL, module,
                 q->domain->domain == AF_NETLINK ? NULL : option);
}

/* ax25_create(): what else is carried over AX.25 is not for sockets, once it is there. */
static gboolean
is_taken (const Question *q)
{
  static const struct
  {
    int protocol;
    const char *module;
  } taken[] = {
    { 0x01, "rose" }, { 0x08, NULL }, { 0xcc, NULL }, { 0xcd, NULL }, { 0xcf, "netrom" }
  };

  if (q->domain->domain != AF_AX25 || q->type != SOCK_SEQPACKET)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (taken[i].protocol == q->protocol)
      return taken[i].module == NULL || swb_kernel_is_loaded (q->kernel, taken[i].module);

  return FALSE;
}

static SwbPrediction
predict_protocol (const Question *q, const SwbTriple *row)
{
  SwbDomain const *domain = q->domain;

  if (!is_registered (q, row))
    return predict_missing (q, row);
  if (is_taken (q))
    return answer (domain->wrong_protocol, SWB_REASON_PROTOCOL, NULL, NULL);
  if (!swb_kernel_has_right (q->kernel, row->right))
    return lacks (row->right);
  if (row->proto != NULL && g_str_has_prefix (row->proto, "PING")
      && !swb_kernel_may_ping (q->kernel))
    return answer (EACCES, SWB_REASON_PING, NULL, NULL);
  if (is_inet (q) && q->protocol == IPPROTO_MPTCP && q->type == SOCK_STREAM
      && !swb_kernel_has_mptcp_on (q->kernel))
    return answer (ENOPROTOOPT, SWB_REASON_OFF, NULL, NULL);
  if (domain->domain == AF_VSOCK && q->type == SOCK_DGRAM
      && !swb_kernel_is_loaded (q->kernel, "vmw_vsock_vmci_transport"))
    return answer (ENODEV, SWB_REASON_NO_CARRIER, NULL, NULL);

  return answer (0, SWB_REASON_THERE, NULL, NULL);
}

/* (nullable): a row with the protocol, whatever its type. */
static const SwbTriple *
find_protocol (const Question *q)
{
  const SwbTriple *row = NULL;

  for (guint i = 0; i < swb_catalog_n_types && row == NULL; i++)
    row = swb_catalog_find_triple (q->domain->domain, swb_catalog_types[i].value,
                                   q->protocol);

  return row;
}

/* Where the kernel does not look at the type. */
static SwbPrediction
predict_any_type (const Question *q)
{
  const SwbTriple *row = find_protocol (q);

  if (q->type == SOCK_STREAM && q->domain->wrong_type != 0)
    return answer (q->domain->wrong_type, SWB_REASON_TYPE, NULL, NULL);

  return row != NULL ? predict_protocol (q, row)
                     : answer (q->domain->wrong_protocol, SWB_REASON_PROTOCOL, NULL, NULL);
}

/* The kernel blames what it looks at first. */
static SwbPrediction
predict_mismatch (const Question *q)
{
  const SwbDomain *domain = q->domain;
  const SwbTriple *row = find_protocol (q);
  gboolean has_type = swb_catalog_has_type (domain->domain, q->type);
  gboolean is_type = domain->order == SWB_ORDER_PROTOCOL ? row != NULL : !has_type;

  if (is_inet (q) && has_type && !has_type_here (q))
    is_type = TRUE;
  if (domain->order == SWB_ORDER_PROTOCOL && row != NULL && !is_registered (q, row)
      && has_domain (q->kernel, domain) && !would_load (q))
    return predict_missing (q, row);

  return is_type ? answer (domain->wrong_type, SWB_REASON_TYPE, NULL, NULL)
                 : answer (domain->wrong_protocol, SWB_REASON_PROTOCOL, NULL, NULL);
}

SwbPrediction
swb_predict (SwbKernel *kernel, int domain, int type, int protocol)
{
  Question q = { .kernel = kernel, .type = type, .protocol = protocol };
  const SwbTriple *row;
  SwbPrediction prediction;

  /* IPv4's old way to the frames of a link. */
  if (domain == AF_INET && type == SOCK_PACKET)
    domain = AF_PACKET;

  if (predict_domain (kernel, domain, type, &prediction))
    return prediction;

  q.domain = swb_catalog_find_domain (domain);
  if (q.domain->most_protocol != 0 && (protocol < 0 || protocol > q.domain->most_protocol))
    return answer (q.domain->wrong_number, SWB_REASON_NO_NUMBER, NULL, NULL);
  if (!swb_kernel_has_right (kernel, q.domain->right))
    return lacks (q.domain->right);

  if (q.domain->order == SWB_ORDER_NO_TYPE)
    return predict_any_type (&q);

  row = swb_catalog_find_triple (domain, type, protocol);
  return row != NULL ? predict_protocol (&q, row) : predict_mismatch (&q);
}

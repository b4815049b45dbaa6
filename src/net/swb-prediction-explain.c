/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-catalog.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <sys/socket.h>

#include "net/swb-errno.h"
#include "net/swb-prediction.h"

/* What the sentences are made of. */
typedef struct
{
  SwbKernel *kernel;
  SwbPrediction prediction;
  char *domain;
  char *type;
  char *protocol; /* a name: "TCP" */
  const char *error;
} Words;

/* What the kernel lacks, and what would give it: "…; its module x25 is installed, but…" */
static char *
explain_lack (const Words *w, const char *what)
{
  const char *module = w->prediction.module;
  const char *option = w->prediction.option;

  if (module != NULL && swb_kernel_has_module (w->kernel, module))
    return g_strdup_printf (
        _ ("This kernel has not got %s (%s): its module is installed, but nothing loads "
           "it by itself. The administrator can, with “modprobe %s”."),
        what, w->error, module);
  if (option != NULL)
    return g_strdup_printf (_ ("This kernel was built without %s (%s). One that is built "
                               "with %s has it."),
                            what, w->error, option);

  return g_strdup_printf (_ ("This kernel was built without %s (%s)."), what, w->error);
}

static char *
explain_protocol (const Words *w)
{
  return g_strdup_printf (
      _ ("%s does not carry %s on sockets of type %s (%s): choose protocol 0, or the type "
         "the protocol belongs to."),
      w->domain, w->protocol, w->type, w->error);
}

static char *
explain_no_protocol (const Words *w)
{
  g_autofree char *lack = explain_lack (w, w->protocol);

  if (!g_str_equal (w->error, "ESOCKTNOSUPPORT"))
    return g_steal_pointer (&lack);

  return g_strdup_printf (
      _ ("This kernel has no %s sockets for %s: %s would provide them. %s"), w->type,
      w->domain, w->protocol, lack);
}

static char *
explain_right (const Words *w)
{
  return g_strdup_printf (
      _ ("This user may not make %s sockets of type %s (%s): the kernel asks for %s, which "
         "the administrator has and can give to a program with setcap."),
      w->domain, w->type, w->error, swb_right_get_name (w->prediction.right));
}

static char *
explain_number (const Words *w)
{
  return g_strdup_printf (
      _ ("One of socket(%s, %s, %s) is beyond all numbers that Linux knows (%s)."),
      w->domain, w->type, w->protocol, w->error);
}

static char *
explain_domain (const Words *w)
{
  if (w->prediction.reason == SWB_REASON_GONE)
    return g_strdup_printf (_ ("Linux has had no %s since version %s (%s); an older kernel "
                               "would have to be built with it."),
                            w->domain, w->prediction.gone, w->error);
  if (w->prediction.reason == SWB_REASON_NO_SOCKETS)
    return g_strdup_printf (
        _ ("%s is a number without sockets (%s): Linux never had any in "
           "this domain."),
        w->domain, w->error);

  return explain_lack (w, w->domain);
}

static char *
explain_there (const Words *w)
{
  return g_strdup (_ ("available"));
}

static char *
explain_loads (const Words *w)
{
  if (w->prediction.module == NULL)
    return g_strdup (_ ("available: the kernel loads a module for it at first use"));
  return g_strdup_printf (_ ("available: the kernel loads its module %s at first use"),
                          w->prediction.module);
}

static char *
explain_type (const Words *w)
{
  return g_strdup_printf (_ ("%s has no sockets of type %s (%s): choose another type."),
                          w->domain, w->type, w->error);
}

static char *
explain_ping (const Words *w)
{
  return g_strdup_printf (
      _ ("This user may not make ping sockets (%s): the administrator allows them to "
         "groups through net.ipv4.ping_group_range."),
      w->error);
}

static char *
explain_off (const Words *w)
{
  return g_strdup_printf (
      _ ("This kernel has %s, but it is switched off (%s): the administrator switches "
         "it on with net.mptcp.enabled=1."),
      w->protocol, w->error);
}

static char *
explain_no_carrier (const Words *w)
{
  return g_strdup_printf (
      _ ("Nothing on this machine carries datagrams between virtual machines (%s): "
         "only the transport of VMware does. SOCK_STREAM has others."),
      w->error);
}

static char *(*const reasons[]) (const Words *w) = {
  [SWB_REASON_THERE] = explain_there,
  [SWB_REASON_LOADS] = explain_loads,
  [SWB_REASON_NO_DOMAIN] = explain_domain,
  [SWB_REASON_GONE] = explain_domain,
  [SWB_REASON_NO_SOCKETS] = explain_domain,
  [SWB_REASON_NO_NUMBER] = explain_number,
  [SWB_REASON_TYPE] = explain_type,
  [SWB_REASON_PROTOCOL] = explain_protocol,
  [SWB_REASON_NO_PROTOCOL] = explain_no_protocol,
  [SWB_REASON_RIGHT] = explain_right,
  [SWB_REASON_PING] = explain_ping,
  [SWB_REASON_OFF] = explain_off,
  [SWB_REASON_NO_CARRIER] = explain_no_carrier,
};

/* What 0 stands for, by name: a label has "0 · SCTP". */
static char *
dup_protocol_word (int domain, int type, int protocol)
{
  g_autofree char *constant = swb_catalog_print_protocol (domain, protocol);
  g_autofree char *label = swb_catalog_label_protocol (domain, type, protocol);

  if (g_str_has_prefix (label, "0 · "))
    return g_strdup (label + sizeof "0 · " - 1);
  if (g_str_equal (label, "0"))
    return g_strdup (_ ("protocol 0"));

  return g_str_has_prefix (constant, "IPPROTO_") ? g_steal_pointer (&label)
                                                 : g_steal_pointer (&constant);
}

/* Another answer than the rules have: something stands before them, such as a sandbox. */
static char *
explain_surprise (int error)
{
  if (error == EACCES || error == EPERM)
    return g_strdup_printf (_ ("Something on this machine forbids it (%s): a sandbox, a "
                               "container or a security module."),
                            swb_errno_name (error));

  return g_strdup_printf ("%s (%s)", swb_errno_explain (SWB_CALL_SOCKET, error),
                          swb_errno_name (error));
}

char *
swb_prediction_explain (SwbKernel *kernel, int domain, int type, int protocol, int error)
{
  g_autofree char *domain_word = swb_catalog_print_domain (domain);
  g_autofree char *type_word = swb_catalog_print_type (type);
  g_autofree char *protocol_word = dup_protocol_word (domain, type, protocol);
  Words words = {
    .kernel = kernel,
    .prediction = swb_predict (kernel, domain, type, protocol),
    .domain = domain_word,
    .type = type_word,
    .protocol = protocol_word,
    .error = swb_errno_name (error),
  };

  if (words.prediction.error == error)
    return reasons[words.prediction.reason](&words);
  if (error == 0)
    return g_strdup (_ ("available"));

  return explain_surprise (error);
}

char *
swb_catalog_explain (int domain, int type, int protocol, int error)
{
  g_autoptr (SwbKernel) kernel = swb_kernel_get ();

  return swb_prediction_explain (kernel, domain, type, protocol, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-address-text.h"
#include "net/swb-error.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  int domain;
  char *host;
  guint16 port;
  char *others; /* (nullable): the answers, where none is of this domain */
} Question;

typedef struct
{
  SwbAddress chosen;
  char *story;
} Answer;

static void
question_free (Question *question)
{
  g_free (question->host);
  g_free (question->others);
  g_free (question);
}

static void
answer_free (Answer *answer)
{
  g_free (answer->story);
  g_free (answer);
}

static char *
list_addresses (GList *addresses)
{
  GString *list = g_string_new (NULL);

  for (GList *l = addresses; l != NULL; l = l->next)
    {
      g_autofree char *text = g_inet_address_to_string (l->data);

      g_string_append (list, list->len > 0 ? ", " : "");
      g_string_append (list, text);
    }

  return g_string_free (list, FALSE);
}

static GInetAddress *
choose (GList *addresses, int domain)
{
  GSocketFamily family = domain == AF_INET6 ? G_SOCKET_FAMILY_IPV6 : G_SOCKET_FAMILY_IPV4;

  for (GList *l = addresses; l != NULL; l = l->next)
    if (g_inet_address_get_family (l->data) == family)
      return l->data;

  return NULL;
}

static void
fill_address (SwbAddress *address, const Question *question, GInetAddress *inet)
{
  const guint8 *bytes = g_inet_address_to_bytes (inet);

  address->family = (sa_family_t)question->domain;
  if (question->domain == AF_INET6)
    {
      address->length = sizeof address->in6;
      memcpy (&address->in6.sin6_addr, bytes, sizeof address->in6.sin6_addr);
    }
  else
    {
      address->length = sizeof address->in;
      memcpy (&address->in.sin_addr, bytes, sizeof address->in.sin_addr);
    }

  swb_address_set_port (address, question->port);
}

static void
return_answer (GTask *task, GList *addresses)
{
  Question *question = g_task_get_task_data (task);
  gboolean v6 = question->domain == AF_INET6;
  g_autofree char *list = list_addresses (addresses);
  GInetAddress *inet = choose (addresses, question->domain);
  g_autofree char *text = NULL;
  Answer *answer;

  if (inet == NULL)
    {
      /* Translators: a host name, and the addresses it has. */
      question->others = g_strdup_printf (_ ("%s is %s"), question->host, list);
      /* Translators: a host name, and the addresses it has. */
      g_task_return_new_error (task, SWB_ERROR, SWB_ERROR_UNRESOLVED,
                               v6 ? _ ("%s has no IPv6 address; it is %s")
                                  : _ ("%s has no IPv4 address; it is %s"),
                               question->host, list);
      return;
    }

  text = g_inet_address_to_string (inet);
  answer = g_new0 (Answer, 1);
  fill_address (&answer->chosen, question, inet);
  /* Translators: a host name, all its addresses, and the one that is used. */
  answer->story = g_strdup_printf (v6 ? _ ("%s is %s; %s chosen: the first IPv6 address")
                                      : _ ("%s is %s; %s chosen: the first IPv4 address"),
                                   question->host, list, text);
  g_task_return_pointer (task, answer, (GDestroyNotify)answer_free);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  if (error != NULL)
    {
      if (strstr (error->message, question->host) == NULL)
        g_prefix_error (&error, "%s: ", question->host);
      g_task_return_error (task, error);
      return;
    }

  return_answer (task, addresses);
  g_resolver_free_addresses (addresses);
}

void
swb_address_resolve_async (int domain, const char *host, guint16 port,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GTask *task;
  Question *question;

  g_return_if_fail (domain == AF_INET || domain == AF_INET6);
  g_return_if_fail (host != NULL);

  question = g_new0 (Question, 1);
  question->domain = domain;
  question->host = g_strdup (host);
  question->port = port;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, swb_address_resolve_async);
  g_task_set_task_data (task, question, (GDestroyNotify)question_free);
  g_resolver_lookup_by_name_async (resolver, host, cancellable, lookup_cb, task);
}

gboolean
swb_address_resolve_finish (GAsyncResult *result, SwbAddress *chosen, char **story,
                            GError **error)
{
  Answer *answer;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (chosen != NULL, FALSE);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL && story != NULL)
    {
      Question *question = g_task_get_task_data (G_TASK (result));

      *story = g_steal_pointer (&question->others);
    }
  if (answer == NULL)
    return FALSE;

  *chosen = answer->chosen;
  if (story != NULL)
    *story = g_steal_pointer (&answer->story);

  answer_free (answer);
  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-remedy.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "app/widgets/swb-widget.h"
#include "net/swb-machine.h"

/* From 80 to 8080, from 443 to 8443: what people use who may not have the port itself. */
#define HIGH_PORTS 8000

#define SCOPES_MAX 4
#define PANES_MAX 2

/* How far back of its call the command is looked for that made it. */
#define COMMAND_REACH 256

typedef struct
{
  SwbBench *bench;
  SwbPane *pane;
  const SwbFailure *failure;
  GPtrArray *list;
} Search;

void
swb_remedy_free (SwbRemedy *self)
{
  g_free (self->label);
  g_free (self->tooltip);
  g_strfreev (self->lines);
  g_free (self);
}

static gboolean
has_port (SwbPane *pane)
{
  int domain = swb_pane_get_domain (pane);

  return domain == AF_INET || domain == AF_INET6;
}

static gboolean
sends (SwbCall call)
{
  return call == SWB_CALL_SEND || call == SWB_CALL_SENDTO || call == SWB_CALL_SENDMSG
         || call == SWB_CALL_SENDMMSG;
}

/* @label and @tooltip: (transfer full) */
static SwbRemedy *
add (Search *search, const char *action, char *label, char *tooltip)
{
  SwbRemedy *remedy = g_new0 (SwbRemedy, 1);

  remedy->action = action;
  remedy->label = label;
  remedy->tooltip = tooltip;
  g_ptr_array_add (search->list, remedy);
  return remedy;
}

/* @first, @second: (transfer full) (nullable). The tooltip says what will be carried out.
 */
static void
add_lines (Search *search, char *label, char *first, char *second)
{
  g_autofree char *lines
      = second != NULL ? g_strconcat (first, "\n", second, NULL) : g_strdup (first);
  SwbRemedy *remedy = add (search, "pane.remedy", label, g_strdup (lines));

  remedy->lines = g_new0 (char *, 3);
  remedy->lines[0] = first;
  remedy->lines[1] = second;
}

static char *
dup_line (Search *search, const char *verb, const char *argument)
{
  return g_strdup_printf ("%s %s %s", swb_pane_get_name (search->pane), verb, argument);
}

/* The command that failed, again, without what was expected of it; NULL when its record
 * does not have all of its bytes. */
static char *
dup_command (Search *search)
{
  SwbJournal *journal = swb_bench_get_journal (search->bench);
  guint64 position = search->failure->position;
  SwbRecord record;

  for (guint i = 0; i < COMMAND_REACH && position > 0; i++)
    {
      g_autofree char *line = NULL;
      g_autoptr (SwbCommand) command = NULL;

      if (!swb_journal_read (journal, --position, &record))
        return NULL;
      if (record.kind != SWB_RECORD_COMMAND
          || record.pane != swb_pane_get_id (search->pane))
        continue;
      line = g_strndup ((const char *)record.data, record.n_data);
      command = swb_command_parse (line, NULL, NULL);
      if (command == NULL)
        return NULL;
      command->expected_errno = 0;
      return swb_command_print (command);
    }
  return NULL;
}

/* --- bind --- */

static void
look_in_use (Search *search)
{
  if (search->failure->stale)
    add (search, "pane.take-over", g_strdup (_ ("_Take over the path")),
         g_strdup (_ ("Removes the path that nobody listens on, then binds")));
  else if (has_port (search->pane))
    {
      add (search, "pane.free-port", g_strdup (_ ("Use a _free port")),
           g_strdup (_ ("Binds to port 0: the kernel chooses one")));
      add (search, "pane.reuse-address", g_strdup (_ ("Set SO__REUSEADDR")),
           g_strdup (_ ("Sets SO_REUSEADDR and binds: helps against connections in "
                        "TIME_WAIT, not against another listener")));
    }
}

static void
set_port (SwbAddress *address, guint port)
{
  if (address->family == AF_INET6)
    address->in6.sin6_port = htons ((guint16)port);
  else
    address->in.sin_port = htons ((guint16)port);
}

static void
look_low_port (Search *search)
{
  SwbAddress address = search->failure->address;
  guint port = swb_address_get_port (&address);
  g_autofree char *text = NULL;

  if (!has_port (search->pane) || port == 0 || port > 1023)
    return;
  set_port (&address, port + HIGH_PORTS);
  text = swb_address_print (&address);
  add_lines (search, g_strdup_printf (_ ("Use _port %u"), port + HIGH_PORTS),
             dup_line (search, "bind", text), NULL);
}

static void
look_loopback (Search *search)
{
  SwbAddress address = search->failure->address;
  g_autofree char *text = NULL;

  if (!has_port (search->pane) || address.length == 0)
    return;
  if (address.family == AF_INET6)
    {
      address.in6.sin6_addr = (struct in6_addr)IN6ADDR_LOOPBACK_INIT;
      address.in6.sin6_scope_id = 0;
    }
  else
    address.in.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  text = swb_address_print (&address);
  /* Translators: an address of this machine */
  add_lines (
      search,
      g_strdup_printf (_ ("_Bind to %s"), address.family == AF_INET6 ? "::1" : "127.0.0.1"),
      dup_line (search, "bind", text), NULL);
}

/* --- connect and send --- */

static void
look_broadcast (Search *search)
{
  char *again;

  if (swb_pane_get_domain (search->pane) != AF_INET
      || swb_pane_get_socket_type (search->pane) == SOCK_STREAM)
    return;
  again = dup_command (search);
  if (again != NULL)
    add_lines (search, g_strdup (_ ("Set SO__BROADCAST")),
               dup_line (search, "setsockopt", "SOL_SOCKET SO_BROADCAST 1"), again);
}

/* fe80::1 becomes fe80::1%lo. */
static void
look_scope (Search *search)
{
  const SwbAddress *address = &search->failure->address;
  const char *verb = swb_call_get_info (search->failure->call)->name;
  g_auto (GStrv) names = NULL;

  if (address->length < sizeof address->in6 || address->family != AF_INET6
      || !IN6_IS_ADDR_LINKLOCAL (&address->in6.sin6_addr)
      || address->in6.sin6_scope_id != 0)
    return;
  names = swb_machine_list_interfaces ("");
  for (guint i = 0; names[i] != NULL && i < SCOPES_MAX; i++)
    {
      g_autofree char *plain = swb_address_print (address);
      g_auto (GStrv) halves = g_strsplit (plain, "]", 2);
      g_autofree char *text = g_strconcat (halves[0], "%", names[i], "]", halves[1], NULL);
      g_autofree char *shown = swb_widget_escape_label (names[i]);

      /* Translators: %% is the sign, %s an interface */
      add_lines (search, g_strdup_printf (_ ("Add %%%s"), shown),
                 dup_line (search, verb, text), NULL);
    }
}

/* After a connect that failed while it was under way the kernel answers the next one of the
 * same socket with ECONNABORTED, and a bound address of the one domain may not reach the
 * other: a new socket for each try, as RFC 8305 has it. */
static void
add_connect (Search *search, char *label, const char *target)
{
  gboolean is_fresh
      = !has_port (search->pane) || swb_pane_get_socket_type (search->pane) != SOCK_STREAM;
  char *connect = dup_line (search, "connect", target);
  g_autofree char *close = g_strdup_printf ("%s close", swb_pane_get_name (search->pane));

  if (is_fresh)
    add_lines (search, label, connect, NULL);
  else
    add_lines (search, label, g_steal_pointer (&close), connect);
}

static void
look_next (Search *search)
{
  SwbAddress next;
  g_autofree char *text = NULL;
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;

  if (!swb_pane_get_next_address (search->pane, &next))
    return;
  text = swb_address_print (&next);
  swb_address_split_parts (next.family, text, &host, &port);
  /* Translators: the next address of a host name, which is to be tried */
  add_connect (search, g_strdup_printf (_ ("_Try %s next"), host), text);
}

/* The socket is spent: see add_connect(). */
static void
look_again (Search *search)
{
  g_autofree char *text = swb_address_print (&search->failure->address);

  if (text[0] != '\0')
    add_connect (search, g_strdup (_ ("Connect _anew")), text);
}

static gboolean
would_answer (Search *search, SwbPane *other)
{
  gboolean streams = swb_pane_get_socket_type (other) == SOCK_STREAM
                     || swb_pane_get_socket_type (other) == SOCK_SEQPACKET;
  SwbState state = swb_pane_get_state (other);

  return other != search->pane
         && swb_pane_get_domain (other) == swb_pane_get_domain (search->pane)
         && swb_pane_get_socket_type (other) == swb_pane_get_socket_type (search->pane)
         && swb_pane_get_protocol (other) == swb_pane_get_protocol (search->pane)
         && state == (streams ? SWB_STATE_LISTENING : SWB_STATE_BOUND);
}

static void
look_listeners (Search *search)
{
  GListModel *panes = swb_bench_get_panes (search->bench);
  guint n_found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (panes) && n_found < PANES_MAX; i++)
    {
      g_autoptr (SwbPane) other = g_list_model_get_item (panes, i);
      g_autofree char *shown = NULL;

      if (!would_answer (search, other))
        continue;
      shown = swb_widget_escape_label (swb_pane_get_title (other));
      /* Translators: the title of a pane that listens */
      add_connect (search, g_strdup_printf (_ ("Connect to %s"), shown),
                   swb_pane_get_name (other));
      n_found++;
    }
}

static void
look_call (Search *search, const char *action, const char *tooltip)
{
  const char *name = strchr (action, '.') + 1;

  add (search, action, g_strdup (name), g_strdup (tooltip));
}

static void
look_unconnected (Search *search)
{
  if (search->failure->connection == SWB_CONNECTION_NONE
      && swb_pane_get_role (search->pane) == SWB_ROLE_CLIENT)
    look_call (search, "pane.connect", _ ("Connects to the address above"));
}

/* What only an administrator can do is not done here, but can be taken along.
 * @command: (transfer full) */
static void
add_command (Search *search, char *command)
{
  SwbRemedy *remedy = add (search, "pane.copy-command", g_strdup (_ ("Copy the _command")),
                           g_strdup (command));

  remedy->lines = g_new0 (char *, 2);
  remedy->lines[0] = command;
}

static void
look_rights (Search *search)
{
  int domain = swb_pane_get_domain (search->pane);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *quoted = program != NULL ? g_shell_quote (program) : NULL;

  if (search->failure->error == EACCES && has_port (search->pane)
      && swb_pane_get_socket_type (search->pane) == SOCK_DGRAM)
    add_command (search, g_strdup ("sudo sysctl net.ipv4.ping_group_range='0 2147483647'"));
  else if (search->failure->error == EPERM && quoted != NULL
           && (has_port (search->pane) || domain == AF_PACKET))
    add_command (search, g_strdup_printf ("sudo setcap cap_net_raw+ep %s", quoted));
}

static void
look (Search *search)
{
  SwbCall call = search->failure->call;
  int error = search->failure->error;
  gboolean goes = call == SWB_CALL_CONNECT || sends (call);

  if (call == SWB_CALL_SOCKET)
    look_rights (search);
  else if (call == SWB_CALL_BIND && error == EADDRINUSE)
    look_in_use (search);
  else if (call == SWB_CALL_BIND && error == EACCES)
    look_low_port (search);
  else if (call == SWB_CALL_BIND && error == EADDRNOTAVAIL)
    look_loopback (search);
  else if (goes && error == EACCES)
    look_broadcast (search);
  else if ((call == SWB_CALL_BIND || call == SWB_CALL_CONNECT) && error == EINVAL)
    look_scope (search);
  else if (sends (call) && (error == ENOTCONN || error == EDESTADDRREQ))
    look_unconnected (search);
  else if (call == SWB_CALL_ACCEPT && error == EINVAL
           && swb_pane_get_state (search->pane) == SWB_STATE_BOUND)
    look_call (search, "pane.listen", _ ("Makes the socket take connections"));
  if (call == SWB_CALL_CONNECT && error == ECONNABORTED)
    look_again (search);
  if (call == SWB_CALL_CONNECT && error != 0)
    look_next (search);
  if (call == SWB_CALL_CONNECT && (error == ECONNREFUSED || error == ENOENT))
    look_listeners (search);
}

GPtrArray *
swb_remedy_list (SwbBench *bench, SwbPane *pane)
{
  Search search = {
    .bench = bench,
    .pane = pane,
    .failure = swb_pane_get_failure (pane),
    .list = g_ptr_array_new_with_free_func ((GDestroyNotify)swb_remedy_free),
  };

  look (&search);
  return search.list;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-descriptors.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/swb-task.h"
#include "net/swb-catalog.h"

/* unix(7), Linux 6.5; older headers have none. */
#define SWB_SCM_PIDFD 4

struct cmsghdr *
swb_control_find (const SwbMessage *message, struct msghdr *header, int type)
{
  *header = (struct msghdr){ .msg_control = (void *)message->control,
                             .msg_controllen = message->n_control };
  for (struct cmsghdr *at = CMSG_FIRSTHDR (header); at != NULL;
       at = CMSG_NXTHDR (header, at))
    if (at->cmsg_level == SOL_SOCKET && at->cmsg_type == type)
      return at;
  return NULL;
}

/* --- what a descriptor is --- */

static int
ask_int (SwbSocket *self, int fd, int option)
{
  int value = -1;
  gsize length = sizeof (value);

  swb_sys_getsockopt (self->station->engine->journal,
                      swb_socket_who (self, SWB_ORIGIN_ENGINE), fd, SOL_SOCKET, option,
                      &value, &length);
  return value;
}

static const char *
get_kind (mode_t mode)
{
  switch (mode & S_IFMT)
    {
    case S_IFREG:
      return "a file";
    case S_IFDIR:
      return "a folder";
    case S_IFIFO:
      return "a pipe";
    case S_IFCHR:
    case S_IFBLK:
      return "a device";
    default:
      return "something that is no file";
    }
}

/* "a file, /tmp/x, 12 bytes" */
static char *
describe (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *target = g_file_read_link (link, NULL);
  g_autofree char *path = target != NULL ? g_filename_display_name (target) : NULL;
  struct stat about;

  if (fstat (fd, &about) != 0)
    return g_strdup ("something that cannot be looked at");
  if (S_ISREG (about.st_mode))
    return g_strdup_printf ("%s, %s, %" G_GINT64_FORMAT " bytes", get_kind (about.st_mode),
                            path ? path : "?", (gint64)about.st_size);
  return g_strdup_printf ("%s, %s", get_kind (about.st_mode), path ? path : "?");
}

static void
tell (SwbSocket *self, int fd, gint64 kind, gint64 protocol, const char *text)
{
  swb_engine_append_note (self->station->engine,
                          (SwbRecord){ .note = SWB_NOTE_DESCRIPTOR,
                                       .pane = self->station->pane,
                                       .connection = self->number,
                                       .ints = { fd, kind, protocol } },
                          text);
}

static void
park (SwbSocket *self, int fd)
{
  int domain = ask_int (self, fd, SO_DOMAIN);
  int type = ask_int (self, fd, SO_TYPE);
  int protocol = ask_int (self, fd, SO_PROTOCOL);
  g_autofree char *domain_name = swb_catalog_print_domain (domain);
  g_autofree char *type_name = swb_catalog_print_type (type);
  g_autofree char *protocol_name = swb_catalog_print_protocol (domain, protocol);
  g_autofree char *text
      = g_strdup_printf ("descriptor %d came with this message: a socket, %s %s %s", fd,
                         domain_name, type_name, protocol_name);

  g_hash_table_add (self->station->engine->parked, GINT_TO_POINTER (fd));
  tell (self, fd, domain | (gint64)type << 32, protocol, text);
}

static void
turn_down (SwbSocket *self, int fd)
{
  g_autofree char *what = describe (fd);
  g_autofree char *text
      = g_strdup_printf ("descriptor %d came with this message: %s; it was "
                         "closed, since a pane can only use a socket",
                         fd, what);

  tell (self, fd, -1, 0, text);
  swb_sys_close (self->station->engine->journal, swb_socket_who (self, SWB_ORIGIN_ENGINE),
                 fd);
}

static gboolean
is_socket (int fd)
{
  struct stat about;

  return fstat (fd, &about) == 0 && S_ISSOCK (about.st_mode);
}

static void
hand_out (SwbSocket *self, const SwbTask *task, const struct cmsghdr *header)
{
  SwbEngine *engine = self->station->engine;
  gsize n = (header->cmsg_len - CMSG_LEN (0)) / sizeof (int);

  for (gsize i = 0; i < n; i++)
    {
      gboolean is_awaited = i == 0 && task != NULL && task->order->other_pane != 0;
      int fd;

      memcpy (&fd, CMSG_DATA (header) + i * sizeof (fd), sizeof (fd));
      if (is_awaited && swb_station_take (engine, task->order->other_pane, fd))
        continue;
      if (is_awaited)
        swb_sys_close (engine->journal, swb_socket_who (self, SWB_ORIGIN_ENGINE), fd);
      else if (is_socket (fd))
        park (self, fd);
      else
        turn_down (self, fd);
    }
}

/* --- who sent it --- */

static char *
dup_process_name (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/comm", pid);
  char *name = NULL;

  if (!g_file_get_contents (path, &name, NULL, NULL))
    return NULL;
  g_strchomp (name);
  return name;
}

void
swb_descriptors_tell_process (SwbSocket *self, const struct ucred *credentials,
                              SwbNote note)
{
  int pid = (int)credentials->pid;
  g_autofree char *name = pid > 0 ? dup_process_name (pid) : NULL;
  g_autofree char *shown = name != NULL ? g_utf8_make_valid (name, -1) : NULL;

  swb_engine_append_note (
      self->station->engine,
      (SwbRecord){ .note = note,
                   .pane = self->station->pane,
                   .connection = self->number,
                   .ints = { pid, (gint64)credentials->uid, (gint64)credentials->gid } },
      shown != NULL ? shown : "");
}

/* Said when it is another one than before. */
static void
tell_sender (SwbSocket *self, const struct cmsghdr *header)
{
  struct ucred credentials;

  if (header->cmsg_len < CMSG_LEN (sizeof (credentials)))
    return;
  memcpy (&credentials, CMSG_DATA (header), sizeof (credentials));
  if (memcmp (&credentials, &self->sender, sizeof (credentials)) == 0)
    return;

  self->sender = credentials;
  swb_descriptors_tell_process (self, &credentials, SWB_NOTE_SENDER);
}

gboolean
swb_descriptors_are_in (const SwbMessage *message)
{
  struct msghdr header;

  return (message->record.ints[2] & MSG_CTRUNC) != 0
         || swb_control_find (message, &header, SCM_RIGHTS) != NULL
         || swb_control_find (message, &header, SWB_SCM_PIDFD) != NULL
         || swb_control_find (message, &header, SCM_CREDENTIALS) != NULL;
}

void
swb_descriptors_came (SwbSocket *self, const SwbTask *task, const SwbMessage *message)
{
  struct msghdr header;
  struct cmsghdr *found;

  found = swb_control_find (message, &header, SCM_CREDENTIALS);
  if (found != NULL)
    tell_sender (self, found);
  found = swb_control_find (message, &header, SCM_RIGHTS);
  if (found != NULL)
    hand_out (self, task, found);
  found = swb_control_find (message, &header, SWB_SCM_PIDFD);
  if (found != NULL)
    hand_out (self, NULL, found);
  if ((message->record.ints[2] & MSG_CTRUNC) != 0)
    tell (self, -1, -1, 0,
          "MSG_CTRUNC: not all control messages found room; the kernel closed the "
          "descriptors that did not");
}

/* --- taking --- */

static void
complain (SwbEngine *engine, guint pane, const char *text)
{
  swb_engine_note (engine, pane, SWB_CONNECTION_NONE, SWB_NOTE_PROBLEM, 0, text);
}

static void
close_parked (SwbEngine *engine, guint pane, int fd)
{
  SwbWho who = { pane, SWB_CONNECTION_NONE, SWB_ORIGIN_ENGINE };

  swb_sys_close (engine->journal, who, fd);
}

/* Said where it came. */
static void
turn_away (SwbEngine *engine, const SwbOrder *order, int fd)
{
  SwbWho who = { order->other_pane, order->connection, SWB_ORIGIN_ENGINE };
  gsize length = 0;
  const char *text = order->bytes != NULL ? g_bytes_get_data (order->bytes, &length) : NULL;
  g_autofree char *sentence = g_strndup (text != NULL ? text : "", length);

  swb_engine_append_note (engine,
                          (SwbRecord){ .note = SWB_NOTE_DESCRIPTOR,
                                       .pane = order->other_pane,
                                       .connection = order->connection,
                                       .ints = { fd, -1 } },
                          sentence);
  swb_sys_close (engine->journal, who, fd);
}

void
swb_descriptors_do_take (SwbEngine *engine, SwbStation *station, SwbTask *task)
{
  int fd = task->order->numbers[0];
  guint pane = task->order->pane;

  if (!g_hash_table_remove (engine->parked, GINT_TO_POINTER (fd)))
    {
      complain (engine, pane, "no descriptor of this number waits to be taken");
      swb_task_done (task, EBADF);
      return;
    }
  if (station != NULL && swb_station_take (engine, pane, fd))
    {
      swb_task_done (task, 0);
      return;
    }

  if (station == NULL)
    turn_away (engine, task->order, fd);
  else
    close_parked (engine, pane, fd);
  swb_task_done (task, station != NULL ? EALREADY : 0);
}

void
swb_descriptors_close_all (SwbEngine *engine)
{
  g_autoptr (GList) fds = g_hash_table_get_keys (engine->parked);

  for (GList *l = fds; l != NULL; l = l->next)
    close_parked (engine, 0, GPOINTER_TO_INT (l->data));
  g_hash_table_remove_all (engine->parked);
}

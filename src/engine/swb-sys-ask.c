/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-engine"

#include "config.h"

#include "engine/swb-sys.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* Questions to the kernel over sockets of their own, which no pane has and no record tells
 * of. */

int
swb_sys_probe (int domain, int type, int protocol)
{
  int fd = socket (domain, type | SOCK_CLOEXEC, protocol);

  if (fd < 0)
    return errno;

  close (fd);
  return 0;
}

/* The answer to a question about one socket: a message of it, or of an error. */
static int
read_unix_queue (const guint8 *answer, gsize length, guint *n_queued, guint *limit)
{
  const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
  gsize at = NLMSG_LENGTH (sizeof (struct unix_diag_msg));

  if (length < sizeof (*header) || header->nlmsg_len > length)
    return EBADMSG;
  if (header->nlmsg_type == NLMSG_ERROR && length >= NLMSG_LENGTH (sizeof (int)))
    return -*(const int *)NLMSG_DATA (header);

  for (const struct nlattr *attribute; at + NLA_HDRLEN <= header->nlmsg_len;
       at += NLA_ALIGN (attribute->nla_len))
    {
      const struct unix_diag_rqlen *queue = (const void *)(answer + at + NLA_HDRLEN);

      attribute = (const void *)(answer + at);
      if (attribute->nla_len < NLA_HDRLEN || at + attribute->nla_len > header->nlmsg_len)
        break;
      if (attribute->nla_type != UNIX_DIAG_RQLEN
          || attribute->nla_len < NLA_HDRLEN + sizeof (*queue))
        continue;
      *n_queued = queue->udiag_rqueue;
      *limit = queue->udiag_wqueue;
      return 0;
    }
  return EBADMSG;
}

int
swb_sys_ask_unix_queue (int fd, guint *n_queued, guint *limit)
{
  struct
  {
    struct nlmsghdr header;
    struct unix_diag_req question;
  } request = { .header = { .nlmsg_len = sizeof (request),
                            .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                            .nlmsg_flags = NLM_F_REQUEST },
                .question = { .sdiag_family = AF_UNIX,
                              .udiag_states = -1,
                              .udiag_show = UDIAG_SHOW_RQLEN,
                              .udiag_cookie = { -1, -1 } } };
  guint8 answer[1024] __attribute__ ((aligned (8)));
  struct stat about;
  gssize length;
  int diag, error;

  if (fstat (fd, &about) != 0)
    return errno;
  diag = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  if (diag < 0)
    return errno;

  request.question.udiag_ino = (guint32)about.st_ino;
  length = send (diag, &request, sizeof (request), 0);
  if (length >= 0)
    length = recv (diag, answer, sizeof (answer), 0);
  error = length < 0 ? errno : read_unix_queue (answer, (gsize)length, n_queued, limit);
  close (diag);
  return error;
}

static SwbSysOption
probe_option (int fd, const SwbOption *option)
{
  guint8 value[SWB_OPTION_ROOM] = { 0 };
  socklen_t length = (socklen_t)swb_option_get_room (option);

  if (getsockopt (fd, swb_option_level_get_number (option->level), option->name, value,
                  &length)
      != 0)
    return (SwbSysOption){ .error = errno };
  return (SwbSysOption){ .value = g_bytes_new (value, MIN (length, sizeof (value))) };
}

int
swb_sys_probe_options (int domain, int type, int protocol, const SwbOption *const *options,
                       guint n_options, SwbSysOption *answers)
{
  int fd = socket (domain, type | SOCK_CLOEXEC, protocol);

  if (fd < 0)
    return errno;

  for (guint i = 0; i < n_options; i++)
    answers[i] = probe_option (fd, options[i]);
  close (fd);
  return 0;
}

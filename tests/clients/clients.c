/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Many TCP clients in one process, told by lines on its standard input what to do; each is
 * answered with one line, "ok NUMBER" or "failed ERRNO":
 *
 *   open PORT COUNT RUN            connects so many more, from addresses of that run
 *   echo TOTAL WINDOW ACTIVE       sends so many messages and waits for their echoes, so
 * many at a time, over so many of the connections, evenly spread wait-end COUNT waits until
 * the server has ended so many of the connections close COUNT                    closes the
 * first so many; 0 for all
 *
 * It is no part of what is measured, so that the CPU of a server's thread is its own. */

#define MESSAGE_BYTES 64
#define CONNECTIONS_AN_ADDRESS 5000

static int *fds;
static unsigned n_fds;
static char message[MESSAGE_BYTES];

/* The ports of one address are too few for many runs, for each stays taken for a minute. */
static int
open_one (unsigned port, unsigned run)
{
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons (port) };
  struct sockaddr_in from = { .sin_family = AF_INET };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int on = 1;

  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  from.sin_addr.s_addr
      = htonl (0x7f000000u | (run % 200 + 1) << 8 | (n_fds / CONNECTIONS_AN_ADDRESS + 1));
  if (fd < 0)
    return -1;
  setsockopt (fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  if (bind (fd, (struct sockaddr *)&from, sizeof from) == 0
      && connect (fd, (struct sockaddr *)&to, sizeof to) == 0)
    return fd;
  close (fd);
  return -1;
}

static int
open_many (unsigned port, unsigned count, unsigned run)
{
  fds = realloc (fds, (n_fds + count) * sizeof *fds);
  for (unsigned i = 0; i < count; i++)
    {
      int fd = open_one (port, run);

      if (fd < 0)
        return -1;
      fds[n_fds++] = fd;
    }
  return (int)n_fds;
}

static int
make_poll (void)
{
  int poll_fd = epoll_create1 (EPOLL_CLOEXEC);

  for (unsigned i = 0; i < n_fds; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };

      epoll_ctl (poll_fd, EPOLL_CTL_ADD, fds[i], &event);
    }
  return poll_fd;
}

/* Returns: whether the whole echo is there now. */
static int
take_echo (unsigned index, unsigned *missing)
{
  char room[MESSAGE_BYTES];
  ssize_t n = recv (fds[index], room, missing[index], 0);

  if (n <= 0)
    exit (3);
  missing[index] -= (unsigned)n;
  return missing[index] == 0;
}

static void
send_next (unsigned *turn, unsigned active, unsigned *missing)
{
  unsigned index;
  char number[16];

  do
    index = (unsigned)((unsigned long)(*turn)++ % active * n_fds / active);
  while (missing[index] > 0);
  missing[index] = MESSAGE_BYTES;
  memcpy (message, number, (size_t)snprintf (number, sizeof number, "%010u", *turn));
  if (send (fds[index], message, MESSAGE_BYTES, 0) != MESSAGE_BYTES)
    exit (4);
}

static int
echo (unsigned total, unsigned window, unsigned active)
{
  unsigned *missing = calloc (n_fds, sizeof *missing);
  unsigned n_sent = 0, n_echoed = 0, turn = 0;
  struct epoll_event events[256];
  int poll_fd = make_poll ();

  while (n_sent < window && n_sent < total)
    {
      send_next (&turn, active, missing);
      n_sent++;
    }
  while (n_echoed < total)
    {
      int n = epoll_wait (poll_fd, events, 256, -1);

      for (int i = 0; i < n; i++)
        {
          if (!take_echo (events[i].data.u32, missing))
            continue;
          n_echoed++;
          if (n_sent == total)
            continue;
          send_next (&turn, active, missing);
          n_sent++;
        }
    }
  close (poll_fd);
  free (missing);
  return (int)n_echoed;
}

/* An end is a FIN or an RST: the server closed. */
static int
wait_for_ends (unsigned count)
{
  struct epoll_event event;
  int poll_fd = make_poll ();
  unsigned n_ended = 0;
  char byte;

  while (n_ended < count && epoll_wait (poll_fd, &event, 1, -1) == 1)
    {
      int fd = fds[event.data.u32];

      if (recv (fd, &byte, 1, MSG_PEEK) > 0)
        exit (5);
      epoll_ctl (poll_fd, EPOLL_CTL_DEL, fd, NULL);
      n_ended++;
    }
  close (poll_fd);
  return (int)n_ended;
}

static int
close_first (unsigned count)
{
  count = count == 0 || count > n_fds ? n_fds : count;
  for (unsigned i = 0; i < count; i++)
    close (fds[i]);
  memmove (fds, fds + count, (n_fds - count) * sizeof *fds);
  n_fds -= count;
  return (int)n_fds;
}

static int
keep_first (unsigned count)
{
  while (n_fds > count)
    close (fds[--n_fds]);
  return (int)n_fds;
}

static int
obey (const char *line)
{
  unsigned a, b, c;

  if (sscanf (line, "open %u %u %u", &a, &b, &c) == 3)
    return open_many (a, b, c);
  if (sscanf (line, "echo %u %u %u", &a, &b, &c) == 3)
    return echo (a, b, c);
  if (sscanf (line, "wait-end %u", &a) == 1)
    return wait_for_ends (a);
  if (sscanf (line, "close %u", &a) == 1)
    return close_first (a);
  if (sscanf (line, "keep %u", &a) == 1)
    return keep_first (a);
  errno = EINVAL;
  return -1;
}

int
main (void)
{
  struct rlimit limit;
  char line[256];

  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
  memcpy (message, "0123456789 is the number of this message, which is 64 bytes long", 64);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      int result = obey (line);

      printf (result < 0 ? "failed %d\n" : "ok %d\n", result < 0 ? errno : result);
      fflush (stdout);
    }
  return EXIT_SUCCESS;
}

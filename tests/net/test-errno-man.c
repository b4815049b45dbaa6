/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-test"
#include "config.h"

#include "net/swb-errno.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>

/* A manual page, and whose errnos its section ERRORS names. Section 2: each call must have
 * a sentence of its own for each of them. Section 7: at least one of the calls. */
typedef struct
{
  const char *page;
  gboolean any;
  SwbCall calls[5];
  int leaves[4]; /* errnos of section 7 that belong to ioctl() or to no call of this program
                  */
} Page;

static const Page pages[] = {
  { "socket.2", FALSE, { SWB_CALL_SOCKET }, { 0 } },
  { "socketpair.2", FALSE, { SWB_CALL_SOCKETPAIR }, { 0 } },
  { "bind.2", FALSE, { SWB_CALL_BIND }, { 0 } },
  { "listen.2", FALSE, { SWB_CALL_LISTEN }, { 0 } },
  { "accept.2", FALSE, { SWB_CALL_ACCEPT }, { 0 } },
  { "connect.2", FALSE, { SWB_CALL_CONNECT }, { 0 } },
  { "getsockname.2", FALSE, { SWB_CALL_GETSOCKNAME }, { 0 } },
  { "getpeername.2", FALSE, { SWB_CALL_GETPEERNAME }, { 0 } },
  { "send.2",
    FALSE,
    { SWB_CALL_SEND, SWB_CALL_SENDTO, SWB_CALL_SENDMSG, SWB_CALL_SENDMMSG },
    { 0 } },
  { "recv.2",
    FALSE,
    { SWB_CALL_RECV, SWB_CALL_RECVFROM, SWB_CALL_RECVMSG, SWB_CALL_RECVMMSG },
    { 0 } },
  { "shutdown.2", FALSE, { SWB_CALL_SHUTDOWN }, { 0 } },
  { "close.2", FALSE, { SWB_CALL_CLOSE }, { 0 } },
  { "setsockopt.2", FALSE, { SWB_CALL_SETSOCKOPT, SWB_CALL_GETSOCKOPT }, { 0 } },
  { "recvmmsg.2", FALSE, { SWB_CALL_RECVMMSG }, { 0 } },
  { "ioctl.2", FALSE, { SWB_CALL_IOCTL }, { 0 } },
  { "unlink.2", FALSE, { SWB_CALL_UNLINK }, { 0 } },
  { "ddp.7", TRUE, { 0 }, { ENOPKG } },
  { "ipv6.7", TRUE, { 0 }, { 0 } },
  { "raw.7", TRUE, { 0 }, { 0 } },
  { "ip.7", TRUE, { 0 }, { ENOPKG } },
  { "tcp.7", TRUE, { 0 }, { 0 } },
  { "udp.7", TRUE, { 0 }, { 0 } },
  { "unix.7", TRUE, { 0 }, { 0 } },
  { "packet.7", TRUE, { 0 }, { 0 } },
  { "vsock.7", TRUE, { 0 }, { 0 } },
};

static char *
read_page (const char *page)
{
  g_autofree char *path
      = g_strdup_printf ("/usr/share/man/man%c/%s.gz", page[strlen (page) - 1], page);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) raw = g_file_read (file, NULL, NULL);
  g_autoptr (GConverter) converter
      = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) stream = NULL;
  char *text = g_malloc0 (1 << 20);
  gsize n = 0;

  if (raw != NULL)
    stream = g_converter_input_stream_new (G_INPUT_STREAM (raw), converter);
  if (stream == NULL
      || !g_input_stream_read_all (stream, text, (1 << 20) - 1, &n, NULL, NULL))
    g_clear_pointer (&text, g_free);
  return text;
}

/* The section ERRORS alone, or NULL. */
static char *
cut_errors (const char *text)
{
  const char *begin = strstr (text, "\n.SH ERRORS\n");
  const char *end = begin != NULL ? strstr (begin + 5, "\n.SH ") : NULL;

  return begin != NULL
             ? g_strndup (begin, end != NULL ? (gsize)(end - begin) : strlen (begin))
             : NULL;
}

static gboolean
is_explained_by_any (int error)
{
  for (int call = SWB_CALL_NONE + 1; call < SWB_N_CALLS; call++)
    if (swb_errno_is_explained ((SwbCall)call, error))
      return TRUE;
  return FALSE;
}

static void
check_errno (const Page *page, int error)
{
  for (guint i = 0; i < G_N_ELEMENTS (page->leaves); i++)
    if (page->leaves[i] == error)
      return;

  if (page->any && !is_explained_by_any (error))
    g_error ("%s: no call has a sentence for %s", page->page, swb_errno_name (error));
  for (guint i = 0; !page->any && page->calls[i] != SWB_CALL_NONE; i++)
    if (!swb_errno_is_explained (page->calls[i], error))
      g_error ("%s: %s has no sentence of its own for %s", page->page,
               swb_call_get_info (page->calls[i])->name, swb_errno_name (error));
}

/* Names stand in bold: on lines of .B, .BR and .RB. */
static guint
check_line (const Page *page, const char *line)
{
  g_auto (GStrv) words = NULL;
  guint n = 0;

  if (line[0] != '.' || strchr ("BR", line[1]) == NULL)
    return 0;
  words = g_strsplit_set (line, " \",.()/", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      int error = swb_errno_from_name (words[i]);

      if (error == 0)
        continue;
      check_errno (page, error);
      n++;
    }
  return n;
}

static void
test_page (gconstpointer data)
{
  const Page *page = data;
  g_autofree char *text = read_page (page->page);
  g_autofree char *errors = text != NULL ? cut_errors (text) : NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_test_summary ("Every errno that the manual page names for a call has a sentence of it");
  if (errors == NULL)
    {
      g_test_skip ("the manual page is not installed");
      return;
    }
  lines = g_strsplit (errors, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    n += check_line (page, lines[i]);
  g_assert_cmpuint (n, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/errno-man/%s", pages[i].page);

      g_test_add_data_func (path, &pages[i], test_page);
    }
  return g_test_run ();
}

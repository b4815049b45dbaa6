/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-import-strace.h"

#include "journal/notation/swb-notation-private.h"
#include "net/swb-errno.h"

#include <string.h>

/* --- what the kernel's calls are here --- */

typedef enum
{
  SHAPE_PLAIN,    /* as swb_scan_call() reads it, with @more behind the arguments */
  SHAPE_PIECES,   /* readv, writev */
  SHAPE_MESSAGES, /* sendmmsg, recvmmsg: one record each */
  SHAPE_TOLD, /* not a call of the journal: a note, but it says something of descriptors */
} Shape;

typedef struct
{
  const char *name;
  SwbCall call;
  Shape shape;
  const char *more;
} Row;

static const Row rows[] = {
  { "socket", SWB_CALL_SOCKET, SHAPE_PLAIN, "" },
  { "socketpair", SWB_CALL_SOCKETPAIR, SHAPE_PLAIN, "" },
  { "bind", SWB_CALL_BIND, SHAPE_PLAIN, "" },
  { "listen", SWB_CALL_LISTEN, SHAPE_PLAIN, "" },
  { "accept", SWB_CALL_ACCEPT, SHAPE_PLAIN, ", 0" },
  { "accept4", SWB_CALL_ACCEPT, SHAPE_PLAIN, "" },
  { "connect", SWB_CALL_CONNECT, SHAPE_PLAIN, "" },
  { "getsockname", SWB_CALL_GETSOCKNAME, SHAPE_PLAIN, "" },
  { "getpeername", SWB_CALL_GETPEERNAME, SHAPE_PLAIN, "" },
  { "send", SWB_CALL_SEND, SHAPE_PLAIN, ", NULL, 0" },
  { "sendto", SWB_CALL_SENDTO, SHAPE_PLAIN, "" },
  { "recv", SWB_CALL_RECV, SHAPE_PLAIN, ", NULL, NULL" },
  { "recvfrom", SWB_CALL_RECVFROM, SHAPE_PLAIN, "" },
  { "shutdown", SWB_CALL_SHUTDOWN, SHAPE_PLAIN, "" },
  { "close", SWB_CALL_CLOSE, SHAPE_PLAIN, "" },
  { "setsockopt", SWB_CALL_SETSOCKOPT, SHAPE_PLAIN, "" },
  { "getsockopt", SWB_CALL_GETSOCKOPT, SHAPE_PLAIN, "" },
  { "read", SWB_CALL_READ, SHAPE_PLAIN, "" },
  { "write", SWB_CALL_WRITE, SHAPE_PLAIN, "" },
  { "readv", SWB_CALL_READ, SHAPE_PIECES, "" },
  { "writev", SWB_CALL_WRITE, SHAPE_PIECES, "" },
  { "sendmsg", SWB_CALL_SENDMSG, SHAPE_PLAIN, "" },
  { "recvmsg", SWB_CALL_RECVMSG, SHAPE_PLAIN, "" },
  { "sendmmsg", SWB_CALL_SENDMMSG, SHAPE_MESSAGES, "" },
  { "recvmmsg", SWB_CALL_RECVMMSG, SHAPE_MESSAGES, "" },
  { "dup", SWB_CALL_NONE, SHAPE_TOLD, "" },
  { "dup2", SWB_CALL_NONE, SHAPE_TOLD, "" },
  { "dup3", SWB_CALL_NONE, SHAPE_TOLD, "" },
  { "fcntl", SWB_CALL_NONE, SHAPE_TOLD, "" },
  { "fcntl64", SWB_CALL_NONE, SHAPE_TOLD, "" },
  { "ioctl", SWB_CALL_IOCTL, SHAPE_PLAIN, "" },
  { "sendfile", SWB_CALL_NONE, SHAPE_TOLD, "" },
  { "sendfile64", SWB_CALL_NONE, SHAPE_TOLD, "" },
};

/* Calls that say nothing of what their descriptor is. */
static gboolean
is_for_files (const Row *row)
{
  return row->call == SWB_CALL_READ || row->call == SWB_CALL_WRITE
         || row->call == SWB_CALL_CLOSE || row->call == SWB_CALL_IOCTL;
}

static gboolean
may_be_file (const Row *row)
{
  return is_for_files (row) || row->shape == SHAPE_TOLD;
}

static const Row *
find_row (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].name, name))
      return &rows[i];
  return NULL;
}

static gboolean
has_succeeded (const SwbStraceCall *call)
{
  return call->has_result && call->error[0] == '\0' && call->result >= 0;
}

/* --- records --- */

static gboolean
append (SwbImportStrace *self, SwbTracedProcess *process, SwbTraced *traced,
        SwbRecord *record, GError **error)
{
  if (traced != NULL && !traced->has_title && record->call != SWB_CALL_SOCKET
      && !swb_import_strace_set_title (self, traced, process, record, error))
    return FALSE;

  record->pane = traced != NULL ? traced->pane : 0;
  record->connection = traced != NULL ? traced->connection : 0;
  if (record->error == 0 && swb_call_moves_bytes (record->call) && record->result > 0
      && record->n_data < (gsize)record->result && (record->ints[1] & MSG_TRUNC) == 0)
    self->n_missing += (gsize)record->result - record->n_data;
  return swb_import_sockets_append (self->sockets, record, error);
}

/* The line, without what stands in front of the call. */
static gboolean
append_text (SwbImportStrace *self, SwbTraced *traced, const SwbTracedProcess *process,
             const char *text, GError **error)
{
  g_autofree char *whole
      = process->pid != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT " %s", process->pid, text)
                          : NULL;

  return swb_import_strace_note (self, traced, whole != NULL ? whole : text, -1, error);
}

static void
finish_record (SwbImportStrace *self, SwbRecord *record)
{
  record->time_ns = self->wall_ns;
  record->took_ns = self->call.took_ns;
  record->data = self->bytes->data;
  record->n_data = self->bytes->len - record->n_control;
  record->control = record->n_control > 0 ? self->bytes->data + record->n_data : NULL;

  /* The log has what was asked to be sent; a record has what the kernel took. */
  if (swb_call_get_info (record->call)->data == SWB_DATA_OUT)
    record->n_data = MIN (record->n_data, (gsize)MAX (record->result, 0));
}

static gboolean
scan_result (const SwbStraceCall *call, SwbRecord *record)
{
  record->result = (int)call->result;
  record->error = call->error[0] != '\0' ? swb_errno_from_name (call->error) : 0;
  /* A failure without its errno is none that a record can say. */
  return call->has_result && call->result >= G_MININT32 && call->result <= G_MAXINT32
         && (call->error[0] == '\0' ? call->result >= 0 : record->error != 0);
}

static gboolean
scan_plain (SwbImportStrace *self, const Row *row, SwbRecord *record)
{
  const SwbStraceCall *call = &self->call;
  SwbScanner scanner;

  g_string_assign (self->scan, swb_call_get_info (row->call)->syscall);
  g_string_append (self->scan, call->text->str + strlen (call->name));
  g_string_append_printf (self->scan, "%s) = %" G_GINT64_FORMAT, row->more, call->result);
  if (call->error[0] != '\0')
    g_string_append_printf (self->scan, " %s ()", call->error);

  scanner.at = self->scan->str;
  return swb_scan_call (&scanner, record, self->bytes) && *scanner.at == '\0';
}

static gboolean
scan_vector (SwbImportStrace *self, const Row *row, SwbRecord *record)
{
  SwbScanner scanner = { swb_strace_call_get_argument (&self->call, 1) };

  record->call = row->call;
  record->fd = swb_strace_call_get_fd (&self->call);
  return swb_scan_pieces (&scanner, &record->ints[0], self->bytes)
         && swb_scan (&scanner, ", ");
}

/* Where a message has more than the record can say: descriptors and credentials. */
static gboolean
append_control (SwbImportStrace *self, SwbTraced *traced, const char *text, GError **error)
{
  const char *control = strstr (text, "msg_control=[");
  const char *end = control != NULL ? strstr (control, ", msg_controllen=") : NULL;

  return end == NULL
         || swb_import_strace_note (self, traced, control, end - control, error);
}

static gboolean
take_record (SwbImportStrace *self, SwbTracedProcess *process, const Row *row,
             SwbTraced *traced, const char *text, GError **error)
{
  SwbRecord record = { .kind = SWB_RECORD_CALL, .fd = -1 };

  g_byte_array_set_size (self->bytes, 0);
  if (!scan_result (&self->call, &record)
      || !(row->shape == SHAPE_PIECES ? scan_vector (self, row, &record)
                                      : scan_plain (self, row, &record)))
    return append_text (self, traced, process, text, error);

  finish_record (self, &record);
  SwbTraced *own = traced;
  if (has_succeeded (&self->call)
      && !swb_import_strace_follow (self, process, &record, &own, error))
    return FALSE;
  if (!append (self, process, own, &record, error))
    return FALSE;

  return !swb_call_has_messages (row->call)
         || append_control (self, own, self->call.text->str, error);
}

/* --- several messages in one call --- */

/* "{msg_hdr={…}, msg_len=28}" */
static gboolean
scan_one_message (SwbImportStrace *self, SwbScanner *scanner, SwbRecord *record)
{
  gint64 length;

  g_byte_array_set_size (self->bytes, 0);
  if (!swb_scan (scanner, "{msg_hdr=") || !swb_scan_message (scanner, record, self->bytes))
    return FALSE;

  if (swb_scan (scanner, ", msg_len="))
    {
      if (!swb_scan_int (scanner, &length) || length < 0 || length > G_MAXINT32)
        return FALSE;
      record->result = (int)length;
    }
  return swb_scan (scanner, "}");
}

typedef struct
{
  SwbScanner scanner; /* in the array of messages */
  SwbRecord record;   /* what all of them have */
  guint n;
  guint n_offered;
} Messages;

/* Of a receive that failed there is but a pointer. */
static gboolean
scan_messages_failed (Messages *messages)
{
  return messages->record.call == SWB_CALL_RECVMMSG && messages->record.error != 0
         && swb_scan (&messages->scanner, "0x");
}

/* The call without its messages; FALSE where none of them can be told. */
static gboolean
scan_messages (SwbImportStrace *self, const Row *row, Messages *messages)
{
  SwbScanner number = { swb_strace_call_get_argument (&self->call, 2) };
  SwbScanner flags = { swb_strace_call_get_argument (&self->call, 3) };
  SwbRecord *record = &messages->record;
  gint64 n_offered;

  *messages = (Messages){
    .scanner = { swb_strace_call_get_argument (&self->call, 1) },
    .record = { .kind = SWB_RECORD_CALL,
                .call = row->call,
                .fd = swb_strace_call_get_fd (&self->call) },
  };
  if (!scan_result (&self->call, record)
      || (!swb_scan (&messages->scanner, "[") && !scan_messages_failed (messages))
      || !swb_scan_int (&number, &n_offered) || n_offered < 0 || n_offered > G_MAXUINT32)
    return FALSE;

  swb_scan_constant (&flags, &record->ints[1]);
  messages->n_offered = (guint)n_offered;
  /* A call that failed sent none: it is told once. */
  messages->n = has_succeeded (&self->call) ? (guint)self->call.result : 1;
  return messages->n > 0;
}

static gboolean
scan_message (SwbImportStrace *self, Messages *messages, guint index, SwbRecord *record)
{
  gboolean is_there = record->error == 0 || record->call == SWB_CALL_SENDMMSG;

  g_byte_array_set_size (self->bytes, 0);
  if (is_there
      && ((index > 0 && !swb_scan (&messages->scanner, ", "))
          || !scan_one_message (self, &messages->scanner, record)))
    return FALSE;

  swb_record_set_batch (record,
                        (SwbBatch){ .index = index,
                                    .n_messages = record->error == 0 ? messages->n : 0,
                                    .n_offered = messages->n_offered });
  return TRUE;
}

static gboolean
take_messages (SwbImportStrace *self, SwbTracedProcess *process, const Row *row,
               SwbTraced *traced, const char *text, GError **error)
{
  Messages messages;

  if (!scan_messages (self, row, &messages))
    return append_text (self, traced, process, text, error);

  for (guint i = 0; i < messages.n; i++)
    {
      SwbRecord record = messages.record;

      if (!scan_message (self, &messages, i, &record))
        return append_text (self, traced, process, text, error);
      finish_record (self, &record);
      if (!append (self, process, traced, &record, error))
        return FALSE;
    }
  return append_control (self, traced, self->call.text->str, error);
}

/* --- descriptors that are handed on --- */

static gboolean
take_told (SwbImportStrace *self, SwbTracedProcess *process, SwbTraced *traced,
           const char *text, GError **error)
{
  const char *name = self->call.name;
  const char *command = swb_strace_call_get_argument (&self->call, 1);

  if (!append_text (self, traced, process, text, error))
    return FALSE;
  if (!has_succeeded (&self->call))
    return TRUE;
  if (g_str_has_prefix (name, "dup"))
    return swb_import_strace_duplicate (
        self, process, traced, strstr (self->call.text->str, "O_CLOEXEC") != NULL, error);
  if (g_str_has_prefix (name, "fcntl") && g_str_has_prefix (command, "F_DUPFD"))
    return swb_import_strace_duplicate (
        self, process, traced, g_str_has_prefix (command, "F_DUPFD_CLOEXEC"), error);
  return TRUE;
}

/* With other descriptors of it the socket stays open, so this is no close of it. */
static gboolean
take_close (SwbImportStrace *self, SwbTracedProcess *process, const Row *row,
            SwbTraced *traced, const char *text, GError **error)
{
  int fd = swb_strace_call_get_fd (&self->call);
  gboolean is_last = traced->refs == 1;

  if (!self->call.has_result)
    return append_text (self, traced, process, text, error);
  if (!(is_last ? take_record (self, process, row, traced, text, error)
                : append_text (self, traced, process, text, error)))
    return FALSE;

  swb_import_sockets_drop (self->sockets, process, fd);
  return TRUE;
}

static gboolean
take_other (SwbImportStrace *self, SwbTracedProcess *process, const char *text,
            GError **error)
{
  const char *name = self->call.name;
  gboolean is_fork = g_str_has_prefix (name, "clone") || g_str_equal (name, "fork")
                     || g_str_equal (name, "vfork");

  if (has_succeeded (&self->call) && is_fork)
    swb_import_sockets_fork (self->sockets, process, self->call.result,
                             strstr (self->call.text->str, "CLONE_FILES") != NULL);
  else if (has_succeeded (&self->call) && g_str_equal (name, "execve"))
    {
      g_autoptr (GByteArray) path = g_byte_array_new ();
      SwbScanner scanner = { swb_strace_call_get_argument (&self->call, 0) };

      swb_import_sockets_exec (self->sockets, process);
      if (swb_scan_quoted (&scanner, path) && path->len > 0)
        {
          const char *from = (const char *)path->data;
          const char *slash = g_strrstr_len (from, (gssize)path->len, "/");
          const char *base = slash != NULL ? slash + 1 : from;

          swb_import_sockets_set_comm (process, base, path->len - (gsize)(base - from));
        }
    }
  return append_text (self, NULL, process, text, error);
}

gboolean
swb_import_strace_call (SwbImportStrace *self, SwbTracedProcess *process, const char *text,
                        GError **error)
{
  const char *place;
  SwbTraced *traced = NULL;

  swb_import_sockets_bury (self->sockets);
  if (!swb_strace_call_parse (&self->call, text, &place))
    return append_text (self, NULL, process, text, error);

  const Row *row = find_row (self->call.name);
  if (row == NULL)
    return take_other (self, process, text, error);
  if (row->call != SWB_CALL_SOCKET && row->call != SWB_CALL_SOCKETPAIR
      && !swb_import_strace_find_socket (self, process, may_be_file (row), &traced, error))
    return FALSE;
  if (row->shape == SHAPE_TOLD)
    return take_told (self, process, traced, text, error);
  if (row->call == SWB_CALL_CLOSE && traced != NULL)
    return take_close (self, process, row, traced, text, error);

  /* Of a file, or of a process that ended in the midst. */
  gboolean is_file = traced == NULL && is_for_files (row);
  if (is_file || !self->call.has_result)
    return append_text (self, traced, process, text, error);
  if (row->shape == SHAPE_MESSAGES)
    return take_messages (self, process, row, traced, text, error);
  return take_record (self, process, row, traced, text, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-run.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#include "bench/swb-script.h"
#include "cli/swb-interrupt.h"
#include "cli/swb-output.h"
#include "journal/store/swb-journal-list.h"
#include "journal/notation/swb-json.h"
#include "journal/notation/swb-notation.h"
#include "journal/store/swb-source.h"

#define IDLE_MS 1000
/* Text is written when this much is there, so that a turn of many records needs little
 * memory. */
#define WRITE_BYTES (256 * 1024)

typedef struct
{
  const SwbRunOptions *options;
  const char *place;
  GMainLoop *loop;
  SwbBench *bench;
  SwbScript *script;
  gboolean lingers;     /* the last command has ended well */
  int fd;               /* where text and JSON go */
  gboolean reader_gone; /* nobody reads it any more, or it is full */
  guint64 n_unprinted;  /* records that had gone, for the limit, before they could be */
  GSource *idle;        /* of until_idle */
  int status;
} Run;

/* --- the journal as it grows --- */

static void
print_write_error (Run *self, int error)
{
  const char *path = self->options->output;
  g_autofree char *name
      = swb_output_is_stdout (path) ? g_strdup ("stdout") : g_filename_display_name (path);

  g_printerr ("swb: %s: %s\n", name, g_strerror (error));
}

static void
write_out (Run *self, GString *text)
{
  gsize done = 0;

  while (done < text->len && !self->reader_gone)
    {
      gssize n = write (self->fd, text->str + done, text->len - done);

      if (n >= 0)
        done += (gsize)n;
      else if (errno
               == EAGAIN) /* somebody else's O_NONBLOCK on the same terminal or pipe */
        g_poll (&(GPollFD){ .fd = self->fd, .events = G_IO_OUT }, 1, -1);
      else if (errno != EINTR)
        {
          self->reader_gone = TRUE;
          self->status = errno == EPIPE ? SWB_EXIT_SIGNAL + SIGPIPE : SWB_EXIT_FAILED;
          if (errno != EPIPE)
            print_write_error (self, errno);
          g_main_loop_quit (self->loop);
        }
    }
  g_string_truncate (text, 0);
}

static char *
print_record (Run *self, const SwbRecord *record, guint64 position)
{
  SwbJournal *journal = swb_bench_get_journal (self->bench);

  if (self->options->format == SWB_JOURNAL_JSON)
    return swb_json_print (record, position, journal, swb_bench_get_pane_name, self->bench);
  return swb_notation_print (record, journal, swb_bench_get_pane_name, self->bench);
}

static void
print_records (Run *self, guint64 first, guint64 n_records)
{
  g_autoptr (GString) text = g_string_new (NULL);
  SwbRecord record;

  for (guint64 i = first; i < first + n_records && !self->reader_gone; i++)
    {
      g_autofree char *line = NULL;

      if (swb_journal_read (swb_bench_get_journal (self->bench), i, &record))
        line = print_record (self, &record, i);
      if (line == NULL || !swb_journal_has (swb_bench_get_journal (self->bench), i))
        {
          self->n_unprinted++;
          continue;
        }
      g_string_append (text, line);
      g_string_append_c (text, '\n');
      if (text->len >= WRITE_BYTES)
        write_out (self, text);
    }
  write_out (self, text);
}

/* --- how it ends --- */

static gboolean
quit_cb (gpointer user_data)
{
  Run *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static void
restart_idle (Run *self)
{
  swb_source_clear (&self->idle);
  self->idle = g_timeout_source_new (IDLE_MS);
  g_source_set_callback (self->idle, quit_cb, self, NULL);
  g_source_attach (self->idle, NULL);
}

static void
records_cb (SwbBench *bench, guint64 first, guint64 n_records, Run *self)
{
  if (self->options->format == SWB_JOURNAL_TEXT
      || self->options->format == SWB_JOURNAL_JSON)
    print_records (self, first, n_records);
  if (self->idle != NULL)
    restart_idle (self);
}

static void
linger (Run *self)
{
  self->lingers = TRUE;
  if (self->options->until_idle)
    restart_idle (self);
  if (self->options->linger_ns > 0)
    g_timeout_add ((guint)MIN ((self->options->linger_ns + 999999) / 1000000, G_MAXUINT),
                   quit_cb, self);
  if (!self->options->until_idle && self->options->linger_ns == 0)
    g_main_loop_quit (self->loop);
}

static void
ended_cb (SwbScript *script, Run *self)
{
  const SwbCommand *command = swb_script_get_command (script);
  const GError *error = swb_script_get_error (script);

  if (swb_script_get_state (script) == SWB_SCRIPT_DONE)
    {
      self->status = SWB_EXIT_HELD;
      linger (self);
      return;
    }

  self->status = SWB_EXIT_FAILED;
  if (error != NULL)
    g_printerr ("%s%u:1: %s\n", self->place, command ? command->line : 0, error->message);
  g_main_loop_quit (self->loop);
}

static void
take_signal (Run *self, int number)
{
  if (!self->lingers)
    self->status = SWB_EXIT_SIGNAL + number;
  g_main_loop_quit (self->loop);
}

static gboolean
sigint_cb (gpointer user_data)
{
  take_signal (user_data, SIGINT);
  return G_SOURCE_CONTINUE;
}

static gboolean
sigterm_cb (gpointer user_data)
{
  take_signal (user_data, SIGTERM);
  return G_SOURCE_CONTINUE;
}

static gboolean
sighup_cb (gpointer user_data)
{
  take_signal (user_data, SIGHUP);
  return G_SOURCE_CONTINUE;
}

/* --- the run --- */

static void
run_loop (Run *self, SwbBenchFile *file)
{
  guint sources[] = { g_unix_signal_add (SIGINT, sigint_cb, self),
                      g_unix_signal_add (SIGTERM, sigterm_cb, self),
                      g_unix_signal_add (SIGHUP, sighup_cb, self) };

  self->loop = g_main_loop_new (NULL, FALSE);
  self->script = swb_script_new_for_file (self->bench, file);
  g_signal_connect (self->bench, "records", G_CALLBACK (records_cb), self);
  g_signal_connect (self->script, "ended", G_CALLBACK (ended_cb), self);
  swb_script_start (self->script);
  g_main_loop_run (self->loop);

  g_signal_handlers_disconnect_by_data (self->script, self);
  swb_script_stop (self->script);
  swb_bench_stop (self->bench);
  g_signal_handlers_disconnect_by_data (self->bench, self);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  swb_source_clear (&self->idle);
  g_object_unref (self->script);
  g_main_loop_unref (self->loop);
}

/* The run's own failure tells more than that of its recording. */
static void
save_recording (Run *self)
{
  SwbExportSource source;
  int status;

  swb_interrupt_init ();
  swb_export_source_init (&source, swb_bench_get_journal (self->bench),
                          swb_bench_get_pane_name, self->bench);
  status = swb_output_write (&source, SWB_EXPORT_PCAPNG, self->options->output);
  if (self->status == SWB_EXIT_HELD)
    self->status = status;
}

/* What can be known of the output is known before anything is carried out. */
static gboolean
open_output (Run *self)
{
  self->fd = STDOUT_FILENO;
  if (self->options->format == SWB_JOURNAL_PCAPNG)
    return swb_output_check (self->options->output);

  self->fd = swb_output_open (self->options->output);
  return self->fd >= 0;
}

/* Some file systems tell of a full disk only here. */
static void
close_output (Run *self)
{
  if (self->fd == STDOUT_FILENO || close (self->fd) == 0)
    return;

  print_write_error (self, errno);
  if (self->status == SWB_EXIT_HELD)
    self->status = SWB_EXIT_FAILED;
}

static void
print_unprinted (Run *self)
{
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_unprinted);

  /* Translators: %s is a number */
  if (self->n_unprinted > 0)
    g_printerr (_ ("swb: %s records are missing above: the journal came to its limit "
                   "before they could be printed\n"),
                count);
}

static void
run_in_journal (Run *self, SwbBenchFile *file, SwbJournal *journal)
{
  g_autoptr (GError) error = NULL;

  self->bench = swb_bench_new (journal, 0, &error);
  if (self->bench == NULL)
    {
      g_printerr ("swb: %s\n", error->message);
      return;
    }

  run_loop (self, file);
  print_unprinted (self);
  if (self->options->format == SWB_JOURNAL_PCAPNG)
    save_recording (self);
  g_clear_object (&self->bench);
}

int
swb_run_file (SwbBenchFile *file, const char *place, const SwbRunOptions *options)
{
  g_autofree char *folder = options->keep_folder ? g_strdup (options->keep_folder)
                                                 : swb_journal_dup_default_folder ("run");
  g_autoptr (GError) error = NULL;
  g_autoptr (SwbJournal) journal = NULL;
  Run self = { .options = options, .place = place, .status = SWB_EXIT_FAILED };

  if (!open_output (&self))
    return SWB_EXIT_WRONG;
  journal = swb_journal_new_limited (
      folder, options->limit > 0 ? options->limit : swb_journal_get_default_limit (folder),
      options->policy, &error);
  if (journal != NULL)
    {
      swb_journal_mark_running (journal);
      run_in_journal (&self, file, journal);
      swb_journal_mark_ended (journal);
    }
  else
    g_printerr ("swb: %s\n", error->message);

  close_output (&self);
  if (journal != NULL && options->keep_folder == NULL)
    swb_journal_delete (journal);
  return self.status;
}

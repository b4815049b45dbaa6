/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fuzz.h"
#include "mutate.h"

/* A main for fuzz targets where there is no libFuzzer: replays the seeds, then mutates them
 * from a fixed number on, so that every run sees the same inputs. An input that ends the
 * program is printed in hex.
 *
 *   SWB_FUZZ_TARGET   the target's name, for its seeds
 *   SWB_FUZZ_RUNS     how many mutations
 *   SWB_FUZZ_SEED     another number to begin from
 *   SWB_FUZZ_SECONDS  fewer mutations on a slow machine or under a sanitizer: none begins
 * after this time
 *
 * With --export FOLDER it writes the seeds there and nothing else; any other arguments are
 * files to replay. */

#define DEFAULT_RUNS 1000
#define DEFAULT_SEED 20260101
#define DEFAULT_SECONDS 5
#define PATIENCE_S 60 /* for one input */
#define MEMORY_BYTES (512u * 1024 * 1024)

static const guint8 *current;
static gsize current_size;

/* What a sanitizer calls before it ends the program; absent without one. */
__attribute__ ((weak)) void __sanitizer_set_death_callback (void (*callback) (void));

static void
write_out (const char *text, gsize length)
{
  while (length > 0)
    {
      gssize n = write (STDERR_FILENO, text, length);

      if (n <= 0)
        return;
      text += n;
      length -= (gsize)n;
    }
}

static void
print_current (void)
{
  static const char digits[] = "0123456789abcdef";

  write_out ("\n# the input, in hex: ", 22);
  for (gsize i = 0; i < current_size; i++)
    write_out ((char[]){ digits[current[i] >> 4], digits[current[i] & 0xf] }, 2);
  write_out ("\n", 1);
}

static void
fatal_cb (int number)
{
  print_current ();
  signal (number, SIG_DFL);
  raise (number);
}

static void
watch (void)
{
  static const int fatal[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGALRM };

  if (&__sanitizer_set_death_callback != NULL)
    {
      __sanitizer_set_death_callback (print_current);
      signal (SIGABRT, fatal_cb);
      signal (SIGALRM, fatal_cb);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (fatal); i++)
    signal (fatal[i], fatal_cb);
  setrlimit (RLIMIT_DATA, &(struct rlimit){ MEMORY_BYTES, MEMORY_BYTES });
}

/* In memory of its own size, so that a sanitizer sees who reads beyond. */
static void
run_input (gconstpointer bytes, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, size);

  current = copy;
  current_size = size;
  alarm (PATIENCE_S);
  LLVMFuzzerTestOneInput (copy, size);
  alarm (0);
  current_size = 0;
}

static void
test_seeds (gconstpointer data)
{
  const Corpus *corpus = data;

  g_test_summary ("Every seed keeps the module's promises");

  for (guint i = 0; i < corpus->seeds->len; i++)
    run_input (g_bytes_get_data (corpus->seeds->pdata[i], NULL),
               g_bytes_get_size (corpus->seeds->pdata[i]));
  g_test_message ("%u seeds", corpus->seeds->len);
}

static guint
get_number (const char *name, guint otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_mutations (gconstpointer data)
{
  const Corpus *corpus = data;
  guint seed = get_number ("SWB_FUZZ_SEED", DEFAULT_SEED);
  guint n_runs = get_number ("SWB_FUZZ_RUNS", DEFAULT_RUNS);
  gint64 end_us = g_get_monotonic_time ()
                  + get_number ("SWB_FUZZ_SECONDS", DEFAULT_SECONDS) * G_USEC_PER_SEC;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint n = 0;

  g_test_summary ("So does whatever comes of them by chance");

  g_test_message ("SWB_FUZZ_SEED=%u", seed);
  for (; n < n_runs && g_get_monotonic_time () < end_us; n++)
    {
      mutate (bytes, corpus, random);
      run_input (bytes->data, bytes->len);
    }
  g_test_message ("%u of %u mutations", n, n_runs);
  g_assert_cmpuint (n, >, 0);
}

static void
replay (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, &error))
    g_error ("%s", error->message);
  run_input (bytes, length);
}

int
main (int argc, char **argv)
{
  const char *name = g_getenv ("SWB_FUZZ_TARGET");
  Corpus corpus;
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (name);
  watch ();
  corpus_load (&corpus, name);
  if (argc == 3 && g_str_equal (argv[1], "--export"))
    corpus_export (&corpus, argv[2]);
  else if (argc > 1)
    for (int i = 1; i < argc; i++)
      replay (argv[i]);
  else
    {
      g_test_add_data_func ("/fuzz/seeds", &corpus, test_seeds);
      g_test_add_data_func ("/fuzz/mutations", &corpus, test_mutations);
      status = g_test_run ();
    }
  corpus_clear (&corpus);
  return status;
}

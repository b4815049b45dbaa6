/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "swb-fixture.h"

/* Every example bench runs twice in a row, as this user and as an ordinary one: none may
 * need a right, or keep anything of the machine that the next run would miss. */

#define NOBODY 65534

/* What a child says that could not be prepared; swb itself ends with 0, 1 or 2. */
#define UNPREPARED 77

/* A namespace of the child's own, in which everybody may ping. */
static gboolean
enter_namespace (void)
{
  static const char range[] = "0 2147483646";
  struct ifreq request = { .ifr_name = "lo" };
  int control, file;
  gboolean done;

  if (unshare (CLONE_NEWNET) != 0)
    return FALSE;
  control = socket (AF_INET, SOCK_DGRAM, 0);
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  file = open ("/proc/sys/net/ipv4/ping_group_range", O_WRONLY | O_CLOEXEC);
  done = control >= 0 && ioctl (control, SIOCSIFFLAGS, &request) == 0 && file >= 0
         && write (file, range, strlen (range)) == (ssize_t)strlen (range);
  close (control);
  close (file);
  return done;
}

typedef enum
{
  OWN_NETWORK = 1 << 0,
  AS_NOBODY = 1 << 1,
} How;

/* The example, in @folder, but patient with a busy machine. */
static char *
write_patient (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SWB_BENCHES"), name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *patient = NULL;
  char *copy = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, " within 2s", -1);
  patient = g_strjoinv (" within 60s", parts);
  g_assert_true (g_file_set_contents (copy, patient, -1, NULL));
  g_assert_cmpint (chmod (copy, 0644), ==, 0);
  return copy;
}

static void
run_child (SwbFixture *self, const char *path, How how)
{
  const char *swb = g_getenv ("SWB");

  g_setenv ("XDG_STATE_HOME", self->state, TRUE);
  g_setenv ("XDG_CACHE_HOME", self->state, TRUE);
  if ((how & OWN_NETWORK) && !enter_namespace ())
    _exit (UNPREPARED);
  if ((how & AS_NOBODY)
      && (setresgid (NOBODY, NOBODY, NOBODY) != 0 || setresuid (NOBODY, NOBODY, NOBODY) != 0
          || access (swb, X_OK) != 0 || access (path, R_OK) != 0))
    _exit (UNPREPARED);
  execl (swb, swb, "run", "--journal=none", path, NULL);
  _exit (UNPREPARED);
}

/* Returns: the exit status of swb. */
static int
run_bench (SwbFixture *self, const char *path, How how)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    run_child (self, path, how);
  while (waitpid (child, &status, 0) < 0)
    g_assert_cmpint (errno, ==, EINTR);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
run_twice (SwbFixture *self, const char *folder, const char *name, How how,
           const char *unprepared)
{
  g_autofree char *path = write_patient (folder, name);

  for (guint i = 0; i < 2; i++)
    {
      int status = run_bench (self, path, how);

      if (status == UNPREPARED)
        {
          g_test_skip (unprepared);
          break;
        }
      g_assert_cmpint (status, ==, 0);
    }
  g_assert_cmpint (unlink (path), ==, 0);
}

/* A ping socket is only for the groups of ping_group_range: in a network of the test's
 * own all groups are. */
static How
get_network (const char *name)
{
  return g_str_equal (name, "ping.bench") ? OWN_NETWORK : 0;
}

static void
test_this_user (SwbFixture *self, gconstpointer name)
{
  run_twice (self, self->folder, name, get_network (name),
             "a network namespace of its own is for those with CAP_SYS_ADMIN");
}

/* What swb made in it: socket-workbench, and in that its folder of journals. */
static void
remove_folder (const char *folder)
{
  g_autofree char *own = g_build_filename (folder, "socket-workbench", NULL);
  g_autofree char *journals = g_build_filename (own, "journals", NULL);

  rmdir (journals);
  rmdir (own);
  g_assert_cmpint (rmdir (folder), ==, 0);
}

static void
test_ordinary_user (SwbFixture *self, gconstpointer name)
{
  g_autofree char *folder = NULL;

  if (geteuid () != 0)
    {
      g_test_skip ("this user is an ordinary one already");
      return;
    }
  /* The folder of the tests may be one that only root can enter. */
  folder = g_build_filename (P_tmpdir, "swb-examples-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp_full (folder, 0777));
  g_assert_cmpint (chmod (folder, 0777), ==, 0);
  g_clear_pointer (&self->state, g_free);
  self->state = g_strdup (folder);
  run_twice (self, folder, name, get_network (name) | AS_NOBODY,
             "an ordinary user can't reach the program or the bench where they lie");
  remove_folder (folder);
}

static void
add (const char *name, GHashTable *names)
{
  char *kept = g_strdup (name);
  g_autofree char *own = g_strconcat ("/examples/", name, "/this-user", NULL);
  g_autofree char *ordinary = g_strconcat ("/examples/", name, "/ordinary-user", NULL);

  g_hash_table_add (names, kept);
  g_test_add (own, SwbFixture, kept, swb_fixture_set_up, test_this_user,
              swb_fixture_tear_down);
  g_test_add (ordinary, SwbFixture, kept, swb_fixture_set_up, test_ordinary_user,
              swb_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_autoptr (GHashTable) names
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  alarm (SWB_SUITE_PATIENCE_S);
  folder = g_dir_open (g_getenv ("SWB_BENCHES"), 0, NULL);
  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".bench"))
      add (name, names);
  g_assert_cmpuint (g_hash_table_size (names), >, 0);
  return g_test_run ();
}

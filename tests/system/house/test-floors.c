/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "house.h"

/* The floors of the house: a folder may use those before it in this list. */
static const char *const floors[] = { "net", "journal", "engine", "bench", "cli", "app" };

static gboolean
may_use (guint user, guint used)
{
  /* Both stand on the bench; neither is below the other. */
  if (g_str_equal (floors[user], "app") && g_str_equal (floors[used], "cli"))
    return FALSE;
  return used <= user;
}

static void
refuse_in_folder (const char *folder, const char *pattern, const char *why)
{
  g_autofree char *path = g_build_filename ("src", folder, NULL);
  g_autoptr (GPtrArray) files = house_list_files (path, ".c .h");

  for (guint i = 0; i < files->len; i++)
    house_refuse (files->pdata[i], pattern, NULL, why);
}

static void
test_includes (gconstpointer data)
{
  guint user = GPOINTER_TO_UINT (data);

  g_test_summary ("A folder includes nothing of a folder below it");

  for (guint used = 0; used < G_N_ELEMENTS (floors); used++)
    {
      g_autofree char *pattern = NULL;
      g_autofree char *why = NULL;

      if (may_use (user, used))
        continue;
      pattern = g_strdup_printf ("^\\s*#\\s*include\\s*[\"<](\\.\\./)*%s/", floors[used]);
      why = g_strdup_printf ("src/%s may not use src/%s", floors[user], floors[used]);
      refuse_in_folder (floors[user], pattern, why);
    }
}

static void
test_gtk (void)
{
  g_test_summary ("The core and swb see no header of GTK");

  for (guint i = 0; !g_str_equal (floors[i], "app"); i++)
    refuse_in_folder (floors[i],
                      "^\\s*#\\s*include\\s*[\"<](gtk|gdk|gsk|adwaita|pango|cairo)",
                      "only src/app knows GTK");
}

static void
test_version_checks (void)
{
  g_autoptr (GPtrArray) files = house_list_files ("src", ".c .h");

  g_test_summary ("What differs between versions of GTK is in swb-compat alone");

  for (guint i = 0; i < files->len; i++)
    if (g_strrstr (files->pdata[i], "/swb-compat.") == NULL)
      house_refuse (files->pdata[i], "\\b(GTK|ADW|GLIB)_(CHECK_VERSION|[A-Z]+_VERSION)\\b",
                    NULL, "a version is asked for outside of swb-compat");
}

static void
test_network_calls (void)
{
  g_autoptr (GPtrArray) files = house_list_files ("src", ".c .h");

  g_test_summary ("Every network call is made in src/engine/swb-sys*.c");

  for (guint i = 0; i < files->len; i++)
    if (!g_str_has_prefix (files->pdata[i], "src/engine/swb-sys"))
      house_refuse (
          files->pdata[i],
          "(^|[^_a-zA-Z>.])(socket|socketpair|bind|listen|accept4?|connect|send|sendto|"
          "sendmsg"
          "|sendmmsg|recv|recvfrom|recvmsg|recvmmsg|setsockopt|getsockopt|getsockname"
          "|getpeername|shutdown) ?\\(",
          /* Comments, and calls that are named in a string. */
          "^\\s*(/\\*|\\*|//)|/\\*[^/]*\\(|\"[^\"]*\\w \\(|\"[^\"]*\\w\\(",
          "network calls are swb-sys.c's");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (floors); i++)
    {
      g_autofree char *path = g_strdup_printf ("/floors/includes/%s", floors[i]);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_includes);
    }
  g_test_add_func ("/floors/gtk", test_gtk);
  g_test_add_func ("/floors/version-checks", test_version_checks);
  g_test_add_func ("/floors/network-calls", test_network_calls);

  return g_test_run ();
}

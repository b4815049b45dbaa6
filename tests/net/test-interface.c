/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "net/swb-interface.h"

#include <net/if.h>

#include "support.h"

/* A folder with the files of a kernel, each read only where the one before has nothing. */
static char *
make_root (void)
{
  static const struct
  {
    const char *folder, *file, *text;
  } files[] = {
    { "proc/net", "dev",
      "Inter-|   Receive\n face |bytes\n    lo: 0 0\n  eth0: 1 2\n wlan1: 3\n  can0: 4\n" },
    { "proc/net", "igmp",
      "Idx\tDevice    : Count Querier\tGroup\n2\teth0      :     1      V3\n"
      "\t\t\t\t010000E0     1 0:00000000\t\t0\n" },
    { "proc/net", "dev_mcast", "7\twlan1           1     0     333300000001\n7x\tbad 1\n" },
    { "proc/net/dev_snmp6", "lo",
      "ifIndex                         \t1\nIp6InReceives \t9\n" },
    { "proc/net/dev_snmp6", "gone", "ifIndex \t4\n" },
    { "sys/class/net/lo", "ifindex", "99\n" },
    { "sys/class/net/can0", "ifindex", "12\n" },
    { "sys/class/net/other", "ifindex", "13\n" },
  };
  char *root = g_dir_make_tmp ("swb-test-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *folder = g_build_filename (root, files[i].folder, NULL);
      g_autofree char *path = g_build_filename (folder, files[i].file, NULL);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, files[i].text, -1, NULL));
    }
  return root;
}

static void
test_files (void)
{
  static const struct
  {
    const char *name;
    guint32 index;
  } rows[] = { { "lo", 1 }, { "eth0", 2 }, { "wlan1", 7 }, { "can0", 12 } };
  static const char *const wrong[]
      = { "gone", "other", "", ".", "..", "../lo", "eth", "eth00", "aninterfacewithaname" };
  g_autofree char *root = make_root ();
  guint32 index = 77;

  g_test_summary ("the files of the namespace count, not those of another in /sys");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = swb_interface_dup_name (root, rows[i].index);

      g_assert_cmpstr (name, ==, rows[i].name);
      g_assert_true (swb_interface_find_index (root, rows[i].name, &index));
      g_assert_cmpuint (index, ==, rows[i].index);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      index = 77;
      g_assert_false (swb_interface_find_index (root, wrong[i], &index));
      g_assert_cmpuint (index, ==, 77);
    }
  g_assert_null (swb_interface_dup_name (root, 99));
  g_assert_null (swb_interface_dup_name (root, 0));
  support_remove_tree (root);
}

static void
test_this_machine (void)
{
  guint32 index;

  g_test_summary ("as if_nametoindex() says");
  g_assert_true (swb_interface_find_index ("", "lo", &index));
  g_assert_cmpuint (index, ==, if_nametoindex ("lo"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interface/files", test_files);
  g_test_add_func ("/interface/this-machine", test_this_machine);
  return g_test_run ();
}

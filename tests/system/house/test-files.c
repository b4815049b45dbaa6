/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "house.h"

#define LICENSE "SPDX-License-Identifier: GPL-3.0-or-later"

static void
test_license (void)
{
  const char *const folders[] = { "src", "tests" };

  g_test_summary ("The first line of every source file names the licence");

  for (guint f = 0; f < G_N_ELEMENTS (folders); f++)
    {
      g_autoptr (GPtrArray) files = house_list_files (folders[f], ".c .h");

      for (guint i = 0; i < files->len; i++)
        {
          g_autofree char *text = house_read (files->pdata[i]);

          if (g_str_has_prefix (text, "/* " LICENSE "\n")
              || g_str_has_prefix (text, "/* " LICENSE " */"))
            continue;
          g_test_message ("%s does not begin with /* " LICENSE, (char *)files->pdata[i]);
          g_test_fail ();
        }
    }
}

static void
test_left_overs (void)
{
  const char *const folders[] = { "src", "ui", "tests", "data" };

  g_test_summary ("No left-overs: what is not done is not in the tree");

  for (guint f = 0; f < G_N_ELEMENTS (folders); f++)
    {
      g_autoptr (GPtrArray) files
          = house_list_files (folders[f], ".c .h .ui .css .py .sh .bench");

      for (guint i = 0; i < files->len; i++)
        house_refuse (files->pdata[i], "\\b([T]ODO|[F]IXME|[X]XX|[H]ACK)\\b", NULL,
                      "a left-over");
    }
}

static void
test_templates (void)
{
  g_autoptr (GPtrArray) outside = house_list_files ("src", ".ui");
  g_autoptr (GPtrArray) templates = house_list_files ("ui", ".ui");
  g_autoptr (GPtrArray) manifests = house_list_files ("src/app", ".gresource.xml");
  g_autoptr (GPtrArray) more = house_list_files ("ui", ".gresource.xml");
  g_autoptr (GString) listed = g_string_new (NULL);

  g_test_summary ("Templates lie in ui/, and each is in the program's resources");

  g_ptr_array_extend_and_steal (manifests, g_steal_pointer (&more));
  for (guint i = 0; i < manifests->len; i++)
    {
      g_autofree char *text = house_read (manifests->pdata[i]);
      g_string_append (listed, text);
    }
  for (guint i = 0; i < outside->len; i++)
    {
      g_test_message ("%s is not in ui/", (char *)outside->pdata[i]);
      g_test_fail ();
    }
  for (guint i = 0; i < templates->len; i++)
    {
      g_autofree char *name = g_path_get_basename (templates->pdata[i]);

      if (g_strrstr (listed->str, name) != NULL)
        continue;
      g_test_message ("%s is in no .gresource.xml", (char *)templates->pdata[i]);
      g_test_fail ();
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/files/license", test_license);
  g_test_add_func ("/files/left-overs", test_left_overs);
  g_test_add_func ("/files/templates", test_templates);

  return g_test_run ();
}

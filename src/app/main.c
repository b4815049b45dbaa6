/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "app/window/swb-application.h"

int
main (int argc, char *argv[])
{
  g_autoptr (SwbApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = swb_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

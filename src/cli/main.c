/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-cli"
#include "config.h"

#include "cli/swb-cli.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *summary;
  int (*main) (int argc, char **argv);
} Subcommand;

static const Subcommand subcommands[] = {
  { "run", N_ ("carry out a bench file and print the journal as it grows"), swb_cli_run },
  { "do", N_ ("carry out commands given as arguments"), swb_cli_do },
  { "check", N_ ("check a bench file without carrying it out"), swb_cli_check },
  { "show", N_ ("print the records of a recording"), swb_cli_show },
  { "convert", N_ ("convert a recording to another format"), swb_cli_convert },
  { "sockets", N_ ("show which sockets this kernel makes"), swb_cli_sockets },
};

static void
print_help (void)
{
  g_print ("%s\n  swb COMMAND [OPTION…]\n\n%s\n", _ ("Usage:"), _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (subcommands); i++)
    g_print ("  %-9s %s\n", subcommands[i].name, _ (subcommands[i].summary));
  g_print ("\n%s\n",
           _ ("“swb COMMAND --help” tells more about a command, swb(1) everything."));
}

int
main (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : "";

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  signal (SIGPIPE,
          SIG_IGN); /* a reader of the journal that goes away is an error of write() */

  if (g_str_equal (name, "--version"))
    g_print ("swb %s\n", PACKAGE_VERSION);
  else if (g_str_equal (name, "--help") || g_str_equal (name, "-h")
           || g_str_equal (name, "help"))
    print_help ();
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (subcommands); i++)
        if (g_str_equal (name, subcommands[i].name))
          return subcommands[i].main (argc - 1, argv + 1);
      g_printerr (_ ("swb: there is no command “%s”; “swb --help” lists them\n"), name);
      return SWB_EXIT_WRONG;
    }
  return SWB_EXIT_HELD;
}

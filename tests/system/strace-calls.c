/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "strace-calls.h"

#include <stdio.h>
#include <string.h>

/* What one line may show otherwise without saying anything else of the call. */
static char *
normalize (const char *call)
{
  static const struct
  {
    const char *pattern, *replacement;
  } rules[] = {
    { " <[0-9.]+>$", "" },                             /* how long it took */
    { "\\) +=", ") =" },                               /* strace pads to a column */
    { "\\((\\d+), 0x[0-9a-f]+, ", "(\\1, POINTER, " }, /* a buffer that was not filled */
    { ", 0x[0-9a-f]+, \\[", ", POINTER, [" },          /* an address that was not filled */
    { "msg_name=0x[0-9a-f]+", "msg_name=POINTER" },
    /* bytes that strace does not show */
    { "(cmsg_type=0x[0-9a-f]+( /\\* \\w+\\?\\?\\? \\*/)?), cmsg_data=\"[^\"]*\"", "\\1" },
    { " /\\* imr_ifindex=\\d+ \\*/", "" }, /* strace leaves it out */
    { "if_nametoindex\\(\"lo\"\\)",
      "1" }, /* strace asks for the name, of the other machine's, too */
    { "(ioctl\\(\\d+, \\w+), 0x[0-9a-f]+\\)", "\\1, POINTER)" },
    { "\\((\\d+), (NULL|\"\"), 0, ", "(\\1, NOTHING, 0, " },
  };
  char *text = g_strdup (call);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (rules[i].pattern, 0, 0, NULL);
      char *next = g_regex_replace (regex, text, -1, 0, rules[i].replacement, 0, NULL);

      g_free (text);
      text = next;
    }
  return text;
}

/* A line that is "2 of 3" messages of a call is put to the first one's, as strace has them.
 * Returns: whether it is such a line. */
static gboolean
join_messages (GPtrArray *calls, const char *call)
{
  static const char close[] = "], ";
  const char *message = strstr (call, " */ ");
  const char *place = strstr (call, "[/* ");
  const char *end = g_strrstr (call, "}], ");
  char *whole;

  if (place == NULL || message == NULL || end == NULL)
    return FALSE;
  message += strlen (" */ ");
  if (g_str_has_prefix (place, "[/* 1 of "))
    {
      g_ptr_array_add (calls,
                       g_strdup_printf ("%.*s%s", (int)(place + 1 - call), call, message));
      return TRUE;
    }

  whole = calls->pdata[calls->len - 1];
  calls->pdata[calls->len - 1]
      = g_strdup_printf ("%.*s, %.*s%s", (int)(g_strrstr (whole, close) - whole), whole,
                         (int)(end + 1 - message), message, end + 1);
  g_free (whole);
  return TRUE;
}

/* "NAME TIME call(…" → the call; %NULL for commands, outcomes and notes. */
GPtrArray *
list_calls_of_journal (const char *text)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", 3);

      if (g_strv_length (parts) == 3 && !strchr ("<>*", parts[2][0]))
        {
          g_autofree char *call = normalize (parts[2]);

          if (!join_messages (calls, call))
            g_ptr_array_add (calls, g_steal_pointer (&call));
        }
    }
  return calls;
}

/* Puts `call(… <unfinished ...>` and `<... call resumed>…` together, where the answer came.
 */
static char *
join_halves (GHashTable *unfinished, const char *thread, const char *call)
{
  static const char mark[] = " <unfinished ...>";
  const char *resumed = strstr (call, " resumed>");

  if (g_str_has_suffix (call, mark))
    {
      g_hash_table_insert (unfinished, g_strdup (thread),
                           g_strndup (call, strlen (call) - strlen (mark)));
      return NULL;
    }
  if (g_str_has_prefix (call, "<... ") && resumed != NULL)
    return g_strconcat (g_hash_table_lookup (unfinished, thread),
                        resumed + strlen (" resumed>"), NULL);
  return g_strdup (call);
}

static int
first_fd (const char *call)
{
  const char *open = strchr (call, '(');

  return open && g_ascii_isdigit (open[1]) ? (int)g_ascii_strtoll (open + 1, NULL, 10) : -1;
}

/* "cmsg_type=SCM_RIGHTS, cmsg_data=[17, 18]" */
static void
note_rights (GHashTable *open, const char *call)
{
  const char *mark = "SCM_RIGHTS, cmsg_data=";
  const char *at = strstr (call, mark);
  char *end;

  if (at == NULL)
    return;
  at += strlen (mark);
  do
    {
      g_hash_table_add (open, GINT_TO_POINTER ((int)g_ascii_strtoll (at + 1, &end, 10)));
      at = end;
    }
  while (at[0] == ',');
}

static void
note_descriptors (GHashTable *open, const char *call)
{
  const char *result = g_strrstr (call, ") = ");
  int a, b;

  if (g_str_has_prefix (call, "socketpair("))
    {
      const char *pair = strchr (call, '[');

      if (pair != NULL && sscanf (pair, "[%d, %d]", &a, &b) == 2)
        {
          g_hash_table_add (open, GINT_TO_POINTER (a));
          g_hash_table_add (open, GINT_TO_POINTER (b));
        }
    }
  else if (g_str_has_prefix (call, "recvmsg("))
    note_rights (open, call);
  else if ((g_str_has_prefix (call, "socket(") || g_str_has_prefix (call, "accept"))
           && result != NULL && g_ascii_isdigit (result[4]))
    g_hash_table_add (open, GINT_TO_POINTER ((int)g_ascii_strtoll (result + 4, NULL, 10)));
}

/* Network calls all count, whichever thread made them; close and unlink count for these
 * descriptors and for the paths that were bound. */
static gboolean
counts (GHashTable *open, GPtrArray *calls, const char *call)
{
  const char *path;

  if (g_str_has_prefix (call, "close("))
    return g_hash_table_remove (open, GINT_TO_POINTER (first_fd (call)));
  if (g_str_has_prefix (call, "ioctl("))
    return g_hash_table_contains (open, GINT_TO_POINTER (first_fd (call)));
  if (!g_str_has_prefix (call, "unlink("))
    return strchr (call, '(') != NULL && !g_str_has_prefix (call, "+++")
           && !g_str_has_prefix (call, "---");

  for (guint i = 0; i < calls->len; i++)
    {
      g_autofree char *bound = NULL;

      path = strstr (calls->pdata[i], "sun_path=\"");
      if (path == NULL)
        continue;
      path += strlen ("sun_path=");
      bound = g_strdup_printf ("unlink(%.*s)", (int)strcspn (path, "}"), path);
      if (g_str_has_prefix (call, bound))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
list_calls_of_strace (const char *text)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) unfinished
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) open = g_hash_table_new (NULL, NULL);
  g_autoptr (GRegex) start
      = g_regex_new ("^(\\d+) +[0-9.]+ (.*)$", G_REGEX_DOTALL, 0, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *thread = NULL, *rest = NULL, *whole = NULL, *call = NULL;

      if (!g_regex_match (start, lines[i], 0, &match))
        continue;
      thread = g_match_info_fetch (match, 1);
      rest = g_match_info_fetch (match, 2);
      whole = join_halves (unfinished, thread, rest);
      if (whole == NULL)
        continue;
      call = normalize (whole);
      note_descriptors (open, call);
      if (counts (open, calls, call))
        g_ptr_array_add (calls, g_steal_pointer (&call));
    }
  return calls;
}

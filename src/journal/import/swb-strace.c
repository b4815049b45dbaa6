/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/import/swb-strace.h"

#include "journal/notation/swb-notation-private.h"

#include <string.h>

#define FIRST_WALL_NS (G_GINT64_CONSTANT (100000000) * 1000000000) /* of the year 1973 */
#define UNFINISHED " <unfinished ...>"

/* --- who and when --- */

static const char *
skip_blanks (const char *at)
{
  while (*at == ' ')
    at++;
  return at;
}

/* "4711<curl> ", "[pid  4711] "; what begins with a time or a call has none. */
static const char *
split_pid (const char *text, SwbStraceLine *line)
{
  gboolean in_brackets = g_str_has_prefix (text, "[pid ");
  const char *at = in_brackets ? skip_blanks (text + 5) : text;
  gint64 pid = 0;

  if (!g_ascii_isdigit (*at))
    return text;
  for (; g_ascii_isdigit (*at) && pid < G_MAXINT32; at++)
    pid = pid * 10 + (*at - '0');

  if (*at == '<')
    {
      const char *end = strchr (at, '>');

      if (end == NULL)
        return text;
      line->comm = at + 1;
      line->n_comm = (gsize)(end - at - 1);
      at = end + 1;
    }
  if (in_brackets && *at == ']')
    at++;
  else if (in_brackets)
    return text;
  if (*at != ' ')
    return text;

  line->pid = pid;
  return skip_blanks (at);
}

static gboolean
is_clock (const char *at)
{
  return g_ascii_isdigit (at[0]) && g_ascii_isdigit (at[1]) && at[2] == ':'
         && g_ascii_isdigit (at[3]) && g_ascii_isdigit (at[4]) && at[5] == ':';
}

static const char *
split_time (const char *text, SwbStraceLine *line)
{
  SwbScanner scanner = { skip_blanks (text) };

  if (is_clock (scanner.at))
    {
      line->time = SWB_STRACE_CLOCK;
      return skip_blanks (scanner.at + strcspn (scanner.at, " "));
    }
  if (!swb_scan_time (&scanner, &line->wall_ns) || *scanner.at != ' ')
    return text;

  line->time = line->wall_ns < FIRST_WALL_NS ? SWB_STRACE_RELATIVE : SWB_STRACE_WALL;
  scanner.at = skip_blanks (scanner.at);
  if (g_str_has_prefix (scanner.at, "(+")) /* -r beside -ttt */
    {
      const char *end = strchr (scanner.at, ')');

      scanner.at = end != NULL ? skip_blanks (end + 1) : scanner.at;
    }
  return scanner.at;
}

/* --- what --- */

static gboolean
has_end (const char *body, gsize length, const char *end)
{
  gsize n = strlen (end);

  return length >= n && memcmp (body + length - n, end, n) == 0;
}

static gsize
get_name_length (const char *body)
{
  return g_ascii_isalpha (*body) || *body == '_'
             ? strspn (body, "abcdefghijklmnopqrstuvwxyz_0123456789")
             : 0;
}

static gboolean
split_resumed (SwbStraceLine *line)
{
  const char *resumed = strstr (line->body, " resumed>");

  if (resumed == NULL)
    return FALSE;

  line->kind = SWB_STRACE_RESUMED;
  resumed += strlen (" resumed>");
  line->n_body -= (gsize)(resumed - line->body);
  line->body = resumed;
  return TRUE;
}

static gboolean
split_body (SwbStraceLine *line)
{
  gsize n_name = get_name_length (line->body);

  line->n_body = strlen (line->body);
  if (g_str_has_prefix (line->body, "<... "))
    return split_resumed (line);
  if (g_str_has_prefix (line->body, "--- "))
    line->kind = SWB_STRACE_SIGNAL;
  else if (g_str_has_prefix (line->body, "+++ "))
    line->kind = SWB_STRACE_EXIT;
  else if (n_name == 0 || line->body[n_name] != '(')
    return FALSE;
  else if (has_end (line->body, line->n_body, UNFINISHED))
    {
      line->kind = SWB_STRACE_UNFINISHED;
      line->n_body -= strlen (UNFINISHED);
    }
  else
    line->kind = SWB_STRACE_CALL;
  return TRUE;
}

gboolean
swb_strace_split (const char *text, SwbStraceLine *line)
{
  SwbStraceLine split = { .body = text };

  if (g_str_has_prefix (text, "strace: "))
    {
      split.kind = SWB_STRACE_REMARK;
      split.n_body = strlen (text);
      *line = split;
      return TRUE;
    }

  split.body = split_time (split_pid (text, &split), &split);
  if (!split_body (&split))
    return FALSE;

  *line = split;
  return TRUE;
}

/* A call without a time could be a line of any program's source; it has a result here. */
gboolean
swb_strace_is_line (const char *text)
{
  SwbStraceLine line;

  return swb_strace_split (text, &line) && line.kind != SWB_STRACE_REMARK
         && (line.time != SWB_STRACE_NO_TIME || line.kind == SWB_STRACE_EXIT
             || strstr (line.body, ") = ") != NULL || line.kind == SWB_STRACE_UNFINISHED);
}

/* --- a call --- */

void
swb_strace_call_init (SwbStraceCall *self)
{
  memset (self, 0, sizeof *self);
  self->text = g_string_new (NULL);
}

void
swb_strace_call_clear (SwbStraceCall *self)
{
  g_string_free (self->text, TRUE);
}

/* Behind the '<' of "5<TCP:[127.0.0.1:1->127.0.0.1:2]>". A path has its own '>' escaped. */
static const char *
find_annotation_end (const char *at)
{
  int depth = 0;

  if (*at == '/')
    return strchr (at, '>');

  for (; *at != '\0'; at++)
    if (*at == '"')
      {
        while (*++at != '"')
          if (*at == '\0' || (*at == '\\' && *++at == '\0'))
            return NULL;
      }
    else if (*at == '[')
      depth++;
    else if (*at == ']')
      depth--;
    else if (*at == '>' && depth <= 0)
      return at;
  return NULL;
}

/* Copies a quoted string. NULL where it has no end. */
static const char *
copy_quoted (GString *text, const char *at)
{
  const char *from = at++;

  for (;;)
    {
      at += strcspn (at, "\"\\");
      if (*at == '\0' || (*at == '\\' && at[1] == '\0'))
        return NULL;
      if (*at == '"')
        break;
      at += 2;
    }

  at++;
  g_string_append_len (text, from, at - from);
  return at;
}

/* A pointer that was not followed says nothing to anybody. */
static void
end_argument (SwbStraceCall *self)
{
  gsize from = self->arguments[self->n_arguments - 1];
  const char *argument = self->text->str + from;

  if (g_str_has_prefix (argument, "0x")
      && argument[2 + strspn (argument + 2, "0123456789abcdef")] == '\0')
    {
      g_string_truncate (self->text, from);
      g_string_append (self->text, SWB_NOTATION_POINTER);
    }
}

static gboolean
begin_argument (SwbStraceCall *self)
{
  if (self->n_arguments == SWB_STRACE_ARGUMENTS_MAX)
    return FALSE;

  self->arguments[self->n_arguments++] = self->text->len;
  return TRUE;
}

static gboolean
next_argument (SwbStraceCall *self)
{
  end_argument (self);
  g_string_append (self->text, ", ");
  return begin_argument (self);
}

static gboolean
follows_digit (const GString *text)
{
  return text->len > 0 && g_ascii_isdigit (text->str[text->len - 1]);
}

static const char *
pass_annotation (SwbStraceCall *self, const char *at)
{
  const char *end = find_annotation_end (at + 1);

  if (end != NULL && self->n_arguments == 1 && self->kind == NULL)
    {
      self->kind = at + 1;
      self->n_kind = (gsize)(end - at - 1);
    }
  return end != NULL ? end + 1 : NULL;
}

/* From behind the '(' to behind the ')' that belongs to it. */
static gboolean
parse_arguments (SwbStraceCall *self, const char **place)
{
  const char *at = *place;
  int depth = 0;

  if (*at != ')' && !begin_argument (self))
    return FALSE;

  for (;;)
    {
      *place = at;
      if (*at == '\0')
        return FALSE;
      if (*at == '"')
        at = copy_quoted (self->text, at);
      else if (*at == '<' && follows_digit (self->text))
        at = pass_annotation (self, at);
      else if (*at == ')' && depth == 0)
        break;
      else if (depth == 0 && at[0] == ',' && at[1] == ' ')
        at = next_argument (self) ? at + 2 : NULL;
      else
        {
          depth += (*at == '(' || *at == '[' || *at == '{')
                   - (*at == ')' || *at == ']' || *at == '}');
          g_string_append_c (self->text, *at++);
        }
      if (at == NULL || depth < 0)
        return FALSE;
    }

  if (self->n_arguments > 0)
    end_argument (self);
  *place = at + 1;
  return TRUE;
}

/* "-1 EAGAIN (Resource temporarily unavailable)", "3<TCP:[1]>", "0x7f…", "1 ([{fd=5, …}])",
 * "? ERESTARTSYS (To be …)". */
static const char *
parse_value (SwbStraceCall *self, const char *at)
{
  char *end = NULL;
  gsize length;

  self->has_result = *at != '?';
  if (self->has_result)
    self->result = g_str_has_prefix (at, "0x") ? (gint64)g_ascii_strtoull (at, &end, 16)
                                               : g_ascii_strtoll (at, &end, 10);
  else
    end = (char *)at + 1;
  if (end == at)
    return NULL;

  at = end;
  if (*at == '<')
    {
      at = find_annotation_end (at + 1);
      if (at == NULL)
        return NULL;
      at++;
    }
  if (at[0] == ' ' && at[1] == 'E')
    {
      length = strspn (at + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
      g_strlcpy (self->error, at + 1, MIN (length + 1, sizeof self->error));
    }
  return at;
}

static gboolean
parse_result (SwbStraceCall *self, const char **place)
{
  const char *at = skip_blanks (*place);
  const char *last;

  *place = at;
  if (!g_str_has_prefix (at, "= "))
    return FALSE;
  at = parse_value (self, at + 2);
  if (at == NULL)
    return FALSE;

  *place = at;
  last = strrchr (at, '<');
  if (last != NULL && last > at && last[-1] == ' ')
    {
      SwbScanner scanner = { last + 1 };

      if (!swb_scan_time (&scanner, &self->took_ns) || strcmp (scanner.at, ">") != 0)
        self->took_ns = 0;
    }
  return TRUE;
}

gboolean
swb_strace_call_parse (SwbStraceCall *self, const char *text, const char **place)
{
  gsize n_name = get_name_length (text);

  g_string_truncate (self->text, 0);
  self->n_arguments = 0;
  self->kind = NULL;
  self->has_result = FALSE;
  self->result = 0;
  self->error[0] = '\0';
  self->took_ns = 0;

  *place = text;
  if (n_name == 0 || n_name >= sizeof self->name || text[n_name] != '(')
    return FALSE;

  g_strlcpy (self->name, text, n_name + 1);
  g_string_append_len (self->text, text, (gssize)n_name + 1);
  *place = text + n_name + 1;
  return parse_arguments (self, place) && parse_result (self, place);
}

const char *
swb_strace_call_get_argument (const SwbStraceCall *self, guint n)
{
  return n < self->n_arguments ? self->text->str + self->arguments[n] : "";
}

int
swb_strace_call_get_fd (const SwbStraceCall *self)
{
  SwbScanner scanner = { swb_strace_call_get_argument (self, 0) };
  gint64 fd;

  return swb_scan_int (&scanner, &fd) && fd >= 0 && fd <= G_MAXINT32 ? (int)fd : -1;
}

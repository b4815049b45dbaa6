/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The lines of strace, taken to pieces: who, when, and a call's arguments and result. Private to imports. */

G_BEGIN_DECLS

typedef enum
{
  SWB_STRACE_NO_TIME,
  SWB_STRACE_CLOCK,    /* -t, -tt: no date */
  SWB_STRACE_RELATIVE, /* -r */
  SWB_STRACE_WALL,     /* -ttt */
} SwbStraceTime;

typedef enum
{
  SWB_STRACE_CALL,       /* "bind(3, …" up to its result */
  SWB_STRACE_UNFINISHED, /* "recvfrom(3, <unfinished ...>" */
  SWB_STRACE_RESUMED,    /* "<... recvfrom resumed>…" */
  SWB_STRACE_SIGNAL,     /* "--- SIGCHLD {…} ---" */
  SWB_STRACE_EXIT,       /* "+++ exited with 0 +++" */
  SWB_STRACE_REMARK,     /* of strace itself: "strace: Process 7 attached" */
} SwbStraceKind;

typedef struct
{
  SwbStraceKind kind;
  gint64 pid;       /* 0: not said */
  const char *comm; /* (nullable): the name of -Y, @n_comm bytes */
  gsize n_comm;
  SwbStraceTime time;
  gint64 wall_ns;
  const char *body; /* behind the time; of a resumed call what follows "resumed>" */
  gsize n_body;     /* of an unfinished call up to the mark */
} SwbStraceLine;

/* FALSE for what strace does not write; @line then says nothing. Pieces point into @text. */
gboolean swb_strace_split (const char *text, SwbStraceLine *line);

gboolean swb_strace_is_line (const char *text);

#define SWB_STRACE_ARGUMENTS_MAX 16

typedef struct
{
  GString *text; /* "bind(3, {…}, 16": as strace writes it without -y, and without pointers */
  gsize arguments[SWB_STRACE_ARGUMENTS_MAX]; /* where each begins in @text */
  guint n_arguments;
  char name[32];
  const char *kind; /* (nullable): of the first argument's descriptor, as -y has it: "TCP:[…]"; @n_kind bytes */
  gsize n_kind;
  gboolean has_result; /* not `?` */
  gint64 result;
  char error[32];  /* "" for none */
  gint64 took_ns;
} SwbStraceCall;

void swb_strace_call_init (SwbStraceCall *self);
void swb_strace_call_clear (SwbStraceCall *self);

/**
 * swb_strace_call_parse:
 * @text: a whole call with its result
 * @place: (out): where it went wrong
 */
gboolean swb_strace_call_parse (SwbStraceCall *self, const char *text, const char **place);

/* An argument up to the end of the call; "" when there are fewer. */
const char *swb_strace_call_get_argument (const SwbStraceCall *self, guint n);

/* The descriptor that is the first argument; -1 for none. */
int swb_strace_call_get_fd (const SwbStraceCall *self);

G_END_DECLS

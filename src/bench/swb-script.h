/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "bench/swb-bench-file.h"

/* Runs commands in order: the next begins when the one before has its outcome; waits and expectations are kept here. Main thread. */

G_BEGIN_DECLS

typedef enum
{
  SWB_SCRIPT_RUNNING,
  SWB_SCRIPT_DONE,    /* all carried out, every expectation held */
  SWB_SCRIPT_FAILED,
  SWB_SCRIPT_STOPPED, /* by swb_script_stop() */
} SwbScriptState;

#define SWB_TYPE_SCRIPT (swb_script_get_type ())
G_DECLARE_FINAL_TYPE (SwbScript, swb_script, SWB, SCRIPT, GObject)

/* Signals: "step" (guint index): a command begins; "ended": state is no longer RUNNING. */

#define SWB_SCRIPT_WITHIN_DEFAULT_NS (G_GINT64_CONSTANT (5000000000)) /* expectations that name no time */

/**
 * swb_script_new:
 * @commands: (element-type SwbCommand) (transfer none): copied
 */
SwbScript *swb_script_new (SwbBench *bench, GPtrArray *commands);
SwbScript *swb_script_new_for_file (SwbBench *bench, SwbBenchFile *file);
/* From text of one or several lines, as a pane's Start has it. @error: SWB_ERROR_* with line and column in the message */
SwbScript *swb_script_new_from_text (SwbBench *bench, const char *text, GError **error);

void swb_script_start (SwbScript *self);
void swb_script_stop (SwbScript *self);
SwbScriptState swb_script_get_state (SwbScript *self);
guint swb_script_get_index (SwbScript *self);               /* of the command that runs or failed */
const SwbCommand *swb_script_get_command (SwbScript *self); /* (nullable): the same */
const GError *swb_script_get_error (SwbScript *self);       /* (nullable): says what was expected and what came */

G_END_DECLS

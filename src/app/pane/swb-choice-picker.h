/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "app/pane/swb-choice.h"

/* A drop-down with a search over the catalog's constants; its last row, "Other number…", opens an
 * entry for any constant or number, which is judged as it is typed. */

G_BEGIN_DECLS

#define SWB_TYPE_CHOICE_PICKER (swb_choice_picker_get_type ())
G_DECLARE_FINAL_TYPE (SwbChoicePicker, swb_choice_picker, SWB, CHOICE_PICKER, GtkBox)

/* Signal "changed": another value was chosen or typed; not for swb_choice_picker_fill(). */

/* Reads a constant or a number: swb_catalog_parse_domain() and its kin. */
typedef gboolean (*SwbChoiceParse) (const char *text, int *value, GError **error);

/* @label: names the drop-down and the entry to a screen reader, and is their mnemonic's label */
void swb_choice_picker_set_up (SwbChoicePicker *self, GtkLabel *label, SwbChoiceParse parse);

/**
 * swb_choice_picker_fill:
 * @choices: (transfer full): what can be chosen
 * @value: to be chosen; where @choices lack it, the first one is
 */
void swb_choice_picker_fill (SwbChoicePicker *self, GListStore *choices, int value);

/* Chooses "Other number…" with this in the entry. */
void swb_choice_picker_type (SwbChoicePicker *self, const char *text);

/* What was chosen, or typed well last. */
int swb_choice_picker_get_value (SwbChoicePicker *self);

/* Whether the value was typed: no list need have it. */
gboolean swb_choice_picker_is_typed (SwbChoicePicker *self);

/* (transfer none) (nullable): what is wrong with the text that is typed */
const char *swb_choice_picker_get_problem (SwbChoicePicker *self);

GtkDropDown *swb_choice_picker_get_drop (SwbChoicePicker *self); /* (transfer none): for tests */

G_END_DECLS

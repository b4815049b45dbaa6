/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <adwaita.h>

#include "net/swb-address.h"

/* An address as it is typed: host and port side by side, or one path; below it what is
 * wrong with it, or the sockaddr that the kernel will get. Nothing is looked up here: names
 * stay names until they are used. */

G_BEGIN_DECLS

#define SWB_TYPE_ADDRESS_ROW (swb_address_row_get_type ())
G_DECLARE_FINAL_TYPE (SwbAddressRow, swb_address_row, SWB, ADDRESS_ROW, GtkBox)

/* Signals: "changed": a person or a program changed the text; "activate": Enter was pressed
 * in it */

/* @call: "bind" or "connect", told to a screen reader; @shows_call: whether the row says so
 * in front */
void swb_address_row_set_call (SwbAddressRow *self, const char *call, gboolean shows_call);
void swb_address_row_set_spec (SwbAddressRow *self, int domain, int type);

/* The one-text form of commands and bench files. dup: (transfer full) */
void swb_address_row_set_text (SwbAddressRow *self, const char *text);
gboolean swb_address_row_is_typed (SwbAddressRow *self); /* by a person: it is not what it was filled with */
char *swb_address_row_dup_text (SwbAddressRow *self);
void swb_address_row_set_port (SwbAddressRow *self, const char *port);

gboolean swb_address_row_is_valid (SwbAddressRow *self);
gboolean swb_address_row_is_empty (SwbAddressRow *self);

/* @meaning: (nullable): what empty entries mean where no address is needed; a static string */
void swb_address_row_set_optional (SwbAddressRow *self, const char *meaning);

/* @story: (nullable): what a name stands for, as the resolver said; shown until something else is
 * typed */
void swb_address_row_set_story (SwbAddressRow *self, const char *story);

/* While the kernel has an address for it, the row shows that one and can't be edited.
 * @address: (nullable) */
void swb_address_row_set_live (SwbAddressRow *self, const SwbAddress *address);

/* Folded, the row has no entries: it is but the line that tells the live address, and hidden while there is none. */
void swb_address_row_set_folded (SwbAddressRow *self, gboolean folded);

/* The address is what it was: shown, and never asked for again. */
void swb_address_row_set_recorded (SwbAddressRow *self);

/**
 * SwbAddressNamed:
 * @name: what was typed, a pane's name by its form
 * @address: (out): what it stands for now
 *
 * Returns: %FALSE when it stands for nothing
 */
typedef gboolean (*SwbAddressNamed) (const char *name, SwbAddress *address, gpointer user_data);

/* Asked whenever a name was typed, and by swb_address_row_refresh(). @user_data outlives the row. */
void swb_address_row_set_named (SwbAddressRow *self, SwbAddressNamed named, gpointer user_data);

/* What names stand for may have changed. Cheap where none is typed. */
void swb_address_row_refresh (SwbAddressRow *self);

/* IPV6_V6ONLY of the socket, for what "::" takes; -1: not known, so the machine's setting. */
void swb_address_row_set_v6only (SwbAddressRow *self, int v6only);

/* Whether to warn of addresses that other machines reach. */
void swb_address_row_set_warns (SwbAddressRow *self, gboolean warns);

G_END_DECLS

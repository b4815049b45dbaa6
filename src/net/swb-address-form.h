/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-address.h"
#include "net/swb-catalog.h"

/* Addresses of the domains other than inet and unix, as rows of fields: "vsock 1:7000" is a word that
 * names the struct, and its fields with colons between them. A new struct is a row of the table. */

G_BEGIN_DECLS

typedef enum
{
  SWB_FIELD_DECIMAL,   /* as the machine has it */
  SWB_FIELD_HEX,       /* the same, shown as 0x… */
  SWB_FIELD_BIG,       /* big-endian */
  SWB_FIELD_LITTLE,    /* little-endian */
  SWB_FIELD_ETHERTYPE, /* big-endian, by ETH_P_* name too */
  SWB_FIELD_INTERFACE, /* an index, by name too */
  SWB_FIELD_QUAD,      /* an IPv4 address */
  SWB_FIELD_SIX,       /* an IPv6 address, in brackets */
  SWB_FIELD_MAC,       /* bytes by pairs; their number goes to @other where there is one */
  SWB_FIELD_BDADDR,    /* six bytes in reverse */
  SWB_FIELD_DIGITS,    /* decimal digits as characters, NUL behind them */
  SWB_FIELD_BCD,       /* two decimal digits a byte */
  SWB_FIELD_TEXT,      /* characters with escapes, NUL behind them */
  SWB_FIELD_PADDED,    /* the same with spaces behind them, and no NUL */
  SWB_FIELD_PAIRS,     /* all bytes as hexadecimal digits, dots between them as one likes; nothing for zeros */
  SWB_FIELD_CALLSIGN,  /* of AX.25, "CALL-SSID"; how many there are goes to @other */
} SwbFieldKind;

typedef struct
{
  const char *name; /* for messages and help; %NULL ends the list */
  SwbFieldKind kind;
  guint8 offset;
  guint8 size;
  gboolean is_optional;     /* 0 where it is left out, as all behind it */
  const SwbConstant *names; /* (nullable): words for values, ended by a %NULL constant */
  guint8 other;             /* where a length or a number goes that the field brings along */
} SwbField;

/* A value that is not shown. */
typedef struct
{
  guint8 offset;
  guint8 size; /* 0: none */
  guint16 value;
} SwbFixed;

#define SWB_FORM_MAX_FIELDS 10

typedef struct
{
  int domain;
  const char *word; /* "vsock" */
  const char *struct_name;
  const char *help; /* the form, for people: "vsock CID:PORT" */
  guint8 length;
  SwbField fields[SWB_FORM_MAX_FIELDS];
  SwbFixed fixed[4];
} SwbForm;

extern const SwbForm swb_address_forms[];
extern const guint swb_address_n_forms;

/* The first form of the domain; %NULL where it has only hex:. */
const SwbForm *swb_address_form_find (int domain);

/* Parses in any form of @domain, with its word or, for the first one, without. As swb_address_parse(). */
gboolean swb_address_form_parse (int domain, const char *text, SwbAddress *address, gsize *position,
                                 GError **error);

/* (transfer full) (nullable): the text that is parsed to the same bytes, if any form has it; @form: (out) (optional) */
char *swb_address_form_print (const SwbAddress *address, const SwbForm **form);

/* (transfer full) (nullable): the same with the names of interfaces, as swb_address_show() */
char *swb_address_form_show (const SwbAddress *address);

G_END_DECLS

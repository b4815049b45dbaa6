/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-catalog.h"
#include "net/swb-kernel.h"

/* The rows behind swb-catalog: a new domain is a row of domains, its protocols and its triples.
 * Private to it. */

G_BEGIN_DECLS

/* In which order the kernel looks at what it was given, where the answers differ. */
typedef enum
{
  SWB_ORDER_TYPE,     /* the type first */
  SWB_ORDER_PROTOCOL, /* the protocol first */
  SWB_ORDER_NO_TYPE,  /* the protocol only: any type will do, but SOCK_STREAM where @wrong_type is said */
} SwbOrderOfChecks;

typedef struct
{
  int domain;
  const char *module; /* of the kernel; NULL: part of every kernel, or of none */
  const char *option; /* with which it is built: "CONFIG_X25"; likewise */
  const char *gone;   /* the version of Linux that has it no more; "" for one that never had sockets; NULL */
  SwbRight right;     /* asked for before anything else is looked at */
  SwbOrderOfChecks order;
  int wrong_type;     /* errno for a type that is not of this domain */
  int wrong_protocol; /* errno for a protocol that is not of this type */
  int most_protocol;  /* above it the errno is @wrong_number; 0: no such check */
  int wrong_number;
} SwbDomain;

/* A protocol of a domain. */
typedef struct
{
  int domain; /* AF_INET's are AF_INET6's too */
  int value;
  const char *constant;
  const char *word; /* a name, shown as it is */
} SwbProtocol;

#define SWB_PROTOCOL_ANY -1

/* What Linux defines; what goes with what. */
typedef struct
{
  int domain;
  int type;
  int protocol;        /* or SWB_PROTOCOL_ANY: every other one, 0 excepted where that is not said */
  gboolean is_default; /* protocol 0 means this one */
  SwbRight right;      /* asked for last */
  const char *proto;   /* its name in /proc/net/protocols; NULL: it is there when the domain is */
  const char *module;  /* that has it, where it is not the domain's */
  const char *option;
} SwbTriple;

extern const SwbConstant swb_catalog_domains[];
extern const guint swb_catalog_n_domains;

/* In the order of swb_catalog_domains. */
const SwbDomain *swb_catalog_find_domain (int domain); /* nullable */

extern const SwbConstant swb_catalog_types[];
extern const guint swb_catalog_n_types;

/* Of a domain by number, domains in no order. */
extern const SwbProtocol swb_catalog_protocols[];
extern const guint swb_catalog_n_protocols;

/* Whose rows of protocols @domain has: its own, or AF_INET's. */
int swb_catalog_get_protocol_space (int domain);

extern const SwbTriple swb_catalog_triples[];
extern const guint swb_catalog_n_triples;

/* (nullable): the row for the triple, the one for its number before the one for any. */
const SwbTriple *swb_catalog_find_triple (int domain, int type, int protocol);

/* Whether the domain has the type at all. */
gboolean swb_catalog_has_type (int domain, int type);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "net/swb-catalog.h"

/* The rows behind swb-catalog: a new domain is a row of domains and its triples. Private to it. */

G_BEGIN_DECLS

/* What Linux defines; what goes with what. */
typedef struct
{
  int domain;
  int type;
  int protocol;
  gboolean is_default; /* protocol 0 means this one */
} SwbTriple;

extern const SwbConstant swb_catalog_domains[];
extern const guint swb_catalog_n_domains;

extern const SwbConstant swb_catalog_types[];
extern const guint swb_catalog_n_types;

/* By number. The word is the name where the system's database has none. */
extern const SwbConstant swb_catalog_protocols[];
extern const guint swb_catalog_n_protocols;

extern const SwbTriple swb_catalog_triples[];
extern const guint swb_catalog_n_triples;

G_END_DECLS

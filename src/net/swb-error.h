/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib.h>

/* The two error domains of the core.
 *
 * SWB_ERRNO has a plain errno as its code: GIO's own domain folds EADDRNOTAVAIL, EISCONN,
 * ENOBUFS and others into G_IO_ERROR_FAILED and so cannot say what the kernel said.
 * SWB_ERROR is for everything the kernel was never asked. */

G_BEGIN_DECLS

#define SWB_ERRNO (swb_errno_quark ())
#define SWB_ERROR (swb_error_quark ())

/**
 * SwbError:
 * @SWB_ERROR_SYNTAX: text that does not follow its grammar
 * @SWB_ERROR_RANGE: a number outside its range (port 65536)
 * @SWB_ERROR_UNKNOWN: a name nobody knows (service, constant, pane, verb)
 * @SWB_ERROR_TOO_LONG: text longer than its place allows (sun_path over 107 bytes)
 * @SWB_ERROR_TOO_LARGE: more bytes than may be handled at once
 * @SWB_ERROR_ENCODING: text that cannot be written in the chosen encoding
 * @SWB_ERROR_UNRESOLVED: a host name without an address in the wanted domain
 * @SWB_ERROR_EXISTS: a pane's name taken already
 * @SWB_ERROR_EXPECTATION: what came is not what was expected
 * @SWB_ERROR_TIMEOUT: not within the time given
 * @SWB_ERROR_FORMAT: a file that is not of the expected format
 */
typedef enum
{
  SWB_ERROR_SYNTAX,
  SWB_ERROR_RANGE,
  SWB_ERROR_UNKNOWN,
  SWB_ERROR_TOO_LONG,
  SWB_ERROR_TOO_LARGE,
  SWB_ERROR_ENCODING,
  SWB_ERROR_UNRESOLVED,
  SWB_ERROR_EXISTS,
  SWB_ERROR_EXPECTATION,
  SWB_ERROR_TIMEOUT,
  SWB_ERROR_FORMAT,
} SwbError;

GQuark swb_errno_quark (void);
GQuark swb_error_quark (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include <glib-object.h>

/* What the running kernel says of itself in /proc, /sys and the folder of its modules, as it was when
 * it was read: which protocols are registered, which it would load a module for, what this
 * process may do. No socket is made and no module is loaded for it. Constant once read, any thread. */

G_BEGIN_DECLS

/* What a user must be allowed to do before the kernel makes a socket. */
typedef enum
{
  SWB_RIGHT_NONE,
  SWB_RIGHT_NET_RAW,
  SWB_RIGHT_NET_ADMIN,
  SWB_RIGHT_SYS_ADMIN,
} SwbRight;

typedef struct _SwbKernel SwbKernel; /* atomically reference-counted */

/**
 * swb_kernel_read:
 * @root: "" for the running kernel; a folder with proc, sys and lib/modules for a test
 *
 * Blocking: reads some files, of which the list of modules may have a MB. What cannot be read
 * counts as not there.
 *
 * Returns: (transfer full)
 */
SwbKernel *swb_kernel_read (const char *root);

SwbKernel *swb_kernel_ref (SwbKernel *self);
void swb_kernel_unref (SwbKernel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbKernel, swb_kernel_unref)

/* (transfer full): the running kernel as it was read last; read now if it never was. */
SwbKernel *swb_kernel_get (void);

/* Reads it again. Blocking. */
void swb_kernel_refresh (void);

/* Whether a protocol of this name ("TCP", "X25") is registered: /proc/net/protocols. */
gboolean swb_kernel_has_proto (SwbKernel *self, const char *proto);

/* Whether netlink(7) has this protocol. */
gboolean swb_kernel_has_netlink (SwbKernel *self, int protocol);

gboolean swb_kernel_is_loaded (SwbKernel *self, const char *module);

/* Whether there is a file of this module for the running kernel. */
gboolean swb_kernel_has_module (SwbKernel *self, const char *module);

/**
 * swb_kernel_dup_alias:
 * @alias: what the kernel asks for: "net-pf-9", "net-pf-2-proto-132"
 *
 * Returns: (transfer full) (nullable): the module that would be loaded, which isn't yet
 */
char *swb_kernel_dup_alias (SwbKernel *self, const char *alias);

gboolean swb_kernel_has_right (SwbKernel *self, SwbRight right);
gboolean swb_kernel_may_ping (SwbKernel *self);   /* net.ipv4.ping_group_range has one of our groups */
gboolean swb_kernel_has_mptcp_on (SwbKernel *self); /* net.mptcp.enabled */

/* "CAP_NET_RAW" */
const char *swb_right_get_name (SwbRight right);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-net"
#include "config.h"

#include "net/swb-kernel.h"

#include <linux/capability.h>
#include <linux/netlink.h>
#include <string.h>
#include <unistd.h>

struct _SwbKernel
{
  gatomicrefcount ref_count;
  char *root;
  char *release;
  GHashTable *protos;  /* set of names */
  GHashTable *aliases; /* alias → module */
  GHashTable *modules; /* set of names that have a file */
  guint32 netlinks;    /* bit per protocol */
  guint64 capabilities;
  gboolean may_ping;
  gboolean has_mptcp_on;
};

/* %NULL when it can't be read. */
static char *
read_text (SwbKernel *self, const char *path)
{
  g_autofree char *whole = g_strconcat (self->root, path, NULL);
  char *text = NULL;

  g_file_get_contents (whole, &text, NULL, NULL);
  return text;
}

typedef void (*LineFunc) (SwbKernel *self, char **words);

/* Words are what stands between blanks; empty ones are left out. */
static void
read_lines (SwbKernel *self, const char *path, LineFunc func)
{
  g_autofree char *text = read_text (self, path);
  char *saved = NULL;

  if (text == NULL)
    return;

  for (char *line = strtok_r (text, "\n", &saved); line != NULL;
       line = strtok_r (NULL, "\n", &saved))
    {
      g_autofree char **words = g_new0 (char *, strlen (line) / 2 + 2);
      char *rest = NULL;
      guint n = 0;

      for (char *word = strtok_r (line, " \t", &rest); word != NULL;
           word = strtok_r (NULL, " \t", &rest))
        words[n++] = word;
      if (n > 0)
        func (self, words);
    }
}

static void
take_proto (SwbKernel *self, char **words)
{
  g_hash_table_add (self->protos, g_strdup (words[0]));
}

/* The kernel's own end of a netlink protocol has port 0. */
static void
take_netlink (SwbKernel *self, char **words)
{
  guint64 protocol;

  if (words[1] != NULL && words[2] != NULL && g_str_equal (words[2], "0")
      && g_ascii_string_to_unsigned (words[1], 10, 0, 31, &protocol, NULL))
    self->netlinks |= 1u << protocol;
}

static void
take_status (SwbKernel *self, char **words)
{
  if (g_str_equal (words[0], "CapEff:") && words[1] != NULL)
    self->capabilities = g_ascii_strtoull (words[1], NULL, 16);
}

/* Modules are listed with - and loaded with _. */
static char *
normalise (const char *module)
{
  return g_strdelimit (g_strdup (module), "-", '_');
}

static void
take_alias (SwbKernel *self, char **words)
{
  static const char *const wanted[] = { "net-pf-", "can-proto-", "bt-proto-", NULL };

  if (!g_str_equal (words[0], "alias") || words[1] == NULL || words[2] == NULL)
    return;

  for (guint i = 0; wanted[i] != NULL; i++)
    if (g_str_has_prefix (words[1], wanted[i]))
      g_hash_table_replace (self->aliases, g_strdup (words[1]), normalise (words[2]));
}

/* "kernel/net/x25/x25.ko.xz: kernel/…" */
static void
take_module (SwbKernel *self, char **words)
{
  const char *slash = strrchr (words[0], '/');
  g_autofree char *name = g_strdup (slash != NULL ? slash + 1 : words[0]);
  char *suffix = strstr (name, ".ko");

  if (suffix == NULL)
    return;

  *suffix = '\0';
  g_hash_table_add (self->modules, normalise (name));
}

static void
read_modules (SwbKernel *self)
{
  static const char *const folders[] = { "/lib/modules", "/usr/lib/modules", NULL };

  for (guint i = 0; folders[i] != NULL && g_hash_table_size (self->modules) == 0; i++)
    {
      g_autofree char *dep
          = g_strconcat (folders[i], "/", self->release, "/modules.dep", NULL);
      g_autofree char *alias
          = g_strconcat (folders[i], "/", self->release, "/modules.alias", NULL);

      read_lines (self, dep, take_module);
      read_lines (self, alias, take_alias);
    }
}

static gboolean
has_group (gid_t first, gid_t last)
{
  int n = getgroups (0, NULL);
  g_autofree gid_t *groups = g_new0 (gid_t, (gsize)MAX (n, 0) + 1);

  if (getegid () >= first && getegid () <= last)
    return TRUE;

  n = getgroups (n, groups);
  for (int i = 0; i < n; i++)
    if (groups[i] >= first && groups[i] <= last)
      return TRUE;

  return FALSE;
}

static void
read_switches (SwbKernel *self)
{
  g_autofree char *range = read_text (self, "/proc/sys/net/ipv4/ping_group_range");
  g_autofree char *mptcp = read_text (self, "/proc/sys/net/mptcp/enabled");
  guint64 first, last;

  if (range != NULL)
    {
      char *end = NULL;

      first = g_ascii_strtoull (range, &end, 10);
      last = g_ascii_strtoull (end, NULL, 10);
      self->may_ping = first <= last && has_group ((gid_t)first, (gid_t)last);
    }

  self->has_mptcp_on = mptcp != NULL && g_ascii_strtoull (mptcp, NULL, 10) != 0;
}

SwbKernel *
swb_kernel_read (const char *root)
{
  SwbKernel *self = g_new0 (SwbKernel, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->root = g_strdup (root);
  self->protos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->release = read_text (self, "/proc/sys/kernel/osrelease");
  self->release = self->release != NULL ? g_strchomp (self->release) : g_strdup ("");

  /* Programs of user space have this one to themselves: the kernel has no end of it. */
  self->netlinks = 1u << NETLINK_USERSOCK;
  read_lines (self, "/proc/net/protocols", take_proto);
  read_lines (self, "/proc/net/netlink", take_netlink);
  read_lines (self, "/proc/self/status", take_status);
  read_switches (self);
  read_modules (self);
  return self;
}

SwbKernel *
swb_kernel_ref (SwbKernel *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
swb_kernel_unref (SwbKernel *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->root);
  g_free (self->release);
  g_hash_table_unref (self->protos);
  g_hash_table_unref (self->aliases);
  g_hash_table_unref (self->modules);
  g_free (self);
}

static GMutex current_lock;
static SwbKernel *current;

SwbKernel *
swb_kernel_get (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&current_lock);

  if (current == NULL)
    current = swb_kernel_read ("");
  return swb_kernel_ref (current);
}

void
swb_kernel_refresh (void)
{
  SwbKernel *fresh = swb_kernel_read ("");
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&current_lock);

  g_clear_pointer (&current, swb_kernel_unref);
  current = fresh;
}

gboolean
swb_kernel_has_proto (SwbKernel *self, const char *proto)
{
  return g_hash_table_contains (self->protos, proto);
}

gboolean
swb_kernel_has_netlink (SwbKernel *self, int protocol)
{
  return protocol >= 0 && protocol < 32 && (self->netlinks >> protocol & 1) != 0;
}

gboolean
swb_kernel_is_loaded (SwbKernel *self, const char *module)
{
  g_autofree char *path = g_strconcat (self->root, "/sys/module/", module, NULL);

  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

gboolean
swb_kernel_has_module (SwbKernel *self, const char *module)
{
  return g_hash_table_contains (self->modules, module);
}

char *
swb_kernel_dup_alias (SwbKernel *self, const char *alias)
{
  const char *module = g_hash_table_lookup (self->aliases, alias);

  if (module == NULL || swb_kernel_is_loaded (self, module))
    return NULL;

  return g_strdup (module);
}

gboolean
swb_kernel_has_right (SwbKernel *self, SwbRight right)
{
  static const guint bits[] = { 0, CAP_NET_RAW, CAP_NET_ADMIN, CAP_SYS_ADMIN };

  return right == SWB_RIGHT_NONE || (self->capabilities >> bits[right] & 1) != 0;
}

gboolean
swb_kernel_may_ping (SwbKernel *self)
{
  return self->may_ping;
}

gboolean
swb_kernel_has_mptcp_on (SwbKernel *self)
{
  return self->has_mptcp_on;
}

const char *
swb_right_get_name (SwbRight right)
{
  static const char *const names[]
      = { "", "CAP_NET_RAW", "CAP_NET_ADMIN", "CAP_SYS_ADMIN" };

  return names[right];
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-app"

#include "config.h"

#include "app/pane/swb-pane-menu.h"

#include <sys/socket.h>

#include "app/document/swb-pane-maker.h"
#include "net/swb-catalog.h"

static gboolean
is_internet (int domain)
{
  return domain == AF_INET || domain == AF_INET6;
}

static gboolean
is_stream (int domain, int type)
{
  return (is_internet (domain) || domain == AF_UNIX) && type == SOCK_STREAM;
}

static gboolean
has_need (const char *need, int domain, int type)
{
  if (g_str_equal (need, "listen"))
    return swb_catalog_has_listen (domain, type);
  if (g_str_equal (need, "talk"))
    return swb_pane_maker_has_roles (domain, type);
  if (g_str_equal (need, "ends"))
    return is_internet (domain) || domain == AF_UNIX
           || swb_catalog_has_connections (domain, type);
  if (g_str_equal (need, "peer"))
    return domain != AF_PACKET && domain != AF_KEY && type != SOCK_PACKET;
  if (g_str_equal (need, "queues"))
    return domain != AF_NETLINK && domain != AF_KEY;
  if (g_str_equal (need, "mark"))
    return is_stream (domain, type);
  g_return_val_if_reached (TRUE);
}

static void
trim_link (GMenuModel *menu, int i, const char *link, int domain, int type)
{
  g_autoptr (GMenuModel) inner = g_menu_model_get_item_link (menu, i, link);

  if (G_IS_MENU (inner))
    swb_pane_menu_trim (G_MENU (inner), domain, type);
}

void
swb_pane_menu_trim (GMenu *menu, int domain, int type)
{
  GMenuModel *model = G_MENU_MODEL (menu);

  for (int i = g_menu_model_get_n_items (model) - 1; i >= 0; i--)
    {
      g_autofree char *need = NULL;

      if (g_menu_model_get_item_attribute (model, i, "needs", "s", &need)
          && !has_need (need, domain, type))
        {
          g_menu_remove (menu, i);
          continue;
        }
      trim_link (model, i, G_MENU_LINK_SECTION, domain, type);
      trim_link (model, i, G_MENU_LINK_SUBMENU, domain, type);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#define G_LOG_DOMAIN "swb-journal"

#include "config.h"

#include "journal/store/swb-guard.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#define PLACES 1024

/* The handler can take no lock: it walks chunks that are never freed, and knows a place
 * that is in use by its map, which is stored last and taken away first. */
typedef struct
{
  const guint8 *map; /* atomic; NULL: free */
  gsize size;
  SwbSegments *segments;
  guint number;
} Place;

typedef struct _Chunk Chunk;

struct _Chunk
{
  Place places[PLACES];
  Chunk *next; /* atomic */
};

static GMutex lock;   /* of those who add and remove */
static Chunk *chunks; /* atomic */
static struct sigaction before;
static gsize page_size;

static Place *
find (const guint8 *address)
{
  for (Chunk *chunk = __atomic_load_n (&chunks, __ATOMIC_ACQUIRE); chunk != NULL;
       chunk = __atomic_load_n (&chunk->next, __ATOMIC_ACQUIRE))
    for (guint i = 0; i < PLACES; i++)
      {
        Place *place = &chunk->places[i];
        const guint8 *map = __atomic_load_n (&place->map, __ATOMIC_ACQUIRE);

        if (map != NULL && address >= map && address < map + place->size)
          return place;
      }
  return NULL;
}

/* mmap() is no more than a system call here, and may be made by a handler. */
static gboolean
heal (guint8 *address)
{
  guint8 *page = (guint8 *)((guintptr)address & ~(guintptr)(page_size - 1));
  Place *place = find (address);

  if (place == NULL
      || mmap (page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0)
             == MAP_FAILED)
    return FALSE;

  swb_segments_lose (place->segments, place->number, (gsize)(page - place->map));
  return TRUE;
}

static void
fault_cb (int number, siginfo_t *info, void *context)
{
  int saved = errno;

  if (!heal (info->si_addr))
    {
      /* The instruction is tried again, and faults as it would have without us. */
      if ((before.sa_flags & SA_SIGINFO) != 0 && before.sa_sigaction != NULL)
        before.sa_sigaction (number, info, context);
      else
        sigaction (number, &before, NULL);
    }
  errno = saved;
}

static void
install (void)
{
  struct sigaction action = { .sa_sigaction = fault_cb, .sa_flags = SA_SIGINFO };

  page_size = (gsize)sysconf (_SC_PAGESIZE);
  sigemptyset (&action.sa_mask);
  sigaction (SIGBUS, &action, &before);
}

static Place *
find_free (void)
{
  Chunk **link = &chunks;

  for (; *link != NULL; link = &(*link)->next)
    for (guint i = 0; i < PLACES; i++)
      if ((*link)->places[i].map == NULL)
        return &(*link)->places[i];

  Chunk *chunk = g_new0 (Chunk, 1);
  __atomic_store_n (link, chunk, __ATOMIC_RELEASE);
  return &chunk->places[0];
}

void
swb_guard_add (SwbSegments *segments, guint number, const void *map, gsize size)
{
  g_mutex_lock (&lock);
  if (page_size == 0)
    install ();

  Place *place = find_free ();
  place->size = size;
  place->segments = segments;
  place->number = number;
  __atomic_store_n (&place->map, map, __ATOMIC_RELEASE);
  g_mutex_unlock (&lock);
}

void
swb_guard_remove (SwbSegments *segments)
{
  g_mutex_lock (&lock);
  for (Chunk *chunk = chunks; chunk != NULL; chunk = chunk->next)
    for (guint i = 0; i < PLACES; i++)
      if (chunk->places[i].segments == segments)
        {
          __atomic_store_n (&chunk->places[i].map, NULL, __ATOMIC_RELEASE);
          chunk->places[i].segments = NULL;
        }
  g_mutex_unlock (&lock);
}
